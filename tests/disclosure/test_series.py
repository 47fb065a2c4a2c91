"""Packets month after month, laid side by side: no small number of any of them can be worked out from all."""

from __future__ import annotations

import itertools
import math
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
HOUSING = ("Homeless", "Housed", "Not known")
TABLES = (("by_sex", SEXES), ("by_race", RACES), ("by_housing", HOUSING))
MOVES = ("people_continuing", "people_new", "people_returned", "people_left")
COLUMNS = ("On the list", "Stayed", "New", "Returned", "Left")
LIST = ("people_on_list", "people_on_list_last_month", *MOVES)
Flow = tuple[int, int, int, int, int]
Somebody = tuple[str, str, str, str]
"""Sex, race, housing, and whether ambulances know them."""


@dataclass(frozen=True)
class Recipient:
    """One who reads packets: what makes the list, what its own records leave unsaid, and what it knows without them."""

    makers: frozenset[str] = frozenset({"jail", "ems"})
    unsaid: int = 0
    knows: frozenset[str] = frozenset()

    @property
    def knows_the_list(self) -> bool:
        return len(self.makers) == 1


@dataclass(frozen=True)
class Packet:
    """A month as counted, and as printed."""

    figures: MonthFigures
    safe: SafeMonth


def lists(rng: random.Random, months: int) -> Iterator[tuple[Counter[Somebody], Flow]]:
    """The list month by month: whom it holds, and how it moved. About five leave and five join; one in thirty loses or
    finds a home."""
    kinds = list(itertools.product(SEXES, RACES, HOUSING, ("ems", "")))
    common = {part: rng.random() ** 1.5 + 0.02 for part in (*SEXES, *RACES, *HOUSING, "ems", "")}
    weights = [math.prod(common[part] for part in kind) for kind in kinds]
    now = rng.choices(kinds, weights, k=rng.randint(30, 150))
    yield Counter(now), (len(now), 0, len(now), 0, 0)
    for _ in range(months):
        most = rng.choice((0, 2, 5, 5, 20))
        left = rng.randint(0, min(most, len(now) - 15))
        rng.shuffle(now)
        stayed = now[left:]
        new, returned = rng.randint(0, most), rng.randint(0, most // 3)
        stayed = [(sex, race, rng.choice(HOUSING) if rng.random() < 1 / 30 else home, ems)
                  for sex, race, home, ems in stayed]  # fmt: skip
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


def month_of(month: Month, held: Counter[Somebody], flows: list[tuple[Month, Flow]], unsaid: int) -> MonthFigures:
    """The figures of one month, with the months before it that its series shows."""
    on_list, stayed, new, returned, left = flows[-1][1]
    last = stayed + left
    bases = (last, on_list, on_list, last)
    made = [figure("people_on_list", on_list, None, month), figure("people_on_list_last_month", last, None, month)]
    made += [figure(name, count, of, month) for name, count, of in
             zip(MOVES, (stayed, new, returned, left), bases, strict=True)]  # fmt: skip
    seen = sum(n for (*_, ems), n in held.items() if ems)
    made.append(figure("people_ems", seen, on_list, month))
    made.append(figure("contacts_jail", on_list * 5, on_list * 5 + 900, month, "contacts", on_list))
    made.append(figure("contacts_ems", seen * 4, seen * 4 + 700, month, "contacts", seen))
    tables = [
        table("by_month", tuple(str(m) for m, _ in flows), COLUMNS, [list(flow) for _, flow in flows], False),
        *(table(name, rows, COLUMNS[:1], [[sum(n for k, n in held.items() if k[at] == row)] for row in rows], True)
          for at, (name, rows) in enumerate(TABLES)),
    ]  # fmt: skip
    links = [Link((At("people_on_list"),), (At(name, TOTAL, 0),)) for name, _ in TABLES]
    for r in range(len(flows)):
        links.append(Link((At("by_month", r, 0),), tuple(At("by_month", r, c) for c in (1, 2, 3))))
        if r:
            links.append(Link((At("by_month", r - 1, 0),), (At("by_month", r, 1), At("by_month", r, 4))))
    names = ("people_on_list", *MOVES)
    links += [Link((At(name),), (At("by_month", len(flows) - 1, c),)) for c, name in enumerate(names)]
    links.append(Link((At("people_on_list_last_month"),), (At("people_continuing"), At("people_left"))))
    if len(flows) > 1:
        links.append(Link((At("people_on_list_last_month"),), (At("by_month", len(flows) - 2, 0),)))
    bases_of = zip((*MOVES, "people_ems"), ("_last_month", "", "", "_last_month", ""), strict=True)
    for name, base in bases_of:
        links.append(Link((At(f"people_on_list{base}"),), (At(name, of=True),)))
    return MonthFigures(
        "Pine", "KS", 14_000, month, month.span.last, 1, "Rule", 1, "agreed", "People who …", "",
        {f.name: f for f in made}, {t.name: t for t in tables}, tuple(links),
        silent={(name, kind): unsaid for name in ("by_sex", "by_race") for kind in ("jail", "ems")},
    )  # fmt: skip


def packets(seed: int, months: int, reader: Recipient, *, alone: bool = False) -> list[Packet]:
    """So many packets in a row, each held against all before it, or each `alone`."""
    made: list[Packet] = []
    earlier: list[Held] = []
    flows: list[tuple[Month, Flow]] = []
    month = FIRST
    for held, flow in lists(random.Random(seed), months):
        flows.append((month, flow))
        if len(flows) > 1:
            figures = month_of(month, held, flows[-SHOWN:], reader.unsaid)
            safe = protect_month(figures, earlier=earlier, list_makers={1: reader.makers})
            made.append(Packet(figures, safe))
            earlier += [] if alone else [safe.held]
        month = month.plus(1)
    return made


def laid_side_by_side(made: list[Packet], reader: Recipient) -> tuple[Attack, set[object]]:
    """All that all packets print, with every tie between them, and their small numbers."""
    attack, targets = Attack(), set()
    for p, packet in enumerate(made):
        labels = {name: t.rows for name, t in packet.figures.tables.items()}

        def name(at: At, p: int = p, labels: dict[str, tuple[str, ...]] = labels) -> object:
            month = at.name == "by_month" and at.row is not None
            return ("by_month", labels["by_month"][at.row or 0], at.column) if month else (p, at)

        values, rows = equations_of(packet.figures)
        for at, value in values.items():
            known = at.name in reader.knows or (at.of and f"{at.name} of" in reader.knows)
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


def campaign(seeds: range, months: int, reader: Recipient) -> int:
    """Attack so many series; gives how many small numbers were looked at."""
    looked = 0
    for seed in seeds:
        attack, targets = laid_side_by_side(packets(seed, months, reader), reader)
        assert attack.too_narrow(sorted(targets, key=repr)) == {}, seed
        looked += len(targets)
    return looked


def test_the_same_attack_finds_small_numbers_where_each_packet_was_made_alone() -> None:
    """An attack that never finds anything would prove nothing."""
    attack, targets = laid_side_by_side(packets(1000, 8, Recipient(), alone=True), Recipient())
    assert attack.too_narrow(sorted(targets, key=repr))


ITS_LIST = frozenset({*LIST, "by_month", "contacts_jail", "contacts_jail of"})
CLASSES = pytest.mark.parametrize(
    "reader",
    [
        pytest.param(Recipient(knows=frozenset({"contacts_ems of"})), id="anybody, or one of two that make the list"),
        pytest.param(
            Recipient(frozenset({"jail"}), knows=ITS_LIST | {"by_sex", "by_race"}), id="makes it and says the traits"
        ),
        pytest.param(Recipient(frozenset({"jail"}), unsaid=40, knows=ITS_LIST), id="makes it and does not say them"),
    ],
)  # fmt: skip


@CLASSES
def test_ten_series_laid_side_by_side(reader: Recipient) -> None:
    assert campaign(range(10), 5, reader) > 50


@CLASSES
@pytest.mark.slow
@pytest.mark.parametrize("part", range(100))
def test_five_hundred_series_of_two_years(reader: Recipient, part: int) -> None:
    """62,276, 7,705 and 25,752 small numbers in all; the reader who knows most has as few as four to find in a part."""
    assert campaign(range(5 * part, 5 * part + 5), 24, reader) >= 4
