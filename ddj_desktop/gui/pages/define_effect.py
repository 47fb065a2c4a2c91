"""What the definition being edited does: the grid of two thresholds, and the same list under another definition."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.evaluate import Grid
from ddj_desktop.cohort.templates import Template
from ddj_desktop.cohort.types import Rule
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import card, choice_box, column, heading, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.screens.definition_effect import (
    Axis,
    axes,
    comparison_rows,
    comparison_sentence,
    grid_headings,
    grid_rows,
    versions_to_compare,
)
from ddj_desktop.workflow.comparing import PersonCompared, SideBySide


def _fit(table: Table, rows: int, most: int = 14) -> None:
    table.setFixedHeight(round(em(table, 1.75) * (min(rows, most) + 1) + em(table, 1.6)))


class ThresholdGrid(QFrame):
    """How many people each pair of thresholds gives. `asked` wants a grid; `picked` took a cell."""

    asked = Signal(object, object)
    picked = Signal(object, object)
    """(axis, value) across and down."""

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card()
        self.across = choice_box(self.tr("Across"))
        self.down = choice_box(self.tr("Down"))
        self.table = Table(self.tr("People by two thresholds"))
        self.table.setSelectionBehavior(Table.SelectionBehavior.SelectItems)
        self.table.opened.connect(self._pick)
        self.note = label(muted=True)
        self.grid: Grid | None = None
        self._axes: list[Axis] = []
        for box in (self.across, self.down):
            box.activated.connect(lambda _index: self.ask())
            NoWheel(box)
        inside.addWidget(heading(self.tr("If the numbers were other ones"), 1.1))
        line = row(
            label(self.tr("Across"), wrap=False), self.across, label(self.tr("down"), wrap=False), self.down, None
        )
        inside.addLayout(line)
        inside.addWidget(self.table)
        inside.addWidget(self.note)
        self.setLayout(column(frame))

    def fill(self, rule: Rule) -> None:
        """Offer the clauses of a rule as axes; the ones chosen before stay where they can. Hides without two."""
        self._axes = axes(rule)
        self.setVisible(len(self._axes) > 1)
        for box, otherwise in ((self.across, 0), (self.down, 1)):
            before = box.findText(box.currentText())
            words = [axis.words for axis in self._axes]
            chosen = words.index(box.currentText()) if before >= 0 and box.currentText() in words else otherwise
            box.clear()
            box.addItems(words)
            box.setCurrentIndex(min(chosen, len(words) - 1))
        if len(self._axes) > 1:
            self.ask()

    def ask(self) -> None:
        """Ask for the grid of the two axes chosen."""
        x, y = self.across.currentIndex(), self.down.currentIndex()
        if x < 0 or y < 0 or x == y:
            self.note.setText(self.tr("Choose two different numbers."))
            self.table.hide()
            return
        self.asked.emit(self._axes[x], self._axes[y])

    def show_grid(self, grid: Grid) -> None:
        """Show a grid that came."""
        self.grid = grid
        headings = grid_headings(grid)
        down = self._axes[self.down.currentIndex()] if self.down.currentIndex() >= 0 else None
        headings[0] = self.tr("months") if down and down.months else self.tr("at least")
        self.table.set_rows(
            grid_rows(grid),
            [Column(words, right=True, width=4.2 if spot else 6.5) for spot, words in enumerate(headings)],
        )
        _fit(self.table, len(grid.values_y))
        self.table.show()
        self.note.setText(
            self.tr("Each number is how many people would be on the list. [ ] marks the rule as it stands; Enter or a ")
            + self.tr("double click on a number takes its two thresholds.")
        )

    def _pick(self, line: int, cell: int) -> None:
        x, y = self.across.currentIndex(), self.down.currentIndex()
        if self.grid is None or cell < 1 or self.table.rows_model.was_sorted:
            return
        across, down = self.grid.values_x[cell - 1], self.grid.values_y[line]
        self.picked.emit((self._axes[x], across), (self._axes[y], down))


class CompareCard(QFrame):
    """The edited definition beside another one. `asked` wants a comparison, `opened` a person's page."""

    asked = Signal(object)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card()
        self.other: QComboBox = choice_box(self.tr("Compare with"))
        self.other.activated.connect(lambda _index: self.ask())
        NoWheel(self.other)
        self.sentence = label()
        self.table = Table(self.tr("Both lists by group"))
        self.people = Table(self.tr("People of both lists"))
        self.people.opened.connect(self._open)
        self.found: SideBySide | None = None
        self._people: list[PersonCompared] = []
        inside.addWidget(heading(self.tr("Compare with another definition"), 1.1))
        inside.addLayout(row(label(self.tr("This rule beside"), wrap=False), self.other, None))
        for part in (self.sentence, self.table, self.people):
            inside.addWidget(part)
        self.setLayout(column(frame))

    def fill(self, known: list[Definition], templates: tuple[Template, ...], rule: Rule) -> None:
        """Offer what the rule can be held against; the choice made before stays."""
        chosen = self.other.currentText()
        self.other.clear()
        self.other.addItem(self.tr("nothing"), None)
        for kept in versions_to_compare(known, rule):
            self.other.addItem(f"{kept.name}, {self.tr('version')} {kept.version} ({kept.state})", kept.rule)
        for template in templates:
            if template.rule.unit == rule.unit:
                self.other.addItem(self.tr("Template: {name}").format(name=template.name), template.rule)
        self.other.setCurrentIndex(max(0, self.other.findText(chosen)))
        self.ask()

    def ask(self) -> None:
        """Ask for the comparison chosen, or show none."""
        rule = self.other.currentData()
        if rule is None:
            self.found = None
            for part in (self.sentence, self.table, self.people):
                part.hide()
            return
        self.asked.emit(rule)

    def show_comparison(self, found: SideBySide, people: list[PersonCompared], name: str, names_shown: bool) -> None:
        """Show a comparison that came."""
        self.found, self._people = found, people
        other = self.other.currentText()
        self.sentence.setText(comparison_sentence(found, name or self.tr("This rule"), other))
        rows = comparison_rows(found)
        sides = (self.tr("This rule only"), self.tr("Both"), self.tr("The other only"))
        self.table.set_rows(rows, [Column(self.tr("Who"), width=17), *(Column(side, right=True) for side in sides)])
        _fit(self.table, len(rows))
        self.people.rows_model.hidden_names = not names_shown
        self.people.set_rows(
            [(p.side, str(p.person_id), p.last_name, p.first_name, p.why_a, p.why_b) for p in people],
            [
                Column(self.tr("On"), width=9),
                Column(self.tr("Person")),
                Column(self.tr("Last name"), identifies=True),
                Column(self.tr("First name"), identifies=True),
                Column(self.tr("Why under this rule"), width=22),
                Column(self.tr("Why under the other")),
            ],
        )
        _fit(self.people, len(people), 10)
        for part in (self.sentence, self.table, self.people):
            part.show()

    def names_shown(self, shown: bool) -> None:
        """Show or hide names."""
        self.people.rows_model.hide_names(not shown)

    def _open(self, line: int, _column: int) -> None:
        person = self.people.chosen_cell(1)
        if person is not None:
            self.opened.emit(int(person))


def parts_in_order(grid: ThresholdGrid, compare: CompareCard) -> list[QWidget]:
    """What Tab stops at, from the top down."""
    return [grid.across, grid.down, grid.table, compare.other, compare.table, compare.people]
