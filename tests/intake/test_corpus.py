"""The reference's corpus of 68 hostile and broken inputs, by its numbers: files, sheets and limits.

Each case is a file written here; the number stands first in a test's name or in its label. What a cell may hold
(cases 30 to 61) is in `test_corpus_cells`, what else is opened or kept (63 to 68) in `test_corpus_more`; that all 68
are there is tested here.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import os
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from ddj_desktop.intake import errors
from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel.errors import PersonCanFix
from tests.intake.bad_files import BAD, plain_workbook, text_cell, workbook
from tests.intake.binary_workbook import binary_workbook
from tests.intake.test_formats import locked

pytestmark = pytest.mark.usefixtures("warm")

HEAD = ["Booking No", "Name", "DOB", "Booking Date"]
ROWS = [[f"24-{n:04d}", f"ROE{'ABCDEFGHI'[n]}, JAN", f"0{n + 1}/17/1980", f"1{n % 3}/02/2024"] for n in range(9)]


def test_all_sixty_eight_are_there() -> None:
    numbers = {label.split()[0] for label, *_ in BAD}
    for module in ("test_corpus", "test_corpus_cells", "test_corpus_more"):
        names = " ".join(vars(importlib.import_module(f"tests.intake.{module}")))
        numbers |= {number for run in re.findall(r"\btest_((?:\d+_)+)", names) for number in run.split("_")}
    assert {str(number) for number in range(1, 69)} <= numbers


def read(folder: Path, name: str, data: bytes) -> RawFile:
    """The file of these bytes, as read."""
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def cells(file: RawFile, sheet: int = 0) -> list[list[str]]:
    """The cells of a sheet's lines."""
    return [list(line) for _, line in file.sheets[sheet].lines]


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows: list[object]) -> openpyxl.Workbook:
    """A workbook of one sheet of rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return book


@pytest.mark.parametrize(("what", "name", "make", "kind"), BAD, ids=[one[0] for one in BAD])
def test_one_plain_sentence(
    what: str, name: str, make: Callable[[], bytes], kind: type[PersonCanFix], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    began = time.monotonic()
    with pytest.raises(kind) as caught:
        read_file(path)
    assert time.monotonic() - began < 30
    sentence = str(caught.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert "ROE" not in sentence
    assert os.listdir(tmp_path) == [name]


def test_3_text_named_xlsx_is_read_as_text(tmp_path: Path) -> None:
    file = read(tmp_path, "jail.xlsx", "\n".join(",".join(f'"{c}"' for c in row) for row in [HEAD, *ROWS]).encode())
    assert (file.format, cells(file)) == ("csv", [HEAD, *ROWS])


def test_4_a_web_page_named_xls_is_named_and_read(tmp_path: Path) -> None:
    page = "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in [HEAD, *ROWS])
    file = read(tmp_path, "jail.xls", page.encode())
    assert cells(file) == [HEAD, *ROWS]
    assert any("web page" in note for note in file.notes)


def old_book(*rows: list[object]) -> bytes:
    """An .xls of one sheet of rows; a text of one `!` is a cell of an error."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bookings")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value == "!":
                sheet.row(number).set_cell_error(column, 0x2A)
            else:
                sheet.write(number, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_5_an_old_workbook_is_read(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "jail.xls", old_book(HEAD, *ROWS))) == [HEAD, *ROWS]


def test_6_a_password_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(errors.HasPassword, match="password"):
        read(tmp_path, "locked.xlsx", locked("pine"))
    assert len(read_file(tmp_path / "locked.xlsx", password="pine").sheets[0].lines) == 31


