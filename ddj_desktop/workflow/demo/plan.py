"""How often each person meets each system in each of the three years: who is planted, who cycles, who nearly qualifies.

The shares follow what counties report: most people are booked once, a tenth four times or more; about two in five of
those return at that pace a year later; a tenth of jail entrances are protective custody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ddj_desktop.workflow.demo.chance import Chance, Weighted
from ddj_desktop.workflow.demo.contacts import YEARS
from ddj_desktop.workflow.demo.people import AS_OF, Person

PLANTED = 18
CYCLERS, THREES, TWOS, SINGLES = 40, 22, 64, 365
NEAR_MISSES = ("three bookings", "one run", "protective custody fills up", "fourth booking a day too early")

Key = tuple[str, int]
"""A person's id and one of the years 0, 1, 2."""


@dataclass
class Plan:
    """Counts by person and year, one table a kind of contact."""

    bookings: Counter[Key] = field(default_factory=Counter)
    protective: Counter[Key] = field(default_factory=Counter)
    federal: Counter[Key] = field(default_factory=Counter)
    weekends: Counter[Key] = field(default_factory=Counter)
    runs: Counter[Key] = field(default_factory=Counter)
    crisis: Counter[Key] = field(default_factory=Counter)
    visits: Counter[Key] = field(default_factory=Counter)
    stays: Counter[Key] = field(default_factory=Counter)
    early: list[str] = field(default_factory=list)
    """People with one more booking on the last day before the trailing twelve months."""
    near: dict[str, str] = field(default_factory=dict)
    """Near misses by person id: which way they fall short."""
    reserved: set[str] = field(default_factory=set)
    """People whose counts stand; nothing is added to them by chance."""

    def jailed(self, person_id: str) -> bool:
        """True where any jail contact is planned."""
        tables = (self.bookings, self.protective, self.federal, self.weekends)
        return any(table[person_id, year] for table in tables for year in range(YEARS))


def drawn_order(people: list[Person], weights: dict[str, float], chance: Chance) -> list[Person]:
    """Everyone with a weight, in an order in which the heavier tend to come first (Efraimidis and Spirakis, 2006)."""
    keyed = [(chance.random() ** (1 / weights[p.person_id]), p) for p in people if weights.get(p.person_id)]
    return [person for _, person in sorted(keyed, key=lambda pair: (-pair[0], pair[1].person_id))]


def jail_weights(people: list[Person]) -> dict[str, float]:
    """How prone to arrest: men under 45 most; nobody under 18."""
    weights = {}
    for person in people:
        age = person.age_on(AS_OF)
        if age >= 20:
            by_age = 4.0 if age < 35 else 3.0 if age < 45 else 1.2 if age < 60 else 0.25
            weights[person.person_id] = by_age * (1.0 if person.sex == "M" else 0.33)
    return weights


def illness_weights(people: list[Person]) -> dict[str, float]:
    """How prone to an ambulance run or an emergency visit: the old most."""
    weights = {}
    for person in people:
        age = person.age_on(AS_OF)
        if age >= 1 and person.resident:
            weights[person.person_id] = 8.0 if age >= 75 else 4.0 if age >= 62 else 1.5 if age >= 40 else 0.6
    return weights


