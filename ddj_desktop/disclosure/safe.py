"""The only types an output may draw. Only this package can make them: the key is private to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.disclosure.held import Held
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.kernel.errors import OurFault

HIDDEN = "—"
"""The one marker for every hidden number, whatever the reason it is hidden."""

_KEY = object()


def _only_here(key: object) -> None:
    if key is not _KEY:
        raise OurFault(what="a table tried to leave without protection")


@dataclass(frozen=True)
class SafeFigure:
    """One number that may be printed; `count` or `of` None is printed as the marker."""

    name: str
    words: str
    unit: str
    count: float | None
    of: float | None
    period: Span
    missing: bool
    """True when there is no data to answer, which is printed as 'no data', not as the marker."""
    note: str
    key: object = None

    def __post_init__(self) -> None:
        _only_here(self.key)


@dataclass(frozen=True)
class SafeTable:
    """One table that may be printed. None is printed as the marker; hidden totals too."""

    name: str
    words: str
    row_title: str
    rows: tuple[str, ...]
    column_title: str
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    missing: frozenset[tuple[int, int]]
    """Cells without data: printed as 'no data'."""
    row_totals: tuple[int | None, ...] | None
    """None as a whole where columns do not add up."""
    column_totals: tuple[int | None, ...] | None
    total: int | None
    unit: str
    period: Span
    note: str
    hidden: int
    """How many numbers are hidden."""
    key: object = None

    def __post_init__(self) -> None:
        _only_here(self.key)


@dataclass(frozen=True)
class SafeMonth:
    """Everything a packet may print for one month."""

    county: str
    state: str
    population: int | None
    month: Month
    as_of: date
    definition_name: str
    definition_version: int
    definition_state: str
    definition_sentence: str
    agreed: str
    threshold: int
    rounded_to: int
    """Every number of people, contacts, days and dollars is the nearest multiple of this."""
    kept: int
    """How many numbers are as an earlier packet had them, because late records changed them by threshold at most."""
    figures: dict[str, SafeFigure]
    tables: dict[str, SafeTable]
    warnings: tuple[str, ...]
    held: Held
    """What this release tells its readers; for the county file alone."""
    key: object = None

    def __post_init__(self) -> None:
        _only_here(self.key)
