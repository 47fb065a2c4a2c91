"""Every kind of file a county may get is read by what it is, whatever its name: each file is written by the test."""

from __future__ import annotations

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from ddj_desktop.intake import errors
from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile
from tests.intake.bad_files import plain_workbook
from tests.intake.binary_workbook import binary_workbook

HEAD = ("Booking No", "Name", "DOB", "Booked")
ROWS = [(f"24-{n:04d}", f"ROE{'ABCDEFGHI'[n]}, JAN", f"0{n + 1}/17/1980", f"1{n % 3}/02/2024") for n in range(9)]
COMMA = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEAD, *ROWS))


def read(tmp_path: Path, name: str, data: bytes, password: str | None = None) -> RawFile:
    """The file of these bytes, as read."""
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(path, password=password)


def cells(file: RawFile, sheet: int = 0) -> list[tuple[str, ...]]:
    """The cells of a sheet, without line numbers."""
    return [line for _, line in file.sheets[sheet].lines]


def html_table(rows: list[tuple[str, ...]]) -> str:
    """A table as report servers write it: no end tags for cells, capital letters, blanks that do not break."""
    return (
        "<TABLE border=1>" + "".join("<TR>" + "".join(f"<TD>{c or '&nbsp;'}" for c in row) for row in rows) + "</TABLE>"
    )


# web pages --------------------------------------------------------------------------------------------------


