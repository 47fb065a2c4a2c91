"""Cells, rows and tables as printed, and how a count, a percent and an average become a cell.

A hidden or missing number is never 0 and never leaves a percent or an average behind it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.measures.statistics import Ratio

NO_DATA = "no data"

LEAST_BASE = 30
"""No percent of fewer than this many (reference: packet rules, small months): '6 of 21' is printed as it is."""

UNSTABLE, ALIKE = "*", "≈"
"""Beside a ratio: on fewer than 20 on either side; not to be told apart from no difference."""

Kind = Literal["text", "count", "percent", "average", "dollars"]


@dataclass(frozen=True)
class Cell:
    """One printed cell. `value` is the number behind `text`, None where a word or a marker stands instead."""

    text: str
    value: float | None = None
    kind: Kind = "text"


@dataclass(frozen=True)
class Heading:
    """One column's heading."""

    text: str
    kind: Kind = "count"


@dataclass(frozen=True)
class Row:
    """One row: its label and a cell for each heading."""

    label: str
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class Grid:
    """A printed table."""

    row_title: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]

    @property
    def hidden(self) -> int:
        """How many cells are the marker."""
        return sum(cell.text == HIDDEN for row in self.rows for cell in row.cells)


HIDDEN_CELL = Cell(HIDDEN)
MISSING_CELL = Cell(NO_DATA)
EMPTY_CELL = Cell("")


def count_cell(count: float | None, missing: bool = False, unit: str = "") -> Cell:
    """A count as printed: `1,024`, `$1,024`, the marker, or 'no data'."""
    if missing:
        return MISSING_CELL
    if count is None:
        return HIDDEN_CELL
    whole = _half_up(count)
    if unit == "dollars":
        return Cell(f"${whole:,}", whole, "dollars")
    return Cell(f"{whole:,}", whole, "count")


def percent_cell(count: float | None, of: float | None, missing: bool = False) -> Cell:
    """`count` of `of` in whole percent; empty on a base under 30, the marker where either number is hidden."""
    if missing:
        return MISSING_CELL
    if of is not None and of < LEAST_BASE:
        return EMPTY_CELL
    if count is None or of is None:
        return HIDDEN_CELL
    ratio = count / of
    whole = _half_up(ratio * 100)
    if whole == 0 and count > 0:
        return Cell("<1%")
    if whole == 100 and count < of:
        return Cell(">99%")
    return Cell(f"{whole}%", whole / 100, "percent")


def average_cell(amount: float | None, people: float | None, missing: bool = False) -> Cell:
    """`amount` for each of `people`, with one decimal; empty where there is nobody."""
    if missing:
        return MISSING_CELL
    if amount is None or people is None:
        return HIDDEN_CELL
    if people == 0:
        return EMPTY_CELL
    tenths = _half_up(amount / people * 10) / 10
    return Cell(f"{tenths:,.1f}", tenths, "average")


def ratio_words(found: Ratio, digits: int = 1) -> str:
    """`1.9 (1.0 to 3.5)*`."""
    marks = (UNSTABLE if found.unstable else "") + ("" if found.differs else ALIKE)
    value = HIDDEN if found.value is None else f"{found.value:.{digits}f}"
    high = "no upper end" if math.isinf(found.high) else f"{found.high:.{digits}f}"
    return f"{value} ({found.low:.{digits}f} to {high}){marks}"


def _half_up(number: float) -> int:
    """Nearest whole number, halves up: what a reader with a pencil gets."""
    return math.floor(number + 0.5)
