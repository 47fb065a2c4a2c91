"""A source's several reports: which one a sheet is, and what each says of an event joined with what the others say.

Many systems print one thing in two reports: race in one, the birth date in the other; entries in one file, exits in
another (the reference on exports, 3.1). Rows of one report replace each other from month to month; rows of two stand
side by side, and what one leaves blank the other fills.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ddj_desktop.intake.cleaning import Clean
from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.fields import HMIS_RACES
from ddj_desktop.intake.lines import Reading

if TYPE_CHECKING:
    from ddj_desktop.intake.row_set import RowSet

_SAME_FACT = {
    **dict.fromkeys(("full_name", "first_name", "middle_name", "last_name", "second_last_name", "suffix"), "name"),
    **dict.fromkeys(("house_number", "street", "apartment"), "address"), **dict.fromkeys(HMIS_RACES, "race"),
    "ssn_last4": "ssn", "starts_time": "starts", "ends_time": "ends", "starts_half": "starts",
    "ends_half": "ends", "charge_code": "charge", "severity": "charge",
    "charge_number": "charge", "charge_description": "charge",
}  # fmt: skip
"""Fields that say one thing in several columns."""
_OWN = 2
"""Facts each of two layouts must have that the other lacks, to be two reports and not one whose columns changed."""
_FILLED = ("record_key", "name", "birth", "sex", "ssn", "address", "city", "state", "zip", "phone", "race",
           "ethnicity", "alias", "age")  # fmt: skip


def report_name(reading: Reading, earlier: Sequence[Reading]) -> str:
    """Which report of its source a sheet is: the earlier one whose facts it shares most, or a new one by its facts.

    The first report of a source, and every later layout that is not clearly another report, has the empty name.
    """
    mine = _facts(reading)
    akin = [
        (len(mine & _facts(one)) - len(mine ^ _facts(one)), one.report)
        for one in earlier
        if one.people_only == reading.people_only and not _are_two(reading, one)
    ]
    if akin:
        return max(akin, key=lambda found: (found[0], found[1]))[1]
    contacts = [one for one in earlier if not one.people_only]
    if reading.people_only or (not contacts and not reading.completes):
        return ""
    return hashlib.sha256("|".join(sorted(mine)).encode()).hexdigest()[:8]


def _facts(reading: Reading) -> set[str]:
    return {_SAME_FACT.get(name, name) for name in reading.columns}


def _are_two(one: Reading, other: Reading) -> bool:
    if one.completes != other.completes:
        return True
    mine, theirs = _facts(one), _facts(other)
    return len(mine - theirs) >= _OWN and len(theirs - mine) >= _OWN


def join_reports(rows: RowSet, one_person: bool) -> RowSet:
    """Rows with what their own report leaves blank of a person filled from the event's other reports.

    `one_person`: every row of an event is about one person; else rows are of one person by number or by name.
    """
    names = rows.reports.change(lambda report: report.name)
    mine = np.flatnonzero(~rows.people_only)
    if len(np.unique(names.codes[mine])) < 2:
        return rows
    events: dict[int, list[int]] = defaultdict(list)
    for place, group in zip(mine.tolist(), rows.groups[mine].tolist(), strict=True):
        events[group].append(place)
    columns = {name: rows.clean.of(name).whole() for name in _FILLED}
    reports = names.codes.tolist()
    for places in events.values():
        if len({reports[place] for place in places}) > 1:
            for those in [places] if one_person else _persons(columns, places):
                _fill(columns, those)
    filled = {name: Coded.of(values) for name, values in columns.items()}
    return replace(rows, clean=Clean(rows.clean.size, {**rows.clean.values, **filled}))


def _persons(columns: Mapping[str, list[Any]], places: Iterable[int]) -> list[list[int]]:
    """The rows of each person of an event: those of one name, and those of one number, together."""
    persons: list[tuple[set[Any], list[int]]] = []
    for place in places:
        name = columns["name"][place]
        marks = {columns["record_key"][place], None if name.empty else (name.last, name.first)} - {None}
        if not marks:
            continue
        mine = [one for one in persons if one[0] & marks]
        for one in mine:
            persons.remove(one)
        persons.append((marks.union(*(one[0] for one in mine)), [*(row for one in mine for row in one[1]), place]))
    return [rows for _, rows in persons]


def _fill(columns: dict[str, list[Any]], places: Sequence[int]) -> None:
    for name, values in columns.items():
        said = [values[place] for place in places if not _is_blank(name, values[place])]
        if said and len(said) < len(places):
            best = max(said, key=lambda value: (said.count(value), str(value)))
            for place in places:
                if _is_blank(name, values[place]):
                    values[place] = best


def _is_blank(name: str, value: Any) -> bool:
    return value is None or (name == "name" and bool(value.empty))
