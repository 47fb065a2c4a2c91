"""Readers who own data: by listing every world that agrees with what they know, none learns a small number of others
beyond what its own data say already."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from ddj_desktop.disclosure.names import key_of
from ddj_desktop.disclosure.need import of_people
from ddj_desktop.disclosure.release import Release
from ddj_desktop.disclosure.suppress import Suppression, TooHard
from ddj_desktop.disclosure.system import Builder, Quantity, System
from ddj_desktop.measures.types import TOTAL, At
from tests.bench.disclosure import table_of
from tests.disclosure.oracle import with_totals

K = 3
"""Small, so that every world can be listed: 1 and 2 people are hidden, a range must reach 4 and be 2 wide."""


def worlds(system: System, told: dict[int, int], cap: int) -> Iterator[tuple[int, ...]]:
    """Every assignment of whole numbers up to their caps that keeps the equations and what is told; free numbers are
    tried one by one and the others follow, so nothing of the code under test is used."""
    size = len(system.quantities)

    def go(values: dict[int, int]) -> Iterator[tuple[int, ...]]:
        values, changed = dict(values), True
        while changed:
            changed = False
            for terms in system.equations:
                open_terms = [(place, c) for place, c in terms if place not in values]
                rest = -sum(c * values[place] for place, c in terms if place in values)
                if not open_terms and rest:
                    return
                if len(open_terms) == 1:
                    place, c = open_terms[0]
                    if rest % c or not 0 <= rest // c <= min(cap, system.quantities[place].cap):
                        return
                    values[place], changed = rest // c, True
        free = next((place for place in range(size) if place not in values), None)
        if free is None:
            yield tuple(values[place] for place in range(size))
            return
        for value in range(min(cap, system.quantities[free].cap) + 1):
            yield from go({**values, free: value})

    yield from go(told)


def ends(system: System, told: dict[int, int], cap: int) -> list[tuple[int, int]]:
    """Lowest and highest of each number over all worlds."""
    every = list(worlds(system, told, cap))
    assert every
    return [(min(column), max(column)) for column in zip(*every, strict=True)]


def learned(system: System, known: frozenset[int], hidden: frozenset[int], cap: int) -> list[str]:
    """What an owner of `known` learns of small numbers of others from what is printed."""
    quantities = system.quantities
    own = {place: quantities[place].value for place in known}
    zeros = {p: 0 for p, q in enumerate(quantities) if q.printed and not q.value and not q.need}
    printed = {p: q.value for p, q in enumerate(quantities) if q.printed and p not in hidden}
    before, after = ends(system, own | zeros, cap), ends(system, own | printed, cap)
    found = []
    for place, quantity in enumerate(quantities):
        need = quantity.need
        if need is None or place in known:
            continue
        (low, high), (least, most) = after[place], before[place]
        if high < min(need.high, most) or high - low < min(need.width, most - least):
            found.append(f"{quantity.key}: {low} to {high}, by its own data alone {least} to {most}")
    return found


@pytest.mark.parametrize("seed", range(24))
def test_who_owns_a_column_learns_no_small_cell_of_another(seed: int) -> None:
    rng = random.Random(seed)
    columns = 3 if seed % 4 == 0 else 2
    inner = [
        [rng.choice((0, 1, 1, 2) if columns == 3 else (0, 1, 1, 2, 3, 4)) for _ in range(columns)] for _ in range(2)
    ]
    grid = with_totals(inner)
    population = max(grid[-1][-1], 1) + rng.choice((0,) if columns == 3 else (0, 1, 4))
    release = Release(K, population, [], [table_of(grid)])
    system, names = release.builder.done()
    own = frozenset(names[key_of(At("t", r, 0))] for r in (0, 1, TOTAL))
    work = Suppression(system, (frozenset(), own), own_data=True)
    try:
        hidden = work.solve()
    except TooHard:
        return
    assert learned(system, own, hidden, population) == []
    assert learned(system, frozenset(), hidden, population) == []


def moves(came: int, gone: int, before: int) -> tuple[System, dict[str, int]]:
    """A list that somebody comes to and somebody leaves: now = before + came - gone; who stayed is printed nowhere."""
    builder, found = Builder(), {}
    for name, value, zero_too in (
        ("before", before, False), ("came", came, True), ("gone", gone, True), ("now", before + came - gone, False),
        ("stayed", before - gone, False),
    ):  # fmt: skip
        need = of_people(value, K, zero_too=zero_too)
        found[name] = builder.add(Quantity(name, value, 12, need, name != "stayed", 1.0))
    builder.tie([found["before"]], [found["stayed"], found["gone"]])
    builder.tie([found["now"]], [found["stayed"], found["came"]])
    return builder.done()


@pytest.mark.parametrize(("came", "gone", "before"), [*itertools.product((0, 1, 4), (0, 2, 4), (5, 8))])
def test_who_knows_the_length_of_the_list_does_not_learn_that_nobody_came(came: int, gone: int, before: int) -> None:
    """A hidden 0 (nobody came) is no printed 0: who knows both lengths must not be told the other move exactly."""
    system, names = moves(came, gone, before)
    known = frozenset((names["before"], names["now"]))
    hidden = Suppression(system, (frozenset(), known), own_data=True).solve()
    assert learned(system, known, hidden, 12) == []
