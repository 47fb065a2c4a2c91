"""Who came on the list, stayed, returned and left, month by month.

The list of a month is the list on its last day. Somebody on it is *continuing* when on the list of the month before;
*returned* when not on that one and on any of the LOOK_BACK month lists before; else *new*. Somebody of the month
before who is not on it has *left* only where every source of the rule covers the month; otherwise a missing file
would look like people getting better, and they stand under `not_seen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.cohort.case import Material, material_for, work_through
from ddj_desktop.cohort.contacts import Mask, Numbers
from ddj_desktop.cohort.coverage import DailyContacts, SourceCoverage, daily_contacts, rule_windows, short_of_month
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month, day_in_words
from ddj_desktop.store.lane import Lane

LOOK_BACK = 24
"""Months before the month before. A fixed stretch, so that the answer does not change as the file grows."""


@dataclass(frozen=True)
class MonthMovement:
    """The people (or addresses) of one month's list, by where they were before.

    `on_list` = new + continuing + returned; the list of the month before = continuing + left + not_seen.
    """

    month: Month
    as_of: date
    on_list: frozenset[int]
    new: frozenset[int]
    continuing: frozenset[int]
    returned: frozenset[int]
    left: frozenset[int]
    not_seen: frozenset[int]
    """On the list of the month before and not on this one, in a month that the sources do not cover: whether they
    left can not be said."""
    notes: tuple[str, ...]
    """Sentences: which sources fall short of the month, and what that means for who is new and who left."""

    observed: bool
    """True where every source of the rule covers the month, so that leaving could be seen."""


def movement(
    lane: Lane,
    rule: Rule,
    months: Sequence[Month],
    material: Material | None = None,
    days: DailyContacts | None = None,
) -> tuple[MonthMovement, ...]:
    """The movement of each of `months`, in the order given. `material` and `days` where they are at hand."""
    material, days = material or material_for(lane, rule), days or daily_contacts(lane)
    ids = material.contacts.ids
    needed = sorted({month.plus(-back) for month in months for back in range(LOOK_BACK + 2)})
    lists = {month: work_through(rule, month.span.last, material).chosen for month in needed}
    return tuple(_of_month(rule, month, lists, ids, days) for month in months)


def _of_month(rule: Rule, month: Month, lists: dict[Month, Mask], ids: Numbers, days: DailyContacts) -> MonthMovement:
    now, before = lists[month], lists[month.plus(-1)]
    earlier = np.logical_or.reduce([lists[month.plus(-back)] for back in range(2, LOOK_BACK + 2)])
    covered = days.coverage(month.span.last)
    short = short_of_month(rule, covered, month)
    notes = [f"{sentence} Who left in {month.in_words()} can not be said." for sentence in short]

    def people(where: Mask) -> frozenset[int]:
        return frozenset(ids[where].tolist())

    gone = people(before & ~now)
    return MonthMovement(
        month=month,
        as_of=month.span.last,
        on_list=people(now),
        new=people(now & ~before & ~earlier),
        continuing=people(now & before),
        returned=people(now & ~before & earlier),
        left=frozenset() if short else gone,
        not_seen=gone if short else frozenset(),
        notes=(*notes, *_begins_late(rule, month, covered)),
        observed=not short,
    )


def _begins_late(rule: Rule, month: Month, covered: Sequence[SourceCoverage]) -> tuple[str, ...]:
    """For each source that begins after the first day the earliest list looked back on needs: new may not be new."""
    windows = rule_windows(rule, month.plus(-LOOK_BACK - 1).span.last)
    return tuple(
        f"{source.source.name} data begin {day_in_words(source.first)}, so somebody counted as new in "
        f"{month.in_words()} may have met the definition before."
        for source in covered
        if source.first is not None
        and any(source.source.named_in(names) and source.begins_after(span.first) for names, span in windows)
    )
