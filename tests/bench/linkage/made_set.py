"""What a made-up set is: columns of a sheet, the true person of each row, what went wrong with it, planted traps."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench.linkage.vocabulary import Numbers, Words

BESIDE_NAME_AND_BIRTH = frozenset({"number slip", "other home", "no suffix", "institution", "borrowed number"})
"""Kinds of error that leave first name, last name and birth date as they are."""


@dataclass
class MadeSet:
    """Rows with their truth. Every array has one entry a row."""

    columns: dict[str, Words]
    person: Numbers
    """The true person; rows of nobody (John Doe, units) have a number of their own each, below 0."""
    slips: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    """By kind of error, the rows that have it."""
    traps: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """By kind, pairs of two people easily taken for one."""

    @property
    def nobody(self) -> NDArray[np.bool_]:
        """Rows that name nobody."""
        return self.person < 0

    @property
    def plain(self) -> NDArray[np.bool_]:
        """Rows with first name, last name and birth date as they truly are."""
        bad = [rows for kind, rows in self.slips.items() if kind not in BESIDE_NAME_AND_BIRTH]
        return ~self.nobody & ~np.any(bad, axis=0)

    def reordered(self, order: Numbers) -> MadeSet:
        """The same rows in another order, or some of them."""
        return MadeSet(
            {name: column[order] for name, column in self.columns.items()},
            self.person[order], {name: rows[order] for name, rows in self.slips.items()}, self.traps,
        )  # fmt: skip

    def write(self, path: Path) -> None:
        """The sheet as a CSV, truth left out."""
        with path.open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream, lineterminator="\n")
            out.writerow(self.columns)
            out.writerows(zip(*(column.tolist() for column in self.columns.values()), strict=True))
