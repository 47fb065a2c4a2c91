"""XML spreadsheets of 2003 (`Workbook` in Microsoft's spreadsheet namespace), as report writers save them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ddj_desktop.intake.errors import DamagedFile, NotATable, TooLarge, UnsafeFile
from ddj_desktop.intake.read_text import MOST_CELLS
from ddj_desktop.intake.read_workbook import moment_text, number_text
from ddj_desktop.intake.tidy import Tidy

Line = tuple[int, list[str]]
_SHEETS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_MOST_COLUMNS = 16_384


@dataclass
class XmlSheet:
    """One worksheet."""

    name: str
    hidden: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass
class XmlBook:
    """What was read."""

    sheets: list[XmlSheet] = field(default_factory=list)
    error_cells: list[int] = field(default_factory=list)
    unsaved_formulas: list[int] = field(default_factory=list)
    line: int = 0
    """The line being read."""


def read_book(data: bytes, file: str, tidy: Tidy) -> XmlBook:
    """Every worksheet. Raises NotATable for another XML file, UnsafeFile for entities, DamagedFile where cut short."""
    try:
        return _read(data, file, tidy)
    except DefusedXmlException as error:
        raise UnsafeFile(file=file, why="it holds a document type or entity") from error
    except (ParseError, ValueError, OverflowError) as error:
        raise DamagedFile(file=file, why="it is no whole XML spreadsheet") from error


def _read(data: bytes, file: str, tidy: Tidy) -> XmlBook:
    book = XmlBook()
    number = cells_read = 0
    elements: Iterator[tuple[str, Element]] = iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)
    for place, (event, element) in enumerate(elements):
        if place == 0 and element.tag != f"{_SHEETS}Workbook":
            raise NotATable(file=file, what="an XML file")
        if event == "start" and element.tag == f"{_SHEETS}Worksheet":
            book.sheets.append(XmlSheet(element.get(f"{_SHEETS}Name", "")))
            number = 0
        elif event == "end" and element.tag == f"{_SHEETS}Row" and book.sheets:
            number = int(element.get(f"{_SHEETS}Index", number + 1))
            book.line = number
            cells = tidy.row(_cells(element, book))
            cells_read += len(cells)
            if cells_read > MOST_CELLS:
                raise TooLarge(file=file, why=f"more than {MOST_CELLS:,} cells")
            if cells:
                book.sheets[-1].lines.append((number, cells))
            number += int(element.get(f"{_SHEETS}Span", 0))
            element.clear()
        elif event == "end" and element.tag == _VISIBLE and book.sheets:
            book.sheets[-1].hidden = (element.text or "").strip() in ("SheetHidden", "SheetVeryHidden")
        elif event == "end" and element.tag == f"{_SHEETS}Table":
            element.clear()
    return book


def _cells(row: Element, book: XmlBook) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind(f"{_SHEETS}Cell"):
        place = int(cell.get(f"{_SHEETS}Index", len(cells) + 1))
        if not len(cells) < place <= _MOST_COLUMNS:
            raise ValueError("cells out of order")
        cells.extend([""] * (place - 1 - len(cells)))
        cells.append(_text(cell, book))
        cells.extend([""] * min(int(cell.get(f"{_SHEETS}MergeAcross", 0)), _MOST_COLUMNS - len(cells)))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Element, book: XmlBook) -> str:
    data = cell.find(f"{_SHEETS}Data")
    if data is None:
        if cell.get(f"{_SHEETS}Formula") is not None:
            book.unsaved_formulas.append(book.line)
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{_SHEETS}Type")
    if kind == "Error":
        book.error_cells.append(book.line)
        return ""
    if kind == "Number":
        return _number(text)
    if kind == "DateTime":
        return _moment(text)
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    return text


def _number(text: str) -> str:
    try:
        return number_text(float(text))
    except ValueError:  # whatever stands there is kept as it stands
        return text


def _moment(text: str) -> str:
    try:
        return moment_text(datetime.datetime.fromisoformat(text.strip()))
    except ValueError:
        return text
