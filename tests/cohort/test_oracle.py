"""Lists against the oracle: every template and rules of every form, on many small counties."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.contacts import load
from ddj_desktop.cohort.coverage import daily_contacts
from ddj_desktop.cohort.evaluate import evaluate, member_ids
from ddj_desktop.cohort.templates import templates
from ddj_desktop.cohort.types import Rule
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.cohort.counties import SmallCounty, put, random_county
from tests.cohort.oracle import Oracle, by_address
from tests.cohort.random_rules import random_rule

DATES = (date(2026, 10, 31), date(2028, 2, 29), date(2026, 3, 1), date(2025, 12, 31), date(2026, 3, 30))


def check(lane: Lane, county: SmallCounty, rules: list[Rule], as_of: date, seed: int) -> None:
    oracle, contacts, days = Oracle(county, as_of), load(lane, "person"), daily_contacts(lane)
    for rule in rules:
        found = evaluate(lane, rule, as_of, material_for(lane, rule, contacts), days)
        expected, tiers = oracle.members(rule)
        assert [member.person_id for member in found.members] == expected, (seed, as_of, rule)
        assert {m.person_id: m.tier for m in found.members if m.tier} == tiers, (seed, as_of, rule)
        assert found.base == len(oracle.of)


def check_templates(lane: Lane, seed: int) -> None:
    """The lists of every shipped definition on one small county, people and addresses."""
    random = Random(seed)
    as_of = random.choice(DATES)
    small = random_county(random, as_of, people=8, contacts=90)
    put(lane, small)
    check(lane, small, [found.rule for found in templates() if found.rule.unit == "person"], as_of, seed)
    told_by_place, places = by_address(small)
    for rule in (found.rule for found in templates() if found.rule.unit == "address"):
        expected, _ = Oracle(told_by_place, as_of).members(rule)
        members = evaluate(lane, rule, as_of).members
        assert sorted(m.address for m in members) == sorted(places[number] for number in expected), (seed, as_of)


def test_every_template_gives_the_oracles_members(county: CountyFile) -> None:
    """All 18 published definitions and the made-up county's own, on 30 small counties."""
    assert len([found for found in templates() if found.key != "pine-county"]) == 18
    lane = county.lane()
    for seed in range(30):
        check_templates(lane, seed)


@pytest.mark.slow
def test_every_template_on_200_counties(county: CountyFile) -> None:
    """The same on 200 others."""
    lane = county.lane()
    for seed in range(10_000, 10_200):
        check_templates(lane, seed)


def test_rules_of_every_form_give_the_oracles_members(county: CountyFile) -> None:
    """Eight random rules on each of 25 small counties."""
    lane = county.lane()
    for seed in range(1000, 1025):
        random = Random(seed)
        as_of = random.choice(DATES)
        small = random_county(random, as_of, people=6, contacts=50)
        put(lane, small)
        check(lane, small, [random_rule(random, as_of) for _ in range(8)], as_of, seed)


@pytest.mark.slow
def test_many_more(county: CountyFile) -> None:
    """A long campaign over 600 counties."""
    lane = county.lane()
    for seed in range(5000, 5600):
        random = Random(seed)
        as_of = random.choice(DATES)
        small = random_county(random, as_of, people=random.randint(1, 20), contacts=random.choice((3, 60, 150)))
        put(lane, small)
        check(lane, small, [random_rule(random, as_of) for _ in range(25)], as_of, seed)


def test_nothing_after_the_date_changes_the_list(county: CountyFile) -> None:
    """A contact that starts after the as-of date, and the end of a stay after it, leave list and reasons alone."""
    lane, as_of = county.lane(), date(2026, 10, 31)
    for seed in range(3):
        random = Random(seed)
        whole = random_county(random, as_of)
        past = SmallCounty(
            whole.sources,
            tuple(
                c if c.ends is None or c.ends.date() <= as_of else c.__class__(**{**vars(c), "ends": None})
                for c in whole.contacts
                if c.starts.date() <= as_of
            ),
            whole.births,
            whole.costs,
        )
        rules = [random_rule(random, as_of) for _ in range(10)]
        lists = []
        for small in (whole, past):
            put(lane, small)
            lists.append(
                [(m.person_id, m.reason, m.values) for rule in rules for m in evaluate(lane, rule, as_of).members]
            )
        assert lists[0] == lists[1]


def test_an_empty_county_gives_empty_lists(county: CountyFile) -> None:
    """No people, no error."""
    lane = county.lane()
    for found in templates():
        assert member_ids(lane, found.rule, date(2026, 10, 31)) == []
        assert evaluate(lane, found.rule, date(2026, 10, 31)).base == 0
