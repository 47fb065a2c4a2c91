"""Which numbers are too small to show, and what hiding one must achieve."""

from __future__ import annotations

import math

from ddj_desktop.disclosure.system import Need

FLOOR = 11
"""The smallest count of people that may leave the building: CMS cell size policy (no cell of 1 to 10)."""
P_PERCENT = 0.15
"""A sum is hidden when all but its two largest contributors make less than this share of the largest."""
TOP_TWO_SHARE = 0.80
"""A sum is hidden when its two largest contributors make more than this share of it (privacy reference 1.4)."""
FACTS_OF_WORK = frozenset({"records", "pairs", "rows", "files", "months"})
"""Units that count the county's own work and nobody's life; they are shown as they are."""


def of_people(count: int, threshold: int) -> Need | None:
    """For a count of people: 1 to k-1 is hidden, and the reader's range must reach k+1 and be k-1 wide."""
    return Need(threshold + 1, threshold - 1) if 0 < count < threshold else None


def of_sum(amount: int, people: int, threshold: int, top_two: tuple[float, float] = (0.0, 0.0)) -> Need | None:
    """For a sum of contacts, days or dollars: few people behind it, or one or two who make nearly all of it.

    The range must be as wide as for people, and also reach 15 % above the true sum (p % rule, p = 15).
    """
    first, second = top_two
    few = people < threshold
    ruled = first > 0 and (amount - first - second < P_PERCENT * first or first + second > TOP_TWO_SHARE * amount)
    if amount == 0 or not (few or ruled):
        return None
    margin = math.ceil(P_PERCENT * amount)
    return Need(max(threshold + 1, amount + margin), max(threshold - 1, margin))
