"""What a definition gives, worked out by brute force in plain Python: day by day, person by person.

Written from the design's words alone, apart from the program's own code; it shares only the rule's types and the
calendar arithmetic that the design fixes (a trailing window holds the days after D minus N months up to D).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import floor

from ddj_desktop.cohort.types import (
    AnyMonths,
    AtLeast,
    AttributeClause,
    CountClause,
    FiscalYears,
    FromTo,
    Group,
    Measure,
    RecencyClause,
    Rule,
    Since,
    TrailingDays,
    TrailingMonths,
)
from tests.cohort.counties import OneContact, SmallCounty

DAY = timedelta(days=1)


@cache
def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


@cache
def windows_of(window: object, as_of: date) -> list[tuple[date, date]]:
    """Every first and last day a window may have."""
    match window:
        case TrailingDays(days):
            return [(as_of - (days - 1) * DAY, as_of)]
        case TrailingMonths(months):
            return [(months_before(as_of, months) + DAY, as_of)]
        case FromTo(first, last):
            return [(first, min(last, as_of))]
        case Since(day):
            return [(day, as_of)]
        case FiscalYears(years, starts):
            ends = as_of
            while (ends + DAY).day != 1 or (ends + DAY).month != starts:
                ends -= DAY
            return [(date((ends + DAY).year - years, starts, 1), ends)]
        case AnyMonths(any_months, within):
            floor_day = months_before(as_of, within) + DAY
            ends = [as_of - back * DAY for back in range((as_of - floor_day).days + 1)]
            return [(max(months_before(end, any_months) + DAY, floor_day), end) for end in ends]
    raise AssertionError


@dataclass
class Oracle:
    """One county on one date."""

    county: SmallCounty
    as_of: date

    def __post_init__(self) -> None:
        self.of: dict[int, list[OneContact]] = {}
        for contact in self.county.contacts:
            if contact.person is not None and contact.starts.date() <= self.as_of:
                self.of.setdefault(contact.person, []).append(contact)
        self.kind = {number: kind for number, _, kind in self.county.sources}
        self.name = {number: name for number, name, _ in self.county.sources}

    def scope(self, person: int, sources: tuple[str, ...], exclude: tuple[str, ...]) -> list[OneContact]:
        return [
            c for c in self.of[person]
            if c.kind not in exclude
            and (not sources or self.kind[c.source] in sources or self.name[c.source] in sources)
        ]  # fmt: skip

    def last_day(self, contact: OneContact) -> date:
        if contact.ends is None or contact.ends.date() > self.as_of:
            return self.as_of
        return max(contact.ends.date(), contact.starts.date())

    def day_set(self, contacts: list[OneContact], first: date, last: date) -> set[date]:
        days: set[date] = set()
        for contact in contacts:
            day = contact.starts.date()
            while contact.has_length and day <= self.last_day(contact):
                if first <= day <= last:
                    days.add(day)
                day += DAY
        return days

    def price(self, kind: str, unit: str) -> int:
        stated = sorted((year, dollars) for k, u, dollars, year in self.county.costs if (k, u) == (kind, unit))
        before = [dollars for year, dollars in stated if year <= self.as_of.year]
        return before[-1] if before else stated[0][1] if stated else 0

    def measure(self, person: int, measure: Measure) -> int:
        scope = self.scope(person, measure.sources, measure.exclude)
        days: dict[str, set[date]] = {}
        if measure.count in ("days", "cost"):
            for contact in scope:
                kind = self.kind[contact.source]
                days[kind] = days.get(kind, set()) | self.day_set([contact], date.min, date.max)
        return max(self.within(scope, days, measure, *window) for window in windows_of(measure.window, self.as_of))

    def within(
        self, scope: list[OneContact], days: dict[str, set[date]], measure: Measure, first: date, last: date
    ) -> int:
        started = [c for c in scope if first <= c.starts.date() <= last]
        if measure.count == "contacts":
            return len(started)
        if measure.count == "systems":
            return len({self.kind[c.source] for c in started})
        if measure.count == "kinds":
            return len({c.kind for c in started})
        inside = {kind: {day for day in found if first <= day <= last} for kind, found in days.items()}
        if measure.count == "days":
            return len(set().union(*inside.values()))
        value = sum(self.price(self.kind[c.source], "contact") for c in started)
        return value + sum(len(found) * self.price(kind, "day") for kind, found in inside.items())

    def attribute(self, person: int, clause: AttributeClause) -> str:
        windows = [(date.min, self.as_of)] if clause.window is None else windows_of(clause.window, self.as_of)
        first, last = min(first for first, _ in windows), max(last for _, last in windows)
        said = [
            (contact.starts.date(), value)
            for contact in self.of[person] if first <= contact.starts.date() <= last
            for name, value in contact.flags if name == clause.attribute
        ]  # fmt: skip
        if clause.when == "last" and said:
            latest = max(day for day, _ in said)
            said = [(day, value) for day, value in said if day == latest]
        values = {value for _, value in said}
        return "yes" if "yes" in values else "no" if "no" in values else "unknown"

    def leaf(self, person: int, clause: object) -> bool:
        match clause:
            case CountClause(measure, op, threshold):
                value = self.measure(person, measure)
                if isinstance(threshold, tuple):
                    return threshold[0] <= value <= threshold[1]
                return value >= threshold if op == ">=" else value > threshold
            case AttributeClause():
                state = self.attribute(person, clause)
                return state == clause.is_ or (clause.unknown_counts and state == "unknown")
            case RecencyClause(days, sources, exclude):
                first = self.as_of - (days - 1) * DAY
                return any(c.starts.date() >= first for c in self.scope(person, sources, exclude))
        raise AssertionError

    def meets(self, person: int, rule: Rule) -> bool:
        def enough(combine: object, met: list[bool]) -> bool:
            if isinstance(combine, AtLeast):
                return sum(met) >= combine.clauses
            return all(met) if combine == "all" else any(met)

        met = [
            enough(c.combine, [self.leaf(person, leaf) for leaf in c.clauses])
            if isinstance(c, Group) else self.leaf(person, c)
            for c in rule.clauses
        ]  # fmt: skip
        return (enough(rule.combine, met) if met else True) and self.old_enough(person, rule.min_age)

    def old_enough(self, person: int, min_age: int | None) -> bool:
        if min_age is None:
            return True

        def full_years(since: date) -> int:
            return self.as_of.year - since.year - ((self.as_of.month, self.as_of.day) < (since.month, since.day))

        days, year_high = self.county.births.get(person, ((), None))
        if days:
            often = max(days.count(day) for day in days)
            return full_years(max(day for day in days if days.count(day) == often)) >= min_age
        shown = [c.age + full_years(c.starts.date()) for c in self.of[person] if c.age is not None]
        if year_high is not None:
            shown.append(full_years(date(year_high, 12, 31)))
        return max(shown, default=-1) >= min_age

    def members(self, rule: Rule) -> tuple[list[int], dict[int, str]]:
        met = sorted(person for person in self.of if self.meets(person, rule))
        by = rule.top.by if rule.top else next((c.measure for _, c in rule.leaves if isinstance(c, CountClause)), None)
        value = {person: self.measure(person, by) for person in met} if by and (rule.top or rule.tiers) else {}
        base = [person for person in met if value.get(person, 0) > 0]
        ties = rule.top.ties if rule.top else "include"
        chosen = met
        if rule.top:
            chosen = self.highest(base, value, self.wanted(len(base), rule.top.percent, rule.top.n), ties)
        tiers: dict[int, str] = {}
        for tier in reversed(rule.tiers):
            if tier.value is not None:
                inside = [person for person in base if value[person] >= tier.value]
            else:
                inside = self.highest(base, value, self.wanted(len(base), tier.percent, tier.n), ties)
            tiers.update({person: tier.name for person in inside if person in chosen})
        return sorted(chosen), tiers

    @staticmethod
    def wanted(base: int, percent: float | None, n: int | None) -> int:
        if percent is None:
            return min(n or 0, base)
        return max(floor(Decimal(str(percent)) * base / 100), 1 if base else 0)

    @staticmethod
    def highest(base: list[int], value: dict[int, int], wanted: int, ties: str) -> list[int]:
        ranked = sorted(base, key=lambda person: (-value[person], person))
        if ties == "cap":
            return ranked[:wanted]
        taken: list[int] = []
        for level in sorted({value[person] for person in base}, reverse=True):
            same = [person for person in ranked if value[person] == level]
            if len(taken) >= wanted or (ties == "exclude" and len(taken) + len(same) > wanted):
                break
            taken += same
        return taken
