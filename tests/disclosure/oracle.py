"""A second audit, written apart from the first: list every fill of a small table and look at each hidden number."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

import numpy as np

Grid = list[list[int]]
"""A table with its totals: the last row and the last column are sums."""
Cell = tuple[int, int]


@dataclass(frozen=True)
class Ranges:
    """Every hidden number's lowest and highest value over all fills, and how many fills there are."""

    ends: dict[Cell, tuple[int, int]]
    fills: int


def with_totals(inner: Grid) -> Grid:
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def random_table(rng: random.Random, people: int, rows: int, columns: int) -> Grid:
    """People thrown into cells with uneven weights, as real groups are."""
    down = [rng.random() + 0.15 for _ in range(rows)]
    across = [rng.random() + 0.15 for _ in range(columns)]
    inner = [[0] * columns for _ in range(rows)]
    for _ in range(people):
        inner[rng.choices(range(rows), down)[0]][rng.choices(range(columns), across)[0]] += 1
    return with_totals(inner)


def every_fill(grid: Grid, hidden: set[Cell], cap: int) -> Ranges:
    """Go through all whole-number tables that agree with every shown number, none above `cap`."""
    rows, columns = len(grid) - 1, len(grid[0]) - 1
    column_cap = np.array([cap if (rows, c) in hidden else grid[rows][c] for c in range(columns)])
    so_far = np.zeros((1, 0), dtype=np.int64)
    for r in range(rows):
        lines = _lines(grid, hidden, r, cap)
        left = np.repeat(so_far, len(lines), axis=0)
        right = np.tile(lines, (len(so_far), 1))
        so_far = np.concatenate([left, right], axis=1)
        sums = so_far.reshape(len(so_far), r + 1, columns).sum(axis=1)
        so_far = so_far[(sums <= column_cap).all(axis=1)]
    cube = so_far.reshape(len(so_far), rows, columns)
    cube = np.concatenate([cube, cube.sum(axis=2, keepdims=True)], axis=2)
    cube = np.concatenate([cube, cube.sum(axis=1, keepdims=True)], axis=1)
    keep = (cube <= cap).all(axis=(1, 2))
    for r, c in itertools.product(range(rows + 1), range(columns + 1)):
        if (r, c) not in hidden:
            keep &= cube[:, r, c] == grid[r][c]
    cube = cube[keep]
    return Ranges({(r, c): (int(cube[:, r, c].min()), int(cube[:, r, c].max())) for r, c in hidden}, len(cube))


def _lines(grid: Grid, hidden: set[Cell], row: int, cap: int) -> np.ndarray:
    """Every way one row can be filled."""
    columns, last = len(grid[0]) - 1, len(grid) - 1
    total = None if (row, columns) in hidden else grid[row][columns]
    lines: list[list[int]] = [[]]
    for c in range(columns):
        if (row, c) not in hidden:
            lines = [[*line, grid[row][c]] for line in lines]
            continue
        top = min(cap if total is None else total, cap if (last, c) in hidden else grid[last][c])
        room = cap if total is None else total
        lines = [[*line, amount] for line in lines for amount in range(min(top, room - sum(line)) + 1)]
    if total is not None:
        lines = [line for line in lines if sum(line) == total]
    return np.array(lines, dtype=np.int64).reshape(len(lines), columns)


def naive(grid: Grid, threshold: int) -> set[Cell]:
    """The usual spreadsheet rule: hide small cells, then the next smallest until no line has just one hidden."""
    rows, columns = len(grid) - 1, len(grid[0]) - 1
    hidden = {(r, c) for r in range(rows) for c in range(columns) if 0 < grid[r][c] < threshold}
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    changed = True
    while changed:
        changed = False
        for line in lines:
            free = [cell for cell in line if cell not in hidden and grid[cell[0]][cell[1]]]
            if sum(cell in hidden for cell in line) == 1 and free:
                hidden.add(min(free, key=lambda cell: grid[cell[0]][cell[1]]))
                changed = True
    return hidden


def unsafe(grid: Grid, ranges: Ranges, threshold: int) -> list[Cell]:
    """Hidden small numbers whose range is too low or too narrow."""
    small = [cell for cell in ranges.ends if 0 < grid[cell[0]][cell[1]] < threshold]
    ends = ranges.ends
    return [cell for cell in small if ends[cell][1] < threshold + 1 or ends[cell][1] - ends[cell][0] < threshold - 1]
