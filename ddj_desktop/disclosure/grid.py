"""Reading a cross-table of counts from a CSV file, with every doubt said in one sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.disclosure.errors import NotACountTable

LARGEST = 1_000_000_000
"""No county counts more; a larger number is a slip of the file."""
MOST_CELLS = 20_000
"""More than this is no cross-table, and no proof would come in time."""


@dataclass(frozen=True)
class Grid:
    """A table as its file holds it. Rows and columns of totals are among the others, known by their place."""

    corner: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    lines: tuple[int, ...]
    """The line of the file each row stands on, as a spreadsheet program shows it."""
    texts: tuple[tuple[str, ...], ...]
    counts: tuple[tuple[int, ...], ...]
    total_row: int | None
    total_column: int | None
    delimiter: str
    bom: bool

    def row_key(self, row: int) -> str:
        """A row's name for sorting: its label, and which of its namesakes it is."""
        return f"{self.labels[row]}\x1f{self.labels[:row].count(self.labels[row]):05d}"

    def column_key(self, column: int) -> str:
        """A column's name for sorting: its heading, and which of its namesakes it is."""
        return f"{self.columns[column]}\x1f{self.columns[:column].count(self.columns[column]):05d}"


def read_grid(source: Path) -> Grid:
    """Read and check the table. Raises NotACountTable with the line and column that is wrong."""
    text, bom = _decoded(source)
    delimiter = _delimiter(text)
    rows = _cells(text, delimiter, source.name)
    if len(rows) < 2 or len(rows[0][1]) < 2:
        raise _wrong(source, "it has no counts below a line of headings")
    heading = rows[0][1]
    for line, cells in rows[1:]:
        if len(cells) != len(heading):
            raise _wrong(source, f"line {line} has {len(cells)} cells where the headings have {len(heading)}")
    if (len(rows) - 1) * (len(heading) - 1) > MOST_CELLS:
        raise _wrong(source, f"it has more than {MOST_CELLS:,} numbers")
    body = rows[1:]
    counts = tuple(
        tuple(_count(source, line, heading[c + 1], cell) for c, cell in enumerate(cells[1:])) for line, cells in body
    )
    grid = Grid(
        corner=heading[0], columns=tuple(heading[1:]), labels=tuple(cells[0] for _, cells in body),
        lines=tuple(line for line, _ in body), texts=tuple(tuple(cells[1:]) for _, cells in body), counts=counts,
        total_row=_total([cells[0] for _, cells in body], counts),
        total_column=_total(heading[1:], tuple(zip(*counts, strict=True))), delimiter=delimiter, bom=bom,
    )  # fmt: skip
    _adds_up(source, grid)
    return grid


def _decoded(source: Path) -> tuple[str, bool]:
    try:
        data = source.read_bytes()
    except OSError:
        raise NotACountTable(
            file=source.name, why="it can not be opened", what_to_do="Check its name and folder."
        ) from None
    bom = data.startswith(b"\xef\xbb\xbf")
    if b"\x00" in data:
        raise _wrong(source, "it is not text")
    try:
        return data.decode("utf-8-sig"), bom
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), bom


def _delimiter(text: str) -> str:
    """The mark that parts most cells of the first line that holds any."""
    for line in text.splitlines():
        if line.strip():
            return max((",", "\t", ";", "|"), key=line.count)
    return ","


def _cells(text: str, delimiter: str, name: str) -> list[tuple[int, list[str]]]:
    """Each line that is not blank, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        raise NotACountTable(
            file=name, why="it is not a CSV file", what_to_do="Save the table as CSV and try again."
        ) from None


def _count(source: Path, line: int, column: str, cell: str) -> int:
    """A whole number from zero up. '1,234' and '12.0' are taken; nothing else is guessed at."""
    plain = cell.strip().replace(",", "").replace("\u00a0", "")
    whole, point, rest = plain.partition(".")
    if point and rest.strip("0") == "":
        plain = whole
    where = f"line {line}, column “{column}” holds"
    if not plain:
        raise _wrong(source, f"{where} nothing")
    if plain.startswith(("-", "−")):
        raise _wrong(source, f"{where} a number below zero")
    if not (plain.isascii() and plain.isdigit()):
        raise _wrong(source, f"{where} something that is not a whole number")
    if len(plain.lstrip("0")) > 10 or int(plain) > LARGEST:
        raise _wrong(source, f"{where} a number too large to be a count")
    return int(plain)


def _total(names: Sequence[str], lines: Sequence[Sequence[int]]) -> int | None:
    """Which line is the total: the one called Total; else the last or first when it is the sum of the others.

    A margin under another name would otherwise pass for one more group and give the hidden cells away.
    """
    called = [place for place, name in enumerate(names) if name.strip().casefold() == "total"]
    if called:
        return called[-1]
    if len(lines) < 3:
        return None
    for place in (len(lines) - 1, 0):
        others = [line for at, line in enumerate(lines) if at != place]
        if any(lines[place]) and all(
            sum(cells) == lines[place][at] for at, cells in enumerate(zip(*others, strict=True))
        ):
            return place
    return None


def _adds_up(source: Path, grid: Grid) -> None:
    lone_row = len(grid.labels) == 1 and grid.total_row is not None
    if lone_row or (len(grid.columns) == 1 and grid.total_column is not None):
        raise _wrong(source, "it holds totals and nothing they could be totals of")
    for r, row in enumerate(grid.counts):
        if grid.total_column is not None and sum(row) != 2 * row[grid.total_column]:
            raise _wrong(source, f"the total on line {grid.lines[r]} is not the sum of its line", MEND_TOTALS)
    for c, column in enumerate(zip(*grid.counts, strict=True)):
        if grid.total_row is not None and sum(column) != 2 * column[grid.total_row]:
            raise _wrong(source, f"the total of column “{grid.columns[c]}” is not the sum of it", MEND_TOTALS)


MEND_TOTALS = "Correct the total, or take the line of totals out if rows overlap."


def _wrong(source: Path, why: str, what_to_do: str = "") -> NotACountTable:
    advice = (
        what_to_do or "The first column holds labels, the first line headings, and every other cell a whole number."
    )
    return NotACountTable(file=source.name, why=why, what_to_do=advice)
