"""What a definition gives, worked out by brute force in plain Python: day by day, person by person.

Written from the design's words alone, apart from the program's own code; it shares only the rule's types and the
calendar arithmetic that the design fixes (a trailing window holds the days after D minus N months up to D).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import floor

from ddj_desktop.cohort.types import (
    AnyMonths,
    AtLeast,
    AttributeClause,
    BeforeEach,
    BeforeLast,
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
from tests.cohort.counties import HOMES, OneContact, SmallCounty

DAY = timedelta(days=1)
ONE_PLACE = {
    "12 Elm Street": "12 ELM ST", "12 ELM ST.": "12 ELM ST", "40 Oak Ave": "40 OAK AVE", "7 Main": "7 MAIN",
    "1 Law Way": "1 LAW WAY",
}  # fmt: skip
"""The made-up addresses that are places where people live, as one spelling each; `County Jail` is none."""


def by_address(county: SmallCounty) -> tuple[SmallCounty, dict[int, str]]:
    """The same contacts told by address, as if each were a person, and which number is which address. The places that
    a jail, a shelter or a hospital names most often are its own, where a fifth of its contacts or more name them."""
    kind = {number: kind for number, _, kind in county.sources}
    own = set()
    for number in kind:
        named = [ONE_PLACE[c.address] for c in county.contacts if c.source == number and c.address in ONE_PLACE]
        often = max((named.count(place) for place in named), default=0)
        if kind[number] in ("jail", "shelter", "hospital") and often > 1 and often * 5 >= len(named):
            own.add(min(place for place in named if named.count(place) == often))
    places = {number: place for number, place in enumerate(sorted(set(ONE_PLACE.values()) - own), 1)}
    at = {place: number for number, place in places.items()}
    contacts = tuple(replace(c, person=at.get(ONE_PLACE.get(c.address or "", ""))) for c in county.contacts)
    return replace(county, contacts=contacts, births={}), places


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

    def counted(self, person: int, measure: Measure) -> list[OneContact]:
        return [
            c for c in self.scope(person, measure.sources, measure.exclude)
            if (not measure.only or c.kind in measure.only) and (not measure.flag or (measure.flag, "yes") in c.flags)
        ]  # fmt: skip

    def windows(self, person: int, window: object) -> list[tuple[date, date]]:
        if isinstance(window, BeforeEach):
            first = months_before(self.as_of, window.within_months) + DAY
            days = {c.starts.date() for c in self.scope(person, window.of, ()) if c.starts.date() >= first}
            return [(months_before(day, window.months) + DAY, day) for day in days]
        if not isinstance(window, BeforeLast):
            return windows_of(window, self.as_of)
        events = [c.starts.date() for c in self.scope(person, window.of, ())]
        return [(months_before(max(events), window.months) + DAY, max(events))] if events else []

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
        scope = self.counted(person, measure)
        days: dict[str, set[date]] = {}
        if measure.count in ("days", "cost"):
            for contact in scope:
                kind = self.kind[contact.source]
                days[kind] = days.get(kind, set()) | self.day_set([contact], date.min, date.max)
        windows = self.windows(person, measure.window)
        return max((self.within(scope, days, measure, *window) for window in windows), default=0)

    def episodes(self, contacts: list[OneContact]) -> list[date]:
        """The first day of every episode, by laying each stay on the calendar of its kind of source."""
        begins = [c.starts.date() for c in contacts if not c.has_length]
        for kind in {self.kind[c.source] for c in contacts}:
            stays = [c for c in contacts if c.has_length and self.kind[c.source] == kind]
            taken = self.day_set(stays, date.min, date.max)
            begins += [day for day in taken if day - DAY not in taken]
        return begins

    def within(
        self, scope: list[OneContact], days: dict[str, set[date]], measure: Measure, first: date, last: date
    ) -> int:
        started = [c for c in scope if first <= c.starts.date() <= last]
        if measure.count == "contacts":
            return len(started)
        if measure.count == "episodes":
            return sum(first <= day <= last for day in self.episodes(scope))
        if measure.count == "points":
            worth = [
                next((w for name, w in measure.points if name in (self.kind[c.source], self.name[c.source])), 0)
                for c in started
            ]
            return sum(worth)
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
            return all(met) if combine == "all" else any(met) == (combine == "any")

        met = [
            enough(c.combine, [self.leaf(person, leaf) for leaf in c.clauses])
            if isinstance(c, Group) else self.leaf(person, c)
            for c in rule.clauses
        ]  # fmt: skip
        return (enough(rule.combine, met) if met else True) and self.may_be_on_a_list(person, rule)

    def may_be_on_a_list(self, person: int, rule: Rule) -> bool:
        if rule.residents and not self.lives_here(person, rule):
            return False
        if "deceased" in rule.leave_out and self.dead(person):
            return False
        if "in_custody_throughout" in rule.leave_out:
            spans = [w for m in rule.measures for w in self.span(m.window)]
            spans += [
                w for _, c in rule.leaves if isinstance(c, AttributeClause) and c.window for w in self.span(c.window)
            ]
            spans = [(first, last) for first, last in spans if first <= last]
            if spans:
                first, last = min(first for first, _ in spans), max(last for _, last in spans)
                jailed = self.day_set(self.scope(person, ("jail",), ()), first, last)
                if len(jailed) == (last - first).days + 1:
                    return False
        return self.old_enough(person, rule.min_age)

    def span(self, window: object) -> list[tuple[date, date]]:
        if isinstance(window, BeforeLast):
            return windows_of(TrailingMonths(window.months), self.as_of)
        if isinstance(window, BeforeEach):
            return windows_of(TrailingMonths(window.months + window.within_months), self.as_of)
        return windows_of(window, self.as_of)

    def lives_here(self, person: int, rule: Rule) -> bool:
        said = [(c.starts.date(), HOMES[c.home]) for c in self.of[person] if c.home is not None]
        if not said:
            return rule.unknown_residence_counts
        latest = max(day for day, _ in said)
        here = {place.casefold() for place in rule.residents}
        return any(
            (town or "").strip().casefold() in here or (zip_code or "")[:5] in here
            for day, (town, zip_code) in said if day == latest
        )  # fmt: skip

    def expired(self, contact: OneContact) -> bool:
        return contact.release is not None and "expired" in contact.release and self.kind[contact.source] == "hospital"

    def dead(self, person: int) -> bool:
        return any(
            (c.release == "Deceased" or ("deceased", "yes") in c.flags or self.expired(c))
            and (c.ends or c.starts).date() <= self.as_of
            for c in self.of[person]
        )

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
