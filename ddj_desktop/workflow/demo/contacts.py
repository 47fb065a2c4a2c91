"""What truly happened: one contact of the county's systems each, before any system writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ddj_desktop.workflow.demo.people import AS_OF, FIRST_DAY

YEARS = 3


@dataclass
class Contact:
    """One booking, call, run, visit, stay or arrest.

    `ends` is None where it never ended before the files were drawn, and for contacts without length.
    `number` is the source's own number of it. `person_id` is empty where nobody known was involved.
    """

    system: str
    kind: str
    person_id: str
    starts: datetime
    ends: datetime | None = None
    role: str = ""
    contact_id: str = ""
    number: str = ""
    exported: bool = True
    follows: Contact | None = None
    facts: dict[str, str] = field(default_factory=dict)


def year_span(year: int) -> tuple[date, date]:
    """First and last day of year 0, 1 or 2 of the three: Nov 1 to Oct 31."""
    return date(FIRST_DAY.year + year, 11, 1), date(FIRST_DAY.year + year + 1, 10, 31)


def year_of(day: date) -> int:
    """Which of the three years holds a day (may fall outside 0 to 2)."""
    return day.year - FIRST_DAY.year - (day < date(day.year, 11, 1))


def number_all(contacts: list[Contact]) -> None:
    """Sort by time and give every contact its id of the truth table. Ties keep the order in which they were made."""
    contacts.sort(key=lambda contact: contact.starts)
    for count, contact in enumerate(contacts, 1):
        contact.contact_id = f"C{count:06d}"


assert year_span(YEARS - 1)[1] == AS_OF
