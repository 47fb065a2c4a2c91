"""Cleaning of dates and times: every form seen in real exports, read by the column's own order of day and month.

The forms are those of the export catalogue's quirks 11 and 12. Nothing is swapped in silence: a date that does not
exist in the column's order is unreadable, and its line is set aside or its cell left out, and counted.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)(.*)")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4}|\d{2})(?!\d)(.*)", re.IGNORECASE)
_NAMED_SECOND = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ -]*([a-z]{3,9})\.?,?[ -]*(\d{4}|\d{2})(?!\d)(.*)", re.IGNORECASE
)
_DIGITS = re.compile(r"(\d{5,8})(?:[T ]?(\d{4}|\d{6}))?(?:\.0+)?")
_LONG_DIGITS = re.compile(r"(\d{8})(\d{4}|\d{6})")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s*m?\.?(?:z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?\s*m?\.?", re.IGNORECASE)
_FRACTION = re.compile(r"0?\.\d+(?:[eE]-\d+)?")
_PLAIN_DAY = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}|\d{4}([-/.])\d{1,2}\2\d{1,2}")
_PLAIN_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?")
_ZONE = re.compile(r"\s+(?:[ECMPAH][SD]?T|UTC|GMT)$", re.IGNORECASE)
_MIDNIGHT = time(0, 0)
_EXCEL_ZERO = date(1899, 12, 30)
_DUMMIES = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
_NO_TIMES = frozenset({"333333", "999999", "9999", "8888", "888888"})

SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2}(?!\d)")
"""A date that begins so writes its year with two digits."""
_OF_TWELVE = re.compile(r"(?:^|[\sT])(\d{1,2}):\d{2}(?::\d{2})?\s*$")
EARLIEST = date(1950, 1, 1)
"""No contact in these systems is older."""


class Moment(NamedTuple):
    """What a cell says of a date, a time, or both."""

    day: date | None
    clock: time | None
    next_day: bool = False
    """24:00 was written: the moment is the next day's midnight."""


def moment(text: str, order: str, newest: int) -> Moment | None:
    """A date with or without a time, or a time alone; None where it can not be read.

    `order` is mdy, dmy or ymd; a two-digit year becomes the latest one not after `newest` that ends so.
    """
    text = text.strip()
    head, _, tail = text.partition(" ")
    plain, read = _plain_day(head, order, newest), _plain_clock(tail)
    if plain is not None and read is not None:
        return _with_clock(plain, read)
    text = _ZONE.sub("", _WEEKDAY.sub("", text))
    found = _written(text, order, newest) or _in_digits(text, order, newest)
    if found is None:
        alone = clock(text)
        return None if alone is None else Moment(None, alone[0], alone[1])
    day, rest = found
    if isinstance(rest, time):
        return Moment(day, rest)
    rest = rest.strip(" T,t-")
    if not rest:
        return Moment(day, None)
    read = clock(rest)
    if read is None:
        return Moment(day, None) if rest in _NO_TIMES else None
    return _with_clock(day, read)


def _with_clock(day: date, read: tuple[time | None, bool]) -> Moment:
    return Moment(None if day in _DUMMIES and read[0] is not None else day, read[0], read[1])


@lru_cache(maxsize=16_384)
def _plain_day(text: str, order: str, newest: int) -> date | None:
    """A date in figures with its whole year and nothing else; None for any other. A column has few different ones."""
    found = _written(text, order, newest) if _PLAIN_DAY.fullmatch(text) else None
    return None if found is None else found[0]


@lru_cache(maxsize=4_096)
def _plain_clock(text: str) -> tuple[time | None, bool] | None:
    """A time of day written with a colon and nothing else; None for any other."""
    return clock(text) if _PLAIN_CLOCK.fullmatch(text) else None


