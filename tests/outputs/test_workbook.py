"""The twin: the same numbers as the PDF, nothing that runs, nobody's name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.outputs.content import Audience, Packet, numbered
from ddj_desktop.outputs.grid_cells import NO_DATA
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import pdf_bytes
from ddj_desktop.outputs.wording import DEMO_MARK
from ddj_desktop.outputs.workbook import workbook_bytes, write_workbook
from tests.outputs import sample
from tests.outputs.test_pdf import reader, words

AUDIENCES: tuple[Audience, ...] = ("meeting", "leadership", "public")


def packet(audience: Audience = "meeting", listed: int = 93) -> Packet:
    return packet_content(sample.safe_month(listed), sample.facts(), audience)


def book_of(made: Packet) -> Any:
    return load_workbook(io.BytesIO(workbook_bytes(made)[0]))


def printed(cell: Any) -> str:
    """A cell as a spreadsheet program shows it, by its number format."""
    value, look = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    if look == "0%":
        return f"{value * 100:.0f}%"
    return {"#,##0": f"{value:,}", "#,##0.0": f"{value:,.1f}", '"$"#,##0': f"${value:,}"}[look]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_numbered_figure_has_its_sheet_with_the_figures_of_the_pdf(audience: Audience) -> None:
    made = packet(audience)
    book, text = book_of(made), " ".join(words(reader(pdf_bytes(made)[0])).split())
    assert book.sheetnames == ["Notes", *(f"Figure {block.number}" for block in numbered(made))]
    for block in numbered(made):
        rows = list(book[f"Figure {block.number}"].iter_rows(min_row=6))
        for row, line in zip(grid_of(block).rows, rows, strict=False):
            cells = [printed(cell) for cell in line]
            assert cells[0] == row.label
            assert cells[1 : len(row.cells) + 1] == [cell.text for cell in row.cells]
            for cell in cells[1:]:
                assert not re.search(r"\d", cell) or f" {cell} " in f" {text} " or cell in text


def test_hidden_stays_hidden() -> None:
    book = book_of(packet_content(sample.hidden(sample.safe_month()), sample.facts(), "meeting"))
    names = {sheet.title: [cell.value for row in sheet.iter_rows(min_row=6) for cell in row] for sheet in book}
    counts = [
        value for title, values in names.items() if title != "Notes" for value in values if isinstance(value, int)
    ]
    rows = {n for facts in sample.facts().sources for n in (facts.rows, facts.set_aside)}
    assert set(counts) <= {50 * ((n + 25) // 50) for n in rows}
    assert any(HIDDEN in values for values in names.values())
    missing = book_of(packet_content(sample.missing(sample.safe_month()), sample.facts(), "meeting"))
    assert any(cell.value == NO_DATA for sheet in missing for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =HYPERLINK(1)"])
def test_a_text_like_a_formula_stays_text(start: str) -> None:
    safe = sample.safe_month()
    table = replace(safe.tables["by_sex"], rows=(start, "b", "c", "d"), words=start)
    safe = replace(
        safe, county=start, definition_name=start, tables={**safe.tables, "by_sex": table}, warnings=(start,)
    )
    data, _ = workbook_bytes(packet_content(safe, replace(sample.facts(), decisions=(start,)), "meeting"))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), cell.coordinate
                assert cell.hyperlink is None


def test_nobody_and_no_place_in_its_properties() -> None:
    data, _ = workbook_bytes(packet())
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        core = parts.read("docProps/core.xml").decode()
        everything = b" ".join(parts.read(name) for name in parts.namelist())
    assert re.search(r"<dc:creator[^>]*>DDJ Desktop</dc:creator>", core)
    assert "lastModifiedBy" not in core
    assert str(Path.home()).encode() not in everything


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert workbook_bytes(packet()) == workbook_bytes(packet())


def test_headings_stay_in_view_and_numbers_have_formats_and_print_on_one_page_across() -> None:
    made = packet()
    sheet = book_of(made)["Figure 1"]
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet["B6"].value == 95
    assert sheet["B6"].number_format == "#,##0"
    assert DEMO_MARK in [cell.value for cell in book_of(made)["Notes"]["A"]]


def test_written_whole(tmp_path: Path) -> None:
    sheets = write_workbook(packet(), tmp_path / "packet.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["packet.xlsx"]
    assert len(load_workbook(tmp_path / "packet.xlsx").sheetnames) == sheets