def test_7_macros_are_named_and_never_touched(tmp_path: Path) -> None:
    out = io.BytesIO(plain_workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    file = read(tmp_path, "m.xlsm", out.getvalue())
    assert len(file.sheets[0].lines) == 31
    assert any("macros were not touched" in note for note in file.notes)


@pytest.mark.parametrize(("claim", "rows"), [("A1", 500), ("A1:XFD1048576", 3)], ids=["18", "19"])
def test_18_19_a_wrong_claim_of_size_neither_loses_rows_nor_makes_any(claim: str, rows: int, tmp_path: Path) -> None:
    xml = "".join(f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in range(1, rows + 1))
    began = time.monotonic()
    assert len(cells(read(tmp_path, "claim.xlsx", workbook(xml, dimension=f'<dimension ref="{claim}"/>')))) == rows
    assert time.monotonic() - began < 10


_SHARED = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'


@pytest.mark.parametrize(
    ("index", "extra"), [(0, {}), (99, {"xl/sharedStrings.xml": _SHARED})], ids=["22 none", "23 beyond them"]
)
def test_22_23_a_shared_text_that_is_not_there_is_refused(index: int, extra: dict[str, str], tmp_path: Path) -> None:
    rows = f'<row r="1">{text_cell("A1", "Name")}<c r="B1" t="s"><v>{index}</v></c></row>'
    with pytest.raises(errors.DamagedFile, match=r"broken\.xlsx"):
        read(tmp_path, "broken.xlsx", workbook(rows, extra=dict(extra)))


def test_24_a_heading_merged_over_three_columns(tmp_path: Path) -> None:
    book = book_of(["Inmate", None, None, "Booking", None], ["Number", "Last Name", "First Name", "No", "Date"],
                   *([n, f"ROE{'ABCDEFGHI'[n]}", "JAN", f"B{n}", f"10/{n + 13}/2024"] for n in range(9)))  # fmt: skip
    assert book.active is not None
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("D1:E1")
    (draft,) = suggest(read(tmp_path, "merged.xlsx", saved(book)), kind="jail")
    found = {column.field: column.header for column in draft.columns if column.field}
    assert draft.header_lines == (1, 2)
    assert (found["last_name"], found["contact_key"], found["starts"]) == (
        "Inmate Last Name", "Booking No", "Booking Date",
    )  # fmt: skip


def test_25_titles_above_two_heading_rows(tmp_path: Path) -> None:
    book = book_of(["PINE COUNTY JAIL"], ["Run date", "11/01/2024"], [], ["Booking", "Inmate", "Birth", "Booking"],
                   ["Number", "Name", "Date", "Date"], *ROWS)  # fmt: skip
    (draft,) = suggest(read(tmp_path, "titles.xlsx", saved(book)), kind="jail")
    assert draft.header_lines == (4, 5)
    assert {line.line for line in draft.not_data if line.reason == "title"} == {1, 2}


def test_26_hidden_sheets_are_left_and_told_hidden_rows_read_and_told(tmp_path: Path) -> None:
    book = book_of(HEAD, *ROWS)
    assert book.active is not None
    for number in (3, 5, 6):
        book.active.row_dimensions[number].hidden = True
    book.active.auto_filter.ref = "A1:D10"
    hidden = book.create_sheet("Old")
    hidden.append(HEAD)
    hidden.append(ROWS[0])
    hidden.sheet_state = "hidden"
    file = read(tmp_path, "filtered.xlsx", saved(book))
    assert cells(file) == [HEAD, *ROWS]
    assert [note for note in file.notes if note.startswith("3 rows are hidden and were read")]
    (draft,) = suggest(file, kind="jail")
    assert any("“Old”" in problem or '"Old" is hidden' in problem for problem in draft.problems)


def test_27_a_very_hidden_sheet_and_what_it_points_to_are_left(tmp_path: Path) -> None:
    book = book_of(HEAD, *ROWS)
    lookup = book.create_sheet("Lookup")
    lookup.append(["=[1]Other!A1", "='/etc/[hosts]x'!A1"])
    lookup.sheet_state = "veryHidden"
    out = io.BytesIO(saved(book))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels",
                         '<Relationships><Relationship Id="rId1" Target="file:///etc/hosts" TargetMode="External"/>'
                         "</Relationships>")  # fmt: skip
    file = read(tmp_path, "linked.xlsx", out.getvalue())
    assert cells(file) == [HEAD, *ROWS]
    assert [(sheet.name, sheet.hidden) for sheet in file.sheets][1:] == [("Lookup", True)]
    assert not any("localhost" in text for sheet in file.sheets for _, line in sheet.lines for text in line)


def test_28_formulas_without_a_result_are_counted_with_their_lines(tmp_path: Path) -> None:
    book = book_of(["Name", "Days"], ["ROE, JAN", "=1+1"], ["MOE, JAN", 3], ["DOE, JAN", "=SUM(B1:B2)"])
    notes = read(tmp_path, "formulas.xlsx", saved(book)).notes
    assert [note for note in notes if note.startswith("2 cells hold formulas without a kept result")]
    assert "(lines 2, 4). Open the file in Excel, save it, and add it again." in notes[0]


_OPEN = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p>
</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell/>
</table:table-row><table:table-row><table:table-cell table:formula="of:=NA()" office:value-type="string"
 office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def _open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:'
                         'xmlns:manifest:1.0" manifest:version="1.2"/>')  # fmt: skip
        archive.writestr("content.xml", _OPEN.replace("\n<", "<"))
    return out.getvalue()


