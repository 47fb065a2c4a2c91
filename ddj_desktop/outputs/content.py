"""What a packet says, as plain data. How it looks is the business of `pdf` and `workbook`, which draw the same blocks.

Numbers of people, contacts, days and dollars enter only as `SafeFigure` and `SafeTable`, which only `disclosure` makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from ddj_desktop.disclosure.safe import SafeFigure, SafeTable
from ddj_desktop.kernel.dates import Month
from ddj_desktop.registers.costs import UnitCost
from ddj_desktop.registers.programmes import Programme

Audience = Literal["meeting", "leadership", "public", "partner"]
Completeness = Literal["full", "part", "none"]


@dataclass(frozen=True)
class Paragraph:
    """Running text; `strong` for the sentence that matters, `lead` printed in bold before it."""

    text: str
    strong: bool = False
    lead: str = ""


@dataclass(frozen=True)
class Points:
    """A short list of sentences under a heading."""

    title: str
    sentences: tuple[str, ...]
    look: Literal["numbered", "boxed", "small"] = "numbered"
    """Numbered for what will be talked about; boxed for what a reader must not miss; small for notes."""


@dataclass(frozen=True)
class Headline:
    """One of the large numbers on the first page, with the same number earlier where there is one."""

    label: str
    figure: SafeFigure | None
    """The number; None where it is the last month of `series`, of that month's total."""
    series: SafeTable | None = None
    """Months, oldest first, with the packet's month last: its column `column` gives the month before, the same month
    a year earlier, and the small line."""
    column: str = ""


@dataclass(frozen=True)
class Headlines:
    """The row of large numbers."""

    number: int
    title: str
    items: tuple[Headline, ...]
    note: str = ""


@dataclass(frozen=True)
class TableBlock:
    """A table of counts. `percent` adds a percent beside each count: of its column, of its row, or none."""

    number: int
    title: str
    table: SafeTable
    percent: Literal["column", "row", "none"] = "none"
    totals: bool = True
    note: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars of each row: its percent of the column, or its count where the columns have no total."""

    number: int
    title: str
    table: SafeTable
    percent: Literal["column", "none"] = "column"
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Several tables with the same columns under one heading: each with its total first, then its rows as bars."""

    number: int
    title: str
    tables: tuple[SafeTable, ...]
    note: str = ""


@dataclass(frozen=True)
class LineChart:
    """Columns of a table of months as lines, with the table beside it."""

    number: int
    title: str
    table: SafeTable
    drawn: tuple[str, ...]
    """Names of the columns drawn as lines; the table beside shows them all."""
    note: str = ""


@dataclass(frozen=True)
class FlowBar:
    """How the list changed: who stayed, is new, returned, left."""

    number: int
    title: str
    parts: tuple[tuple[str, SafeFigure], ...]
    """In order, with their short labels: Stayed, New, Returned, Left; each of the list it is a part of."""
    note: str = ""


@dataclass(frozen=True)
class UseRow:
    """What people on the list used in one system, each figure of all use there."""

    label: str
    people: SafeFigure | None
    contacts: SafeFigure | None
    days: SafeFigure | None


@dataclass(frozen=True)
class UseTable:
    """Use by system, with bars of the share that people on the list account for."""

    number: int
    title: str
    rows: tuple[UseRow, ...]
    note: str = ""


@dataclass(frozen=True)
class ShareBars:
    """Figures that are `count` of `of`, each as a bar from 0 to 100 %."""

    number: int
    title: str
    rows: tuple[tuple[str, SafeFigure], ...]
    note: str = ""


