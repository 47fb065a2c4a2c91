"""How much a protected table still shows, beside the usual spreadsheet rule, and how long thirty tables take.

Run by hand: `python -m tests.bench.disclosure [SEED]`. For each size of the list and shape of the table it makes
random tables and prints the share of inner cells shown (privacy reference 1.3 gives the share to reach), the share
under the reference's own bound (a hidden number must reach k, where we ask k + 1), the most that any search could show
(cells that are not small), and, of what the usual rule hides, the share that is known exactly and that is proved small
or located. Then it protects thirty tables one after the other, and thirty tables of one list as one packet, and prints
processor seconds. How the people of a table fall changes the shares more than the search does: rows and columns that
have nothing to do with each other leave fewer small cells than cells with weights of their own, so both are printed.
That the search finds the least that can be hidden is seen from 2x3 tables, where every choice can be tried, and from
3x4 tables, where every choice of inner cells is.
"""

from __future__ import annotations

import itertools
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ddj_desktop.disclosure.names import key_of
from ddj_desktop.disclosure.protect import protect, protect_month
from ddj_desktop.disclosure.release import GRAND, INNER, Release
from ddj_desktop.disclosure.suppress import Suppression
from ddj_desktop.disclosure.system import Need, System
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import TOTAL, At, CountTable, Link
from tests.disclosure.oracle import Grid, every_fill, naive, unsafe, with_totals
from tests.disclosure.test_month import figure, month

TO_REACH = {
    (30, 2, 3): 8, (30, 3, 4): 23, (60, 2, 3): 11, (60, 3, 4): 13, (100, 2, 3): 26, (100, 3, 4): 20,
    (150, 2, 3): 35, (150, 3, 4): 30, (600, 2, 3): 91, (600, 3, 4): 70,
}  # fmt: skip
"""People on the list, rows, columns: percent of inner cells shown at k = 11 (privacy reference 1.3)."""
TABLES = 40
K = 11
MOST_HIDDEN = 6
"""Beyond so many hidden cells the usual rule's tables have too many fills to list."""


def uneven_table(rng: random.Random, people: int, rows: int, columns: int) -> Grid:
    """People thrown into cells, of which some are crowded and some nearly empty."""
    cells = range(rows * columns)
    thrown = Counter(rng.choices(cells, [rng.expovariate(1) for _ in cells], k=people))
    return with_totals([[thrown[r * columns + c] for c in range(columns)] for r in range(rows)])


def even_table(rng: random.Random, people: int, rows: int, columns: int) -> Grid:
    """People thrown into rows and columns that have nothing to do with each other."""
    down, across = ([rng.uniform(0.4, 2.4) for _ in range(n)] for n in (rows, columns))
    thrown = Counter(rng.choices(range(rows * columns), [a * b for a in down for b in across], k=people))
    return with_totals([[thrown[r * columns + c] for c in range(columns)] for r in range(rows)])


def table_of(grid: Grid, name: str = "t") -> CountTable:
    """The inner cells as a table that adds up both ways."""
    inner = tuple(tuple(row[:-1]) for row in grid[:-1])
    rows, columns = (tuple(f"{mark}{at}" for at in range(n)) for mark, n in (("r", len(inner)), ("c", len(inner[0]))))
    return CountTable(name, name, "Group", rows, "", columns, inner, "people", Month(2026, 10).span, True, True)


Thrown = Callable[[random.Random, int, int, int], Grid]


def shown_at(grid: Grid, high: int) -> int:
    """How many inner cells are shown where a hidden number must reach `high`."""
    system, names = Release(K, None, [], [table_of(grid)]).builder.done()
    asked = tuple(replace(q, need=Need(high, q.need.width)) if q.need else q for q in system.quantities)
    hidden = Suppression(replace(system, quantities=asked)).solve()
    return sum(
        names[key_of(At("t", r, c))] not in hidden for r in range(len(grid) - 1) for c in range(len(grid[0]) - 1)
    )


def shares(rng: random.Random, throw: Thrown) -> None:
    """One line a size: what is shown, and how the usual rule fares where its fills can be listed."""
    sys.stdout.write("people  table  shown  by U>=k  at most  to reach | usual rule: tables listed, exact, unsafe\n")
    for (people, rows, columns), wanted in TO_REACH.items():
        shown, looser, most, listed, exact, open_to_all, small = 0, 0, 0, 0, 0, 0, 0
        for _ in range(TABLES):
            grid = throw(rng, people, rows, columns)
            shown += shown_at(grid, K + 1)
            looser += shown_at(grid, K)
            most += sum(not 0 < amount < K for row in grid[:-1] for amount in row[:-1])
            usual = naive(grid, K)
            if len(usual) <= MOST_HIDDEN:
                ranges = every_fill(grid, usual, grid[-1][-1] + 20)
                listed += 1
                exact += sum(low == high for low, high in ranges.ends.values())
                open_to_all += len(unsafe(grid, ranges, K))
                small += len(usual)
        ours, bound, limit = (100 * part / (TABLES * rows * columns) for part in (shown, looser, most))
        of = max(small, 1)
        sys.stdout.write(
            f"{people:6}  {rows}x{columns}    {ours:4.0f} %   {bound:4.0f} %   {limit:4.0f} %    {wanted:4} %   | "
            f"{listed:3} {100 * exact / of:4.0f} % {100 * open_to_all / of:4.0f} %\n"
        )


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
        cost = sum(system.quantities[place].cost for place in work.solve() - must)
        compared += cheapest < math.inf
        best += cost <= cheapest < math.inf
    return best, compared


if __name__ == "__main__":
    chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    for words, thrown in (("cells with weights of their own", uneven_table), ("rows and columns apart", even_table)):
        sys.stdout.write(f"{words}\n")
        shares(chance, thrown)
    for words, thrown, columns in (
        ("2x3, weights", uneven_table, 3), ("3x4, weights", uneven_table, 4), ("3x4, apart", even_table, 4),
    ):  # fmt: skip
        best, compared = beside_the_least(chance, thrown, columns)
        sys.stdout.write(f"{words}: {best} of {compared} tables covered at the least cost\n")
    sys.stdout.write(f"thirty tables of one packet: {one_packet(chance):.1f} s of processor time\n")
    sys.stdout.write(f"thirty tables: {thirty_tables(chance):.1f} s of user CPU time\n")
