"""Figures and tables as counted, before anything is protected. They stay in the building."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ddj_desktop.kernel.dates import Month, Span


@dataclass(frozen=True)
class RowsKey:
    """How to open a figure to the rows behind it: a query's name and its named values."""

    query: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number of the catalogue for one month: `count` of `of`."""

    name: str
    """The catalogue's name, stable for scripts: people_on_list, people_new, contacts_jail, share_days_jail …"""
    words: str
    """Plain words for the person: 'People on the list'."""
    unit: str
    """people, contacts, days, dollars."""
    count: float | None
    """Numerator; None where the data do not allow an answer (never 0 for missing)."""
    of: float | None
    """Denominator; None where the figure is a bare count."""
    people: int
    """How many people stand behind the numerator: what protection looks at."""
    of_people: int | None
    """How many people stand behind the denominator."""
    period: Span
    rows: RowsKey
    sources: tuple[str, ...] = ()
    note: str = ""
    top_two: tuple[float, float] = (0.0, 0.0)
    """The two largest contributions of one person each to `count`, for figures in contacts, days or dollars."""
    stays: int | None = None
    """How many rows a figure in days opens to; their column 'days' adds up to `count`. None for any other unit."""


@dataclass(frozen=True)
class CountTable:
    """A table of counts. `counts[r][c]`; one column named '' makes it one-way."""

    name: str
    words: str
    row_title: str
    rows: tuple[str, ...]
    column_title: str
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    """None where the data do not allow an answer (a month a source did not deliver), never 0 for missing."""
    unit: str
    """people, contacts, days."""
    period: Span
    rows_add_up: bool
    """True when each thing counted is in exactly one row, so that a column's sum is a true total."""
    columns_add_up: bool
    """Likewise for columns."""
    people: tuple[tuple[int, ...], ...] | None = None
    """People behind each cell where `unit` is not people."""
    top_two: tuple[tuple[tuple[float, float], ...], ...] | None = None
    """The two largest contributions of one person each to each cell, where known and `unit` is not people."""
    first_alone: bool = False
    """True where the first column alone is printed. The others and the totals stay in the building, and must not be
    learned by a reader who knows the totals anyway."""
    keys: tuple[tuple[RowsKey, ...], ...] | None = None
    """How to open each cell."""
    pool_small_into: str = ""
    """Where rows too small to show become one row when protected: its label. '' where each row stays itself."""
    note: str = ""
    sources: tuple[str, ...] = ()
    inside: bool = False
    """True for a table that stays in the building whatever its counts: no packet prints it, nothing is worked out
    from it that leaves."""


@dataclass(frozen=True)
class Estimate:
    """A number worked out from counts: a mean, a rate, a ratio, a share by a curve, dollars. It stays in the building;
    a packet works its own out from protected counts alone."""

    name: str
    words: str
    group: str
    """Under which heading it is listed: 'Time in jail', 'Disparity' …"""
    unit: str
    """%, days, per 1,000, ratio, dollars, kappa."""
    value: float | None
    """None where the data do not allow an answer."""
    low: float | None
    high: float | None
    spread: str
    """What low and high are: '95% interval', 'half of them lie between', 'stated range'; '' where there is none."""
    count: float | None
    """Numerator, in the same unit as `of` where both count the same things."""
    of: float | None
    counted: str
    """What numerator and denominator are: 'days of 120 stays that ended'."""
    period: Span
    rows: RowsKey | None
    opens: int
    """How many rows it opens to."""
    unstable: bool = False
    """True on fewer than 20 events."""
    note: str = ""
    sources: tuple[str, ...] = ()


TOTAL = -1
"""In place of a row's or column's number: the margin."""


@dataclass(frozen=True)
class At:
    """Where a number of a month stands: a figure's count (or, with `of`, its denominator), or a cell of a table."""

    name: str
    row: int | None = None
    column: int | None = None
    of: bool = False


@dataclass(frozen=True)
class Link:
    """A tie between numbers of a month that anyone can write down: sum of `wholes` = sum of `parts`."""

    wholes: tuple[At, ...]
    parts: tuple[At, ...]
    rest: bool = False
    """True when the parts leave a rest that is printed nowhere, but which subtraction gives."""
    rest_people: int = 0
    """How many people stand behind that rest, for contacts, days and dollars; 0 where nobody counted."""


@dataclass(frozen=True)
class MonthFigures:
    """Everything counted for one month under one definition."""

    county: str
    state: str
    population: int | None
    month: Month
    as_of: date
    definition_id: int
    definition_name: str
    definition_version: int
    definition_state: str
    definition_sentence: str
    agreed: str
    """'Jun 12, 2025 by 6 agencies', or '' while nobody has agreed."""
    figures: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, CountTable] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    """Every tie between figures and tables that a table's own totals and a figure's own `of` do not say."""
    warnings: tuple[str, ...] = ()
    """Sentences every page that prints figures must carry: sources that fall short, and since when."""
    estimates: dict[str, Estimate] = field(default_factory=dict)
    silent: dict[tuple[str, str], int] = field(default_factory=dict)
    """By the table of a fixed trait (by_sex, by_race) and the kind of source: of how many people on the list no record
    of that kind says it. Nothing is known of a kind that is not here."""
