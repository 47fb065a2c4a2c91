"""Jail contacts: bookings, protective custody, federal holds, weekends, and what people were charged with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from ddj_desktop.workflow.demo.chance import Chance, Weighted
from ddj_desktop.workflow.demo.contacts import YEARS, Contact, year_span
from ddj_desktop.workflow.demo.people import FIRST_DAY, Person
from ddj_desktop.workflow.demo.plan import Plan

DRAWN_AT = datetime(2026, 11, 2, 6, 40)
"""When the last jail report was drawn: later releases are not known."""

BOOKING, PROTECTIVE, FEDERAL, WEEKENDER = "booking", "protective_custody", "federal_hold", "weekender"

CHARGES = Weighted.of(
    [
        (("21-5801", "THEFT/SHOPLIFT", "M"), 9.0),
        (("22-3716", "PROBATION VIOLATION", "F"), 14.0),
        (("FTA", "FAIL TO APPEAR", "M"), 15.0),
        (("21-5808", "CRIMINAL TRESPASS", "M"), 10.0),
        (("21-5706", "POSS CONT SUBST", "F"), 11.0),
        (("21-5709", "POSS DRUG PARAPHERNALIA", "M"), 9.0),
        (("8-1567", "DUI", "M"), 8.0),
        (("8-262", "DRIVING WHILE SUSPENDED", "M"), 8.0),
        (("21-5414", "DOMESTIC BATTERY", "M"), 8.0),
        (("21-6203", "DISORDERLY CONDUCT", "M"), 9.0),
        (("21-5904", "INTERFERE W/ LEO", "M"), 5.0),
        (("21-5413", "BATTERY", "M"), 4.0),
        (("21-5412", "AGGRAVATED ASSAULT", "F"), 2.0),
        (("21-5807", "BURGLARY", "F"), 2.0),
        (("21-5813", "CRIMINAL DAMAGE", "M"), 4.0),
        (("41-719", "OPEN CONTAINER", "M"), 3.0),
    ]
)
_HOURS = Weighted.of(
    [((2, 20), 34.0), ((20, 72), 30.0), ((72, 24 * 14), 20.0), ((24 * 14, 24 * 60), 12.0), ((24 * 60, 24 * 210), 4.0)]
)
_RELEASES = Weighted.of([("BOND", 40.0), ("OR/PR", 24.0), ("TIME SERVED", 20.0), ("TO COURT", 4.0), ("TO KDOC", 3.0)])
_AGENCIES = Weighted.of([("PINE CITY PD", 52.0), ("PINE CO SO", 36.0), ("KHP", 7.0), ("CEDAR GROVE PD", 5.0)])


def jail_contacts(seed: int, people: dict[str, Person], plan: Plan) -> list[Contact]:
    """Every stay, oldest first for each person, never two at a time."""
    wanted: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    tables = ((plan.bookings, BOOKING), (plan.protective, PROTECTIVE), (plan.federal, FEDERAL))
    counts: dict[tuple[str, int], list[str]] = defaultdict(list)
    for table, kind in tables:
        for (person_id, year), count in table.items():
            counts[person_id, year] += [kind] * count
    chance = Chance.of(seed, "jail")
    for (person_id, year), kinds in sorted(counts.items()):
        wanted[person_id] += _placed(kinds, year, chance, early=person_id in plan.early and year == YEARS - 1)
    contacts = []
    for person_id in sorted(wanted):
        contacts += _stays(people[person_id], sorted(wanted[person_id]), chance)
    contacts += _weekends(plan, chance)
    contacts += _over_the_edge(people, plan, chance)
    for contact in contacts:
        _describe(contact, chance)
    return contacts


def _placed(kinds: list[str], year: int, chance: Chance, early: bool) -> list[tuple[datetime, str]]:
    """Distinct days of the year, at least two apart, one a stay; `early` adds one on the evening before the year."""
    first, last = year_span(year)
    slots = sorted(chance.sample(range((last - first).days // 2), len(kinds)))
    days = [first + timedelta(days=2 * slot + 1) for slot in slots]
    chance.shuffle(kinds)
    placed = [(chance.moment(day, day), kind) for day, kind in zip(days, kinds, strict=True)]
    if early:
        placed.append((datetime.combine(first - timedelta(days=1), time(22, chance.randrange(60))), BOOKING))
    return placed


def _stays(person: Person, starts: list[tuple[datetime, str]], chance: Chance) -> list[Contact]:
    """Stays that end before the next begins; now and then one is lent to another agency and booked anew on return."""
    stays: list[Contact] = []
    for index, (start, kind) in enumerate(starts):
        low, high = (3, 22) if kind == PROTECTIVE else (30, 24 * 40) if kind == FEDERAL else _HOURS.draw(chance)
        end = start + timedelta(minutes=chance.randrange(low * 60, high * 60))
        stay = Contact("jail", kind, person.person_id, start)
        if index and stays[-1].facts.get("lent"):
            stay.facts["type"] = "TRANSFER IN"
        if index + 1 < len(starts):
            following, next_kind = starts[index + 1]
            end = min(end, following - timedelta(hours=chance.randrange(4, 20)))
            near = following - start < timedelta(days=21) and kind == next_kind == BOOKING
            if near and chance.yes(0.15):
                stay.facts.update(lent="yes", release="TO OTHER AGENCY")
                end = following - timedelta(minutes=2)
        # two starts may lie a day apart: a stay lasts at least half an hour
        end = max(end, start + timedelta(minutes=chance.randrange(30, 120)))
        stay.ends = end if end <= DRAWN_AT else None
        stays.append(stay)
    return stays


def _weekends(plan: Plan, chance: Chance) -> list[Contact]:
    """A sentence served from Friday evening to Sunday evening, booked anew each time."""
    stays = []
    for (person_id, year), count in sorted(plan.weekends.items()):
        first, last = year_span(year)
        friday = chance.day(first, last - timedelta(weeks=count + 1))
        friday += timedelta(days=(4 - friday.weekday()) % 7)
        for week in range(count):
            start = datetime.combine(friday + timedelta(weeks=week), time(18, chance.randrange(60)))
            end = start.replace(hour=19) + timedelta(days=2)
            stays.append(Contact("jail", WEEKENDER, person_id, start, end if end <= DRAWN_AT else None))
    return stays


def _over_the_edge(people: dict[str, Person], plan: Plan, chance: Chance) -> list[Contact]:
    """Three in custody as the three years begin, and one since before them who never left."""
    free = [p for p in people.values() if p.resident and p.sex == "M" and 1980 <= p.born.year <= 2001]
    free = [p for p in free if p.person_id not in plan.reserved and not plan.jailed(p.person_id)]
    stays = []
    for index, person in enumerate(chance.sample(free, 4)):
        plan.reserved.add(person.person_id)
        day = FIRST_DAY - timedelta(days=chance.randrange(20, 90))
        start = chance.moment(day, day)
        end = datetime.combine(date(2024, 1, 8), time(10, 15)) + timedelta(days=chance.randrange(120))
        stays.append(Contact("jail", BOOKING, person.person_id, start, None if index == 3 else end))
        person.marks.append("in custody over the window's edge")
    return stays


_TYPES = {BOOKING: "NEW ARREST", PROTECTIVE: "PROT CUSTODY", FEDERAL: "USMS HOLD", WEEKENDER: "WEEKENDER"}
_ENDS = {PROTECTIVE: "PC - SOBER", FEDERAL: "TO USMS", WEEKENDER: "WEEKEND SERVED"}


def _describe(contact: Contact, chance: Chance) -> None:
    """Charges, release, type and agency of a stay, where its story has not said them yet."""
    facts, kind = contact.facts, contact.kind
    drawn = [CHARGES.draw(chance) for _ in range(chance.pick((1, 1, 1, 2, 2, 3, 4)))]
    if kind == PROTECTIVE:
        drawn = [("PC", "PROTECTIVE CUSTODY", "")]
    elif kind == FEDERAL:
        drawn = [("USMS", "HOLD FOR US MARSHAL", "")]
    elif kind == BOOKING and contact.ends is None and contact.starts.date() < FIRST_DAY:
        drawn = [("21-5403", "MURDER 2ND DEGREE", "F")]
    facts["charges"] = "|".join("~".join(charge) for charge in dict.fromkeys(drawn))
    facts["agency"] = "US MARSHAL" if kind == FEDERAL else _AGENCIES.draw(chance)
    facts.setdefault("release", _ENDS.get(kind) or _RELEASES.draw(chance))
    kind_said = _TYPES[kind]
    if kind == BOOKING and chance.yes(0.03):
        kind_said = "TRANSFER IN"
    elif kind == BOOKING and "FAIL TO APPEAR" in facts["charges"]:
        kind_said = "WARRANT"
    facts.setdefault("type", kind_said)
