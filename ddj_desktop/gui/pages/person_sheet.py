"""One person: why they are on the list, their contacts in time and as a table, what lay around each booking, and the
records they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.care_sheet import CareSheet
from ddj_desktop.gui.pages.erase_sheet import EraseSheet
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, heading, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.gui.widgets.timeline import Timeline
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.screens.looking_over import held
from ddj_desktop.screens.masks import is_identifying
from ddj_desktop.screens.timeline import ZOOMS, Event, around, events_of, span_shown, standing_words
from ddj_desktop.screens.wording import many
from ddj_desktop.workflow.lists import PersonPage
from ddj_desktop.workflow.looks import person_looked_at, protected_were_shown

CONTACT = {
    "starts": "Began", "ends": "Ended", "source": "Source", "kind": "What", "charges": "Charges",
    "contact_key": "Number there",
}  # fmt: skip
RECORD = {
    "place": "No.", "held": "Held", "source": "Source",
    "last_name": "Last name", "first_name": "First name", "middle_name": "Middle name",
    "suffix": "Suffix", "birth_date": "Birth date", "sex": "Sex", "ssn": "Social Security number",
    "address": "Address", "city": "City", "phone": "Phone", "record_key": "Number there", "contacts": "Contacts",
    "first_seen": "First seen", "last_seen": "Last seen",
}  # fmt: skip
"""Columns shown, with their headings; one nobody filled in is left out."""


class PersonSheet(QWidget):
    """Shows a PersonPage; `back` leads to where one came from, `take_out` takes a record out where that is offered."""

    def __init__(
        self, desk: Desk, back: Callable[[], object], take_out: Callable[[int], object] | None = None, back_to: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self._take_out = take_out
        self._ids: list[int] = []
        self._title = heading("", 1.2)
        self.why = label()
        self.back = button(back_to or self.tr("Back to the rows"), back)
        self.contacts = Table(self.tr("Contacts of this person"))
        self.records = Table(self.tr("Records of this person"))
        self.sequence = Table(
            self.tr("Seven days around each booking"),
            (
                Column(self.tr("Booked"), width=9),
                Column(self.tr("Released"), width=9),
                Column(self.tr("In the seven days before"), width=22),
                Column(self.tr("In the seven days after release")),
            ),
        )
        self.tabs = named(QTabWidget(), self.tr("This person"))
        self.tabs.addTab(self._line_of_time(), self.tr("Timeline"))
        self.tabs.addTab(self.contacts, self.tr("Contacts"))
        self.tabs.addTab(self.sequence, self.tr("Around bookings"))
        self.take_out = button(self.tr("Take this record out"), self._take_chosen_out)
        if take_out is None:
            self.take_out.hide()
        self.records.moved.connect(lambda _row: self._allow())
        self._record_sheet = QWidget()
        self._record_sheet.setLayout(column(self.records, row(self.take_out, None)))
        self.tabs.addTab(self._record_sheet, self.tr("Records"))
        self.care, self.erase = CareSheet(desk), EraseSheet(desk, back)
        for part, words in ((self.care, self.tr("Care team")), (self.erase, self.tr("Erase"))):
            self.tabs.addTab(part, words)
        self.setLayout(column(row(self._title, self.back), self.why, self._protected(), self.tabs))
        self._events: list[Event] = []
        self._page: PersonPage | None = None
        self._whole: PersonPage | None = None
        self._names_shown = False

    def _protected(self) -> QHBoxLayout:
        """That protected records are left out, said of everybody alike, and the way to ask for them."""
        self.hidden = label(
            self.tr(
                "Substance use, mental health and victim services records are not shown, whether or not there are any."
            ),
            muted=True,
        )
        self.reveal = button(self.tr("Show them"), self._reveal)
        return row(self.hidden, self.reveal, None)

    def _line_of_time(self) -> QWidget:
        self.line = Timeline(self.tr("Contacts of this person in time"))
        self.line.current_changed.connect(self._tell)
        self.zoom = choice_box(self.tr("How much time to show"))
        self.zoom.addItems(list(ZOOMS))
        self.zoom.setCurrentIndex(1)
        self.zoom.currentIndexChanged.connect(lambda _index: self._draw())
        NoWheel(self.zoom)
        self.told = label()
        self.legend = label(muted=True)
        self.legend.setText(
            self.tr(
                "The shaded days are those the definition looks at; the dashed line is today. Bars are stays, marks "
            )
            + self.tr("are contacts. Left and Right go from one to the next.")
        )
        sheet = QWidget()
        inside = column(
            row(label(self.tr("Show"), wrap=False), self.zoom, None), self.line, self.told, self.legend, None
        )
        inside.setContentsMargins(PAD, PAD, PAD, PAD)
        sheet.setLayout(inside)
        return sheet

    def show_person(self, page: PersonPage, *, names_shown: bool) -> None:
        """Show one person, records under special protection left out until somebody asks for them; the log says so."""
        project = self.desk.project
        self.desk.note(lambda lane: person_looked_at(project, lane, page.person_id))
        self._names_shown = names_shown
        self._show(page.plain)
        self._whole = page
        self.hidden.setVisible(bool(page.protected))
        self.reveal.setVisible(bool(page.protected))
        self.care.show_person(page.person_id)
        self.erase.show_person(page.person_id)

    def _reveal(self) -> None:
        whole, project = self._whole, self.desk.project
        if whole is None:
            return

        def kept(_none: object) -> None:
            if self._whole is whole:
                self._show(whole)
                self.hidden.hide()
                self.reveal.hide()

        self.desk.write(
            self.tr("Keeping in the log that protected records are shown"),
            lambda lane, _p: protected_were_shown(project, lane, whole.person_id),
            kept,
        )

    def _show(self, page: PersonPage) -> None:
        names_shown = self._names_shown
        self._page = page
        self._title.setText(
            self.tr("Person {n}: {contacts} in {records}").format(
                n=page.person_id,
                contacts=many(len(page.contacts), self.tr("contact"), self.tr("contacts")),
                records=many(len(page.records), self.tr("record"), self.tr("records")),
            )
        )
        kept = page.definition
        self.why.setText(standing_words(page.standing, f"{kept.name}, version {kept.version}" if kept else ""))
        self._events = events_of(page.contacts, clock.today())
        self._draw()
        self.sequence.set_rows(
            [
                (
                    day_in_words(one.event.first),
                    self.tr("not yet") if one.event.open else day_in_words(one.event.last),
                    "; ".join(one.before) or self.tr("nothing recorded"),
                    "" if one.event.open else "; ".join(one.after) or self.tr("nothing recorded"),
                )
                for one in around(self._events)
            ]
        )
        self._ids = [int(record["record_id"]) for record in page.records]
        records = [{**record, "place": str(n), "held": held(record)} for n, record in enumerate(page.records, 1)]
        _fill(self.contacts, page.contacts, CONTACT, names_shown)
        _fill(self.records, records, RECORD, names_shown)
        self._allow()

    def show_records(self) -> None:
        """Bring the records to the front."""
        self.tabs.setCurrentWidget(self._record_sheet)

    def _allow(self) -> None:
        several = len(self._ids) > 1
        chosen = several and self.records.chosen_cell(0) is not None
        why = self.tr("Choose a record first.") if several else self.tr("This person has one record only.")
        allow(self.take_out, chosen, why)

    def _take_chosen_out(self) -> None:
        place = self.records.chosen_cell(0)
        if place is not None and self._take_out:
            self._take_out(self._ids[int(place) - 1])

    def _draw(self) -> None:
        if self._page is None:
            return
        found, today = self._page.standing, clock.today()
        until = min(today, found.month.span.last) if found else today
        until = max([until, *(event.last for event in self._events if event.last <= today)])
        window = found.window if found else None
        self.line.show_events(self._events, span_shown(self._events, self.zoom.currentText(), until), window, today)

    def _tell(self, place: int) -> None:
        inside = 0 <= place < len(self._events)
        self.told.setText(self._events[place].words if inside else self.tr("No contact in these days."))

    def names_shown(self, shown: bool) -> None:
        """Show or hide names."""
        self._names_shown = shown
        for table in (self.contacts, self.records):
            table.rows_model.hide_names(not shown)


def _fill(table: Table, lines: Sequence[Mapping[str, Any]], fields: Mapping[str, str], names_shown: bool) -> None:
    table.rows_model.hidden_names = not names_shown
    shown = [name for name in fields if any(line.get(name) not in (None, "") for line in lines)]
    columns = [Column(fields[name], identifies=is_identifying(name)) for name in shown]
    table.set_rows([tuple(line[name] for name in shown) for line in lines], columns)
