"""What passes between the steps of intake: a file as read, a draft of its meaning, the result of taking it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddj_desktop.intake.table import Line, Table


class Sure(StrEnum):
    """How sure a suggestion is. Sure: header and content agree. Likely: one says so, the other does not object."""

    SURE = "Sure"
    LIKELY = "Likely"
    GUESS = "Guess"


@dataclass(frozen=True)
class RawSheet:
    """One sheet as read: its lines that hold anything, each with the line number a spreadsheet program shows.

    A cell is the text the file held (ISO form for dates and times a workbook stores as such; whole numbers
    without a decimal point). Lines may differ in length.
    """

    name: str
    hidden: bool
    lines: Sequence[Line]
    blank: tuple[int, ...] = ()
    """Numbers of a text file's lines that have cells, all of them blank (`,,,`)."""

    @cached_property
    def table(self) -> Table:
        """The lines as columns."""
        from ddj_desktop.intake.table import Table  # here: a reader's child is started before numpy is

        return Table.of(self.lines)


@dataclass(frozen=True)
class RawFile:
    """A file as read, before anything is made of it."""

    name: str
    sha256: str
    bytes: int
    format: str
    """xlsx, xls, xlsb, ods, csv, tsv, pipe, semicolon."""
    encoding: str | None
    sheets: tuple[RawSheet, ...]
    notes: tuple[str, ...] = ()
    """Sentences for the person: what was seen and repaired while reading. No cell values."""


@dataclass(frozen=True)
class ColumnGuess:
    """What one column of a sheet seems to hold."""

    index: int
    header: str
    field: str | None
    """A name of `intake.fields`, or None where the column is not needed."""
    sure: Sure
    why: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class NotData:
    """A line that is no data: a title, the headings, a total, a page footer."""

    line: int
    reason: str


@dataclass(frozen=True)
class Draft:
    """The suggested meaning of one sheet of a file: what `stage` takes in. The person may change any of it."""

    file: RawFile
    sheet: str
    kind: str
    """Source kind: jail arrest dispatch co_responder ems hospital shelter treatment court probation."""
    kind_sure: Sure
    source: str
    """Name of the source it belongs to (known or proposed)."""
    header_lines: tuple[int, ...]
    """Line numbers of the headings; empty where the sheet has none."""
    columns: tuple[ColumnGuess, ...]
    date_order: str
    """mdy, dmy or ymd."""
    date_order_sure: Sure
    not_data: tuple[NotData, ...]
    fill_down: tuple[int, ...] = ()
    """Columns blank on the continuation lines of a group, to be filled from the group's first line."""
    problems: tuple[str, ...] = ()
    """Sentences: what must or should be looked at before taking the sheet in."""
    replaces: tuple[date, date] | None = None
    """First and last day of the period whose earlier rows this sheet replaces, whether it names them or not."""
    completes: bool = False
    """The sheet has no start of its own: it says more of contacts whose numbers the source already has."""

    def column_of(self, name: str) -> int | None:
        """Index of the column mapped to a field; None where there is none."""
        return next((column.index for column in self.columns if column.field == name), None)


@dataclass(frozen=True)
class Problem:
    """Something about the rows of one import, counted; never a cell's value."""

    level: str
    """must fix, please check, for information."""
    code: str
    column: str
    count: int
    sentence: str
    lines: tuple[int, ...] = ()
    """Up to twenty line numbers, as examples."""
    examples: tuple[str, ...] = ()
    """Up to three of the values, masked: digits as 9, letters as A."""
    effect: str = ""
    """What it does to the results."""
    ask: str = ""
    """What to ask the sender."""


@dataclass(frozen=True)
class ImportResult:
    """What taking one sheet in did. `rows` = new + changed + already_here + set_aside + not_data, always."""

    file_name: str
    import_id: int | None
    """None when the very file was taken in before, or for a dry run."""
    source: str
    kind: str
    rows: int
    new: int
    changed: int
    already_here: int
    set_aside: int
    not_data: int
    mapping: dict[str, str]
    """Field to header."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    replaced: int = 0
    """Rows here before, of the period the sheet replaces, that it does not name: they stand no more."""
