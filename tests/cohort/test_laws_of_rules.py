"""Laws of rules found by Hypothesis, on contacts held in arrays: what adding, widening and comparing may never do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.cohort.attrition import attrition
from ddj_desktop.cohort.case import Material, work_through
from ddj_desktop.cohort.contacts import Contacts, SourceInfo
from ddj_desktop.cohort.counts import Counts
from ddj_desktop.cohort.population import Known
from ddj_desktop.cohort.types import (
    AnyMonths,
    Clause,
    CountClause,
    Group,
    Measure,
    Rule,
    TrailingDays,
    TrailingMonths,
    Window,
)
from ddj_desktop.cohort.windows import day_number, day_of, months_back
from ddj_desktop.kernel.dates import Month, minus_months
from ddj_desktop.registers.costs import CostTable

AS_OF = date(2026, 2, 28)
SOURCES = (SourceInfo(1, "Pine jail", "jail"), SourceInfo(2, "Pine EMS", "ems"), SourceInfo(3, "Oak jail", "jail"))
KINDS = ("booking", "run")
COSTS = CostTable(
    {("jail", "day"): ((2025, 9_000),), ("jail", "contact"): ((2025, 500),), ("ems", "contact"): ((2025, 70_000),)}
)
PEOPLE = 4
FEW = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class One:
    """A contact: whose, which source, how many days before the date it began, how long it lasted (None: open)."""

    person: int
    source: int
    back: int
    days: int | None

    @property
    def first(self) -> date:
        return AS_OF - timedelta(days=self.back)


ONE = st.builds(
    One, st.integers(0, PEOPLE - 1), st.integers(0, 2), st.integers(-3, 800), st.none() | st.integers(0, 400)
)
CONTACTS = st.lists(ONE, max_size=14)


def material(found: list[One]) -> Material:
    """Contacts as the county file would give them; every person known even without one."""
    ordered = sorted(found, key=lambda one: (one.person, one.first))
    first = np.array([day_number(one.first) for one in ordered], np.int64)
    length = np.array([one.source != 1 for one in ordered], np.bool_)
    last = np.array([day_number(one.first) + (10**6 if one.days is None else one.days) for one in ordered], np.int64)
    source = np.array([one.source for one in ordered], np.int64)
    contacts = Contacts(
        np.arange(1, PEOPLE + 1), np.array([one.person for one in ordered], np.int64), np.arange(1, len(ordered) + 1),
        first, np.where(length, last, first), length, source, (source == 1).astype(np.int64),
        np.full(len(ordered), -1, np.int64), SOURCES, KINDS,
    )  # fmt: skip
    return Material(contacts, Counts(contacts, COSTS, {}), Known())


def members(rule: Rule, found: list[One], as_of: date = AS_OF) -> set[int]:
    case = work_through(rule, as_of, material(found))
    return set(case.material.contacts.ids[case.chosen].tolist())


WINDOWS = st.one_of(
    st.builds(TrailingMonths, st.integers(1, 30)), st.builds(TrailingDays, st.integers(1, 700)),
    st.integers(1, 12).flatmap(lambda n: st.builds(AnyMonths, st.just(n), st.integers(n, 30))),
)  # fmt: skip
POINTS = (("jail", 3), ("ems", 1))


@st.composite
def at_least(draw: st.DrawFn, windows: st.SearchStrategy[Window] = WINDOWS) -> CountClause:
    """So many or more of anything that only grows (episodes may join, so they are not among them)."""
    count = draw(st.sampled_from(("contacts", "days", "systems", "kinds", "cost", "points")))
    sources = draw(st.sampled_from(((), ("jail",), ("ems",), ("Oak jail",), ("jail", "ems"))))
    measure = Measure(count, sources, (), draw(windows), points=POINTS if count == "points" else ())
    return CountClause(measure, ">=", draw(st.integers(1, {"days": 300, "cost": 2_000}.get(count, 5))))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Up to three clauses and a group, all of or any of them."""
    how = st.sampled_from(("all", "any"))
    clauses: list[Clause] = draw(st.lists(at_least(), min_size=1, max_size=3))
    if draw(st.booleans()):
        clauses.append(Group(draw(how), tuple(draw(st.lists(at_least(), min_size=1, max_size=2)))))
    return Rule("x", "person", draw(how), tuple(clauses))


