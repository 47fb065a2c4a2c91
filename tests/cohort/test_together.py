"""Putting people together on trial gives what putting them together in the file gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import numpy as np

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.together import would_be_members
from ddj_desktop.cohort.types import CountClause, Measure, Rule, Top, TrailingMonths
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.cohort.counties import put, random_county
from tests.cohort.random_rules import random_rule

AS_OF = date(2026, 10, 31)


def joined_in_the_file(lane: Lane, rule: Rule, one: int, other: int) -> bool:
    """Whether one person would be on the list with the other's records, by really moving them."""
    lane.run("BEGIN TRANSACTION")
    lane.run("UPDATE person_record SET person_id = $one WHERE person_id = $other", one=one, other=other)
    on_list = one in member_ids(lane, rule, AS_OF)
    lane.run("ROLLBACK")
    return on_list


def test_on_trial_as_in_the_file(county: CountyFile) -> None:
    lane = county.lane()
    tried = 0
    for seed in range(8):
        random = Random(seed)
        put(lane, random_county(random, AS_OF, people=7))
        for _ in range(3):
            rule = replace(random_rule(random, AS_OF), min_age=None, top=None, tiers=())
            material = material_for(lane, rule)
            contacts = material.contacts
            places = [np.flatnonzero(contacts.unit == at) for at in range(len(contacts.ids))]
            alone = would_be_members(rule, AS_OF, material, places)
            assert contacts.ids[alone].tolist() == member_ids(lane, rule, AS_OF)
            pairs = [tuple(random.sample(range(len(places)), 2)) for _ in range(3)]
            trial = would_be_members(rule, AS_OF, material, [np.concatenate([places[a], places[b]]) for a, b in pairs])
            real = [joined_in_the_file(lane, rule, int(contacts.ids[a]), int(contacts.ids[b])) for a, b in pairs]
            assert trial.tolist() == real, (seed, rule)
            tried += sum(real)
    assert tried > 5


def test_a_top_rule_asks_for_as_much_as_the_least_member_has(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, random_county(Random(3), AS_OF))
    rule = Rule(
        "x", "person", "all", (), None, Top(None, 3, Measure("contacts", (), (), TrailingMonths(60)), "include")
    )
    material = material_for(lane, rule)
    contacts = material.contacts
    places = [np.flatnonzero(contacts.unit == at) for at in range(len(contacts.ids))]
    assert contacts.ids[would_be_members(rule, AS_OF, material, places)].tolist() == member_ids(lane, rule, AS_OF)
    everybody = [np.arange(len(contacts.unit))]
    assert would_be_members(rule, AS_OF, material, everybody).tolist() == [True]


def test_nobody_on_trial_gives_nobody(county: CountyFile) -> None:
    clause = CountClause(Measure("contacts", (), (), TrailingMonths(12)), ">=", 1)
    rule = Rule("x", "person", "all", (clause,))
    material = material_for(county.lane(), rule)
    assert would_be_members(rule, AS_OF, material, []).tolist() == []
