"""The list under a definition on a date: members with reasons, counts while a rule is being changed, grids.

Functions take `material` (`case.material_for`) and `days` (`coverage.daily_contacts`) where they are at hand, so that
a screen reads the county file once and then only counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ddj_desktop.cohort.attrition import Step, attrition
from ddj_desktop.cohort.case import Case, Material, material_for, with_clauses, work_through
from ddj_desktop.cohort.clauses import holds
from ddj_desktop.cohort.contacts import Mask
from ddj_desktop.cohort.coverage import DailyContacts, coverage_warnings, daily_contacts
from ddj_desktop.cohort.errors import NotACountClause
from ddj_desktop.cohort.reasons import open_stays, reason
from ddj_desktop.cohort.relative import Cut
from ddj_desktop.cohort.types import CountClause, Rule, TrailingMonths
from ddj_desktop.cohort.words import in_words
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Member:
    """Somebody (or an address) on the list."""

    person_id: int
    """The person; for a list of addresses a number derived from the address."""
    reason: str
    tier: str
    """Name of the tier; '' where the rule has none or none takes this member."""
    values: dict[str, float | str | date | None]
    """What each clause found, by its number (`1`, `3.2`; `top` for the ranking)."""
    open_stays: int
    """Stays among those counted that had not ended by the as-of date."""
    address: str = ""


@dataclass(frozen=True)
class WhatIf:
    """How a rule comes out, without the members."""

    members: int
    base: int
    """Units with at least one contact by the as-of date."""
    attrition: tuple[Step, ...]
    cut: Cut | None
    tiers: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]
    """Sentences that every page printing the list carries: sources that fall short, and since when."""

    @property
    def came_to(self) -> tuple[str, ...]:
        """What a relative rule and its tiers came to, each n of N; empty for a rule without."""
        return came_to(self.cut, self.tiers, self.members)


@dataclass(frozen=True)
class Evaluated:
    """The list on a date."""

    rule: Rule
    as_of: date
    sentence: str
    members: tuple[Member, ...]
    """In order of person id."""
    base: int
    attrition: tuple[Step, ...]
    cut: Cut | None
    tiers: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]


def came_to(cut: Cut | None, tiers: tuple[tuple[str, int], ...], members: int) -> tuple[str, ...]:
    """The cut's sentence, and how many of the list each tier holds."""
    sizes = ", ".join(f"{name} {number:,} of {members:,}" for name, number in tiers)
    return (*((cut.sentence,) if cut else ()), *((f"Tiers: {sizes}.",) if tiers else ()))


@dataclass(frozen=True)
class Grid:
    """How many would be on the list for each pair of thresholds. `people[row][column]`: row is y, column is x."""

    clause_x: str
    values_x: tuple[int | float, ...]
    clause_y: str
    values_y: tuple[int | float, ...]
    people: tuple[tuple[int, ...], ...]
    current: tuple[int, int] | None
    """Row and column of the rule as it stands; None where it is not among the values."""


def evaluate(
    lane: Lane, rule: Rule, as_of: date, material: Material | None = None, days: DailyContacts | None = None
) -> Evaluated:
    """The list on `as_of`: every member with the reason, how it came about, and what the data can not say."""
    case = work_through(rule, as_of, material or material_for(lane, rule))
    came = _came_out(case, days or daily_contacts(lane))
    members = tuple(_member(case, int(place)) for place in np.flatnonzero(case.chosen))
    return Evaluated(
        rule, as_of, in_words(rule), members, came.base, came.attrition, came.cut, came.tiers, came.warnings
    )


def member_ids(lane: Lane, rule: Rule, as_of: date, material: Material | None = None) -> list[int]:
    """Who is on the list on `as_of`: person ids, ascending (for addresses the numbers derived from them)."""
    case = work_through(rule, as_of, material or material_for(lane, rule))
    ids: list[int] = case.material.contacts.ids[case.chosen].tolist()
    return ids


def what_if(
    lane: Lane, rule: Rule, as_of: date, material: Material | None = None, days: DailyContacts | None = None
) -> WhatIf:
    """How a rule comes out on `as_of`, for showing while it is being changed."""
    case = work_through(rule, as_of, material or material_for(lane, rule))
    return _came_out(case, days or daily_contacts(lane))


