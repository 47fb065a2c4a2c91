"""Whole months one after the other, with every figure and table that leaves, while late records come in before each: no
small number of any packet, and no small change of a month that is told again, can be worked out from all of them."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import At, MonthFigures
from ddj_desktop.store.county_file import CountyFile
from tests.disclosure.attack import WORK, Attack, equations_of, printed_at, small_numbers, truths
from tests.measures.small_county import RULE, Made, make, put, put_late

FIRST = Month(2026, 7)
K = 13
LIST = "by_month"
LAST = (At("people_on_list_last_month"), At("people_continuing", of=True), At("people_left", of=True))
"""Where a packet prints the list's length a month ago beside the row of that month."""
Told = tuple[str, int]
"""A number of the list that says the same in every packet: which month, and which column."""


@dataclass(frozen=True)
class Packet:
    """A month as counted, and as printed."""

    figures: MonthFigures
    safe: SafeMonth

    def told(self, at: At) -> Told | None:
        """What a number says of a month, in whichever packet it stands; None where it is of this packet alone."""
        if at.name != LIST or at.row is None or at.column is None:
            return None
        return self.figures.tables[LIST].rows[at.row], at.column

    def stands(self, told: Told) -> bool:
        """Whether the packet says that it prints this as an earlier one did."""
        return told[0] in self.safe.tables[LIST].note


def packets(county: CountyFile, seed: int, late: int, months: int, *, alone: bool = False) -> list[Packet]:
    """So many months in a row; one contact in `late` comes with each month's late records, whenever it was."""
    newest = FIRST.plus(months - 1)
    made = make(random.Random(seed), 250, 2500, date(2023, 6, 1), newest.span.last)
    lane = put(county, Made([c for c in made.contacts if not 0 < c.contact_id % late < months], made.records))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    found: list[Packet] = []
    for m in range(months):
        if m:
            put_late(lane, [c for c in made.contacts if c.contact_id % late == m])
        figures = month_figures(lane, definition, FIRST.plus(m))
        figures = replace(figures, tables={n: t for n, t in figures.tables.items() if not t.inside})
        earlier = [] if alone else [one.safe.held for one in found]
        found.append(Packet(figures, protect_month(figures, earlier=earlier)))
    return found


def laid_together(made: list[Packet], *, alone: bool = False) -> tuple[Attack, set[Hashable]]:
    """All packets, for somebody who is told which numbers are as an earlier one had them and knows of each whether late
    records made it more or less."""
    attack, targets = Attack(), set[Hashable]()
    whose: dict[Told, int] = {}
    truth: list[dict[Told, int]] = []
    for v, packet in enumerate(made):
        values, rows = equations_of(packet.figures)
        truth.append({told: value for at, value in values.items() if (told := packet.told(at)) is not None})
        _who_tells(packet, v, truth, whose, alone=alone)
        labels = {name: table.rows for name, table in packet.figures.tables.items()}
        for at in values:
            work = {**packet.figures.figures, **packet.figures.tables}[at.name].unit in WORK
            told = packet.told(at)
            place = (v, at) if told is None else (whose[told], told)
            if at not in LAST or _is_anew(packet, v, truth, whose):
                attack.learn(place, *truths(printed_at(packet.safe, at, labels), work))
        names = {at: _name(packet, v, at) for at in values}
        for row in rows:
            attack.tie((names[at], factor) for at, factor in row.items())
        for f in packet.figures.figures.values():
            if f.count is not None and f.of is not None:
                attack.rest((v, At(f.name, of=True)), (v, At(f.name)), (v, f"rest of {f.name}"))
        targets |= {names[at] for at in small_numbers(packet.figures, values)}
        targets |= set(_changes(attack, v, truth))
    return attack, targets


def _name(packet: Packet, v: int, at: At) -> Hashable:
    return v, packet.told(at) or at


def _who_tells(packet: Packet, v: int, truth: list[dict[Told, int]], whose: dict[Told, int], *, alone: bool) -> None:
    """Bring up to date which packet's truth is printed of each number."""
    for told, value in truth[v].items():
        then = None if alone or told not in whose else truth[whose[told]][told]
        if then is None or not (packet.stands(told) or 0 < abs(value - then) <= K):
            whose[told] = v


def _is_anew(packet: Packet, v: int, truth: list[dict[Told, int]], whose: dict[Told, int]) -> bool:
    """Whether the list's length a month ago, as a headline, is this packet's truth."""
    months = packet.figures.tables[LIST].rows
    told = (months[-2], 0)
    return whose[told] == v or truth[v][told] == truth[whose[told]][told]


def _changes(attack: Attack, v: int, truth: list[dict[Told, int]]) -> Iterator[Hashable]:
    for told, value in truth[v].items() if v else ():
        then = truth[v - 1].get(told)
        if then is None:
            continue
        more, less = (v, v - 1) if value >= then else (v - 1, v)
        attack.tie([((more, told), -1), ((less, told), 1), (("change", v, told), 1)])
        if 0 < abs(value - then) < K:
            yield ("change", v, told)


def test_whole_months_in_a_row_tell_of_nobody(county: CountyFile) -> None:
    attack, targets = laid_together(packets(county, 1, 40, 3))
    assert len(targets) > 60
    assert attack.too_narrow(sorted(targets, key=repr)) == {}


def test_the_same_attack_finds_something_where_packets_do_not_know_of_each_other(county: CountyFile) -> None:
    attack, targets = laid_together(packets(county, 1, 40, 3, alone=True), alone=True)
    assert attack.too_narrow(sorted(targets, key=repr))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("late", [15, 60])
def test_many_whole_months_in_a_row(county: CountyFile, seed: int, late: int) -> None:
    attack, targets = laid_together(packets(county, 100 + seed, late, 5))
    assert attack.too_narrow(sorted(targets, key=repr)) == {}
