"""Windows of a rule on an as-of date: which days they hold."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ddj_desktop.cohort.types import (
    AnyMonths,
    BeforeEach,
    BeforeLast,
    FiscalYears,
    FromTo,
    Since,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.kernel.dates import Span, trailing_days, trailing_months

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """A date as whole days since Jan 1, 1970: how days stand in arrays."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(int(number) + _EPOCH)


def span_of(window: Window, as_of: date) -> Span:
    """The days a window holds on `as_of`, never any after it; for a rolling window its whole look-back. A window
    anchored to events has other days for each person; given are all those it may hold.

    Fiscal years: the last N years that had ended by `as_of`, each beginning on the first of month `starts`.
    """
    match window:
        case TrailingDays(days):
            return trailing_days(as_of, days)
        case TrailingMonths(months):
            return trailing_months(as_of, months)
        case BeforeEach(months, _, within):
            return trailing_months(as_of, months + within)
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


def months_back(days: NDArray[np.int64], months: int) -> NDArray[np.int64]:
    """For each day number the same day so many months earlier (the month's last day where there is no such day): the
    day before a window of so many months that ends on it."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    earlier = month - months
    into = np.minimum(day - month.astype("datetime64[D]"), _last_days(earlier))
    found: NDArray[np.int64] = (earlier.astype("datetime64[D]") + into).astype(np.int64)
    return found


def _last_days(month: NDArray[np.datetime64]) -> NDArray[np.timedelta64]:
    """How far each month's last day lies from its first."""
    first, following = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
    found: NDArray[np.timedelta64] = following - first - 1
    return found


def whole_turns(first: int, last: int, months: int) -> NDArray[np.int64]:
    """The days, ascending, after which the beginning of a window of so many months moves on faster than before them
    (ends of months): there a sum may be highest although nothing begins or ends."""
    ends = np.arange(first, last + 1, dtype=np.int64)
    faster = np.flatnonzero(np.diff(months_back(ends, months), 2) > 0) + 1
    return ends[faster]


@lru_cache(maxsize=256)
def first_to_move(window: AnyMonths, as_of: date) -> tuple[int, int]:
    """The day before the look-back of a rolling rule, and the last day on which a window that ends there still begins
    with the look-back: windows that end later lie whole inside it.

    The window ending on D holds the days after (D minus N months) up to and including D, the same rule as a trailing
    window read on D, less what lies before the look-back. So nothing before the look-back counts, and every day in it
    lies in some window, whatever the lengths of the months.
    """
    floor = day_number(trailing_months(as_of, window.within_months).first) - 1
    ends = np.arange(floor + 1, day_number(as_of) + 1, dtype=np.int64)
    still = np.searchsorted(months_back(ends, window.any_months), floor, side="right")
    return floor, floor + int(still)


def _fiscal_years(as_of: date, years: int, starts: int) -> Span:
    tomorrow = as_of + timedelta(days=1)  # a year that ends on the as-of date has ended by it
    year = tomorrow.year if tomorrow.month >= starts else tomorrow.year - 1
    begins_now = date(year, starts, 1)
    return Span(date(year - years, starts, 1), begins_now - timedelta(days=1))
