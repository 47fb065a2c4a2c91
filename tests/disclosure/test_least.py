"""A table by itself is covered at the least cost there is, held against every choice of cover.

The cheapest cover is found here by going through all of them, cheapest first, with ranges from flows
(`tests.bench.reference_search`), and those are held against a list of every fill.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from ddj_desktop.disclosure.need import FLOOR
from ddj_desktop.disclosure.protect import protect
from ddj_desktop.disclosure.sheet import protect_csv
from tests.bench.chances import even_table, fitted_table, uneven_table
from tests.bench.reference_search import ReferenceSearch
from tests.disclosure.oracle import Cell, Grid, every_fill, random_table, unsafe, with_totals
from tests.disclosure.test_against_enumeration import started
from tests.disclosure.test_known_failures import hidden_of, table

Inner = list[list[int]]

ONE_TOO_MANY: list[Inner] = [
    [[39, 4, 16], [28, 4, 9]],
    [[9, 3, 33], [3, 1, 11]],
    [[8, 28, 8], [5, 8, 3]],
    [[26, 7, 0], [43, 20, 4]],
    [[18, 2, 5], [23, 2, 10]],
    [[23, 2, 16], [2, 0, 3], [10, 1, 3]],
    [[6, 25, 14], [0, 0, 0], [1, 11, 3]],
    [[14, 21, 18, 8], [13, 12, 10, 6], [20, 11, 14, 3]],
]
"""Where hiding, covering one number after the other and giving back ends with a number too many hidden."""


def price(grid: Grid, cells: set[Cell] | frozenset[Cell]) -> float:
    """What hiding these costs: inner cells little, totals more."""
    return sum((1.0, 30.0, 300.0)[(r == len(grid) - 1) + (c == len(grid[0]) - 1)] for r, c in cells)


def least(grid: Grid, known: frozenset[Cell] = frozenset()) -> float:
    """The cost of the cheapest cover against everybody and against one who knows `known`, by trying all."""
    audit = ReferenceSearch(grid, FLOOR, FLOOR + 1)
    free = [cell for cell in audit.cells if cell not in audit.small and grid[cell[0]][cell[1]]]
    covers = (cover for n in range(len(free) + 1) for cover in itertools.combinations(free, n))
    for cover in sorted(covers, key=lambda cover: price(grid, frozenset(cover))):
        hidden = audit.small | frozenset(cover)
        if not audit.unsafe(hidden) and not set(audit.unsafe(hidden - known)) - known:
            return price(grid, frozenset(cover))
    raise AssertionError("no cover at all")


def test_flows_find_what_a_list_of_every_fill_finds() -> None:
    rng = random.Random(12)
    for _ in range(60):
        grid = random_table(rng, rng.randint(8, 24), 2, rng.choice((2, 3)))
        audit = ReferenceSearch(grid, 4, 5)
        hidden = audit.small | {cell for cell in audit.cells if rng.random() < 0.2}
        if len(hidden) <= 9:
            listed = every_fill(grid, set(hidden), grid[-1][-1] + 10)
            assert audit.unsafe(hidden) == sorted(unsafe(grid, listed, 4))
            ends = {cell: listed.ends[cell] for cell in audit.small}
            assert audit.exact(hidden) == sorted(cell for cell, (low, high) in ends.items() if low == high)


def test_the_reference_search_leaves_nothing_open_and_hides_no_zero_and_nothing_in_vain() -> None:
    rng = random.Random(13)
    for throw in (fitted_table, uneven_table, even_table):
        for _ in range(15):
            grid = throw(rng, rng.choice((60, 150)), 3, 4)
            assert grid[-1][-1] in (60, 150)
            search = ReferenceSearch(grid, FLOOR, FLOOR)
            hidden = search.solve()
            assert search.small <= hidden
            assert search.unsafe(hidden) == []
            for r, c in hidden - search.small:
                assert grid[r][c] >= FLOOR
                assert search.unsafe(hidden - {(r, c)})


@pytest.mark.parametrize("inner", ONE_TOO_MANY)
def test_no_cheaper_cover_will_do(inner: Inner) -> None:
    grid = with_totals(inner)
    hidden = hidden_of(protect(table(inner)))
    audit = ReferenceSearch(grid, FLOOR, FLOOR + 1)
    assert audit.small <= hidden
    assert audit.unsafe(frozenset(hidden)) == []
    assert price(grid, hidden - audit.small) == least(grid)


@pytest.mark.parametrize("inner", [[[30, 5, 62], [13, 3, 37]], [[14, 2, 39], [20, 1, 24]], [[27, 5, 33], [43, 3, 39]]])
def test_no_cheaper_cover_will_do_where_a_partner_knows_a_column(inner: Inner) -> None:
    grid = with_totals(inner)
    work, places = started(grid, FLOOR, 1000, known=frozenset({1}))
    hidden = frozenset(cell for cell, place in places.items() if place in work.solve_least())
    known = frozenset(cell for cell in places if cell[1] == 1)
    assert price(grid, hidden - ReferenceSearch(grid, FLOOR, FLOOR + 1).small) == least(grid, known)


def test_the_same_cover_whatever_the_order_of_rows_and_columns(tmp_path: Path) -> None:
    rng = random.Random(9)
    path = tmp_path / "t.csv"
    for inner in ONE_TOO_MANY:
        across, down = list(range(len(inner[0]))), list(range(len(inner)))
        found = []
        for _ in range(2):
            lines = [",".join([f"r{r}", *(str(inner[r][c]) for c in across), str(sum(inner[r]))]) for r in down]
            path.write_text("\n".join([",".join(["Group", *(f"c{c}" for c in across), "Total"]), *lines]), "utf-8")
            heading, *rows = [line.split(",") for line in protect_csv(path).text.splitlines()]
            found.append({(row[0], at): cell for row in rows for at, cell in zip(heading, row, strict=True)})
            rng.shuffle(across)
            rng.shuffle(down)
        assert found[0] == found[1]


def test_a_table_too_large_to_tell_stays_as_the_search_left_it() -> None:
    grid = random_table(random.Random(6), 6000, 21, 18)
    first, second = (started(grid, FLOOR, 10_000)[0] for _ in range(2))
    assert first.solve_least() == second.solve()
