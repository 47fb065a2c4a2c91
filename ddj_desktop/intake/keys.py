"""What a row is about: its event, its person, its part of the event; and what it says.

An event (a booking, an incident, a stay) goes by the source's own number where it has one, else by person and start.
Numbers that several people share over several days (some jails print the how-manieth booking this is) name no event
alone; there person and start join the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import numpy as np

from ddj_desktop.intake.cleaning import Clean
from ddj_desktop.intake.cleaning_dates import Birth
from ddj_desktop.intake.cleaning_names import Name
from ddj_desktop.intake.coded import Coded, combined, together
from ddj_desktop.kernel.ids import derived_id, derived_ids
from ddj_desktop.store.columns import Array

MANY_PEOPLE = frozenset({"dispatch", "ems", "co_responder", "arrest", "court"})
"""Kinds where one number of the source may name several people."""

_SHARED = 0.2
"""A number column where a fifth of the numbers used more than once have several people on several days names no event.
A booking number mistyped now and then stays below."""


@dataclass(frozen=True)
class Keys:
    """For each row the event it belongs to, who it names by the source's own id, which part it is, what it says."""

    group: Array
    who: Array
    """-1 where the row names nobody so."""
    part: Coded
    """Person and charge, as text: what tells the rows of one event apart."""
    content: Array
    shared_numbers: bool
    """The number column named no event."""


def person_text(record_key: str | None, name: Name, ssn: str | None) -> str:
    """A person within one event: by the source's own id, else the name, else the SSN; empty where none is given."""
    if record_key:
        return "#" + record_key
    if not name.empty:
        return "|".join((part or "").casefold() for part in (name.last, name.first, name.suffix))
    return ssn or ""


def people_of(rows: Clean) -> Coded:
    """Who each row names, as `person_text`."""
    return together(person_text, rows.of("record_key"), rows.of("name"), rows.of("ssn"))


def keys_of(rows: Clean, source_id: int, people_only: bool, report: str = "") -> Keys:
    """The keys of rows that are data. Rows alike in all keys are told apart later (`reimport`).

    Rows of another of the source's reports are other parts of the same events: they never replace each other.
    """
    people = people_of(rows)
    who = _ids(rows.of("record_key"), source_id, "who")
    shared = not people_only and _numbers_are_shared(rows, people)
    if people_only:
        group = people.spread(derived_ids(people.words, source_id, "person"), np.int64)
    else:
        group = _groups(rows, source_id, people, shared)
    before = f"{report}|" if report else ""
    part = together(lambda person, charge: f"{before}{person}\x1f{charge}", people, _charges(rows))
    return Keys(group, who, part, _contents(rows), shared)


def _ids(column: Coded, *before: object) -> Array:
    """The id of each row's number of the source; -1 where it gives none."""
    told = [word for word in column.words if word]
    known = dict(zip(told, derived_ids(told, *before), strict=True))
    return column.spread((known.get(word, -1) for word in column.words), np.int64)


def _groups(rows: Clean, source_id: int, people: Coded, shared: bool) -> Array:
    numbers = rows.of("contact_key")
    groups = np.full(rows.size, -1, np.int64) if shared else _ids(numbers, source_id, "event")
    left = np.flatnonzero(groups < 0)  # rows whose number names no event alone
    if not left.size:
        return groups
    columns = [people, *(rows.of(name) for name in ("birth", "starts", "location", "nature")), numbers]
    codes, firsts = combined([column.at(left) for column in columns])
    known = []
    for person, birth, start, place, nature, number in zip(
        *(column.at(left[firsts]).whole() for column in columns), strict=True
    ):
        key = number if shared else None
        if person:
            born = birth.day if birth and not person.startswith("#") else None
            known.append(derived_id(source_id, "event", key, person, born, start))
        else:
            known.append(derived_id(source_id, "event", key, start, place, nature))
    groups[left] = np.array(known, np.int64)[codes]
    return groups


def _numbers_are_shared(rows: Clean, people: Coded) -> bool:
    """True where the number column often gives one number to different people on different days."""
    if "contact_key" not in rows.values or "starts" not in rows.values:
        return False
    told = [rows.of("contact_key"), people, rows.of("starts")]
    said = np.flatnonzero(np.all([column.where(bool) for column in told], axis=0))
    number, person, start = (column.at(said) for column in told)
    codes, firsts = combined([number, person, start])
    size = len(number.words)
    often = np.bincount(codes, minlength=len(firsts))
    again = np.bincount(number.codes[firsts], often, size) > 1
    days = start.change(lambda moment: moment and moment.date())
    several = _several(number, person, size) & _several(number, days, size) & again
    return int(several.sum()) >= 2 and int(several.sum()) >= _SHARED * int(again.sum())


def _several(number: Coded, other: Coded, size: int) -> Array:
    """For each number whether it stands with more than one value of another column."""
    _, firsts = combined([number, other])
    return np.bincount(number.codes[firsts], minlength=size) > 1


def _charges(rows: Clean) -> Coded:
    """What tells the charges of one booking apart: their number, else code and words."""
    return together(_charge, *(rows.of(name) for name in ("charge_number", "charge_code", "charge_description")))


def _charge(number: str | None, *said: str | None) -> str:
    return number or ("|".join((text or "").casefold() for text in said) if any(said) else "")


def _contents(rows: Clean) -> Array:
    """A number for what the columns taken in say, dates as dates and ids as ids, whatever their order or writing.

    Each distinct value of each field has a number of 63 bits; a row's number is their sum, so a whole column is added
    at once. Two different rows share one as rarely as two random numbers do.
    """
    total = np.zeros(rows.size, np.uint64)
    for name, column in rows.values.items():
        said = _texts(column.words)
        numbers = (number if text else 0 for text, number in zip(said, derived_ids(said, name), strict=True))
        total += column.spread(numbers, np.uint64)
    return (total >> np.uint64(1)).astype(np.int64)


def _texts(values: list[Any]) -> list[str]:
    """What each of some different values says, as text."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return [value or "" for value in values]
    return list(map(_moment_text if kinds <= {datetime, type(None)} else _text, values))


def _moment_text(moment: datetime | None) -> str:
    """What `str` says of a moment, in half the time: a column has few different days and minutes."""
    if moment is None:
        return ""
    if moment.second or moment.microsecond:
        return str(moment)
    return _day_text(moment.toordinal()) + _minute_text(moment.hour * 60 + moment.minute)


@lru_cache(maxsize=16_384)
def _day_text(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal)} "


@lru_cache(maxsize=1_440)
def _minute_text(minute: int) -> str:
    return str(time(*divmod(minute, 60)))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Name):
        parts = (value.first, value.middle, value.last, value.suffix, *value.aliases)
        return "|".join(part or "" for part in parts) if any(parts) else ""
    if isinstance(value, Birth):
        return f"{value.day}|{value.year}"
    return str(value)
