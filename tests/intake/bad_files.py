"""Files no one should have sent: broken, protected, mistaken for spreadsheets, or built to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl

from ddj_desktop.intake import errors
from ddj_desktop.kernel.errors import PersonCanFix

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}" '
    'Target="{target}"/></Relationships>'
)
_RELATION = (
    '<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}" '
    'Target="{target}"/>'
)
_RELATED = {"xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles"}
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0"?>{dtd}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{dimension}<sheetData>{rows}</sheetData></worksheet>"
)


def text_cell(address: str, text: str) -> str:
    """One cell of text as a sheet's XML holds it."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(
    rows: str, dtd: str = "", dimension: str = "", extra: Mapping[str, str | bytes] | None = None, name: str = "S"
) -> bytes:
    """A workbook of one sheet with the given rows of XML, and any further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS.format(what="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _BOOK.replace('name="S"', f'name="{name}"'))
        relations = _RELS.format(what="worksheet", target="worksheets/sheet1.xml")
        for number, part in enumerate(sorted(part for part in extra or {} if part in _RELATED), start=2):
            relation = _RELATION.format(number=number, what=_RELATED[part], target=part.removeprefix("xl/"))
            relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(dtd=dtd, dimension=dimension, rows=rows))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def plain_workbook(rows: int = 30) -> bytes:
    """A sound workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "DOB", "Booking Date"])
    for number in range(rows):
        sheet.append([f"ROE, JAN {'ABCDEFGHIJ'[number % 10]}", "01/02/1990", f"03/{number % 28 + 1:02d}/2024"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _two_corners() -> bytes:
    first = f'<row r="1">{text_cell("A1", "a")}</row>'
    return workbook(f'{first}<row r="1048576">{text_cell("XFD1048576", "z")}</row>')


def _huge_cell() -> bytes:
    return workbook(f'<row r="1">{text_cell("A1", "A" * 120_000_000)}</row>')


def _many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/parts/{number}.xml", "<a/>")
        archive.writestr("xl/workbook.xml", _BOOK)
    return out.getvalue()


def _entities() -> str:
    steps = "".join(f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"ha" * 10}">' for n in range(12))
    return f"<!DOCTYPE w [{steps}]>"


def _late_entity() -> bytes:
    """The document type stands behind a comment longer than any block a scan would read."""
    return workbook(f'<row r="1">{text_cell("A1", "a")}</row>', dtd=f"<!-- {'x' * 3_000_000} -->{_entities()}")


def _twice() -> bytes:
    out = io.BytesIO(workbook(f'<row r="1">{text_cell("A1", "a")}</row>'))
    with zipfile.ZipFile(out, "a") as archive:
        archive.filelist = [entry for entry in archive.filelist]
        archive.NameToInfo.pop("xl/worksheets/sheet1.xml")
        archive.writestr("xl/worksheets/sheet1.xml", "<other/>")
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO(plain_workbook())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("xl/link.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/hosts")
    return out.getvalue()


def _zip_in_zip() -> bytes:
    inner, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("rows.csv", "a,b\n1,2\n")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return out.getvalue()


def _word() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def _protected() -> bytes:
    """The outer container of a protected workbook: an OLE file whose directory names EncryptedPackage."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.ljust(64, b"\0") + bytes(2048)


def _png() -> bytes:
    data = zlib.compress(b"\0" + bytes(3))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + bytes(17) + data


_ROW = f'<row r="1">{text_cell("A1", "a")}</row>'
_OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hosts">]>'

BAD: tuple[tuple[str, str, Callable[[], bytes], type[PersonCanFix]], ...] = (
    ("1 nothing in it", "empty.xlsx", lambda: b"", errors.EmptyFile),
    ("only blanks", "blank.csv", lambda: b"\r\n \r\n", errors.EmptyFile),
    ("2 cut in half", "half.xlsx", lambda: plain_workbook()[: len(plain_workbook()) // 2], errors.DamagedFile),
    ("last byte gone", "almost.xlsx", lambda: plain_workbook()[:-30], errors.DamagedFile),
    ("a byte changed", "changed.xlsx", lambda: _flipped(plain_workbook()), errors.DamagedFile),
    ("a PDF", "report.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", errors.NotATable),
    ("a picture", "scan.csv", _png, errors.NotATable),
    ("4 a web page without rows", "jail.xls", lambda: b"<html><body><table><tr><td>Name</td></tr></table>",
     errors.HtmlTable),
    ("a web page with marks before it", "jail.xls", lambda: b"\xef\xbb\xbf\r\n <TABLE border=1>", errors.HtmlTable),
    ("an XML spreadsheet", "x.xls", lambda: b'<?xml version="1.0"?><Workbook/>', errors.NotATable),
    ("JSON", "x.csv", lambda: b'{"a": 1}', errors.NotATable),
    ("bytes without sense", "x.csv", lambda: bytes(range(256)) * 40, errors.NotATable),
    ("a Word document", "letter.docx", _word, errors.NotATable),
    ("10 a zip in a zip", "files.xlsx", _zip_in_zip, errors.Archive),
    ("6 a password", "locked.xlsx", _protected, errors.HasPassword),
    ("an OLE file of something else", "x.xls", lambda: _protected().replace(b"E\0n", b"X\0n"), errors.DamagedFile),
    ("20 far corners", "corners.xlsx", _two_corners, errors.TooWide),
    ("8 one huge cell", "cell.xlsx", _huge_cell, errors.UnsafeFile),
    ("9 thousands of parts", "parts.xlsx", _many_parts, errors.UnsafeFile),
    ("11 entities", "laughs.xlsx", lambda: workbook(_ROW, dtd=_entities()), errors.UnsafeFile),
    ("entities late", "late.xlsx", _late_entity, errors.UnsafeFile),
    ("13 an outside entity", "outside.xlsx", lambda: workbook(_ROW, dtd=_OUTSIDE), errors.UnsafeFile),
    ("12 entities in the texts", "texts.xlsx", lambda: workbook(_ROW, extra={"xl/sharedStrings.xml": _entities()}),
     errors.UnsafeFile),
    ("14 a document type elsewhere", "dtd.xlsx",
     lambda: workbook(_ROW, dtd='<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">'), errors.UnsafeFile),
    ("15 a part outside", "evil.xlsx", lambda: workbook(_ROW, extra={"../../evil.xml": "<a/>"}), errors.UnsafeFile),
    ("16 a part twice", "twice.xlsx", _twice, errors.UnsafeFile),
    ("17 a link", "link.xlsx", _link, errors.UnsafeFile),
    ("21 rows out of order", "order.xlsx",
     lambda: workbook(f'<row r="5">{text_cell("A5", "a")}</row><row r="2">{text_cell("A2", "b")}</row>'),
     errors.DamagedFile),
    ("21 a row twice", "order.xlsx",
     lambda: workbook(f'<row r="2">{text_cell("A2", "a")}</row><row r="2">{text_cell("A2", "b")}</row>'),
     errors.DamagedFile),
    ("a sheet without cells", "none.xlsx", lambda: workbook(""), errors.NoRows),
    ("49 an open quote", "quote.csv", lambda: b'Name,Date\n"ROE, JAN,2024-01-01\nDOE,2024-01-02\n', errors.OpenQuote),
    ("an open quote met by another", "quote2.csv",
     lambda: b'Name,Note\nROE,fine\n"DOE,ok\n"POE","ok"\n', errors.OpenQuote),
    ("47 an endless cell", "long.csv", lambda: b"Name,Note\nROE," + b"x" * 1_200_000 + b"\n", errors.LongCell),
)  # fmt: skip


def _flipped(data: bytes) -> bytes:
    """One byte of the sheet's packed content changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        place = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
