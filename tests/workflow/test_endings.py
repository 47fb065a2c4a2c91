"""What ends soon is told 60, 30 and 7 days before, on the days themselves, and no more once it was renewed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import add_agreement
from ddj_desktop.registers.consents import ELEMENTS, Terms, keep_consent
from ddj_desktop.registers.partners import add_partner, put_aside
from ddj_desktop.screens.endings import reminders, soonest
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.endings import endings

ENDS = date(2026, 12, 31)


def agree(lane: Lane, partner: int, ends: date = ENDS, **given: object) -> None:
    said: dict[str, object] = {
        "title": "MOU", "level": "table", "purpose": "care", "sources": ("jail",), "starts": date(2026, 1, 1),
        "signed_on": date(2026, 1, 1),
    }  # fmt: skip
    add_agreement(lane, partner, ends=ends, **(said | given))  # type: ignore[arg-type]


def on(day: date, lane: Lane) -> list[tuple[str, str]]:
    with clock.standing_at(datetime(day.year, day.month, day.day, 18)):
        return [(line.state, line.word) for line in reminders(endings(lane))]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (61, []), (60, [("todo", "Ends in 60 days")]), (31, [("todo", "Ends in 31 days")]),
        (30, [("look", "Ends in 30 days")]), (8, [("look", "Ends in 8 days")]), (7, [("stop", "Ends in 7 days")]),
        (1, [("stop", "Ends in 1 day")]), (0, [("stop", "Ends today")]), (-1, []),
    ],
)  # fmt: skip
def test_an_agreement_is_told_from_sixty_days_on(
    county: CountyFile, days: int, said: list[tuple[str, str]]
) -> None:  # fmt: skip
    lane = county.lane()
    agree(lane, add_partner(lane, "Clinic").partner_id)
    assert on(ENDS - timedelta(days=days), lane) == said


def test_a_renewed_one_and_a_partner_put_aside_are_told_no_more(county: CountyFile) -> None:
    lane = county.lane()
    number = add_partner(lane, "Clinic").partner_id
    agree(lane, number, sources=("jail", "ems"))
    day = ENDS - timedelta(days=9)
    for less in (
        {"sources": ("jail",)}, {"signed_on": None}, {"purpose": "study"}, {"starts": ENDS + timedelta(days=2)},
        {"level": "extract"},
    ):  # fmt: skip
        agree(lane, number, ENDS + timedelta(days=365), **({"sources": ("jail", "ems")} | less))
        assert on(day, lane) == [("look", "Ends in 9 days")], less
    agree(lane, number, ENDS + timedelta(days=365), sources=("jail", "ems"), starts=ENDS + timedelta(days=1))
    assert on(day, lane) == []
    lane.run("DELETE FROM agreement WHERE agreement_id > 1")
    put_aside(lane, number)
    assert on(day, lane) == []


def test_releases_of_information_are_told_together_and_by_no_name(county: CountyFile) -> None:
    lane = county.lane()
    number = add_partner(lane, "Clinic").partner_id
    lane.run("INSERT INTO person_record (record_id, person_id) SELECT n, n FROM range(1, 4) AS t(n)")
    for person, days in ((1, 3), (2, 5), (3, 50)):
        terms = Terms((number,), ("care",), ("contacts",), ("jail",), ENDS + timedelta(days=days), date(2026, 1, 2),
                      tuple(ELEMENTS))  # fmt: skip
        keep_consent(lane, person, terms, "ann")
    agree(lane, number, ENDS + timedelta(days=4))
    with clock.standing_at(datetime(ENDS.year, ENDS.month, ENDS.day, 18)):
        found = endings(lane)
        first, second, third = reminders(found)
        assert [(one.kind, one.days, one.within) for one in found] == [
            ("release", 3, 7), ("agreement", 4, 7), ("release", 5, 7), ("release", 50, 60),
        ]  # fmt: skip
        assert first.text.startswith("The agreement “MOU” with Clinic ends on Jan 4, 2027.")
        assert second.text.startswith("2 releases of information end within 7 days, the first on Jan 3, 2027.")
        assert (third.state, third.word) == ("todo", "Ends in 50 days")
        told = soonest(found, "Clinic")
        assert told is not None
        assert told.kind == "agreement"
        assert soonest(found, "Hospital") is None
