"""One rule of the definition as a line: 'at least [3] [jail bookings] in the last [12] [months]'."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QSpinBox, QWidget

from ddj_desktop.cohort.types import Top
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import button, choice_box, label, named, row
from ddj_desktop.screens.definition_form import DAYS, LARGEST, MONTHS, ClauseForm, What, what_in_words

MOST = 999


class _Line(QFrame):
    def stops(self) -> list[QWidget]:
        """What Tab stops at, from left to right."""
        return [part for part in self.findChildren(QWidget) if isinstance(part, QSpinBox | QComboBox | QPushButton)]


class RuleRow(_Line):
    """Shows one clause and says what was changed: `value`, `what`, `back_changed` or `removed`."""

    value = Signal(int, int)
    what = Signal(int, object)
    back_changed = Signal(int, int, str)
    removed = Signal(int)

    def __init__(self, spot: int, clause: ClauseForm, choices: list[What], joined: str, *, locked: bool) -> None:
        super().__init__()
        self.spot, self._number = spot, spot + 1
        away = button(self.tr("Remove"), lambda: self.removed.emit(self.spot), link=True)
        named(away, self.tr("Remove rule {n}").format(n=self._number))
        if locked:
            away.hide()
        lead = label(joined, muted=True, wrap=False)
        lead.setMinimumWidth(em(self, 2.6))
        if not clause.can_change or locked:
            line = row(lead, label(clause.sentence), away)
            line.setStretch(1, 1)
            self.setLayout(line)
            return
        parts = [lead, label(self.tr("at least"), wrap=False), self._least(clause), self._counted(clause, choices)]
        if clause.amount is not None:
            parts += [label(self.tr("in the last"), wrap=False), *self._back(clause)]
        else:
            parts.append(label(clause.window_words, wrap=False))
        if clause.left_out:
            words = ", ".join(kind.replace("_", " ") for kind in clause.left_out)
            parts.append(label(self.tr("not counting {kinds}").format(kinds=words), muted=True))
        self.setLayout(row(*parts, None, away))

    def _least(self, clause: ClauseForm) -> QSpinBox:
        box = named(QSpinBox(), self.tr("Rule {n}: at least").format(n=self._number))
        box.setRange(1, max(MOST, int(clause.value or 1)))
        box.setValue(int(clause.value or 1))
        box.valueChanged.connect(lambda value: self.value.emit(self.spot, value))
        NoWheel(box)
        return box

    def _counted(self, clause: ClauseForm, choices: list[What]) -> QComboBox:
        box = choice_box(self.tr("Rule {n}: what is counted").format(n=self._number))
        for choice in choices:
            box.addItem(what_in_words(choice), choice)
        box.setCurrentIndex(choices.index(clause.what) if clause.what in choices else -1)
        box.setMinimumWidth(em(self, 10))
        box.activated.connect(lambda index: self.what.emit(self.spot, choices[index]))
        NoWheel(box)
        return box

    def _back(self, clause: ClauseForm) -> tuple[QSpinBox, QComboBox]:
        amount = named(QSpinBox(), self.tr("Rule {n}: how long back").format(n=self._number))
        amount.setRange(1, LARGEST[clause.unit])
        amount.setValue(clause.amount or 12)
        unit = choice_box(self.tr("Rule {n}: months or days").format(n=self._number))
        unit.addItem(self.tr("months"), MONTHS)
        unit.addItem(self.tr("days"), DAYS)
        unit.setCurrentIndex(0 if clause.unit == MONTHS else 1)

        def moved() -> None:
            amount.setMaximum(LARGEST[unit.currentData()])
            self.back_changed.emit(self.spot, amount.value(), unit.currentData())

        amount.valueChanged.connect(lambda _value: moved())
        unit.activated.connect(lambda _index: moved())
        NoWheel(amount)
        NoWheel(unit)
        return amount, unit


class TopRow(_Line):
    """The ranking of a definition: 'of these the highest [5] % by jail bookings'."""

    size_chosen = Signal(int)
    removed = Signal()

    def __init__(self, top: Top, words: str, *, alone: bool) -> None:
        super().__init__()
        lead = self.tr("the highest") if alone else self.tr("of these, the highest")
        box = named(QSpinBox(), self.tr("How many of the highest"))
        by_number = top.n is not None
        box.setRange(1, 100_000 if by_number else 100)
        box.setValue(round(top.n or top.percent or 1))
        box.setSuffix("" if by_number else " %")
        box.valueChanged.connect(self.size_chosen.emit)
        NoWheel(box)
        away = named(button(self.tr("Remove"), self.removed.emit, link=True), self.tr("Remove the ranking"))
        if alone:
            away.hide()
        by = label(words)
        line = row(label(lead, muted=True, wrap=False), box, by, away)
        line.setStretch(2, 1)
        self.setLayout(line)
