"""Rows with names in worlds made by chance, cell by cell against an oracle that asks of every single contact whether it
may be told."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ddj_desktop.disclosure.errors import Refused
from ddj_desktop.disclosure.named_release import NamesAllowed, NamesQuestion, release_names
from ddj_desktop.disclosure.named_rows import Listed, named_rows
from ddj_desktop.kernel import clock
from ddj_desktop.registers.consents import ELEMENTS, Terms, keep_consent
from ddj_desktop.registers.requests import ask
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.extracting import Asked
from ddj_desktop.workflow.lists import people_on_list
from ddj_desktop.workflow.permissions import set_one_person_office
from ddj_desktop.workflow.with_names import _listed, names_question
from tests.workflow.sharing_names import MONTH, PARTNER, SIGNED, TODAY, may_have_names

NOW = datetime(2026, 11, 3, 9)
COLUMNS = ("last_name", "jail_count", "ems_count", "treatment_count", "treatment_last_month")
CLASSES = ("identity", "contacts", "justice", "health", "mental_health", "substance_use")
NEEDS = {
    "jail": {"identity", "contacts", "justice"}, "ems": {"identity", "contacts", "health"},
    "treatment": {"identity", "contacts", "substance_use"},
}  # fmt: skip
YOUNG = 3
Form = dict[str, Any]


def form(chance: random.Random) -> Form:
    """What somebody signed, one thing in ten wrong."""

    def mostly(good: object, bad: object) -> Any:
        return good if chance.random() < 0.9 else bad

    return {
        "recipients": mostly((1, 2), (2,)), "purposes": mostly(("care", "x"), ("planning",)),
        "data_classes": tuple(name for name in CLASSES if chance.random() < 0.85),
        "sources": tuple(kind for kind in NEEDS if chance.random() < 0.6) or ("ems",),
        "expires": TODAY + timedelta(days=chance.choice((-1, 0, 300))), "signed_on": mostly(date(2025, 10, 1), TODAY),
        "covers_from": chance.choice((None, date(2020, 1, 1), date(2026, 1, 15), date(2026, 7, 9), TODAY)),
        "elements": mostly(tuple(ELEMENTS), ("person",)), "representative": chance.choice((None, "mother")),
        "revoked": chance.choice((None, None, None, TODAY)),
    }  # fmt: skip


def is_good(person: int, one: Form, classes: set[str]) -> bool:
    """The oracle's word on a form, whatever the day of the data."""
    by_other = one["representative"] is not None
    return (
        1 in one["recipients"] and "care" in one["purposes"] and classes <= set(one["data_classes"])
        and one["signed_on"] <= TODAY <= one["expires"] and one["revoked"] is None and len(one["elements"]) > 1
        and (by_other or person != YOUNG)
    )  # fmt: skip


def may_be_told(person: int, forms: list[Form], kind: str, day: date) -> bool:
    """The oracle's word on one contact."""
    return any(
        kind in one["sources"] and day >= (one["covers_from"] or one["signed_on"])
        for one in forms if is_good(person, one, NEEDS[kind])
    )  # fmt: skip


