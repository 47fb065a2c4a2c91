"""How much a protected table still shows, beside the reference's own search and the usual rule; how long thirty take.

Run by hand: `python -m tests.bench.disclosure [SEED] [TABLES]`. For each way in which people fall into a table and
each size, it makes 200 random tables and prints the share of inner cells shown: the reference's published figure with
the standard error that its 25 tables have, its own search (`reference_search`) on the same tables, ours under the same
bound (a hidden number must reach k), ours as the product asks (k + 1), and the most that any search could show (cells
that are not small). Then in how many of the tables ours shows fewer, as many and more than the reference's search under
the same bound, and in how many of the fewer the reference hides totals at a greater cost (inner cells are hidden before
totals, so fewer cells for a total less is what was asked). Then, of the small cells that the usual rule hides, the
share that can be worked out and the share that is proved small or located, beside the published ones.

The first four chances are those that bring all published figures nearest (`chances` says how they were found); the two
others show what another chance does to the shares. Below each stands how many of the ten published shares are reached,
by the reference's own search on these tables too: its figures came of 25 tables each, and so have their luck. Then it
protects thirty tables one after the other, and thirty tables of one list as one packet, and prints processor seconds.
That the search finds the least that can be hidden is seen from 2x3 tables, where every choice can be tried, and from
3x4 tables, where every choice of inner cells is.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
import sys
import time
from dataclasses import replace

from ddj_desktop.disclosure.names import key_of
from ddj_desktop.disclosure.protect import protect, protect_month
from ddj_desktop.disclosure.release import GRAND, INNER, SIDE, Release
from ddj_desktop.disclosure.suppress import Suppression
from ddj_desktop.disclosure.system import Need, System
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import TOTAL, At, CountTable, Link
from tests.bench.chances import (
    NEAREST,
    OF_THE_REFERENCE,
    PUBLISHED,
    K,
    Size,
    Thrown,
    even_table,
    share_shown,
    uneven_table,
    usual_rule,
)
from tests.bench.reference_search import ReferenceSearch
from tests.disclosure.oracle import Cell, Grid
from tests.disclosure.test_month import figure, month

TABLES = 200


def table_of(grid: Grid, name: str = "t") -> CountTable:
    """The inner cells as a table that adds up both ways."""
    inner = tuple(tuple(row[:-1]) for row in grid[:-1])
    rows, columns = (tuple(f"{mark}{at}" for at in range(n)) for mark, n in (("r", len(inner)), ("c", len(inner[0]))))
    return CountTable(name, name, "Group", rows, "", columns, inner, "people", Month(2026, 10).span, True, True)


def hidden_by_us(grid: Grid, high: int) -> frozenset[Cell]:
    """What is hidden, totals included, where a hidden number must reach `high`."""
    system, names = Release(K, None, [], [table_of(grid)]).builder.done()
    asked = tuple(replace(q, need=Need(high, q.need.width)) if q.need else q for q in system.quantities)
    hidden = Suppression(replace(system, quantities=asked)).solve_least()
    rows, columns = ([*range(n - 1), TOTAL] for n in (len(grid), len(grid[0])))
    return frozenset(
        (r, c)
        for (r, row), (c, column) in itertools.product(enumerate(rows), enumerate(columns))
        if names[key_of(At("t", row, column))] in hidden
    )


def price(grid: Grid, hidden: frozenset[Cell]) -> float:
    """What hiding these costs: inner cells first, totals last."""
    return sum((INNER, SIDE, GRAND)[(r == len(grid) - 1) + (c == len(grid[0]) - 1)] for r, c in hidden)


HEAD = (
    f"{'':13}| inner cells shown, percent{'':24}| fewer, as many, more than the reference's |  usual rule\n"
    f"people  table| published  reference  ours k  ours k+1  most | by k{'':16} by k + 1{'':11} | "
    "exact (publ.)  unsafe (publ.)\n"
)


def shares(rng: random.Random, throw: Thrown, tables: int) -> None:
    """One line a size, and in how many sizes the published share is reached."""
    sys.stdout.write(HEAD)
    reached = [0, 0, 0]
    for size, published in PUBLISHED.items():
        line, means = _line(rng, throw, size, tables)
        reached = [count + (mean >= published.shown) for count, mean in zip(reached, means, strict=True)]
        sys.stdout.write(line)
    theirs, ours, product = reached
    sys.stdout.write(
        f"published share reached: ours by k + 1 in {product} of {len(PUBLISHED)} sizes, by k in {ours}; "
        f"the reference's search by k in {theirs}\n"
    )


def _line(rng: random.Random, throw: Thrown, size: Size, tables: int) -> tuple[str, list[float]]:
    """The line of one size, and the percent shown by the reference's search, by ours, and by ours with k + 1."""
    grids = [throw(rng, *size) for _ in range(tables)]
    theirs, ours = (
        {high: [find(grid, high) for grid in grids] for high in (K, K + 1)} for find in (_by_reference, hidden_by_us)
    )
    shown = [
        [100 * share_shown(grid, hidden) for grid, hidden in zip(grids, found, strict=True)]
        for found in (theirs[K], ours[K], ours[K + 1])
    ]
    means = [statistics.fmean(percents) for percents in shown]
    error = statistics.pstdev(shown[0]) / math.sqrt(OF_THE_REFERENCE)
    most = 100 * statistics.fmean(share_shown(grid, _small_cells(grid)) for grid in grids)
    exact, unsafe, small = (sum(parts) for parts in zip(*map(usual_rule, grids), strict=True))
    compared = [_compared(grids, theirs[high], ours[high]) for high in (K, K + 1)]
    published, of = PUBLISHED[size], max(small, 1) / 100
    return (
        f"{size[0]:6}  {size[1]}x{size[2]}  | {published.shown:4.0f} ±{error:3.0f}  {means[0]:9.1f}  {means[1]:6.1f}  "
        f"{means[2]:8.1f}  {most:4.0f} | {compared[0]}  {compared[1]} | "
        f"{exact / of:5.0f} ({published.exact:2.0f}){'':5} {unsafe / of:5.0f} ({published.unsafe:2.0f})\n"
    ), means


