"""Values that so many unrelated people share that they say nothing: learned from the mentions themselves.

Unrelated means: different names. Without this, one 01/01/1900 or the jail's own address makes one person of
hundreds (measured: F1 .45 with, .91 without).
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.grouping import holders
from ddj_desktop.linkage.types import Coded, Flags, Ints

PLACEHOLDER_DAYS = frozenset({19000101, 19010101, 18000101, 19700101, 18991230, 18991231, 11111111, 99991231})
EARLIEST_YEAR = 1895
MOST_SURNAMES_AT_A_NUMBER = 4
"""One number, several holders: a mother's and three married daughters' is still a family; more is a placeholder."""
MOST_SURNAMES_AT_AN_ADDRESS = 9
"""More surnames than a house holds over some years; an institution, or a block of flats without its unit."""
BUSIEST_DAY = 20.0
"""A birthday this many times as frequent as its year's mean is a placeholder (twins and chance give 2 to 3)."""
LEAST_FOR_A_DAY = 12


def shared_by_too_many(codes: Ints, holder: Ints, most: int) -> Flags:
    """True where a value is held by more than `most` different holders."""
    return holders(codes, holder) > most


def without_crowded(column: Coded, holder: Ints, most: int) -> Coded:
    """The column with values of too many holders made unknown."""
    return column.of(~shared_by_too_many(column.codes, holder, most))


def placeholder_days(birth: Ints, holder: Ints) -> tuple[Flags, Flags]:
    """Which birth dates are worth nothing, and which are only worth their year (a crowded January 1).

    Known placeholders and years no living client has are worth nothing. Otherwise a date held by far more
    people than its year's other dates is a system's default.
    """
    year = birth // 10000
    listed = np.isin(birth, np.array(sorted(PLACEHOLDER_DAYS))) | ((birth > 0) & (year < EARLIEST_YEAR))
    known = np.where((birth > 0) & ~listed, birth, -1)
    _, codes = np.unique(known, return_inverse=True)
    codes = np.where(known >= 0, codes, -1)
    on_day = holders(codes, holder)
    years, year_codes = np.unique(np.where(known >= 0, year, -1), return_inverse=True)
    in_year = np.bincount(year_codes, weights=(known >= 0).astype(float), minlength=len(years))[year_codes]
    usual = np.maximum(in_year / 365.0, 0.2)
    crowded = (known >= 0) & (on_day >= LEAST_FOR_A_DAY) & (on_day > BUSIEST_DAY * usual)
    first_of_year = (known >= 0) & (known % 10000 == 101) & (on_day >= 4) & (on_day > 4 * usual)
    return listed | (crowded & ~first_of_year), first_of_year
