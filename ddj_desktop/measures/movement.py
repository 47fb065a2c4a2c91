"""How the list changes from month to month, and for which months the data allow an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ddj_desktop.cohort.case import Material
from ddj_desktop.cohort.coverage import DailyContacts, SourceCoverage, rule_windows
from ddj_desktop.cohort.movement import LOOK_BACK, MonthMovement, movement
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month
from ddj_desktop.store.lane import Lane

MONTHS = 13
"""A month, and the twelve before it: the same month a year ago stands at the left edge of every chart."""
FLOW_MONTHS = 24
"""Two years of flow, for seasons: the last thirteen of them are the series every packet prints."""
RETURNED_NOTE = f"Returned: on the list at the end of one of the {LOOK_BACK} months before last month."


@dataclass(frozen=True)
class Moved:
    """One month's movement, and what of it the data allow to say."""

    month: Month
    people: dict[str, frozenset[int]]
    """on_list, continuing, new, returned, left, and last_month: the list a month before."""
    answered: frozenset[str]
    """Names of those that can be said. A list whose window began before any data did would be too short, and everyone
    on it new; who left is not seen in a month that a source does not cover."""

    def count(self, name: str) -> int | None:
        """How many; None where it can not be said."""
        return len(self.people[name]) if name in self.answered else None


def movements(
    lane: Lane, rule: Rule, month: Month, covered: Iterable[SourceCoverage], material: Material | None = None,
    days: DailyContacts | None = None,
) -> list[Moved]:  # fmt: skip
    """The twenty-four months up to `month`, oldest first. The list of `month` itself is always answered.

    `material` and `days` where they are at hand.
    """
    covered = list(covered)
    months = [month.plus(-back) for back in range(FLOW_MONTHS - 1, -1, -1)]
    return [
        _moved(move, rule, covered, always=move.month == month) for move in movement(lane, rule, months, material, days)
    ]


def _moved(move: MonthMovement, rule: Rule, covered: list[SourceCoverage], *, always: bool) -> Moved:
    people = {
        "on_list": move.on_list, "continuing": move.continuing, "new": move.new, "returned": move.returned,
        "left": move.left, "last_month": move.continuing | move.left | move.not_seen,
    }  # fmt: skip
    answered: set[str] = set()
    if always or reaches(rule, covered, move.month.span.last):
        answered.add("on_list")
        if reaches(rule, covered, move.month.plus(-1).span.last):
            answered |= {"continuing", "new", "returned", "last_month"} | ({"left"} if move.observed else set())
    return Moved(move.month, people, frozenset(answered))


def reaches(rule: Rule, covered: Iterable[SourceCoverage], as_of: date) -> bool:
    """True where the data reach over every window of the rule: from before its first day, and to its last, in at least
    one source that it names."""
    covered = list(covered)
    for sources, span in rule_windows(rule, as_of):
        named = [source for source in covered if source.source.named_in(sources)]
        if not any(not s.begins_after(span.first) and not s.ends_before(span.last) for s in named):
            return False
    return True
