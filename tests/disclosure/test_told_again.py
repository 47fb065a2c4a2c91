"""A whole month, with every figure and table of it, told three times while late records come in: no small number of any
telling and no change of few people between two can be worked out from all three."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import WAITING, protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import TOTAL, At, MonthFigures
from ddj_desktop.store.county_file import CountyFile
from tests.disclosure.attack import WORK, Attack, equations_of, printed_at, small_numbers, truths
from tests.measures.small_county import RULE, Made, make, put, put_late

OCTOBER = Month(2026, 10)
K = 13


class Where(NamedTuple):
    """A number by what it says, whichever place its row has in a telling."""

    name: str
    row: str
    column: int
    of: bool


def tellings(county: CountyFile, seed: int, late: int) -> list[MonthFigures]:
    """The month as counted when most records were there, when some late ones were, and when all were; one contact in
    `late` comes each time."""
    made = make(random.Random(seed), 250, 2500, date(2023, 9, 1), OCTOBER.span.last)
    parts = [[c for c in made.contacts if c.contact_id % late == part] for part in (0, 1)]
    lane = put(county, Made([c for c in made.contacts if c.contact_id % late > 1], made.records))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    found = [month_figures(lane, definition, OCTOBER)]
    for part in parts:
        put_late(lane, part)
        found.append(month_figures(lane, definition, OCTOBER))
    return [replace(f, tables={n: t for n, t in f.tables.items() if not t.inside}) for f in found]


def where(at: At, figures: MonthFigures) -> Where:
    if at.row is None:
        return Where(at.name, "", 0, at.of)
    row = "total" if at.row == TOTAL else figures.tables[at.name].rows[at.row]
    return Where(at.name, row, -1 if at.column is None else at.column, of=False)


def stands(at: Where, safe: SafeMonth) -> bool:
    """Whether the packet says that this number is as an earlier one told it: all of them, or a month of the list."""
    if WAITING in safe.warnings:
        return True
    return at.name in safe.tables and at.name == "by_month" and at.row in safe.tables["by_month"].note


def laid_together(versions: list[MonthFigures], safe: list[SafeMonth]) -> tuple[Attack, set[object]]:
    """All three, for somebody who knows of every count of people whether it became more or fewer."""
    attack, targets = Attack(), set[object]()
    told: dict[Where, int] = {}
    last: dict[Where, int] = {}
    for v, (figures, printed) in enumerate(zip(versions, safe, strict=True)):
        values, rows = equations_of(figures)
        labels = {name: table.rows for name, table in figures.tables.items()}
        units = {name: f.unit for name, f in (figures.figures | figures.tables).items()}
        now = {}
        for at, value in values.items():
            here = where(at, figures)
            now[here] = value
            work = units[at.name] in WORK
            kept = not work and here in told and 0 < abs(value - told[here]) <= K
            kept = kept or stands(here, printed)
            attack.learn((v, here), *truths(None if kept else printed_at(printed, at, labels), work))
            if not kept:
                told[here] = value
            if units[at.name] == "people" and here in last:
                targets |= set(_change(attack, v, here, value, last[here]))
        for row in rows:
            attack.tie(((v, where(at, figures)), factor) for at, factor in row.items())
        for f in figures.figures.values():
            if f.count is not None and f.of is not None:
                whole, part = (Where(f.name, "", 0, of) for of in (True, False))
                attack.rest((v, whole), (v, part), (v, f"rest of {f.name}"))
        targets |= {(v, where(at, figures)) for at in small_numbers(figures, values)}
        last = now
    return attack, targets


def _change(attack: Attack, v: int, here: Where, now: int, then: int) -> list[object]:
    more, less = (v, v - 1) if now >= then else (v - 1, v)
    change = ("change", v, here)
    attack.tie([((more, here), -1), ((less, here), 1), (change, 1)])
    return [change] if 0 < abs(now - then) < K else []


def told_three_times(versions: list[MonthFigures], *, together: bool = True) -> list[SafeMonth]:
    safe: list[SafeMonth] = []
    for figures in versions:
        safe.append(protect_month(figures, earlier=[one.held for one in safe] if together else []))
    return safe


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("late", [20, 60])
def test_a_whole_month_told_three_times_tells_of_nobody(county: CountyFile, seed: int, late: int) -> None:
    versions = tellings(county, seed, late)
    attack, targets = laid_together(versions, told_three_times(versions))
    assert len([t for t in targets if isinstance(t, tuple) and t[0] == "change"]) > 20
    assert attack.too_narrow(sorted(targets, key=repr)) == {}
