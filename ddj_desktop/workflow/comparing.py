"""Two definitions side by side: who is on both lists and who on one, their mix, and how much of the use they cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.cohort.case import work_through
from ddj_desktop.cohort.compare import Comparison, compare
from ddj_desktop.cohort.definitions import Definition, all_definitions
from ddj_desktop.cohort.evaluate import evaluate
from ddj_desktop.cohort.types import Measure, Rule, TrailingMonths
from ddj_desktop.cohort.workbench import Workbench
from ddj_desktop.kernel.dates import trailing_months
from ddj_desktop.measures.people import CHARACTERISTICS, everyone
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.lists import default_month, names_of

MIX = ("by_age", "by_sex", "by_race")
"""Characteristics of the people compared, as the measures count them over the 12 months up to the date."""
MONTHS = 12
SIDES = ("this only", "both", "other only")
"""Where somebody stands: on the first list only, on both, on the second only."""


@dataclass(frozen=True)
class Share:
    """How much of something the people of a list have, of what everyone known has."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Per cent; None of nothing."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Use:
    """What the people of one list have of all bookings and days in jail of the 12 months up to the date."""

    people: int
    bookings: Share
    days: Share


@dataclass(frozen=True)
class SideBySide:
    """The lists of two rules on one date."""

    found: Comparison
    a: Use | None
    b: Use | None
    mix: Mapping[str, tuple[tuple[str, int, int, int], ...]]
    """By characteristic: rows of its words and how many of only A, both, only B are in it. Empty for addresses."""


def side_by_side(lane: Lane, rule_a: Rule, rule_b: Rule, as_of: date, bench: Workbench | None = None) -> SideBySide:
    """Compare two rules. Raises DifferentUnits."""
    bench = bench or Workbench()
    found = compare(lane, rule_a, rule_b, as_of, bench)
    if rule_a.unit == "address":
        return SideBySide(found, None, None, {})
    window = trailing_months(as_of, MONTHS)
    people = {one.person_id: one.groups for one in everyone(lane, sorted(found.either), window).people}
    sides = (found.only_a, found.both, found.only_b)
    mix = {}
    for place, table in enumerate(CHARACTERISTICS):
        if table.name in MIX:
            counted = [Counter(people[person][place] for person in side) for side in sides]
            a, both, b = counted
            rows = [(words, a[words], both[words], b[words]) for words in table.rows]
            mix[table.words] = tuple(row for row in rows if any(row[1:]))
    return SideBySide(found, _use(lane, rule_a, as_of, bench), _use(lane, rule_b, as_of, bench), mix)


def _use(lane: Lane, rule: Rule, as_of: date, bench: Workbench) -> Use:
    material = bench.material(lane, rule)
    chosen = work_through(rule, as_of, material).chosen
    shares = []
    for count in ("contacts", "days"):
        value = material.counts.of(Measure(count, ("jail",), (), TrailingMonths(MONTHS)), as_of).value
        shares.append(Share(int(np.sum(value[chosen])), int(np.sum(value))))
    return Use(int(chosen.sum()), *shares)


@dataclass(frozen=True)
class PersonCompared:
    """Somebody on any of two lists, with the reason on each; '' where not on it. Identified."""

    person_id: int
    side: str
    """One of SIDES."""
    last_name: str | None
    first_name: str | None
    why_a: str
    why_b: str


def people_compared(
    lane: Lane, rule_a: Rule, rule_b: Rule, as_of: date, bench: Workbench | None = None
) -> list[PersonCompared]:
    """Everyone on any of two lists: those on one only first. Addresses stand in the place of the last name."""
    bench = bench or Workbench()
    a, b = (
        {
            one.person_id: one
            for one in evaluate(lane, rule, as_of, bench.material(lane, rule), bench.days(lane)).members
        }
        for rule in (rule_a, rule_b)
    )
    ids = sorted(a.keys() | b.keys(), key=lambda one: ((one in a) + (one in b), one not in a, one))
    names = names_of(lane, ids) if rule_a.unit == "person" else {}
    found = []
    for one in ids:
        side = "both" if one in a and one in b else SIDES[0] if one in a else SIDES[2]
        last, first = names[one][:2] if one in names else ((a.get(one) or b[one]).address or None, None)
        found.append(PersonCompared(one, side, last, first, *(s[one].reason if one in s else "" for s in (a, b))))
    return found


@dataclass(frozen=True)
class Effect:
    """What a version does to the list against the one of its name before it."""

    against: int
    """The version before."""
    as_of: str
    comes: int
    leaves: int
    stays: int


def effect_of(lane: Lane, kept: Definition) -> Effect | None:
    """The effect of a version on the newest list of a month that is over; None for a first version, for one that counts
    another unit than the one before, and while no contact is here."""
    before = [d for d in all_definitions(lane) if d.name == kept.name and d.version < kept.version]
    month = default_month(lane)
    if not before or month is None or before[0].rule.unit != kept.rule.unit:
        return None
    last = max(before, key=lambda one: one.version)
    found = compare(lane, kept.rule, last.rule, month.span.last)
    day = month.span.last.isoformat()
    return Effect(last.version, day, len(found.only_a), len(found.only_b), len(found.both))
