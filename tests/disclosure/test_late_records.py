"""The list month by month, packet after packet, while late records change the months before again and again: no small
number of any telling, and no small change between two, can be worked out from all packets together."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import MonthFigures
from tests.disclosure.attack import Attack, truths
from tests.disclosure.test_series import FIRST, LIST, MOVES, Flow, month_of

SHOWN = 5
K = 13
ON_LIST, STAYED, NEW, RETURNED, LEFT = range(5)
Told = tuple[str, int]
"""A month, and which number of it."""


@dataclass(frozen=True)
class Telling:
    """One packet: all months as they were known then, and what was printed."""

    months: dict[str, Flow]
    safe: SafeMonth

    def stands(self, month: str) -> bool:
        """Whether the packet says that it prints this month as an earlier one told it."""
        return month in self.safe.tables["by_month"].note

    def row(self, month: str) -> tuple[int | None, ...]:
        """What it prints of this month."""
        table = self.safe.tables["by_month"]
        return table.cells[table.rows.index(month)]


def _flow(rng: random.Random, last: int, most: int) -> Flow:
    left = rng.randint(0, min(most, last))
    new, returned = rng.randint(0, most + 5), rng.randint(0, most // 2)
    return last - left + new + returned, last - left, new, returned, left


def _late(rng: random.Random, flows: list[Flow], backlog: bool) -> list[Flow]:
    """Every month after late records: a few people more or fewer here and there; a backlog brings many to one month."""
    found: list[Flow] = []
    full = rng.randrange(len(flows)) if backlog else -1
    for at, (_, stayed, new, returned, left) in enumerate(flows):
        new = max(0, new + rng.choice((0, 0, 0, -2, 1, 3, 9)) + (rng.randint(13, 30) if at == full else 0))
        returned = max(0, returned + rng.choice((0, 0, 0, 1, -1)))
        if found:
            left = max(0, min(found[-1][ON_LIST], left + rng.choice((0, 0, 1, -1))))
            stayed = found[-1][ON_LIST] - left
        else:
            stayed = max(0, stayed + rng.choice((0, 0, 1, -2, 4)))
        found.append((stayed + new + returned, stayed, new, returned, left))
    return found


def tellings(seed: int, packets: int, *, alone: bool = False) -> list[Telling]:
    """So many packets in a row of one county, each with one month more and late records in those before it."""
    rng = random.Random(seed)
    most = rng.choice((3, 8, 20))
    flows = [_flow(rng, rng.randint(30, 150), most)]
    flows.append(_flow(rng, flows[-1][ON_LIST], most))
    made: list[Telling] = []
    for _ in range(packets):
        if made:
            flows = _late(rng, flows, backlog=rng.random() < 0.15)
        flows.append(_flow(rng, flows[-1][ON_LIST], most))
        months = [(FIRST.plus(at), flow) for at, flow in enumerate(flows)]
        earlier = [] if alone else [one.safe.held for one in made]
        safe = protect_month(_figures(months[-SHOWN:]), earlier=earlier)
        made.append(Telling({str(month): flow for month, flow in months[-SHOWN:]}, safe))
    return made


def _figures(flows: list[tuple[Month, Flow]]) -> MonthFigures:
    """The list alone: its length, how it moved, and the months before."""
    whole = month_of(flows[-1][0], Counter(), flows, 0)
    figures = {name: f for name, f in whole.figures.items() if name in LIST}
    tables = {"by_month": whole.tables["by_month"]}
    there = figures.keys() | tables.keys()
    links = tuple(link for link in whole.links if all(at.name in there for at in (*link.wholes, *link.parts)))
    return replace(whole, figures=figures, tables=tables, links=links)


def whose_truth(made: list[Telling]) -> list[dict[Told, int]]:
    """By packet, for each number the packet whose truth it prints: its own, or the one that told it last, where the
    packet says that the month stands, or where the number moved by 1 to 13 people. The length of the list a month ago
    is printed twice, in the month's row and as a headline; the headline is number -1 of its month."""
    last: dict[Told, tuple[int, int]] = {}
    found = []
    for v, telling in enumerate(made):
        *_, before, _ = telling.months
        now = {(month, c): value for month, flow in telling.months.items() for c, value in enumerate(flow)}
        near = {at for at, value in now.items() if at in last and 0 < abs(value - last[at][1]) <= K}
        headline = last[before, ON_LIST][0] if (before, ON_LIST) in near else v
        last |= {
            at: (v, value) for at, value in now.items()
            if at not in near and (at == (before, ON_LIST) or not telling.stands(at[0]))
        }  # fmt: skip
        found.append({at: last[at][0] for at in now} | {(before, -1): headline})
    return found


