"""Outcomes as figures of a month: rates and their change for the county itself, and the counts that a packet works
them out from once they are protected."""

from __future__ import annotations

from datetime import timedelta

from ddj_desktop.cohort.case import Material
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Span, day_in_words
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.outcome_words import COHORT_WORDS, COHORTS, ENROLLED, PART_WORDS, PARTS, REGRESSION
from ddj_desktop.measures.outcomes import YEAR, Cohort, Outcome, Spent, counted_words, outcomes
from ddj_desktop.measures.statistics import UNSTABLE_BELOW, rate, ratio_of_ratios
from ddj_desktop.measures.types import CountTable, Estimate, Figure
from ddj_desktop.registers.programmes import Programme
from ddj_desktop.store.lane import Lane

GROUP = "Outcomes"
CLUSTERED = (
    "The interval takes contacts as if each came by itself; those of one person do not, so that the true one is wider."
)


def add_outcomes(lane: Lane, frame: Frame, rule: Rule, material: Material) -> None:
    """outcome_<programme>_<cohort>_<before|after|change> and outcome_<programme>_compared of every programme whose
    outcome is fixed; where anybody is followed also outcome_followed_<programme>_<cohort>, outcome_contacts_<programme>
    (or outcome_days_<programme>) and outcome_jail_<programme>."""
    for found in outcomes(lane, frame.covered, frame.as_of, rule, material):
        for cohort in found.cohorts:
            for estimate in _of_cohort(frame, found, cohort):
                frame.add_estimate(estimate)
        frame.add_estimate(_compared(frame, found))
        if any(cohort.followed.people for cohort in found.cohorts):
            _add_counts(frame, found)


def fixed_words(programme: Programme) -> str:
    """When the outcome was fixed, and whether anybody could have looked by then."""
    assert programme.outcome_fixed_at is not None
    day = programme.outcome_fixed_at.date()
    if day <= programme.starts:
        return f"The outcome was fixed on {day_in_words(day)}, before anybody was enrolled."
    return (
        f"The outcome was fixed on {day_in_words(day)}, after the programme began on {day_in_words(programme.starts)}: "
        "it may have been chosen after looking, so this shows a question and proves nothing."
    )


def _of_cohort(frame: Frame, found: Outcome, cohort: Cohort) -> list[Estimate]:
    note = _note(found, cohort)
    base = f"outcome_{found.programme.programme_id}_{cohort.name}"
    what, who = counted_words(found.programme), COHORT_WORDS[cohort.name].lower()
    title, period = f"{found.programme.name}: {what}", _period(cohort, frame)
    told = []
    for part, use in zip(PARTS, (cohort.before, cohort.after), strict=True):
        said = rate(use.spent.amount, use.days_at_risk, YEAR)
        told.append(
            Estimate(
                name=f"{base}_{part}", words=f"{title} {part}, {who}", group=GROUP,
                unit="a year at risk", value=said.value if said else None, low=said.interval.low if said else None,
                high=said.interval.high if said else None, spread="95% interval", count=use.spent.amount,
                of=round(use.days_at_risk / YEAR, 1), counted=f"{what}, of person-years at risk", period=period,
                rows=frame.opens("outcome", programme=found.programme.programme_id, cohort=cohort.name, part=part),
                opens=use.spent.rows, unstable=use.spent.amount < UNSTABLE_BELOW, note=note,
            )
        )  # fmt: skip
    ratio = cohort.change
    told.append(
        Estimate(
            name=f"{base}_change", words=f"{title}, after over before, {who}", group=GROUP, unit="ratio",
            value=ratio.value if ratio else None, low=ratio.low if ratio else None,
            high=ratio.high if ratio else None, spread="95% interval", count=cohort.after.spent.amount,
            of=cohort.before.spent.amount, counted=f"{what} after, of {what} before", period=period, rows=None,
            opens=0, unstable=ratio.unstable if ratio else True, note=f"{note} {CLUSTERED}",
        )
    )  # fmt: skip
    return told


