"""`protect`: a cross-table of counts from any CSV file made safe, without a county file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ddj_desktop.disclosure import need
from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect, NoSuchHeading
from ddj_desktop.disclosure.grid import Grid, read_grid
from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.disclosure.suppress import SECONDS, Audited, Suppression, TooHard
from ddj_desktop.disclosure.system import Builder, Quantity, System

SECONDS_COARSER = 5.0
"""For each coarser table that is tried where the table itself can not be proved."""
Cell = tuple[int, int]
Printed = Callable[[int, int], bool]
"""Which cells (row, column) a table would print."""
INNER, SIDE, GRAND = 1.0, 30.0, 300.0
"""What hiding costs as cover, as in `protect`: inner cells first, the grand total last."""


@dataclass(frozen=True)
class ProtectedSheet:
    """The table as it may leave, and what the audit proved."""

    text: str
    """The CSV: same shape, order and labels as the file that came in; every hidden number is one marker."""
    rows: tuple[tuple[str, ...], ...]
    """The same line by line, the headings first."""
    bom: bool
    """True when the file that came in began with a byte order mark; the one that goes out does too."""
    hidden: int
    """How many numbers are hidden, totals included."""
    cells: int
    """How many numbers there are."""
    audit: dict[str, object]
    """For the audit file: threshold, readers, each hidden number's feasible range, and groups of one kind."""
    of_one_kind: tuple[str, ...]
    """A sentence for each column or row whose counts, as printed, are all in one cell."""

    @property
    def shown(self) -> int:
        """How many numbers are shown."""
        return self.cells - self.hidden

    def table_bytes(self) -> bytes:
        """The table as a file holds it."""
        return self.text.encode("utf-8-sig" if self.bom else "utf-8")

    def audit_bytes(self) -> bytes:
        """The audit as a file holds it: JSON."""
        return (json.dumps(self.audit, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def protect_csv(source: Path, *, threshold: int = need.FLOOR, known: Sequence[str] = ()) -> ProtectedSheet:
    """Make the table in `source` safe: hide 1 to threshold-1, and whatever gives those away.

    `known` names columns; for each, a partner is supposed who knows that column exactly, and the result is safe
    against each of them and against everybody else. Raises NotACountTable, NoSuchHeading, BadThreshold (below
    the floor of 11), CannotProtect (no proof within 20 seconds, or what is known gives a small number away whatever is
    hidden).
    """
    if threshold < need.FLOOR:
        raise BadThreshold(threshold=threshold, why=f"It can be raised above {need.FLOOR}, never put below.")
    grid = read_grid(source)
    columns = [_columns_called(grid, column, source.name) for column in known]
    work, places = _work(grid, threshold, columns, SECONDS)
    try:
        hidden = work.solve_least()
    except TooHard as error:
        raise CannotProtect(table=source.name, why=str(error), coarser=_coarser(grid, threshold, columns)) from None
    cells = {cell: place for cell, place in places.items() if place in hidden}
    ranges = work.audit(sorted(set(cells.values())))
    lines = _lines(grid, set(cells))
    of_one_kind = _of_one_kind(grid, set(cells))
    return ProtectedSheet(
        _text(grid, lines), tuple(map(tuple, lines)), grid.bom, len(cells), len(places),
        _audit(grid, threshold, known, {cell: ranges[place] for cell, place in cells.items()}, source)
        | {"of_one_kind": list(of_one_kind)},
        of_one_kind,
    )  # fmt: skip


def _work(
    grid: Grid, threshold: int, known: Sequence[list[int]], seconds: float, printed: Printed = lambda r, c: True
) -> tuple[Suppression, dict[Cell, int]]:
    """The work on the table for everybody and for each partner who knows some columns, and the place of each cell."""
    system, places = _system(grid, threshold, printed)
    rows = range(len(grid.counts))
    readers = [frozenset(places[r, c] for r in rows for c in columns) for columns in known]
    return Suppression(system, (frozenset(), *readers), seconds=seconds), places


def _coarser(grid: Grid, threshold: int, known: Sequence[list[int]]) -> str:
    """The next coarser table that can be proved, with how much of it is shown: totals alone, all else left out."""
    totals = {one.row for one in grid.sums}
    offers: list[tuple[str, Printed]] = []
    if grid.total_column is not None:
        offers.append((f"its column “{grid.columns[grid.total_column]}” alone", lambda r, c: c == grid.total_column))
    if totals:
        offers.append(("its lines of totals alone", lambda r, c: r in totals))
    for words, printed in offers:
        work, places = _work(grid, threshold, known, SECONDS_COARSER, printed)
        try:
            hidden = work.solve_least()
        except TooHard:
            continue
        there = [place for cell, place in places.items() if printed(*cell)]
        shown = sum(place not in hidden for place in there)
        if shown:
            return f"{words}, where {shown} of {len(there)} numbers can be shown"
    return "one with fewer rows or columns"


def _system(grid: Grid, threshold: int, printed: Printed) -> tuple[System, dict[Cell, int]]:
    """The table as one system, and the place in it of each cell (row, column), totals included."""
    builder = Builder()
    largest = max(amount for row in grid.counts for amount in row)
    names: dict[Cell, str] = {}
    for r, row in enumerate(grid.counts):
        for c, amount in enumerate(row):
            names[r, c] = f"{grid.row_key(r)}\x1e{grid.column_key(c)}"
            wanted = need.of_people(amount, threshold)
            cost = (INNER, SIDE, GRAND)[min(grid.margins(r, c), 2)]
            builder.add(Quantity(names[r, c], amount, 10 * largest + 1000, wanted, printed(r, c), cost))
    numbers = {cell: builder.names[name] for cell, name in names.items()}
    rows, columns = range(len(grid.counts)), range(len(grid.columns))
    if grid.total_column is not None:
        for r in rows:
            builder.tie([numbers[r, grid.total_column]], [numbers[r, c] for c in columns if c != grid.total_column])
    for one in grid.sums:
        for c in columns:
            builder.tie([numbers[one.row, c]], [numbers[r, c] for r in one.parts])
    system, places = builder.done()
    return system, {cell: places[name] for cell, name in names.items()}


def _of_one_kind(grid: Grid, hidden: set[Cell]) -> tuple[str, ...]:
    """Where a reader learns one thing of everybody in a group (privacy reference 1.3, the group rule): the file can not
    say whether that thing is sensitive, so a person has to."""
    totals = {one.row for one in grid.sums}
    inner = [c for c in range(len(grid.columns)) if c != grid.total_column]
    named = [" / ".join(labels) for labels in grid.labels]
    plain = tuple(r for r in range(len(named)) if r not in totals)
    groups: list[tuple[str, list[tuple[Cell, str]]]] = [
        (f"column “{heading}”", [((r, c), named[r]) for r in rows])
        for rows in ([one.parts for one in grid.sums] or [plain]) for c, heading in enumerate(grid.columns)
    ]  # fmt: skip
    groups += [(f"row “{name}”", [((r, c), grid.columns[c]) for c in inner]) for r, name in enumerate(named)]
    found = []
    for group, cells in groups:
        full = [(grid.counts[r][c], kind) for (r, c), kind in cells if grid.counts[r][c]]
        if len(full) == 1 < len(cells) and not any(cell in hidden for cell, _ in cells):
            found.append(
                f"All {full[0][0]:,} in {group} are “{full[0][1]}”: whoever is known to be in it is known to be that. "
                "Print it only with a reason."
            )
    return tuple(dict.fromkeys(found))


def _columns_called(grid: Grid, column: str, file: str) -> list[int]:
    wanted = column.strip().casefold()
    found = [c for c, heading in enumerate(grid.columns) if heading.strip().casefold() == wanted]
    if not found:
        raise NoSuchHeading(file=file, column=column, columns=", ".join(grid.columns))
    return found


def _lines(grid: Grid, hidden: set[Cell]) -> list[list[str]]:
    lines = [[*grid.corner, *grid.columns]]
    for r, labels in enumerate(grid.labels):
        lines.append([*labels, *(HIDDEN if (r, c) in hidden else text for c, text in enumerate(grid.texts[r]))])
    return lines


def _text(grid: Grid, lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=grid.delimiter, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _audit(
    grid: Grid, threshold: int, known: Sequence[str], ranges: dict[Cell, Audited], source: Path
) -> dict[str, object]:
    return {
        "table": source.name,
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "threshold": threshold,
        "marker": HIDDEN,
        "rule": f"every hidden 1 to {threshold - 1} could be {threshold + 1} or more, "
        f"within a range at least {threshold - 1} wide",
        "readers": ["anyone", *(f"a partner who knows {column}" for column in known)],
        "keep_inside": bool(known),  # the ranges hold what such a partner knows, which nobody else may be told
        "solver": f"HiGHS {version('highspy')}",
        "numbers": len(grid.labels) * len(grid.columns),
        "safe": all(found.safe for found in ranges.values()),
        "hidden": [
            {
                "row": " / ".join(grid.labels[r]), "column": grid.columns[c], "row_number": grid.lines[r],
                "column_number": len(grid.corner) + c + 1, "low": found.low, "high": found.high, "safe": found.safe,
            }
            for (r, c), found in sorted(ranges.items())
        ],
    }  # fmt: skip
