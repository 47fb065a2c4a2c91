"""Records: the mentions of people in a source. A mention is what the source says of a person, once for each wording."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ddj_desktop.intake.cleaning_dates import Birth
from ddj_desktop.intake.cleaning_names import Name, stands_for_anybody
from ddj_desktop.intake.cleaning_names import aliases as other_names
from ddj_desktop.kernel.ids import derived_id

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
_TELLING = tuple(_FIELDS.index(name) for name in ("age", "address", "phone", "alias"))
"""What tells two people of one name apart, beside numbers and birth dates; sex, race and town do not."""
_FILLED = ("name", "birth", "sex", "ssn", "address", "city", "state", "zip", "phone", "race", "ethnicity", "alias")


def completeness(record: Record) -> int:
    """How many things a record says."""
    return sum(value is not None for value in record)


def records_of(rows: RowSet, source_id: int, found: dict[int, Record]) -> list[int | None]:
    """The record each row mentions (None: nobody); new ones go to `found`.

    A victim or caller is mentioned too, so that everything said of a person can be found; whose contact it is, is for
    `contacts` to say. A row with a person's number and no name takes the rest from the source's people rows (HMIS
    Client.csv).
    """
    of = {name: rows.clean.of(name) for name in _FIELDS}
    fill = _people(rows, of)
    known: dict[tuple[Any, ...], int | None] = {}
    by_itself: dict[tuple[Any, ...], int | None] = {}
    ids: list[int | None] = []
    days = of["starts"] if any(age is not None for age in of["age"]) else [None] * rows.clean.size
    for place, said in enumerate(zip(*(of[name] for name in _FIELDS[:-1]), days, strict=True)):
        if said in by_itself:
            ids.append(by_itself[said])
            continue
        who = rows.whos[place]
        person = fill.get(who) if who is not None and said[1].empty and not rows.people_only[place] else None
        # Only the age needs the day of the contact; without it a mention is the same on every day.
        start = said[-1] if said[3] is not None and (said[2] is None) else None
        # JOHN SMITH of one call need not be JOHN SMITH of another where nothing else is known of either: whether they
        # are one is for linkage to say, and only two mentions can be told apart later. JOHN DOE never is.
        anybody = not (said[0] or said[2] or said[5]) and (
            stands_for_anybody(said[1]) or not any(said[column] for column in _TELLING)
        )
        event = rows.groups[place] if anybody and person is None else None
        facts = (*said[:-1], start.date() if isinstance(start, datetime) else None, person, event)
        if facts not in known:
            known[facts] = _record(dict(zip(_FIELDS, facts, strict=False)), person, source_id, found, event)
        if event is None and not said[1].empty:  # rows that say the same of a named person need no second look
            by_itself[said] = known[facts]
        ids.append(known[facts])
    return ids


def _people(rows: RowSet, of: dict[str, list[Any]]) -> dict[int, tuple[Any, ...]]:
    """What the people rows say, by the source's person id; of several the one that says most."""
    best: dict[int, tuple[Any, ...]] = {}
    for place, who in enumerate(rows.whos if any(rows.people_only) else ()):
        if who is None or not rows.people_only[place]:
            continue
        said = tuple(of[name][place] for name in _FILLED)
        if who not in best or _rank(said) > _rank(best[who]):
            best[who] = said
    return best


def _rank(said: Iterable[Any]) -> tuple[int, str]:
    values = list(said)
    return sum(value is not None for value in values), repr(values)


def _record(
    facts: dict[str, Any], person: tuple[Any, ...] | None, source_id: int, found: dict[int, Record], event: int | None
) -> int | None:
    """The mention these facts make, put among `found`; None where they name nobody. `event`: the one it is of alone."""
    if person is not None:
        filled = dict(zip(_FILLED, person, strict=True))
        facts = {**facts, **{name: facts[name] or value for name, value in filled.items() if name != "name"},
                 "name": filled["name"]}  # fmt: skip
    name: Name = facts["name"]
    if name.empty and not facts["record_key"] and not facts["ssn"]:
        return None
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