def _error_workbook() -> bytes:
    rows = f'<row r="1">{text_cell("A1", "Name")}</row><row r="4">{text_cell("A4", "ROE")}'
    return workbook(rows + '<c r="B4" t="e"><v>#N/A</v></c><c r="C4" t="b"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("e.xlsx", _error_workbook()),
        ("e.xls", old_book(["Name"], [], [], ["ROE", "!"])),
        ("e.xlsb", binary_workbook("S", [("Name",), (None,), (None,), ("ROE", "#N/A")])),
        ("e.ods", _open_document()),
    ],
    ids=["29 xlsx", "29 xls", "29 xlsb", "29 ods"],
)
def test_29_cells_of_errors_are_counted_with_their_lines(name: str, data: bytes, tmp_path: Path) -> None:
    file = read(tmp_path, name, data)
    assert "1 cell holds an error such as #N/A and reads as blank (line 4)." in file.notes
    assert "#N/A" not in str(cells(file))


def test_29_of_several_sheets_the_one_with_the_errors_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name"])
    book.create_sheet("R&D <east>").append(["Name", "#N/A"])
    book.save(tmp_path / "two.xlsx")
    notes = read_file(tmp_path / "two.xlsx").notes
    assert notes == ("1 cell holds an error such as #N/A and reads as blank in the sheet “R&D <east>” (line 1).",)


def test_32_dates_of_every_calendar(tmp_path: Path) -> None:
    """The calendar that begins in 1904 is honoured; day 60 of the other, which never was, harms nothing."""
    for begins, day in ((dt.datetime(1899, 12, 30), "2024-03-05"), (dt.datetime(1904, 1, 1), "2024-03-05")):
        book = book_of(["Booked", "Odd"], [dt.date(2024, 3, 5), 60])
        book.epoch = begins
        assert book.active is not None
        book.active["B2"].number_format = "yyyy-mm-dd"
        (head, row) = cells(read(tmp_path, f"{begins.year}.xlsx", saved(book)))
        assert head == ["Booked", "Odd"]
        assert row[0] == day
        assert row[1][:4] in ("1900", "1904")


def test_48_six_hundred_columns_do_not_freeze_anything(tmp_path: Path) -> None:
    head = [*HEAD, *(f"Extra {n}" for n in range(596))]
    rows = [[*row, *(str(n) for n in range(596))] for row in ROWS]
    began = time.process_time()
    (draft,) = suggest(read(tmp_path, "wide.xlsx", saved(book_of(head, *rows))))
    assert time.process_time() - began < 20
    assert len(draft.columns) == 600
    assert draft.column_of("contact_key") == 0


def test_49_the_line_of_an_open_quote_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.OpenQuote, match="line 2"):
        read(tmp_path, "q.csv", ('a,b\n5,"6\n' + "7,8\n" * 10_000).encode())


def test_a_number_no_time_has_under_a_format_for_times_is_told_with_its_line(tmp_path: Path) -> None:
    book = book_of(["Name", "Booking No"], ["ROE, JAN", 5], ["MOE, JAN", 3168080000000])
    assert book.active is not None
    for row in (2, 3):
        book.active.cell(row, 2).number_format = "[h]:mm"
    with pytest.raises(errors.NoSuchTime, match=r"t\.xlsx has a cell on line 3"):
        read(tmp_path, "t.xlsx", saved(book))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"], ids=["CR", "CR LF", "LF"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_51_lines_and_marks_of_every_kind(mark: str, end: str, tmp_path: Path) -> None:
    lines = [mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in [HEAD, *ROWS]]
    mixed = end.join(lines[:5]) + "\n" + end.join(lines[5:])
    assert cells(read(tmp_path, "marks.csv", mixed.encode())) == [HEAD, *ROWS]


@pytest.mark.parametrize(
    "name", ["CON.xlsx", "report\u202excod.xlsx", "x" * 240 + ".xlsx", "a\nb.xlsx", "'); DROP TABLE import; --.xlsx"]
)
def test_62_a_files_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    deep = tmp_path / "sub" / ".." / "sub"
    (tmp_path / "sub").mkdir()
    file = read(deep, name, plain_workbook())
    assert file.name == name.replace("\u202e", "\ufffd").replace("\n", "\ufffd")
    assert os.listdir(tmp_path) == ["sub"]
    (deep / name).write_bytes(b"%PDF-1.7")
    with pytest.raises(errors.NotATable) as told:
        read_file(deep / name)
    assert str(told.value).isprintable()
