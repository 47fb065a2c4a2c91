"""Workbooks of plain rows, cell by cell as given, without styles: what other systems' exports look like."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class PlainSheet:
    """One sheet: its name, its rows from line 1 on (an empty row leaves a blank line), and whether it is hidden."""

    name: str
    rows: Iterable[Sequence[Cell]]
    hidden: bool = False


def write_plain_sheets(path: Path, sheets: Sequence[PlainSheet]) -> None:
    """Write an XLSX file under a temporary name, then give it its own.

    Text is always text: a value that begins with `=` is never taken for a formula. Dates and moments become
    spreadsheet dates. Raises OSError where the folder cannot be written.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        if sheet.hidden:
            page.sheet_state = "hidden"
        for row in sheet.rows:
            page.append([_as_text(page, cell) for cell in row])
    unfinished = path.with_name(f".{path.name}.part")
    try:
        book.save(unfinished)
        with unfinished.open("rb+") as stream:
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _as_text(page: object, cell: Cell) -> object:
    """The cell as given, with text that looks like a formula marked as text."""
    if isinstance(cell, str) and cell.startswith("="):
        marked = WriteOnlyCell(page, value=cell)
        marked.data_type = "s"
        return marked
    return cell if cell != "" else None
