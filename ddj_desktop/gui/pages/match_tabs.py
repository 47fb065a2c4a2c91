"""What stands beside the queue on the Match page: people to check, merges and splits, pairs of one kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.person_sheet import PersonSheet
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.page import Stack
from ddj_desktop.gui.widgets.parts import allow, button, column, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.linkage.changes import LoggedChange
from ddj_desktop.linkage.integrity import ToCheck
from ddj_desktop.linkage.patterns import Alike
from ddj_desktop.screens.looking_over import (
    CHANGE_HEADINGS,
    CHECK_HEADINGS,
    EXAMPLE_HEADINGS,
    KIND_HEADINGS,
    change_rows,
    check_rows,
    examples,
    kind_rows,
)
from ddj_desktop.screens.masks import is_identifying
from ddj_desktop.workflow import lists, matching


class Tab(QWidget):
    """One sheet of the Match page. `rematch` asks for people to be matched again, after something was decided."""

    rematch = Signal(object, str)
    """Work to do first, as a function of a lane, and the words for the task line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def names_shown(self, shown: bool) -> None:
        """Names were shown or hidden."""


class CheckTab(Tab):
    """People of whom something can hardly be true; each opens to its records, of which one can be taken out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[ToCheck] = []
        self.table = Table(self.tr("People to check"), [Column(words) for words in CHECK_HEADINGS])
        self.table.opened.connect(lambda _row, _column: self.open())
        self.table.moved.connect(lambda _row: self._allow())
        self.show_person = button(self.tr("Show this person"), self.open, primary=True)
        self.well = button(self.tr("All is well"), self.all_is_well)
        hint = label(
            self.tr(
                "Something can hardly be true of one person. Look at the records, and take out what is not theirs."
            ),
            muted=True,
        )
        self.person = PersonSheet(self.desk, self.close, self._take_out)
        self.person.back.setText(self.tr("Back to the list"))
        listing = QWidget()
        listing.setLayout(column(hint, self.table, row(self.show_person, self.well, None)))
        self.sheets = Stack()
        for sheet in (listing, self.person):
            self.sheets.addWidget(sheet)
        self.setLayout(column(self.sheets))
        self._allow()

    def show_found(self, found: Sequence[ToCheck]) -> None:
        """Show these people."""
        self.found = list(found)
        self.table.set_rows(check_rows(found))
        self._allow()

    def _chosen(self) -> ToCheck | None:
        cells = (self.table.chosen_cell(0), self.table.chosen_cell(1))
        return next((each for each in self.found if (str(each.person_id), each.words) == cells), None)

    def _allow(self) -> None:
        chosen = self._chosen()
        why = self.tr("Choose a person first.")
        allow(self.show_person, chosen is not None, why)
        kept = chosen is not None and chosen.flag != "contradiction"
        allow(self.well, kept, why if chosen is None else self.tr("Take one of the decisions back in History."))

    def open(self) -> None:
        """Show the records of the chosen person."""
        chosen = self._chosen()
        if chosen:
            self.desk.read(lambda lane: lists.person(lane, chosen.person_id), self._show_person)

    def _show_person(self, page: lists.PersonPage) -> None:
        self.person.show_person(page, names_shown=self.desk.names_shown)
        self.person.show_records()
        self.sheets.setCurrentWidget(self.person)

    def close(self) -> bool:
        """Back to the list."""
        self.sheets.setCurrentIndex(0)
        return True

    def all_is_well(self) -> None:
        """Keep that somebody looked and all is well."""
        chosen, project = self._chosen(), self.desk.project
        if chosen:
            self.desk.write(
                self.tr("Saving"),
                lambda lane, _p: matching.person_is_well(project, lane, chosen),
                lambda _n: self.show_found([each for each in self.found if each is not chosen]),
            )

    def _take_out(self, record_id: int) -> None:
        project = self.desk.project
        self.close()
        self.rematch.emit(
            lambda lane: matching.take_record_out(project, lane, record_id), self.tr("Taking a record out")
        )

    def names_shown(self, shown: bool) -> None:
        self.person.names_shown(shown)


class ChangesTab(Tab):
    """Merges and splits of every match, newest first, each with its cause; one can be taken back. Here matching is
    taught anew, because what that changes is listed here."""

    taught = Signal(bool)
    """True: teach matching anew. False: go back to the earlier teaching."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[LoggedChange] = []
        widths = (4.0, 12.0, 34.0, 30.0, 6.0)
        columns = [Column(words, width=width) for words, width in zip(CHANGE_HEADINGS, widths, strict=True)]
        self.table = Table(self.tr("Merges and splits"), columns)
        self.table.moved.connect(lambda _row: self._allow())
        self.take_back = button(self.tr("Take this back"), self.undo)
        hint = label(
            self.tr("Who became part of whom, and why. Taking a change back gives people the numbers they had before."),
            muted=True,
        )
        self.teach = button(self.tr("Teach matching anew"), lambda: self.taught.emit(True))
        self.teach.setToolTip(
            self.tr("Learns from all records how they agree, matches everybody and tells what changed.")
        )
        self.unteach = button(self.tr("Back to the earlier teaching"), lambda: self.taught.emit(False))
        self.setLayout(column(hint, self.table, row(self.take_back, None, self.unteach, self.teach)))
        self._allow()

    def show_found(self, found: Sequence[LoggedChange]) -> None:
        """Show these changes."""
        self.found = list(found)
        self.table.set_rows(change_rows(found))
        self._allow()

    def _chosen(self) -> LoggedChange | None:
        number = self.table.chosen_cell(0)
        return next((each for each in self.found if str(each.change_id) == number), None)

    def _allow(self) -> None:
        chosen = self._chosen()
        stands = chosen is not None and not chosen.undone
        allow(self.take_back, stands, self.tr("Choose a merge or split that still stands."))

    def undo(self) -> None:
        """Take the chosen change back and match again."""
        chosen, project = self._chosen(), self.desk.project
        if chosen:
            number = chosen.change_id
            self.rematch.emit(lambda lane: matching.undo_change(project, lane, number), self.tr("Taking a change back"))


