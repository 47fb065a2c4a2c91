"""What a column holds, in brief: its commonest values and how many of them pass a content test."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

import numpy as np

from ddj_desktop.intake.coded import Coded, combined
from ddj_desktop.intake.looks import NOTHING
from ddj_desktop.intake.table import Line, Table
from ddj_desktop.intake.words import LONGEST

ROWS = 20_000
"""Rows looked at; a suggestion needs no more."""
DISTINCT = 500
"""Different values put to the content tests."""


@dataclass
class Column:
    """One column's heading and the values put to the content tests."""

    index: int
    header: str
    named: bool
    """False where the sheet gives no heading and one was made from the column's letter."""
    filled: int
    """Values that are not blank and do not stand for nothing, in the rows looked at."""
    rows: int
    different: int
    sample: tuple[tuple[str, int], ...]
    values: Coded = field(default_factory=lambda: Coded.of(()))
    """Every value looked at, in the sheet's order, blanks too."""
    _shares: dict[Callable[[str], bool], float] = field(default_factory=dict)

    def share(self, fits: Callable[[str], bool]) -> float:
        """Share of the sample, by rows, that passes a test; 0 for a blank column."""
        known = self._shares.get(fits)
        if known is None:
            total = sum(often for _, often in self.sample)
            known = sum(often for text, often in self.sample if fits(text)) / total if total else 0.0
            self._shares[fits] = known
        return known

    @property
    def distinct_share(self) -> float:
        """Different values for each filled one: 1 where none returns."""
        return self.different / self.filled if self.filled else 0.0

    def with_several(self, other: Column) -> tuple[int, float]:
        """How many values return, and the share of them that stand with two or more values of another column."""
        both = self.values.where(str.strip) & other.values.where(str.strip)
        mine, theirs = self.values.at(both), other.values.at(both)
        _, firsts = combined([mine, theirs])
        repeated = np.bincount(mine.codes, minlength=len(mine.words)) > 1
        seen = np.bincount(mine.codes[firsts], minlength=len(mine.words))
        torn, many = int((seen[repeated] > 1).sum()), int(repeated.sum())
        return many, torn / many if many else 0.0

    @property
    def examples(self) -> tuple[str, ...]:
        """Three values for the person to see."""
        return tuple(text for text, _ in self.sample[:3])


def columns(headers: Sequence[str], data: Sequence[Line]) -> list[Column]:
    """The columns that hold a value or a heading, left to right. Headings that return get a number."""
    rows = Table.of(data).at(slice(ROWS))
    width = max(len(headers), int(rows.widths.max(initial=0)))
    taken: Counter[str] = Counter()
    found = []
    for index in range(width):
        values = rows.column(index)
        counts = values.counts()
        heading = " ".join(headers[index].split()) if index < len(headers) else ""
        if not heading and not any(text.strip() for text in counts):
            continue
        name = heading[:LONGEST] or f"Column {letters(index)}"
        taken[name.casefold()] += 1
        if taken[name.casefold()] > 1:
            name = f"{name} ({taken[name.casefold()]})"
        found.append(_column(index, name, bool(heading), counts, values))
    return found


def _column(index: int, name: str, named: bool, counts: Mapping[str, int], cells: Coded) -> Column:
    values: Counter[str] = Counter()
    for text, often in counts.items():
        stripped = text.strip()[:LONGEST]
        if stripped.lower() not in NOTHING:
            values[stripped] += often
    # Commonest first; among equals a fixed shuffle, so that neither row order nor the alphabet picks the sample.
    sample = nsmallest(
        DISTINCT, values.items(), key=lambda item: (-item[1], zlib.crc32(item[0].encode("utf-8", "replace")), item[0])
    )
    return Column(index, name, named, values.total(), len(cells), len(values), tuple(sample), cells)


def letters(index: int) -> str:
    """The letters a spreadsheet program shows for a column: A for 0, AB for 27."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
