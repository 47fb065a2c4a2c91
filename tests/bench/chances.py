"""By which chance the reference made its random tables: the way of throwing people that brings its figures nearest.

Run by hand: `python -m tests.bench.chances [TABLES]`. Privacy reference 1.3 prints five figures for each of ten sizes,
from 25 random tables each, and does not say how a table was made. Here each family of chances, with several parameters,
makes 400 tables a size; on them run the reference's own search (`reference_search`) and the usual rule. Our search has
no part in it. A figure's difference from the published one is counted in standard errors that 25 tables of that chance
have; the squares of all 50 added up are the distance: about 50 for the right chance, were the figures independent
(they are not: of the same 25 tables come five). A standard error is never taken for less than 1 point of a share, 2 of
the tables with a total hidden, or one hidden number.

What came out with 400 tables a size: rows and columns apart, their weights from a Dirichlet distribution of 2 (distance
34) or 2.2 (36), even from 0.03 to 1 (35) or log-normal of 0.75 (38). Cells with weights of their own come no nearer
than 118 in any family. The published figures can not tell these four apart (`NEAREST`), and that the chance was one of
this kind is likely, not known.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.bench.reference_search import ReferenceSearch
from tests.disclosure.oracle import Grid, naive, with_totals

K = 11
LOW_K = 5
OF_THE_REFERENCE = 25
"""Tables a size behind each published figure."""
Size = tuple[int, int, int]
"""People on the list, rows, columns."""


class Figures(NamedTuple):
    """The five columns of privacy reference 1.3, in percent."""

    shown: float
    """Inner cells shown at k = 11."""
    totals: float
    """Tables of which a total has to be hidden."""
    exact: float
    """Of the small cells that the usual rule hides: how many can be worked out."""
    unsafe: float
    """The same: how many are proved small, or located."""
    shown_5: float
    """Inner cells shown at k = 5."""


PUBLISHED: dict[Size, Figures] = {
    (30, 2, 3): Figures(8, 100, 9, 84, 28), (30, 3, 4): Figures(23, 100, 10, 89, 30),
    (60, 2, 3): Figures(11, 60, 2, 49, 40), (60, 3, 4): Figures(13, 100, 5, 54, 37),
    (100, 2, 3): Figures(26, 28, 2, 39, 55), (100, 3, 4): Figures(20, 68, 0, 50, 42),
    (150, 2, 3): Figures(35, 12, 2, 37, 77), (150, 3, 4): Figures(30, 32, 0, 46, 60),
    (600, 2, 3): Figures(91, 4, 20, 20, 100), (600, 3, 4): Figures(70, 0, 0, 30, 89),
}  # fmt: skip

Draw = Callable[[random.Random, float], float]
"""One weight, given the family's parameter."""
DRAWS: dict[str, tuple[Draw, tuple[float, ...]]] = {
    "Dirichlet": (lambda rng, alpha: rng.gammavariate(alpha, 1.0), (0.7, 1.0, 1.5, 2.0, 2.2, 2.5, 3.0, 5.0)),
    "log-normal": (lambda rng, sigma: math.exp(rng.gauss(0.0, sigma)), (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.1, 1.4)),
    "even up to 1 from": (lambda rng, low: rng.uniform(low, 1.0), (0.0, 0.01, 0.03, 0.05, 0.1, 0.2, 0.4)),
}
"""Name of the family, how it draws, and the parameters tried."""
Thrown = Callable[[random.Random, int, int, int], Grid]
"""A table of so many people, rows and columns, with its totals."""


def apart(draw: Callable[[random.Random], float]) -> Thrown:
    """People thrown into rows and columns that have nothing to do with each other."""

    def table(rng: random.Random, people: int, rows: int, columns: int) -> Grid:
        down, across = ([draw(rng) for _ in range(n)] for n in (rows, columns))
        return _thrown(rng, people, [a * b for a in down for b in across], columns)

    return table


def together(draw: Callable[[random.Random], float]) -> Thrown:
    """People thrown into cells with weights of their own."""

    def table(rng: random.Random, people: int, rows: int, columns: int) -> Grid:
        return _thrown(rng, people, [draw(rng) for _ in range(rows * columns)], columns)

    return table


def _thrown(rng: random.Random, people: int, weights: Sequence[float], columns: int) -> Grid:
    fell = Counter(rng.choices(range(len(weights)), weights, k=people))
    return with_totals(
        [[fell[r + c] for c in range(columns)] for r in range(0, len(weights), columns)]
    )  # fmt: skip


fitted_table = apart(lambda rng: rng.gammavariate(2.0, 1.0))
"""The chance that brings the published figures nearest."""
NEAREST: dict[str, Thrown] = {
    "Dirichlet 2, apart: nearest to the published figures": fitted_table,
    "even up to 1 from 0.03, apart: as near": apart(lambda rng: rng.uniform(0.03, 1.0)),
    "Dirichlet 2.2, apart: as near": apart(lambda rng: rng.gammavariate(2.2, 1.0)),
    "log-normal 0.75, apart: nearly as near": apart(lambda rng: math.exp(rng.gauss(0.0, 0.75))),
}
"""The chances that the published figures can not tell apart."""
uneven_table = together(lambda rng: rng.expovariate(1.0))
"""Some cells are crowded and some nearly empty."""
even_table = apart(lambda rng: rng.uniform(0.4, 2.4))
"""Rows and columns alike in size, up to six to one."""


