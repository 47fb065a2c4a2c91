"""Cells the parser gives as blank though they hold something: errors such as #N/A, formulas that keep no result.

Each function looks at a sheet's own bytes and gives the line numbers; `zip_scan` does the same for .xlsx while it looks
the archive through, `read_xml` while it reads.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

_LINES = 8
"""Line numbers named in a sentence."""


@dataclass
class LeftBlank:
    """Line of each cell that reads as blank."""

    unsaved_formulas: list[int] = field(default_factory=list)
    error_cells: list[int] = field(default_factory=list)


# [MS-XLS] 2.5.10: the codes of errors. A cell is a BoolErr record (2.4.24), a formula's result lies in its record
# (2.4.127). Sectors of the file follow each other in all but rare files, so the records are looked for as bytes.
_ERROR = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
_OLD_CELL = re.compile(rb"\x05\x02\x08\x00(..)....(?:" + _ERROR + rb")\x01", re.DOTALL)
_OLD_FORMULA = re.compile(rb"\x06\x00.\x00(..)....\x02." + _ERROR + rb"...\xff\xff", re.DOTALL)


def in_old_workbook(data: bytes) -> LeftBlank:
    """Of an .xls, its cells of errors. Its formulas always keep a result."""
    found = [*_OLD_CELL.finditer(data), *_OLD_FORMULA.finditer(data)]
    return LeftBlank(error_cells=sorted(struct.unpack("<H", one[1])[0] + 1 for one in found))


# [MS-XLSB] 2.3: BrtRowHdr, BrtCellError, BrtFmlaError.
_ROW, _CELL_ERROR, _FORMULA_ERROR = 0, 3, 11
_MAYBE = re.compile(rb"[\x03\x0b][\x09-\xff]..\x00\x00....[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]", re.DOTALL)


def in_binary_workbook(archive: zipfile.ZipFile) -> LeftBlank:
    """Of an .xlsb, its cells of errors. Its formulas always keep a result."""
    found = LeftBlank()
    for name in archive.namelist():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".bin"):
            found.error_cells += _in_binary_sheet(archive.read(name))
    return found


def _in_binary_sheet(data: bytes) -> list[int]:
    if not _MAYBE.search(data):  # walking a large sheet's records takes a second
        return []
    lines, line, place = [], 0, 0
    while place < len(data):
        kind, place = _seven_bits(data, place, 2)
        size, place = _seven_bits(data, place, 4)
        if kind == _ROW and size >= 4:
            line = int.from_bytes(data[place : place + 4], "little") + 1
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            lines.append(line)
        place += size
    return lines


def _seven_bits(data: bytes, place: int, most: int) -> tuple[int, int]:
    number = 0
    for step in range(most):
        if place + step >= len(data):
            return number, len(data)
        number |= (data[place + step] & 0x7F) << 7 * step
        if data[place + step] < 128:
            return number, place + step + 1
    return number, place + most


_PIECE = re.compile(rb"<table:table[ >]|<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>")
_REPEATED = re.compile(rb'table:number-rows-repeated="(\d+)"')


def in_open_document(archive: zipfile.ZipFile) -> LeftBlank:
    """Of an .ods, its cells of errors and its formulas without a result."""
    data = archive.read("content.xml")
    found = LeftBlank()
    if b'value-type="error"' not in data and b"table:formula=" not in data:
        return found
    line, after = 0, 1
    for piece in _PIECE.finditer(data):
        tag = piece[0]
        if tag[:-1] == b"<table:table":
            line, after = 0, 1
        elif tag.startswith(b"<table:table-row"):
            line, after = after, after + int((_REPEATED.search(tag) or [b"", b"1"])[1])
        elif b'calcext:value-type="error"' in tag:
            found.error_cells.append(line)
        elif b"table:formula=" in tag and b"value-type=" not in tag:
            found.unsaved_formulas.append(line)
    return found


def sentences(unsaved_formulas: Sequence[int], error_cells: Sequence[int], sheet: str = "") -> list[str]:
    """What is told of cells that read as blank, with the first lines they stand on.

    `sheet`: the name of theirs, where the file has several.
    """
    notes = []
    there = f" in the sheet “{sheet}”" if sheet else ""
    if unsaved_formulas:
        one = len(unsaved_formulas) == 1
        notes.append(
            f"{'1 cell holds a formula' if one else f'{len(unsaved_formulas):,} cells hold formulas'} without a kept "
            f"result and {'reads' if one else 'read'} as blank{there}{_where(unsaved_formulas)}. "
            "Open the file in Excel, save it, and add it again."
        )
    if error_cells:
        one = len(error_cells) == 1
        notes.append(
            f"{'1 cell holds an error' if one else f'{len(error_cells):,} cells hold an error'} such as #N/A and "
            f"{'reads' if one else 'read'} as blank{there}{_where(error_cells)}."
        )
    return notes


def _where(lines: Sequence[int]) -> str:
    """` (lines 4, 9 and more)`."""
    known = sorted({line for line in lines if line})
    if not known:
        return ""
    said = ", ".join(f"{line:,}" for line in known[:_LINES]) + (" and more" if len(known) > _LINES else "")
    return f" ({'line' if len(known) == 1 else 'lines'} {said})"
