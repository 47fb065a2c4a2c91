"""Two packets of one month: under two definitions of which one list lies within the other, and of a month told again
after late records. What lies between two numbers is a number of people as well."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ddj_desktop.disclosure.protect import WAITING, protect_month
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


def restated(rng: random.Random, groups: list[list[int]]) -> list[list[int]]:
    """The same tables after late records: a few people more or fewer here and there, all tables of one list."""
    sizes = {sum(group) for group in groups}
    assert len(sizes) == 1
    total = max(0, sizes.pop() + rng.choice((-14, -6, -2, 0, 1, 3, 5, 9, 12, 13, 20)))
    made = []
    for group in groups:
        changed = [max(0, count + rng.choice((0, 0, 0, -3, -1, 1, 2, 8, 15))) for count in group]
        while sum(changed) != total:
            at = rng.randrange(len(changed))
            changed[at] = max(0, changed[at] + (1 if sum(changed) < total else -1))
        made.append(changed)
    return made


def told(groups: list[list[int]]) -> MonthFigures:
    """The list's length, by sex, by age and by housing."""
    tables = [one_way(name, group) for name, group in zip(("by_sex", "by_age", "by_housing"), groups, strict=True)]
    links = tuple(Link((At("people_on_list"),), (At(t.name, TOTAL, 0),)) for t in tables)
    return month([figure("people_on_list", sum(groups[0]))], tables, links)


def narrowed(versions: list[MonthFigures], safe: list[SafeMonth]) -> dict[object, object]:
    """Small numbers of any version of a month, and small changes between one version and the next, that somebody can
    narrow too much who holds all the packets, knows which way each number moved, and is told which were left as they
    were."""
    attack, targets, values = Attack(), set[tuple[object, At]](), list[dict[At, int]]()
    first: dict[At, int] = {}
    for v, (figures, printed) in enumerate(zip(versions, safe, strict=True)):
        found, rows = equations_of(figures)
        labels = {name: table.rows for name, table in figures.tables.items()}
        for at, value in found.items():
            kept = at in first and 0 < abs(value - first[at]) <= 13
            attack.learn((v, at), *truths(None if kept else printed_at(printed, at, labels)))
            if v:
                more, less = (v, v - 1) if value >= values[-1][at] else (v - 1, v)
                change = ("change", v, at)
                attack.tie([((more, at), -1), ((less, at), 1), (change, 1)])
                if 0 < abs(value - values[-1][at]) < 13:
                    targets.add(change)
            if not kept:
                first[at] = value
        for row in rows:
            attack.tie(((v, at), factor) for at, factor in row.items())
        targets |= {(v, at) for at in small_numbers(figures, found)}
        values.append(found)
    return dict(attack.too_narrow(sorted(targets, key=repr)))


def some_groups(rng: random.Random, people: int) -> list[list[int]]:
    return [
        [sum(one == group for one in said) for group in range(size)]
        for size in (2, 4, 3)
        for said in [rng.choices(range(size), [rng.expovariate(1) + 0.05 for _ in range(size)], k=people)]
    ]


def told_so_often(seed: int, times: int, together: bool = True) -> tuple[list[MonthFigures], list[SafeMonth]]:
    """Tellings of one month as counted and as printed, up to the first that is printed as the one before."""
    rng = random.Random(seed)
    versions = [some_groups(rng, rng.randint(40, 160))]
    for _ in range(times - 1):
        versions.append(restated(rng, versions[-1]))
    figures, safe = [told(groups) for groups in versions], list[SafeMonth]()
    for each in figures:
        made = protect_month(each, earlier=[one.held for one in safe] if together else [])
        if WAITING in made.warnings:
            assert made.tables == safe[-1].tables
            assert made.figures == safe[-1].figures
            break
        safe.append(made)
    return figures[: len(safe)], safe


def restate(seed: int, together: bool = True) -> dict[object, object]:
    figures, safe = told_so_often(seed, 3, together)
    assert len(safe) == 3
    return narrowed(figures, safe)


