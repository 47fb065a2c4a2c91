"""How far two birth dates agree: exact, a slip, day and month changed over, two parts of three, an age that fits."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.types import Flags, Ints, Levels, Standard

NEAR_YEARS = 2
"""Years between two birth years, or an age and a birth year, that a wrong or rounded age explains."""

GENERATION = 14
"""Years from which two people of one name in one house may be parent and child."""


def digit_slip(a: Ints, b: Ints) -> Flags:
    """True where two dates yyyymmdd differ in one digit, or by two neighbouring digits changed over."""
    differ = np.zeros(len(a), np.int64)
    first = np.full(len(a), -1, np.int64)
    second = np.full(len(a), -1, np.int64)
    x, y = a.copy(), b.copy()
    digits = np.zeros((8, 2, len(a)), np.int64)
    for place in range(8):
        p, q = x % 10, y % 10
        digits[place] = p, q
        here = p != q
        second = np.where(here & (differ == 1), place, second)
        first = np.where(here & (differ == 0), place, first)
        differ += here
        x, y = x // 10, y // 10
    at = np.arange(len(a))
    two = (differ == 2) & (second == first + 1)
    f, g = np.maximum(first, 0), np.maximum(second, 0)
    crossed = (digits[f, 0, at] == digits[g, 1, at]) & (digits[g, 0, at] == digits[f, 1, at])
    return np.asarray((differ == 1) | (two & crossed), np.bool_)


def two_digits(a: Ints, b: Ints) -> Flags:
    """True where two dates yyyymmdd differ in two digits and no more."""
    differ = np.zeros(len(a), np.int8)
    for _ in range(8):
        a, p = np.divmod(a, 10)
        b, q = np.divmod(b, 10)
        differ += p != q
    return np.asarray(differ <= 2, np.bool_)


def birth_levels(s: Standard, left: Ints, right: Ints) -> Levels:
    """Levels of the birth field."""
    code = BY_NAME["birth"].code
    a, b = s.birth.take(left), s.birth.take(right)
    full = (a > 0) & (b > 0)
    out = np.where(full & (a == b), code("exact"), 0).astype(np.int8)
    differ = np.flatnonzero(full & (a != b))
    out[differ] = _unequal(a[differ], b[differ])
    rest = np.flatnonzero(~full)
    low_a, high_a = _years(s, left[rest])
    low_b, high_b = _years(s, right[rest])
    gap = np.maximum(np.maximum(low_a - high_b, low_b - high_a), 0)
    by_age = np.where(gap == 0, code("age fits"), np.where(gap <= NEAR_YEARS, code("age near"), code("age off")))
    out[rest] = np.where((low_a > 0) & (low_b > 0), by_age, 0)
    return out


def _unequal(a: Ints, b: Ints) -> Levels:
    """Levels of two full dates that differ."""
    code = BY_NAME["birth"].code
    ya, ra = np.divmod(a, 10000)
    yb, rb = np.divmod(b, 10000)
    ma, da = np.divmod(ra, 100)
    mb, db = np.divmod(rb, 100)
    apart = np.abs(ya - yb)
    out = np.full(len(a), code("different"), np.int8)
    out[apart < GENERATION] = code("years apart")
    out[apart <= NEAR_YEARS] = code("near year")
    # Of two dates a generation apart, only a slip in the decade is one: a father and a son must stay two people.
    out[two_digits(a, b) & ((apart < GENERATION) | (apart % 10 == 0))] = code("two digits")
    parts = (apart == 0).astype(np.int8) + (ma == mb) + (da == db)
    out[parts == 2] = code("two parts")
    year_alone = (apart == 0) & ((ra == 101) | (rb == 101))
    out[year_alone & (out < code("age fits"))] = code("age fits")
    at = np.flatnonzero(parts > 0)  # a slip touches one part, or two that stand side by side
    out[at[digit_slip(a[at], b[at])]] = code("digit")
    out[(apart == 0) & (ma == db) & (da == mb)] = code("swap")
    return out


def _years(s: Standard, at: Ints) -> tuple[Ints, Ints]:
    """Earliest and latest possible birth year; 0 where nothing is known."""
    year = s.birth[at] // 10000
    low = np.where(year > 0, year, s.birth_low[at])
    high = np.where(year > 0, year, s.birth_high[at])
    return np.where(low > 0, low, high), np.where(high > 0, high, low)