@FEW
@given(rules(), CONTACTS, ONE)
def test_another_contact_takes_nobody_off(rule: Rule, found: list[One], more: One) -> None:
    assert members(rule, found) <= members(rule, [*found, more])


@FEW
@given(at_least(st.builds(TrailingMonths, st.integers(1, 12))), CONTACTS, st.integers(1, 24))
def test_a_wider_trailing_window_takes_nobody_off(clause: CountClause, found: list[One], more: int) -> None:
    window = clause.measure.window
    assert isinstance(window, TrailingMonths)
    wider = replace(clause, measure=replace(clause.measure, window=TrailingMonths(window.months + more)))
    narrow, wide = (Rule("x", "person", "all", (one,)) for one in (clause, wider))
    assert members(narrow, found) <= members(wide, found)


@FEW
@given(at_least(), CONTACTS, st.integers(1, 50))
def test_a_higher_threshold_brings_nobody_on(clause: CountClause, found: list[One], more: int) -> None:
    assert isinstance(clause.value, int)
    low = Rule("x", "person", "all", (clause,))
    high = Rule("x", "person", "all", (replace(clause, value=clause.value + more),))
    assert members(high, found) <= members(low, found)


@FEW
@given(rules(), rules(), CONTACTS)
def test_both_and_only_a_make_a_and_none_is_the_rest(a: Rule, b: Rule, found: list[One]) -> None:
    one, other = members(a, found), members(b, found)
    assert (one & other) | (one - other) == one
    everyone = {contact.person + 1 for contact in found if contact.first <= AS_OF}
    none = replace(a, combine="none")
    any_of = replace(a, combine="any")
    assert members(none, found) == everyone - members(any_of, found)


@FEW
@given(rules(), CONTACTS)
def test_every_figure_is_the_number_of_its_rows(rule: Rule, found: list[One]) -> None:
    case = work_through(rule, AS_OF, material(found))
    steps = attrition(case)
    assert all(step.people == int(mask.sum()) for step, mask in steps)
    assert steps[-1][0].people == len(members(rule, found))
    left = [mask for step, mask in steps if step.left]
    assert all(not (later & ~earlier).any() for earlier, later in pairwise(left))


@FEW
@given(at_least(), CONTACTS)
def test_the_window_said_to_be_the_highest_holds_what_was_counted(clause: CountClause, found: list[One]) -> None:
    """Counted again by hand in the window that the reason prints."""
    measure, kept = replace(clause.measure, count="contacts", window=AnyMonths(5, 17)), material(found)
    counted = kept.counts.of(measure, AS_OF)
    floor = minus_months(AS_OF, 17)
    for person, (value, end) in enumerate(zip(counted.value.tolist(), counted.window_end.tolist(), strict=True)):
        begins = max(minus_months(day_of(end), 5), floor)
        mine = [one.first for one in found if one.person == person and SOURCES[one.source].named_in(measure.sources)]
        assert value == sum(begins < first <= day_of(end) for first in mine)
        assert value == 0 or day_of(end) in mine


@FEW
@given(rules(), CONTACTS)
def test_two_years_of_lists_are_the_lists_of_each_month(rule: Rule, found: list[One]) -> None:
    """Asked one after the other of contacts laid out once, or each of contacts read anew."""
    kept, ends = material(found), [Month(2026, 2).plus(-back).span.last for back in range(25)]
    together = [work_through(rule, end, kept).chosen.tolist() for end in ends]
    assert together == [work_through(rule, end, material(found)).chosen.tolist() for end in ends]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_months_back_on_days_is_that_on_dates(day: date, months: int) -> None:
    assert day_of(int(months_back(np.array([day_number(day)]), months)[0])) == minus_months(day, months)


@FEW
@given(rules(), CONTACTS)
def test_counts_kept_give_what_counts_made_anew_give(rule: Rule, found: list[One]) -> None:
    kept = material(found)
    again = [work_through(rule, AS_OF - timedelta(days=day), kept).chosen.tolist() for day in (0, 1, 0, 31, 0)]
    fresh = [
        work_through(rule, AS_OF - timedelta(days=day), material(found)).chosen.tolist() for day in (0, 1, 0, 31, 0)
    ]
    assert again == fresh
