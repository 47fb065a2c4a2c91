"""Month first or day first, from whole columns."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.intake.date_order import order_of, settle
from ddj_desktop.intake.types import Sure


def _settled(*columns: list[str]) -> tuple[str, Sure, list[str]]:
    return settle([order_of(f"Column {place}", values) for place, values in enumerate(columns)])


def test_one_value_far_down_settles_it() -> None:
    values = ["03/04/1991"] * 5_000 + ["13/04/1991"]
    assert _settled(values)[:2] == ("dmy", Sure.SURE)
    assert _settled(["03/04/1991"] * 5_000 + ["04/13/1991"])[:2] == ("mdy", Sure.SURE)


def test_dates_that_read_both_ways_are_a_guess_with_a_question() -> None:
    order, sure, problems = _settled(["03/04/2024", "05/06/2024"])
    assert (order, sure) == ("mdy", Sure.GUESS)
    assert len(problems) == 1
    assert "03/04/1991" in problems[0]
    assert "2024" not in problems[0]


def test_same_day_and_month_say_nothing() -> None:
    assert _settled(["03/03/2024"])[:2] == ("mdy", Sure.SURE)


def test_year_first_needs_no_order() -> None:
    assert _settled(["2024-03-04", "20240304", ""]) == ("ymd", Sure.SURE, [])


def test_another_column_settles_it() -> None:
    assert _settled(["03/04/1991"], ["12/25/2024"])[:2] == ("mdy", Sure.SURE)


def test_a_column_in_both_orders_is_told() -> None:
    order, sure, problems = _settled(["12/25/2024"] * 3 + ["25/12/2024"])
    assert (order, sure) == ("mdy", Sure.LIKELY)
    assert "set aside" in problems[0]


def test_as_many_one_way_as_the_other_is_a_guess() -> None:
    assert _settled(["12/25/2024", "25/12/2024"])[1] == Sure.GUESS


def test_columns_in_different_orders_are_told() -> None:
    _, sure, problems = _settled(["12/25/2024"], ["25/12/1990"])
    assert sure == Sure.GUESS
    assert "day first" in problems[0]


@given(st.lists(st.dates(date(1950, 1, 1), date(2026, 1, 1)), min_size=1, max_size=30), st.sampled_from(["mdy", "dmy"]))
def test_never_the_wrong_order_for_sure(days: list[date], order: str) -> None:
    """Dates all written in one order are never settled on the other."""
    form = {"mdy": "%m/%d/%Y", "dmy": "%d/%m/%Y"}[order]
    got, sure, _ = _settled([day.strftime(form) for day in days])
    told = any(day.day > 12 for day in days)
    if told:
        assert (got, sure) == (order, Sure.SURE)
    elif any(day.day != day.month for day in days):
        assert sure == Sure.GUESS


@given(st.lists(st.dates(date(1990, 1, 1), date(2026, 1, 1)), min_size=2, max_size=20), st.randoms())
def test_the_order_of_rows_does_not_count(days: list[date], dice: object) -> None:
    values = [(day + timedelta(days=1)).strftime("%m/%d/%Y") for day in days]
    assert _settled(values) == _settled(values[::-1])
