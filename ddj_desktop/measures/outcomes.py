"""Outcomes of programmes: use before and after enrolment by days at risk, beside people who were never enrolled.

Use is high when somebody is chosen, and falls by itself afterwards. The Camden trial found the same fall with and
without the programme (Finkelstein and others, 2020, NEJM 382: 152-162). So every figure stands beside an as-if cohort:
whoever was on the list under the same definition a year before, followed for as long, without the programme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ddj_desktop.cohort.case import Material
from ddj_desktop.cohort.coverage import SourceCoverage
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Span, minus_months
from ddj_desktop.measures.outcome_words import COHORTS, ENROLLED, PARTS
from ddj_desktop.measures.people import kind_words
from ddj_desktop.measures.statistics import Ratio, rate_ratio
from ddj_desktop.registers.programmes import Enrolment, Programme, all_enrolments, all_programmes
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

JAIL = "jail"
YEAR = 365.25


@dataclass(frozen=True)
class Followed:
    """People followed from an index day each: as many days before it as from it on."""

    people: tuple[int, ...]
    index: tuple[date, ...]
    days: int

    def windows(self, part: str) -> tuple[list[date], list[date]]:
        """First and last day for each person: the days before the index day, or those from it on."""
        span = timedelta(days=self.days)
        first = [day - span if part == "before" else day for day in self.index]
        return first, [day + span - timedelta(days=1) for day in first]


@dataclass(frozen=True)
class Spent:
    """Contacts or days of the people followed, in one part."""

    amount: int
    rows: int
    people: int
    """How many of them had any."""
    top_two: tuple[float, float]
    """The two largest amounts of one person each."""


@dataclass(frozen=True)
class Use:
    """What they used in one part, and for how long they could."""

    spent: Spent
    in_jail: Spent | None
    """Their days in jail, which are no days at risk; None for an outcome in days, which counts all days."""
    days_at_risk: int


@dataclass(frozen=True)
class Cohort:
    """People followed, with what they used before and after."""

    name: str
    """enrolled or as_if."""
    chosen: int
    """How many there are, whether the data cover their days or not."""
    followed: Followed
    before: Use
    after: Use

    @property
    def change(self) -> Ratio | None:
        """The rate after over the rate before."""
        before, after = self.before, self.after
        return rate_ratio(after.spent.amount, after.days_at_risk, before.spent.amount, before.days_at_risk)


@dataclass(frozen=True)
class Outcome:
    """One programme, with its two cohorts."""

    programme: Programme
    enrolled: Sequence[Enrolment]
    cohorts: tuple[Cohort, Cohort]


def counted_words(programme: Programme) -> str:
    """What a programme's outcome counts: `Jail contacts`."""
    return f"{kind_words(programme.outcome_kind or '')} {'days' if programme.outcome_unit == 'day' else 'contacts'}"


def outcomes(
    lane: Lane, covered: Sequence[SourceCoverage], as_of: date, rule: Rule, material: Material
) -> list[Outcome]:
    """Every programme whose outcome is fixed, with what its people used before and after, and the as-if cohort."""
    found = []
    for programme in all_programmes(lane):
        if programme.outcome_fixed_at is not None:
            enrolled = all_enrolments(lane, programme.programme_id)
            one, other = (
                _cohort(lane, programme, name, chosen_of(lane, enrolled, name, rule, material), covered, as_of)
                for name in COHORTS
            )
            found.append(Outcome(programme, enrolled, (one, other)))
    return found


def _cohort(
    lane: Lane, programme: Programme, name: str, chosen: Mapping[int, date], covered: Sequence[SourceCoverage],
    as_of: date,
) -> Cohort:  # fmt: skip
    followed = followed_of(programme, chosen, covered, as_of)
    before, after = (used(lane, programme, followed, part) for part in PARTS)
    return Cohort(name, len(chosen), followed, before, after)


def chosen_of(
    lane: Lane, enrolled: Sequence[Enrolment], cohort: str, rule: Rule, material: Material | None = None
) -> dict[int, date]:
    """The index day of each person: of those enrolled their first enrolment; of the as-if cohort, who was on the list
    a year before the middle enrolment and not enrolled by then, that day."""
    first: dict[int, date] = {}
    for one in enrolled:
        first.setdefault(one.person_id, one.starts)
    if cohort == ENROLLED or not first:
        return first
    index = minus_months(sorted(first.values())[len(first) // 2], 12)
    return {p: index for p in member_ids(lane, rule, index, material) if first.get(p, index) >= index}


def followed_of(
    programme: Programme, chosen: Mapping[int, date], covered: Sequence[SourceCoverage], as_of: date
) -> Followed:
    """Who is followed: only those of whose days before and after the index day some source of the outcome misses none,
    up to `as_of`. A month without a file would look like a month without use."""
    days = programme.outcome_days or 0
    mine = [one for one in covered if one.source.kind == programme.outcome_kind]
    whole: dict[date, bool] = {}
    for day in set(chosen.values()):
        span = Span(day - timedelta(days=days), day + timedelta(days=days - 1))
        whole[day] = span.last <= as_of and any(not one.shortfalls(span) for one in mine)
    kept = {p: day for p, day in sorted(chosen.items()) if whole[day]}
    return Followed(tuple(kept), tuple(kept.values()), days)


def rows_used(lane: Lane, programme: Programme, followed: Followed, part: str) -> list[dict[str, Any]]:
    """The contacts or stays behind an amount, one line each; stays with their days."""
    firsts, lasts = followed.windows(part)
    name = "outcome_days" if programme.outcome_unit == "day" else "outcome_contacts"
    return lane.dicts(
        sql("measures", name), people=list(followed.people), firsts=firsts, lasts=lasts, kind=programme.outcome_kind
    )


def used(lane: Lane, programme: Programme, followed: Followed, part: str) -> Use:
    """Count one part. Somebody in jail can not be booked, called for or visited: those days are no days at risk."""
    spent = _spent(rows_used(lane, programme, followed, part))
    total = len(followed.people) * followed.days
    if programme.outcome_unit == "day":
        return Use(spent, None, total)
    in_jail = _spent(rows_in_jail(lane, followed, part))
    return Use(spent, in_jail, total - in_jail.amount)


def rows_in_jail(lane: Lane, followed: Followed, part: str) -> list[dict[str, Any]]:
    """Their stays in jail in one part, with their days."""
    firsts, lasts = followed.windows(part)
    return lane.dicts(
        sql("measures", "outcome_days"), people=list(followed.people), firsts=firsts, lasts=lasts, kind=JAIL
    )


def _spent(rows: list[dict[str, Any]]) -> Spent:
    """Rows with a column of days add those up; others count one each."""
    each: Counter[int] = Counter()
    for row in rows:
        each[row["person_id"]] += row.get("days", 1)
    first, second = [*sorted(each.values(), reverse=True), 0, 0][:2]
    return Spent(each.total(), len(rows), len(each), (float(first), float(second)))
