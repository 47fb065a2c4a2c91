"""The child process that reads a spreadsheet, so that a hostile or broken file can at worst end the child.

It writes messages to its standard output, each a length (8 bytes, big-endian) and that many bytes: one head, then
lines in batches, then an end; or an error by the name of its class with its facts. Messages are JSON; a batch of
lines is their numbers as JSON and then their cells with marks between that no cell can hold. Nothing touches the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ddj_desktop.intake import read_text, read_workbook, zip_scan
from ddj_desktop.intake.errors import CannotOpen, EmptyFile, NoSuchSpreadsheet, TooLarge
from ddj_desktop.intake.sniff import sniff
from ddj_desktop.intake.tidy import Tidy
from ddj_desktop.kernel.errors import PersonCanFix

MEMORY = 1_000_000_000
"""Most bytes of address space the child may use beyond what it starts with."""
_BATCH = 2_000
CELL, LINE, TEXTS = "\x1f", "\x1e", "\x1d"
"""Marks between cells, between lines, and before the texts of a batch: tidy texts hold no such marks."""


def main(path: str, seconds: int = 120) -> int:
    """Read the file and write its messages to standard output. Exit code 0 even where an error was told."""
    out = os.fdopen(1, "wb", closefd=False)
    _limit(seconds)
    file = Path(path).name
    try:
        for message in _messages(Path(path), file):
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


def _send(out: BinaryIO, message: object) -> None:
    if isinstance(message, list):
        cells = LINE.join(CELL.join(line) for _, line in message)
        data = f"{json.dumps([number for number, _ in message])}{TEXTS}{cells}".encode()
    else:
        data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    out.write(len(data).to_bytes(8, "big"))
    out.write(data)


def _messages(path: Path, file: str) -> Iterator[object]:
    data = _bytes(path, file)
    yield {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    kind = sniff(data, file)
    if kind == "text":
        yield from _text(data, file)
    else:
        yield from _workbook(data, kind, file)


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


def _text(data: bytes, file: str) -> Iterator[object]:
    decoded = read_text.decode(data, file)
    text = read_text.as_lines(decoded.text)
    mark, tidy, records = read_text.delimiter(text), Tidy(), 0
    blank: list[int] = []
    yield {"sheet": "", "hidden": False}
    for batch in _batches(read_text.rows(text, mark, file, tidy, blank)):
        records += len(batch)
        yield batch
    notes = [*decoded.notes, *tidy.notes()]
    if read_text.swallowed(text, records):
        notes.append("The file has far more lines than records; a quotation mark too many may have joined some.")
    yield {"format": read_text.FORMATS[mark], "encoding": decoded.encoding, "notes": notes, "blank": blank}


def _workbook(data: bytes, kind: str, file: str) -> Iterator[object]:
    seen, archive = zip_scan.scan(data, file) if kind == "zip" else (zip_scan.Seen("xls"), None)
    book, tidy = read_workbook.open_workbook(data, file), Tidy()
    for index, (name, hidden) in enumerate(read_workbook.sheets(book)):
        padded = read_workbook.padded_columns(archive, index) if archive and seen.kind == "xlsx" else {}
        yield {"sheet": name, "hidden": hidden}
        yield from _batches(read_workbook.lines(book, name, file, tidy, padded))
    notes = tidy.notes()
    if seen.macro:
        notes.append("The workbook holds macros. Its values were read; the macros were not touched.")
    if seen.unsaved_formulas:
        notes.append(
            f"{seen.unsaved_formulas:,} cells hold formulas without a kept result and read as blank. "
            "Open the file in Excel, save it, and add it again."
        )
    if seen.error_cells:
        notes.append(f"{seen.error_cells:,} cells hold an error such as #N/A and read as blank.")
    yield {"format": seen.kind, "encoding": None, "notes": notes}


def _batches(lines: Iterator[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    batch: list[tuple[int, list[str]]] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 120))
