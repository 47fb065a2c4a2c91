"""Text files of rows: the encoding and the delimiter found from the content, then the csv module."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ddj_desktop.intake.errors import LongCell, NotATable, OpenQuote, TooLarge
from ddj_desktop.intake.tidy import Tidy

FORMATS = {",": "csv", "\t": "tsv", "|": "pipe", ";": "semicolon"}
MOST_BYTES = 300_000_000
MOST_CELLS = 33_000_000
"""A whole sheet of 1,048,576 rows by 30 columns and a little more."""
_LONGEST_FIELD = 1_000_000
_SAMPLE_LINES = 300
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Decoded:
    """A text file's words."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes, file: str) -> Decoded:
    """Find the encoding: by its mark, by NULs (UTF-16), as UTF-8, else as Windows (cp1252).

    A file mostly in UTF-8 with a few broken bytes stays UTF-8; each broken byte becomes U+FFFD and is counted.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return _utf8(data[3:], "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(data.decode("utf-16", "replace"), "utf-16", ())
    head = data[:4000]
    if head.count(0) > len(head) // 4:
        odd, even = head[1::2].count(0), head[0::2].count(0)
        code = "utf-16-le" if odd > even else "utf-16-be"
        text = data.decode(code, "replace")
        if _is_text(text):
            return Decoded(text, code, ())
    decoded = _utf8(data, "utf-8")
    if not _is_text(decoded.text):
        raise NotATable(file=file, what="not text")
    return decoded


def _utf8(data: bytes, code: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), code, ())
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for mark in text if mark > "\x7f") - broken
    if code == "utf-8-sig" or whole > broken:
        return Decoded(text, code, (f"{broken:,} broken characters were replaced with a mark.",))
    text = data.decode("cp1252", "replace")
    unknown = text.count("\ufffd")
    notes = (f"{unknown:,} characters that Windows does not know were replaced with a mark.",) if unknown else ()
    return Decoded(text, "cp1252", notes)


def _is_text(text: str) -> bool:
    """True where almost all marks of the beginning can be printed."""
    head = text[:20_000]
    odd = sum(1 for mark in head if mark < " " and mark not in "\t\n\r\x0b\x0c\x1a")
    return odd <= max(8, len(head) // 50)


def delimiter(text: str) -> str:
    """The mark that cuts most lines into the same number of cells, of comma, tab, pipe and semicolon.

    Banner lines differ from the rest, so the commonest number counts; where none cuts at all, a comma (one column).
    """
    sample = "\n".join(re.split(r"\r\n|\r|\n", text[:400_000], maxsplit=_SAMPLE_LINES)[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for mark in FORMATS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if any(row)]
        except csv.Error:
            continue
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            continue
        width, often = max(counts.items(), key=lambda item: (item[1] * min(item[0], 12), item[0]))
        score = often * (1 + min(width, 12) / 4)
        if score > best_score:
            best, best_score = mark, score
    return best


@dataclass
class Count:
    """Lines of text and records found in them."""

    lines: int = 0
    """Lines that hold anything, as a text editor counts them."""
    records: int = 0
    blank: list[int] = field(default_factory=list)
    """Numbers of records whose cells are all blank; an empty line has no cells."""


def rows(text: str, mark: str, file: str, tidy: Tidy, count: Count) -> Iterator[tuple[int, list[str]]]:
    """The records that hold anything, numbered as a spreadsheet program numbers them (blank ones count).

    Lines may end with CR LF, CR or LF, also mixed. Quotes are strict: one that is not closed as it should be would
    swallow lines without a word. Raises OpenQuote or LongCell with the line the record begins on; TooLarge past the
    cells that can be held. `count` grows as the rows are read.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader((found[0] for found in _LINE.finditer(text)), delimiter=mark, strict=True)
    number = begins = cells_read = 0
    try:
        for row in reader:
            number += 1
            cells_read += len(row)
            if cells_read > MOST_CELLS:
                raise TooLarge(file=file, why=f"more than {number:,} rows of {len(row):,} columns")
            cells = tidy.row(row)
            if cells:
                count.records += 1
                count.lines += reader.line_num - begins
                yield number, cells
            elif row:
                count.blank.append(number)
            begins = reader.line_num
    except csv.Error as error:
        kind = LongCell if "field larger" in str(error) else OpenQuote
        raise kind(file=file, line=begins + 1) from error


def swallowed(count: Count) -> bool:
    """True where the file has far more lines than records: a pair of quotation marks may have swallowed some.

    The rule (more than 1.5 lines a record) is that of the reference on file-input threats.
    """
    return count.records > 3 and count.lines > 1.5 * count.records
