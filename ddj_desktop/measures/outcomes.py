"""Outcomes of programmes: before and after enrolment by days at risk, beside people who were never enrolled.

Use is high when somebody is chosen, and falls by itself afterwards. The Camden trial found the same fall with and
without the programme (Finkelstein and others, 2020, NEJM 382: 152-162). So every figure stands beside an as-if cohort:
whoever was on the list under the same definition a year before, followed for as long, without the programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ddj_desktop.cohort.coverage import SourceCoverage
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Span, day_in_words, minus_months
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import kind_words
from ddj_desktop.measures.statistics import UNSTABLE_BELOW, rate, rate_ratio
from ddj_desktop.measures.types import Estimate
from ddj_desktop.registers.programmes import Enrolment, Programme, all_enrolments, all_programmes
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

GROUP = "Outcomes"
JAIL = "jail"
REGRESSION = (
    "People are chosen because their use was high. Some decrease afterwards is expected even without any programme: "
    "compare the change with that of the as-if cohort, not with nothing."
)
CLUSTERED = (
    "The interval takes contacts as if each came by itself; those of one person do not, so that the true one is wider."
)
YEAR = 365.25
PARTS = ("before", "after")
COHORTS = {"enrolled": "people enrolled", "as_if": "as-if cohort, no programme"}


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
class Use:
    """What they used in one part, and for how long they could."""

    amount: int
    rows: int
    days_at_risk: int
    """All days less those in jail, where what is counted can not happen in jail."""


def add_outcomes(lane: Lane, frame: Frame, rule: Rule) -> None:
    """outcome_<programme>_<cohort>_<before|after|change> of every programme whose outcome is fixed."""
    for programme in all_programmes(lane):
        if programme.outcome_fixed_at is None:
            continue
        enrolled = all_enrolments(lane, programme.programme_id)
        for cohort in COHORTS:
            followed = followed_of(lane, programme, enrolled, cohort, rule, frame.as_of, frame.covered)
            for estimate in _estimates(lane, frame, programme, enrolled, cohort, followed):
                frame.add_estimate(estimate)


def followed_of(
    lane: Lane, programme: Programme, enrolled: Sequence[Enrolment], cohort: str, rule: Rule, as_of: date,
    covered: Sequence[SourceCoverage],
) -> Followed:  # fmt: skip
    """Who is followed: everybody from their first enrolment, or the as-if cohort; only those the data cover whole."""
    days = programme.outcome_days or 0
    first: dict[int, date] = {}
    for one in enrolled:
        first.setdefault(one.person_id, one.starts)
    if cohort == "as_if":
        if not first:
            return Followed((), (), days)
        middle = sorted(first.values())[len(first) // 2]
        index = minus_months(middle, 12)
        first = {p: index for p in member_ids(lane, rule, index) if first.get(p, index) >= index}
    begins = min((s.first for s in covered if s.first and s.source.kind == programme.outcome_kind), default=as_of)
    span = timedelta(days=days)
    kept = {
        p: day for p, day in sorted(first.items())
        if day + span - timedelta(days=1) <= as_of and day - span >= begins
    }  # fmt: skip
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
    rows = rows_used(lane, programme, followed, part)
    firsts, lasts = followed.windows(part)
    total = len(followed.people) * followed.days
    if programme.outcome_unit == "day":
        return Use(sum(row["days"] for row in rows), len(rows), total)
    jailed = lane.dicts(
        sql("measures", "outcome_days"), people=list(followed.people), firsts=firsts, lasts=lasts, kind=JAIL
    )
    return Use(len(rows), len(rows), total - sum(row["days"] for row in jailed))


def _estimates(
    lane: Lane, frame: Frame, programme: Programme, enrolled: Sequence[Enrolment], cohort: str, followed: Followed
) -> list[Estimate]:
    both = {part: used(lane, programme, followed, part) for part in PARTS}
    note = _note(programme, enrolled, cohort, followed)
    base = f"outcome_{programme.programme_id}_{cohort}"
    what = f"{kind_words(programme.outcome_kind or '')} {'days' if programme.outcome_unit == 'day' else 'contacts'}"
    title = f"{programme.name}: {what}"
    found = []
    for part, use in both.items():
        said = rate(use.amount, use.days_at_risk, YEAR)
        found.append(
            Estimate(
                name=f"{base}_{part}", words=f"{title} {part}, {COHORTS[cohort]}", group=GROUP,
                unit="a year at risk", value=said.value if said else None, low=said.interval.low if said else None,
                high=said.interval.high if said else None, spread="95% interval", count=use.amount,
                of=round(use.days_at_risk / YEAR, 1), counted=f"{what}, of person-years at risk",
                period=_period(followed, frame),
                rows=frame.opens("outcome", programme=programme.programme_id, cohort=cohort, part=part),
                opens=use.rows, unstable=use.amount < UNSTABLE_BELOW, note=note,
            )
        )  # fmt: skip
    before, after = both["before"], both["after"]
    ratio = rate_ratio(after.amount, after.days_at_risk, before.amount, before.days_at_risk)
    found.append(
        Estimate(
            name=f"{base}_change", words=f"{title}, after over before, {COHORTS[cohort]}", group=GROUP, unit="ratio",
            value=ratio.value if ratio else None, low=ratio.low if ratio else None,
            high=ratio.high if ratio else None, spread="95% interval", count=after.amount, of=before.amount,
            counted=f"{what} after, of {what} before", period=_period(followed, frame), rows=None, opens=0,
            unstable=ratio.unstable if ratio else True,
            note=f"{note} {CLUSTERED}",
        )
    )  # fmt: skip
    return found


def _period(followed: Followed, frame: Frame) -> Span:
    if not followed.people:
        return frame.window
    span = timedelta(days=followed.days)
    return Span(min(followed.index) - span, max(followed.index) + span - timedelta(days=1))


def _note(programme: Programme, enrolled: Sequence[Enrolment], cohort: str, followed: Followed) -> str:
    people = len({one.person_id for one in enrolled})
    fixed = day_in_words(programme.outcome_fixed_at.date()) if programme.outcome_fixed_at else ""
    left = sum(1 for one in enrolled if one.ends and (one.ends - one.starts).days < followed.days)
    who = (
        f"{len(followed.people)} of {people} people enrolled are followed {followed.days} days before and after; the "
        f"others' days are not all covered. {left} left earlier and are counted as enrolled."
        if cohort == "enrolled"
        else f"{len(followed.people)} people who were on the list under the same definition "
        f"{'on ' + day_in_words(followed.index[0]) if followed.index else 'a year before'}, a year before the middle "
        "enrolment, and were not enrolled by then."
    )
    return f"{REGRESSION} {who} Outcome fixed on {fixed} by {programme.outcome_fixed_by}."
