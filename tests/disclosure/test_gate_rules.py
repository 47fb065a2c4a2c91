"""The rules themselves: their order, every sentence word for word; and what a request and its facts are when bare."""

from __future__ import annotations

import hashlib
import json
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ddj_desktop.disclosure import gate, gate_facts
from ddj_desktop.disclosure.gate import Allowed, judge
from ddj_desktop.disclosure.request import BreakGlass, Facts, ReleaseRequest
from ddj_desktop.disclosure.rules import LEVEL_WORDS, Denied, Rule, denied, furthest
from tests.disclosure.gate_worlds import facts_of, good, request_of

REFUSALS = Path(__file__).with_name("refusals.txt").read_text("utf-8").splitlines()
"""The rules in the order they are looked for, each with its whole sentence."""
WORDS = {
    "partner": "State U.", "level": "all", "level_words": "names", "agreement": "DUA", "starts": "Nov 4, 2026",
    "ends": "Nov 2, 2026", "outside": "jail, ems", "number": 7, "asker": "ann",
}  # fmt: skip


def test_the_rules_stand_in_their_order_and_say_what_was_agreed() -> None:
    assert [f"{rule.name}: {Denied(rule, WORDS).as_error()}" for rule in Rule] == REFUSALS


def test_a_refusal_knows_its_rule_its_mend_and_the_words_it_was_given() -> None:
    error = denied(Rule.NO_AGREEMENT, partner="State U.").as_error()
    assert error.facts == {
        "rule": "State U. has no agreement.", "name": "NO_AGREEMENT",
        "mend": "The privacy officer can mend this by signing one with them.",
    }  # fmt: skip
    assert denied(Rule.NO_SOURCES) == Denied(Rule.NO_SOURCES, {}) == Denied(Rule.NO_SOURCES)


def test_the_numbers_in_sentences_are_those_of_the_gate() -> None:
    sentences = {line.split(":")[0]: line for line in REFUSALS}
    for name, number in (
        ("TOO_FEW", f"at least {gate.LEAST_PEOPLE} people"),
        ("REVIEW_OVERDUE", f"{gate_facts.REVIEW_WITHIN // timedelta(hours=1)} hours"),
        ("APPROVAL_OLD", f"{gate.APPROVAL_HOLDS.days} days"), ("NOT_APPROVED", f"{gate.APPROVAL_HOLDS.days} days"),
        ("NOT_A_DAY", f"{gate.ALONE_WAITS // timedelta(hours=1)} hours"),
    ):  # fmt: skip
        assert number in sentences[name]


def test_what_came_furthest_is_told_and_of_equals_the_first() -> None:
    first, second = denied(Rule.ENDED, agreement="A"), denied(Rule.ENDED, agreement="B")
    assert furthest([denied(Rule.NOT_SIGNED), first, second]) is first
    assert furthest([second, denied(Rule.LEVEL_NOT_ALLOWED), first]) is second
    assert furthest([]) is None


def test_levels_have_words() -> None:
    assert LEVEL_WORDS == {"table": "tables", "extract": "rows about single people", "identified": "names"}


def test_what_is_not_said_counts_as_nothing() -> None:
    request = ReleaseRequest("State U.", "table", ("jail",))
    assert {field.name: getattr(request, field.name) for field in fields(request)} == {
        "partner": "State U.", "level": "table", "sources": ("jail",), "people": (), "columns": (),
        "data_classes": (), "purpose": None, "data_from": None, "month": "", "break_glass": None, "whole": (),
    }  # fmt: skip
    facts = Facts(datetime(2026, 11, 3, 12), date(2026, 11, 3), None)
    assert {field.name: getattr(facts, field.name) for field in fields(facts)} == {
        "now": datetime(2026, 11, 3, 12), "today": date(2026, 11, 3), "partner": None, "agreements": (),
        "sources": (), "onward": {}, "bases": {}, "consents": {}, "minors": frozenset(), "asked": None,
        "one_person_office": False, "review_overdue": False, "approvers": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (BreakGlass("danger", True), "passphrase_again"), (ReleaseRequest("X", "table", ("jail",)), "level"),
        (facts_of(good("extract")), "one_person_office"), (denied(Rule.NO_SOURCES), "rule"),
        (judge(request_of(good("extract")), facts_of(good("extract"))), "people"),
    ],
)  # fmt: skip
def test_what_was_asked_read_or_answered_is_not_changed_afterwards(made: Any, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, True)
    assert made == replace(made), "two that say the same are the same"


def test_the_fingerprint_is_that_of_the_request_and_no_other() -> None:
    asked = ReleaseRequest(
        " State  U.", "identified", ("jail", "ems"), (2, 1), ("sex", "age"), ("contacts",), "Care", month="2026-10"
    )
    said = ["state u.", "identified", ["ems", "jail"], ["age", "sex"], "care", "2026-10", [1, 2]]
    assert asked.fingerprint == hashlib.sha256(json.dumps(said).encode("utf-8")).hexdigest()
    same = replace(asked, partner="STATE U.", sources=("ems", "jail"), people=(1, 2), columns=("age", "sex"))
    assert same.fingerprint == asked.fingerprint
    kinds = ["arrest", "court", "dispatch", "ems", "hospital", "jail", "probation", "shelter", "treatment"]
    of_more = replace(asked, whole=(*kinds[::-1], "ems"))
    assert of_more.fingerprint == replace(asked, sources=tuple(kinds)).fingerprint
    said = ["state u.", "identified", kinds, ["age", "sex"], "care", "2026-10", [1, 2]]
    assert of_more.fingerprint == hashlib.sha256(json.dumps(said).encode("utf-8")).hexdigest()
    extract = replace(asked, level="extract", purpose=None, month="")
    said = ["state u.", "extract", ["ems", "jail"], ["age", "sex"], "", "", []]
    assert extract.fingerprint == hashlib.sha256(json.dumps(said).encode("utf-8")).hexdigest()
    assert replace(extract, people=(3,)).fingerprint == extract.fingerprint, "whoever is on the list by then"


def test_an_answer_is_the_same_whenever_it_is_asked_for() -> None:
    answer = judge(request_of(good("identified")), facts_of(good("identified")))
    assert answer == judge(request_of(good("identified")), facts_of(good("identified")))
    assert isinstance(answer, Allowed)


def test_a_yes_to_a_file_is_one_to_its_parts_and_to_nothing_beside() -> None:
    whole = ReleaseRequest("Pine clinic", "identified", ("ems", "jail"), (1, 2), ("last_name",))
    part = replace(
        whole, sources=("jail",), whole=whole.sources, data_classes=("identity",), data_from=date(2026, 1, 1)
    )
    assert part.fingerprint == whole.fingerprint
    for other in (
        replace(part, sources=("jail", "treatment")), replace(part, sources=("treatment",)), replace(part, whole=()),
        replace(part, people=(1,)), replace(part, columns=("last_name", "tier")),
    ):  # fmt: skip
        assert other.fingerprint != whole.fingerprint
