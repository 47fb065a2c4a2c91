"""Outcomes of a programme in packet after packet: whoever serves its people knows who was added since the last one."""

from __future__ import annotations

from dataclasses import replace

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.outcome_words import COHORT_WORDS, PART_WORDS
from ddj_desktop.measures.types import CountTable, MonthFigures
from tests.disclosure.test_month import OCTOBER, figure, month

NAMES = tuple(f"outcome_followed_1_{cohort}" for cohort in COHORT_WORDS)


def outcome(followed: int, use: int, when: Month = OCTOBER, definition: int = 1) -> MonthFigures:
    """People enrolled are followed and had so many contacts before and after; the as-if cohort is always the same."""
    uses = CountTable(
        "outcome_contacts_1", "Bridge housing: jail contacts", "Days", tuple(PART_WORDS.values()), "",
        tuple(COHORT_WORDS.values()), ((use, 120), (use // 2, 90)), "contacts", when.span, False, False,
        people=((followed, 30), (followed, 30)),
    )  # fmt: skip
    people = [figure(NAMES[0], followed, followed + 30), figure(NAMES[1], 30, 30)]
    return replace(month(people, [uses]), month=when, as_of=when.span.last, definition_id=definition)


def printed(safe: SafeMonth) -> tuple[float | None, ...]:
    cells = safe.tables["outcome_contacts_1"].cells
    return (safe.figures[NAMES[0]].count, *(cell for row in cells for cell in row))


def test_one_more_person_changes_nothing_that_is_printed() -> None:
    """One person with 40 bookings joins: told anew, 180 less 140 would be theirs to within a few."""
    first = protect_month(outcome(30, 140))
    assert printed(first) == (30, 140, 120, 70, 90)
    second = protect_month(outcome(31, 180, OCTOBER.plus(1)), earlier=[first.held])
    assert printed(second) == printed(first)
    third = protect_month(outcome(38, 260, OCTOBER.plus(2)), earlier=[first.held, second.held])
    assert printed(third) == printed(first), "slowly growing is held against what was printed, not month by month"


def test_another_definition_does_not_tell_it_either() -> None:
    first = protect_month(outcome(30, 140))
    other = protect_month(outcome(31, 180, OCTOBER.plus(1), definition=2), earlier=[first.held])
    assert printed(other)[:2] == printed(first)[:2]


def test_fourteen_more_people_are_told_together() -> None:
    """Not thirteen: one by one they could each be no more than thirteen, and what is hidden must be able to be more."""
    first = protect_month(outcome(30, 140))
    thirteen = protect_month(outcome(43, 300, OCTOBER.plus(4)), earlier=[first.held])
    assert printed(thirteen) == printed(first)
    later = protect_month(outcome(44, 300, OCTOBER.plus(5)), earlier=[first.held, thirteen.held])
    assert printed(later) == (45, 300, 120, 150, 90)


def test_the_whole_is_hidden_before_the_people_followed() -> None:
    """30 of 35 would tell of 5; rates rest on the 30, so the 35 is what is hidden."""
    figures = outcome(30, 140)
    few = replace(figures, figures=figures.figures | {NAMES[0]: figure(NAMES[0], 30, 35)})
    safe = protect_month(few).figures[NAMES[0]]
    assert (safe.count, safe.of) == (30, None)