def _by_reference(grid: Grid, high: int) -> frozenset[Cell]:
    return ReferenceSearch(grid, K, high).solve()


def _small_cells(grid: Grid) -> frozenset[Cell]:
    return ReferenceSearch(grid, K, K).small


def _compared(grids: list[Grid], theirs: list[frozenset[Cell]], ours: list[frozenset[Cell]]) -> str:
    """In how many tables ours shows fewer (in how many of these the reference's hides at a greater cost), as many and
    more inner cells."""
    fewer, cheaper, same, more = 0, 0, 0, 0
    for grid, their, our in zip(grids, theirs, ours, strict=True):
        less = share_shown(grid, their) - share_shown(grid, our)
        fewer += less > 0
        cheaper += less > 0 and price(grid, our) < price(grid, their)
        same += less == 0
        more += less < 0
    return f"{fewer:3} ({cheaper:2}) {same:4} {more:4}"


def thirty_tables(rng: random.Random) -> float:
    """User CPU seconds for thirty tables of 4x3 to 8x6 cells, of lists of 60 to 600 people."""
    made = [
        table_of(uneven_table(rng, rng.choice((60, 150, 600)), rng.randint(4, 8), rng.randint(3, 6)), f"t{n}")
        for n in range(30)
    ]
    before = time.process_time()
    for table in made:
        protect(table)
    return time.process_time() - before


def one_packet(rng: random.Random) -> float:
    """Processor seconds for thirty tables of one list of 300 people, tied together by its length, as one system."""
    tables = [table_of(even_table(rng, 300, rng.randint(2, 6), rng.randint(2, 5)), f"t{n:02d}") for n in range(30)]
    links = tuple(Link((At("people_on_list"),), (At(table.name, TOTAL, TOTAL),)) for table in tables)
    figures = month([figure("people_on_list", 300)], tables, links)
    before = time.process_time()
    protect_month(figures)
    return time.process_time() - before


def least(system: System, dearest: float) -> float:
    """The cost of the cheapest set of numbers, each no dearer than this, that has to be hidden beside the small ones,
    by trying every set; infinite where none will do."""
    work = Suppression(system)
    must, quantities = work.hidden, system.quantities
    free = [p for p, q in enumerate(quantities) if p not in must and q.value and q.cost <= dearest]
    tried = (hidden for n in range(len(free) + 1) for hidden in itertools.combinations(free, n))
    for hidden in sorted(tried, key=lambda places: sum(quantities[place].cost for place in places)):
        again = Suppression(system)
        again._set_hidden(must | frozenset(hidden))
        if all(found.safe for found in again.audit(list(again.targets)).values()):
            return sum(quantities[place].cost for place in hidden)
    return math.inf


def beside_the_least(rng: random.Random, throw: Thrown, columns: int) -> tuple[int, int]:
    """Of 30 tables of 100 to 600 people: how many are covered at the least cost, and how many can be compared. In 2x3
    tables every number is tried as cover; in larger ones inner cells, where those alone will do."""
    best = compared = 0
    for n in range(30):
        grid = throw(rng, (100, 150, 600)[n % 3], columns - 1, columns)
        system, _ = Release(K, None, [], [table_of(grid)]).builder.done()
        cheapest = least(system, GRAND if columns == 3 else INNER)
        work = Suppression(system)
        must = work.hidden
        cost = sum(system.quantities[place].cost for place in work.solve_least() - must)
        compared += cheapest < math.inf
        best += cost <= cheapest < math.inf
    return best, compared


if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else TABLES
    others = {"cells with weights of their own": uneven_table, "rows and columns apart, alike in size": even_table}
    for words, thrown in (NEAREST | others).items():
        sys.stdout.write(f"{words}\n")
        shares(random.Random(seed), thrown, count)
    chance = random.Random(seed)
    for words, thrown, columns in (
        ("2x3, weights", uneven_table, 3), ("3x4, weights", uneven_table, 4), ("3x4, apart", even_table, 4),
    ):  # fmt: skip
        best, compared = beside_the_least(chance, thrown, columns)
        sys.stdout.write(f"{words}: {best} of {compared} tables covered at the least cost\n")
    sys.stdout.write(f"thirty tables of one packet: {one_packet(chance):.1f} s of processor time\n")
    sys.stdout.write(f"thirty tables: {thirty_tables(chance):.1f} s of user CPU time\n")
