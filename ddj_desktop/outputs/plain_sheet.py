"""Workbooks of plain rows, cell by cell as given, without styles: what other systems' exports look like."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class PlainSheet:
    """One sheet: its name, its rows from line 1 on (an empty row leaves a blank line), and whether it is hidden."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False


def write_plain_sheets(path: Path, sheets: Sequence[PlainSheet]) -> None:
    """Write an XLSX file under a temporary name, then give it its own.

    Text is always text: a value that begins with `=` is never taken for a formula; a control sign, which a workbook
    cannot hold, becomes U+FFFD. Dates and moments become spreadsheet dates. Raises OSError where the folder cannot be
    written; the earlier file, if any, is then as it was.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as stream:
            _book(sheets).save(stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _book(sheets: Sequence[PlainSheet]) -> Workbook:
    """The workbook, its rows passed on one by one."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        if sheet.hidden:
            page.sheet_state = "hidden"
        for row in sheet.rows:
            page.append([_cell(page, cell) for cell in row])
    return book


def _cell(page: object, cell: Cell) -> object:
    """The cell as given; blank text leaves it empty, text that looks like a formula is marked as text."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell)
    if not text.startswith("="):
        return text or None
    marked = WriteOnlyCell(page, value=text)
    marked.data_type = "s"
    return marked
