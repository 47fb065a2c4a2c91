"""Month first or day first: read from the whole of each date column, for one value above 12 settles it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ddj_desktop.intake.types import Sure

_NUMBERS = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d{6}(?!\d))")


@dataclass(frozen=True)
class DateOrder:
    """What one column's dates say."""

    column: str
    month_first: int
    """Values that can only be month first (the second number is above 12)."""
    day_first: int
    either: int
    year_first: int


def order_of(column: str, values: Iterable[str] | Mapping[str, int]) -> DateOrder:
    """Count what the values of a column prove: every one of the column, blanks allowed, or how often each is there."""
    month = day = either = year = 0
    for value, often in Counter(values).items():
        found = _NUMBERS.match(value)
        if not found:
            year += often * (_YEAR_FIRST.match(value) is not None)
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            day += often
        elif second > 12 >= first:
            month += often
        elif first <= 12 and second <= 12 and first != second:
            either += often
    return DateOrder(column, month, day, either, year)


def settle(found: list[DateOrder]) -> tuple[str, Sure, list[str]]:
    """The order for a sheet, how sure it is, and what the person must look at.

    Where no value proves either, month first is assumed, as systems in the United States write it: a Guess.
    """
    problems = [
        f'Some dates in "{one.column}" read day first ({one.day_first:,}) and some month first '
        f"({one.month_first:,}). Those that do not fit the chosen order will be set aside."
        for one in found
        if one.day_first and one.month_first
    ]
    month = [one for one in found if one.month_first > one.day_first]
    day = [one for one in found if one.day_first > one.month_first]
    if month and day:
        problems.append(
            f'The dates in "{month[0].column}" read month first and those in "{day[0].column}" day first. '
            "Choose the order; the dates that do not fit it will be set aside."
        )
        return ("mdy" if len(month) >= len(day) else "dmy"), Sure.GUESS, problems
    if month or day:
        return ("mdy" if month else "dmy"), Sure.LIKELY if problems else Sure.SURE, problems
    if problems:
        return "mdy", Sure.GUESS, problems
    open_ones = [one for one in found if one.either]
    if not open_ones:
        return ("ymd" if any(one.year_first for one in found) else "mdy"), Sure.SURE, problems
    problems.append(
        f'The dates in "{open_ones[0].column}" can be read two ways: 03/04/1991 may mean March 4, 1991 or '
        "April 3, 1991. Month first was assumed; check it."
    )
    return "mdy", Sure.GUESS, problems
