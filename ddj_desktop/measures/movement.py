"""How the list changes from month to month: who stayed, who is new, who came back, who left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.coverage import SourceCoverage, rule_windows
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.lane import Lane

MONTHS = 13
"""A month, and the twelve before it: the same month a year ago stands at the left edge of every chart."""
LOOK_BACK = 24
"""Somebody who comes onto the list counts as returned when they were on it at the end of any of the 24 months before
last month; longer ago, they count as new. A fixed stretch, so that the answer does not change as the file grows."""


@dataclass(frozen=True)
class Movement:
    """The list at a month's end against the list at the end of the month before."""

    month: Month
    on_list: frozenset[int]
    continuing: frozenset[int]
    new: frozenset[int]
    returned: frozenset[int]
    left: frozenset[int]
    answered: bool
    """False where the data do not reach back over the rule's window, so that the list can not be known."""
    compared: bool
    """False where that holds for the month before."""


def movements(
    lane: Lane, rule: Rule, month: Month, covered: Iterable[SourceCoverage], progress: Progress | None = None
) -> list[Movement]:
    """The thirteen months up to `month`, oldest first."""
    covered = list(covered)
    material = material_for(lane, rule)
    first = month.plus(-(MONTHS - 1) - 1 - LOOK_BACK)
    known = [source.first for source in covered if source.first]
    begin = min(known, default=date.max)
    lists: dict[Month, frozenset[int]] = {}
    if progress:
        progress.step("Working out the list month by month", MONTHS + 1 + LOOK_BACK)
    at = first
    while at <= month:
        day = at.span.last
        lists[at] = frozenset(member_ids(lane, rule, day, material)) if day >= begin else frozenset()
        at = at.plus(1)
        if progress:
            progress.at(len(lists))
    return [_movement(lists, rule, month.plus(-back), covered) for back in range(MONTHS - 1, -1, -1)]


def _movement(
    lists: dict[Month, frozenset[int]], rule: Rule, month: Month, covered: list[SourceCoverage]
) -> Movement:
    now, before = lists[month], lists[month.plus(-1)]
    earlier = frozenset[int]().union(*(lists[month.plus(-1 - back)] for back in range(1, LOOK_BACK + 1)))
    came = now - before
    return Movement(
        month, now, now & before, came - earlier, came & earlier, before - now,
        answered=reaches(rule, covered, month.span.last), compared=reaches(rule, covered, month.plus(-1).span.last),
    )  # fmt: skip


def reaches(rule: Rule, covered: Iterable[SourceCoverage], as_of: date) -> bool:
    """True where every window of the rule is covered to its first day and to the as-of date by a source it names.

    A window that began before any data did would make the list too short and everyone on it 'new'.
    """
    covered = list(covered)
    for sources, span in rule_windows(rule, as_of):
        named = [source for source in covered if source.source.named_in(sources)]
        if not any(not s.begins_after(span.first) and not s.ends_before(span.last) for s in named):
            return False
    return True
