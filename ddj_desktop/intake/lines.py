"""A sheet's lines made ready: which are data, their words as kept, and what each column taken in says of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from json.encoder import encode_basestring
from operator import eq, itemgetter
from typing import Any

from ddj_desktop.intake.types import Draft, RawSheet

STARTS = ("starts", "starts_time")
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
    numbers: list[int]
    not_data: dict[int, str]
    """Position of a line that is no data, and why."""
    data: list[int]
    """Positions of the data lines."""
    leads: list[int | None]
    """For each data line the position of the line that fills its blank cells."""
    columns: dict[str, list[str]] = field(default_factory=dict)

    def text(self, position: int) -> str:
        """The words of a line, as a JSON list; cells of columns never wanted are blank.

        Made when asked for: a large sheet's words, all at once, take more memory than the sheet.
        """
        cells = _wanted(self.sheet.lines[position][1], self.never)
        plain = '", "'.join(cells)
        if plain.isprintable() and "\\" not in plain and plain.count('"') == 2 * len(cells) - 2:
            return f'["{plain}"]'  # no cell holds a mark that is written otherwise
        return "[" + ", ".join(map(encode_basestring, cells)) + "]"


def _wanted(line: tuple[str, ...], never: frozenset[int]) -> tuple[str, ...]:
    if not never:
        return line
    cells = list(line)
    for index in never:
        if index < len(cells):
            cells[index] = ""
    return tuple(cells)


def sheet_of(draft: Draft) -> RawSheet:
    """The sheet a draft is about."""
    return next(sheet for sheet in draft.file.sheets if sheet.name == draft.sheet)


def lines_of(draft: Draft, reading: Reading) -> Lines:
    """Make a draft's lines ready."""
    sheet = sheet_of(draft)
    never = frozenset(column.index for column in draft.columns if column.field == "never_wanted")
    reasons = {line.line: line.reason for line in draft.not_data}
    reasons.update({number: "headings" for number in draft.header_lines})
    data: list[int] = []
    not_data: dict[int, str] = {}
    cells: list[tuple[str, ...]] = []
    for position, (number, line) in enumerate(sheet.lines):
        if number in reasons:
            not_data[position] = reasons[number]
        else:
            data.append(position)
            cells.append(_wanted(line, never) if reading.fill_down else line)  # no field reads a column never wanted
    leads = _leads(cells, reading.fill_down)
    numbers = [number for number, _ in sheet.lines]
    places = [None if lead is None else data[lead] for lead in leads]
    lines = Lines(sheet, never, numbers, not_data, data, places)
    lines.columns = columns_of(cells, [None if lead is None else cells[lead] for lead in leads], reading)
    return lines


_TEXTS = frozenset({"csv", "tsv", "pipe", "semicolon"})


def beyond_headings(draft: Draft, lines: Lines) -> list[int]:
    """Numbers of a text file's data lines that hold something right of the last heading: a parting mark too many."""
    if not draft.header_lines or draft.file.format not in _TEXTS:
        return []
    heads = set(draft.header_lines)
    width = max(len(cells) for number, cells in lines.sheet.lines if number in heads)
    wider = (lines.sheet.lines[position] for position in lines.data if len(lines.sheet.lines[position][1]) > width)
    return [number for number, cells in wider if any(cell.strip() for cell in cells[width:])]


def columns_of(
    cells: Sequence[Sequence[str]], leads: Sequence[Sequence[str] | None], reading: Reading
) -> dict[str, list[str]]:
    """What each column taken in says on each line; a blank cell of a filled column says what its lead line says."""
    filled = set(reading.fill_down)
    columns: dict[str, list[str]] = {}
    for name, index in reading.columns.items():
        values = _column(cells, index)
        if index in filled:
            for place, lead in enumerate(leads):
                if lead is not None and index < len(lead):
                    values[place] = values[place] or lead[index].strip()
        columns[name] = values
    return columns


def _column(cells: Sequence[Sequence[str]], index: int) -> list[str]:
    try:
        values = list(map(itemgetter(index), cells))
    except IndexError:  # lines of different length
        values = [line[index] if index < len(line) else "" for line in cells]
    bare = {text: text.strip() for text in set(values)}
    if all(map(eq, bare, bare.values())):
        return values
    return list(map(bare.__getitem__, values))


def _leads(cells: list[tuple[str, ...]], fill_down: tuple[int, ...]) -> list[int | None]:
    """For each line the one that opened its group, where all its columns to be filled are blank.

    A line with any of them filled opens a group of its own and takes nothing from above.
    """
    if not fill_down:
        return [None] * len(cells)
    leads: list[int | None] = []
    lead: int | None = None
    for place, line in enumerate(cells):
        if any(index < len(line) and line[index].strip() for index in fill_down):
            lead = place
            leads.append(None)
        else:
            leads.append(lead)
    return leads