@dataclass(frozen=True)
class CoverageCalendar:
    """Which months each source delivered. A month without data is marked so in words."""

    number: int
    title: str
    months: tuple[Month, ...]
    rows: tuple[tuple[str, tuple[Completeness, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class SourceTable:
    """What was taken in from each source: rows of files, to the nearest fifty, so that a few late ones do not show."""

    number: int
    title: str
    rows: tuple[SourceFacts, ...]
    note: str = ""


@dataclass(frozen=True)
class StageTable:
    """Race and ethnicity stage by stage: rates of first contact on residents, shares of the stage before after it."""

    number: int
    title: str
    table: SafeTable
    """Columns: known, booked, booked and on the list."""
    residents: Mapping[str, int]
    """People who live in the county, by row; rows without are left out. Public figures, not the county file's."""
    note: str = ""


@dataclass(frozen=True)
class CostTable:
    """Contacts and days of people on the list, times unit costs."""

    number: int
    title: str
    rows: tuple[CostRow, ...]
    note: str = ""


@dataclass(frozen=True)
class CostRow:
    """One priced figure."""

    label: str
    figure: SafeFigure
    price: UnitCost


@dataclass(frozen=True)
class OutcomeTable:
    """Use before and after enrolment, beside the as-if cohort: what a programme is judged by."""

    number: int
    title: str
    programme: Programme
    followed: tuple[SafeFigure, SafeFigure]
    """People enrolled and people of the as-if cohort who are followed."""
    use: SafeTable
    """Rows: before, after. Columns: people enrolled, as-if cohort."""
    in_jail: SafeTable | None
    """Likewise their days in jail; None for an outcome in days, which counts every day."""
    note: str = ""


@dataclass(frozen=True)
class Notes:
    """Small print: what hides numbers, how to read them."""

    sentences: tuple[str, ...]


Numbered = (
    Headlines
    | TableBlock
    | BarChart
    | Comparison
    | LineChart
    | FlowBar
    | UseTable
    | ShareBars
    | CoverageCalendar
    | SourceTable
    | StageTable
    | CostTable
    | OutcomeTable
)
Block = Paragraph | Points | Notes | Numbered


@dataclass(frozen=True)
class Page:
    """One question, answered in its title."""

    name: str
    """For bookmarks: 'The list'."""
    title: str
    subtitle: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class SourceFacts:
    """What the county file knows about one source, for the method page."""

    name: str
    rows: int
    """Rows of all files taken in that were data."""
    set_aside: int
    last_day: date | None
    """The last day its contacts start on; None while nothing came in."""
    months: tuple[tuple[Month, Completeness], ...] = ()


@dataclass(frozen=True)
class Checked:
    """What a blind check of one lot of pairs gave: pairs looked at, pairs where the program was right, and the interval
    of the share that was right (0 to 1)."""

    looked: int
    right: int
    low: float
    high: float


@dataclass(frozen=True)
class MatchFacts:
    """How records became people, for the method page."""

    records: int
    people: int
    pairs_decided: int
    pairs_to_review: int
    run_on: date | None
    joined: Checked | None = None
    """Pairs the program joined, answered blind in the last twelve months; None where none were."""
    apart: Checked | None = None


@dataclass(frozen=True)
class Recipient:
    """The partner a summary is made for, as the gate's permit has it."""

    name: str
    agreement: str
    """The agreement's title."""
    purpose: str


@dataclass(frozen=True)
class PacketFacts:
    """What a packet prints besides figures."""

    made_at: datetime
    """Wall-clock time where the computer stands, printed as it is."""
    audit_head: str
    """Entry number and the first 16 letters of its hash: `128-9f3ab21c44d0e7aa`."""
    decisions: tuple[str, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    matching: MatchFacts | None = None
    demo: bool = False
    """True for the made-up county: every page says so."""
    residents: Mapping[str, int] = field(default_factory=dict)
    """People who live in the county, by group; empty where nobody entered them."""
    residents_from: str = ""
    prices: tuple[UnitCost, ...] = ()
    """Unit costs that hold in the packet's year, average and marginal."""
    programmes: tuple[Programme, ...] = ()
    """Programmes whose outcome is fixed."""
    recipient: Recipient | None = None
    """For a partner's summary alone."""


@dataclass(frozen=True)
class Packet:
    """A packet ready to be drawn."""

    audience: Audience
    county: str
    title: str
    """For the document's properties: 'Pine County, October 2026, meeting packet'."""
    kicker: str
    """The line above each page."""
    footer: tuple[str, ...]
    """The lines below each page; the page's number is added to the last."""
    pages: tuple[Page, ...]
    demo: bool
    made_at: datetime


def numbered_blocks(page: Page) -> list[Numbered]:
    """The numbered blocks of a page in their order."""
    return [block for block in page.blocks if not isinstance(block, Paragraph | Points | Notes)]


def numbered(packet: Packet) -> list[Numbered]:
    """The numbered blocks of a packet in their order."""
    return [block for page in packet.pages for block in numbered_blocks(page)]
