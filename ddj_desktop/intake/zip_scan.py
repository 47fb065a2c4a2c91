"""A look at a workbook's archive before any parser sees it: sizes, names, document types, the extent of its sheets.

Limits: reference on file-input threats (section 4). A workbook that passes is parsed in a child process all the
same; this look gives the plain sentence and keeps the child from wasting a minute.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import lt
from typing import IO

from ddj_desktop.intake.errors import DamagedFile, HasPassword, NotATable, TooLarge, TooWide, UnsafeFile
from ddj_desktop.intake.left_blank import LeftBlank

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
MOST_RATIO = 100
RATIO_FROM = 20_000_000
"""A small file of few values packs better than 100 to 1; the ratio counts from this unpacked size on."""
LARGE = 20_000_000
"""Above this unpacked size the parts are looked through while they are parsed, not before: it saves a second."""
MOST_ENTRIES = 1_000
MOST_SHEETS = 50
MOST_CELLS = 12_000_000
"""Rows times columns of one sheet: what fits the reader's memory of 1 GB (300,000 rows of 40 columns)."""

_BLOCK = 1 << 20
_OVERLAP = 512
_TYPE_MARKS = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*? hidden="(?:1|true)"')
_NO_RESULT = (b"</f></c>", b"</f><v/></c>", b"</f><v /></c>", b"</f><v></v></c>")
"""How a formula's cell ends that keeps no result."""
_WIDE = re.compile(rb' r="([A-Z]{2,3})\d')
"""Addresses right of column Z; looking at every address of a large sheet would double the time of the look."""


@dataclass
class Seen:
    """What the look found in a workbook."""

    kind: str
    """xlsx, xlsb or ods; zip for an archive of files."""
    macro: bool = False
    large: bool = False
    """More than `LARGE` bytes unpacked."""
    blank: dict[str, LeftBlank] = field(default_factory=dict)
    """Part of a sheet to its cells that read as blank: formulas without a kept result, errors such as #N/A."""
    hidden_rows: int = 0
    """Rows a person or a filter hid; they are read like the others."""


def look_in(data: bytes, file: str) -> tuple[Seen, zipfile.ZipFile]:
    """What the archive is, from its list of parts alone; raises one plain error for each breach of the limits."""
    if len(data) > MOST_BYTES:
        raise TooLarge(file=file, why=f"{len(data) // 1_000_000} MB; the most is {MOST_BYTES // 1_000_000} MB")
    with _in_plain_words(file):
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_entries(archive, len(data), file)
        seen = Seen(_kind(archive.namelist(), archive, file))
        seen.macro = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
        seen.large = sum(entry.file_size for entry in archive.infolist()) > LARGE
    return seen, archive


def look_through(archive: zipfile.ZipFile, seen: Seen, file: str) -> None:
    """Look through the parts of a workbook, adding to what was seen; raises one plain error for each breach."""
    with _in_plain_words(file):
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                _check_part(archive, entry, file, seen)


@contextmanager
def _in_plain_words(file: str) -> Iterator[None]:
    """The archive's own errors as ours."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise DamagedFile(file=file, why="its archive does not unpack") from error
    except RuntimeError as error:  # zipfile's word for an encrypted part, and for a packing it does not know
        if "password" in str(error).lower():
            raise HasPassword(file=file) from error
        raise DamagedFile(file=file, why="its archive is packed in an unknown way") from error


def files_in(archive: zipfile.ZipFile, file: str, password: str | None) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of a plain archive, without what a system adds for itself (hidden files)."""
    if password:
        archive.setpassword(password.encode())
    for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
        names = entry.filename.split("/")
        if entry.is_dir() or "__MACOSX" in names or names[-1].startswith((".", "~$")) or not entry.file_size:
            continue
        with _in_plain_words(file):
            data = archive.read(entry)
        yield entry.filename, data


def _kind(names: list[str], archive: zipfile.ZipFile, file: str) -> str:
    lower = {name.lower() for name in names}
    if "xl/workbook.xml" in lower:
        return "xlsx"
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if "content.xml" in lower and "mimetype" in lower:
        if b"spreadsheet" in archive.open("mimetype").read(200):
            return "ods"
        raise NotATable(file=file, what="a text document")
    if "word/document.xml" in lower:
        raise NotATable(file=file, what="a Word document")
    if "ppt/presentation.xml" in lower:
        raise NotATable(file=file, what="a slide show")
    return "zip"


