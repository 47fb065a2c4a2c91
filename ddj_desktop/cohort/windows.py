"""Windows of a rule on an as-of date: which days they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ddj_desktop.cohort.types import (
    AnyMonths,
    BeforeLast,
    FiscalYears,
    FromTo,
    Since,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.kernel.dates import Span, minus_months, trailing_days, trailing_months

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """A date as whole days since Jan 1, 1970: how days stand in arrays."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(int(number) + _EPOCH)


def span_of(window: Window, as_of: date) -> Span:
    """The days a window holds on `as_of`, never any after it; for a rolling window its whole look-back. A window
    anchored to an event has other days for each person; given are those of somebody whose event is on `as_of`.

    Fiscal years: the last N years that had ended by `as_of`, each beginning on the first of month `starts`.
    """
    match window:
        case TrailingDays(days):
            return trailing_days(as_of, days)
        case TrailingMonths(months):
            return trailing_months(as_of, months)
        case AnyMonths(_, within):
            return trailing_months(as_of, within)
        case FromTo(first, last):
            return Span(first, min(last, as_of))
        case FiscalYears(years, starts):
            return _fiscal_years(as_of, years, starts)
        case Since(day):
            return Span(day, as_of)
        case BeforeLast(months, _):
            return trailing_months(as_of, months)


@lru_cache(maxsize=65_536)
def months_back(number: int, months: int) -> int:
    """The day number of the same day so many months earlier: the day before a window of so many months."""
    return day_number(minus_months(day_of(number), months))


def _fiscal_years(as_of: date, years: int, starts: int) -> Span:
    tomorrow = as_of + timedelta(days=1)  # a year that ends on the as-of date has ended by it
    year = tomorrow.year if tomorrow.month >= starts else tomorrow.year - 1
    begins_now = date(year, starts, 1)
    return Span(date(year - years, starts, 1), begins_now - timedelta(days=1))


@dataclass(frozen=True)
class Rolling:
    """Every window of N months that ends inside a look-back of L months, each named by its last day D.

    The window ending on D holds the days after (D minus N months) up to and including D, the same rule as a trailing
    window read on D, less what lies before the look-back. So nothing before the look-back counts, and every day in it
    lies in some window, whatever the lengths of the months. `before[i]` is the day before the window that ends on day
    number `first_end + i`. `turns` are the end days after which the beginning moves on faster than before them (ends
    of months): there a sum may be highest although nothing begins or ends.
    """

    first_end: int
    last_end: int
    before: NDArray[np.int64]
    turns: NDArray[np.int64]

    def before_of(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day before the window that ends on each of `ends`."""
        return self.before[ends - self.first_end]

    def last_end_holding(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last end day whose window still holds each of `days`, which lie in the look-back."""
        return self.first_end + np.searchsorted(self.before, days, side="left") - 1


@lru_cache(maxsize=256)
def rolling(window: AnyMonths, as_of: date) -> Rolling:
    """All the windows of a rolling rule on `as_of`."""
    span = trailing_months(as_of, window.within_months)
    floor = day_number(span.first) - 1
    ends = np.arange(floor + 1, day_number(as_of) + 1, dtype=np.int64)
    begins = [months_back(end, window.any_months) for end in ends.tolist()]
    before = np.maximum(np.array(begins, np.int64), floor)
    faster = np.flatnonzero(np.diff(before, 2) > 0) + 1
    turns = np.concatenate([ends[:1], ends[faster], ends[-1:]])
    return Rolling(int(ends[0]), int(ends[-1]), before, turns)