class Planner:
    """Draws the plan. `hard` are people whose few contacts were planted already for their hard-to-match names."""

    def __init__(self, seed: int, people: list[Person], plan: Plan) -> None:
        self._chance = Chance.of(seed, "plan")
        self._people = people
        self._plan = plan
        order = drawn_order(people, jail_weights(people), self._chance)
        self._prone: Iterator[Person] = (p for p in order if p.person_id not in plan.reserved)
        self._visitors = [p for p in order if not p.resident]
        self._cyclers: list[list[Person]] = [[] for _ in range(YEARS)]
        self._seen: list[Person] = []
        self._weekenders: dict[int, list[Person]] = defaultdict(list)

    def draw(self) -> Plan:
        """Everything: planted, cyclers, near misses, ordinary people, then health and shelter."""
        self._planted()
        for year in range(YEARS):
            self._cycle(year)
        self._near_misses()
        for year in range(YEARS):
            self._ordinary(year)
            self._holds(year)
        return self._plan

    def _reserve(self) -> Person:
        person = next(p for p in self._prone if p.resident)
        self._plan.reserved.add(person.person_id)
        return person

    def _trouble(self, person: Person, homeless: float) -> None:
        """Marks of somebody whom many systems know."""
        person.mental_health = self._chance.yes(0.7)
        person.substance_use = self._chance.yes(0.75) or not person.mental_health
        person.homeless = self._chance.yes(homeless)
        if person.homeless and self._chance.yes(0.75):
            person.home = None

    def _planted(self) -> None:
        """Eighteen people who plainly meet the agreed definition at the as-of date, over at least four systems."""
        chance, plan = self._chance, self._plan
        for index in range(PLANTED):
            person = self._reserve()
            person.planted = True
            self._trouble(person, 0.6)
            since = (0, 1, 1, 2)[index % 4]
            for year in range(since, YEARS):
                key = (person.person_id, year)
                last = year == YEARS - 1
                plan.bookings[key] = chance.randrange(5, 10) if last else chance.randrange(2, 7)
                plan.protective[key] = chance.pick((0, 1, 1, 2, 3))
                plan.runs[key] = chance.randrange(3, 11) if last else chance.randrange(1, 7)
                plan.crisis[key] = chance.randrange(2, 8)
                plan.visits[key] = chance.randrange(1, 7)
                plan.stays[key] = chance.pick((1, 2, 3)) if person.homeless else 0

    def _cycle(self, year: int) -> None:
        """People booked four times or more in one year; two in five of last year's are back."""
        chance, plan = self._chance, self._plan
        kept = [p for p in self._cyclers[year - 1] if chance.yes(0.4)] if year else []
        fresh = [self._reserve() for _ in range(CYCLERS - len(kept))]
        for person in fresh:
            self._trouble(person, 0.4)
        self._cyclers[year] = kept + fresh
        for person in self._cyclers[year]:
            key = (person.person_id, year)
            plan.bookings[key] = chance.pick((4, 4, 4, 4, 5, 5, 6, 7))
            plan.protective[key] = chance.pick((0, 0, 0, 1, 1, 2))
            plan.runs[key] = chance.pick((0, 1, 2, 2, 2, 3, 3, 4, 5, 7))
            plan.crisis[key] = chance.pick((0, 1, 1, 2, 3, 4))
            plan.visits[key] = chance.pick((0, 0, 1, 1, 2, 4))
            plan.stays[key] = chance.pick((1, 1, 2)) if person.homeless else 0

    def _near_misses(self) -> None:
        """Six people for each way of falling just short at the as-of date."""
        chance, plan, year = self._chance, self._plan, YEARS - 1
        for way in NEAR_MISSES:
            for _ in range(6):
                person = self._reserve()
                self._trouble(person, 0.2)
                key = (person.person_id, year)
                plan.near[person.person_id] = way
                plan.bookings[key] = chance.pick((4, 4, 5, 6)) if way == "one run" else 3
                plan.runs[key] = 1 if way == "one run" else chance.pick((2, 2, 3, 5))
                plan.crisis[key] = chance.pick((0, 1, 2))
                if way == "protective custody fills up":
                    plan.protective[key] = chance.pick((1, 2, 3))
                if way == "fourth booking a day too early":
                    plan.early.append(person.person_id)

    def _ordinary(self, year: int) -> None:
        """People booked once, twice or three times; a quarter were booked in an earlier year."""
        chance, plan = self._chance, self._plan
        before = [p for p in self._seen if p.person_id not in plan.reserved]
        chance.shuffle(before)
        extra = 0 if year == YEARS - 1 else 24
        for times, people in ((3, THREES + extra), (2, TWOS + extra), (1, SINGLES)):
            for _ in range(people):
                if before and chance.yes(0.25):
                    person = before.pop()
                else:
                    person = next(self._prone)
                    self._seen.append(person)
                    person.substance_use = chance.yes(0.35)
                    person.mental_health = chance.yes(0.2)
                plan.bookings[person.person_id, year] = times
                plan.protective[person.person_id, year] = int(chance.yes(0.06))

    def _holds(self, year: int) -> None:
        """Federal holds (people from elsewhere), protective custody alone, and sentences served on weekends."""
        chance, plan = self._chance, self._plan
        for person in self._visitors[year * 48 : year * 48 + 44]:
            plan.federal[person.person_id, year] += 1
        for _ in range(28):
            plan.protective[next(self._prone).person_id, year] += 1
        for _ in range(3):
            person = next(self._prone)
            plan.reserved.add(person.person_id)
            plan.weekends[person.person_id, year] = chance.randrange(4, 9)
            self._weekenders[year].append(person)


def _times(chance: Chance, table: Weighted[int]) -> int:
    return table.draw(chance)


_OFTEN = Weighted.of([(1, 74.0), (2, 15.0), (3, 6.0), (4, 2.5), (5, 1.5), (7, 1.0)])


def plan_health(seed: int, people: list[Person], plan: Plan) -> None:
    """Runs, crisis calls, emergency visits and shelter stays of everyone else, up to the usual numbers of a year."""
    chance = Chance.of(seed, "health")
    free = [p for p in people if p.person_id not in plan.reserved]
    for table, wanted in ((plan.runs, 1_330), (plan.visits, 296)):
        for year in range(YEARS):
            order = iter(drawn_order(free, illness_weights(free), chance))
            _fill(table, year, wanted, order, chance)
    likely = {p.person_id: 5.0 if p.mental_health else 0.4 for p in free if p.age_on(AS_OF) >= 16}
    for year in range(YEARS):
        _fill(plan.crisis, year, 255, iter(drawn_order(free, likely, chance)), chance)
    _plan_shelter(free, plan, chance)


def _fill(table: Counter[Key], year: int, wanted: int, order: Iterator[Person], chance: Chance) -> None:
    total = sum(count for (_, when), count in table.items() if when == year)
    while total < wanted:
        times = _times(chance, _OFTEN)
        table[next(order).person_id, year] += times
        total += times


def _plan_shelter(free: list[Person], plan: Plan, chance: Chance) -> None:
    """About ninety people a year sleep in the shelter; half of last year's come back."""
    weights = {p.person_id: 1.0 for p in free if p.resident and 20 <= p.age_on(AS_OF) <= 68}
    order = iter(drawn_order(free, weights, chance))
    last: list[Person] = []
    for year in range(YEARS):
        already = sum(1 for (_, when), count in plan.stays.items() if when == year and count)
        guests = [p for p in last if chance.yes(0.45)]
        while already + len(guests) < 90:
            person = next(order)
            person.homeless, person.mental_health = True, chance.yes(0.35)
            person.home = None if chance.yes(0.7) else person.home
            guests.append(person)
        for person in guests:
            plan.stays[person.person_id, year] = chance.pick((1, 1, 1, 2, 2, 3))
        last = guests
