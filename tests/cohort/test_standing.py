"""Where one person stands is where the list puts them, in every month."""

from __future__ import annotations

from datetime import date
from random import Random

from ddj_desktop.cohort.evaluate import evaluate, member_ids
from ddj_desktop.cohort.standing import standing
from ddj_desktop.kernel.dates import Month
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import put, random_county
from tests.cohort.random_rules import random_rule


def test_standing_is_the_lists_own_word(county: CountyFile) -> None:
    lane, month = county.lane(), Month(2026, 10)
    for seed in range(4):
        random = Random(seed)
        put(lane, random_county(random, date(2026, 10, 31), people=6, contacts=60))
        for rule in (random_rule(random, date(2026, 10, 31)) for _ in range(4)):
            members = {one.person_id: one.reason for one in evaluate(lane, rule, month.span.last).members}
            for person in range(1, 8):
                found = standing(lane, rule, person, month)
                assert found.on_list == (person in members), (seed, person, rule)
                if found.on_list:
                    assert found.why == members[person]
                    assert found.since is not None
                    assert person in member_ids(lane, rule, found.since.span.last)
                    before = found.since.plus(-1)
                    assert found.at_least_since or person not in member_ids(lane, rule, before.span.last)
