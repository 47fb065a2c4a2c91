"""Two packets of one month: under two definitions of which one list lies within the other, and of a month told again
after late records. What lies between two numbers is a number of people as well."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.measures.types import TOTAL, At, Link, MonthFigures
from tests.disclosure.attack import Attack, equations_of, printed_at, small_numbers, truths
from tests.disclosure.test_month import figure, month, one_way

Groups = list[list[int]]
"""People on the list by sex, and by age."""


def packet_of(groups: Groups, definition: int) -> MonthFigures:
    """The list's length and two tables of it."""
    sexes, ages = groups
    tables = [one_way("by_sex", sexes), one_way("by_age", ages)]
    links = tuple(Link((At("people_on_list"),), (At(t.name, TOTAL, 0),)) for t in tables)
    return replace(month([figure("people_on_list", sum(sexes))], tables, links), definition_id=definition)


def some_people(rng: random.Random, count: int) -> list[tuple[int, int]]:
    return [(rng.choices((0, 1), (1, 3))[0], rng.choices((0, 1, 2, 3), (4, 5, 3, 1))[0]) for _ in range(count)]


def counted(people: list[tuple[int, int]]) -> Groups:
    return [[sum(one[at] == group for one in people) for group in range(size)] for at, size in ((0, 2), (1, 4))]


def laid_together(wide: MonthFigures, narrow: MonthFigures, safe: tuple[SafeMonth, SafeMonth]) -> dict[object, object]:
    """The targets (small numbers of either, and small numbers between them) that somebody can narrow too much."""
    attack = Attack()
    targets: set[tuple[object, At]] = set()
    values = []
    for p, (figures, printed) in enumerate(zip((wide, narrow), safe, strict=True)):
        found, rows = equations_of(figures)
        values.append(found)
        labels = {name: table.rows for name, table in figures.tables.items()}
        for at in found:
            attack.learn((p, at), *truths(printed_at(printed, at, labels)))
        for row in rows:
            attack.tie(((p, at), factor) for at, factor in row.items())
        targets |= {(p, at) for at in small_numbers(figures, found)}
    for at, value in values[0].items():
        attack.tie([((0, at), -1), ((1, at), 1), (("between", at), 1)])
        if 0 < value - values[1][at] < 13:
            targets.add(("between", at))
    assert targets
    return dict(attack.too_narrow(sorted(targets, key=repr)))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("narrow_first", [False, True], ids=["wide first", "narrow first"])
def test_two_definitions_of_which_one_asks_more(seed: int, narrow_first: bool) -> None:
    """'4 bookings' and '5 bookings': the few people who are on one list alone, by sex and by age."""
    rng = random.Random(seed)
    people = some_people(rng, rng.randint(60, 140))
    wide, narrow = packet_of(counted(people), 1), packet_of(counted(people[: -rng.randint(1, 20)]), 2)
    first, second = (narrow, wide) if narrow_first else (wide, narrow)
    made = protect_month(first)
    again = protect_month(second, earlier=[made.held])
    safe = (again, made) if narrow_first else (made, again)
    assert laid_together(wide, narrow, safe) == {}


def test_made_without_each_other_two_definitions_give_the_difference_away() -> None:
    """The same attack finds something where neither packet knows of the other: it can see."""
    found = 0
    for seed in range(12):
        rng = random.Random(seed)
        people = some_people(rng, rng.randint(60, 140))
        wide, narrow = packet_of(counted(people), 1), packet_of(counted(people[: -rng.randint(1, 20)]), 2)
        found += len(laid_together(wide, narrow, (protect_month(wide), protect_month(narrow))))
    assert found > 0


@pytest.mark.parametrize("seed", range(12))
def test_a_month_told_again_changes_by_nothing_or_by_many(seed: int) -> None:
    """Late records add a few people: a number that is printed anew is the old one, unless thirteen or more came."""
    rng = random.Random(seed)
    people = some_people(rng, rng.randint(60, 140))
    then, now = packet_of(counted(people), 1), packet_of(counted(people + some_people(rng, rng.randint(1, 30))), 1)
    first = protect_month(then)
    second = protect_month(now, earlier=[first.held])
    before, _ = equations_of(then)
    after, _ = equations_of(now)
    labels = {name: table.rows for name, table in now.tables.items()}
    for at, value in after.items():
        old, new = printed_at(first, at, labels), printed_at(second, at, labels)
        if 0 < abs(value - before[at]) < 13:
            assert new in (old, None), at
    assert protect_month(then, earlier=[first.held]).tables == first.tables
