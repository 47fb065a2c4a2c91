"""Arrests that led to a booking, and citations that did not."""

from __future__ import annotations

from datetime import timedelta

from ddj_desktop.workflow.demo import places
from ddj_desktop.workflow.demo.chance import Chance
from ddj_desktop.workflow.demo.contacts import YEARS, Contact, year_span
from ddj_desktop.workflow.demo.jail_story import CHARGES
from ddj_desktop.workflow.demo.people import FIRST_DAY, Person
from ddj_desktop.workflow.demo.plan import drawn_order, jail_weights

CITATIONS = 330
"""A year."""


def arrests(seed: int, people: dict[str, Person], jail: list[Contact]) -> list[Contact]:
    """One for every booking on a new arrest, an hour or two before it; citations of other people besides."""
    chance = Chance.of(seed, "arrests")
    found = []
    for stay in jail:
        moment = stay.starts - timedelta(minutes=chance.randrange(35, 140))
        if stay.facts["type"] != "NEW ARREST" or stay.facts["agency"] == "KHP" or moment.date() < FIRST_DAY:
            continue
        arrest = Contact("arrest", "arrest", stay.person_id, moment)
        arrest.facts.update(charge=stay.facts["charges"].split("|")[0], agency=stay.facts["agency"])
        arrest.facts["place"] = places.street(chance)
        found.append(arrest)
    everyone = list(people.values())
    prone = drawn_order(everyone, jail_weights(everyone), chance)[:1500]
    for year in range(YEARS):
        for _ in range(CITATIONS):
            citation = Contact("arrest", "citation", chance.pick(prone).person_id, chance.moment(*year_span(year)))
            citation.facts.update(charge="~".join(CHARGES.draw(chance)), place=places.street(chance))
            citation.facts["agency"] = chance.pick(("PINE CITY PD", "PINE CO SO", "CEDAR GROVE PD"))
            found.append(citation)
    return found
