"""Windows counted back from a date hold the days they promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.kernel.dates import Month, Span, day_in_words, minus_months, trailing_days, trailing_months
from ddj_desktop.kernel.errors import Misuse

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_agreed_example() -> None:
    assert trailing_months(date(2026, 10, 31), 12) == Span(date(2025, 11, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)), (date(2023, 3, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)), (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 12, 31), 18, date(2023, 6, 30)),
    ],
)  # fmt: skip
def test_the_same_day_earlier_or_the_months_last(day: date, months: int, wanted: date) -> None:
    assert minus_months(day, months) == wanted


@given(days, st.integers(1, 60))
def test_a_window_ends_on_its_date_and_a_longer_one_holds_it(as_of: date, months: int) -> None:
    span = trailing_months(as_of, months)
    assert as_of in span
    assert as_of + timedelta(days=1) not in span
    assert minus_months(as_of, months) not in span
    assert trailing_months(as_of, months + 1).first < span.first


@given(days, st.integers(1, 4000))
def test_trailing_days_are_that_many(as_of: date, count: int) -> None:
    assert trailing_days(as_of, count).days == count


@given(days, st.integers(-500, 500))
def test_months_go_there_and_back(day: date, by: int) -> None:
    month = Month.of(day)
    assert month.plus(by).plus(-by) == month
    assert Month.parse(str(month)) == month
    assert day in month.span


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "10-2026-1", "", "October"])
def test_a_month_is_written_one_way(text: str) -> None:
    with pytest.raises(Misuse):
        Month.parse(text)


def test_words() -> None:
    assert day_in_words(date(2025, 1, 4)) == "Jan 4, 2025"
    assert Month(2026, 10).in_words() == "October 2026"
    assert Span(date(2026, 1, 2), date(2026, 1, 1)).days == 0
