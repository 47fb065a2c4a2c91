"""Birth dates of loose sheets: every form, one order of day and month a source, slips kept to be compared.

Intake sets an unreadable date aside because a contact without a day is worth nothing. Here `69/27/2020` still says
2020 and 27: the digits are put in their places and compared as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ddj_desktop.intake.cleaning_dates import moment
from ddj_desktop.linkage.types import Ints

_LOOKALIKES = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "s": "5", "S": "5", "z": "2", "Z": "2"})
_PARTS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?")
EARLIEST, LATEST = 1890, 2045
"""Years a birth date's year part is looked for in; beyond them the digits stand in another order."""


def births(texts: Sequence[str], group: Sequence[str], newest: int) -> Ints:
    """Each text as yyyymmdd, 0 where it holds no date. Texts of one group (a file and source) share one order."""
    out = np.zeros(len(texts), np.int64)
    by_group: dict[str, list[int]] = {}
    for at, name in enumerate(group):
        if texts[at].strip():
            by_group.setdefault(name, []).append(at)
    for members in by_group.values():
        order = date_order([texts[at] for at in members])
        known: dict[str, int] = {}
        for at in members:
            text = texts[at]
            if text not in known:
                known[text] = birth(text, order, newest)
            out[at] = known[text]
    return out


def date_order(texts: Sequence[str]) -> str:
    """mdy, dmy or ymd: the order under which most of the texts are dates; month first where they do not say."""
    votes = {"mdy": 0, "dmy": 0, "ymd": 0}
    for text in texts:
        for order in votes:
            votes[order] += _plausible(_placed(text, order))
    return max(("mdy", "dmy", "ymd"), key=lambda order: votes[order])


def birth(text: str, order: str, newest: int) -> int:
    """One text as yyyymmdd under an order; 0 where there are not enough digits for a date."""
    placed = _placed(text, order)
    if _plausible(placed):
        return placed
    found = moment(text, order, newest)
    if found is not None and found.day is not None:
        return found.day.year * 10000 + found.day.month * 100 + found.day.day
    return placed


def _plausible(number: int) -> bool:
    return EARLIEST <= number // 10000 <= LATEST and 1 <= number // 100 % 100 <= 12 and 1 <= number % 100 <= 31


def _placed(text: str, order: str) -> int:
    """Digits put in their places by the order alone; 0 where the text has no three parts of a date."""
    plain = text.strip()
    if not any(c.isalpha() for c in re.sub(r"[oOlIisSzZT]", "", plain)):
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
    digits = re.sub(r"\.0$", "", plain)
    if len(digits) == 7 and digits.isdigit() and order != "ymd":
        digits = "0" + digits
    if len(digits) != 8 or not digits.isdigit():
        return 0
    if order == "ymd":
        return int(digits)
    day, month = (digits[:2], digits[2:4]) if order == "dmy" else (digits[2:4], digits[:2])
    return int(digits[4:] + month + day)


def birth_years(age: Sequence[str], birth_date: Ints, group: Sequence[str], newest: int) -> tuple[Ints, Ints]:
    """Earliest and latest birth year of rows with an age and no date; 0 where the age is not known.

    The year the ages were taken in is learned from the rows of the group that have both, else it is `newest`.
    """
    ages = np.array([_age(text) for text in age], np.int64)
    low, high = np.zeros(len(ages), np.int64), np.zeros(len(ages), np.int64)
    names, codes = np.unique(np.array(list(group), dtype=str), return_inverse=True)
    for code in range(len(names)):
        inside = codes == code
        both = inside & (ages >= 0) & (birth_date > 0)
        taken = int(np.median(birth_date[both] // 10000 + ages[both])) if both.sum() >= 5 else newest
        only = inside & (ages >= 0) & (birth_date == 0)
        low[only], high[only] = taken - ages[only] - 1, taken - ages[only] + 1
    return low, high


def _age(text: str) -> int:
    plain = re.sub(r"\.0+$", "", text.strip())
    return int(plain) if plain.isdigit() and int(plain) <= 115 else -1
