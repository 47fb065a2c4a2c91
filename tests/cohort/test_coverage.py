"""Missing is not zero: which months and ends of a source count as missing data."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ddj_desktop.cohort.coverage import coverage, coverage_warnings
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import OneContact, SmallCounty, put

AS_OF = date(2026, 10, 31)
SOURCES = (
    (1, "Pine jail", "jail"), (2, "Pine Hospital", "hospital"), (3, "911", "dispatch"), (4, "Pine shelter", "shelter"),
    (5, "Pine EMS", "ems"),
)  # fmt: skip


def every(source: int, first: date, last: date, step: int, without: tuple[int, ...] = ()) -> list[OneContact]:
    """A contact every `step` days, none in the months of 2026 in `without`."""
    days = [first + timedelta(days=back) for back in range(0, (last - first).days + 1, step)]
    kept = [day for day in days if not (day.year == 2026 and day.month in without)]
    return [OneContact(1, source, "visit", datetime(day.year, day.month, day.day, 12)) for day in kept]


COUNTY = SmallCounty(
    SOURCES,
    (
        *every(1, date(2025, 10, 1), date(2026, 10, 28), 2),  # the last three days of October without any: not amiss
        *every(2, date(2025, 10, 1), date(2026, 9, 30), 4),
        *every(3, date(2025, 10, 1), date(2026, 12, 5), 1, without=(3, 5)),
        *every(4, date(2025, 10, 7), date(2026, 10, 20), 33, without=(4,)),  # seldom anyone: a quiet month is a month
    ),
)


def test_first_last_missing_and_late(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, COUNTY)
    jail, hospital, calls, shelter, ems = coverage(lane, AS_OF)
    assert (jail.first, jail.last, jail.contacts) == (date(2025, 10, 1), date(2026, 10, 28), 197)
    assert jail.missing == hospital.missing == shelter.missing == ()
    assert calls.missing == (Month(2026, 3), Month(2026, 5))
    assert calls.months[Month(2026, 4)] == 30
    assert [source.ends_before(AS_OF) for source in (jail, hospital, calls, shelter, ems)] == [
        False, True, False, False, True,
    ]  # fmt: skip
    assert (hospital.last, calls.last, ems.last, ems.contacts) == (date(2026, 9, 30), AS_OF, None, 0)
    assert [jail.covers(Month(2026, 10)), hospital.covers(Month(2026, 10)), calls.covers(Month(2026, 3))] == [
        True, False, False,
    ]  # fmt: skip
    assert not hospital.has_any(Month(2026, 10))
    assert not calls.has_any(Month(2026, 3))
    assert not calls.has_any(Month(2025, 9))
    assert shelter.has_any(Month(2026, 4))
    assert not ems.has_any(Month(2026, 4))
    assert coverage(lane)[2].last == date(2026, 12, 5)


def test_a_partly_delivered_month_has_some_but_is_not_covered(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, SmallCounty(SOURCES[:1], tuple(every(1, date(2026, 1, 1), date(2026, 10, 12), 1))))
    (jail,) = coverage(lane, AS_OF)
    assert jail.has_any(Month(2026, 10))
    assert not jail.covers(Month(2026, 10))
    assert jail.shortfalls(Month(2026, 10).span) == ("data end Oct 12, 2026",)


def test_a_clause_on_a_source_that_falls_short_is_answered_with_a_warning(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, COUNTY)
    rule = parse_rule(
        'name = "x"\ncombine = "any"\n'
        '[[clause]]\ncount = "contacts"\nsources = ["hospital", "911"]\nvalue = 1\nwindow = { trailing_months = 12 }\n'
        '[[clause]]\ncount = "contacts"\nsources = ["jail"]\nvalue = 1\nwindow = { trailing_months = 36 }\n'
        '[[clause]]\nrecency_days = 9\nsources = ["court", "ems"]\n'
    )
    assert coverage_warnings(rule, coverage(lane, AS_OF), AS_OF) == (
        "No court source is in the county file.",
        "Pine jail data begin Oct 1, 2025.",
        "Pine Hospital data end Sep 30, 2026.",
        "911 has no data for March 2026 and May 2026.",
        "Pine EMS has no data.",
    )
    narrow = parse_rule(
        'name = "x"\n[[clause]]\ncount = "contacts"\nsources = ["hospital", "911"]\nvalue = 1\n'
        "window = { from = 2026-06-01, to = 2026-08-31 }"
    )
    assert coverage_warnings(narrow, coverage(lane, AS_OF), AS_OF) == ()


def test_shortfalls_only_of_the_days_looked_at(county: CountyFile) -> None:
    lane = county.lane()
    put(lane, COUNTY)
    calls = coverage(lane)[2]
    assert calls.shortfalls(Span(date(2026, 4, 1), date(2026, 4, 30))) == ()
    assert calls.shortfalls(Span(date(2026, 3, 31), date(2026, 4, 30))) == ("has no data for March 2026",)
