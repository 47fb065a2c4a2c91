"""The paper of an emergency release: who the person is and which services they used; nothing more than that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.plain_paper import Grid, Paper, Part, write_paper

_PERSON = ("last_name", "first_name", "birth_date", "sex")
_CONTACT = ("source", "kind", "starts", "ends")


def write_emergency_paper(
    permit: Permit, place: str, reason: str, records: Sequence[Mapping[str, object]],
    contacts: Sequence[Mapping[str, object]], demo: bool, path: Path,
) -> str:  # fmt: skip
    """Write it as a PDF that only the writing account may read; gives the SHA-256. Numbers, addresses and Social
    Security numbers are left out (minimum necessary). Raises CannotSave, NoRoom; OurFault without such a permit."""
    if permit.request.break_glass is None:
        raise OurFault(what="an emergency paper was to be written without the gate's permit for it")
    who = list(dict.fromkeys(tuple(_words(line[name]) for name in _PERSON) for line in records))
    what = [tuple(_words(line[name]) for name in _CONTACT) for line in contacts]
    parts = (
        Part("The danger", (reason,), boxed=True),
        Part("The person, as sources have them", grid=Grid(("Last name", "First name", "Birth date", "Sex"), tuple(who),
                                                           (3, 3, 3, 1))),
        Part("Contacts, newest first", grid=Grid(("Source", "What", "From", "To"), tuple(what), (3, 3, 3, 3))),
        Part("Goes with these records", NOTICE, boxed=True),
    )  # fmt: skip
    foot = f"Emergency release of {day_in_words(permit.on)}, for {permit.partner} only"
    subtitle = f"{place} · for {permit.partner} only · hand it over, do not mail it"
    return write_paper(path, Paper("Emergency release", subtitle, place, parts, foot, demo), private=True)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return f"{day_in_words(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    return str(value or "").replace("_", " ")
