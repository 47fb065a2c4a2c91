"""The jail's booking reports: three yearly workbooks, each of everybody in custody at any time of its year.

A stay that lasts over the turn of a year stands in two reports; the later one has the release the earlier could not
know. One line a charge, banner lines, headings repeated down the sheet, a total at the foot.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ddj_desktop.workflow.demo import races
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import Contact, year_span
from ddj_desktop.workflow.demo.mistakes import Mention, mention
from ddj_desktop.workflow.demo.pens import OwnNumbers, dashed_ssn, us_date, us_moment
from ddj_desktop.workflow.demo.people import Person
from ddj_desktop.workflow.demo.truth import Lines, RowTruth

HEADINGS = (
    "Booking #", "Jacket #", "Inmate Name", "DOB", "Sex", "Race", "SSN", "Address", "City", "St", "Zip",
    "Booked", "Released", "Release Type", "Booking Type", "Arresting Agency", "Chg", "Statute", "Charge", "Lvl",
    "Bond Amt",
)  # fmt: skip
PAGE = 400
"""Headings come again after so many lines of a report."""


class JailBook:
    """What the desk wrote at each booking, once, whichever reports print it."""

    def __init__(self, seed: int, people: dict[str, Person], contacts: list[Contact]) -> None:
        chance = Chance.of(seed, "jail desk")
        numbers = OwnNumbers(chance, 4_100, 0.02)
        self._said: dict[str, tuple[Mention, int]] = {}
        self._bonds: dict[str, list[str]] = {}
        self._unnamed: set[str] = set()
        self.contacts = contacts
        booking = 18_230
        for contact in contacts:
            booking += chance.randrange(1, 3)
            contact.number = f"{booking:08d}"
            said = mention(people[contact.person_id], "jail", contact.starts, chance)
            number = numbers.of(contact.person_id, said)
            if chance.yes(0.004) and not people[contact.person_id].planted:
                number = self._as_unnamed(contact, said, numbers, chance)
            self._said[contact.contact_id] = said, number
            bonds = ("0.00", "0.00", "500.00", "1000.00", "2500.00", "5000.00")
            self._bonds[contact.contact_id] = [chance.pick(bonds) for _ in range(4)]

    def _as_unnamed(self, contact: Contact, said: Mention, numbers: OwnNumbers, chance: Chance) -> int:
        """Booked before anybody knew who it was."""
        said.first, said.middle, said.suffix = ("JOHN" if said.sex == "M" else "JANE"), "", ""
        said.last, said.alias, said.ssn = chance.pick(("DOE", "DOE", "UNKNOWN")), "", ""
        said.born = None if chance.yes(0.5) else datetime(1900, 1, 1).date()
        said.street = said.city = said.state = said.zip = ""
        said.trouble[:] = ["placeholder name"]
        self._unnamed.add(contact.contact_id)
        return numbers.for_nobody()

    def rows(self, contact: Contact, drawn_at: datetime) -> list[list[str]]:
        """The lines of one booking as a report of that moment prints them."""
        said, number = self._said[contact.contact_id]
        ends = contact.ends if contact.ends and contact.ends <= drawn_at else None
        name = f"{said.last}, {said.first}" if contact.contact_id in self._unnamed else said.last_first()
        person = [
            contact.number, f"J{number:06d}", name, us_date(said.born), said.sex,
            races.jail(said.race, said.hispanic), dashed_ssn(said.ssn),
            said.street.upper(), said.city.upper(), said.state, said.zip, us_moment(contact.starts), us_moment(ends),
            contact.facts["release"] if ends else "", contact.facts["type"], contact.facts["agency"],
        ]  # fmt: skip
        lines = []
        for index, charge in enumerate(contact.facts["charges"].split("|")):
            bond = self._bonds[contact.contact_id][index % 4]
            lines.append([*person, str(index + 1), *charge.split("~"), bond])
        return lines

    def flags(self, contact: Contact) -> tuple[list[str], bool]:
        """The trouble planted in a booking, and whether it names nobody."""
        return self._said[contact.contact_id][0].trouble, contact.contact_id in self._unnamed


def jail_report(book: JailBook, year: int) -> Lines:
    """The report of one year, drawn on the second or so of November."""
    first, last = year_span(year)
    drawn_at = datetime(last.year, 11, 2, 6, 40)
    lines = Lines("Bookings")
    lines.add(["PINE COUNTY SHERIFF'S OFFICE - DETENTION"], RowTruth("banner"))
    lines.add([f"IN CUSTODY REPORT   {us_date(first)} - {us_date(last)}"], RowTruth("banner"))
    lines.add([f"Run Date: {us_moment(drawn_at)}", "", "", "", "", "User: RECORDS2"], RowTruth("banner"))
    lines.blank()
    lines.add(HEADINGS, RowTruth("headings"))
    begins = datetime.combine(first, datetime.min.time())
    page, bookings = len(lines.rows), 0
    for contact in book.contacts:
        there = contact.starts.date() <= last and (contact.ends is None or contact.ends >= begins)
        if not there:
            continue
        bookings += 1
        flags, nobody = book.flags(contact)
        for row in book.rows(contact, drawn_at):
            lines.data([cell or None for cell in row], contact, flags, nobody)
        if len(lines.rows) - page >= PAGE:
            page = len(lines.rows)
            lines.add(HEADINGS, RowTruth("headings"))
    lines.blank()
    lines.add([f"Total: {bookings}"], RowTruth("total"))
    lines.add([f"End of report - printed {us_moment(drawn_at + timedelta(minutes=3))}"], RowTruth("note"))
    return lines


def jail_file_name(year: int) -> str:
    """Name of a yearly report."""
    first, last = year_span(year)
    return f"jail_bookings_{first:%Y-%m}_to_{last:%Y-%m}.xlsx"
