"""Values that so many unrelated people share that they say nothing: learned from the mentions themselves.

Unrelated means: different names. Without this, one 01/01/1900 or the jail's own address makes one person of
hundreds (measured: F1 .45 with, .91 without).
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.grouping import combined, distinct, holders
from ddj_desktop.linkage.types import Coded, Flags, Ints

PLACEHOLDER_DAYS = frozenset({19000101, 19010101, 18000101, 19700101, 18991230, 18991231, 11111111, 99991231})
EARLIEST_YEAR = 1895
EARLIEST_OF_ALL = 1500
MOSTLY_PAST = 0.05
"""Share of dates before `EARLIEST_YEAR` above which the mentions are of people of the past."""
MOST_SURNAMES_AT_A_NUMBER = 4
"""One number, several holders: a mother's and three married daughters' is still a family; more is a placeholder."""
MOST_SURNAMES_AT_AN_ADDRESS = 9
"""More surnames than a house holds over some years; an institution, or a block of flats without its unit."""
BUSIEST_DAY = 20.0
"""A birthday this many times as frequent as its year's mean is a placeholder (twins and chance give 2 to 3)."""
LEAST_FOR_A_DAY = 12
LEAST_FOR_A_NAME = 20
NAME_LIFT = 50.0
"""Spanish and other names of one people meet five to ten times more often than by chance; a placeholder's parts
hardly ever stand apart."""
MOST_BIRTHDAYS = 12
"""Birth dates one person's mentions hardly ever have, whatever the slips."""


def shared_by_too_many(codes: Ints, holder: Ints, most: int) -> Flags:
    """True where a value is held by more than `most` different holders."""
    return holders(codes, holder) > most


def without_crowded(column: Coded, holder: Ints, most: int) -> Coded:
    """The column with values of too many holders made unknown."""
    return column.of(~shared_by_too_many(column.codes, holder, most))


def placeholder_days(birth: Ints, holder: Ints) -> tuple[Flags, Flags]:
    """Which birth dates are worth nothing, and which are only worth their year (a crowded January 1).

    Known placeholders and years no living client has are worth nothing; where many dates are that old, the mentions
    are of people of the past. Otherwise a date held by far more
    people than its year's other dates is a system's default.
    """
    year = birth // 10000
    listed = np.isin(birth, np.array(sorted(PLACEHOLDER_DAYS))) | ((birth > 0) & (year < EARLIEST_OF_ALL))
    past = (birth > 0) & (year < EARLIEST_YEAR) & ~listed
    if past.sum() <= MOSTLY_PAST * (birth > 0).sum():
        listed |= past
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


def names_of_too_many(given: Ints, surname: Ints, birth: Ints, sex: Ints) -> Flags:
    """Mentions under a name no one person has, though no list knows it (`TRAUMA ALPHA`, `DOE` in another spelling).

    A name that stands `NAME_LIFT` times more often than its parts would meet by chance is one person's, who came
    often, or a placeholder's. A placeholder's mentions have many birth dates, or both sexes. Unknown is below 0 (below
    1 for birth dates).
    """
    known = (given >= 0) & (surname >= 0)
    name = combined(given, surname)
    out = np.zeros(len(given), np.bool_)
    at = np.flatnonzero(known)
    if not len(at):
        return out
    _, code = distinct(name[at])
    often = np.bincount(code)
    by_chance = _often(given[at]) * (_often(surname[at]) / len(at))
    crowded = (often[code] >= LEAST_FOR_A_NAME) & (often[code] > NAME_LIFT * by_chance)
    dated = np.bincount(code, weights=birth[at] > 0)
    days = holders(code, np.where(birth[at] > 0, birth[at], -1))
    sexed = np.bincount(code, weights=sex[at] >= 0)
    fewer = _rarer_sex(code, sex[at])
    torn = (days >= MOST_BIRTHDAYS) & (days > 0.5 * dated[code])
    mixed_up = (sexed[code] >= LEAST_FOR_A_NAME) & (fewer[code] > 0.25 * sexed[code])
    out[at] = crowded & (torn | mixed_up)
    return out


def _often(codes: Ints) -> Ints:
    """How often each entry's value stands in the column."""
    return np.bincount(codes)[codes]


def _rarer_sex(code: Ints, sex: Ints) -> Ints:
    """For each name, how many mentions have the less frequent of its two sexes."""
    counts = [np.bincount(code, weights=sex == value, minlength=int(code.max()) + 1) for value in (0, 1)]
    return np.minimum(*counts).astype(np.int64)
