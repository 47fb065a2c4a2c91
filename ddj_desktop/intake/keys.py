"""What a row is about: its event, its person, its part of the event; and what it says.

An event (a booking, an incident, a stay) goes by the source's own number where it has one, else by person and start.
Numbers that several people share over several days (some jails print the how-manieth booking this is) name no event
alone; there person and start join the number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from ddj_desktop.intake.cleaning import Clean
from ddj_desktop.intake.cleaning_dates import Birth
from ddj_desktop.intake.cleaning_names import Name
from ddj_desktop.kernel.ids import derived_id, derived_ids

MANY_PEOPLE = frozenset({"dispatch", "ems", "co_responder", "arrest", "court"})
"""Kinds where one number of the source may name several people."""

_SHARED = 0.2
"""A number column where a fifth of the numbers used more than once have several people on several days names no event.
A booking number mistyped now and then stays below."""


@dataclass(frozen=True)
class Keys:
    """For each row the event it belongs to, who it names by the source's own id, which part it is, what it says."""

    group: list[int]
    who: list[int | None]
    part: list[tuple[str, str]]
    """Person and charge, as text: what tells the rows of one event apart."""
    content: list[int]
    shared_numbers: bool
    """The number column named no event."""


def person_text(record_key: str | None, name: Name, ssn: str | None) -> str:
    """A person within one event: by the source's own id, else the name, else the SSN; empty where none is given."""
    if record_key:
        return "#" + record_key
    if not name.empty:
        return "|".join((part or "").casefold() for part in (name.last, name.first, name.suffix))
    return ssn or ""


def keys_of(rows: Clean, source_id: int, people_only: bool, report: str = "") -> Keys:
    """The keys of rows that are data. Rows alike in all keys are told apart later (`reimport`).

    Rows of another of the source's reports are other parts of the same events: they never replace each other.
    """
    named = list(zip(rows.of("record_key"), rows.of("name"), rows.of("ssn"), strict=True))
    texts = {one: person_text(*one) for one in set(named)}
    people = [texts[one] for one in named]
    who = _whos(rows, source_id)
    shared = not people_only and _numbers_are_shared(rows, people)
    group = derived_ids(people, source_id, "person") if people_only else _groups(rows, source_id, people, shared)
    parts = [f"{report}|{person}" for person in people] if report else people
    return Keys(group, who, list(zip(parts, _charges(rows), strict=True)), _contents(rows), shared)


def _whos(rows: Clean, source_id: int) -> list[int | None]:
    keys = [key for key in set(rows.of("record_key")) if key]
    known = dict(zip(keys, derived_ids(keys, source_id, "who"), strict=True))
    return list(map(known.get, rows.of("record_key")))


def _groups(rows: Clean, source_id: int, people: list[str], shared: bool) -> list[int]:
    numbers = rows.of("contact_key")
    keys = [] if shared else [number for number in set(numbers) if number]
    by_number = dict(zip(keys, derived_ids(keys, source_id, "event"), strict=True))
    groups = list(map(by_number.get, numbers))
    known: dict[tuple[Any, ...], int] = {}
    starts, births, places, natures = (rows.of(name) for name in ("starts", "birth", "location", "nature"))
    for row in [row for row, group in enumerate(groups) if group is None]:  # rows whose number names no event alone
        person, birth, key = people[row], births[row], numbers[row] if shared else None
        parts: tuple[Any, ...]
        if person:
            born = birth.day if birth and not person.startswith("#") else None
            parts = (source_id, "event", key, person, born, starts[row])
        else:
            parts = (source_id, "event", key, starts[row], places[row], natures[row])
        if parts not in known:
            known[parts] = derived_id(*parts)
        groups[row] = known[parts]
    return [group for group in groups if group is not None]


def _numbers_are_shared(rows: Clean, people: list[str]) -> bool:
    """True where the number column often gives one number to different people on different days."""
    if "contact_key" not in rows.values or "starts" not in rows.values:
        return False
    seen: dict[str, set[tuple[str, Any]]] = defaultdict(set)
    told = zip(rows.of("contact_key"), people, rows.of("starts"), strict=True)
    times = Counter(one for one in told if one[0] and one[1] and one[2])
    often: dict[str, int] = defaultdict(int)
    for (key, person, start), count in times.items():
        seen[key].add((person, start.date()))
        often[key] += count
    again = [key for key, count in often.items() if count > 1]
    several = [key for key in again if _many_people_and_days(seen[key])]
    return len(several) >= 2 and len(several) >= _SHARED * len(again)


def _many_people_and_days(pairs: set[tuple[str, Any]]) -> bool:
    return len({person for person, _ in pairs}) > 1 and len({day for _, day in pairs}) > 1


def _charges(rows: Clean) -> list[str]:
    """What tells the charges of one booking apart: their number, else code and words."""
    said = list(zip(*(rows.of(name) for name in ("charge_number", "charge_code", "charge_description")), strict=True))
    known = {
        one: one[0] or ("|".join((text or "").casefold() for text in one[1:]) if any(one) else "") for one in set(said)
    }
    return [known[one] for one in said]


def _contents(rows: Clean) -> list[int]:
    """A number for what the columns taken in say, dates as dates and ids as ids, whatever their order or writing.

    Each distinct value of each field has a number of 63 bits; a row's number is their sum, so a whole column is added
    at once. Two different rows share one as rarely as two random numbers do.
    """
    total = np.zeros(rows.size, np.uint64)
    for name, values in rows.values.items():
        different = list(set(values))
        said = _texts(different)
        numbers = [number if text else 0 for text, number in zip(said, derived_ids(said, name), strict=True)]
        known = dict(zip(different, numbers, strict=True))
        total += np.fromiter(map(known.__getitem__, values), np.uint64, rows.size)
    found: list[int] = (total >> np.uint64(1)).astype(np.int64).tolist()
    return found


def _texts(values: list[Any]) -> list[str]:
    """What each of some different values says, as text."""
    if {str, type(None)}.issuperset(map(type, values)):
        return [value or "" for value in values]
    return list(map(_text, values))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Name):
        parts = (value.first, value.middle, value.last, value.suffix, *value.aliases)
        return "|".join(part or "" for part in parts) if any(parts) else ""
    if isinstance(value, Birth):
        return f"{value.day}|{value.year}"
    return str(value)
