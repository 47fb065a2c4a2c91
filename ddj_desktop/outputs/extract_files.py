"""The files of an extract: rows as CSV and XLSX, the codebook in both, and the risk page that goes with them.

Every writer asks for the gate's permit, and rows come only as `SafeExtract`. Rows are sorted by their codes, so that
no order of the county file is left in them. What was written is read back and measured again by the caller.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font

from ddj_desktop.disclosure.extract import SafeExtract
from ddj_desktop.disclosure.extract_columns import CODE, COLUMNS, K
from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.inert import inert_sheet
from ddj_desktop.outputs.rows_csv import write_rows
from ddj_desktop.outputs.workbook import same_each_time

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ExtractFacts:
    """What is told of an extract beside its rows."""

    county: str
    state: str
    period: str
    definition: str
    made_at: datetime
    audit_head: str
    part2: bool
    """True where records under 42 CFR Part 2 are in it: the notice of 2.32 goes with it."""
    demo: bool
    codes: str
    """In which files a person has one code, in words."""
    gaps: tuple[str, ...] = ()
    """A sentence for each source whose data do not cover the period: its 0 may be a missing contact."""
    least: int = K
    """How many rows at least look alike."""
    beside: str = ""
    """How many earlier files with the same codes it was held against; '' where codes are of this file alone."""


def with_codes(extract: SafeExtract, codes: Sequence[str]) -> Rows:
    """The rows with their codes first, sorted by them."""
    return tuple(sorted((code, *row) for code, row in zip(codes, extract.rows, strict=True)))


def write_extract_csv(permit: Permit, extract: SafeExtract, rows: Rows, path: Path) -> str:
    """Write the rows as CSV; gives the SHA-256. Raises CannotSave, NoRoom, NotAsWritten."""
    _needs(permit)
    return write_rows(path, (CODE, *extract.headings), rows)


def read_extract_csv(path: Path) -> tuple[tuple[str, ...], Rows]:
    """Headings and rows as the file on the disk holds them, read by another way than they were written."""
    lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    return tuple(lines[0]), tuple(tuple(line) for line in lines[1:])


def read_extract_workbook(path: Path) -> tuple[tuple[str, ...], Rows]:
    """The same from the workbook's sheet of rows. Raises OurFault where a cell is anything but text."""
    with open(path, "rb") as file:
        book = load_workbook(file)
        lines = [list(line) for line in book["Rows"].iter_rows()]
        book.close()
    if any(cell.data_type != "s" for line in lines for cell in line):
        raise OurFault(what="a cell of an extract was not text")
    said = [tuple(str(cell.value) for cell in line) for line in lines]
    return said[0], tuple(said[1:])


def write_codebook(permit: Permit, extract: SafeExtract, facts: ExtractFacts, path: Path) -> str:
    """Write what every column means and what was done to it; gives the SHA-256."""
    _needs(permit)
    return write_rows(path, CODEBOOK_HEADINGS, codebook_rows(extract, facts.codes), private=False)


CODEBOOK_HEADINGS = ("column", "what it says", "role", "what was done to it")


def codebook_rows(extract: SafeExtract, codes: str) -> list[tuple[str, str, str, str]]:
    """One line a column asked for, those left out too, and the code first."""
    roles = {"quasi": "may be known of a person already", "sensitive": "would be learned of a person"}
    head = (
        CODE, "stands for one person", "code",
        f"random: made with a secret key from nothing about the person; the same person's code is {codes}",
    )  # fmt: skip
    return [head] + [(name, COLUMNS[name].words, roles[COLUMNS[name].role], done) for name, done in extract.transforms]


def write_extract_workbook(
    permit: Permit, extract: SafeExtract, rows: Rows, facts: ExtractFacts, about: Sequence[str], path: Path
) -> str:
    """Write rows, codebook and what goes with them as a workbook whose every cell is text; gives the SHA-256."""
    _needs(permit)
    book = Workbook()
    first = book.active
    first.title = "Rows"
    text_sheet(first, [(CODE, *extract.headings), *rows])
    text_sheet(book.create_sheet("Codebook"), [CODEBOOK_HEADINGS, *codebook_rows(extract, facts.codes)])
    text_sheet(book.create_sheet("About"), [(line,) for line in (*about, *(NOTICE if facts.part2 else ()))])
    book.properties = DocumentProperties(
        creator="DDJ Desktop", title="Rows about people, without names", created=facts.made_at, modified=facts.made_at
    )
    out = io.BytesIO()
    book.save(out)
    data = same_each_time(out.getvalue(), facts.made_at)

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill, private=True)


def text_sheet(sheet: Any, lines: Sequence[Sequence[str]]) -> None:
    """Fill a sheet with lines, the first of them headings; every cell is text and is never run."""
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            cell.value = inert_sheet(text)
            cell.data_type = "s"  # set after the value: whatever it begins with, it is never run
            cell.number_format = "@"
            if row == 1:
                cell.font = Font(bold=True)
    for letter in "ABCDEFGHIJKLMNOPQRST":
        sheet.column_dimensions[letter].width = 22
    sheet.freeze_panes = "A2"


def _needs(permit: Permit) -> None:
    if permit.request.level != "extract":
        raise OurFault(what="an extract was to be written without the gate's permit for it")
