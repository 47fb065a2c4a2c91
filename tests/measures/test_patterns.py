"""Patterns of jail use against plain Python that lists every booking of every person by itself."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.kernel.dates import Month, Span, trailing_months
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.rows import Opener, open_rows
from ddj_desktop.measures.types import MonthFigures
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from tests.measures.small_county import RULE, Contact, Made, make, put

MONTH = Month(2026, 10)
AS_OF = date(2026, 10, 31)
WINDOW = trailing_months(AS_OF, 12)
TWO_YEARS = trailing_months(AS_OF, 24)


class World:
    def __init__(self, file: CountyFile, treatment: str = "") -> None:
        self.made: Made = make(random.Random(5), 200, 3000, date(2023, 9, 1), AS_OF)
        self.lane: Lane = put(file, self.made)
        self.lane.run("UPDATE source SET kind = 'treatment' WHERE kind = $kind", kind=treatment)
        with self.lane.transaction():
            definition = save_definition(self.lane, RULE.replace("value = 3", "value = 6"), "tester")
        self.figures: MonthFigures = month_figures(self.lane, definition, MONTH)
        named = [c for c in self.made.contacts if c.person is not None]
        year = Counter(c.person for c in named if c.day in WINDOW)
        self.members = {person for person, number in year.items() if number >= 6}
        self.jail = sorted((c for c in named if c.source_kind == "jail"), key=lambda c: (c.person, c.starts))

    def end(self, contact: Contact) -> datetime | None:
        return contact.ends if contact.ends and contact.ends.date() <= AS_OF else None

    def stays(self, person: int) -> list[tuple[datetime, datetime | None]]:
        """Bookings of one person, those that overlap or follow within a day made one."""
        found: list[tuple[datetime, datetime | None]] = []
        for c in (c for c in self.jail if c.person == person and c.kind == "booking"):
            before = found[-1][1] if found else None
            if found and (before is None or c.starts <= before + timedelta(days=1)):
                end = self.end(c)
                found[-1] = (found[-1][0], None if before is None or end is None else max(before, end))
            else:
                found.append((c.starts, self.end(c)))
        return found

    def first_releases(self, span: Span) -> dict[int, tuple[bool, int]]:
        """Person to (booked again, days until then or to the last day)."""
        found = {}
        for person in {c.person for c in self.jail if c.person is not None}:
            stays = [*self.stays(person), (None, None)]
            for (_, left), (following, _) in pairwise(stays):
                if left is not None and left.date() in span and person not in found:
                    until = following or datetime.combine(AS_OF, datetime.min.time()) + timedelta(days=1)
                    found[person] = (following is not None, (until - left) // timedelta(days=1))
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("county") / "Pine.ddj"
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 14_000), "tester")
    yield World(file)
    file.close()


def both(world: World, contacts: list[Contact]) -> tuple[int, int]:
    mine = sum(c.person in world.members for c in contacts)
    return mine, len(contacts) - mine


def test_kinds_and_charges(world: World) -> None:
    kinds, charges = world.figures.tables["jail_kinds"], world.figures.tables["jail_charges"]
    here = [c for c in world.jail if c.day in WINDOW]
    assert dict(zip(kinds.rows, kinds.counts, strict=True)) == {
        "Bookings": both(world, [c for c in here if c.kind == "booking"]),
        "Protective custody": both(world, [c for c in here if c.kind == "protective_custody"]),
    }
    order = ("violent", "property", "drug_alcohol", "public_order")
    words = dict(zip(order, ("Violent", "Property", "Drugs or alcohol", "Public order"), strict=True))
    for r, row in enumerate(charges.rows):
        found = [
            c for c in here if c.kind == "booking"
            and row == words.get(min(c.charges, key=order.index, default=""), "No charge recorded")
        ]  # fmt: skip
        assert charges.counts[r] == both(world, found), row


def test_lengths_of_stays_that_ended(world: World) -> None:
    table = world.figures.tables["jail_stay_lengths"]
    ended = [c for c in world.jail if c.kind == "booking" and (end := world.end(c)) and end.date() in WINDOW]
    edges = {"Same day": (0, 0), "1 day": (1, 1), "2 to 5 days": (2, 5), "6 to 10 days": (6, 10),
             "11 to 30 days": (11, 30), "31 to 100 days": (31, 100), "Over 100 days": (101, 9999)}  # fmt: skip
    for row, counts in zip(table.rows, table.counts, strict=True):
        low, high = edges[row]
        assert counts == both(world, [c for c in ended if low <= (c.ends.date() - c.day).days <= high]), row  # type: ignore[union-attr]
    mine = [(c.ends.date() - c.day).days for c in ended if c.person in world.members]  # type: ignore[union-attr]
    mean = world.figures.estimates["stay_mean_list"]
    assert (mean.count, mean.of, mean.opens) == (sum(mine), len(mine), len(mine))
    assert mean.value == pytest.approx(sum(mine) / len(mine))


def test_how_soon_people_come_back(world: World) -> None:
    table = world.figures.tables["returns"]
    releases = world.first_releases(TWO_YEARS)
    assert len(releases) > 30
    upto = {"Within 30 days": 30, "31 to 90 days": 90, "91 to 180 days": 180, "181 to 365 days": 365,
            "After 365 days": 9999}  # fmt: skip
    found = Counter(
        (next(row for row, days in upto.items() if after <= days) if back else "Not back by the last day",
         person in world.members)
        for person, (back, after) in releases.items()
    )  # fmt: skip
    for row, counts in zip(table.rows, table.counts, strict=True):
        assert counts == (found[row, True], found[row, False]), row


def test_the_share_back_is_the_product_limit(world: World) -> None:
    """Multiply the share of those at risk who stay out, day by day."""
    mine = [found for person, found in world.first_releases(TWO_YEARS).items() if person in world.members]
    out = 1.0
    for day in range(91):
        at_risk = sum(after >= day for _, after in mine)
        out *= 1 - sum(back and after == day for back, after in mine) / at_risk
    said = world.figures.estimates["returned_within_90_list"]
    assert said.value == pytest.approx(100 * (1 - out))
    assert said.count == sum(back and after <= 90 for back, after in mine)
    assert said.of == len(mine)
    assert said.low is not None
    assert said.value is not None
    assert said.high is not None
    assert said.low < said.value < said.high


def test_stepping_up(world: World) -> None:
    def ill(span: Span) -> set[int | None]:
        return {c.person for c in world.made.contacts if c.day in span and c.flags.get("mental_health") == "yes"}

    figures = world.figures.figures
    booked = [c for c in world.jail if c.day in WINDOW and c.kind == "booking"]
    figure = figures["bookings_mental_health"]
    assert (figure.count, figure.of) == (sum(c.person in ill(WINDOW) for c in booked), len(booked))
    before = Span(TWO_YEARS.first, WINDOW.first - timedelta(days=1))
    releases = {p: found for p, found in world.first_releases(before).items() if p in ill(before)}
    figure = figures["rebooked_mental_health"]
    assert (figure.count, figure.of) == (sum(back and after <= 365 for back, after in releases.values()), len(releases))
    assert figures["connected_mental_health"].count is None, "the county has no treatment source"


def test_people_seen_by_treatment_after_release(tmp_path: Path) -> None:
    """The calls of the made-up county as a clinic's visits: of each ill person's first release in the twelve months,
    early enough to be followed, whether a visit lies from its day to thirty days later."""
    file, _ = CountyFile.create(tmp_path / "Pine.ddj", "made-up people only", County("Pine", "KS", 14_000), "tester")
    world = World(file, treatment="dispatch")
    ill = {c.person for c in world.made.contacts if c.day in WINDOW and c.flags.get("mental_health") == "yes"}
    visits = [c for c in world.made.contacts if c.source_kind == "dispatch"]
    released, seen = 0, 0
    for person in sorted({c.person for c in world.jail if c.person in ill and c.person is not None}):
        left = [end.date() for _, end in world.stays(person) if end and end.date() in WINDOW]
        if not left or left[0] > AS_OF - timedelta(days=30):
            continue
        released += 1
        seen += any(c.person == person and 0 <= (c.day - left[0]).days <= 30 for c in visits)
    figure = world.figures.figures["connected_mental_health"]
    assert 0 < seen < released
    assert (figure.count, figure.of) == (seen, released)
    assert open_rows(world.lane, figure.rows).total == seen
    file.close()


def test_hours_are_those_of_the_clock(world: World) -> None:
    table = world.figures.tables["hours_dispatch"]
    assert table.inside
    mine = [c for c in world.made.contacts
            if c.source_kind == "dispatch" and c.person in world.members and c.day in WINDOW]  # fmt: skip
    found = Counter((c.starts.isoweekday() - 1, c.starts.hour // 3) for c in mine)
    assert table.counts == tuple(tuple(found[day, block] for block in range(8)) for day in range(7))


def test_every_estimate_opens_to_its_rows(world: World) -> None:
    opener = Opener(world.lane)
    for estimate in world.figures.estimates.values():
        if estimate.rows is not None and estimate.value is not None:
            assert opener.rows((estimate.rows,)).total == estimate.opens, estimate.name