def grid(
    lane: Lane,
    rule: Rule,
    as_of: date,
    clause_x: str,
    values_x: Sequence[int | float],
    clause_y: str,
    values_y: Sequence[int | float],
    material: Material | None = None,
    months: tuple[bool, bool] = (False, False),
) -> Grid:
    """How many would be on the list for each pair of numbers of two clauses, all else as it stands.

    Clauses go by their numbers (`1`, `3.2`, see `Rule.leaves`). The numbers tried are thresholds, or where `months`
    says so for an axis, how many months back the clause looks; one clause may stand on both axes in these two ways.
    Raises NotACountClause for a clause that has no such number, or for twice the same.
    """
    case = work_through(rule, as_of, material or material_for(lane, rule))
    x, y = _axis(case, clause_x, months[0]), _axis(case, clause_y, months[1])
    if (clause_x, months[0]) == (clause_y, months[1]):
        raise NotACountClause(number=clause_y)
    people = []
    for value_y in values_y:
        line = []
        for value_x in values_x:
            moved = {clause_x: _moved(x, value_x, months[0])}
            moved[clause_y] = _moved(moved.get(clause_y, y), value_y, months[1])
            met = {number: _met(case, clause) for number, clause in moved.items()}
            line.append(int(with_clauses(case, met).chosen.sum()))
        people.append(tuple(line))
    at_y, at_x = (next((n for n, v in enumerate(values) if v == now), None)
                  for values, now in ((values_y, _now(y, months[1])), (values_x, _now(x, months[0]))))  # fmt: skip
    current = None if at_y is None or at_x is None else (at_y, at_x)
    return Grid(clause_x, tuple(values_x), clause_y, tuple(values_y), tuple(people), current)


def _axis(case: Case, number: str, months: bool) -> CountClause:
    for found in case.answers:
        if found.number == number and isinstance(found.clause, CountClause):
            clause = found.clause
            if isinstance(clause.measure.window, TrailingMonths) if months else clause.op != "between":
                return clause
    raise NotACountClause(number=number)


def _moved(clause: CountClause, value: int | float, months: bool) -> CountClause:
    if months:
        return replace(clause, measure=replace(clause.measure, window=TrailingMonths(int(value))))
    return replace(clause, value=value)


def _now(clause: CountClause, months: bool) -> int | float | tuple[int | float, int | float]:
    window = clause.measure.window
    return window.months if months and isinstance(window, TrailingMonths) else clause.value


def _met(case: Case, clause: CountClause) -> Mask:
    return holds(clause, case.material.counts.of(clause.measure, case.as_of).value)


def _member(case: Case, place: int) -> Member:
    contacts = case.material.contacts
    values = {found.number: found.of(place) for found in case.answers}
    if case.rule.top and case.ranked:
        unit = 100 if case.rule.top.by.count == "cost" else 1
        values["top"] = int(case.ranked.value[place]) / unit if unit > 1 else int(case.ranked.value[place])
    tier = int(case.tier[place]) if case.tier is not None else -1
    return Member(
        person_id=int(contacts.ids[place]),
        reason=reason(case, place),
        tier=case.rule.tiers[tier].name if tier >= 0 else "",
        values=values,
        open_stays=open_stays(case, place),
        address=contacts.addresses[place] if contacts.addresses else "",
    )


def _came_out(case: Case, days: DailyContacts) -> WhatIf:
    tiers: tuple[tuple[str, int], ...] = ()
    if case.tier is not None:
        tiers = tuple((tier.name, int((case.tier == place).sum())) for place, tier in enumerate(case.rule.tiers))
    warnings = coverage_warnings(case.rule, days.coverage(case.as_of), case.as_of) + _other_warnings(case)
    if days.unmatched and case.rule.unit == "person":
        warnings += (f"{days.unmatched:,} contacts are of people not matched yet; match again to count them.",)
    return WhatIf(
        int(case.chosen.sum()),
        int(case.base.sum()),
        tuple(step for step, _ in attrition(case)),
        case.cut,
        tiers,
        warnings,
    )


def _other_warnings(case: Case) -> tuple[str, ...]:
    found = []
    for name, flags in case.material.flags.items():
        if not len(flags.place):
            found.append(f"No source records '{name.replace('_', ' ')}', so it is unknown for everyone.")
    found += [asked.not_shown for asked in case.population if asked.not_shown]
    priced = {source.kind for source in case.material.contacts.sources if case.material.costs.knows(source.kind)}
    for measure in (measure for measure in case.rule.measures if measure.count == "cost"):
        kinds = {source.kind for source in case.material.contacts.sources if source.named_in(measure.sources)}
        for kind in sorted(kinds - priced):
            found.append(f"No unit cost is kept for {kind.replace('_', ' ')}, so its contacts cost nothing here.")
    return tuple(dict.fromkeys(found))
