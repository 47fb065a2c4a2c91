"""Programmes: an outcome is fixed once; enrolments follow people who were found to be one."""

from __future__ import annotations

from datetime import date

import pytest

from ddj_desktop.registers.errors import (
    BadEnrolment,
    BadProgramme,
    NoName,
    NoSuchProgramme,
    OutcomeFixed,
    UnknownKind,
    UnknownRaceRule,
)
from ddj_desktop.registers.programmes import (
    Enrolment,
    all_enrolments,
    enrol,
    fix_outcome,
    keep_programme,
    programme,
)
from ddj_desktop.registers.race_rules import race_rule, set_race_rule
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane

FIRST = date(2025, 3, 1)


def people(lane: Lane, *numbers: int) -> None:
    for number in numbers:
        lane.run("INSERT INTO person VALUES ($n, $key, 1, NULL)", n=number, key=f"{number:032x}")


def test_an_outcome_is_fixed_once(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        kept = keep_programme(lane, "Bridge housing", "Harbor Shelter", FIRST, None)
        assert kept.outcome_fixed_at is None
        fixed = fix_outcome(lane, "Bridge housing", "jail", "day", 365, "steering committee")
        assert fix_outcome(lane, "Bridge housing", "jail", "day", 365, "somebody else") == fixed
        with pytest.raises(OutcomeFixed, match="stays"):
            fix_outcome(lane, "Bridge housing", "ems", "contact", 180, "somebody else")
        moved = keep_programme(lane, "Bridge housing", "Harbor", FIRST, date(2026, 1, 1))
    assert (moved.outcome_kind, moved.outcome_unit, moved.outcome_days) == ("jail", "day", 365)
    assert moved.programme_id == kept.programme_id


def test_an_enrolment_follows_a_merge(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        people(lane, 1, 2, 3)
        kept = keep_programme(lane, "Bridge housing", None, FIRST, None)
        for person in (1, 2, 3):
            enrol(lane, Enrolment(kept.programme_id, person, FIRST, None, None))
        enrol(lane, Enrolment(kept.programme_id, 3, FIRST, date(2025, 5, 1), "moved away"))
        lane.run("UPDATE person SET merged_into = 2 WHERE person_id = 1")
        lane.run("UPDATE person SET merged_into = 3 WHERE person_id = 2")
    assert [one.person_id for one in all_enrolments(lane, kept.programme_id)] == [3]


def test_what_can_not_be_kept(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        people(lane, 1)
        kept = keep_programme(lane, "Bridge housing", None, FIRST, None)
    for error, wrong in (
        (NoName, lambda: keep_programme(lane, " ", None, FIRST, None)),
        (BadProgramme, lambda: keep_programme(lane, "Other", None, FIRST, date(2024, 1, 1))),
        (NoSuchProgramme, lambda: programme(lane, "Nowhere")),
        (UnknownKind, lambda: fix_outcome(lane, "Bridge housing", "bank", "day", 365, "x")),
        (BadProgramme, lambda: fix_outcome(lane, "Bridge housing", "jail", "week", 365, "x")),
        (BadProgramme, lambda: fix_outcome(lane, "Bridge housing", "jail", "day", 3, "x")),
        (BadEnrolment, lambda: enrol(lane, Enrolment(kept.programme_id, 99, FIRST, None, None))),
        (BadEnrolment, lambda: enrol(lane, Enrolment(kept.programme_id, 1, FIRST, date(2024, 1, 1), None))),
        (NoSuchProgramme, lambda: enrol(lane, Enrolment(99, 1, FIRST, None, None))),
    ):
        with pytest.raises(error):
            wrong()


def test_the_rule_for_race(county: CountyFile) -> None:
    lane = county.lane()
    assert race_rule(lane) == "most_recent"
    with lane.transaction():
        set_race_rule(lane, "self_reported")
    assert race_rule(lane) == "self_reported"
    with pytest.raises(UnknownRaceRule):
        set_race_rule(lane, "loudest")
