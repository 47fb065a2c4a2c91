"""Days of stay by person and kind of source: the one rule of a day, for whoever needs the days themselves.

The rule and its reasons stand at the head of `cohort.counts`; `sql/person_days.sql` is the same rule as a query, and
a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ddj_desktop.kernel.dates import Span
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class Stretch:
    """An unbroken stretch of days of one person in stays of one source kind."""

    person_id: int
    source_kind: str
    first_day: date
    last_day: date
    days: int
    open: bool
    """True where a stay in it had not ended by the as-of date."""


def stretches(lane: Lane, span: Span, as_of: date, exclude: tuple[str, ...] = ()) -> list[Stretch]:
    """Every stretch of days inside `span`, seeing nothing after `as_of`; contact kinds in `exclude` left out."""
    found = lane.rows(
        sql("cohort", "person_days"), first=span.first, last=span.last, as_of=as_of, exclude=list(exclude)
    )
    return [Stretch(*row) for row in found]
