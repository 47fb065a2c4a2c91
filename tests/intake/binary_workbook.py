"""A binary workbook (.xlsb), written record by record: no writer of the format is at hand.

Records are those of [MS-XLSB]: a type and a length, each in one or two bytes of seven bits, then the content.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

Cell = str | float | bool | None

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}" '
    'Target="{target}"/></Relationships>'
)


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: Cell) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return _record(4, head + bytes([value]))
    if isinstance(value, float):
        return _record(5, head + struct.pack("<d", value))
    if value == "#N/A":
        return _record(3, head + b"\x2a")
    return _record(6, head + _wide(str(value))) if value is not None else b""


def binary_workbook(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet."""
    body = b""
    for number, cells in enumerate(rows):
        body += _record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        body += b"".join(_cell(column, value) for column, value in enumerate(cells))
    width = max(map(len, rows))
    sheet = (
        _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145) + body
        + _record(146) + _record(130)
    )  # fmt: skip
    book = (
        _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name))
        + _record(144) + _record(132)
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(what="officeDocument", target="xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(what="worksheet", target="worksheets/sheet1.bin")
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()
