"""Windows of a rule on an as-of date: which days they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ddj_desktop.cohort.types import AnyMonths, FiscalYears, FromTo, Since, TrailingDays, TrailingMonths, Window
from ddj_desktop.kernel.dates import Span, minus_months, trailing_days, trailing_months

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """A date as whole days since Jan 1, 1970: how days stand in arrays."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(int(number) + _EPOCH)


def span_of(window: Window, as_of: date) -> Span:
    """The days a window holds on `as_of`, never any after it; for a rolling window its whole look-back.

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


def _fiscal_years(as_of: date, years: int, starts: int) -> Span:
    tomorrow = as_of + timedelta(days=1)  # a year that ends on the as-of date has ended by it
    year = tomorrow.year if tomorrow.month >= starts else tomorrow.year - 1
    begins_now = date(year, starts, 1)
    return Span(date(year - years, starts, 1), begins_now - timedelta(days=1))


@dataclass(frozen=True)
class Rolling:
    """Every window of N months inside a look-back of L months, each named by its last day D.

    The window ending on D holds the days after (D minus N months) up to and including D, the same rule as a
    trailing window read on D. It counts when all of it lies inside the look-back. `before[i]` is the day before
    the window that ends on day number `first_end + i`; `turns` are the end days next to which a step of one day
    does not move the window's beginning by exactly one day (ends of months), where a maximum may sit.
    """

    first_end: int
    last_end: int
    before: NDArray[np.int64]
    turns: NDArray[np.int64]

    def before_of(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day before the window that ends on each of `ends`."""
        return self.before[ends - self.first_end]

    def last_end_holding(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last end day whose window still holds each of `days`."""
        at = np.searchsorted(self.before, days, side="left") - 1
        return self.first_end + np.maximum(at, 0)


@lru_cache(maxsize=256)
def rolling(window: AnyMonths, as_of: date) -> Rolling:
    """All the windows of a rolling rule on `as_of`."""
    floor = minus_months(as_of, window.within_months)
    ends = [as_of]
    while minus_months(ends[-1] - timedelta(days=1), window.any_months) >= floor:
        ends.append(ends[-1] - timedelta(days=1))
    ends.reverse()
    before = np.array([day_number(minus_months(end, window.any_months)) for end in ends], np.int64)
    numbers = np.arange(day_number(ends[0]), day_number(as_of) + 1)
    uneven = np.flatnonzero(np.diff(before) != 1)
    turns = np.unique(np.concatenate([[0, len(numbers) - 1], uneven, uneven + 1]).astype(np.int64))
    return Rolling(int(numbers[0]), int(numbers[-1]), before, numbers[turns].astype(np.int64))
