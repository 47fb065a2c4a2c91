"""What every part of a month's figures works from: who is on the list, the windows, and how a number is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ddj_desktop.cohort.coverage import SourceCoverage
from ddj_desktop.kernel.dates import Month, Span, trailing_months
from ddj_desktop.measures.movement import MONTHS
from ddj_desktop.measures.types import CountTable, Estimate, Figure, Link, RowsKey

WINDOW_MONTHS = 12
"""Use and characteristics are those of the twelve months up to the month's last day: one whole year, so that no
season weighs twice, and the same for every definition, so that counties can compare."""


@dataclass
class Frame:
    """One month under one definition, with the figures as they come."""

    definition_id: int
    month: Month
    members: list[int]
    """Person ids on the list on the last day, ascending."""
    covered: tuple[SourceCoverage, ...]
    figures: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, CountTable] = field(default_factory=dict)
    estimates: dict[str, Estimate] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def as_of(self) -> date:
        """The month's last day."""
        return self.month.span.last

    @property
    def window(self) -> Span:
        """The twelve months up to the last day."""
        return trailing_months(self.as_of, WINDOW_MONTHS)

    @property
    def months(self) -> list[Month]:
        """The thirteen months of every series, oldest first; the last twelve are the window."""
        return [self.month.plus(-back) for back in range(MONTHS - 1, -1, -1)]

    @property
    def series(self) -> Span:
        """First to last day of the thirteen months."""
        return Span(self.months[0].span.first, self.as_of)

    def opens(self, query: str, **values: object) -> RowsKey:
        """The key by which a number of this month is opened to its rows."""
        always = (("definition_id", self.definition_id), ("as_of", self.as_of))
        return RowsKey(query, (*always, *sorted(values.items())))

    def sources_of(self, kind: str) -> list[SourceCoverage]:
        """What the sources of one kind cover."""
        return [source for source in self.covered if source.source.kind == kind]

    def has_any(self, kind: str, month: Month) -> bool:
        """False where no source of the kind has any data for the month: then it is 'no data', never 0."""
        return any(source.has_any(month) for source in self.sources_of(kind))

    def add(self, figure: Figure) -> None:
        """Keep a figure under its name."""
        self.figures[figure.name] = figure

    def add_table(self, table: CountTable) -> None:
        """Keep a table under its name."""
        self.tables[table.name] = table

    def add_estimate(self, estimate: Estimate) -> None:
        """Keep an estimate under its name."""
        self.estimates[estimate.name] = estimate


def short_month(month: Month) -> str:
    """As a row of a series: `Oct 2026`."""
    return f"{month.span.first:%b} {month.year}"
