"""Programmes that serve people on the list, the outcome each is judged by, and who was enrolled when.

The outcome is fixed before anybody looks, and once fixed it stays: an outcome chosen after seeing the numbers proves
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.registers.errors import (
    BadEnrolment,
    BadProgramme,
    NoName,
    NoSuchProgramme,
    OutcomeFixed,
    UnknownKind,
)
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.lane import Lane

OUTCOME_UNITS = ("contact", "day")
LEAST_DAYS, MOST_DAYS = 30, 1096


@dataclass(frozen=True)
class Programme:
    """One programme."""

    programme_id: int
    name: str
    agency: str | None
    starts: date
    ends: date | None
    outcome_kind: str | None
    """A source kind; None while no outcome is fixed."""
    outcome_unit: str | None
    """contact or day."""
    outcome_days: int | None
    """So many days before enrolment are compared with as many after it."""
    outcome_fixed_at: datetime | None
    outcome_fixed_by: str | None


@dataclass(frozen=True)
class Enrolment:
    """One person's time in a programme."""

    programme_id: int
    person_id: int
    starts: date
    ends: date | None
    left_because: str | None


def keep_programme(lane: Lane, name: str, agency: str | None, starts: date, ends: date | None) -> Programme:
    """Keep a programme; one of that name is changed, its outcome stays. Raises NoName, BadProgramme."""
    name = name.strip()
    if not name:
        raise NoName(thing="programme")
    if ends is not None and ends < starts:
        raise BadProgramme(why=f"it would end on {day_in_words(ends)}, before it starts on {day_in_words(starts)}")
    values = {"name": name, "agency": agency or None, "starts": starts, "ends": ends}
    if lane.rows("SELECT 1 FROM programme WHERE name = $name", name=name):
        lane.run("UPDATE programme SET agency = $agency, starts = $starts, ends = $ends WHERE name = $name", **values)
    else:
        lane.run(
            "INSERT INTO programme (programme_id, name, agency, starts, ends) "
            "SELECT coalesce(max(programme_id), 0) + 1, $name, $agency, $starts, $ends FROM programme",
            **values,
        )
    return programme(lane, name)


def fix_outcome(lane: Lane, name: str, kind: str, unit: str, days: int, fixed_by: str) -> Programme:
    """Fix what a programme is judged by, once and for all. Raises NoSuchProgramme, OutcomeFixed, UnknownKind,
    BadProgramme."""
    found = programme(lane, name)
    asked = (kind, unit, days)
    if found.outcome_fixed_at is not None:
        if asked == (found.outcome_kind, found.outcome_unit, found.outcome_days):
            return found
        raise OutcomeFixed(programme=found.name, day=day_in_words(found.outcome_fixed_at.date()))
    if kind not in SOURCE_KINDS:
        raise UnknownKind(kind=kind, known=", ".join(SOURCE_KINDS))
    if unit not in OUTCOME_UNITS:
        raise BadProgramme(why=f"its outcome is counted in {unit!r}, which is neither contact nor day")
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise BadProgramme(why=f"its outcome needs {LEAST_DAYS} to {MOST_DAYS} days before and after enrolment")
    lane.run(
        "UPDATE programme SET outcome_kind = $kind, outcome_unit = $unit, outcome_days = $days, "
        "outcome_fixed_at = $at, outcome_fixed_by = $by WHERE programme_id = $id",
        kind=kind, unit=unit, days=days, at=clock.now(), by=fixed_by, id=found.programme_id,
    )  # fmt: skip
    return programme(lane, name)


def enrol(lane: Lane, one: Enrolment) -> None:
    """Keep an enrolment; the same person's of the same day is changed. Raises NoSuchProgramme, BadEnrolment."""
    if not lane.rows("SELECT 1 FROM programme WHERE programme_id = $id", id=one.programme_id):
        raise NoSuchProgramme(which=one.programme_id)
    if not lane.rows("SELECT 1 FROM person WHERE person_id = $id", id=one.person_id):
        raise BadEnrolment(why=f"there is no person {one.person_id} in this county file")
    if one.ends is not None and one.ends < one.starts:
        raise BadEnrolment(why=f"it would end on {day_in_words(one.ends)}, before {day_in_words(one.starts)}")
    key = {"id": one.programme_id, "person": one.person_id, "starts": one.starts}
    lane.run("DELETE FROM enrolment WHERE programme_id = $id AND person_id = $person AND starts = $starts", **key)
    lane.run(
        "INSERT INTO enrolment VALUES ($id, $person, $starts, $ends, $why)",
        **key, ends=one.ends, why=one.left_because or None,
    )  # fmt: skip


def programme(lane: Lane, which: str | int) -> Programme:
    """A programme by its name or number. Raises NoSuchProgramme."""
    for found in all_programmes(lane):
        if which in (found.name, found.programme_id):
            return found
    raise NoSuchProgramme(which=which)


def all_programmes(lane: Lane) -> list[Programme]:
    """Every programme, by name."""
    return [Programme(*row) for row in lane.rows("SELECT * FROM programme ORDER BY name")]


def all_enrolments(lane: Lane, programme_id: int | None = None) -> list[Enrolment]:
    """Enrolments of one programme, or of all, in order of their start.

    Somebody who was found to be another person since is that other; the same person twice on one day is one.
    """
    merged: dict[int, int] = dict(lane.rows("SELECT person_id, merged_into FROM person WHERE merged_into IS NOT NULL"))
    found: dict[tuple[int, int, date], Enrolment] = {}
    for row in lane.rows(
        "SELECT programme_id, person_id, starts, ends, left_because FROM enrolment "
        "WHERE $id IS NULL OR programme_id = $id ORDER BY programme_id, starts, person_id",
        id=programme_id,
    ):
        one = Enrolment(*row)
        while one.person_id in merged:
            one = replace(one, person_id=merged[one.person_id])
        found.setdefault((one.programme_id, one.person_id, one.starts), one)
    return list(found.values())
