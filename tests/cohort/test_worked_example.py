"""A small county worked out by hand: who is on the list, why, and what the data can not say."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ddj_desktop.cohort.compare import compare
from ddj_desktop.cohort.errors import DifferentUnits, NotACountClause
from ddj_desktop.cohort.evaluate import evaluate, grid, member_ids, what_if
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.templates import template
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import OneContact, SmallCounty, put

END_OF_OCTOBER = date(2026, 10, 31)
SOURCES = ((1, "Pine jail", "jail"), (2, "Pine EMS", "ems"), (3, "Pine 911", "dispatch"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def booking(person: int, starts: str, ends: str | None, kind: str = "booking") -> OneContact:
    return OneContact(person, 1, kind, at(starts), at(ends) if ends else None, True)


def run(person: int, starts: str, *flags: tuple[str, str]) -> OneContact:
    return OneContact(person, 2, "run", at(starts), flags=flags)


# Person 1: four bookings in the year, the last still open, and two runs. Also a booking the day before the year.
# Person 2: four bookings, but one is protective custody. Person 3: four bookings and one run. Person 4: in jail since
# before the year and never released. Person 5: came after the date.
CONTACTS = (
    booking(1, "2025-10-31T23:59", "2025-11-02T08:00"),
    booking(1, "2025-11-01T00:00", "2025-11-03T09:00"),
    booking(1, "2026-01-10T22:00", "2026-01-11T01:00"),
    booking(1, "2026-01-11T20:00", "2026-01-11T21:00"),
    booking(1, "2026-10-30T12:00", None),
    run(1, "2026-02-01T10:00", ("homeless", "no")),
    run(1, "2026-10-31T23:59", ("homeless", "yes")),
    booking(2, "2026-01-01T10:00", "2026-01-02T10:00"),
    booking(2, "2026-02-01T10:00", "2026-02-02T10:00"),
    booking(2, "2026-03-01T10:00", "2026-03-02T10:00"),
    booking(2, "2026-04-01T10:00", "2026-04-01T20:00", "protective_custody"),
    run(2, "2026-05-01T10:00"),
    run(2, "2026-05-02T10:00"),
    *(booking(3, f"2026-0{month}-05T10:00", f"2026-0{month}-05T12:00") for month in (1, 2, 3, 4)),
    run(3, "2026-06-01T10:00", ("homeless", "no")),
    booking(4, "2025-03-01T10:00", None),
    run(5, "2026-11-01T00:01"),
    OneContact(None, 3, "call", at("2026-07-01T10:00"), address="7 Main"),
)
PINE = SmallCounty(SOURCES, CONTACTS)


def days_rule(value: int, window: str = "{ trailing_months = 12 }") -> str:
    clause = f'count = "days"\nsources = ["jail"]\nop = ">="\nvalue = {value}\nwindow = {window}'
    return f'name = "Days"\n[[clause]]\n{clause}\n'


def test_the_pine_county_definition(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    found = evaluate(lane, template("pine-county").rule, END_OF_OCTOBER)
    assert [(m.person_id, m.open_stays, m.values) for m in found.members] == [(1, 1, {"1": 4, "2": 2})]
    assert found.members[0].reason == (
        "4 jail bookings (needs 4), 2 EMS runs (needs 2), Nov 1, 2025 to Oct 31, 2026; 1 stay still open"
    )
    assert found.base == 4  # person 5 has no contact by the date, and the 911 call is nobody's
    assert [(step.words.split(" (")[0], step.people) for step in found.attrition] == [
        ("People with at least one contact by Oct 31, 2026", 4),
        ("4 or more jail bookings", 2),
        ("2 or more EMS runs in the 12 months up to the date of the list", 1),
    ]
    assert found.sentence == (
        "People who, in the 12 months up to the date of the list, had 4 or more jail bookings "
        "(not counting protective custody and federal holds), and 2 or more EMS runs."
    )


def test_days_in_jail_are_calendar_days_touched_inside_the_window_once_each(county: CountyFile) -> None:
    """Person 1: Nov 1 to 3 (two stays overlap, Oct 31 lies before the year), Jan 10 and 11 (two stays, 11 once), Oct
    30 and 31 (open): 7. Person 2: 2 + 2 + 2 + 1 = 7. Person 3: 4 single days. Person 4: all 365, in since before."""
    lane = county.lane()
    put(lane, PINE)
    found = evaluate(lane, parse_rule(days_rule(1)), END_OF_OCTOBER)
    assert [(m.person_id, m.values["1"], m.open_stays) for m in found.members] == [
        (1, 7, 1), (2, 7, 0), (3, 4, 0), (4, 365, 1),
    ]  # fmt: skip
    assert found.members[3].reason == ("365 days in jail (needs 1), Nov 1, 2025 to Oct 31, 2026; 1 stay still open")


def test_the_highest_window_is_named(county: CountyFile) -> None:
    """Person 2 was held on the first of January to April: three times in any three months, last in those up to Apr 1
    (the window that holds all four is a day too long)."""
    lane = county.lane()
    put(lane, PINE)
    rule = parse_rule(
        'name = "Any"\n[[clause]]\ncount = "contacts"\nsources = ["jail"]\nop = ">="\nvalue = 3\n'
        "window = { any_months = 3, within_months = 24 }"
    )
    reasons = {m.person_id: m.reason for m in evaluate(lane, rule, END_OF_OCTOBER).members}
    assert sorted(reasons) == [1, 2, 3]
    assert reasons[2] == "3 jail bookings (needs 3), Jan 2, 2026 to Apr 1, 2026"


def test_a_relative_rule_prints_its_cut(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)

    def top(size: str, ties: str) -> tuple[list[int], str]:
        text = f'name = "Top"\n[top]\n{size}\nties = "{ties}"\n'
        text += 'by = { count = "contacts", sources = ["jail"], window = { trailing_months = 12 } }'
        found = evaluate(lane, parse_rule(text), END_OF_OCTOBER)
        assert found.cut is not None
        return [m.person_id for m in found.members], found.cut.sentence

    assert top("n = 1", "include") == (
        [1, 2, 3], "The top 1 here means 4 or more jail bookings: 3 of 3 people."
    )  # fmt: skip
    assert top("n = 2", "cap") == (
        [1, 2], "The top 2 here means 4 or more jail bookings: 2 of 3 people; 1 more have as many and were left out."
    )  # fmt: skip
    assert top("percent = 50", "exclude") == (
        [], "The top 50% here is 0 of 3 people: the first 1 are level with others, who do not all fit."
    )  # fmt: skip


def test_what_a_relative_rule_and_its_tiers_came_to(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    text = (
        'name = "Top"\n[top]\nn = 3\n'
        'by = { count = "contacts", sources = ["jail"], window = { trailing_months = 12 } }\n'
        '[[tier]]\nname = "High"\nvalue = 5\n[[tier]]\nname = "Others"\nvalue = 1\n'
    )
    found = what_if(lane, parse_rule(text), END_OF_OCTOBER)
    assert found.came_to == (
        "The top 3 here means 4 or more jail bookings: 3 of 3 people.", "Tiers: High 0 of 3, Others 3 of 3.",
    )  # fmt: skip
    assert what_if(lane, template("pine-county").rule, END_OF_OCTOBER).came_to == ()


def test_thresholds_tried_in_a_grid(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    rule = template("pine-county").rule
    tried = grid(lane, rule, END_OF_OCTOBER, "1", [3, 4, 5], "2", [1, 2])
    assert tried.people == ((3, 2, 0), (2, 1, 0))
    assert tried.current == (1, 1)
    assert grid(lane, rule, END_OF_OCTOBER, "1", [9], "2", [1, 2]).current is None
    for x, y in (("1", "1"), ("1", "3")):
        with pytest.raises(NotACountClause):
            grid(lane, rule, END_OF_OCTOBER, x, [1], y, [1])


def test_two_definitions_compared(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    pine, days = template("pine-county").rule, parse_rule(days_rule(5))
    found = compare(lane, pine, days, END_OF_OCTOBER)
    assert (found.both, found.only_a, found.only_b) == ({1}, frozenset(), {2, 4})
    assert found.either == {1, 2, 4}
    with pytest.raises(DifferentUnits):
        compare(lane, pine, template("addressiq").rule, END_OF_OCTOBER)


def test_what_the_data_can_not_say_is_said(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    rule = parse_rule(
        'name = "x"\ncombine = "any"\n[population]\nmin_age = 18\n'
        '[[clause]]\nattribute = "veteran"\nis = "yes"\nwhen = "ever"\n'
        '[[clause]]\ncount = "cost"\nsources = ["jail", "shelter"]\nvalue = 1000\nwindow = { trailing_months = 12 }\n'
    )
    found = what_if(lane, rule, END_OF_OCTOBER)
    assert found.warnings == (
        "No shelter source is in the county file.",
        "No source records 'veteran', so it is unknown for everyone.",
        "4 people of unknown age are left out.",
        "No unit cost is kept for jail, so its contacts cost nothing here.",
    )
    assert [(step.people, step.left) for step in found.attrition] == [
        (4, True), (0, True), (0, False), (0, False), (0, True),
    ]  # fmt: skip


def test_contacts_not_matched_yet_are_named(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, PINE)
    lane.run("DELETE FROM person_record WHERE person_id = 3")
    found = what_if(lane, template("pine-county").rule, END_OF_OCTOBER)
    assert found.base == 3
    assert found.warnings[-1] == "5 contacts are of people not matched yet; match again to count them."


def test_what_an_attribute_says(county: CountyFile) -> None:
    """Person 1 said no in February and yes in October; 3 said no; 2 and 4 nothing."""
    lane = county.lane()
    put(lane, PINE)

    def members(said: str) -> list[int]:
        rule = parse_rule(f'name = "x"\n[[clause]]\nattribute = "homeless"\n{said}')
        return member_ids(lane, rule, END_OF_OCTOBER)

    assert members('is = "yes"\nwhen = "ever"') == [1]
    assert members('is = "no"\nwhen = "ever"') == [3]
    assert members('is = "no"\nwhen = "any"\nwindow = { from = 2026-01-01, to = 2026-09-30 }') == [1, 3]
    assert members('is = "no"\nwhen = "last"\nwindow = { from = 2026-01-01, to = 2026-09-30 }') == [1, 3]
    assert members('is = "yes"\nwhen = "last"') == [1]
    assert members('is = "unknown"\nwhen = "ever"') == [2, 4]
    assert members('is = "yes"\nwhen = "last"\nunknown_counts = true') == [1, 2, 4]


def test_reasons_name_attributes_recency_and_dollars(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, SmallCounty(SOURCES, CONTACTS, costs=(("jail", "day", 90, 2026), ("jail", "contact", 250, 2025))))
    rule = parse_rule(
        'name = "x"\n[[clause]]\nattribute = "homeless"\nis = "yes"\nwhen = "ever"\n'
        '[[clause]]\nrecency_days = 30\nsources = ["ems"]\n'
        '[[clause]]\ncount = "cost"\nsources = ["jail"]\nop = ">"\nvalue = 1000\nwindow = { trailing_months = 12 }\n'
    )
    (member,) = evaluate(lane, rule, END_OF_OCTOBER).members
    assert member.values == {"1": "yes", "2": END_OF_OCTOBER, "3": 4 * 250 + 7 * 90}
    assert member.reason == (
        "'homeless' recorded as yes, last EMS run Oct 31, 2026 (needs the last 30 days), $1,630 in costs of jail "
        "(needs more than $1,000), Nov 1, 2025 to Oct 31, 2026; 1 stay still open"
    )
