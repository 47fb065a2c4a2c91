"""The packet's twin in a spreadsheet: one sheet for each numbered figure, holding the same numbers, and the notes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.content import Notes, Numbered, Packet, Paragraph, Points, numbered
from ddj_desktop.outputs.grid_cells import Cell, Grid
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.inert import inert_sheet
from ddj_desktop.outputs.wording import DEMO_MARK

_FORMATS = {"count": "#,##0", "percent": "0%", "average": "#,##0.0", "dollars": '"$"#,##0', "text": "@"}
_HEAD_ROW = 5
_BOLD, _TITLE, _QUIET = Font(bold=True), Font(bold=True, size=14), Font(color="57606A")
_FILL = PatternFill("solid", fgColor="E8EEF6")
_LINE = Border(bottom=Side(style="thin", color="57606A"))
_WHEN = datetime(1980, 1, 1)
"""Date given to every part of the file, so that the same packet gives the same bytes."""


def write_workbook(packet: Packet, path: Path) -> int:
    """Write the twin in one step; gives how many sheets it has.

    The same packet gives the same bytes. No user's name, path or formula goes in. Raises CannotSave, NoRoom,
    NotAsWritten; OurFault where the file read back lacks a sheet.
    """
    data, names = workbook_bytes(packet)

    def fill(out: Sink) -> None:
        out.write(data)

    def check(written: Path) -> None:
        with open(written, "rb") as file:
            book = load_workbook(file, read_only=True)
            found = list(book.sheetnames)
            book.close()
        if found != names:
            raise OurFault(what="a workbook did not hold the sheets that were written")

    write_whole(path, fill, check)
    return len(names)


def workbook_bytes(packet: Packet) -> tuple[bytes, list[str]]:
    """The workbook in memory and the names of its sheets."""
    book = Workbook()
    notes = book.active
    notes.title = "Notes"
    _notes_sheet(notes, packet)
    for block in numbered(packet):
        _block_sheet(book.create_sheet(f"Figure {block.number}"), packet, block)
    book.properties = DocumentProperties(
        creator="DDJ Desktop",
        title=inert_sheet(packet.title),
        created=packet.made_at,
        modified=packet.made_at,
    )
    out = io.BytesIO()
    book.save(out)
    return same_each_time(out.getvalue(), packet.made_at), [str(name) for name in book.sheetnames]


def same_each_time(data: bytes, made_at: datetime) -> bytes:
    """The same parts with one fixed date each: the library stamps every part, and the properties, with the clock."""
    out = io.BytesIO()
    stamp = made_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _stamped(content, stamp)
            part = zipfile.ZipInfo(name, _WHEN.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, content)
    return out.getvalue()


def _stamped(content: bytes, stamp: bytes) -> bytes:
    head, mark, rest = content.partition(b"<dcterms:modified")
    opening, closed, tail = rest.partition(b">")
    _, ended, after = tail.partition(b"</dcterms:modified>")
    return head + mark + opening + closed + stamp + ended + after if mark and ended else content


def _notes_sheet(sheet: Any, packet: Packet) -> None:
    row = 1
    for text, font in [(packet.title, _TITLE), *(((DEMO_MARK, _BOLD),) if packet.demo else ())]:
        _text(sheet, row, 1, text, font)
        row += 1
    for line in packet.footer:
        _text(sheet, row, 1, line, _QUIET)
        row += 1
    for page in packet.pages:
        row += 1
        _text(sheet, row, 1, f"{page.name}: {page.title}", _BOLD)
        for text in _page_texts(page.blocks):
            row += 1
            _text(sheet, row, 1, text)
            sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        row += 1
    sheet.column_dimensions["A"].width = 110
    _print_setup(sheet, packet, landscape=False)


def _page_texts(blocks: tuple[object, ...]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                texts.append(f"{block.lead} {block.text}".strip())
            case Points():
                texts += [f"{block.title}: {sentence}" for sentence in block.sentences]
            case Notes():
                texts += block.sentences
            case _:
                texts.append(f"Figure {getattr(block, 'number', '')}: {getattr(block, 'title', '')}")
    return texts


def _block_sheet(sheet: Any, packet: Packet, block: Numbered) -> None:
    grid = grid_of(block)
    _text(sheet, 1, 1, f"Figure {block.number}. {block.title}", _TITLE)
    _text(sheet, 2, 1, packet.title + (f" · {DEMO_MARK}" if packet.demo else ""), _QUIET)
    for column, title in enumerate((grid.row_title or "", *(heading.text for heading in grid.headings)), start=1):
        _text(sheet, _HEAD_ROW, column, title, _BOLD)
        head = sheet.cell(_HEAD_ROW, column)
        head.fill, head.border = _FILL, _LINE
        head.alignment = Alignment(horizontal="left" if column == 1 else "right", wrap_text=True, vertical="bottom")
    for place, row in enumerate(grid.rows, start=_HEAD_ROW + 1):
        _text(sheet, place, 1, row.label, _BOLD if row.total else None)
        sheet.cell(place, 1).alignment = Alignment(wrap_text=True, vertical="top")
        for column, cell in enumerate(row.cells, start=2):
            _value(sheet, place, column, cell, row.total)
    last = _HEAD_ROW + len(grid.rows) + 2
    for offset, line in enumerate(packet.footer):
        _text(sheet, last + offset, 1, line, _QUIET)
    _widths(sheet, grid)
    _note(sheet, block.note, len(grid.headings) + 1)
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 2)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    _print_setup(sheet, packet, landscape=len(grid.headings) > 6)


def _text(sheet: Any, row: int, column: int, text: str, font: Font | None = None) -> None:
    """A cell of text that can never be a formula: its type is set after its value, whatever it begins with."""
    if not text:
        return
    cell = sheet.cell(row, column)
    cell.value = inert_sheet(text)
    cell.data_type = "s"
    cell.number_format = "@"
    if font:
        cell.font = font


def _value(sheet: Any, row: int, column: int, cell: Cell, total: bool) -> None:
    if cell.value is None:
        _text(sheet, row, column, cell.text)
    else:
        number = int(cell.value) if cell.kind in ("count", "dollars") else cell.value
        sheet.cell(row, column).value = number
        sheet.cell(row, column).number_format = _FORMATS[cell.kind]
    sheet.cell(row, column).alignment = Alignment(horizontal="right")
    if total:
        sheet.cell(row, column).font = _BOLD


def _note(sheet: Any, note: str, columns: int) -> None:
    """The figure's note over the whole width of its table, in as many lines as it needs."""
    if not note:
        return
    _text(sheet, 3, 1, note, _QUIET)
    sheet.cell(3, 1).alignment = Alignment(wrap_text=True, vertical="top")
    across = max(columns, 4)
    sheet.merge_cells(start_row=3, start_column=1, end_row=3, end_column=across)
    wide = sum(sheet.column_dimensions[get_column_letter(c)].width for c in range(1, across + 1))
    sheet.row_dimensions[3].height = 15.0 * (1 + len(note) // int(wide * 0.95))


def _widths(sheet: Any, grid: Grid) -> None:
    label = max([len(row.label) for row in grid.rows] + [len(grid.row_title), 12])
    sheet.column_dimensions["A"].width = min(60, label + 2)
    for column, heading in enumerate(grid.headings, start=2):
        longest = max([len(row.cells[column - 2].text) for row in grid.rows] + [9, min(14, len(heading.text))])
        sheet.column_dimensions[get_column_letter(column)].width = min(28, longest + 2)


def _print_setup(sheet: Any, packet: Packet, landscape: bool) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = inert_sheet(packet.footer[-1]).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = "page &P of &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
