"""Birth dates of loose sheets: every form, one order of day and month a source, slips kept to be compared.

Intake sets an unreadable date aside because a contact without a day is worth nothing. Here `69/27/2020` still says
2020 and 27: the digits are put in their places and compared as they are. Each different text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np

from ddj_desktop.intake.cleaning_dates import moment
from ddj_desktop.linkage.types import Coded, Ints

_LOOKALIKES = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "s": "5", "S": "5", "z": "2", "Z": "2"})
_PARTS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?")
_MONTH_LETTERS = re.compile(r"[^\W\doOlIisSzZT]")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
EARLIEST, LATEST = 1500, 2045
"""Years a birth date's year part is looked for in; beyond them the digits stand in another order."""
LIKELY_SINCE = 1850
ORDERS = ("mdy", "dmy", "ymd")
MOST_ASKED = 1_000
"""Different texts asked for a source's order of day and month."""


def date_of_parts(whole: str, year: str, month: str, day: str) -> str:
    """A birth date in one text: as it stands, else of its parts, else the year alone; "" where none is known."""
    if whole:
        return whole
    year, month, day = (part.removesuffix(".0") for part in (year, month, day))
    return f"{year}-{month}-{day}" if year and month and day else year


def births(dates: Coded, system: Ints, newest: int) -> tuple[Ints, Ints]:
    """Each row's birth date as yyyymmdd, and the year of rows that tell the year alone; 0 where not known.

    Rows of one system share one order of day and month: the one under which most of its texts are dates.
    """
    size = len(dates.codes)
    birth, year = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for rows in _by_system(system, dates.codes >= 0):
        used, at, often = np.unique(dates.codes[rows], return_inverse=True, return_counts=True)
        texts = [dates.words[code] for code in used.tolist()]
        order = date_order(dict(zip(texts, often.tolist(), strict=True)))
        read = np.zeros((len(texts), 2), np.int64)
        read[:, 0] = _plain(texts, order)
        for place in np.flatnonzero(read[:, 0] == 0).tolist():
            read[place] = _read(texts[place], order, newest)
        birth[rows], year[rows] = read[at, 0], read[at, 1]
    return birth, year


def _plain(texts: list[str], order: str) -> Ints:
    """The dates written in ten figures and marks (`01/31/1980`, `1980-01-31`), as nearly all are, at once; 0 for texts
    of another form, and where the order puts no plausible date."""
    out = np.zeros(len(texts), np.int64)
    at = np.flatnonzero(np.fromiter((len(text) == 10 and text.isascii() for text in texts), np.bool_, len(texts)))
    signs = np.frombuffer("".join([texts[place] for place in at.tolist()]).encode(), np.uint8).reshape(-1, 10)
    figure = np.where((signs >= 48) & (signs <= 57), signs, 0).astype(np.int64) - 48
    mark = np.isin(signs, np.frombuffer(b"-/. ", np.uint8))

    def number(*places: int) -> Ints:
        total = np.zeros(len(at), np.int64)
        for place in places:
            total = total * 10 + figure[:, place]
        return total

    for marks, years, one, two in (((2, 5), (6, 7, 8, 9), (0, 1), (3, 4)), ((4, 7), (0, 1, 2, 3), (5, 6), (8, 9))):
        figures = [*years, *one, *two]
        fits = np.flatnonzero(mark[:, list(marks)].all(axis=1) & (figure[:, figures] >= 0).all(axis=1))
        months, days = (two, one) if order == "dmy" and marks == (2, 5) else (one, two)
        found = (number(*years) * 100 + number(*months)) * 100 + number(*days)
        out[at[fits]] = found[fits]
    year, month, day = out // 10000, out // 100 % 100, out % 100
    plausible = (year >= EARLIEST) & (year <= LATEST) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return np.where(plausible, out, 0)


def _by_system(system: Ints, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Iterator[Ints]:
    """The wanted rows of each system, one system after the other."""
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(system[rows], kind="stable")]
    if len(rows):
        yield from np.split(rows, np.flatnonzero(np.diff(system[rows])) + 1)


