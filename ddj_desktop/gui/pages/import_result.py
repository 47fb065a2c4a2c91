"""The sheet under the basket that says what taking a file in did, in three levels, and what to ask the sender."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import GLYPHS, StateWord, button, column, heading, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.intake.types import ImportResult
from ddj_desktop.screens.import_draft import adds_up, reconciliation
from ddj_desktop.screens.quality import QualityLine, levels_in_words, quality_lines

_LEVEL = {"must fix": "stop", "please check": "look", "for information": "done"}


class ResultSheet(QWidget):
    """What taking a sheet in did: the line that adds up, then everything worth a look."""

    remove = Signal(int)
    go_on = Signal()
    save_list = Signal(object, Path)

    def __init__(self) -> None:
        super().__init__()
        self._result: ImportResult | None = None
        self._lines: list[QualityLine] = []
        self._title = heading("")
        self._line = label()
        self._sum = StateWord()
        self._levels = label(muted=True)
        self.problems = Table(
            self.tr("What to look at"),
            (
                Column(self.tr("Level"), width=9),
                Column(self.tr("Column"), width=10),
                Column(self.tr("Rows"), right=True, width=6),
                Column(self.tr("Of all"), right=True, width=5),
                Column(self.tr("What it is")),
            ),
        )
        self.problems.moved.connect(self._show_detail)
        self._detail = label()
        self._none = label(self.tr("Nothing to look at: every row could be read."), muted=True)
        self.take_back = button(self.tr("Remove this import"), self._remove)
        self.to_sender = button(self.tr("Save list for the sender…"), self._save_list)
        self.on = button(self.tr("Continue to Match"), self.go_on.emit)
        inside = column(
            self._title, row(self._sum, self._line), self._levels, self._none, self.problems, self._detail,
            row(self.take_back, self.to_sender, None, self.on),
        )  # fmt: skip
        inside.setStretch(4, 1)
        self.setLayout(inside)
        self._line.setSizePolicy(self._title.sizePolicy().horizontalPolicy(), self._title.sizePolicy().verticalPolicy())

    def show_result(self, result: ImportResult) -> None:
        """Show one result."""
        self._result = result
        taken = result.import_id is not None
        self._title.setText(
            f"{result.source}: {result.file_name}"
            if taken
            else self.tr("{file} was taken in before. Nothing in it is new.").format(file=result.file_name)
        )
        self._line.setText(reconciliation(result))
        good = adds_up(result)
        self._sum.show_state("done" if good else "stop", self.tr("Adds up") if good else self.tr("Does not add up"))
        self._lines = quality_lines(result)
        self._levels.setText(levels_in_words(result))
        self.problems.set_rows(
            [
                (
                    f"{GLYPHS[_LEVEL[one.level]]} {one.level.capitalize()}",
                    one.column,
                    one.count,
                    one.share,
                    one.sentence,
                )
                for one in self._lines
            ]
        )
        some = bool(self._lines)
        for part in (self.problems, self._detail, self._levels):
            part.setVisible(some)
        self._none.setVisible(not some)
        self.take_back.setVisible(taken)
        self.to_sender.setVisible(taken and any(one.ask for one in self._lines))
        if some:
            self.problems.choose(0)
        self._show_detail()

    def _show_detail(self, _row: int = -1) -> None:
        said = self.problems.chosen_cell(4)
        chosen = next((one for one in self._lines if one.sentence == said), None)
        self._detail.setText("\n".join(chosen.detail) if chosen else "")

    def _remove(self) -> None:
        if self._result and self._result.import_id is not None:
            self.remove.emit(self._result.import_id)

    def _save_list(self) -> None:
        if self._result is None:
            return
        proposed = f"For {self._result.source}, {Path(self._result.file_name).stem}.xlsx"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save list for the sender"), proposed, self.tr("Workbooks (*.xlsx)")
        )
        if name:
            self.save_list.emit(self._result, Path(name))
