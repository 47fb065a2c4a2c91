"""Who came, stayed, returned and left; and a month that a source did not deliver."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ddj_desktop.cohort.movement import movement
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.kernel.dates import Month
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import OneContact, SmallCounty, put

RULE = parse_rule(
    'name = "x"\n[[clause]]\ncount = "contacts"\nsources = ["ems"]\nvalue = 1\nwindow = { trailing_months = 1 }'
)
BEGIN = date(2024, 1, 1)


def run(person: int, month: int, source: int = 1) -> OneContact:
    return OneContact(person, source, "run", datetime(2026, month, 3, 12))


def everyday(source: int, without: int | None = None) -> list[OneContact]:
    """Somebody else's runs every other day, so that the source is known to go on."""
    days = [BEGIN + timedelta(days=back) for back in range(0, 1035, 2)]
    return [
        OneContact(99, source, "run", datetime(day.year, day.month, day.day))
        for day in days if (day.year, day.month) != (2026, without)
    ]  # fmt: skip


def test_new_continuing_returned_and_left(county: CountyFile) -> None:
    lane = county.lane()
    contacts = (*everyday(1), run(1, 5), run(1, 6), run(1, 8), run(2, 6), run(3, 7), run(3, 8))
    put(lane, SmallCounty(((1, "Pine EMS", "ems"),), contacts))
    may, june, july, august = movement(lane, RULE, [Month(2026, 5).plus(step) for step in range(4)])
    assert [(m.new, m.continuing, m.returned, m.left) for m in (may, june, july, august)] == [
        ({1}, {99}, set(), set()),
        ({2}, {1, 99}, set(), set()),
        ({3}, {99}, set(), {1, 2}),
        (set(), {3, 99}, {1}, set()),
    ]  # fmt: skip
    assert all(month.observed for month in (may, june, july, august))


def test_leaving_needs_observation(county: CountyFile) -> None:
    """July was not delivered: nobody is said to have left."""
    lane = county.lane()
    put(lane, SmallCounty(((1, "Pine EMS", "ems"),), (*everyday(1, without=7), run(1, 6), run(1, 8))))
    july, august = movement(lane, RULE, [Month(2026, 7), Month(2026, 8)])
    assert not july.observed
    assert (july.left, july.not_seen, july.on_list) == (set(), {1, 99}, set())
    assert july.notes[0] == "Pine EMS data end Jun 29, 2026. Who left in July 2026 can not be said."
    assert august.observed
    assert august.returned == {1, 99}


def test_new_may_only_seem_new_where_the_data_begin_late(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, SmallCounty(((1, "Pine EMS", "ems"),), tuple(everyday(1))))
    (later,) = movement(lane, RULE, [Month(2026, 6)])
    (early,) = movement(lane, RULE, [Month(2025, 6)])
    assert later.notes == ()
    assert early.notes == (
        "Pine EMS data begin Jan 1, 2024, so somebody counted as new in June 2025 may have met the definition before.",
    )