def date_order(texts: Mapping[str, int]) -> str:
    """mdy, dmy or ymd: the order under which most of the texts, each as often as it stands there, are dates.

    Month first where they do not say.
    """
    asked = sorted(texts)[:: len(texts) // MOST_ASKED + 1]
    votes = dict.fromkeys(ORDERS, 0)
    for text in asked:
        for order in ORDERS:
            votes[order] += texts[text] * (_plausible(_placed(text, order)) or _written(text, order))
    return max(ORDERS, key=lambda order: votes[order])


def _written(text: str, order: str) -> bool:
    """True for a date in another form (two figures for the year, a month's name) that exists under the order."""
    parts = re.split(r"[-/. ]", text)
    if len(parts) != 3 or len(parts[2]) != 2 or not all(part.isdecimal() for part in parts):
        return False
    year, month, day = {"mdy": (2, 0, 1), "dmy": (2, 1, 0), "ymd": (0, 1, 2)}[order]
    return len(parts[year]) == 2 and 1 <= int(parts[month]) <= 12 and 1 <= int(parts[day]) <= 31


def birth(text: str, order: str, newest: int) -> int:
    """One text as yyyymmdd under an order; 0 where there are not enough digits for a date."""
    return _read(text, order, newest)[0]


def _read(text: str, order: str, newest: int) -> tuple[int, int]:
    """A text as (yyyymmdd, 0), or as (0, year) where it tells the year alone, or (0, 0)."""
    placed = _placed(text, order)
    if _plausible(placed):
        return placed, 0
    if not LIKELY_SINCE <= placed // 10000 <= LATEST:  # eight digits of another form among the system's own
        others = {_placed(text, other) for other in ORDERS}
        fitting = [number for number in others if _plausible(number) and number // 10000 >= LIKELY_SINCE]
        if len(fitting) == 1:
            return fitting[0], 0
    found = moment(text, order, newest) if len(text) > 4 else None
    if found is not None and found.day is not None:
        return found.day.year * 10000 + found.day.month * 100 + found.day.day, 0
    year = placed // 10000
    if EARLIEST <= year <= LATEST and (placed // 100 % 100 == 0 or placed % 100 == 0):  # 00/00/1980
        return 0, year
    alone = _YEAR.findall(text) if not placed else []
    return (placed, 0) if placed else (0, int(alone[0]) if len(alone) == 1 else 0)


def _plausible(number: int) -> bool:
    return EARLIEST <= number // 10000 <= LATEST and 1 <= number // 100 % 100 <= 12 and 1 <= number % 100 <= 31


def _placed(text: str, order: str) -> int:
    """Digits put in their places by the order alone; 0 where the text has no three parts of a date."""
    plain = text.strip()
    if not plain.isascii() or not _MONTH_LETTERS.search(plain):
        plain = plain.translate(_LOOKALIKES)
    parts = _PARTS.fullmatch(plain)
    if parts:
        first, second, third = parts.groups()
        if len(first) >= 3 or (order == "ymd" and len(third) <= 2):
            year, month, day = first, second, third
        else:
            year = third
            month, day = (second, first) if order == "dmy" else (first, second)
        return int(year) * 10000 + int(month) * 100 + int(day) if len(year) >= 3 and len(day) <= 2 else 0
    digits = plain.removesuffix(".0")
    if len(digits) == 7 and digits.isdecimal() and order != "ymd":
        digits = "0" + digits
    if len(digits) != 8 or not digits.isdecimal():
        return 0
    if order == "ymd":
        return int(digits)
    day, month = (digits[:2], digits[2:4]) if order == "dmy" else (digits[2:4], digits[:2])
    return int(digits[4:] + month + day)


def birth_years(age: Coded, year_alone: Ints, birth_date: Ints, system: Ints, newest: int) -> tuple[Ints, Ints]:
    """Earliest and latest birth year of rows without a date that know an age or a year; 0 where neither is known.

    The year the ages were taken in is learned from the rows of the system that have both, else it is `newest`.
    """
    ages = np.array([*map(_age, age.words), -1], np.int64)[age.codes]
    low, high = np.zeros(len(ages), np.int64), np.zeros(len(ages), np.int64)
    for rows in _by_system(system, ages >= 0):
        both = rows[birth_date[rows] > 0]
        taken = int(np.median(birth_date[both] // 10000 + ages[both])) if len(both) >= 5 else newest
        only = rows[birth_date[rows] == 0]
        low[only], high[only] = taken - ages[only] - 1, taken - ages[only] + 1
    known = (year_alone > 0) & (birth_date == 0)
    return np.where(known, year_alone, low), np.where(known, year_alone, high)


def _age(text: str) -> int:
    plain = re.sub(r"\.0+$", "", text.strip())
    return int(plain) if plain.isdecimal() and int(plain) <= 115 else -1
