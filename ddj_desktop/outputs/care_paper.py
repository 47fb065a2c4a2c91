"""The paper of one person for the county's own care team: who they are and which services they used in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.kernel.dates import Span, day_in_words
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper

MARK = "Identified · care team"
PROTECTED = (
    "Substance use, mental health and victim services records stand here only where the person signed a release that "
    "opens them to this team for this purpose. This paper does not say whether there are others."
)
_PERSON = ("last_name", "first_name", "birth_date", "sex")
_CONTACT = ("source", "kind", "starts", "ends")


@dataclass(frozen=True)
class CareFacts:
    """What the paper holds."""

    place: str
    partner: str
    agreement: str
    purpose: str
    period: Span
    made_on: date
    records: Sequence[Mapping[str, object]]
    contacts: Sequence[Mapping[str, object]]
    part2: bool
    """True where records under 42 CFR Part 2 are among them."""


def write_care_paper(facts: CareFacts, demo: bool, path: Path) -> str:
    """Write it as a PDF that only the writing account may read; gives the SHA-256. Numbers, addresses and Social
    Security numbers are left out (minimum necessary). Raises CannotSave, NoRoom, NotAsWritten."""
    who = list(dict.fromkeys(tuple(_words(line[name]) for name in _PERSON) for line in facts.records))
    what = [tuple(_words(line[name]) for name in _CONTACT) for line in facts.contacts]
    days = f"{day_in_words(facts.period.first)} to {day_in_words(facts.period.last)}"
    purpose = f"{facts.purpose[:1].upper()}{facts.purpose[1:]}"
    none = () if what else ("No contact in these days.",)
    parts = [
        Part(MARK, ("It stays with the care team. Handing it to anybody else is a release and goes through Share.",),
             boxed=True),
        Part("What it is for", (f"{purpose}. Under {facts.agreement} with {facts.partner}.",)),
        Part("The person, as sources have them", () if who else ("No record that may stand on this paper.",),
             grid=Grid(("Last name", "First name", "Birth date", "Sex"), tuple(who), (3, 3, 3, 1)) if who else None),
        Part(f"Contacts, newest first, {days}", none,
             grid=Grid(("Source", "What", "From", "To"), tuple(what), (3, 3, 3, 3)) if what else None),
        Part("Records under special protection", (PROTECTED,), small=True),
    ]  # fmt: skip
    if facts.part2:
        parts.append(Part("Goes with these records", NOTICE, boxed=True))
    foot = f"{MARK} · printed {day_in_words(facts.made_on)}"
    subtitle = f"{facts.place} · {MARK}"
    paper = Paper("One person's contacts", subtitle, facts.place, tuple(parts), foot, demo)
    return write_paper(path, paper, private=True)


def _words(value: object) -> str:
    if isinstance(value, datetime):  # a source without times of day says midnight of everything
        return day_in_words(value.date()) + (f", {value:%H:%M}" if value.time() != time.min else "")
    if isinstance(value, date):
        return day_in_words(value)
    return str(value or "").replace("_", " ")
