"""Contacts of people counted into cells: how many, of how many people, and the two people with the most in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """What a table of contacts holds in each cell, in rows of columns."""

    counts: tuple[tuple[int, ...], ...]
    people: tuple[tuple[int, ...], ...]
    top_two: tuple[tuple[tuple[float, float], ...], ...]
    """The two largest numbers of contacts of one person each."""


def cells(person: Numbers, row: Numbers, column: Numbers, shape: tuple[int, int]) -> Cells:
    """Count contacts: the one at a place of the three arrays is `person`'s, in row `row` and column `column`."""
    rows, columns = shape
    cell = row * columns + column
    order = np.lexsort((person, cell))
    cell, person = cell[order], person[order]
    new = np.ones(len(cell), np.bool_)
    new[1:] = (cell[1:] != cell[:-1]) | (person[1:] != person[:-1])
    starts = np.flatnonzero(new)
    amounts, of_cell = np.diff(np.append(starts, len(cell))), cell[starts]
    counts = np.bincount(cell, minlength=rows * columns)
    people = np.bincount(of_cell, minlength=rows * columns)
    first, second = np.zeros(rows * columns), np.zeros(rows * columns)
    for place in np.unique(of_cell):
        top = np.sort(amounts[of_cell == place])[-2:]
        first[place], second[place] = top[-1], top[0] if len(top) > 1 else 0

    def grid(values: NDArray[np.generic]) -> tuple[tuple[int, ...], ...]:
        return tuple(map(tuple, values.reshape(rows, columns).tolist()))

    pairs = zip(first.tolist(), second.tolist(), strict=True)
    flat = list(pairs)
    return Cells(grid(counts), grid(people), tuple(tuple(flat[r * columns : (r + 1) * columns]) for r in range(rows)))
