"""Worlds for the gate: good ones, single faults, random ones, and the same as the gate's own arguments."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ddj_desktop.disclosure.request import BreakGlass, Facts, ReleaseRequest
from ddj_desktop.disclosure.rules import Rule
from ddj_desktop.registers.agreements import Agreement
from ddj_desktop.registers.approvers import Approver
from ddj_desktop.registers.bases import ApprovedBasis
from ddj_desktop.registers.consents import ELEMENTS, Consent, Terms
from ddj_desktop.registers.partners import Partner
from ddj_desktop.registers.requests import ShareRequest
from ddj_desktop.registers.sources import Source

NOW = datetime(2026, 11, 3, 12)
TODAY = NOW.date()
World = dict[str, Any]
KINDS = ("jail", "ems", "shelter", "treatment", "ems")
EVERY_LAW = ("justice", "hipaa", "hmis", "part2")


def paper(number: int = 1, level: str = "extract", **other: Any) -> World:
    return {
        "id": number, "level": level, "signed": -40, "starts": -30, "ends": 30, "signatory": "A", "officer": "B",
        "kinds": ["jail", "ems", "shelter", "treatment"], "purposes": ["care", "planning"], "document": "ab",
        "columns": ["sex", "age"], "bases": [], **other,
    }  # fmt: skip


def form(**other: Any) -> World:
    return {
        "signed": -20, "expires": 20, "revoked": None, "recipients": [1], "purposes": ["care"], "covers": -500,
        "classes": ["contacts", "health"], "kinds": ["jail", "ems", "shelter", "treatment"], "complete": True,
        "minor": False, "other_signs": False, **other,
    }  # fmt: skip


def good(level: str) -> World:
    """A world in which everything is right: an extract on a basis, names on each one's signature."""
    people = list(range(1, 57)) if level == "extract" else [1, 2, 3]
    laws = {"jail": "justice", "ems": "hipaa"}
    return {
        "partner": "active", "level": level, "kinds": ["jail", "ems"], "columns": ["sex"], "classes": ["contacts"],
        "sources": [{"id": n, "kind": kind, "law": law, "onward": level} for n, (kind, law) in enumerate(laws.items())],
        "papers": [paper(level=level, bases=["limited_data_set"] if level == "extract" else [])],
        "bases": {"limited_data_set": (-5, 5)}, "people": people, "purpose": None, "data_from": -365,
        "forms": {} if level == "extract" else {person: [form()] for person in people}, "minors": [],
        "asked": {"hours": 5, "approved": 2, "asker": "ann", "by": 3}, "approvers": {3: ("bob", None)},
        "office": False, "overdue": False,
        "glass": None,
    }  # fmt: skip


def emergency() -> World:
    return good("identified") | {
        "people": [1], "papers": [], "forms": {}, "asked": None, "glass": {"reason": "danger", "again": True},
    }  # fmt: skip


def consenting() -> World:
    """An extract from treatment records that rests on each one's signature."""
    world = good("extract")
    world["sources"] = [{"id": 0, "kind": "treatment", "law": "part2", "onward": "extract"}]
    world["kinds"] = ["treatment"]
    world["papers"][0]["bases"] = []
    world["forms"] = {person: [form()] for person in world["people"]}
    return world


Fault = Callable[[World], object]


def _paper(**changed: Any) -> Fault:
    return lambda world: [one.update(changed) for one in world["papers"]]


def _all(**changed: Any) -> Fault:
    return lambda world: world.update(changed)


def _asked(**changed: Any) -> Fault:
    return lambda world: world.update(asked={**world["asked"], **changed})


