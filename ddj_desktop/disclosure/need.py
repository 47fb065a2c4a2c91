"""Which numbers are too small to show, and what hiding one must achieve."""

from __future__ import annotations

import math

from ddj_desktop.disclosure.system import Need

FLOOR = 11
"""The smallest count of people that may leave the building: CMS cell size policy (no cell of 1 to 10)."""
ROUNDED_TO = 5
"""What a recurring packet rounds to, so that a list that grows by one or two is not seen (privacy reference 1.5)."""
P_PERCENT = 0.15
"""A sum is hidden when all but its two largest contributors make less than this share of the largest."""
TOP_TWO_SHARE = 0.80
"""A sum is hidden when its two largest contributors make more than this share of it (privacy reference 1.4)."""
WORK_ROUNDED_TO = 50
"""What numbers of records and rows of files are rounded to. Between two packets nothing can change by more than what
came in, so that must be able to be as much as a hidden number has to be (privacy reference 1.4: at least k + 1)."""
FACTS_OF_WORK = frozenset({"records", "pairs", "rows", "files", "months"})
"""Units that count the county's own work and nobody's life; they are shown as they are."""


def recurring(threshold: int) -> int:
    """The threshold of a recurring packet: not below `threshold`, and such that the smallest figure shown has as many
    possible truths as any other. For 11 that is 13, so that a 15 is one of 13 to 17 (privacy reference 1.5, rule 5).
    """
    return threshold + (ROUNDED_TO // 2 + 1 - threshold) % ROUNDED_TO


def rounded(amount: int) -> int:
    """The nearest multiple of five; 0 for nothing alone."""
    return (amount + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def behind(printed: int) -> tuple[int, int]:
    """The truths a rounded number may stand for. A printed 0 is nothing."""
    return (printed - ROUNDED_TO // 2, printed + ROUNDED_TO // 2) if printed else (0, 0)


def roughly(amount: int) -> int | None:
    """A number of records or rows to the nearest fifty; None where that would be 0 and there are some."""
    near = (amount + WORK_ROUNDED_TO // 2) // WORK_ROUNDED_TO * WORK_ROUNDED_TO
    return near if near or not amount else None


MOVES = frozenset({"people_new", "people_returned", "people_left"})
"""Who came to the list and who left it. A printed 0 among these would make this month's list, or last month's, the very
list of those who stayed, and so give the other two away: like any 0 that makes a number equal its whole (privacy
reference 1.4) it is hidden with the small ones."""
SENSITIVE = frozenset({"by_housing", "by_mental_health", "by_substance_use", "people_treatment",
                       "connected_mental_health", "rebooked_mental_health"})  # fmt: skip
"""Tables and figures that say something of people's health or home. Where all of a group are one thing, whoever is
known to be in it is known to be that: the zeros beside are hidden with the small ones (privacy reference 1.4)."""
MOVES_TABLE, MOVES_COLUMNS = "by_month", frozenset({"New", "Returned", "Left"})


def of_people(count: int, threshold: int, *, zero_too: bool = False) -> Need | None:
    """For a count of people: 1 to k-1 is hidden, and the reader's range must reach k+1 and be k-1 wide."""
    small = (0 if zero_too else 1) <= count < threshold
    return Need(threshold + 1, threshold - 1) if small else None


def of_sum(amount: int, people: int, threshold: int, top_two: tuple[float, float] = (0.0, 0.0)) -> Need | None:
    """For a sum of contacts, days or dollars: few people behind it, or one or two who make nearly all of it.

    The range must be as wide as for people, and also reach 15 % above the true sum (p % rule, p = 15).
    """
    first, second = top_two
    few = people < threshold or amount < threshold
    ruled = first > 0 and (amount - first - second < P_PERCENT * first or first + second > TOP_TWO_SHARE * amount)
    if amount == 0 or not (few or ruled):
        return None
    margin = math.ceil(P_PERCENT * amount)
    return Need(max(threshold + 1, amount + margin), max(threshold - 1, margin))
