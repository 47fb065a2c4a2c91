"""911 calls and what co-responders did about them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ddj_desktop.workflow.demo import places
from ddj_desktop.workflow.demo.chance import Chance, Weighted
from ddj_desktop.workflow.demo.contacts import YEARS, Contact, year_span
from ddj_desktop.workflow.demo.health_stories import free_moment
from ddj_desktop.workflow.demo.people import AS_OF, Person
from ddj_desktop.workflow.demo.plan import Plan, drawn_order, jail_weights

CALLS, CRISIS_CALLS = 9_000, 450
CRISIS_TYPES = Weighted.of(
    [
        (("10-96", "MENTAL SUBJECT"), 40.0),
        (("SUIC", "SUICIDAL THREAT/ATTEMPT"), 22.0),
        (("WELCHK", "WELFARE CHECK"), 22.0),
        (("INTOX", "INTOXICATED SUBJECT"), 16.0),
    ]
)
OTHER_TYPES = Weighted.of(
    [
        (("TSTOP", "TRAFFIC STOP"), 24.0),
        (("911HU", "911 HANG UP"), 9.0),
        (("ACCNI", "ACCIDENT NON INJURY"), 7.0),
        (("ACCI", "ACCIDENT INJURY"), 3.0),
        (("ANIM", "ANIMAL COMPLAINT"), 7.0),
        (("DIST", "DISTURBANCE"), 6.0),
        (("DOMES", "DOMESTIC DISTURBANCE"), 5.0),
        (("SUSP", "SUSPICIOUS PERSON/VEHICLE"), 8.0),
        (("THEFT", "THEFT REPORT"), 5.0),
        (("ALARM", "ALARM BUSINESS"), 5.0),
        (("MED", "MEDICAL EMERGENCY"), 8.0),
        (("CIVIL", "CIVIL STANDBY"), 4.0),
        (("WARR", "WARRANT SERVICE"), 3.0),
        (("MOTOR", "MOTORIST ASSIST"), 6.0),
    ]
)
_NAMED = Weighted.of(
    [("nobody", 66.0), ("caller", 17.0), ("subject", 6.0), ("victim", 4.0), ("business", 4.0), ("unit", 3.0)]
)


def calls(seed: int, people: dict[str, Person], plan: Plan, jail: dict[str, list[Contact]]) -> list[Contact]:
    """About nine thousand calls a year; one in twenty is of a behavioral-health type, half of those name someone."""
    chance = Chance.of(seed, "calls")
    found = _crisis(people, plan, jail, chance)
    adults = [p for p in people.values() if p.age_on(AS_OF) >= 18]
    prone = drawn_order(adults, jail_weights(adults), chance)[:2500]
    for year in range(YEARS):
        for _ in range(CALLS - CRISIS_CALLS):
            code, words = OTHER_TYPES.draw(chance)
            named = _NAMED.draw(chance)
            call = Contact("dispatch", "call", "", chance.moment(*year_span(year)), role=named)
            call.facts.update(code=code, words=words, place=_place(chance))
            if named in ("caller", "subject", "victim"):
                person = chance.pick(prone if named == "subject" else adults)
                call.person_id = person.person_id
                if person.home and person.resident and chance.yes(0.5):
                    call.facts["place"] = person.home.street
            found.append(call)
    for call in found:
        call.ends = call.starts + timedelta(minutes=chance.randrange(4, 110))
    return found


def _place(chance: Chance) -> str:
    """A street, a crossing, or now and then the jail itself."""
    kind = chance.random()
    if kind < 0.02:
        return places.JAIL.street
    if kind < 0.16:
        return f"{places.street(chance).split(' ', 1)[1]} / {places.street(chance).split(' ', 1)[1]}"
    return places.street(chance)


def _crisis(people: dict[str, Person], plan: Plan, jail: dict[str, list[Contact]], chance: Chance) -> list[Contact]:
    found = []
    for year in range(YEARS):
        keys = sorted((key, count) for key, count in plan.crisis.items() if key[1] == year)
        for (person_id, _), count in keys:
            for _ in range(count):
                person = people[person_id]
                call = _crisis_call(free_moment(person_id, year, jail, chance), chance)
                call.person_id, call.role = person_id, "subject"
                at_home = person.home is not None and person.resident and chance.yes(0.6)
                if person.home and at_home:
                    call.facts["place"] = person.home.street
                elif person.homeless and chance.yes(0.25):
                    call.facts["place"] = places.SHELTER.street
                found.append(call)
        for _ in range(max(0, CRISIS_CALLS - sum(count for _, count in keys))):
            call = _crisis_call(chance.moment(*year_span(year)), chance)
            call.role = chance.pick(("nobody", "nobody", "unknown"))
            found.append(call)
    return found


def _crisis_call(moment: datetime, chance: Chance) -> Contact:
    code, words = CRISIS_TYPES.draw(chance)
    call = Contact("dispatch", "call", "", moment)
    call.facts.update(code=code, words=words, place=places.street(chance), crisis="yes")
    return call


def co_responses(seed: int, people: dict[str, Person], calls_: list[Contact]) -> list[Contact]:
    """About 160 a year: most follow a named crisis call within the hour, the rest are visits days later."""
    chance = Chance.of(seed, "co-responder")
    found = []
    for year in range(YEARS):
        first, last = year_span(year)
        crisis = [c for c in calls_ if c.facts.get("crisis") and c.person_id and first <= c.starts.date() <= last]
        for call in sorted(chance.sample(crisis, min(122, len(crisis))), key=lambda c: (c.starts, c.person_id)):
            found.append(_response(call, call.starts + timedelta(minutes=chance.randrange(12, 55)), people, chance))
            found[-1].follows = call
        for call in chance.sample(crisis, 38):
            day = min(call.starts.date() + timedelta(days=chance.randrange(1, 21)), last)
            found.append(_response(call, chance.moment(day, day), people, chance))
    return found


def _response(call: Contact, moment: datetime, people: dict[str, Person], chance: Chance) -> Contact:
    moment = min(moment, datetime.combine(_year_end(call.starts.date()), time(23, 59)))
    done = Contact("co_responder", "response", call.person_id, moment)
    person = people[call.person_id]
    done.facts["call_place"] = call.facts["place"]
    done.facts["suicidal"] = "Yes" if call.facts["code"] == "SUIC" or chance.yes(0.15) else "No"
    outcomes = ("Stabilized on scene", "Transported to ED", "Crisis center", "Referred", "Jail", "Refused services")
    done.facts["outcome"] = chance.pick(outcomes)
    done.facts["drugs"] = _said(person.substance_use, chance)
    done.facts["homeless"] = _said(person.homeless, chance)
    done.facts["mental"] = _said(person.mental_health, chance)
    return done


def _year_end(day: date) -> date:
    return next(year_span(year)[1] for year in range(YEARS) if day <= year_span(year)[1])


def _said(true: bool, chance: Chance) -> str:
    """Yes or No as it is, Unknown or blank where nobody asked."""
    if chance.yes(0.14):
        return chance.pick(("Unknown", ""))
    return "Yes" if true != chance.yes(0.04) else "No"
