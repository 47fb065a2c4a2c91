"""The tables of a web page: what many systems save under the name .xls. Nothing a page points to is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from ddj_desktop.intake.errors import HtmlTable, TooLarge
from ddj_desktop.intake.read_text import MOST_CELLS, Decoded, decode
from ddj_desktop.intake.tidy import Tidy

Line = tuple[int, list[str]]
_MOST_SPAN = 512
"""Columns or rows one cell may span; a page may claim any number."""
_WIDE = 3
"""Columns from which on a table of two rows or more is taken for the data; smaller ones are titles and remarks, unless
no table is as wide: then two columns do."""


@dataclass
class _Table:
    """A table's rows; cells that reach down from above are kept until their rows come."""

    rows: list[list[str]] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)
    """Column to the number of further rows a cell above reaches into."""

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def is_data(self, wide: int) -> bool:
        return self.width >= wide and len(self.rows) > 1


class _Page(HTMLParser):
    """Gathers the tables of a page in the order they begin. A table within a cell is a table of its own."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._file = file
        self._open: list[_Table] = []
        self._texts: list[list[str] | None] = []
        """For each open table the pieces of the cell that is open in it; None between cells."""
        self._spans: list[tuple[int, int]] = []
        self._unseen = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._unseen += 1
        elif tag == "table":
            self.tables.append(_Table())
            self._open.append(self.tables[-1])
            self._texts.append(None)
            self._spans.append((1, 1))
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].rows.append([])
            self._fill_from_above()
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            if not self._open[-1].rows:
                self._open[-1].rows.append([])
            said = dict(attrs)
            self._spans[-1] = _span(said.get("colspan")), _span(said.get("rowspan"))
            self._texts[-1] = []
        elif tag in ("br", "p", "div", "li") and self._texts and self._texts[-1]:
            self._texts[-1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            for stack in (self._open, self._texts, self._spans):
                stack.pop()

    def handle_data(self, data: str) -> None:
        if self._texts and self._texts[-1] is not None and not self._unseen:
            self._texts[-1].append(" ".join(data.replace("\xa0", " ").split()) if data.strip() else " ")

    def _end_cell(self) -> None:
        pieces = self._texts[-1]
        if pieces is None:
            return
        said = " ".join(pieces).replace(" \n ", "\n").replace(" \n", "\n").replace("\n ", "\n").strip()
        table, (across, down) = self._open[-1], self._spans[-1]
        cells = table.rows[-1]
        if down > 1:
            table.reaching.update({len(cells) + place: down - 1 for place in range(across)})
        cells.extend([said, *[""] * (across - 1)])
        self._cells += across
        if self._cells > MOST_CELLS:
            raise TooLarge(file=self._file, why=f"more than {MOST_CELLS:,} cells")
        self._texts[-1] = None
        self._fill_from_above()

    def _fill_from_above(self) -> None:
        """Leave a blank where a cell of an earlier row reaches into this one."""
        table = self._open[-1]
        cells = table.rows[-1]
        while table.reaching.get(len(cells), 0) > 0:
            table.reaching[len(cells)] -= 1
            cells.append("")


def _span(said: str | None) -> int:
    return min(int(said), _MOST_SPAN) if said and said.isdecimal() and int(said[:6]) > 0 else 1


def page(data: bytes, file: str) -> Decoded:
    """The words of a web page, or of the first page of a web archive (MHTML). Raises HtmlTable where there is none."""
    if not data.lstrip()[:13].lower().startswith(b"mime-version:"):
        return decode(data, file)
    import email.policy  # here, for web archives are rare and the package is large

    parts = email.message_from_bytes(data, policy=email.policy.default).walk()
    for part in parts:
        if part.get_content_type() == "text/html":
            packed = part.get_payload(decode=True)
            return decode(packed if isinstance(packed, bytes) else b"", file)
    raise HtmlTable(file=file)


def tables(text: str, file: str, tidy: Tidy) -> list[list[Line]]:
    """The sheets of a page: a table of data each, with the titles before it. Lines are numbered over the whole page.

    Tables of one width that follow each other are one sheet: reports print one table a page. Raises HtmlTable where
    no table is data.
    """
    parser = _Page(file)
    parser.feed(text)
    parser.close()
    found: list[list[Line]] = []
    before: list[Line] = []
    width = number = 0
    wide = min(_WIDE, max(2, *(table.width for table in parser.tables if len(table.rows) > 1), 0))
    for table in parser.tables:
        lines = []
        for cells in table.rows:
            number += 1
            kept = tidy.row(cells)
            if kept:
                lines.append((number, kept))
        if not table.is_data(wide):
            before.extend(lines)
        elif found and table.width == width:
            found[-1].extend([*before, *lines])
            before = []
        else:
            found.append([*before, *lines])
            before, width = [], table.width
    if not found:
        raise HtmlTable(file=file)
    found[-1].extend(before)
    return found
