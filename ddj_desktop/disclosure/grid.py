"""Reading a cross-table of counts from a CSV file, with every doubt said in one sentence."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.disclosure.errors import NotACountTable

LARGEST = 1_000_000_000
"""No county counts more; a larger number is a slip of the file."""
MOST_CELLS = 20_000
"""More than this is no cross-table, and no proof would come in time."""


TOTALS = frozenset({"total", "totals", "grand total", "subtotal", "sub-total"})
MARKERS = frozenset({"—", "–", "-", "*", "**", "x", "s", "n/a", "na", "nd", "ds", "hidden", "suppressed", "redacted",
                     "masked", "..", "..."})  # fmt: skip
"""What tables print in place of a hidden count."""


@dataclass(frozen=True)
class Sum:
    """A row of totals."""

    row: int
    parts: tuple[int, ...]
    """The rows it adds up."""
    directions: int
    """Over how many columns of labels it is a total: 1, or 2 and more for a grand total."""


@dataclass(frozen=True)
class Grid:
    """A table as its file holds it. Rows and columns of totals are among the others, known by their place."""

    corner: tuple[str, ...]
    """Headings of the columns of labels."""
    columns: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    """Each row's labels as they stand in the file."""
    lines: tuple[int, ...]
    """The line of the file each row stands on, as a spreadsheet program shows it."""
    texts: tuple[tuple[str, ...], ...]
    counts: tuple[tuple[int, ...], ...]
    sums: tuple[Sum, ...]
    """Which rows are totals of which others."""
    total_column: int | None
    delimiter: str
    bom: bool

    def row_key(self, row: int) -> str:
        """A row's name for sorting: its labels, and which of its namesakes it is."""
        return "\x1f".join((*self.labels[row], f"{self.labels[:row].count(self.labels[row]):05d}"))

    def margins(self, row: int, column: int) -> int:
        """In how many directions a cell is a total."""
        down = max((one.directions for one in self.sums if one.row == row), default=0)
        return down + (column == self.total_column)

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
    first = _first_count(body)
    counts = tuple(
        tuple(_count(source, line, heading[c], cells[c]) for c in range(first, len(heading))) for line, cells in body
    )
    labels = tuple(tuple(cells[:first]) for _, cells in body)
    grid = Grid(
        corner=tuple(heading[:first]), columns=tuple(heading[first:]), labels=labels,
        lines=tuple(line for line, _ in body), texts=tuple(tuple(cells[first:]) for _, cells in body), counts=counts,
        sums=_sums(_filled_down(labels), counts),
        total_column=_total(heading[first:], tuple(zip(*counts, strict=True))), delimiter=delimiter, bom=bom,
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


def _first_count(body: Sequence[tuple[int, list[str]]]) -> int:
    """Which column holds the first counts. A table of three groupings has two columns of labels or more: where those
    before it do not tell the rows apart, a column of words is one of them."""
    width = len(body[0][1])
    for c in range(1, width - 1):
        before = [tuple(cells[:c]) for _, cells in body]
        if len(set(before)) == len(before) or any(_like_a_count(cells[c]) for _, cells in body):
            return c
    return max(width - 1, 1)


def _like_a_count(cell: str) -> bool:
    plain = cell.strip()
    return plain.casefold() in MARKERS or bool(re.fullmatch(r"[<>≤≥~-]?\s*[\d.,\s]+%?", plain))


def _filled_down(labels: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Labels with what pivot tables leave out: a group's name on its first line alone, 'Female Total' for its total."""
    filled: list[tuple[str, ...]] = []
    for row in labels:
        words = [word.strip().casefold() for word in row]
        for at, word in enumerate(words[:-1]):
            if not word and filled and not _is_total(filled[-1][at]):
                words[at] = filled[-1][at]
            elif filled and word == f"{filled[-1][at]} total":
                words[at:] = [filled[-1][at], *["total"] * (len(words) - at - 1)]
                break
            elif _is_total(word):
                words[at:] = [later or "total" for later in words[at:]]
        filled.append(tuple(words))
    return filled


def _is_total(word: str) -> bool:
    return word in TOTALS


def _sums(labels: Sequence[tuple[str, ...]], counts: Sequence[Sequence[int]]) -> tuple[Sum, ...]:
    """Every row of totals with the rows it adds up; a grand total adds up the totals under it, and what they sum."""
    if len(labels[0]) == 1:
        total = _total([row[0] for row in labels], counts)
        rest = tuple(r for r in range(len(labels)) if r != total)
        return (Sum(total, rest, 1),) if total is not None else ()
    found = []
    for r, row in enumerate(labels):
        over = [at for at, word in enumerate(row) if _is_total(word)]
        for some in (s for size in range(1, len(over) + 1) for s in itertools.combinations(over, size)):
            parts = tuple(p for p, other in enumerate(labels) if _is_part(other, row, some))
            if parts:
                found.append(Sum(r, parts, len(over)))
    return tuple(found)


def _is_part(part: tuple[str, ...], total: tuple[str, ...], over: tuple[int, ...]) -> bool:
    return all(not _is_total(word) if at in over else word == total[at] for at, word in enumerate(part))


def _count(source: Path, line: int, column: str, cell: str) -> int:
    """A whole number from zero up. '1,234', '1 234' and '12.0' are taken; nothing else is guessed at."""
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}(\D|$))", "", cell.strip())
    whole, point, rest = plain.partition(".")
    if point and rest.strip("0") == "":
        plain = whole
    if plain.isascii() and plain.isdigit():
        if len(plain.lstrip("0")) > 10 or int(plain) > LARGEST:
            raise _wrong(source, f"line {line}, column “{column}” holds a number too large to be a count")
        return int(plain)
    why, what_to_do = _no_count(plain)
    raise _wrong(source, f"line {line}, column “{column}” holds {why}", what_to_do)


