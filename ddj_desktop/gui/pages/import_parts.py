"""The sheet under the basket that says what a file seems to hold."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QRadioButton,
    QTabWidget,
    QWidget,
)

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.theme import PAD, em, sized
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import (
    GLYPHS,
    button,
    choice_box,
    column,
    empty,
    in_order,
    label,
    named,
    row,
    scrolling,
)
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.intake.fields import KINDS
from ddj_desktop.intake.types import ColumnGuess
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.screens.import_draft import (
    SIGNS,
    Entry,
    field_choices,
    line_tags,
    read_as,
)

SHOWN = 100
"""Lines of the file shown as they stand."""


def ask_password(parent: QWidget, sentence: str) -> str:
    """The password of a protected file; an empty text where the person has none."""
    title = QCoreApplication.translate("SheetForm", "The file is protected")
    words, given = QInputDialog.getText(parent, title, sentence, QLineEdit.EchoMode.Password)
    return words if given else ""


class SheetForm(QWidget):
    """What a sheet seems to hold. Every choice gives a new Entry."""

    changed = Signal(object)
    read_again = Signal(str)
    heading_in = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._entry: Entry | None = None
        self.kind = choice_box(self.tr("Kind of source"))
        for name, words in KINDS.items():
            self.kind.addItem(words, name)
        self.kind.activated.connect(lambda _: self.read_again.emit(self.kind.currentData()))
        self.source = named(QLineEdit(), self.tr("Name of the source"))
        self.source.editingFinished.connect(self._source_named)
        self._start = label(muted=True, wrap=False)
        self._missing = label()
        self._dates = QWidget()
        self._date_words = label(wrap=False)
        self.month_first = named(QRadioButton(), self.tr("Month first"))
        self.day_first = named(QRadioButton(), self.tr("Day first"))
        self._both = QButtonGroup(self)
        for each, order in ((self.month_first, "mdy"), (self.day_first, "dmy")):
            self._both.addButton(each)
            each.clicked.connect(lambda _checked=False, order=order: self._ordered(order))
        self._grid_sheet = QWidget()
        self._grid = QGridLayout(self._grid_sheet)
        self._grid.setHorizontalSpacing(2 * PAD)
        self._grid.setVerticalSpacing(4)
        self.combos: dict[int, QComboBox] = {}
        self._signs: dict[int, tuple[QWidget, QWidget]] = {}
        self.lines = Table(self.tr("The file as it stands"))
        self.heading_here = button(self.tr("The column names are in the chosen line"), self._heading_here)
        self.replaces = named(QCheckBox(), self.tr("Replace what was here of its period"))
        self.replaces.clicked.connect(self._replace)
        self.tabs = named(QTabWidget(), self.tr("The chosen sheet"))
        self._lay_out()

    def _lay_out(self) -> None:
        dates = QHBoxLayout(self._dates)
        dates.setContentsMargins(0, 0, 0, 0)
        for part in (self._date_words, self.month_first, self.day_first):
            dates.addWidget(part)
        dates.addStretch(1)
        self.tabs.addTab(scrolling(self._grid_sheet, self.tr("Columns")), self.tr("Columns"))
        as_it_stands = QWidget()
        as_it_stands.setLayout(column(self.lines, row(self.heading_here, None)))
        self.tabs.addTab(as_it_stands, self.tr("The file as it stands"))
        top = row(
            label(self.tr("This is"), wrap=False),
            self.kind,
            label(self.tr("from"), wrap=False),
            self.source,
            self._start,
            None,
        )
        self.source.setMinimumWidth(em(self, 12))
        inside = column(top, self._dates, self.replaces, self._missing, self.tabs)
        inside.setStretch(4, 1)
        self.setLayout(inside)

    def show_entry(self, entry: Entry) -> None:
        """Show the sheet of an entry."""
        same = (
            self._entry is not None
            and entry.draft is not None
            and self._entry.draft is not None
            and (self._entry.path, self._entry.draft.sheet, self._entry.draft.kind)
            == (entry.path, entry.draft.sheet, entry.draft.kind)
        )
        self._entry = entry
        draft = entry.draft
        if draft is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(draft.kind))
        self.source.setText(draft.source)
        where = ", ".join(str(line) for line in draft.header_lines)
        self._start.setText(
            self.tr("Column names are on line {n}.").format(n=where)
            if where
            else self.tr("This sheet has no column names.")
        )
        if same and len(self.combos) == len(draft.columns):
            for guess in draft.columns:
                self._fill(guess)
        else:
            self._build(entry)
            self._show_lines(entry)
        self._show_questions()

    def _show_questions(self) -> None:
        entry = self._entry
        if entry is None or entry.draft is None:
            return
        lacks = [*entry.missing, *entry.draft.problems, *entry.draft.file.notes]
        self._missing.setText("\n".join(f"{GLYPHS['look']} {sentence}" for sentence in lacks))
        self._missing.setVisible(bool(lacks))
        self._show_replaces(entry)
        example = entry.date_example
        self._dates.setVisible(bool(example))
        if example:
            self._date_words.setText(self.tr("{example} means:").format(example=example))
            self.month_first.setText(read_as(example, "mdy"))
            self.day_first.setText(read_as(example, "dmy"))
            for each in (self.month_first, self.day_first):
                named(each, self.tr("{example} means {day}").format(example=example, day=each.text()))
            self._both.setExclusive(False)
            sure = not entry.asks_date_order
            self.month_first.setChecked(sure and entry.draft.date_order == "mdy")
            self.day_first.setChecked(sure and entry.draft.date_order == "dmy")
            self._both.setExclusive(True)

    def _show_replaces(self, entry: Entry) -> None:
        draft = entry.draft
        self.replaces.setVisible(draft is not None and entry.mends is None and draft.column_of("starts") is not None)
        period = draft.replaces if draft else None
        self.replaces.setChecked(period is not None)
        words = self.tr("Replace everything this source said of the days in this file")
        if period:
            first, last = (day_in_words(day) for day in period)
            words = self.tr("Replace everything this source said of {first} to {last}").format(first=first, last=last)
        self.replaces.setText(words)
        self.heading_here.setVisible(entry.mends is None)

    def _replace(self, replaces: bool) -> None:
        if self._entry:
            self._take(self._entry.choose_replace(replaces))

    def _heading_here(self) -> None:
        line = self.lines.chosen_cell(0)
        if line is not None:
            self.heading_in.emit(int(line))

    def _build(self, entry: Entry) -> None:
        empty(self._grid)
        self.combos, self._signs = {}, {}
        draft = entry.draft
        assert draft is not None
        for place, words in enumerate(
            (self.tr("In the file"), self.tr("Examples"), self.tr("Goes to"), self.tr("How sure"), self.tr("Why"))
        ):
            head = label(words, muted=True, wrap=False)
            head.setFont(sized(head.font(), 1.0, bold=True))
            self._grid.addWidget(head, 0, place)
        choices = field_choices(draft.kind)
        for line, guess in enumerate(draft.columns, 1):
            title = guess.header or self.tr("(column {n}, no name)").format(n=guess.index + 1)
            combo = choice_box(self.tr("{column} goes to").format(column=title))
            combo.addItem(self.tr("Not needed"), None)
            for name, words in choices:
                combo.addItem(words, name)
            combo.setMinimumWidth(em(self, 10))
            combo.setMaxVisibleItems(24)
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            NoWheel(combo)
            combo.activated.connect(
                lambda _index, guess=guess, combo=combo: self._chosen(guess.index, combo.currentData())
            )
            sure, why = label(wrap=False), label(muted=True)
            shown = label(_short(title, 22), wrap=False)
            shown.setToolTip(title)
            seen = label(_short(", ".join(guess.examples[:3]), 24), muted=True, wrap=False)
            seen.setToolTip("\n".join(guess.examples))
            for place, part in enumerate((shown, seen, combo, sure, why)):
                self._grid.addWidget(part, line, place)
            self.combos[guess.index], self._signs[guess.index] = combo, (sure, why)
            self._fill(guess)
        in_order([self.tabs.tabBar(), *self.combos.values()])
        self._grid.setColumnStretch(4, 1)
        self._grid.setRowStretch(len(draft.columns) + 1, 1)

    def _fill(self, guess: ColumnGuess) -> None:
        combo = self.combos[guess.index]
        combo.setCurrentIndex(max(0, combo.findData(guess.field)))
        sure, why = self._signs[guess.index]
        sure.setText(f"{SIGNS[guess.sure]} {guess.sure}" if guess.field else "")  # type: ignore[attr-defined]
        why.setText(guess.why)  # type: ignore[attr-defined]

    def _show_lines(self, entry: Entry) -> None:
        sheet, draft = entry.sheet, entry.draft
        if sheet is None or draft is None:
            return
        tags = line_tags(draft)
        first = sheet.lines[:SHOWN]
        wide = max((len(cells) for _, cells in first), default=0)
        self.lines.set_rows(
            [
                (number, tags.get(number, self.tr("Data")), *cells, *[""] * (wide - len(cells)))
                for number, cells in first
            ],
            [Column(self.tr("Line"), right=True), Column(self.tr("What it is"), width=12)]
            + [Column(self.tr("Column {n}").format(n=spot + 1)) for spot in range(wide)],
        )

    def _chosen(self, index: int, name: str | None) -> None:
        if self._entry:
            self._take(self._entry.choose_field(index, name))

    def _ordered(self, order: str) -> None:
        if self._entry:
            self._take(self._entry.choose_date_order(order))

    def _source_named(self) -> None:
        if self._entry and self._entry.draft and self.source.text().strip() != self._entry.draft.source:
            self._take(self._entry.choose_source(self.source.text()))

    def _take(self, entry: Entry) -> None:
        self._entry = entry
        for guess in entry.draft.columns if entry.draft else ():
            self._fill(guess)
        self._show_questions()
        self.changed.emit(entry)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
