"""Understand: the measures of a month, each as a finding with its table, and the very rows behind any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.person_sheet import PersonSheet
from ddj_desktop.gui.pages.registers_sheet import RegistersSheet
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.bars import Bar, Bars
from ddj_desktop.gui.widgets.measure_list import MeasureList
from ddj_desktop.gui.widgets.month_box import MonthBox
from ddj_desktop.gui.widgets.page import Empty, Page, Stack
from ddj_desktop.gui.widgets.parts import GLYPHS, allow, button, card, column, heading, label, row, scrolling
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.measures.revised import RevisedFigure
from ddj_desktop.measures.rows import RowSet
from ddj_desktop.measures.types import CountTable, Estimate, Figure, MonthFigures, RowsKey
from ddj_desktop.screens.masks import is_identifying
from ddj_desktop.screens.results import (
    as_bars,
    bars_title,
    estimate_sentence,
    finding,
    how_worked_out,
    listed,
    opened_at,
    revised_sentence,
    rows_sentence,
    table_headings,
    table_rows,
)
from ddj_desktop.screens.wording import many, number, sentence_case
from ddj_desktop.workflow import lists, matching
from ddj_desktop.workflow.line import Step
from ddj_desktop.workflow.lists import PersonPage
from ddj_desktop.workflow.looks import rows_looked_at

PERSON = sentence_case("person_id")
"""Heading of the column that says which person a row is about."""


OUR_OWN = ("contact_id", "record_id", "left_record", "right_record")
"""Columns of rows that hold the county file's own numbers and mean nothing to a person."""


def _shown(names: Sequence[str], spots: Sequence[int], cells: Sequence[Any]) -> tuple[Any, ...]:
    """The cells to show; a number that names something is no amount and has no thousands."""
    return tuple(
        str(cells[spot]) if names[spot].endswith("_id") and cells[spot] is not None else cells[spot] for spot in spots
    )