class _Seen(NamedTuple):
    """What one table adds to the figures."""

    shown: float
    totals: float
    exact: int
    unsafe: int
    hidden: int
    """Small cells that the usual rule hides."""
    shown_5: float


def share_shown(grid: Grid, hidden: frozenset[tuple[int, int]]) -> float:
    """The share of inner cells that are not hidden."""
    rows, columns = len(grid) - 1, len(grid[0]) - 1
    return 1 - sum(r < rows and c < columns for r, c in hidden) / (rows * columns)


def usual_rule(grid: Grid) -> tuple[int, int, int]:
    """Of the small cells that the usual rule hides: how many can be worked out, how many are unsafe, how many."""
    audit, hidden = ReferenceSearch(grid, K, K), frozenset(naive(grid, K))
    small = hidden & audit.small
    return len(small & set(audit.exact(hidden))), len(small & set(audit.unsafe(hidden))), len(small)


def _seen(grid: Grid) -> _Seen:
    search = ReferenceSearch(grid, K, K)
    hidden = search.solve()
    exact, unsafe, small = usual_rule(grid)
    loose = ReferenceSearch(grid, LOW_K, LOW_K).solve()
    return _Seen(
        share_shown(grid, hidden), float(bool(search.totals(hidden))), exact, unsafe, small, share_shown(grid, loose)
    )


def expected(rng: random.Random, throw: Thrown, size: Size, tables: int) -> tuple[Figures, Figures]:
    """The five figures in percent from so many tables, and the standard errors that 25 such tables have."""
    seen = [_seen(throw(rng, *size)) for _ in range(tables)]
    hidden = max(sum(one.hidden for one in seen) / tables, 1 / tables)
    means, errors = [], []
    for name, least in (("shown", 1.0), ("totals", 2.0), ("exact", 0.0), ("unsafe", 0.0), ("shown_5", 1.0)):
        amounts = [float(getattr(one, name)) for one in seen]
        mean = statistics.fmean(amounts)
        if name in ("exact", "unsafe"):  # a share of hidden cells, of which each table has its own number
            mean /= hidden
            amounts = [(amount - mean * one.hidden) / hidden for amount, one in zip(amounts, seen, strict=True)]
            least = 100 / (OF_THE_REFERENCE * hidden)
        means.append(100 * mean)
        errors.append(max(100 * statistics.pstdev(amounts) / math.sqrt(OF_THE_REFERENCE), least))
    return Figures(*means), Figures(*errors)


def _fit(tables: int) -> None:
    """A line for each chance, nearest first."""
    lines = []
    for together_or_apart in (apart, together):
        for family, (draw, parameters) in DRAWS.items():
            for parameter in parameters:
                throw = together_or_apart(lambda rng, draw=draw, parameter=parameter: draw(rng, parameter))
                lines.append((*_distance(throw, tables), f"{family} {parameter:g}, {together_or_apart.__name__}"))
    sys.stdout.write("distance  mean difference in points: shown, total hidden, exact, unsafe, shown at 5\n")
    for distance, apart_by, words in sorted(lines, key=lambda line: line[0]):
        points = "  ".join(f"{points:5.1f}" for points in apart_by)
        sys.stdout.write(f"{distance:8.0f}  {points}   {words}\n")


def _distance(throw: Thrown, tables: int) -> tuple[float, list[float]]:
    squares, points = 0.0, [0.0] * len(Figures._fields)
    for size, published in PUBLISHED.items():
        means, errors = expected(random.Random(f"{size}"), throw, size, tables)
        for at, (wanted, mean, error) in enumerate(zip(published, means, errors, strict=True)):
            squares += ((wanted - mean) / error) ** 2
            points[at] += abs(wanted - mean) / len(PUBLISHED)
    return squares, points


def _side_by_side(tables: int) -> None:
    """Every published figure beside the fitted chance's, with the standard error of 25 tables."""
    heads = ("shown", "total hidden", "exact", "unsafe", "shown at 5")
    sys.stdout.write("published | fitted chance ± standard error of 25 tables, in percent\npeople  table")
    sys.stdout.write("".join(f"{head:>18}" for head in heads) + "\n")
    for size, published in PUBLISHED.items():
        means, errors = expected(random.Random(f"{size}"), fitted_table, size, tables)
        cells = zip(published, means, errors, strict=True)
        line = "".join(f"{wanted:7.0f} |{mean:4.0f} ±{error:3.0f}" for wanted, mean, error in cells)
        sys.stdout.write(f"{size[0]:6}  {size[1]}x{size[2]}  {line}\n")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    _fit(count)
    _side_by_side(count)
