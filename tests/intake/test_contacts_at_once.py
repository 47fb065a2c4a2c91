"""Contacts made a column at a time are those made one event after another, whatever the rows say and agree on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.intake import contacts
from ddj_desktop.intake.cleaning import clean
from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.contacts import Derived, Maker, derive
from ddj_desktop.intake.keys import keys_of
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.row_set import Report, RowSet, join

CELLS = {
    "contact_key": ["B1", "B2", "B3", ""],
    "record_key": ["7", "8", ""],
    "full_name": ["ROE, JAN", "DOE, JOHN", "ROE, JO", "ENGINE 4", ""],
    "birth_date": ["02/13/1980", "1/2/1991", ""],
    "age": ["30", "31", ""],
    "role": ["SUSPECT", "VICTIM", ""],
    "starts": ["10/01/2026", "10/02/2026 08:00", "10/02/2026 09:30", ""],
    "ends": ["10/03/2026", "09/30/2026", "soon", ""],
    "location": ["1 MAIN ST", "COUNTY JAIL", ""],
    "address": ["HOMELESS", "9 OAK ST", ""],
    "charge_description": ["THEFT", "HOLD FOR MARSHAL; DUI", ""],
    "charge_number": ["1", "2", ""],
    "disposition": ["REPORT", "CLEARED", ""],
    "homeless": ["Y", "N", ""],
}
ROWS = st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())), min_size=1, max_size=12)
KINDS = st.sampled_from(["jail", "dispatch", "ems", "arrest", "shelter"])


def one_after_another(maker: Maker) -> list[tuple[int, list[int]]]:
    """Every event left to the way that takes one after another."""
    groups = maker.rows.groups.tolist()
    return [(one, [place for place, group in enumerate(groups) if group == one]) for one in sorted(set(groups))]


def rows_of(said: list[tuple[str, ...]], kind: str, report: Report, first: int) -> RowSet:
    """Rows of a sheet with these cells."""
    columns = {name: Coded.of(values) for name, values in zip(CELLS, zip(*said, strict=True), strict=True)}
    reading = Reading(kind, "S", dict(zip(CELLS, range(len(CELLS)), strict=True)), {}, "mdy", (), "2026-11-03")
    cleaned = clean(columns, len(said), reading)
    keys = keys_of(cleaned, 1, False, report.name)
    numbers = np.arange(first, first + len(said))
    return RowSet.of(numbers, numbers, keys.group, keys.who, False, report, cleaned)


def told(made: Derived) -> tuple[object, ...]:
    """All that rows became, in an order of its own."""
    return sorted(map(repr, made.contacts)), made.records, made.contact_of.tolist(), made.record_of.tolist()


@settings(deadline=None)
@given(ROWS, ROWS, KINDS, st.booleans())
def test_both_ways_make_the_same(
    one: list[tuple[str, ...]], other: list[tuple[str, ...]], kind: str, ends_apart: bool
) -> None:
    rows = join([rows_of(one, kind, Report("", True), 0), rows_of(other, kind, Report("x", False), len(one))])
    at_once = told(derive(rows, 1, kind, ends_apart))
    with patch.object(contacts, "contacts_at_once", one_after_another):
        assert told(derive(rows, 1, kind, ends_apart)) == at_once


def test_a_person_whose_rows_say_no_start_has_that_of_the_event() -> None:
    """A second report may name somebody of a call and not when it was."""
    row = dict.fromkeys(CELLS, "") | {"contact_key": "B1", "full_name": "ROE, JAN", "birth_date": "02/13/1980"}
    said = [row | {"starts": "10/01/2026"}, row | {"birth_date": "1/2/1991"}]
    made = derive(rows_of([tuple(one.values()) for one in said], "dispatch", Report("", True), 0), 1, "dispatch")
    assert [contact.starts for contact in made.contacts] == [datetime(2026, 10, 1)] * 2


def test_the_order_of_rows_does_not_matter() -> None:
    said = [tuple(cells[place % len(cells)] for cells in CELLS.values()) for place in range(40)]
    rows = rows_of(said, "jail", Report("", True), 0)
    turned = rows.only(np.arange(len(rows))[::-1])
    made, again = derive(rows, 1, "jail"), derive(turned, 1, "jail")
    assert told(replace(again, contact_of=again.contact_of[::-1], record_of=again.record_of[::-1])) == told(made)