def a_world(lane: Lane, chance: random.Random) -> tuple[dict[int, list[Form]], bool]:
    """Forms of everybody, put into the register, and whether the jail's data are under a basis."""
    lane.run("DELETE FROM consent")
    by_basis = chance.random() < 0.7
    lane.run("UPDATE agreement SET bases = $b", b='["justice_duties"]' if by_basis else "[]")
    forms: dict[int, list[Form]] = {}
    for person in range(1, 9):
        forms[person] = [form(chance) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        for one in forms[person]:
            said = {name: value for name, value in one.items() if name != "revoked"}
            if said["expires"] < said["signed_on"]:
                said["expires"] = one["expires"] = said["signed_on"]
            terms: Terms = replace(SIGNED, **said)
            number = keep_consent(lane, person, terms, "ann").consent_id
            lane.run("UPDATE consent SET revoked_on = $d WHERE consent_id = $n", d=one["revoked"], n=number)
    return forms, by_basis


@dataclass(frozen=True)
class County:
    """What all worlds have in common."""

    lane: Lane
    question: NamesQuestion
    listed: Mapping[int, Listed]
    days: Mapping[tuple[int, str], list[date]]
    """Of every contact of the period, by person and kind."""


def answer(lane: Lane, question: NamesQuestion) -> NamesAllowed | str:
    """What the gate says: its yes, or the name of the rule that stands in the way."""
    try:
        return release_names(lane, question)
    except Refused as no:
        return str(no.facts["name"])


def check(county: County, forms: dict[int, list[Form]], by_basis: bool) -> int:
    """Hold the rows of a world against the oracle; gives how many people were in it."""
    lane, question = county.lane, county.question
    last = question.period.last
    begins = question.request.data_from
    assert begins is not None
    inside = {
        person for person in question.request.people if by_basis or may_be_told(person, forms[person], "jail", begins)
    }
    covered = {kind: {p for p in inside if may_be_told(p, forms[p], kind, last)} for kind in ("ems", "treatment")}
    anybody = {kind: any(may_be_told(p, forms[p], kind, last) for p in question.request.people) for kind in covered}
    allowed = answer(lane, question)
    if isinstance(allowed, str):
        assert allowed == "NO_BASIS"
        assert not inside or not all(anybody.values())
        return 0
    assert all(anybody.values())
    assert set(allowed.permit.people) == inside
    rows = named_rows(lane, question, allowed, county.listed)
    got = {row[1]: dict(zip(rows.headings, row, strict=True)) for row in rows.rows}
    assert set(got) == {f"Name{person}" for person in inside}
    for person in inside:
        cells = got[f"Name{person}"]
        for kind in NEEDS:
            days = county.days[person, kind]
            if kind != "jail":
                days = [day for day in days if may_be_told(person, forms[person], kind, day)]
            if kind != "jail" and person not in covered[kind]:
                assert cells[f"{kind}_count"] == ""
                assert days == []
            else:
                assert int(cells[f"{kind}_count"].split(" since ")[0]) == len(days)
        if person in covered["treatment"]:
            said = cells["treatment_last_month"].split(" since ")[0]
            assert said == (f"{max(days):%Y-%m}" if days else "none")
    return len(inside)


def worlds(file: CountyFile, many: int, seed: int) -> None:
    chance = random.Random(seed)
    with clock.standing_at(NOW - timedelta(days=2)):
        project = may_have_names(file)
        lane = file.lane()
        set_one_person_office(project, lane, True)
        lane.run("UPDATE record SET birth_date = DATE '2012-05-05' WHERE record_id // 10 = $p", p=YOUNG)
        found = people_on_list(lane, MONTH.span.last)
        question = names_question(lane, PARTNER, MONTH, found, Asked(COLUMNS, "care"))
        days: dict[tuple[int, str], list[date]] = defaultdict(list)
        for person, kind, day in lane.rows(
            "SELECT person_id, source_kind, starts::DATE FROM person_contact WHERE starts::DATE BETWEEN $f AND $l",
            f=question.period.first, l=question.period.last,
        ):  # fmt: skip
            days[person, kind].append(day)
        common = County(lane, question, _listed(lane, found, question), days)
        ask(lane, fingerprint=question.request.fingerprint, partner_id=1, level="identified", month=str(MONTH),
            reason="x", actor="ann")  # fmt: skip
    inside = []
    with clock.standing_at(NOW):
        for _ in range(many):
            with lane.transaction():
                forms, by_basis = a_world(lane, chance)
            inside.append(check(common, forms, by_basis))
    assert len({*inside}) >= 4, "worlds of many kinds"
    assert sum(one > 0 for one in inside) > many / 3


def test_every_cell_is_told_only_where_each_contact_may_be(county: CountyFile) -> None:
    worlds(county, 25, 4)


@pytest.mark.slow
def test_a_thousand_worlds(county: CountyFile) -> None:
    worlds(county, 1_000, 5)
