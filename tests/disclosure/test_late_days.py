"""Days in jail month by month, packet after packet, while late records change everyone's days in the months before: no
change of a few days, and none that few people made, can be worked out from all packets together."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.disclosure.standing import days_as_told
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import At, CountTable, Figure, Link, RowsKey
from ddj_desktop.store.county_file import CountyFile
from tests.disclosure.attack import Attack, truths
from tests.disclosure.test_month import month
from tests.measures.small_county import RULE, make, put

FIRST = Month(2025, 1)
SHOWN = 4
K = 13
NAME = "jail_days_by_month"
LATE = ((0, 0), (0, 0), (1, 0), (3, 1), (5, 2), (9, 1), (-2, 0), (14, 1), (31, 1), (60, 3), (90, 9), (400, 30))
"""Days of late records in a month, and how many people they add to it."""


@dataclass(frozen=True)
class Telling:
    """One packet: by month, the days of people on the list and of everyone else as known then, how many people all of
    them are, and what was printed."""

    days: dict[str, tuple[int, int]]
    people: dict[str, int]
    safe: SafeMonth

    def stands(self, label: str) -> bool:
        """Whether the packet says that the days of everyone in this month are as an earlier one told them."""
        return label in self.safe.tables[NAME].note


def tellings(seed: int, packets: int, *, alone: bool = False) -> list[Telling]:
    """So many packets in a row, each with another list, one month more, and late records in those before it."""
    rng = random.Random(seed)
    least = rng.choice((150, 400, 900))
    days = [rng.randint(least, 2 * least) for _ in range(SHOWN)]
    behind = [60 + total // 12 for total in days]
    made: list[Telling] = []
    for v in range(packets):
        if v:
            late = [rng.choice(LATE) for _ in days]
            days = [total + more for total, (more, _) in zip(days, late, strict=True)]
            behind = [people + more for people, (_, more) in zip(behind, late, strict=True)]
            days.append(rng.randint(least, 2 * least))
            behind.append(60 + days[-1] // 12)
        start, shown = FIRST.plus(v), list(zip(days[-SHOWN:], behind[-SHOWN:], strict=True))
        listed = [rng.randint(14, 30) for _ in shown]
        mine = [min(total - 20, count * rng.randint(2, 4)) for count, (total, _) in zip(listed, shown, strict=True)]
        labels = [str(start.plus(r)) for r in range(SHOWN)]
        rows = {label: (part, total - part) for label, part, (total, _) in zip(labels, mine, shown, strict=True)}
        people = {label: everyone for label, (_, everyone) in zip(labels, shown, strict=True)}
        earlier = [] if alone else [one.safe.held for one in made]
        made.append(Telling(rows, people, _packet(start.plus(SHOWN - 1), rows, people, listed, earlier)))
    return made


def _packet(
    newest: Month, rows: dict[str, tuple[int, int]], everyone: dict[str, int], listed: list[int], earlier: list[Held]
) -> SafeMonth:
    """The days of those months, and of the year, which here is all but the first of them."""
    days = tuple(rows.values())
    table = CountTable(
        NAME, "Days", "Month", tuple(rows), "", ("On the list", "Others"), days, "days", newest.span, False, True,
        people=tuple((count, all_of - count) for count, all_of in zip(listed, everyone.values(), strict=True)),
        columns_apart=True,
        top_two=tuple(((mine * 0.2, mine * 0.1), (others * 0.1, others * 0.1)) for mine, others in days),
    )  # fmt: skip
    mine, others = (tuple(At(NAME, r, c) for r in range(1, len(days))) for c in (0, 1))
    of_list, total = sum(part for part, _ in days[1:]), sum(map(sum, days[1:]))
    year = Figure("days_jail", "Days", "days", of_list, total, 40, 200, newest.span, RowsKey("none"))
    links = (Link((At("days_jail"),), mine), Link((At("days_jail", of=True),), (*mine, *others)))
    return protect_month(replace(month([year], [table], links), month=newest), earlier=earlier)


def laid_together(made: list[Telling]) -> dict[object, tuple[int, int]]:
    """What somebody can narrow too much who holds all packets and knows of each month whether late records made its
    days more or fewer. Where a packet says that a month stands, its two parts make the days that were told."""
    attack, targets, told = Attack(), dict[object, int](), dict[str, int]()
    for v, telling in enumerate(made):
        table, year = telling.safe.tables[NAME], telling.safe.figures["days_jail"]
        whose = {}
        for r, label in enumerate(telling.days):
            if not telling.stands(label):
                told[label] = v
            whose[label] = told[label]
            for c in (0, 1):
                attack.learn((v, label, c), *truths(table.cells[r][c]))
            attack.learn((whose[label], label), *truths(table.row_totals[r] if table.row_totals else None))
            attack.tie([((whose[label], label), -1), ((v, label, 0), 1), ((v, label, 1), 1)])
            targets |= dict(_changes(attack, v, label, telling, made[v - 1] if v else None))
        _year(attack, v, whose, year.count, year.of)
    short = attack.too_narrow([target for target, days in targets.items() if days < K])
    for target in (target for target, days in targets.items() if days >= K):
        margin = math.ceil(0.15 * targets[target])
        short |= attack.too_narrow([target], max(14, targets[target] + margin), max(12, margin))
    return short


def _year(attack: Attack, v: int, whose: dict[str, int], mine: float | None, everyone: float | None) -> None:
    labels = list(whose)[1:]
    attack.learn((v, "mine"), *truths(mine))
    attack.learn((v, "everyone"), *truths(everyone))
    attack.tie([((v, "mine"), -1), *(((v, label, 0), 1) for label in labels)])
    attack.tie([((v, "everyone"), -1), *(((whose[label], label), 1) for label in labels)])


def _changes(
    attack: Attack, v: int, label: str, telling: Telling, before: Telling | None
) -> Iterator[tuple[object, int]]:
    """The days that late records changed a month by, where they are few or few people's."""
    if before is None or label not in before.days:
        return
    now, then = sum(telling.days[label]), sum(before.days[label])
    more, less = (v, v - 1) if now >= then else (v - 1, v)
    attack.tie([((more, label), -1), ((less, label), 1), (("change", v, label), 1)])
    if now != then and (abs(now - then) < K or abs(telling.people[label] - before.people[label]) < K):
        yield ("change", v, label), abs(now - then)