FAULTS: dict[str, tuple[Fault, Rule]] = {
    "no partner": (_all(partner=None), Rule.NO_PARTNER),
    "put aside": (_all(partner="aside"), Rule.PARTNER_ASIDE),
    "no level": (_all(level="everything"), Rule.NO_LEVEL),
    "no sources": (_all(kinds=[]), Rule.NO_SOURCES),
    "review overdue": (_all(overdue=True), Rule.REVIEW_OVERDUE),
    "source not kept": (lambda w: w["sources"].pop(), Rule.NO_SOURCE_KEPT),
    "victim services": (lambda w: w["sources"][0].update(law="victim_services"), Rule.PROTECTED_SOURCE),
    "no agreement": (_all(papers=[]), Rule.NO_AGREEMENT),
    "level too narrow": (_paper(level="table"), Rule.LEVEL_NOT_ALLOWED),
    "not signed": (_paper(signed=None), Rule.NOT_SIGNED),
    "signed tomorrow": (_paper(signed=1), Rule.NOT_SIGNED),
    "begins tomorrow": (_paper(starts=1), Rule.NOT_BEGUN),
    "ended yesterday": (_paper(ends=-1), Rule.ENDED),
    "no signatory": (_paper(signatory=" "), Rule.NOT_NAMED),
    "signatory never said": (_paper(signatory=None), Rule.NOT_NAMED),
    "officer never said": (_paper(officer=None), Rule.NOT_NAMED),
    "no officer": (_paper(officer=""), Rule.NOT_NAMED),
    "purpose": (_all(purpose="other things"), Rule.PURPOSE),
    "source not covered": (_paper(kinds=["jail"]), Rule.SOURCES),
    "no document": (_paper(document=None), Rule.NO_DOCUMENT),
    "no columns": (_all(columns=[]), Rule.NO_COLUMNS),
    "column not covered": (_all(columns=["sex", "race"]), Rule.COLUMNS),
    "not onward": (lambda w: w["sources"][0].update(onward="table"), Rule.NOT_ONWARD),
    "basis lapsed": (_all(bases={"limited_data_set": (-5, -1)}), Rule.BASIS_NOT_APPROVED),
    "basis to come": (_all(bases={"limited_data_set": (1, 5)}), Rule.BASIS_NOT_APPROVED),
    "basis not approved": (_all(bases={}), Rule.BASIS_NOT_APPROVED),
    "no basis": (_paper(bases=[]), Rule.NO_BASIS),
    "54 people": (lambda w: w.update(people=w["people"][:54]), Rule.TOO_FEW),
    "54 people, one twice": (lambda w: w.update(people=[*w["people"][:54], 1]), Rule.TOO_FEW),
    "not asked": (_all(asked=None), Rule.NOT_ASKED),
    "not approved": (_asked(approved=None), Rule.NOT_APPROVED),
    "approved by the same": (_all(approvers={3: ("ANN ", None)}), Rule.NOT_APPROVED),
    "approved by the same log-in": (_all(approvers={3: ("Ann Smith", "Ann")}), Rule.NOT_APPROVED),
    "approved by no approver": (_asked(by=None), Rule.NOT_APPROVED),
    "approved by one who may no more": (_all(approvers={4: ("bob", "rob")}), Rule.NOT_APPROVED),
    "approved too long ago": (_asked(hours=800, approved=721), Rule.APPROVAL_OLD),
    "approved before it was asked": (_asked(hours=1), Rule.APPROVAL_OLD),
    "approved in the future": (_asked(approved=-1), Rule.APPROVAL_OLD),
}
"""What can be wrong with a good extract, and the rule that must say so when it is the only thing wrong."""


def request_of(world: World) -> ReleaseRequest:
    glass = BreakGlass(world["glass"]["reason"], world["glass"]["again"]) if world["glass"] else None
    return ReleaseRequest(
        "State U.", world["level"], tuple(world["kinds"]), tuple(world["people"]), tuple(world["columns"]),
        tuple(world["classes"]), world["purpose"],
        None if world["data_from"] is None else TODAY + timedelta(days=world["data_from"]), "2026-10", glass,
    )  # fmt: skip


def facts_of(world: World) -> Facts:
    kept = {"active": Partner(1, "State U.", None, None, True), "aside": Partner(1, "State U.", None, None, False)}
    return Facts(
        NOW, TODAY, kept.get(world["partner"]), tuple(_agreement(one) for one in world["papers"]),
        tuple(Source(s["id"], s["kind"], s["kind"], None, s["law"]) for s in world["sources"]),
        {s["id"]: s["onward"] for s in world["sources"]},
        {name: ApprovedBasis(name, None, "B", _day(a), _day(b)) for name, (a, b) in world["bases"].items()},
        {person: tuple(_consent(100 * person + n, one) for n, one in enumerate(forms))
         for person, forms in world["forms"].items()},
        frozenset(world["minors"]), _request(world["asked"]), world["office"], world["overdue"],
        {number: Approver(number, name, login, NOW, "the recovery sheet")
         for number, (name, login) in world["approvers"].items()},
    )  # fmt: skip


def _day(offset: int) -> Any:
    return TODAY + timedelta(days=offset)


def _maybe(offset: int | None) -> Any:
    return None if offset is None else _day(offset)


def _agreement(one: World) -> Agreement:
    return Agreement(
        one["id"], 1, "DUA", one["level"], "; ".join(one["purposes"]), tuple(one["kinds"]), _day(one["starts"]),
        _day(one["ends"]), _maybe(one["signed"]), one["document"], one["signatory"], one["officer"],
        tuple(one["columns"]), tuple(one["bases"]),
    )  # fmt: skip


def _consent(number: int, one: World) -> Consent:
    elements = tuple(ELEMENTS) if one["complete"] else tuple(name for name in ELEMENTS if name != "recipients")
    terms = Terms(
        tuple(one["recipients"]), tuple(one["purposes"]), tuple(one["classes"]), tuple(one["kinds"]),
        _day(one["expires"]), _maybe(one["signed"]), elements, _maybe(one["covers"]), None, one["minor"],
        "mother" if one["other_signs"] else None,
    )  # fmt: skip
    return Consent(number, 1, 1, terms, "ann", _maybe(one["revoked"]), None)


