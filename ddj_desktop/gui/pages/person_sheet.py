"""One person: the records they are made of, and their contacts in order of time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QTabWidget, QWidget

from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import allow, button, column, heading, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.screens.looking_over import held
from ddj_desktop.screens.masks import is_identifying
from ddj_desktop.screens.wording import many
from ddj_desktop.workflow.lists import PersonPage

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
    """Shows a PersonPage; `back` leads to where one came from."""

    def __init__(self, back: Callable[[], object], take_out: Callable[[int], object]) -> None:
        super().__init__()
        self._take_out = take_out
        self._ids: list[int] = []
        self._title = heading("", 1.2)
        self.back = button(self.tr("Back to the rows"), back)
        self.contacts = Table(self.tr("Contacts of this person"))
        self.records = Table(self.tr("Records of this person"))
        self.tabs = named(QTabWidget(), self.tr("This person"))
        self.tabs.addTab(self.contacts, self.tr("Contacts"))
        self.take_out = button(self.tr("Take this record out"), self._take_chosen_out)
        self.records.moved.connect(lambda _row: self._allow())
        sheet = QWidget()
        sheet.setLayout(column(self.records, row(self.take_out, None)))
        self.tabs.addTab(sheet, self.tr("Records"))
        self.setLayout(column(row(self._title, self.back), self.tabs))

    def show_person(self, page: PersonPage, *, names_shown: bool) -> None:
        """Show one person."""
        self._title.setText(
            self.tr("Person {n}: {contacts} in {records}").format(
                n=page.person_id,
                contacts=many(len(page.contacts), self.tr("contact"), self.tr("contacts")),
                records=many(len(page.records), self.tr("record"), self.tr("records")),
            )
        )
        self._ids = [int(record["record_id"]) for record in page.records]
        lines = [{**record, "place": str(n), "held": held(record)} for n, record in enumerate(page.records, 1)]
        for table, shown_lines, fields in ((self.contacts, page.contacts, CONTACT), (self.records, lines, RECORD)):
            table.rows_model.hidden_names = not names_shown
            shown = [name for name in fields if any(line.get(name) not in (None, "") for line in shown_lines)]
            columns = [Column(fields[name], identifies=is_identifying(name)) for name in shown]
            table.set_rows([tuple(line[name] for name in shown) for line in shown_lines], columns)
        self._allow()

    def _allow(self) -> None:
        several = len(self._ids) > 1
        chosen = several and self.records.chosen_cell(0) is not None
        why = self.tr("Choose a record first.") if several else self.tr("This person has one record only.")
        allow(self.take_out, chosen, why)

    def _take_chosen_out(self) -> None:
        place = self.records.chosen_cell(0)
        if place is not None:
            self._take_out(self._ids[int(place) - 1])

    def names_shown(self, shown: bool) -> None:
        """Show or hide names."""
        for table in (self.contacts, self.records):
            table.rows_model.hide_names(not shown)