def _written(text: str, order: str, newest: int) -> tuple[date, str | time] | None:
    found = _ISO.fullmatch(text)
    if found:
        return _day(found[1], found[2], found[3], found[4], newest)
    found = _PARTS.fullmatch(text)
    if found:
        first, second, third, rest = found.groups()
        if order == "ymd" and len(third) == 2:
            return _day(first, second, third, rest, newest)
        day, month = (first, second) if order == "dmy" else (second, first)
        return _day(third, month, day, rest, newest)
    found = _NAMED_FIRST.fullmatch(text)
    if found and found[1][:3].lower() in _MONTHS:
        return _day(found[3], str(_MONTHS[found[1][:3].lower()]), found[2], found[4], newest)
    found = _NAMED_SECOND.fullmatch(text)
    if found and found[2][:3].lower() in _MONTHS:
        return _day(found[3], str(_MONTHS[found[2][:3].lower()]), found[1], found[4], newest)
    return None


def _day(year: str, month: str, day: str, rest: str, newest: int) -> tuple[date, str] | None:
    number = int(year)
    if len(year) == 2:
        number += newest - newest % 100
        number -= 100 if number > newest else 0
    try:
        return date(number, int(month), int(day)), rest
    except ValueError:
        return None


def _in_digits(text: str, order: str, newest: int) -> tuple[date, str | time] | None:
    """20260102, 202601021305, 20260102 130500, 01022026, 1022026, 010226; a spreadsheet's day number 46024.5."""
    long = _LONG_DIGITS.fullmatch(text)
    if long:
        found = _eight(long[1], order, newest)
        return (found, long[2]) if found else None
    serial = _SERIAL.fullmatch(text)
    if serial:
        day = _EXCEL_ZERO + timedelta(days=int(serial[1]))
        return day, (_of_fraction(float(serial[2])) if serial[2] and float(serial[2]) else "")
    parts = _DIGITS.fullmatch(text)
    if not parts:
        return None
    found = _eight(parts[1], order, newest)
    return (found, parts[2] or "") if found else None


def _eight(digits: str, order: str, newest: int) -> date | None:
    """Eight digits begin with the year where that gives a date of 1880 to 2100; else the column's order holds."""
    if len(digits) == 8 and "1880" <= digits[:4] <= "2100":
        found = _day(digits[:4], digits[4:6], digits[6:], "", newest)
        if found:
            return found[0]
    if len(digits) in (7, 8):
        digits, width = digits.zfill(8), 4
    else:
        digits, width = digits.zfill(6), 2
    if order == "ymd":
        year, month, day = digits[:width], digits[width : width + 2], digits[width + 2 :]
    else:
        first, second, year = digits[:2], digits[2:4], digits[4:]
        day, month = (first, second) if order == "dmy" else (second, first)
    found = _day(year, month, day, "", newest)
    return found[0] if found else None


def clock(text: str) -> tuple[time | None, bool] | None:
    """A time of day and whether it means the next day's midnight (24:00); None where it can not be read.

    13:05, 1:05 PM, 10:30a, 1305, 905, 130533, 0.5, and a time behind a dummy date. 333333 and its like are no time.
    """
    text = text.strip()
    if text in _NO_TIMES:
        return None, False
    if _FRACTION.fullmatch(text):
        return _of_fraction(float(text)), False
    found = _CLOCK.fullmatch(text)
    if found:
        return _time(int(found[1]), int(found[2]), int(found[3] or 0), found[4])
    found = _HOUR.fullmatch(text)
    if found:
        return _time(int(found[1]), 0, 0, found[2])
    whole = re.fullmatch(r"(\d{1,6})(?:\.0+)?", text)
    if whole:
        digits = whole[1].zfill(4) if len(whole[1]) <= 4 else whole[1].zfill(6)
        return _time(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0), None)
    return None