def _compared(frame: Frame, found: Outcome) -> Estimate:
    """How the change of those enrolled compares with that of the as-if cohort."""
    enrolled, as_if = found.cohorts
    one, other = enrolled.change, as_if.change
    ratio = ratio_of_ratios(one, other) if one and other else None
    what = counted_words(found.programme)
    return Estimate(
        name=f"outcome_{found.programme.programme_id}_compared",
        words=f"{found.programme.name}: {what}, change of people enrolled over that of the as-if cohort", group=GROUP,
        unit="ratio", value=ratio.value if ratio else None, low=ratio.low if ratio else None,
        high=ratio.high if ratio else None, spread="95% interval", count=None, of=None, counted="",
        period=_period(enrolled, frame), rows=None, opens=0, unstable=ratio.unstable if ratio else True,
        note=f"1 means the same change in both: the programme made no difference that can be seen. "
             f"{fixed_words(found.programme)} {CLUSTERED}",
    )  # fmt: skip


def _period(cohort: Cohort, frame: Frame) -> Span:
    followed = cohort.followed
    if not followed.people:
        return frame.window
    span = timedelta(days=followed.days)
    return Span(min(followed.index) - span, max(followed.index) + span - timedelta(days=1))


def _note(found: Outcome, cohort: Cohort) -> str:
    followed = cohort.followed
    left = sum(1 for one in found.enrolled if one.ends and (one.ends - one.starts).days < followed.days)
    who = (
        f"{len(followed.people)} of {cohort.chosen} people enrolled are followed {followed.days} days before and "
        f"after; the others' days are not all covered. {left} left earlier and are counted as enrolled."
        if cohort.name == ENROLLED
        else f"{len(followed.people)} of {cohort.chosen} people who were on the list under the same definition "
        f"{'on ' + day_in_words(followed.index[0]) if followed.index else 'a year before'}, a year before the middle "
        "enrolment, and were not enrolled by then."
    )
    return f"{REGRESSION} {who} {fixed_words(found.programme)}"


def _add_counts(frame: Frame, found: Outcome) -> None:
    programme = found.programme
    for cohort in found.cohorts:
        frame.add(
            Figure(
                name=f"outcome_followed_{programme.programme_id}_{cohort.name}",
                words=f"{programme.name}: {COHORT_WORDS[cohort.name].lower()}, followed before and after",
                unit="people", count=len(cohort.followed.people), of=cohort.chosen, people=len(cohort.followed.people),
                of_people=cohort.chosen, period=_period(cohort, frame),
                rows=frame.opens("outcome_people", programme=programme.programme_id, cohort=cohort.name),
                note=_note(found, cohort),
            )
        )  # fmt: skip
    uses = [[cohort.before.spent for cohort in found.cohorts], [cohort.after.spent for cohort in found.cohorts]]
    _add_table(frame, found, f"outcome_{programme.outcome_unit}s", counted_words(programme), "outcome", uses)
    jailed = [[c.before.in_jail for c in found.cohorts], [c.after.in_jail for c in found.cohorts]]
    whole = [[one for one in row if one is not None] for row in jailed]
    if all(len(row) == len(COHORTS) for row in whole):
        _add_table(frame, found, "outcome_jail", "Days in jail, which are no days at risk", "outcome_jail", whole)


def _add_table(frame: Frame, found: Outcome, name: str, words: str, query: str, cells: list[list[Spent]]) -> None:
    number = found.programme.programme_id
    frame.add_table(
        CountTable(
            name=f"{name}_{number}", words=f"{found.programme.name}: {words}", row_title="Days",
            rows=tuple(PART_WORDS.values()), column_title="", columns=tuple(COHORT_WORDS.values()),
            counts=tuple(tuple(cell.amount for cell in row) for row in cells),
            unit="contacts" if name == "outcome_contacts" else "days",
            period=_period(found.cohorts[0], frame), rows_add_up=False, columns_add_up=False,
            people=tuple(tuple(cell.people for cell in row) for row in cells),
            top_two=tuple(tuple(cell.top_two for cell in row) for row in cells),
            keys=tuple(
                tuple(frame.opens(query, programme=number, cohort=cohort, part=part) for cohort in COHORTS)
                for part in PARTS
            ),
            note=f"{REGRESSION} {fixed_words(found.programme)}",
        )
    )  # fmt: skip
