"""Records: the mentions of people in a source. A mention is what the source says of a person, once for each wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ddj_desktop.intake.cleaning_dates import Birth
from ddj_desktop.intake.cleaning_names import Name, stands_for_anybody
from ddj_desktop.intake.cleaning_names import aliases as other_names
from ddj_desktop.intake.coded import Coded, combined, grouped, pairs
from ddj_desktop.kernel.ids import derived_id
from ddj_desktop.store.columns import Array

if TYPE_CHECKING:
    from ddj_desktop.intake.row_set import RowSet


class Record(NamedTuple):
    """A mention of a person, in the columns of the county file's table."""

    record_key: str | None
    full_name: str | None
    first_name: str | None
    middle_name: str | None
    last_name: str | None
    suffix: str | None
    birth_date: date | None
    birth_year_low: int | None
    birth_year_high: int | None
    sex: str | None
    ssn: str | None
    address: str | None
    city: str | None
    state: str | None
    zip: str | None
    phone: str | None
    race: str | None
    ethnicity: str | None
    alias: str | None


_FIELDS = ("record_key", "name", "birth", "age", "sex", "ssn", "address", "city", "state", "zip", "phone", "race",
           "ethnicity", "alias", "starts")  # fmt: skip
_TELLING = ("age", "address", "phone", "alias")
"""What tells two people of one name apart, beside numbers and birth dates; sex, race and town do not."""
_FILLED = ("name", "birth", "sex", "ssn", "address", "city", "state", "zip", "phone", "race", "ethnicity", "alias")


def completeness(record: Record) -> int:
    """How many things a record says."""
    return sum(value is not None for value in record)


def records_of(rows: RowSet, source_id: int, found: dict[int, Record]) -> Array:
    """The record each row mentions (-1: nobody); new ones go to `found`.

    A victim or caller is mentioned too, so that everything said of a person can be found; whose contact it is, is for
    `contacts` to say. A row with a person's number and no name takes the rest from the source's people rows (HMIS
    Client.csv).
    """
    columns = [rows.clean.of(name) for name in _FIELDS]
    columns[-1] = _days(rows)
    fill = _people(rows, columns)
    nobody = Coded.same(-1, rows.clean.size)
    who = Coded.of(np.where(rows.people_only, -1, rows.whos).tolist()) if fill else nobody
    codes, firsts = combined([*columns, who])
    ids, by_event = np.full(len(firsts), -1, np.int64), np.zeros(len(firsts), bool)
    alike = zip(*(column.at(firsts).whole() for column in (*columns, who)), strict=True)
    for place, (*said, number) in enumerate(alike):
        facts = dict(zip(_FIELDS, said, strict=True))
        person = fill.get(number) if facts["name"].empty else None
        by_event[place] = person is None and _is_anybody(facts)
        if not by_event[place]:
            ids[place] = _record(facts, person, source_id, found, None)
    mentioned = ids[codes]
    apart = np.flatnonzero(by_event[codes])
    again, first = grouped(pairs(codes[apart], rows.groups[apart]))
    each = [
        _record({name: column.words[column.codes[row]] for name, column in zip(_FIELDS, columns, strict=True)}, None,
                source_id, found, int(rows.groups[row]))
        for row in apart[first].tolist()
    ]  # fmt: skip
    mentioned[apart] = np.array(each, np.int64)[again]
    return mentioned


def _days(rows: RowSet) -> Coded:
    """The day of each row's contact where its person's age needs it; without it a mention is the same on every day."""
    aged = rows.clean.of("age").known() & ~rows.clean.of("birth").known()
    if not aged.any():
        return Coded.same(None, rows.clean.size)
    days = rows.clean.of("starts").change(lambda start: start and start.date()).whole()
    return Coded.of([day if needed else None for day, needed in zip(days, aged.tolist(), strict=True)])


def _is_anybody(facts: Mapping[str, Any]) -> bool:
    """True for JOHN SMITH of one call, who need not be JOHN SMITH of another where nothing else is known of either.

    Whether they are one is for linkage to say, and only two mentions can be told apart later. JOHN DOE never is.
    """
    if facts["record_key"] or facts["birth"] or facts["ssn"]:
        return False
    return stands_for_anybody(facts["name"]) or not any(facts[name] for name in _TELLING)


def _people(rows: RowSet, columns: Sequence[Coded]) -> dict[int, tuple[Any, ...]]:
    """What the people rows say, by the source's person id; of several the one that says most."""
    best: dict[int, tuple[Any, ...]] = {}
    places = np.flatnonzero(rows.people_only & (rows.whos >= 0))
    of = dict(zip(_FIELDS, columns, strict=True))
    said_of = zip(*(of[name].at(places).whole() for name in _FILLED), strict=True)
    for who, said in zip(rows.whos[places].tolist(), said_of, strict=True):
        if who not in best or _rank(said) > _rank(best[who]):
            best[who] = said
    return best


def _rank(said: Iterable[Any]) -> tuple[int, str]:
    values = list(said)
    return sum(value is not None for value in values), repr(values)


def _record(
    facts: dict[str, Any], person: tuple[Any, ...] | None, source_id: int, found: dict[int, Record], event: int | None
) -> int:
    """The mention these facts make, put among `found`; -1 where they name nobody. `event`: the one it is of alone."""
    if person is not None:
        filled = dict(zip(_FILLED, person, strict=True))
        facts = {**facts, **{name: facts[name] or value for name, value in filled.items() if name != "name"},
                 "name": filled["name"]}  # fmt: skip
    name: Name = facts["name"]
    if name.empty and not facts["record_key"] and not facts["ssn"]:
        return -1
    birth: Birth | None = facts["birth"]
    low, high = _years(birth, facts["age"], facts["starts"])
    others = [*name.aliases, *other_names(facts["alias"] or "")]
    record = Record(
        facts["record_key"], name.full, name.first, name.middle, name.last, name.suffix,
        birth.day if birth else None, low, high, facts["sex"], facts["ssn"], facts["address"], facts["city"],
        facts["state"], facts["zip"], facts["phone"], facts["race"], facts["ethnicity"],
        "; ".join(dict.fromkeys(others)) or None,
    )  # fmt: skip
    record_id = derived_id(source_id, *record) if event is None else derived_id(source_id, *record, event)
    found[record_id] = record
    return record_id


def _years(birth: Birth | None, age: int | None, seen: date | None) -> tuple[int | None, int | None]:
    """The years a birth lies in where its day is not known: a year alone, or by the age on the day of the contact."""
    if birth is not None:
        return (None, None) if birth.day else (birth.year, birth.year)
    if age is None or seen is None:
        return None, None
    return seen.year - age - 1, seen.year - age
