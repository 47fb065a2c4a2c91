"""The child process that reads a spreadsheet, so that a hostile or broken file can at worst end the child.

It writes messages to its standard output, each a length (8 bytes, big-endian) and that many bytes: JSON for the head,
the names of sheets, the end, or an error by the name of its class with its facts; between them lines in blocks of
columns (`handover`). Nothing touches the disk.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ddj_desktop.intake import left_blank, read_text, read_workbook, zip_scan
from ddj_desktop.intake.errors import (
    Archive,
    CannotOpen,
    EmptyFile,
    HtmlTable,
    NoSuchSpreadsheet,
    NotATable,
    TooLarge,
)
from ddj_desktop.intake.handover import blocks
from ddj_desktop.intake.sniff import sniff
from ddj_desktop.intake.tidy import Tidy, shown_name
from ddj_desktop.intake.unlock import unlocked
from ddj_desktop.kernel.errors import PersonCanFix

Message = dict[str, Any] | bytes

MEMORY = 1_000_000_000
"""Most bytes of address space the child may use beyond what it starts with."""


@dataclass(frozen=True)
class _End:
    """What is told of a file after its sheets."""

    format: str
    encoding: str | None
    notes: list[str]


def main(path: str, seconds: int = 120, locked: bool = False) -> int:
    """Read the file and write its messages to standard output. Exit code 0 even where an error was told.

    `locked`: the file's password is the whole of standard input, in UTF-8; it is in no list of arguments.
    """
    out = os.fdopen(1, "wb", closefd=False)
    password = sys.stdin.buffer.read().decode() if locked else None
    _limit(seconds)
    gc.disable()  # millions of texts that live to the end; looking through them again and again takes a second
    file = shown_name(Path(path).name)
    try:
        for message in _messages(Path(path), file, password):
            _send(out, message)
    except PersonCanFix as error:
        _send(out, {"error": error.code, "facts": error.facts})
    except MemoryError:
        _send(out, {"error": "TooLarge", "facts": {"file": file, "why": "more than the reader can hold"}})
    out.flush()
    return 0


def _limit(seconds: int) -> None:
    """Memory, processor time, no files written, no memory dump left behind; where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit and the look before still hold
        return
    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_CPU", seconds + 5),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        which = getattr(resource, name, None)
        if which is None:
            continue
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some; the others still bind
            resource.setrlimit(which, (most, most))


def _send(out: BinaryIO, message: Message) -> None:
    data = message if isinstance(message, bytes) else json.dumps(message).encode("ascii")
    out.write(len(data).to_bytes(8, "big"))
    out.write(data)


