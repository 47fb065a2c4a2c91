"""`protect`: a cross-table of counts from any CSV file made safe, without a county file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ddj_desktop.disclosure import need
from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect, NoSuchHeading
from ddj_desktop.disclosure.grid import Grid, read_grid
from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.disclosure.suppress import SECONDS, Audited, Suppression, TooHard
from ddj_desktop.disclosure.system import Builder, Quantity, System

INNER, SIDE, GRAND = 1.0, 30.0, 300.0
"""What hiding costs as cover, as in `protect`: inner cells first, the grand total last."""


@dataclass(frozen=True)
class ProtectedSheet:
    """The table as it may leave, and what the audit proved."""

    text: str
    """The CSV: same shape, order and labels as the file that came in; every hidden number is one marker."""
    bom: bool
    """True when the file that came in began with a byte order mark; the one that goes out does too."""
    hidden: int
    """How many numbers are hidden, totals included."""
    cells: int
    """How many numbers there are."""
    audit: dict[str, object]
    """For the audit file: threshold, readers, and each hidden number's feasible range."""

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
    system, places = _system(grid, threshold)
    readers = [frozenset[int](), *(_known(grid, places, column, source.name) for column in known)]
    work = Suppression(system, tuple(readers), seconds=SECONDS)
    try:
        hidden = work.solve()
    except TooHard as error:
        raise CannotProtect(
            table=source.name, why=str(error), coarser="group its rows or columns, or keep one column of totals only"
        ) from None
    cells = {cell: place for cell, place in places.items() if place in hidden}
    ranges = work.audit(sorted(set(cells.values())))
    return ProtectedSheet(
        _text(grid, set(cells)), grid.bom, len(cells), len(places),
        _audit(grid, threshold, known, {cell: ranges[place] for cell, place in cells.items()}, source),
    )  # fmt: skip


def _system(grid: Grid, threshold: int) -> tuple[System, dict[tuple[int, int], int]]:
    """The table as one system, and the place in it of each cell (row, column), totals included."""
    builder = Builder()
    largest = max(amount for row in grid.counts for amount in row)
    names: dict[tuple[int, int], str] = {}
    for r, row in enumerate(grid.counts):
        for c, amount in enumerate(row):
            margins = (r == grid.total_row) + (c == grid.total_column)
            names[r, c] = f"{grid.row_key(r)}\x1e{grid.column_key(c)}"
            wanted = need.of_people(amount, threshold)
            cost = (INNER, SIDE, GRAND)[margins]
            builder.add(Quantity(names[r, c], amount, 10 * largest + 1000, wanted, True, cost))
    numbers = {cell: builder.names[name] for cell, name in names.items()}
    rows, columns = range(len(grid.counts)), range(len(grid.columns))
    if grid.total_column is not None:
        for r in rows:
            builder.tie([numbers[r, grid.total_column]], [numbers[r, c] for c in columns if c != grid.total_column])
    if grid.total_row is not None:
        for c in columns:
            builder.tie([numbers[grid.total_row, c]], [numbers[r, c] for r in rows if r != grid.total_row])
    system, places = builder.done()
    return system, {cell: places[name] for cell, name in names.items()}


def _known(grid: Grid, places: dict[tuple[int, int], int], column: str, file: str) -> frozenset[int]:
    wanted = column.strip().casefold()
    found = [c for c, heading in enumerate(grid.columns) if heading.strip().casefold() == wanted]
    if not found:
        raise NoSuchHeading(file=file, column=column, columns=", ".join(grid.columns))
    return frozenset(places[r, c] for r in range(len(grid.counts)) for c in found)


def _text(grid: Grid, hidden: set[tuple[int, int]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=grid.delimiter, lineterminator="\n")
    writer.writerow([grid.corner, *grid.columns])
    for r, label in enumerate(grid.labels):
        cells = [HIDDEN if (r, c) in hidden else text for c, text in enumerate(grid.texts[r])]
        writer.writerow([label, *cells])
    return out.getvalue()


def _audit(
    grid: Grid, threshold: int, known: Sequence[str], ranges: dict[tuple[int, int], Audited], source: Path
) -> dict[str, object]:
    return {
        "table": source.name,
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "threshold": threshold,
        "marker": HIDDEN,
        "rule": f"every hidden 1 to {threshold - 1} could be {threshold + 1} or more, "
        f"within a range at least {threshold - 1} wide",
        "readers": ["anyone", *(f"a partner who knows {column}" for column in known)],
        "solver": f"HiGHS {version('highspy')}",
        "numbers": len(grid.labels) * len(grid.columns),
        "safe": all(found.safe for found in ranges.values()),
        "hidden": [
            {
                "row": grid.labels[r], "column": grid.columns[c], "row_number": grid.lines[r],
                "column_number": c + 2, "low": found.low, "high": found.high, "safe": found.safe,
            }
            for (r, c), found in sorted(ranges.items())
        ],
    }  # fmt: skip