def _request(asked: World | None) -> ShareRequest | None:
    if asked is None:
        return None
    approved = None if asked["approved"] is None else NOW - timedelta(hours=asked["approved"])
    return ShareRequest(
        7, "", 1, "extract", None, "why", asked["asker"], NOW - timedelta(hours=asked["hours"]),
        "somebody" if approved else None, approved, None, None, asked["by"],
    )  # fmt: skip


def random_world(chance: random.Random) -> World:
    """A good world of some kind, spoiled in some places and shifted onto boundaries in others."""
    world = copy.deepcopy(
        chance.choice([good("table"), good("extract"), good("identified"), emergency(), consenting()])
    )

    def sometimes(share: float = 0.12) -> bool:
        return chance.random() < share

    for name, values in (
        ("partner", (None, "aside", "active")), ("level", ("table", "extract", "identified", "all")),
        ("kinds", ([], ["jail"], ["jail", "ems"], ["shelter"], ["treatment", "jail"])),
        ("columns", ([], ["age"], ["x"])),
        ("classes", ([], ["contacts"], ["health", "contacts"], ["substance_use"])), ("office", (True, False)),
        ("purpose", (None, "care", "planning", "sale")), ("data_from", (None, -500, -501, -365, -20, -21, 0)),
        ("overdue", (True, False)), ("minors", ([], [1, 2], list(range(1, 20)))),
        ("people", ([], [1], [1, 1], list(range(1, 55)), list(range(1, 56)), list(range(1, 58)))),
        ("glass", (None, *({"reason": why, "again": again} for why in " x" for again in (True, False)))),
    ):  # fmt: skip
        if sometimes(0.06):
            world[name] = chance.choice(values)
    if sometimes(0.2):
        world["papers"] = [_random_paper(chance, n) for n in range(chance.randint(0, 3))]
    if sometimes(0.2):
        world["sources"] = [
            {"id": n, "kind": kind, "law": chance.choice((*EVERY_LAW, "other", "victim_services")),
             "onward": chance.choice(("table", "extract", "identified", "identified"))}
            for n, kind in enumerate(chance.sample(KINDS, chance.choice((1, 2, 4))))
        ]  # fmt: skip
    if sometimes(0.2):
        names = ("limited_data_set", "expert_determination", "research", "hmis_notice", "court_order", "justice_duties")
        world["bases"] = {name: chance.choice(((-5, 5), (0, 0), (1, 5), (-5, -1))) for name in names if sometimes(0.7)}
    if sometimes(0.3):
        world["forms"] = {person: [_random_form(chance) for _ in range(chance.randint(0, 2))]
                          for person in world["people"]}  # fmt: skip
    if sometimes(0.25):
        hours = chance.choice((0, 23, 24, 25, 719, 720, 721, 900, -1))
        world["asked"] = {
            "hours": hours, "approved": chance.choice((None, 0, 1, 720, 721, hours, hours + 1, -1)), "asker": "ann",
            "by": chance.choice((None, 3, 4)),
        } if sometimes(0.9) else None  # fmt: skip
    if sometimes(0.2):
        world["approvers"] = {
            number: (chance.choice(("ann", "Ann", "bob", "ann b")), chance.choice((None, None, "ANN ", "bob")))
            for number in (3, 4) if sometimes(0.8)
        }  # fmt: skip
    return world


def _random_paper(chance: random.Random, number: int) -> World:
    found = paper(number + 1, chance.choice(("table", "extract", "identified")))
    for name, values in (
        ("signed", (None, -40, 0, 1)), ("starts", (-30, 0, 1)), ("ends", (30, 0, -1)), ("signatory", ("A", "", None)),
        ("officer", ("B", "", None)), ("document", ("ab", None)), ("columns", ([], ["sex"], ["sex", "age"])),
        ("kinds", (["jail"], ["jail", "ems"], ["jail", "ems", "shelter", "treatment"])),
        ("purposes", (["care"], ["planning", "care"])),
        ("bases", ([], ["limited_data_set"], ["expert_determination"], ["research", "justice_duties"], ["court_order"],
                   ["hmis_notice", "limited_data_set"])),
    ):  # fmt: skip
        if chance.random() < 0.25:
            found[name] = chance.choice(values)
    return found


def _random_form(chance: random.Random) -> World:
    found = form()
    for name, values in (
        ("signed", (None, -20, 0, 1)), ("expires", (20, 0, -1)), ("revoked", (None, 0, 1, -1)),
        ("recipients", ([1], [2], [1, 2])), ("purposes", (["care"], ["planning"], ["care", "planning"])),
        ("covers", (None, -500, -365, -364)), ("classes", (["contacts"], ["health"], ["contacts", "health"])),
        ("kinds", (["jail", "ems"], ["treatment"], ["jail", "ems", "shelter", "treatment"])),
        ("complete", (True, False)), ("minor", (True, False)), ("other_signs", (True, False)),
    ):  # fmt: skip
        if chance.random() < 0.12:
            found[name] = chance.choice(values)
    return found