def with_half(text: str, half: str) -> str:
    """A text with the AM or PM beside it, where it ends in a time of day of twelve hours: `02:15` or `0215`, `PM`."""
    if re.fullmatch(r"\s*\d{3,4}\s*", text):
        text = f"{text.strip()[:-2]}:{text.strip()[-2:]}"
    found = _OF_TWELVE.search(text)
    return f"{text.strip()} {half.strip()}" if half.strip() and found and 1 <= int(found[1]) <= 12 else text


def time_of_day(text: str) -> tuple[tuple[time | None, bool] | None, str | None]:
    """A cell of a time column: the time and whether it means the next midnight; and a problem code."""
    found = clock(text)
    if found is not None:
        return found, None
    dated = moment(text, "mdy", 2100)
    if dated is None:
        return None, "unreadable_time"
    return (dated.clock, dated.next_day), None


def _time(hour: int, minute: int, second: int, half: str | None) -> tuple[time, bool] | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        return time(0, 0), True
    try:
        return time(hour, minute, second), False
    except ValueError:
        return None


def _of_fraction(fraction: float) -> time:
    seconds = min(round(fraction % 1 * 86_400), 86_399)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


class Birth(NamedTuple):
    """A birth date, or the years it lies in where the source knows only the year or month."""

    day: date | None
    year: int | None


def birth(text: str, order: str, newest: int) -> tuple[Birth | None, str | None]:
    """A birth date, a year alone, or a date whose day is hidden (`1990-02-XX`); and a problem code.

    `newest` is the latest year of birth that can be meant: no birth is in the future, and nobody under about ten is
    in a jail. 01/01/1900 and dates before it stand for not known.
    """
    bare = text.removesuffix(".0")
    if re.fullmatch(r"(?:18|19|20)\d{2}", bare):
        return _plausible(None, int(bare), newest)
    hidden = re.fullmatch(r"(\d{4})-(?:\d{2}|[Xx]{2})-[Xx]{2}|(?:\d{1,2}|[Xx]{2})/[Xx]{2}/(\d{4})", text)
    if hidden:
        return _plausible(None, int(hidden[1] or hidden[2]), newest)
    old = re.fullmatch(r"([1-9]\d{0,3})(?:\.0+)?", text)
    found = Moment(_EXCEL_ZERO + timedelta(days=int(old[1])), None) if old else moment(text, order, newest)
    if found is None or found.day is None:
        return None, "placeholder_birth" if found else "unreadable_birth"
    return _plausible(found.day, found.day.year, newest)


def _plausible(day: date | None, year: int, newest: int) -> tuple[Birth | None, str | None]:
    if year <= 1900:
        return None, "placeholder_birth"
    if year > newest:
        return None, "birth_too_late"
    return Birth(day, year), None


def start(text: str, order: str, newest: int) -> tuple[Moment | None, str | None]:
    """The start of a contact; and a problem code. Years outside 1950 to `newest` + 1 are no start (year 6201)."""
    found = moment(text, order, newest)
    if found is None or found.day is None:
        return None, "unreadable_start"
    return (None, "unreadable_start") if not EARLIEST.year <= found.day.year <= newest + 1 else (found, None)


def end(text: str, order: str, newest: int) -> tuple[Moment | None, str | None]:
    """The end of a contact; and a problem code. 9999-12-31 and its like, and 1900-01-01, mean it is still open."""
    found = moment(text, order, newest)
    if found is None:
        return None, "unreadable_end"
    if found.day is None:
        return None, None
    if found.day.year >= newest + 20 or found.day.year <= 1901:
        return None, None
    return (None, "unreadable_end") if found.day < EARLIEST else (found, None)


def joined(day: Moment, clock_alone: time | None, next_day: bool = False) -> datetime:
    """A date and a time of day as one moment; the time column wins over a time beside the date; midnight if neither."""
    assert day.day is not None
    clock_now = clock_alone if clock_alone is not None else day.clock
    later = next_day if clock_alone is not None else day.next_day
    found = datetime.combine(day.day, clock_now or _MIDNIGHT)
    return found + timedelta(days=1) if later else found
