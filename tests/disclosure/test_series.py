"""Packets month after month, laid side by side: no small number of any of them can be worked out from all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link, MonthFigures, RowsKey
from tests.disclosure.attack import Attack, equations_of, printed_at, small_numbers, truths

FIRST = Month(2024, 11)
SHOWN = 4
SEXES, RACES = ("Female", "Male"), ("Black", "White", "Hispanic", "Asian")
MOVES = ("people_continuing", "people_new", "people_returned", "people_left")
COLUMNS = ("On the list", "Stayed", "New", "Returned", "Left")
LIST = ("people_on_list", "people_on_list_last_month", *MOVES)
Flow = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Packet:
    """A month as counted, and as printed."""

    figures: MonthFigures
    safe: SafeMonth


def lists(rng: random.Random, months: int) -> Iterator[tuple[Counter[tuple[str, str]], Flow]]:
    """The list month by month: whom it holds by sex and race, and how it moved. About five leave and five join."""
    kinds = [(sex, race) for sex in SEXES for race in RACES]
    weights = [rng.random() ** 2 + 0.02 for _ in kinds]
    now = rng.choices(kinds, weights, k=rng.randint(30, 150))
    yield Counter(now), (len(now), 0, len(now), 0, 0)
    for _ in range(months):
        most = rng.choice((0, 2, 5, 5, 20))
        left = rng.randint(0, min(most, len(now) - 15))
        rng.shuffle(now)
        stayed = now[left:]
        new, returned = rng.randint(0, most), rng.randint(0, most // 3)
        now = stayed + rng.choices(kinds, weights, k=new + returned)
        yield Counter(now), (len(now), len(stayed), new, returned, left)


def figure(name: str, count: int, of: int | None, month: Month, unit: str = "people", people: int = 0) -> Figure:
    behind = count if unit == "people" else people
    return Figure(name, name, unit, count, of, behind, of if unit == "people" else 400, month.span, RowsKey("none"))


def table(
    name: str, rows: tuple[str, ...], columns: tuple[str, ...], counts: list[list[int]], adds: bool
) -> CountTable:
    return CountTable(
        name, name, "", rows, "", columns, tuple(map(tuple, counts)), "people", FIRST.span, adds, False,
    )  # fmt: skip


def month_of(month: Month, held: Counter[tuple[str, str]], flows: list[tuple[Month, Flow]]) -> MonthFigures:
    """The figures of one month, with the months before it that its series shows."""
    on_list, stayed, new, returned, left = flows[-1][1]
    last = stayed + left
    bases = (last, on_list, on_list, last)
    made = [figure("people_on_list", on_list, None, month), figure("people_on_list_last_month", last, None, month)]
    made += [figure(name, count, of, month) for name, count, of in
             zip(MOVES, (stayed, new, returned, left), bases, strict=True)]  # fmt: skip
    made.append(figure("contacts_jail", on_list * 5, on_list * 5 + 900, month, "contacts", on_list))
    tables = [
        table("by_month", tuple(str(m) for m, _ in flows), COLUMNS, [list(flow) for _, flow in flows], False),
        *(table(name, rows, COLUMNS[:1], [[sum(n for k, n in held.items() if k[at] == row)] for row in rows], True)
          for at, (name, rows) in enumerate((("by_sex", SEXES), ("by_race", RACES)))),
    ]  # fmt: skip
    links = [Link((At("people_on_list"),), (At(name, TOTAL, 0),)) for name in ("by_sex", "by_race")]
    for r in range(len(flows)):
        links.append(Link((At("by_month", r, 0),), tuple(At("by_month", r, c) for c in (1, 2, 3))))
        if r:
            links.append(Link((At("by_month", r - 1, 0),), (At("by_month", r, 1), At("by_month", r, 4))))
    names = ("people_on_list", *MOVES)
    links += [Link((At(name),), (At("by_month", len(flows) - 1, c),)) for c, name in enumerate(names)]
    links.append(Link((At("people_on_list_last_month"),), (At("people_continuing"), At("people_left"))))
    if len(flows) > 1:
        links.append(Link((At("people_on_list_last_month"),), (At("by_month", len(flows) - 2, 0),)))
    for name, base in zip(MOVES, ("_last_month", "", "", "_last_month"), strict=True):
        links.append(Link((At(f"people_on_list{base}"),), (At(name, of=True),)))
    return MonthFigures(
        "Pine", "KS", 14_000, month, month.span.last, 1, "Rule", 1, "agreed", "People who …", "",
        {f.name: f for f in made}, {t.name: t for t in tables}, tuple(links),
    )  # fmt: skip


def packets(seed: int, months: int, makers: frozenset[str], *, alone: bool = False) -> list[Packet]:
    """So many packets in a row, each held against all before it, or each `alone`."""
    made: list[Packet] = []
    earlier: list[Held] = []
    flows: list[tuple[Month, Flow]] = []
    month = FIRST
    for held, flow in lists(random.Random(seed), months):
        flows.append((month, flow))
        if len(flows) > 1:
            figures = month_of(month, held, flows[-SHOWN:])
            safe = protect_month(figures, earlier=earlier, list_makers=makers)
            made.append(Packet(figures, safe))
            earlier += [] if alone else [safe.held]
        month = month.plus(1)
    return made


def laid_side_by_side(made: list[Packet], *, knows_the_list: bool) -> tuple[Attack, set[object]]:
    """All that all packets print, with every tie between them, and their small numbers."""
    attack, targets = Attack(), set()
    for p, packet in enumerate(made):
        labels = {name: t.rows for name, t in packet.figures.tables.items()}

        def name(at: At, p: int = p, labels: dict[str, tuple[str, ...]] = labels) -> object:
            month = at.name == "by_month" and at.row is not None
            return ("by_month", labels["by_month"][at.row or 0], at.column) if month else (p, at)

        values, rows = equations_of(packet.figures)
        for at, value in values.items():
            known = knows_the_list and (at.name in LIST or at.name in ("by_month", "contacts_jail"))
            attack.learn(name(at), *((value, value) if known else truths(printed_at(packet.safe, at, labels))))
            targets |= {name(at)} if at in small_numbers(packet.figures, values) and not known else set()
        for row in rows:
            attack.tie((name(at), factor) for at, factor in row.items())
        for f in packet.figures.figures.values():
            if f.of is not None:
                attack.rest((p, At(f.name, of=True)), (p, At(f.name)), (p, f"rest of {f.name}"))
        if p:
            _tie_traits(attack, p, made)
    return attack, targets


def _tie_traits(attack: Attack, p: int, made: list[Packet]) -> None:
    """Each group is that of a month ago, with those who came and without those who left."""
    for table_name in ("by_sex", "by_race"):
        rows = range(len(made[p].figures.tables[table_name].rows))
        for r in rows:
            now, then = (p, At(table_name, r, 0)), (p - 1, At(table_name, r, 0))
            attack.tie([(now, -1), (then, 1), (("in", p, table_name, r), 1), (("out", p, table_name, r), -1)])
        came = [((p, At(name)), -1) for name in ("people_new", "people_returned")]
        attack.tie([*came, *((("in", p, table_name, r), 1) for r in rows)])
        attack.tie([((p, At("people_left")), -1), *((("out", p, table_name, r), 1) for r in rows)])


def campaign(seeds: range, months: int, makers: frozenset[str]) -> int:
    """Attack so many series; gives how many small numbers were looked at."""
    looked = 0
    for seed in seeds:
        attack, targets = laid_side_by_side(packets(seed, months, makers), knows_the_list=bool(makers))
        for target, (low, high) in attack.ranges(sorted(targets, key=repr)).items():
            assert high >= 14, (seed, target, low, high)
            assert high - low >= 12, (seed, target, low, high)
        looked += len(targets)
    return looked


def test_the_same_attack_finds_small_numbers_where_each_packet_was_made_alone() -> None:
    """An attack that never finds anything would prove nothing."""
    attack, targets = laid_side_by_side(packets(1003, 8, frozenset(), alone=True), knows_the_list=False)
    ranges = attack.ranges(sorted(targets, key=repr)).values()
    assert any(high < 14 or high - low < 12 for low, high in ranges)


CLASSES = pytest.mark.parametrize("makers", [frozenset[str](), frozenset({"jail"})], ids=["public", "makes the list"])


@CLASSES
def test_ten_series_laid_side_by_side(makers: frozenset[str]) -> None:
    assert campaign(range(10), 5, makers) > 50


@CLASSES
@pytest.mark.slow
def test_five_hundred_series_of_two_years(makers: frozenset[str]) -> None:
    assert campaign(range(500), 24, makers) > 50_000