def campaign(seeds: Iterable[int], packets: int) -> int:
    """Attack so many series; gives how many months stood."""
    stood = 0
    for seed in seeds:
        made = tellings(seed, packets)
        assert laid_together(made) == {}, seed
        stood += sum(telling.stands(label) for telling in made for label in telling.days)
    return stood


def test_late_days_in_every_packet_tell_of_nobody() -> None:
    assert campaign([0, 1, 2, 3, 8, 21, 1128, 1525], 6) > 50


def test_the_same_attack_finds_changes_where_packets_do_not_know_of_each_other() -> None:
    assert any(laid_together(tellings(seed, 4, alone=True)) for seed in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_a_thousand_series_with_late_days(part: int) -> None:
    assert campaign(range(1000 + 50 * part, 1050 + 50 * part), 6) > 100


def test_the_year_and_the_shares_of_a_whole_month_follow_the_days_that_stand(county: CountyFile) -> None:
    """Seven days more in two months that an earlier packet told: its months are printed, and every number that is the
    year's days is less by what late records brought."""
    newest = Month(2026, 10)
    lane = put(county, make(random.Random(1), 120, 1200, date(2023, 9, 1), newest.span.last))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    then = month_figures(lane, definition, newest)
    table = then.tables[NAME]
    counts = tuple((mine, others + 7 * (r in (4, 5))) for r, (mine, others) in enumerate(table.counts))
    year = {at for at, f in then.figures.items() if f.of == then.figures["days_jail"].of and f.unit == "days"}
    assert len(year) == 4
    more = {name: replace(f, of=(f.of or 0) + 14) if name in year else f for name, f in then.figures.items()}
    late = replace(then, figures=more, tables={**then.tables, NAME: replace(table, counts=counts)})
    first = protect_month(then)
    stands = days_as_told(late, [first.held], K)
    assert stands.figures == then.figures
    assert stands.tables[NAME].counts == table.counts
    assert f"without the late records since: {table.rows[4]}, {table.rows[5]}." in stands.tables[NAME].note
    again = protect_month(late, earlier=[first.held])
    assert again.tables[NAME].row_totals == first.tables[NAME].row_totals
    assert days_as_told(late, [first.held], 6).tables[NAME].counts == table.counts, "nobody more than before"
    behind = tuple((mine, others + 7 * (r in (4, 5))) for r, (mine, others) in enumerate(table.people or ()))
    seven = replace(late, tables={**late.tables, NAME: replace(late.tables[NAME], people=behind)})
    assert days_as_told(seven, [first.held], 6).tables == seven.tables
