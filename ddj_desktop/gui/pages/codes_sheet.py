"""What the codes of each source mean: every code in use, new ones first, and the county's word for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, heading, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.intake.codes import CodeInUse
from ddj_desktop.registers.crosswalks import MEANINGS
from ddj_desktop.screens.codes import code_cells, in_order_of_need, meaning_choices


class CodesSheet(QWidget):
    """A table of codes; the chosen one can be given a meaning, for its own source alone."""

    keep = Signal(object, str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[CodeInUse] = []
        self.table = Table(
            self.tr("Codes in use"),
            (
                Column(self.tr("Source"), width=9),
                Column(self.tr("Field"), width=9),
                Column(self.tr("Code"), width=16),
                Column(self.tr("Rows"), right=True, width=5),
                Column(self.tr("New"), width=4),
                Column(self.tr("Taken for"), width=13),
                Column(self.tr("The county says it means")),
            ),
        )
        self.table.moved.connect(lambda _row: self._show_choices())
        self.meaning = choice_box(self.tr("What the chosen code means"))
        self.save = button(self.tr("Keep this meaning"), self._keep)
        words = label(
            self.tr(
                "A code means what its own source means by it; the same letter elsewhere is another code. A meaning "
                "kept here goes before what the program takes the code for, in what was taken in and in what will be."
            ),
            muted=True,
        )
        leave = button(self.tr("Back to the imports"), self.back.emit)
        inside = column(heading(self.tr("What codes mean"), 1.1), words, self.table, row(
            label(self.tr("The chosen code means"), wrap=False), self.meaning, self.save, None, leave))  # fmt: skip
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def show_codes(self, codes: list[CodeInUse]) -> None:
        """Show these codes; the line chosen before stays chosen."""
        spot = max(self.table.currentIndex().row(), 0)
        self.codes = in_order_of_need(codes)
        self.table.set_rows([code_cells(one) for one in self.codes])
        if self.codes:
            self.table.choose(min(spot, len(self.codes) - 1))
        self._show_choices()

    def chosen(self) -> CodeInUse | None:
        """The chosen code."""
        cells = tuple(self.table.chosen_cell(place) for place in range(3))
        return next((one for one in self.codes if code_cells(one)[:3] == cells), None)

    def _show_choices(self) -> None:
        chosen = self.chosen()
        self.meaning.clear()
        for name, words in meaning_choices(chosen) if chosen else ():
            self.meaning.addItem(words, name)
        if chosen and chosen.meaning in MEANINGS[chosen.field]:
            self.meaning.setCurrentIndex(self.meaning.findData(chosen.meaning))
        allow(self.save, chosen is not None, self.tr("Choose a code first."))

    def _keep(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.keep.emit(chosen, self.meaning.currentData())