def _no_count(plain: str) -> tuple[str, str]:
    """What a cell holds that is no count, and what to do; never the cell itself."""
    if not plain:
        return "nothing", "Write 0 where nobody was counted."
    if plain.casefold() in MARKERS or plain[0] in "<>≤≥":
        return (
            "a mark of a hidden count",
            "Take the table before anything was hidden: this command hides what has to be.",
        )
    if plain.endswith("%"):
        return "a percentage", "Give the counts behind it: percentages follow from them."
    if plain.startswith(("-", "−")):
        return "a number below zero", "Counts begin at 0."
    if re.fullmatch(r"\d*[.,]\d+", plain):
        return (
            "something that is not a whole number",
            "Rates, means and amounts of money can not be protected as counts.",
        )
    return "something that is not a whole number", ""


def _total(names: Sequence[str], lines: Sequence[Sequence[int]]) -> int | None:
    """Which line is the total: the one called Total; else the last or first when it is the sum of the others.

    A margin under another name would otherwise pass for one more group and give the hidden cells away.
    """
    called = [place for place, name in enumerate(names) if _is_total(name.strip().casefold())]
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
    alone = len(grid.labels) == 1 and grid.sums
    if alone or (len(grid.columns) == 1 and grid.total_column is not None):
        raise _wrong(source, "it holds totals and nothing they could be totals of")
    for r, row in enumerate(grid.counts):
        if grid.total_column is not None and sum(row) != 2 * row[grid.total_column]:
            raise _wrong(source, f"the total on line {grid.lines[r]} is not the sum of its line", MEND_TOTALS)
    for one in grid.sums:
        for c, column in enumerate(zip(*grid.counts, strict=True)):
            if column[one.row] != sum(column[part] for part in one.parts):
                where = f"the total of column “{grid.columns[c]}” on line {grid.lines[one.row]}"
                raise _wrong(source, f"{where} is not the sum of it", MEND_TOTALS)


MEND_TOTALS = "Correct the total, or take the line of totals out if rows overlap."


def _wrong(source: Path, why: str, what_to_do: str = "") -> NotACountTable:
    advice = (
        what_to_do or "The first column holds labels, the first line headings, and every other cell a whole number."
    )
    return NotACountTable(file=source.name, why=why, what_to_do=advice)