def _check_entries(archive: zipfile.ZipFile, packed: int, file: str) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnsafeFile(file=file, why=f"it packs {len(entries):,} parts")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise UnsafeFile(file=file, why="it packs one part twice")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise UnsafeFile(file=file, why="it packs a part that points outside")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeFile(file=file, why="it packs a link to another file")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise TooLarge(file=file, why=f"{unpacked // 1_000_000:,} MB unpacked")
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed:
        raise UnsafeFile(file=file, why=f"it unpacks to {unpacked // max(packed, 1):,} times its size")
    sheets = sum(name.startswith("xl/worksheets/sheet") for name in names)
    if sheets > MOST_SHEETS:
        raise TooLarge(file=file, why=f"{sheets} sheets; the most is {MOST_SHEETS}")


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, seen: Seen) -> None:
    """Read one part to its end (which proves its checksum), looking for document types and, in a sheet, its extent."""
    name = entry.filename.lower()
    extent = _Extent() if name.startswith("xl/worksheets/") and name.endswith(".xml") else None
    with archive.open(entry) as part:
        for text, upto in _overlapping(part):
            if (b"!" in text or b"\0" in text) and any(mark in text for mark in _TYPE_MARKS):
                raise UnsafeFile(file=file, why="it holds a document type or entity")
            if extent:
                blank = seen.blank.setdefault(entry.filename, LeftBlank())
                for end in _NO_RESULT if b"</f>" in text else ():
                    blank.unsaved_formulas += _lines_with(text, end, upto)
                blank.error_cells += _lines_with(text, b't="e"', upto)
                if b' hidden="' in text:
                    seen.hidden_rows += sum(found.start() < upto for found in _HIDDEN_ROW.finditer(text))
                extent.add(text, upto)
    if extent is None:
        return
    if not extent.in_order:
        raise DamagedFile(file=file, why="rows stand out of order")
    if extent.rows * extent.columns > MOST_CELLS:
        with archive.open(entry) as part:
            extent = _filled_extent(part)
    if extent.rows * extent.columns > MOST_CELLS:
        raise TooWide(file=file, why=f"{extent.rows:,} rows by {extent.columns:,} columns")


def _lines_with(text: bytes, mark: bytes, upto: int) -> list[int]:
    """The line of each cell in which a mark begins before `upto`; 0 where the cell does not say it."""
    lines = []
    place = text.find(mark, 0, upto + len(mark) - 1)
    while place >= 0:
        begins = text.rfind(b"<c ", 0, place)
        found = _CELL.match(text, begins) if begins >= 0 else None
        lines.append(int(found[2]) if found else 0)
        place = text.find(mark, place + 1, upto + len(mark) - 1)
    return lines


def _overlapping(part: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Blocks that overlap, so that nothing is cut in two; a find that starts at or after the number is seen again."""
    tail = b""
    block = part.read(_BLOCK)
    while block:
        after = part.read(_BLOCK)
        text = tail + block
        yield text, max(0, len(text) - _OVERLAP) if after else len(text)
        tail, block = text[-_OVERLAP:], after


class _Extent:
    """The box of a sheet's cells, from the addresses written in it, and whether its rows stand in order."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.in_order = True

    def add(self, text: bytes, upto: int) -> None:
        """Take the addresses of one block into account."""
        last = max(text.rfind(b"<row", 0, upto + 3), 0)  # a row's mark holds no other: up to here none is cut in two
        found = _ROW.match(text, last)
        numbers = [self.rows, *map(int, _ROW.findall(text, 0, last)), *([int(found[1])] if found else [])]
        self.in_order = self.in_order and all(map(lt, numbers, numbers[1:]))
        self.rows = max(numbers)
        self.columns = max(self.columns, 26, *map(column_number, set(_WIDE.findall(text))))


def _filled_extent(part: IO[bytes]) -> _Extent:
    """The box of the cells that hold something: whole columns are often formatted to the last row and empty."""
    extent = _Extent()
    for text, _ in _overlapping(part):
        for letters, row, closed in _CELL.findall(text):
            if not closed:
                extent.rows = max(extent.rows, int(row))
                extent.columns = max(extent.columns, column_number(letters))
    return extent


def column_number(letters: bytes) -> int:
    """1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