class KindsTab(Tab):
    """Open pairs that are alike: ten examples are looked at, then all of the kind are decided together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[Alike] = []
        widths = (40.0, 5.0, 10.0)
        columns = [Column(words, width=width) for words, width in zip(KIND_HEADINGS, widths, strict=True)]
        self.table = Table(self.tr("Kinds of pairs"), columns)
        self.table.setMaximumHeight(em(self, 14))
        self.table.moved.connect(lambda _row: self._show_examples())
        self.examples = Table(
            self.tr("Examples"), [Column(words, identifies=is_identifying(_field(words))) for words in EXAMPLE_HEADINGS]
        )
        self.looked = named(QCheckBox(self.tr("I looked at the examples")), self.tr("I looked at the examples"))
        self.looked.toggled.connect(lambda _on: self._allow())
        self.decide = button(self.tr("Decide all of this kind"), self.decide_all, primary=True)
        hint = label(
            self.tr("Pairs decided by what they have in common, never by a score, with one undo in History."),
            muted=True,
        )
        self.setLayout(column(hint, self.table, self.examples, row(self.looked, self.decide, None)))
        self._allow()

    def show_found(self, found: Sequence[Alike]) -> None:
        """Show these kinds."""
        self.found = list(found)
        self.table.set_rows(kind_rows(found))
        self._show_examples()

    def _chosen(self) -> Alike | None:
        words = self.table.chosen_cell(0)
        return next((kind for kind in self.found if kind.pattern.words == words), None)

    def _show_examples(self) -> None:
        kind = self._chosen()
        self.looked.setChecked(False)
        self.examples.rows_model.hidden_names = not self.desk.names_shown
        self.examples.set_rows(examples(kind) if kind else [])
        self._allow()

    def _allow(self) -> None:
        kind = self._chosen()
        allow(self.looked, kind is not None, self.tr("Choose a kind first."))
        why = self.tr("Choose a kind, then look at its examples.")
        allow(self.decide, kind is not None and self.looked.isChecked(), why)

    def decide_all(self) -> None:
        """Decide every pair of the chosen kind and match again."""
        kind, project = self._chosen(), self.desk.project
        if kind:
            self.rematch.emit(
                lambda lane: matching.decide_pattern(project, lane, kind.pattern, kind.pairs),
                self.tr("Deciding pairs of one kind"),
            )

    def names_shown(self, shown: bool) -> None:
        self.examples.rows_model.hide_names(not shown)


def _field(heading: str) -> str:
    return heading.rpartition(" ")[0]
