"""Spans of days, months, and windows counted back from a date."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ddj_desktop.kernel.errors import Misuse


@dataclass(frozen=True, order=True)
class Span:
    """Whole days from `first` to `last`, both included. Empty when last < first."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days the span holds; 0 when empty."""
        return max(0, (self.last - self.first).days + 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def in_words(self) -> str:
        """For a sentence: `Nov 1, 2025 to Oct 31, 2026`."""
        return f"{day_in_words(self.first)} to {day_in_words(self.last)}"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @staticmethod
    def parse(text: str) -> Month:
        """Read `YYYY-MM`. Raises Misuse for anything else."""
        try:
            year, number = (int(part) for part in text.split("-"))
            return Month.of(date(year, number, 1))
        except ValueError:
            raise Misuse(what=f"A month is written as YYYY-MM, for example 2026-10. {text!r} is not.") from None

    @staticmethod
    def of(day: date) -> Month:
        """The month that holds `day`."""
        return Month(day.year, day.month)

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def span(self) -> Span:
        """First to last day of the month."""
        return Span(
            date(self.year, self.number, 1),
            date(self.year, self.number, calendar.monthrange(self.year, self.number)[1]),
        )

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def in_words(self) -> str:
        """`October 2026`."""
        return f"{calendar.month_name[self.number]} {self.year}"


def minus_months(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the month's last day where there is no such day."""
    month = Month.of(day).plus(-months)
    return month.span.first.replace(day=min(day.day, month.span.last.day))


def trailing_months(as_of: date, months: int) -> Span:
    """The days after (as_of minus so many months) up to and including as_of.

    The rule is the agreed one of the definition file (design, section 5): a trailing window of 12 months on
    Oct 31, 2026 holds Nov 1, 2025 to Oct 31, 2026.
    """
    return Span(minus_months(as_of, months) + timedelta(days=1), as_of)


def trailing_days(as_of: date, days: int) -> Span:
    """The last `days` days up to and including as_of."""
    return Span(as_of - timedelta(days=days - 1), as_of)


def day_in_words(day: date) -> str:
    """`Jan 4, 2025`."""
    return f"{calendar.month_abbr[day.month]} {day.day}, {day.year}"
