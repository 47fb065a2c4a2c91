"""Rows as CSV: the identified list, the crosswalk, and rows opened behind a figure.

UTF-8 with a mark at the start, so that Excel reads every letter; CR LF line ends and quotes as RFC 4180 says.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.inert import inert_csv

_PIECE = 2_000
_TO_QUOTE = re.compile(r'[,"\r\n]')
_NUMBERS = frozenset({int, float})
"""What is written as it is: most cells of a long table."""


def write_rows(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    progress: Progress | None = None,
    private: bool = True,
) -> str:
    """Write rows under their headings in one step and give the file's SHA-256.

    Texts that a spreadsheet program might run get a leading `'`; numbers and dates are written as they are; None is
    an empty cell. `private` (the rule for rows about people) lets only the writing account read the file. Raises
    CannotSave, NoRoom, NotAsWritten; Stopped where the person pressed Cancel.
    """

    def fill(out: Sink) -> None:
        out.write(b"\xef\xbb\xbf")
        for piece in _pieces(columns, rows, progress):
            out.write(piece)

    return write_whole(path, fill, private=private)


def write_columns(
    path: Path,
    columns: Mapping[str, Sequence[str] | Sequence[int] | Sequence[float]],
    progress: Progress | None = None,
) -> str:
    """Write columns of one length side by side under their headings, as `write_rows` writes private rows: a long table
    of numbers and few different texts in half the time. Gives and raises the same."""

    def fill(out: Sink) -> None:
        out.write(b"\xef\xbb\xbf" + ",".join(map(_as_written, columns)).encode("utf-8", "replace") + b"\r\n")
        lines = zip(*map(_written_once, columns.values()), strict=True)
        done = 0
        while piece := list(islice(lines, _PIECE)):
            out.write("".join([f"{','.join(cells)}\r\n" for cells in piece]).encode("utf-8", "replace"))
            done += len(piece)
            if progress:
                progress.at(done)

    return write_whole(path, fill, private=True)


def _written_once(column: Sequence[str] | Sequence[int] | Sequence[float]) -> Iterator[str]:
    """The cells of a column as they are written, each different text looked at once."""
    if column and isinstance(column[0], str):
        written = {text: _as_written(str(text)) for text in set(column)}
        return map(written.__getitem__, column)
    return map(repr, column)


def _as_written(text: str) -> str:
    """A text cell, inert, in quotation marks where it needs them."""
    plain = inert_csv(text)
    return '"' + plain.replace('"', '""') + '"' if _TO_QUOTE.search(plain) else plain


def _pieces(columns: Sequence[str], rows: Iterable[Sequence[object]], progress: Progress | None) -> Iterable[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([inert_csv(name) for name in columns])
    left, done = iter(rows), 0
    while piece := list(islice(left, _PIECE)):
        writer.writerows([[value if type(value) in _NUMBERS else _cell(value) for value in row] for row in piece])
        yield text.getvalue().encode("utf-8", "replace")
        text.seek(0)
        text.truncate()
        done += len(piece)
        if progress:
            progress.at(done)
    yield text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return inert_csv(str(value))
