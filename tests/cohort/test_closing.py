"""Closed months: frozen with their definition, revised beside and never overwritten, opened again only as an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ddj_desktop.cohort.closing import closed_month, closed_months, reopen, revisions
from ddj_desktop.cohort.definitions import agree, save_definition
from ddj_desktop.cohort.errors import AlreadyClosed, MonthNotOver, NotAgreed, NotClosed
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.screens.results import revised_sentence
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.defining import close_month, figures_revised, reopen_month
from ddj_desktop.workflow.lists import figures_and_revisions
from ddj_desktop.workflow.project import Project
from tests.cohort.counties import OneContact, SmallCounty, put

RULE = 'name = "Two"\n[[clause]]\ncount = "contacts"\nsources = ["jail"]\nvalue = 2\nwindow = { trailing_months = 2 }'
OCTOBER = Month(2026, 10)


def booking(person: int, day: date) -> OneContact:
    at = datetime(day.year, day.month, day.day, 9)
    return OneContact(person, 1, "booking", at, at + timedelta(hours=5), True)


def county_of(*contacts: OneContact) -> SmallCounty:
    """The contacts, and one of somebody else on every other day, so that the jail is seen to go on."""
    days = [date(2024, 1, 1) + timedelta(days=back) for back in range(0, 1035, 2)]
    return SmallCounty(((1, "Pine jail", "jail"),), (*(booking(99, day) for day in days), *contacts))


SEEN = (
    booking(1, date(2026, 8, 20)), booking(1, date(2026, 9, 10)),  # on the list of September, gone in October
    booking(2, date(2026, 9, 10)), booking(2, date(2026, 10, 10)),  # new in October
    booking(3, date(2026, 9, 3)), booking(3, date(2026, 9, 4)),
)  # fmt: skip


@pytest.fixture
def lane(county: CountyFile, on_nov_3: None) -> Lane:
    made = county.lane()
    put(made, county_of(*SEEN))
    return made


def agreed(lane: Lane) -> None:
    agree(lane, save_definition(lane, RULE, "tester").definition_id, "3 agencies, 2026-06-01", "tester")


def test_a_month_is_frozen_and_later_corrections_stand_beside_it(county: CountyFile, lane: Lane) -> None:
    agreed(lane)
    project = Project(county, county.county(), "tester")
    kept = close_month(project, lane, OCTOBER, Progress()).result
    assert {name: set(people) for name, people in kept.people.items()} == {
        "new": {2}, "continuing": {3, 99}, "returned": set(), "left": {1}, "not_seen": set(),
    }  # fmt: skip
    assert (kept.definition_id, kept.as_of, kept.base, kept.left_known) == (1, date(2026, 10, 31), 4, True)
    frozen = {line["name"]: line["numerator"] for line in kept.figures["figures"]}
    assert frozen["people_on_list"] == len(kept.on_list) == 3
    assert lane.value("SELECT reason FROM closed_person WHERE person_id = 2").startswith("2 jail bookings (needs 2)")
    assert not revisions(lane)[0].is_revised

    late = booking(4, date(2026, 10, 1)), booking(4, date(2026, 10, 2))
    put(lane, county_of(*SEEN[:3], *SEEN[4:], *late))  # a booking of 2 was a mistake; a file of 4 came late
    (revised,) = revisions(lane)
    assert revised.closed == kept
    assert closed_month(lane, OCTOBER).on_list == {2, 3, 99}
    assert (set(revised.added), set(revised.gone), revised.joined) == ({4}, {2}, {})
    assert "added, corrected or removed" in revised.added[4]
    assert set(revised.now) == set(member_ids(lane, save_definition(lane, RULE, "x").rule, date(2026, 10, 31)))


def test_figures_of_a_closed_month_that_read_otherwise_are_told_one_by_one(county: CountyFile, lane: Lane) -> None:
    """A booking of 2 in October was a mistake, and 3 had one more: counted by hand."""
    agreed(lane)
    project = Project(county, county.county(), "tester")
    close_month(project, lane, OCTOBER, Progress())
    assert figures_revised(lane, OCTOBER, Progress()) == ()
    put(lane, county_of(*SEEN[:3], *SEEN[4:], booking(3, date(2026, 10, 5))))
    found = {(one.name, one.words): (one.then, one.now) for one in figures_revised(lane, OCTOBER, Progress())}
    assert found["people_on_list", "People on the list"] == (3, 2)
    assert found["people_new", "New on the list"] == (1, 0)
    assert found["by_month", "Oct 2026, On the list"] == (3, 2)
    assert ("people_left", "Left the list since last month") not in found, "what reads the same is not told"
    shown = figures_and_revisions(lane, OCTOBER)[1]
    assert {(one.name, one.words): (one.then, one.now) for one in shown} == found
    sentence = revised_sentence([one for one in shown if one.name == "people_on_list"])
    assert sentence.startswith("Revised since the month was closed. People on the list: 3 then, 2 now")
    reopen_month(project, lane, OCTOBER)
    assert figures_and_revisions(lane, OCTOBER)[1] == (), "an open month has no revisions"


def test_two_who_turn_out_to_be_one_are_joined_and_not_gone(county: CountyFile, lane: Lane) -> None:
    agreed(lane)
    close_month(Project(county, county.county(), "tester"), lane, OCTOBER, Progress())
    put(lane, county_of(*(replace(one, person=2) if one.person == 3 else one for one in SEEN)))
    lane.run("INSERT INTO person (person_id, person_key, made_in_run, merged_into) VALUES (3, 'k', 1, 2)")
    (revised,) = revisions(lane)
    assert (revised.added, revised.gone, revised.joined) == ({}, {}, {3: 2})
    assert len(revised.closed.on_list) + len(revised.added) - len(revised.gone) - len(revised.joined) == len(
        revised.now
    )


def test_a_later_version_changes_no_closed_month(county: CountyFile, lane: Lane) -> None:
    agreed(lane)
    close_month(Project(county, county.county(), "tester"), lane, OCTOBER, Progress())
    wider = save_definition(lane, RULE.replace("value = 2", "value = 1"), "tester")
    agree(lane, wider.definition_id, "3 agencies, 2026-11-02", "tester")
    assert not revisions(lane)[0].is_revised


def test_what_can_not_be_closed(county: CountyFile, lane: Lane) -> None:
    project = Project(county, county.county(), "tester")
    save_definition(lane, RULE, "tester")
    with pytest.raises(NotAgreed):
        close_month(project, lane, OCTOBER, Progress())
    agree(lane, 1, "3 agencies, 2026-06-01", "tester")
    with pytest.raises(MonthNotOver):
        close_month(project, lane, Month(2026, 11), Progress())
    with pytest.raises(NotClosed):
        reopen_month(project, lane, OCTOBER)
    close_month(project, lane, OCTOBER, Progress())
    with pytest.raises(AlreadyClosed):
        close_month(project, lane, OCTOBER, Progress())
    reopen_month(project, lane, OCTOBER)
    assert closed_months(lane) == []
    assert lane.value("SELECT count(*) FROM closed_person") == 4
    again = close_month(project, lane, OCTOBER, Progress()).result
    assert again.close_id == 2
    acts = [event for (event,) in lane.rows("SELECT event FROM audit ORDER BY seq DESC LIMIT 3")]
    assert acts == ["month closed", "month opened again", "month closed"]


def test_who_left_is_not_said_where_a_source_fell_short(county: CountyFile, lane: Lane) -> None:
    agreed(lane)
    cut = [one for one in county_of(*SEEN).contacts if one.starts.date() <= date(2026, 10, 12)]
    put(lane, SmallCounty(((1, "Pine jail", "jail"),), tuple(cut)))
    kept = close_month(Project(county, county.county(), "tester"), lane, OCTOBER, Progress()).result
    assert not kept.left_known
    assert (kept.people["left"], kept.people["not_seen"]) == (set(), {1})
    assert any("Who left in October 2026 can not be said" in note for note in kept.notes)


def test_stopping_leaves_the_file_as_it_was(county: CountyFile, lane: Lane) -> None:
    from ddj_desktop.kernel.errors import Stopped

    agreed(lane)
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        close_month(Project(county, county.county(), "tester"), lane, OCTOBER, progress)
    assert closed_months(lane) == []
    with clock.standing_at(datetime(2026, 11, 4)), pytest.raises(NotClosed):
        reopen(lane, OCTOBER, "tester")