def own_truth(made: list[Telling]) -> list[dict[Told, int]]:
    """Likewise of packets made without each other."""
    return [{(month, c): v for month in telling.months for c in range(-1, 5)} for v, telling in enumerate(made)]


def laid_together(made: list[Telling], prints: list[dict[Told, int]]) -> dict[object, tuple[int, int]]:
    """What somebody can narrow too much who holds all the packets, is told which numbers were left as they were, and
    knows of each number whether late records made it larger or smaller."""
    attack, targets = Attack(), set[object]()
    for v, (telling, whose) in enumerate(zip(made, prints, strict=True)):
        _learn(attack, telling, whose)
        months = list(telling.months)
        for m, (month, flow) in enumerate(telling.months.items()):
            attack.tie([((v, month, ON_LIST), -1), *(((v, month, c), 1) for c in (STAYED, NEW, RETURNED))])
            if m:
                attack.tie([((v, months[m - 1], ON_LIST), -1), ((v, month, STAYED), 1), ((v, month, LEFT), 1)])
            targets |= {(v, month, c) for c, value in enumerate(flow) if 0 < value < K}
            targets |= set(_changes(attack, v, month, flow, made[v - 1].months.get(month) if v else None))
    return attack.too_narrow(sorted(targets, key=repr))


def _learn(attack: Attack, telling: Telling, whose: dict[Told, int]) -> None:
    figures = telling.safe.figures
    for month in telling.months:
        for c, printed in enumerate(telling.row(month)):
            attack.learn((whose[month, c], month, c), *truths(printed))
    *_, before, newest = telling.months
    for c, name in enumerate(("people_on_list", *MOVES)):
        attack.learn((whose[newest, c], newest, c), *truths(figures[name].count))
    attack.learn((whose[before, -1], before, ON_LIST), *truths(figures["people_on_list_last_month"].count))


def _changes(attack: Attack, v: int, month: str, now: Flow, then: Flow | None) -> Iterable[object]:
    for c in range(len(now)) if then is not None else ():
        more, less = (v, v - 1) if now[c] >= then[c] else (v - 1, v)
        change = ("change", v, month, c)
        attack.tie([((more, month, c), -1), ((less, month, c), 1), (change, 1)])
        if 0 < abs(now[c] - then[c]) < K:
            yield change


def left_and_told_anew(made: list[Telling]) -> tuple[int, int]:
    """How many months that late records changed were left as an earlier packet told them, and how many were not; what
    stands is as it was printed before."""
    left = changed = 0
    for v, telling in enumerate(made[1:], start=1):
        for month, flow in list(telling.months.items())[:-1]:
            told = [one for one in made[:v] if month in one.months]
            if telling.stands(month):
                left += 1
                pairs = list(zip(telling.row(month), told[-1].row(month), strict=True))
                newest = month == list(telling.months)[-2]  # its length is told by the packet's own month as well
                assert all(now == then for now, then in pairs[newest:] if now is not None and then is not None)
            changed += bool(told) and told[-1].months[month] != flow
    return left, changed - left


def campaign(seeds: Iterable[int], packets: int) -> None:
    """Attack so many series."""
    for seed in seeds:
        made = tellings(seed, packets)
        assert laid_together(made, whose_truth(made)) == {}, seed
        left_and_told_anew(made)


@pytest.mark.parametrize("seed", [0, 10, 113, 1576, 1656, 2124, 2153, 2201])
def test_late_records_in_every_packet_tell_of_nobody(seed: int) -> None:
    """For 10 and 113 no packet could be made once, where all tellings were tied to each other, and sums that come out
    by chance; in 1656 many late records wait at the last; the others narrowed numbers and changes."""
    campaign([seed], 6)


def test_months_stand_and_large_changes_are_told() -> None:
    """Few late records leave a month as it was told; many are told, in the same series."""
    counts = [left_and_told_anew(tellings(seed, 4)) for seed in range(4)]
    left, anew = map(sum, zip(*counts, strict=True))
    assert left > 5
    assert anew > 5


def test_the_same_attack_finds_changes_where_packets_do_not_know_of_each_other() -> None:
    """An attack that never finds anything would prove nothing."""
    series = [tellings(seed, 4, alone=True) for seed in range(3)]
    assert any(laid_together(made, own_truth(made)) for made in series)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(100))
def test_a_thousand_series_with_late_records(part: int) -> None:
    campaign(range(1000 + 10 * part, 1010 + 10 * part), 5 + part % 2)