def _messages(path: Path, file: str, password: str | None) -> Iterator[Message]:
    data = _bytes(path, file)
    yield {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    end = yield from _file(data, file, password)
    yield {"format": end.format, "encoding": end.encoding, "notes": end.notes}


def _file(data: bytes, file: str, password: str | None, packed: bool = False) -> Generator[Message, None, _End]:
    """The sheets of a file by what it is. `packed`: it came out of an archive, and may be none itself."""
    kind = sniff(data, file)
    if kind == "ole":
        data = unlocked(data, file, password)
        kind = sniff(data, file)
    if kind == "zip":
        seen, archive = zip_scan.look_in(data, file)
        if seen.kind != "zip":
            return (yield from _workbook(data, archive, seen, file))
        if packed:
            raise Archive(file=file)
        return (yield from _files(archive, file, password))
    if kind == "ole":
        return (yield from _workbook(data, None, zip_scan.Seen("xls"), file))
    if kind == "html":
        return (yield from _page(data, file))
    if kind == "xml":
        return (yield from _xml(data, file))
    return (yield from _text(data, file))


def _files(archive: zipfile.ZipFile, file: str, password: str | None) -> Generator[Message, None, _End]:
    """Every spreadsheet of an archive, its sheets under the name it has there. What is no table is named and left."""
    notes: list[str] = []
    read = 0
    for name, data in zip_scan.files_in(archive, file, password):
        shown = Tidy().text(name)
        try:
            messages = _file(data, f"{shown} in {file}", password, packed=True)
            end = yield from _named(messages, shown)
        except (NotATable, HtmlTable) as error:
            notes.append(str(error))
            continue
        notes.extend(f"{shown}: {note}" for note in end.notes)
        read += 1
    if not read:
        raise Archive(file=file)
    return _End("zip", None, notes)


def _named(messages: Generator[Message, None, _End], name: str) -> Generator[Message, None, _End]:
    """The messages of one file, with its name before those of its sheets."""
    while True:
        try:
            message = next(messages)
        except StopIteration as stop:
            end: _End = stop.value
            return end
        if isinstance(message, dict) and "sheet" in message:
            message["sheet"] = f"{name} · {message['sheet']}" if message["sheet"] else name
        yield message


def _bytes(path: Path, file: str) -> bytes:
    try:
        if path.stat().st_size > read_text.MOST_BYTES:
            raise TooLarge(file=file, why=f"{path.stat().st_size // 1_000_000:,} MB")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchSpreadsheet(file=file) from error
    except OSError as error:
        raise CannotOpen(file=file, why=error.strerror or "no reason given") from error
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise EmptyFile(file=file)
    return data


def _text(data: bytes, file: str) -> Generator[Message, None, _End]:
    decoded = read_text.decode(data, file)
    del data  # a large file's bytes and words need not both be held
    mark, tidy, count = read_text.delimiter(decoded.text), Tidy(), read_text.Count()
    yield {"sheet": "", "hidden": False}
    yield from blocks(read_text.rows(decoded.text, mark, file, tidy, count))
    yield {"blank": count.blank}
    notes = [*decoded.notes, *tidy.notes()]
    if read_text.swallowed(count):
        notes.append("The file has far more lines than records; a quotation mark too many may have joined some.")
    return _End(read_text.FORMATS[mark], decoded.encoding, notes)


def _page(data: bytes, file: str) -> Generator[Message, None, _End]:
    from ddj_desktop.intake import read_html  # here, for its imports take as long as a small file

    page, tidy = read_html.page(data, file), Tidy()
    found = read_html.tables(page.text, file, tidy)
    for place, lines in enumerate(found, start=1):
        yield {"sheet": f"Table {place}" if len(found) > 1 else "", "hidden": False}
        yield from blocks(lines)
    told = "The file is a web page, whatever its name says; its tables were read."
    return _End("html", page.encoding, [told, *page.notes, *tidy.notes()])


def _xml(data: bytes, file: str) -> Generator[Message, None, _End]:
    from ddj_desktop.intake import read_xml

    tidy = Tidy()
    book = read_xml.read_book(data, file, tidy)
    for sheet in book.sheets:
        yield {"sheet": sheet.name, "hidden": sheet.hidden}
        yield from blocks(sheet.lines)
    return _End("xml", None, [*tidy.notes(), *left_blank.sentences(book.unsaved_formulas, book.error_cells)])


def _workbook(
    data: bytes, archive: zipfile.ZipFile | None, seen: zip_scan.Seen, file: str
) -> Generator[Message, None, _End]:
    tidy = Tidy()
    with ThreadPoolExecutor(max_workers=1) as beside:
        look = beside.submit(zip_scan.look_through, archive, seen, file) if archive else None
        if look and not seen.large:
            look.result()
        try:
            book = read_workbook.open_workbook(data, file)
            for index, (name, hidden) in enumerate(read_workbook.sheets(book)):
                sheet = read_workbook.load(book, name, file)
                if look:
                    look.result()  # nothing is handed on before all parts were looked through
                padded = read_workbook.padded_columns(archive, index) if archive and seen.kind == "xlsx" else {}
                yield {"sheet": name, "hidden": hidden}
                yield from blocks(read_workbook.lines(sheet, tidy, padded, file))
        except PersonCanFix:
            if look:
                look.result()  # what was seen in the parts says more than what the parser met
            raise
    notes, names = tidy.notes(), [name for name, _ in read_workbook.sheets(book)]
    if seen.macro:
        notes.append("The workbook holds macros. Its values were read; the macros were not touched.")
    if seen.hidden_rows:
        rows = "1 row is hidden and was" if seen.hidden_rows == 1 else f"{seen.hidden_rows:,} rows are hidden and were"
        notes.append(f"{rows} read like the others. A filter may have hidden them; delete what is not meant to count.")
    return _End(seen.kind, None, [*notes, *_blank(names, data, archive, seen)])


def _blank(names: list[str], data: bytes, archive: zipfile.ZipFile | None, seen: zip_scan.Seen) -> list[str]:
    """Sentences about the cells that read as blank. `names`: of the sheets."""
    kind = seen.kind
    if kind == "xls":
        found = left_blank.in_old_workbook(data)
    elif archive and kind == "xlsb":
        found = left_blank.in_binary_workbook(archive)
    elif archive and kind == "ods":
        found = left_blank.in_open_document(archive)
    elif archive:
        sheet_of = read_workbook.names_of_parts(archive) if len(names) > 1 else {}
        each = ((sheet_of.get(part, ""), blank) for part, blank in seen.blank.items())
        return [one for name, blank in each
                for one in left_blank.sentences(blank.unsaved_formulas, blank.error_cells, name)]  # fmt: skip
    else:
        return []
    return left_blank.sentences(found.unsaved_formulas, found.error_cells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), "--locked" in sys.argv[3:]))
