"""A workbook's cells as texts: the values a spreadsheet program shows, dates in ISO form, ids with their zeros."""

from __future__ import annotations

import contextlib
import datetime
import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ddj_desktop.intake.errors import DamagedFile, HasPassword, NoSuchTime, NotATable, TooWide
from ddj_desktop.intake.tidy import Tidy
from ddj_desktop.intake.zip_scan import MOST_CELLS, column_number

Line = tuple[int, list[str]]
_DUMMY_DAYS = frozenset({datetime.date(1899, 12, 30), datetime.date(1899, 12, 31), datetime.date(1900, 1, 1)})
_SAMPLE = 600
"""Lines of a sheet whose number formats are looked at."""


def open_workbook(data: bytes, file: str) -> CalamineWorkbook:
    """Open by content. Raises HasPassword, DamagedFile or NotATable."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise HasPassword(file=file) from error
    except Exception as error:  # the reader raises some ten kinds for damaged files
        if "assword" in str(error) or "ncrypted" in str(error):
            raise HasPassword(file=file) from error
        if data.startswith(b"\xd0\xcf") and "orkbook" in str(error):
            raise NotATable(file=file, what="an old Office document without a sheet") from error
        raise DamagedFile(file=file, why="it is no whole workbook") from error


def sheets(book: CalamineWorkbook) -> Iterator[tuple[str, bool]]:
    """Name of each sheet of cells, and whether it is hidden."""
    for about in book.sheets_metadata:
        if about.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
            yield about.name, about.visible != SheetVisibleEnum.Visible


def load(book: CalamineWorkbook, name: str, file: str) -> CalamineSheet:
    """The sheet of a name. Raises DamagedFile, or TooWide where it has more cells than can be held."""
    try:
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, ValueError, KeyError, OSError) as error:
        raise DamagedFile(file=file, why="a sheet of it cannot be read") from error
    if sheet.height * sheet.width > MOST_CELLS:
        raise TooWide(file=file, why=f"{sheet.height:,} rows by {sheet.width:,} columns")
    return sheet


def lines(sheet: CalamineSheet, tidy: Tidy, padded: dict[int, str], file: str) -> Iterator[Line]:
    """The lines of a sheet that hold anything: line number from 1, cells from column A, trailing blanks left off.

    `padded` maps a column (from 0) to the number format that shows leading zeros there. Raises NoSuchTime.
    """
    if sheet.start is None:
        return
    left = sheet.start[1]
    before = [""] * left
    plans: dict[tuple[type, ...], list[tuple[int, Callable[[Any], str]]]] = {}
    pads = sorted((column - left, mask) for column, mask in padded.items())
    for number, values in _rows(sheet, file):
        kinds = tuple(map(type, values))
        plan = plans.get(kinds)
        if plan is None:  # rows of a sheet are alike: few have a new row of types
            plan = plans[kinds] = [(column, _WRITERS[kind]) for column, kind in enumerate(kinds) if kind is not str]
        cells = cast("list[str]", values)
        for column, write in plan:
            cells[column] = write(values[column])
        for column, mask in pads:
            if 0 <= column < len(cells) and kinds[column] in _NUMBERS and cells[column].isdecimal():
                cells[column] = with_mask(cells[column], mask)
        while cells and not cells[-1]:
            cells.pop()
        cells = tidy.row(cells)
        if cells:
            yield number, before + cells if left else cells


def _rows(sheet: CalamineSheet, file: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows with their numbers; blank rows above are given, columns not."""
    number = 0
    try:
        for values in sheet.iter_rows():
            number += 1
            yield number, values
    except OverflowError as error:  # an id under a format for lengths of time
        raise NoSuchTime(file=file, line=number + 1) from error


def number_text(value: float) -> str:
    """A whole number without a decimal point; beyond 15 digits as the sheet shows it, for its last digits are lost."""
    if abs(value) < 1e15:
        return str(int(value)) if value.is_integer() else repr(value)
    return f"{value:.15G}"


def moment_text(value: datetime.datetime) -> str:
    """A date, a date and time, or, behind a calendar's dummy day, a time of day alone."""
    if value.date() in _DUMMY_DAYS and (value.time() != datetime.time() or value.year == 1899):
        return _clock(value.time())
    if value.hour == value.minute == value.second == 0:
        return value.date().isoformat()
    return value.isoformat(" ", "seconds")


