"""The list on sound links, as matched, and with every possible match: held to a plain count of regrouped people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random

from ddj_desktop.cohort.certainty import CertaintyBench
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from tests.cohort.counties import OneContact, SmallCounty, put, random_county
from tests.cohort.oracle import Oracle
from tests.cohort.random_rules import random_rule

AS_OF = date(2026, 10, 31)
THREE = parse_rule(
    'name = "x"\n[[clause]]\ncount = "contacts"\nsources = ["jail"]\nvalue = 3\nwindow = { trailing_months = 12 }'
)


def pair(lane: Lane, left: int, right: int, band: str) -> None:
    lane.run(
        "INSERT INTO match_pair VALUES ($l, $r, 0, 0.5, $band, '[]', false, false)",
        l=min(left, right),
        r=max(left, right),
        band=band,
    )


def bookings(person: int, home: int | None, times: int) -> list[OneContact]:
    return [
        OneContact(person, 1, "booking", datetime(2026, 3, 1 + time), datetime(2026, 3, 2 + time), True, home=home)
        for time in range(times)
    ]


def counts(lane: Lane) -> tuple[int, int, int]:
    found = CertaintyBench().counts(lane, THREE, AS_OF, len(member_ids(lane, THREE, AS_OF)))
    return found.sound, found.matched, found.with_possible


def test_a_worked_example(county: CountyFile) -> None:
    """Person 1: two records, two bookings and one, tied by a doubtful pair. Person 2: three soundly tied. Persons 3
    and 4: two bookings and one, a possible match."""
    lane = county.lane()
    contacts = [
        *bookings(1, None, 2), *bookings(1, 0, 1), *bookings(2, None, 2), *bookings(2, 0, 1), *bookings(3, None, 2),
        *bookings(4, None, 1),
    ]  # fmt: skip
    put(lane, SmallCounty(((1, "Pine jail", "jail"),), tuple(contacts)))
    lane.run("DELETE FROM match_pair")
    pair(lane, 100, 150, "review")
    pair(lane, 200, 250, "same")
    pair(lane, 300, 400, "review")
    assert counts(lane) == (1, 2, 3)
    said = "INSERT INTO link_decision (decision_id, left_record, right_record, verdict, decided_by, decided_at) VALUES "
    lane.run(said + "(1, 100, 150, 'same', 'x', now()), (2, 300, 400, 'different', 'x', now())")
    assert counts(lane) == (2, 2, 2)


def test_any_rule_on_any_county(county: CountyFile) -> None:
    """Some records weakly held, some people possibly one: the same lists as of counties put together that way."""
    lane = county.lane()
    for seed in range(8):
        random = Random(seed)
        small = random_county(random, AS_OF, people=8, contacts=90)
        put(lane, small)
        lane.run("DELETE FROM match_pair")
        weak = {(p, h) for p in range(1, 9) for h in range(5) if random.random() < 0.2}
        lane.run(
            "DELETE FROM person_record WHERE record_id % 100 >= 50 "
            "AND record_id NOT IN (SELECT record_id FROM contact WHERE record_id IS NOT NULL)"
        )
        known = {row[0] for row in lane.rows("SELECT record_id FROM person_record")}
        for person, home in weak:
            if {person * 100, person * 100 + 50 + home} <= known:
                pair(lane, person * 100, person * 100 + 50 + home, "review")
        for person in range(1, 9):
            if person * 100 in known and person * 100 + 1 in known:
                pair(lane, person * 100, person * 100 + 1, "same")
        together = [tuple(random.sample(range(1, 9), 2)) for _ in range(2)]
        for one, other in together:
            if {one * 100, other * 100} <= known:
                pair(lane, one * 100, other * 100, "review")
        rules = [replace(random_rule(random, AS_OF), min_age=None) for _ in range(6)]
        bench = CertaintyBench()
        apart = regrouped(small, lane, "apart")
        joined = regrouped(small, lane, "together")
        for rule in rules:
            found = bench.counts(lane, rule, AS_OF, len(member_ids(lane, rule, AS_OF)))
            if rule.top is None or rule.top.ties != "cap":  # a cap goes by people's numbers, which differ
                assert found.sound == len(Oracle(apart, AS_OF).members(rule)[0]), (seed, rule)
                assert found.with_possible == len(Oracle(joined, AS_OF).members(rule)[0]), (seed, rule)


def regrouped(small: SmallCounty, lane: Lane, how: str) -> SmallCounty:
    """The county with other people: weakly held records apart, or possible matches as one."""
    pairs = lane.rows("SELECT left_record, right_record, band FROM match_pair")
    records = {row[0] for row in lane.rows("SELECT record_id FROM person_record")}
    contacts = []
    if how == "together":
        group = {person: person for person in range(1, 99)}
        for left, right, band in pairs:
            if left // 100 != right // 100 and band == "review":
                old, new = group[right // 100], group[left // 100]
                group = {person: new if into == old else into for person, into in group.items()}
        contacts = [replace(c, person=c.person and group[c.person]) for c in small.contacts]
        return replace(small, contacts=tuple(contacts))
    inside = [(a, b, band) for a, b, band in pairs if a // 100 == b // 100]
    touched = {record for a, b, _ in inside for record in (a, b)}
    weak = touched - {record for a, b, band in inside if band == "same" for record in (a, b)}
    for person in range(1, 99):
        own = {record for record in records if record // 100 == person}
        if own and own <= weak:
            weak.discard(min(own))
    for c in small.contacts:
        record = None if c.person is None else c.person * 100 + (0 if c.home is None else 50 + c.home)
        contacts.append(replace(c, person=1000 + record if record in weak and record is not None else c.person))
    return replace(small, contacts=tuple(contacts))
