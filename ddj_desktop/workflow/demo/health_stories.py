"""Ambulance runs, emergency department visits and shelter stays."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ddj_desktop.workflow.demo import places
from ddj_desktop.workflow.demo.chance import Chance, Weighted
from ddj_desktop.workflow.demo.contacts import YEARS, Contact, year_span
from ddj_desktop.workflow.demo.people import AS_OF, FIRST_DAY, Person
from ddj_desktop.workflow.demo.plan import Plan

ILLNESS = Weighted.of(
    [
        ("Chest pain", 12.0),
        ("Fall", 16.0),
        ("Breathing problem", 12.0),
        ("Weakness", 9.0),
        ("Stroke symptoms", 4.0),
        ("Seizure", 5.0),
        ("Traffic accident", 7.0),
        ("Abdominal pain", 8.0),
        ("Diabetic problem", 5.0),
        ("Syncope", 6.0),
    ]
)
CRISIS = Weighted.of(
    [
        ("Overdose", 20.0),
        ("Alcohol intoxication", 30.0),
        ("Behavioral/psychiatric episode", 30.0),
        ("Suicidal ideation", 12.0),
        ("Assault", 8.0),
    ]
)
_RUN_ENDS = Weighted.of(
    [("Transported", 66.0), ("Refused AMA", 17.0), ("Treated, released", 9.0), ("Lift assist", 8.0)]
)


def in_custody(person_id: str, moment: datetime, jail: dict[str, list[Contact]]) -> bool:
    """True where the person sat in jail at that moment."""
    return any(s.starts <= moment and (s.ends is None or moment < s.ends) for s in jail.get(person_id, ()))


def runs(seed: int, people: dict[str, Person], plan: Plan, jail: dict[str, list[Contact]]) -> list[Contact]:
    """Ambulance runs. One in custody is a run to the jail; four in a hundred find nobody."""
    chance = Chance.of(seed, "runs")
    found = []
    for (person_id, year), count in sorted(plan.runs.items()):
        person = people[person_id]
        for _ in range(count):
            moment = chance.moment(*year_span(year))
            run = Contact("ems", "run", person_id, moment)
            known = person.substance_use or person.mental_health
            run.facts["problem"] = (CRISIS if known and chance.yes(0.75) else ILLNESS).draw(chance)
            run.facts["outcome"] = _RUN_ENDS.draw(chance)
            run.facts["place"] = _scene(person, moment, jail, chance)
            found.append(run)
    for year in range(YEARS):
        for _ in range(70):
            run = Contact("ems", "run", "", chance.moment(*year_span(year)))
            kind = chance.pick(("nobody", "nobody", "nobody", "unknown", "baby"))
            run.facts.update(problem=ILLNESS.draw(chance), outcome="Cancelled" if kind == "nobody" else "Transported")
            run.facts.update(place=places.street(chance), nobody=kind)
            found.append(run)
    return found


def _scene(person: Person, moment: datetime, jail: dict[str, list[Contact]], chance: Chance) -> str:
    if in_custody(person.person_id, moment, jail):
        return places.JAIL.street
    if person.home and chance.yes(0.6):
        return person.home.street
    if person.homeless and chance.yes(0.3):
        return places.SHELTER.street
    return places.street(chance)


def visits(
    seed: int, people: dict[str, Person], plan: Plan, jail: dict[str, list[Contact]], ems: list[Contact]
) -> list[Contact]:
    """Emergency visits: half of those of ambulance patients follow a run within the hour."""
    chance = Chance.of(seed, "visits")
    carried: dict[tuple[str, int], list[Contact]] = {}
    for run in ems:
        if run.facts["outcome"] == "Transported" and run.person_id:
            year = next(y for y in range(YEARS) if run.starts.date() <= year_span(y)[1])
            carried.setdefault((run.person_id, year), []).append(run)
    found = []
    for (person_id, year), count in sorted(plan.visits.items()):
        rides = carried.get((person_id, year), [])
        for _ in range(count):
            ride = rides.pop() if rides and chance.yes(0.6) else None
            moment = free_moment(person_id, year, jail, chance)
            if ride:
                moment = ride.starts + timedelta(minutes=chance.randrange(35, 80))
            found.append(_visit(people[person_id], moment, ride, chance))
    return found


def _visit(person: Person, moment: datetime, ride: Contact | None, chance: Chance) -> Contact:
    if moment.date() > AS_OF:
        moment = datetime.combine(AS_OF, time(12, 0))
    ends = moment + timedelta(minutes=chance.randrange(45, 900))
    visit = Contact("hospital", "visit", person.person_id, moment, ends)
    usual = CRISIS if person.substance_use or person.mental_health else ILLNESS
    visit.facts["complaint"] = ride.facts["problem"] if ride else usual.draw(chance)
    visit.facts["arrival"] = "Ambulance" if ride else chance.pick(("Walk-in", "Walk-in", "Police"))
    visit.facts["outcome"] = chance.pick(("Home", "Home", "Home", "Admitted", "LWBS", "Transfer", "Law enforcement"))
    return visit


def free_moment(person_id: str, year: int, jail: dict[str, list[Contact]], chance: Chance) -> datetime:
    """A moment of the year, outside the jail where a few tries find one."""
    moment = chance.moment(*year_span(year))
    for _ in range(6):
        if not in_custody(person_id, moment, jail):
            break
        moment = chance.moment(*year_span(year))
    return moment


def stays(seed: int, plan: Plan) -> list[Contact]:
    """Shelter stays in whole nights, never two at a time; some are still there at the end."""
    chance = Chance.of(seed, "stays")
    wanted: dict[str, list[datetime]] = {}
    for (person_id, year), count in sorted(plan.stays.items()):
        first, last = year_span(year)
        slots = sorted(chance.sample(range((last - first).days // 7), count))
        wanted.setdefault(person_id, []).extend(
            datetime.combine(first + timedelta(days=7 * slot), time(0, 0)) for slot in slots
        )
    found = []
    for person_id, starts in sorted(wanted.items()):
        starts.sort()
        for index, start in enumerate(starts):
            nights = chance.pick((1, 1, 2, 3, 5, 8, 14, 21, 30, 45, 60, 90))
            end = start + timedelta(days=nights)
            if index + 1 < len(starts):
                end = min(end, starts[index + 1] - timedelta(days=1))
            known = end if end.date() <= AS_OF else None
            found.append(Contact("shelter", "stay", person_id, start, known))
            found[-1].facts["living"] = chance.pick(("116", "116", "116", "101", "215", "312", "435", "99"))
    return found


assert year_span(0)[0] == FIRST_DAY