def _clock(value: datetime.time) -> str:
    return value.isoformat("seconds")


def _length(value: datetime.timedelta) -> str:
    """Hours, minutes, seconds of a length of time; a sheet writes times of day so where the format is [h]:mm."""
    seconds = round(value.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_NUMBERS = frozenset({float, int})
_WRITERS: Mapping[type, Callable[[Any], str]] = {
    float: number_text,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.datetime: moment_text,
    datetime.date: datetime.date.isoformat,
    datetime.time: _clock,
    datetime.timedelta: _length,
}
"""How a value of each type the reader gives is written; texts stand as they are."""


def with_mask(digits: str, mask: str) -> str:
    """Write a whole number in a format of zeros and hyphens: 123 in `00000` is 00123."""
    filled = iter(digits.zfill(mask.count("0")))
    if len(digits) > mask.count("0"):
        return digits
    return "".join(next(filled) if mark == "0" else mark for mark in mask)


# Number formats are read from the archive itself: opening the sheet with a second reader would cost a second and more.
_FORMAT = re.compile(rb'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"|<numFmt\b[^>]*?formatCode="([^"]*)"'
                     rb'[^>]*?numFmtId="(\d+)"')  # fmt: skip
_STYLE = re.compile(rb'<xf\b[^>]*?numFmtId="(\d+)"')
_STYLED = re.compile(rb'<c r="([A-Z]{1,3})\d+" s="(\d+)"(?: t="n")?>\s*<v>')
_SHEET = re.compile(rb'<sheet\b[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")


def padded_columns(archive: zipfile.ZipFile, index: int) -> dict[int, str]:
    """Columns of a sheet (by its place in the workbook) whose numbers are shown with leading zeros, with the format.

    Looks at the first lines of the sheet; a column counts when most of its numbers there have such a format.
    """
    try:
        masks = _masks(archive.read("xl/styles.xml"))
        if not masks:
            return {}
        with archive.open(_part_of(archive, index)) as part:
            text = part.read(_SAMPLE * 2_000)
    except (KeyError, IndexError):
        return {}
    seen: dict[int, Counter[str]] = {}
    for letters, style in _STYLED.findall(text):
        seen.setdefault(column_number(letters) - 1, Counter())[masks.get(int(style), "")] += 1
    common = {column: counts.most_common(1)[0][0] for column, counts in seen.items()}
    return {column: mask for column, mask in common.items() if mask}


def _masks(styles: bytes) -> dict[int, str]:
    """Style number to its mask, for formats of zeros and hyphens alone with two zeros or more in front."""
    codes: dict[int, str] = {}
    for number, code, code_first, number_last in _FORMAT.findall(styles):
        text = (code or code_first).decode("utf-8", "replace").replace("&quot;", "").replace("\\", "").split(";")[0]
        if re.fullmatch(r"0[0-]*0", text):
            codes[int(number or number_last)] = text
    start = styles.find(b"<cellXfs")
    used = _STYLE.findall(styles, start, styles.find(b"</cellXfs>")) if start >= 0 else []
    return {place: codes[int(number)] for place, number in enumerate(used) if int(number) in codes}


def names_of_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheet's name of each archive part that holds one; fewer where the archive does not say."""
    found: dict[str, str] = {}
    with contextlib.suppress(KeyError, IndexError):
        for index, (name, _) in enumerate(_SHEET.findall(archive.read("xl/workbook.xml"))):
            found[_part_of(archive, index)] = Tidy().text(html.unescape(name.decode("utf-8", "replace")))
    return found


def _part_of(archive: zipfile.ZipFile, index: int) -> str:
    """The archive part that holds the sheet at a place in the workbook."""
    wanted = _SHEET.findall(archive.read("xl/workbook.xml"))[index][1]
    for relation in _TARGET.findall(archive.read("xl/_rels/workbook.xml.rels")):
        if b'Id="' + wanted + b'"' in relation:
            found = re.search(rb'Target="([^"]*)"', relation)
            if found:
                target = found[1].decode("utf-8", "replace")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(index)