@pytest.mark.parametrize("seed", range(15))
def test_a_month_told_again_tells_no_small_change(seed: int) -> None:
    """Closed, corrected and told again: no number moves by 1 to 12 people for whoever lays the two packets together."""
    assert restate(seed) == {}


def test_told_again_without_the_first_packet_small_changes_are_given_away() -> None:
    """The same attack finds something where the second packet does not know of the first: it can see."""
    assert any(restate(seed, together=False) for seed in range(6))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_many_months_told_again(seed: int) -> None:
    assert restate(seed) == {}


@pytest.mark.parametrize("seed", [1114, 1182, 1229])
def test_what_lay_between_the_first_two_tellings_stays_hidden_at_the_third(seed: int) -> None:
    """Months whose third telling once narrowed a change between the first two, or between two truths of which the
    packets between printed the older one."""
    assert restate(seed) == {}


@pytest.mark.parametrize("seed", [0, 24])
def test_a_month_told_five_times(seed: int) -> None:
    """The fifth telling of 24 once knew of three of the four before it alone, and narrowed a change."""
    figures, safe = told_so_often(seed, 5)
    assert len(safe) == 5
    assert narrowed(figures, safe) == {}


def test_a_month_that_can_not_be_told_anew_is_printed_as_it_was() -> None:
    """And told to nobody once more: what is held of it is what was held."""
    _, safe = told_so_often(238, 5)
    assert len(safe) == 4


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_many_months_told_five_times(part: int) -> None:
    for seed in range(1000 + 10 * part, 1010 + 10 * part):
        assert narrowed(*told_so_often(seed, 5)) == {}, seed


@pytest.mark.parametrize("seed", range(8))
def test_what_lies_between_two_definitions_stays_hidden_when_one_is_told_again(seed: int) -> None:
    rng = random.Random(seed)
    people = some_people(rng, rng.randint(60, 140))
    fewer = people[: -rng.randint(1, 20)]
    wide, narrow = packet_of(counted(people), 1), packet_of(counted(fewer), 2)
    later = packet_of(counted(people + some_people(rng, rng.randint(1, 20))), 1)
    first = protect_month(wide)
    second = protect_month(narrow, earlier=[first.held])
    third = protect_month(later, earlier=[first.held, second.held])
    packets = (("wide", wide, first), ("narrow", narrow, second), ("later", later, third))
    within = (("wide", "narrow"), ("later", "wide"), ("later", "narrow"))
    attack, targets, values = Attack(), set[tuple[object, At]](), dict[str, dict[At, int]]()
    for name, figures, safe in packets:
        values[name], rows = equations_of(figures)
        labels = {table: each.rows for table, each in figures.tables.items()}
        for at, value in values[name].items():
            kept = name == "later" and 0 < value - values["wide"][at] <= 13
            attack.learn((name, at), *truths(None if kept else printed_at(safe, at, labels)))
        for row in rows:
            attack.tie(((name, at), factor) for at, factor in row.items())
        targets |= {(name, at) for at in small_numbers(figures, values[name])}
    for more, less in within:
        for at, value in values[more].items():
            attack.tie([((more, at), -1), ((less, at), 1), (((more, less), at), 1)])
            if 0 < value - values[less][at] < 13:
                targets.add(((more, less), at))
    assert dict(attack.too_narrow(sorted(targets, key=repr))) == {}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("narrow_first", [False, True], ids=["all first", "men first"])
def test_one_definition_for_everybody_and_one_for_men(seed: int, narrow_first: bool) -> None:
    """The population of the definition changed: who is on one list alone are the women, few as they may be."""
    rng = random.Random(seed)
    people = [(rng.choices((0, 1), (1, 9))[0], age) for _, age in some_people(rng, rng.randint(60, 140))]
    wide, narrow = packet_of(counted(people), 1), packet_of(counted([one for one in people if one[0]]), 2)
    first, second = (narrow, wide) if narrow_first else (wide, narrow)
    made = protect_month(first)
    again = protect_month(second, earlier=[made.held])
    assert laid_together(wide, narrow, (again, made) if narrow_first else (made, again)) == {}
