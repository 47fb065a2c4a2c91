"""What was taken in so far, newest first; shown on the Import page while the basket is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.parts import allow, button, column, heading, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.screens.wording import local
from ddj_desktop.workflow.lists import ImportLine


class TakenIn(QWidget):
    """A table of imports; the chosen one can be removed."""

    remove = Signal(int)
    mend = Signal(int)
    codes = Signal()
    save_layout = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ImportLine] = []
        self.table = Table(self.tr("What was taken in"), self._columns())
        self.table.setMinimumHeight(em(self, 8))
        self.table.moved.connect(lambda _row: self._show_button())
        self.take_back = button(self.tr("Remove this import"), self._remove)
        self.mend_it = button(self.tr("Mend its columns…"), self._mend)
        self.what_codes = button(self.tr("What codes mean…"), self.codes.emit)
        self.save_it = button(self.tr("Save its layout…"), self._save_layout)
        title = heading(self.tr("Taken in so far"), 1.1)
        hint = label(self.tr("Drop more files anywhere on this window."), muted=True, wrap=False)
        self.setLayout(
            column(row(title, hint), self.table, row(self.take_back, self.mend_it, self.save_it, None, self.what_codes))
        )

    def _columns(self) -> list[Column]:
        heaps = (("Rows", 5), ("New", 5), ("Changed", 5.7), ("Already here", 7.5), ("Set aside", 6), ("Not data", 6))
        return [
            Column(self.tr("File"), width=15),
            Column(self.tr("Source"), width=10),
            *(Column(words, right=True, width=width) for words, width in heaps),
            Column(self.tr("From"), width=7.5),
            Column(self.tr("To"), width=7.5),
            Column(self.tr("Taken in"), width=11),
            Column(self.tr("State")),
        ]

    def show_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show these imports."""
        self.lines = list(lines)
        self.table.set_rows([self._line(line) for line in lines])
        self._show_button()

    def _line(self, line: ImportLine) -> tuple[Any, ...]:
        heaps = (line.rows, line.new, line.changed, line.already_here, line.set_aside, line.not_data)
        state = self.tr("Removed") if line.removed_at else self.tr("In use")
        when = local(line.imported_at)
        return (
            line.file_name, line.source, *heaps, line.first_day, line.last_day, when, state,
        )  # fmt: skip

    def _chosen(self) -> ImportLine | None:
        name, when = self.table.chosen_cell(0), self.table.chosen_cell(10)
        return next((one for one in self.lines if (one.file_name, local(one.imported_at)) == (name, when)), None)

    def _show_button(self) -> None:
        chosen = self._chosen()
        allowed = chosen is not None and chosen.removed_at is None
        for each in (self.take_back, self.mend_it, self.save_it):
            allow(each, allowed, self.tr("Choose an import that is in use first."))

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.remove.emit(chosen.import_id)

    def _mend(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.mend.emit(chosen.import_id)

    def _save_layout(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.save_layout.emit(chosen.source)
