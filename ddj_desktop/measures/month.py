"""Every figure of one month under one definition."""

from __future__ import annotations

from datetime import date

from ddj_desktop.cohort.case import Material, material_for, work_through
from ddj_desktop.cohort.coverage import coverage_warnings, daily_contacts, fall_short
from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.cost import add_cost
from ddj_desktop.measures.disparity import add_disparity
from ddj_desktop.measures.errors import CountsAddresses
from ddj_desktop.measures.flags import add_flags
from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.hours import add_hours
from ddj_desktop.measures.movement import Moved, movements
from ddj_desktop.measures.outcome_figures import add_outcomes
from ddj_desktop.measures.patterns import add_patterns
from ddj_desktop.measures.people import Everyone, everyone
from ddj_desktop.measures.race_tables import add_race_tables
from ddj_desktop.measures.silent import silent
from ddj_desktop.measures.statistics import UNSTABLE_BELOW
from ddj_desktop.measures.stays import stays_of
from ddj_desktop.measures.stepping_up import add_stepping_up
from ddj_desktop.measures.types import At, Figure, Link, MonthFigures
from ddj_desktop.measures.use import (
    add_concentration,
    add_contacts_by_month,
    add_coverage,
    add_jail_days,
    add_use,
    kinds_of,
)
from ddj_desktop.measures.who import add_attrition, add_characteristics, add_list, add_overlap
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def month_figures(lane: Lane, definition: Definition, month: Month, progress: Progress | None = None) -> MonthFigures:
    """Count a month: the list on its last day, use and characteristics over the twelve months up to that day.

    Series hold the month and the twelve before it. Reads only. Raises CountsAddresses where the definition makes a
    list of addresses.
    """
    rule = definition.rule
    if rule.unit != "person":
        raise CountsAddresses(name=definition.name)
    progress = progress or Progress()
    days = daily_contacts(lane)
    covered = days.coverage(month.span.last)
    material = material_for(lane, rule)
    progress.step("Working out the list month by month")
    moves = movements(lane, rule, month, covered, material, days)
    frame = Frame(definition.definition_id, month, sorted(moves[-1].people["on_list"]), covered)
    people = _count(lane, frame, rule, moves, material, progress)
    name, state, population = lane.one("SELECT name, state, population FROM county")
    return MonthFigures(
        county=name, state=state, population=population, month=month, as_of=frame.as_of,
        definition_id=definition.definition_id, definition_name=definition.name,
        definition_version=definition.version, definition_state=definition.state,
        definition_sentence=_sentence(definition, frame.as_of, material), agreed=definition.agreed,
        figures=frame.figures, tables=frame.tables, estimates=frame.estimates, links=tuple(frame.links),
        warnings=_warnings(frame, definition), silent=silent(lane, frame, people),
    )  # fmt: skip


def _sentence(definition: Definition, as_of: date, material: Material) -> str:
    """The definition as it is read aloud; of a relative rule also what it came to. That says the least that somebody on
    the list has, and is told where they are one of many."""
    cut = work_through(definition.rule, as_of, material).cut
    if cut is None or cut.chosen < UNSTABLE_BELOW:
        return definition.sentence
    return f"{definition.sentence} Here that means {cut.means}."


def _count(
    lane: Lane, frame: Frame, rule: Rule, moves: list[Moved], material: Material, progress: Progress
) -> Everyone:
    """Everything counted for the list's people and everyone else; gives them."""
    progress.step("Counting the month")
    people = everyone(lane, frame.members, frame.window)
    add_list(frame, people, moves)
    add_characteristics(frame, people)
    add_flags(lane, frame, people)
    add_overlap(frame, people)
    add_attrition(frame, rule, material)
    progress.step("Counting what was used")
    stays = stays_of(material.contacts, frame.as_of, kinds_of(frame))
    add_use(lane, frame, stays)
    add_contacts_by_month(lane, frame)
    add_coverage(lane, frame)
    add_jail_days(frame, stays)
    add_concentration(lane, frame, stays)
    progress.step("Counting patterns of use")
    found = add_patterns(lane, frame)
    if found is not None:
        add_stepping_up(lane, frame, found)
    add_hours(lane, frame)
    progress.step("Counting race and ethnicity")
    add_disparity(lane, frame, people)
    add_race_tables(lane, frame, people)
    progress.step("Counting cost and outcomes")
    add_cost(lane, frame)
    add_outcomes(lane, frame, rule, material)
    _add_matching(lane, frame)
    return people


def _add_matching(lane: Lane, frame: Frame) -> None:
    """records, people_known, pairs_to_review: what the match made of all records, whatever their month."""
    records, people, pairs = lane.one(sql("measures", "matching"))
    always = Span(min((s.first for s in frame.covered if s.first), default=frame.as_of), frame.as_of)
    for name, words, unit, count, query in (
        ("records", "Records matched", "records", records, "records"),
        ("people_known", "People they make", "people", people, "everybody"),
        ("pairs_to_review", "Possible matches nobody has decided yet", "pairs", pairs, "pairs"),
    ):
        frame.add(
            Figure(
                name=name, words=words, unit=unit, count=count, of=None, people=count if unit == "people" else 0,
                of_people=None, period=always, rows=frame.opens(query), note="As the county file stands today.",
            )
        )  # fmt: skip
    frame.links.append(Link((At("people_known"),), (At("attrition", 0, 0),), rest=True))


def _warnings(frame: Frame, definition: Definition) -> tuple[str, ...]:
    """Which sources fall short of the definition's windows, and which of the twelve months; without any count."""
    by_rule = coverage_warnings(definition.rule, frame.covered, frame.as_of)
    return tuple(dict.fromkeys((*by_rule, *fall_short(frame.covered, frame.window))))
