"""The paper of an emergency release: who the person is and which services they used in the last twelve months; nothing
more than that. It has lines for what 42 CFR 2.51(c) asks to be kept: to whom it went, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper

_PERSON = ("last_name", "first_name", "birth_date", "sex")
_CONTACT = ("source", "kind", "starts", "ends")


@dataclass(frozen=True)
class EmergencyFacts:
    """What is printed beside the person's own lines."""

    place: str
    """County and state."""
    reason: str
    made_at: datetime
    made_by: str
    contacts_in_all: int
    """How many the county knows; those of the last twelve months are printed."""
    part2: bool
    """True where records under 42 CFR Part 2 are among them."""
    audit_head: str
    demo: bool


def write_emergency_paper(
    permit: Permit, facts: EmergencyFacts, records: Sequence[Mapping[str, object]],
    contacts: Sequence[Mapping[str, object]], path: Path,
) -> str:  # fmt: skip
    """Write it as a PDF that only the writing account may read; gives the SHA-256. Numbers, addresses and Social
    Security numbers are left out (minimum necessary). Raises CannotSave, NoRoom; OurFault without such a permit."""
    if permit.request.break_glass is None:
        raise OurFault(what="an emergency paper was to be written without the gate's permit for it")
    people = {tuple(_words(line[name]).casefold() for name in _PERSON): line for line in reversed(records)}
    who = [tuple(_words(line[name]) for name in _PERSON) for line in reversed(people.values())]
    what = [tuple(_words(line[name]) for name in _CONTACT) for line in contacts]
    shown = f"{len(what):,} of {facts.contacts_in_all:,} contacts: those of twelve months, the newest first."
    parts = [
        Part("The danger", (facts.reason,), boxed=True),
        Part("The person, as sources have them", grid=Grid(("Last name", "First name", "Birth date", "Sex"), tuple(who),
                                                           (3, 3, 3, 1))),
        Part("Contacts", (shown,), Grid(("Source", "What", "From", "To"), tuple(what), (3, 3, 3, 3))),
        Part("Handed over", lines=("To (name and office)", "On, at", "By")),
    ]  # fmt: skip
    if facts.part2:
        parts.append(Part("Goes with these records", NOTICE, boxed=True))
    foot = f"Log {facts.audit_head} · for {permit.partner} only · shred when the danger is over"
    subtitle = (
        f"{facts.place} · made {day_in_words(facts.made_at.date())}, {facts.made_at:%H:%M}, by {facts.made_by} · for "
        f"{permit.partner} only · hand it over, do not mail it"
    )
    paper = Paper("Emergency release", subtitle, facts.place, tuple(parts), foot, facts.demo)
    return write_paper(path, paper, private=True)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return f"{day_in_words(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    return str(value or "").replace("_", " ")