def test_a_web_page_named_xls(tmp_path: Path) -> None:
    banner = "<table><tr><td colspan=4>PINE COUNTY JAIL</td></tr></table>"
    file = read(tmp_path, "jail.xls", f"<html><body>{banner}{html_table([HEAD, *ROWS])}</body></html>".encode())
    assert file.format == "html"
    assert cells(file) == [("PINE COUNTY JAIL", "", "", ""), HEAD, *ROWS]
    assert file.sheets[0].lines[1][0] == 2
    assert any("web page" in note for note in file.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_web_page_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    rows = [HEAD, ("1", "NUÑEZ, JOSÉ", "01/02/1980", "02/03/2024")]
    file = read(tmp_path, "x.xls", f"<html><table>{html_table(rows)[15:]}".encode(encoding))
    assert cells(file) == rows


def test_spans_marks_and_scripts_of_a_web_page(tmp_path: Path) -> None:
    page = (
        "<style>td {x:y}</style><table><tr><th rowspan=2>Booking<br>No</th><th colspan=2>Inmate</th>"
        "<th>Booked</th></tr>"
        "<tr><th>Name</th><th>DOB</th><th>Date</th></tr>"
        "<tr><td>1</td><td>ROE &amp; <b>SON</b></td><td><script>evil()</script>01/02/1980</td>"
        "<td>&#8217;</td></tr></table>"
    )
    assert cells(read(tmp_path, "x.xls", page.encode())) == [
        ("Booking\nNo", "Inmate", "", "Booked"),
        ("", "Name", "DOB", "Date"),
        ("1", "ROE & SON", "01/02/1980", "’"),
    ]


def test_a_page_of_one_table_a_printed_page_is_one_sheet(tmp_path: Path) -> None:
    page = html_table([HEAD, *ROWS[:4]]) + "<table><tr><td>Page 1</table>" + html_table([HEAD, *ROWS[4:]])
    file = read(tmp_path, "x.xls", page.encode())
    assert cells(file) == [HEAD, *ROWS[:4], ("Page 1",), HEAD, *ROWS[4:]]


def test_tables_of_different_width_are_sheets_of_their_own(tmp_path: Path) -> None:
    other = [("Case", "Charge", "Bond", "Court", "Date"), ("1", "THEFT", "500", "A", "01/02/2024")]
    file = read(tmp_path, "x.xls", (html_table([HEAD, *ROWS]) + html_table(other)).encode())
    assert [sheet.name for sheet in file.sheets] == ["Table 1", "Table 2"]
    assert cells(file, 1) == other


def test_a_table_within_a_table_is_read_for_itself(tmp_path: Path) -> None:
    page = f"<table><tr><td>left</td><td>{html_table([HEAD, *ROWS])}</td></tr></table>"
    assert set(cells(read(tmp_path, "x.xls", page.encode()))) >= {HEAD, *ROWS}


def test_a_web_archive(tmp_path: Path) -> None:
    archive = MIMEMultipart("related")
    archive.attach(MIMEText(f"<html>{html_table([HEAD, *ROWS])}</html>", "html", "utf-8"))
    assert cells(
        read(
            tmp_path,
            "report.xls",
            archive.as_bytes().replace(b"Content-Type: multipart", b"MIME-Version: 1.0\nContent-Type: multipart", 1),
        )
    ) == [HEAD, *ROWS]


def test_a_page_that_only_points_to_its_sheets_is_refused(tmp_path: Path) -> None:
    page = b'<html><frameset><frame src="book_files/sheet001.htm"></frameset></html>'
    with pytest.raises(errors.HtmlTable):
        read(tmp_path, "book.xls", page)


# text and XML under other names -----------------------------------------------------------------------------


def test_tab_text_named_xls(tmp_path: Path) -> None:
    text = "\n".join("\t".join(row) for row in (HEAD, *ROWS))
    file = read(tmp_path, "jail.xls", text.encode("utf-16"))
    assert (file.format, file.encoding) == ("tsv", "utf-16")
    assert cells(file) == [HEAD, *ROWS]


XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="Bookings"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">PINE COUNTY</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">Name</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">Booked</Data>
</Cell></Row>
<Row><Cell><Data ss:Type="String">ROE &amp; SON</Data></Cell><Cell><Data ss:Type="Number">210498250</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-05T14:07:09.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>
<Cell ss:Formula="=A1"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="Codes"><Table><Row><Cell><Data ss:Type="String">A</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_spreadsheet(encoding: str, tmp_path: Path) -> None:
    file = read(tmp_path, "x.xls", XML.encode(encoding))
    assert file.format == "xml"
    assert [(sheet.name, sheet.hidden) for sheet in file.sheets] == [("Bookings", False), ("Codes", True)]
    assert file.sheets[0].lines == (
        (1, ("PINE COUNTY",)),
        (3, ("Name", "", "Booked")),
        (4, ("ROE & SON", "210498250", "2024-03-05 14:07:09")),
        (5, ("TRUE",)),
    )
    assert any("1 cell holds a formula" in note for note in file.notes)
    assert any("1 cell holds an error" in note for note in file.notes)


def test_an_xml_spreadsheet_with_entities_is_refused(tmp_path: Path) -> None:
    evil = XML.replace("<Workbook", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hosts">]><Workbook', 1)
    with pytest.raises(errors.UnsafeFile):
        read(tmp_path, "x.xls", evil.encode())


def test_an_xml_spreadsheet_cut_short_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(errors.DamagedFile):
        read(tmp_path, "x.xls", XML[:-200].encode())


def test_an_xml_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.NotATable):
        read(tmp_path, "x.xml", b"<?xml version='1.0'?><Inmates><Inmate/></Inmates>")


# workbooks --------------------------------------------------------------------------------------------------


def test_a_binary_workbook(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "b.xlsb",
        binary_workbook("Bookings", [HEAD, (1.0, "NUÑEZ, JOSÉ", True, 45000.5), (2.0, None, None, "x")]),
    )
    assert file.format == "xlsb"
    assert file.sheets[0].name == "Bookings"
    assert cells(file) == [HEAD, ("1", "NUÑEZ, JOSÉ", "TRUE", "45000.5"), ("2", "", "", "x")]


def test_a_workbook_with_macros(tmp_path: Path) -> None:
    out = io.BytesIO(plain_workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    file = read(tmp_path, "m.xlsm", out.getvalue())
    assert len(file.sheets[0].lines) == 31
    assert any("macros" in note for note in file.notes)


# zips -------------------------------------------------------------------------------------------------------


def zip_of(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_zip_of_files(tmp_path: Path) -> None:
    file = read(tmp_path, "hmis.zip", zip_of({
        "export/Client.csv": COMMA.encode(), "book.xlsx": plain_workbook(), "readme.pdf": b"%PDF-1.7\n",
        "__MACOSX/._Client.csv": b"\x00\x05\x16\x07", "export/": b"", "empty.csv": b"",
    }))  # fmt: skip
    assert file.format == "zip"
    assert [sheet.name for sheet in file.sheets] == ["book.xlsx · Sheet", "export/Client.csv"]
    assert cells(file, 1) == [HEAD, *ROWS]
    assert any("readme.pdf" in note and "a PDF" in note for note in file.notes)


def test_a_zip_with_a_damaged_workbook_is_refused_whole(tmp_path: Path) -> None:
    whole = plain_workbook()
    with pytest.raises(errors.DamagedFile, match=r"b\.xlsx in files\.zip"):
        read(tmp_path, "files.zip", zip_of({"a.csv": COMMA.encode(), "b.xlsx": whole[: len(whole) // 2]}))


def test_a_zip_without_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.Archive):
        read(tmp_path, "files.zip", zip_of({"a.pdf": b"%PDF-1.7\n"}))


# passwords --------------------------------------------------------------------------------------------------


def locked(password: str) -> bytes:
    """A workbook as Excel encrypts it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain_workbook())).encrypt(password, out)
    return out.getvalue()


def test_a_workbook_under_a_password(tmp_path: Path) -> None:
    data = locked("jail & bail ñ")
    with pytest.raises(errors.HasPassword):
        read(tmp_path, "locked.xlsx", data)
    with pytest.raises(errors.WrongPassword):
        read(tmp_path, "locked.xlsx", data, "Jail & bail ñ")
    file = read(tmp_path, "locked.xlsx", data, "jail & bail ñ")
    assert cells(file) == cells(read(tmp_path, "open.xlsx", plain_workbook()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["locked.xlsx", "open.xlsx"]


def test_a_workbook_protected_against_changes_alone_opens(tmp_path: Path) -> None:
    assert len(read(tmp_path, "p.xlsx", locked("VelvetSweatshop")).sheets[0].lines) == 31


def test_a_password_too_many_does_no_harm(tmp_path: Path) -> None:
    assert len(read(tmp_path, "open.xlsx", plain_workbook(), "not needed").sheets[0].lines) == 31
    assert cells(read(tmp_path, "open.csv", COMMA.encode(), "not needed")) == [HEAD, *ROWS]
