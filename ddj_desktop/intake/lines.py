"""A sheet's lines made ready: which are data, their words as kept, and what each column taken in says of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

import numpy as np

from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.table import Table
from ddj_desktop.intake.types import Draft, RawSheet
from ddj_desktop.store.columns import Array

STARTS = ("starts", "starts_time", "starts_half")
"""Fields a sheet that only completes contacts can not give."""


@dataclass(frozen=True)
class Reading:
    """How an import's lines are read. Kept with the import as JSON, so that its rows can be read again."""

    kind: str
    sheet: str
    columns: dict[str, int]
    """Field to column index."""
    headers: dict[str, str]
    """Field to heading."""
    date_order: str
    fill_down: tuple[int, ...]
    read_on: str
    """ISO date; a two-digit year is never after it."""
    people_only: bool = False
    """The sheet holds people and no contacts."""
    completes: bool = False
    """The sheet says more of contacts another sheet started; it has their numbers and no start of its own."""
    report: str = ""
    """Which of a source's reports the sheet is: rows of one report replace each other, those of two are joined."""

    def to_json(self) -> str:
        """The text kept with the import."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Reading:
        """What `to_json` wrote."""
        kept: dict[str, Any] = json.loads(text)
        return Reading(**{**kept, "fill_down": tuple(kept["fill_down"])})

    @staticmethod
    def of(draft: Draft, read_on: date, people_only: bool, report: str = "") -> Reading:
        """The reading a draft stands for. Of two columns with one field, the first counts."""
        columns: dict[str, int] = {}
        headers: dict[str, str] = {}
        for column in draft.columns:
            if draft.completes and column.field in STARTS:
                continue
            if column.field and column.field != "never_wanted" and column.field not in columns:
                columns[column.field] = column.index
                headers[column.field] = column.header
        return Reading(
            draft.kind,
            draft.sheet,
            columns,
            headers,
            draft.date_order,
            draft.fill_down,
            read_on.isoformat(),
            people_only,
            draft.completes,
            report,
        )


@dataclass
class Lines:
    """The lines of a sheet. `data`, `leads` and the columns run over data lines only, in the sheet's order."""

    sheet: RawSheet
    never: frozenset[int]
    """Columns never wanted."""
    numbers: Sequence[int]
    not_data: dict[int, str]
    """Position of a line that is no data, and why."""
    data: Array
    """Positions of the data lines."""
    leads: Array
    """For each data line the position of the line that fills its blank cells; -1 where none does."""
    columns: dict[str, Coded] = field(default_factory=dict)

    def text(self, position: int) -> str:
        """The words of a line, as a JSON list; cells of columns never wanted are blank."""
        return self.texts(position, position + 1)[0]

    def texts(self, start: int, stop: int) -> list[str]:
        """The words of a stretch of lines, each as a JSON list; cells of columns never wanted are blank.

        Made when asked for: a large sheet's words, all at once, take more memory than the sheet.
        """
        table = self.sheet.table
        here = table.at(slice(start, stop))
        cells = [[""] * len(here) if index in self.never else self._written(index, column.codes.tolist())
                 for index, column in enumerate(here.columns)]  # fmt: skip
        rows = zip(*cells, strict=True) if cells else [()] * len(here)
        whole = len(cells)
        between = '", "'.join
        return [
            f'["{between(row if width == whole else row[:width])}"]' if width else "[]"
            for row, width in zip(rows, here.widths.tolist(), strict=True)
        ]

    def _written(self, index: int, codes: list[int]) -> list[str]:
        """A column's texts as JSON writes them between its quotation marks."""
        words = self.sheet.table.columns[index].words
        if not self._plain[index]:
            return [encode_basestring(words[code])[1:-1] for code in codes]
        return list(map(words.__getitem__, codes))

    @cached_property
    def _plain(self) -> list[bool]:
        """For each column whether no cell holds a mark that JSON writes otherwise."""
        joined = ["".join(column.words) for column in self.sheet.table.columns]
        return [text.isprintable() and "\\" not in text and '"' not in text for text in joined]


def sheet_of(draft: Draft) -> RawSheet:
    """The sheet a draft is about."""
    return next(sheet for sheet in draft.file.sheets if sheet.name == draft.sheet)


def lines_of(draft: Draft, reading: Reading) -> Lines:
    """Make a draft's lines ready."""
    sheet = sheet_of(draft)
    never = frozenset(column.index for column in draft.columns if column.field == "never_wanted")
    reasons = {line.line: line.reason for line in draft.not_data}
    reasons.update({number: "headings" for number in draft.header_lines})
    numbers = sheet.table.numbers
    told = np.isin(numbers, np.fromiter(reasons, np.int64, len(reasons)))
    not_data = {place: reasons[int(numbers[place])] for place in np.flatnonzero(told).tolist()}
    data = np.flatnonzero(~told)
    rows = sheet.table.at(data) if not_data else sheet.table
    leads = _leads(rows, [index for index in reading.fill_down if index not in never])
    places = np.where(leads < 0, -1, data[leads]) if data.size else leads
    lines = Lines(sheet, never, numbers.tolist(), not_data, data, places)
    filled = {name: _filled(rows.column(index), leads) for name, index in reading.columns.items()
              if index in reading.fill_down}  # fmt: skip
    lines.columns = {
        name: bare(filled[name] if name in filled else rows.column(index)) for name, index in reading.columns.items()
    }
    return lines


_TEXTS = frozenset({"csv", "tsv", "pipe", "semicolon"})


def beyond_headings(draft: Draft, lines: Lines) -> list[int]:
    """Numbers of a text file's data lines that hold something right of the last heading: a parting mark too many."""
    if not draft.header_lines or draft.file.format not in _TEXTS:
        return []
    heads = set(draft.header_lines)
    table = lines.sheet.table
    width = int(table.widths[np.isin(table.numbers, list(heads))].max())
    wider = lines.data[table.widths[lines.data] > width]
    seen = np.zeros(len(wider), bool)
    for column in table.columns[width:]:
        seen |= column.at(wider).where(str.strip)
    found: list[int] = table.numbers[wider[seen]].tolist()
    return found


def columns_of(rows: Table, leads: Sequence[Sequence[str] | None], reading: Reading) -> dict[str, Coded]:
    """What each column taken in says on each line; a blank cell of a filled column says what its lead line says.

    `leads`: for each line the cells of its lead line, where it has one.
    """
    columns = {name: bare(rows.column(index)) for name, index in reading.columns.items()}
    for name, index in reading.columns.items():
        if index in reading.fill_down:
            above = [lead[index].strip() if lead and index < len(lead) else "" for lead in leads]
            columns[name] = Coded.of([own or said for own, said in zip(columns[name].whole(), above, strict=True)])
    return columns


def bare(column: Coded) -> Coded:
    """A column's texts without blanks around them."""
    return column.change(str.strip)


def _filled(column: Coded, leads: Array) -> Coded:
    """A column whose blank cells say what the line at the place of their lead says."""
    takes = (leads >= 0) & ~column.where(str.strip)
    return Coded(np.where(takes, column.codes[leads], column.codes), column.words)


def _leads(rows: Table, fill_down: Sequence[int]) -> Array:
    """For each line the place of the one that opened its group, where all its columns to be filled are blank; else -1.

    A line with any of them filled opens a group of its own and takes nothing from above.
    """
    opens = np.zeros(len(rows), bool)
    for index in fill_down:
        opens |= rows.column(index).where(str.strip)
    last = np.maximum.accumulate(np.where(opens, np.arange(len(rows)), -1)) if len(rows) else np.zeros(0, np.int64)
    return np.where(opens, -1, last)