class UnderstandPage(Page):
    """Measures on the left, one finding on the right; Enter opens what is behind it."""

    name = "understand"
    concerns = frozenset({Step.MEASURED})

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "One question a page. Press Enter or double-click on any number to see the very rows it is made of. "
                "These numbers stay in the building; packets hide small counts."
            ),
        )
        self.figures: MonthFigures | None = None
        self.revised: tuple[RevisedFigure, ...] = ()
        self.months = MonthBox(self.tr("Month"))
        self.months.currentIndexChanged.connect(lambda _index: self._count())
        self.rest_on = button(self.tr("What the figures rest on…"), self.show_registers)
        self.rest_on.setToolTip(self.tr("Race codes and rule, residents, unit costs, programmes"))
        self.beside_title(self.rest_on)
        self.beside_title(self.months)
        self.measures = MeasureList(self.tr("Measures"))
        self.measures.currentItemChanged.connect(lambda _item, _before: self._choose())
        self.measures.itemActivated.connect(lambda _item: self.open_rows())
        self.empty = Empty()
        self._empty_goes = "import"
        self.empty.act.clicked.connect(lambda: self.go.emit(self._empty_goes))
        self._finding_parts()
        self._rows_parts()
        self.sheets = Stack()
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.measures)
        halves.addWidget(self._finding_sheet)
        halves.setStretchFactor(1, 1)
        halves.setSizes([em(self, 22), em(self, 40)])
        self.registers = RegistersSheet(self.desk, self.message.say, self.close_registers)
        for sheet in (QWidget(), self.empty, halves, self._rows_sheet, self.person, self.registers):
            self.sheets.addWidget(sheet)
        self.overview = halves
        self.body.addWidget(self.sheets, 1)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self.close_rows)
        self.title(self.tr("Understand"))

    def _finding_parts(self) -> None:
        self.finding = heading("", 1.35)
        self.question = label(muted=True)
        self.bars = Bars()
        self.table = Table(self.tr("The measure as a table"))
        self.table.setSelectionBehavior(Table.SelectionBehavior.SelectItems)
        self.table.opened.connect(self._open_cell)
        self.how = label(muted=True)
        self.warnings = label()
        self.open = button(self.tr("See the rows behind it"), self.open_rows, primary=True)
        self.copy_table = button(self.tr("Copy table"), self._copy_table)
        self.copy_picture = button(self.tr("Copy picture"), self._copy_picture)
        frame, inside = card()
        for part in (self.question, self.finding, self.bars, self.table):
            inside.addWidget(part)
        inside.addLayout(row(self.open, self.copy_table, self.copy_picture, None))
        inside.addWidget(self.how)
        sheet = QWidget()
        inner = column(self.warnings, frame, None)
        inner.setContentsMargins(PAD, 0, 0, 0)
        sheet.setLayout(inner)
        self._finding_sheet = scrolling(sheet, self.tr("The finding"))

    def _rows_parts(self) -> None:
        self.rows_title = heading("", 1.2)
        self.rows = Table(self.tr("The rows behind the number"))
        self.rows.opened.connect(lambda line, _column: self._open_person(line))
        self.person = PersonSheet(self.desk, self.close_rows, self._take_out)
        self.back = button(self.tr("Back to the measures"), self.close_rows)
        self.back.setToolTip(self.tr("Back (Alt+Left)"))
        self._rows_sheet = QWidget()
        self._rows_sheet.setLayout(column(row(self.rows_title, self.back), self.rows))

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.read(lambda lane: (lists.months_with_contacts(lane), lists.default_month(lane)), self._months_came)

    def _months_came(self, found: tuple[list[Month], Month | None]) -> None:
        self.months.fill(*found)
        self.months.setVisible(bool(found[0]))
        if not found[0]:
            self._say_empty(
                self.tr("No figures yet"),
                self.tr("Figures appear once files are taken in and matched."),
                self.tr("Go to Import"),
                "import",
            )
            return
        self._count()

    def _count(self) -> None:
        month = self.months.month
        if month is None:
            return
        self.counts.emit(self.tr("Counting {month}").format(month=month.in_words()))
        self.desk.read(
            lambda lane: lists.figures_and_revisions(lane, month), lambda found: self._show(*found), self._not_counted
        )

    def _not_counted(self, error: Exception) -> None:
        self.counts.emit("")
        goes = "define" if type(error).__name__ == "NoDefinition" else "match"
        act = self.tr("Go to Define") if goes == "define" else self.tr("Go to Match")
        if isinstance(error, PersonCanFix):
            self._say_empty(self.tr("No figures yet"), str(error), act, goes)

    def _say_empty(self, title: str, text: str, act: str, goes: str) -> None:
        self._empty_goes = goes
        self.empty.say(title, text, act)
        self.sheets.setCurrentWidget(self.empty)
        self.title(self.tr("Understand"))

    def _show(self, figures: MonthFigures, revised: tuple[RevisedFigure, ...]) -> None:
        self.counts.emit("")
        self.figures, self.revised = figures, revised
        self.title(self.tr("Understand: {month}").format(month=figures.month.in_words()))
        self.warnings.setText("\n".join(f"{GLYPHS['look']} {sentence}" for sentence in figures.warnings))
        self.warnings.setVisible(bool(figures.warnings))
        self.measures.fill(listed(figures))
        if self.sheets.currentWidget() not in (self._rows_sheet, self.registers):
            self.sheets.setCurrentWidget(self.overview)

    # one measure ----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Figure | CountTable | Estimate | None:
        """The measure in front."""
        if self.figures is None:
            return None
        name, figures = self.measures.chosen, self.figures
        return figures.figures.get(name) or figures.tables.get(name) or figures.estimates.get(name)

    def _choose(self) -> None:
        chosen = self.chosen
        if chosen is None or self.figures is None:
            return
        revised = revised_sentence([one for one in self.revised if one.name == chosen.name])
        self.how.setText("\n".join(filter(None, (revised, how_worked_out(chosen, self.figures)))))
        self.question.setText(chosen.words)
        if isinstance(chosen, Figure):
            self._show_figure(chosen)
        elif isinstance(chosen, Estimate):
            self._show_estimate(chosen)
        else:
            self._show_table(chosen)

    def _show_figure(self, figure: Figure) -> None:
        self.finding.setText(finding(figure))
        whole = figure.of is not None and figure.count is not None
        self.bars.setVisible(whole)
        if whole:
            self.bars.show_bars(
                [
                    Bar(figure.words, figure.count, number(figure.count, figure.unit), strong=True),
                    Bar(self.tr("All"), figure.of, number(figure.of, figure.unit)),
                ],
                figure.words,
            )
        self.table.hide()
        self.copy_table.hide()
        self.copy_picture.setVisible(whole)
        allow(self.open, figure.count is not None, self.tr("There is no answer, so there are no rows."))

    def _show_estimate(self, estimate: Estimate) -> None:
        self.finding.setText(estimate_sentence(estimate))
        for part in (self.bars, self.table, self.copy_table, self.copy_picture):
            part.hide()
        allow(self.open, estimate.rows is not None, self.tr("It is worked out from figures that open by themselves."))

    def _show_table(self, table: CountTable) -> None:
        self.finding.setText(
            self.tr("{rows} by {title}").format(rows=sentence_case(table.unit), title=table.row_title.lower())
        )
        bars = as_bars(table)
        self.bars.setVisible(bool(bars))
        name = f"{table.words}: {bars_title(table)}" if bars_title(table) else table.words
        self.bars.show_bars([Bar(*bar) for bar in bars], name)
        self.question.setText(name if bars else table.words)
        headings = table_headings(table)
        rows = table_rows(table)
        self.table.set_rows(rows, [Column(headings[0]), *(Column(title, right=True) for title in headings[1:])])
        self.table.setFixedHeight(min(em(self, 22), em(self, 1.75) * (len(rows) + 1) + em(self, 1.6)))
        self.table.show()
        self.copy_table.show()
        self.copy_picture.setVisible(bool(bars))
        allow(self.open, table.keys is not None, self.tr("The rows of this table are not kept one by one."))

    # rows behind ----------------------------------------------------------------------------------------------

    def open_rows(self) -> None:
        """Open the rows behind the measure, or behind the current cell of its table."""
        chosen = self.chosen
        if isinstance(chosen, Figure) and chosen.count is not None:
            self._fetch((chosen.rows,), chosen.words, chosen.count, chosen.unit)
        elif isinstance(chosen, Estimate) and chosen.rows is not None:
            self._fetch((chosen.rows,), chosen.words, None, chosen.unit)
        elif isinstance(chosen, CountTable):
            index = self.table.currentIndex()
            self._open_cell(max(0, index.row()), max(1, index.column()))

    def _open_cell(self, row_index: int, column_index: int) -> None:
        table = self.chosen
        if not isinstance(table, CountTable) or self.table.rows_model.was_sorted:
            self.message.say("look", self.tr("Put the table in its own order first (F5), then open a number."))
            return
        number = opened_at(table, row_index, max(1, column_index))
        if number is None:
            return
        if number.said is None:
            self.message.say("look", self.tr("The data give no answer here, so there are no rows."))
            return
        self._fetch(number.keys, number.words, number.said, table.unit)

    def _fetch(self, keys: tuple[RowsKey, ...], words: str, said: float | None, unit: str) -> None:
        self.desk.read(
            lambda lane: lists.rows_behind(lane, keys), lambda found: self._show_rows(found, words, said, unit)
        )

    def _show_rows(self, found: RowSet, words: str, said: float | None, unit: str) -> None:
        sentence = rows_sentence(words, said, found.total, found.amount, unit)
        self.rows_title.setText(sentence)
        spots = [spot for spot, name in enumerate(found.columns) if name not in OUR_OWN]
        columns = [
            Column(sentence_case(found.columns[spot]), identifies=is_identifying(found.columns[spot])) for spot in spots
        ]
        if PERSON in [column.title for column in columns]:
            project = self.desk.project
            self.desk.note(lambda lane: rows_looked_at(project, lane, len(found.rows)))
        self.rows.rows_model.hidden_names = not self.desk.names_shown
        self.rows.set_rows([_shown(found.columns, spots, cells) for cells in found.rows], columns)
        self.sheets.setCurrentWidget(self._rows_sheet)
        self.counts.emit(many(len(found.rows), self.tr("row"), self.tr("rows")))
        self.rows.setFocus()

    def close_rows(self) -> None:
        """Back from the person to the rows, from the rows to the measures."""
        if self.sheets.currentWidget() is self.person:
            self.sheets.setCurrentWidget(self._rows_sheet)
            self.rows.setFocus()
        elif self.sheets.currentWidget() is self._rows_sheet:
            self.sheets.setCurrentWidget(self.overview)
            self.counts.emit("")
            self.measures.setFocus()

    def show_registers(self) -> None:
        """Show what the figures rest on besides contacts."""
        self.registers.reload()
        self.sheets.setCurrentWidget(self.registers)

    def close_registers(self) -> None:
        """Back to the measures, or to what stood there without any."""
        self.sheets.setCurrentWidget(self.overview if self.figures is not None else self.empty)

    def _open_person(self, line: int) -> None:
        titles = [column.title for column in self.rows.rows_model.columns]
        cells = self.rows.rows_model.row(line)
        if cells is None or PERSON not in titles or cells[titles.index(PERSON)] is None:
            return
        number_of = int(cells[titles.index(PERSON)])
        month = self.months.month
        self.desk.read(lambda lane: lists.person(lane, number_of, month), self._show_person)

    def _show_person(self, page: PersonPage) -> None:
        self.person.show_person(page, names_shown=self.desk.names_shown)
        self.sheets.setCurrentWidget(self.person)
        self.person.line.setFocus()

    def _take_out(self, record_id: int) -> None:
        project = self.desk.project
        self.desk.write(
            self.tr("Taking a record out"),
            lambda lane, _p: matching.take_record_out(project, lane, record_id),
            lambda _n: self.message.say("done", self.tr("The record stands alone once people are matched again.")),
        )

    def names_shown(self, shown: bool) -> None:
        self.person.names_shown(shown)
        self.rows.rows_model.hide_names(not shown)

    def _copy_table(self) -> None:
        self.table.selectAll()
        self.table.copy(headings=True)

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.bars.grab())
        self.message.say("done", self.tr("The picture is on the clipboard."))
