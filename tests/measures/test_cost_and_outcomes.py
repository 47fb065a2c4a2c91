"""Cost by hand, and outcomes of a programme that did nothing: use falls all the same, in both cohorts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from ddj_desktop.cohort.coverage import coverage
from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.kernel.dates import Month, minus_months
from ddj_desktop.measures.catalogue import entry
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.outcome_figures import fixed_words
from ddj_desktop.measures.outcomes import followed_of
from ddj_desktop.measures.rows import open_rows
from ddj_desktop.measures.types import MonthFigures
from ddj_desktop.registers.costs import UnitCost, set_unit_cost
from ddj_desktop.registers.programmes import Enrolment, enrol, fix_outcome, keep_programme, programme
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from tests.measures.small_county import RULE, Contact, Made, Record, make, put

MONTH = Month(2026, 10)
AS_OF = date(2026, 10, 31)


def test_cost_is_units_times_price(county: CountyFile) -> None:
    lane = put(county, make(random.Random(3), 60, 600, date(2024, 9, 1), AS_OF))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
        for price in (
            UnitCost(
                "jail",
                "day",
                Decimal("85.50"),
                2025,
                "county",
                "sheriff",
                "average",
                Decimal("70"),
                Decimal("110"),
                "budget / ADP",
            ),
            UnitCost("jail", "day", Decimal("18"), 2025, "county", "sheriff", "marginal"),
            UnitCost("ems", "contact", Decimal("640"), 2026, "EMS district", "chief"),
        ):
            set_unit_cost(lane, price)
    figures = month_figures(lane, definition, MONTH)
    days, runs, said = figures.figures["days_jail"], figures.figures["contacts_ems"], figures.estimates
    assert days.count is not None
    assert runs.count is not None
    assert days.of is not None
    jail = said["cost_average_jail_day"]
    assert (jail.value, jail.low, jail.high) == (85.5 * days.count, 70 * days.count, 110 * days.count)
    assert jail.of == 85.5 * days.of
    assert "budget / ADP" in jail.note
    assert "Paid by: county" in jail.note
    assert jail.rows is not None
    assert open_rows(lane, jail.rows).amount * 85.5 == jail.value
    assert said["cost_average_total"].value == 85.5 * days.count + 640 * runs.count
    assert said["cost_marginal_jail_day"].value == 18 * days.count
    assert "cost_marginal_total" not in said, "one line is no sum"


class World:
    """400 people whose bookings come by chance alone, some quarters more than others: nobody's use has a reason."""

    def __init__(self, file: CountyFile) -> None:
        rng = random.Random(7)
        records = [Record(person * 10, 1, "jail", person, "M", None, "W") for person in range(1, 401)]
        contacts = []
        for person in range(1, 401):
            for _ in range(rng.choice((2, 4, 6, 9))):
                starts = datetime(2022, 1, 1) + timedelta(days=rng.randrange(1764), hours=rng.randrange(24))
                contacts.append(Contact(len(contacts) + 1, 1, "jail", person, starts, starts + timedelta(days=2), True))
        self.contacts = contacts
        self.lane: Lane = put(file, Made(contacts, records))
        self.index = date(2025, 6, 30)
        self.enrolled = sorted(self.on_list(self.index))[::2]
        with self.lane.transaction():
            definition = save_definition(self.lane, RULE, "tester")
            bridge = keep_programme(self.lane, "Bridge housing", "Harbor Shelter", date(2025, 6, 1), None)
            keep_programme(self.lane, "No outcome yet", None, date(2025, 6, 1), None)
            fix_outcome(self.lane, "Bridge housing", "jail", "contact", 365, "steering committee")
            for person in self.enrolled:
                enrol(self.lane, Enrolment(bridge.programme_id, person, self.index, None, None))
            enrol(self.lane, Enrolment(bridge.programme_id, 400, date(2026, 9, 1), None, None))
        self.figures: MonthFigures = month_figures(self.lane, definition, MONTH)

    def on_list(self, as_of: date) -> set[int]:
        after = minus_months(as_of, 12)
        counts = dict.fromkeys(range(1, 401), 0)
        for c in self.contacts:
            counts[c.person or 0] += after < c.day <= as_of
        return {person for person, number in counts.items() if number >= 3}

    def count(self, people: list[int], first: date) -> tuple[int, int]:
        """Bookings, and days out of jail, in the 365 days from `first`."""
        days = {first + timedelta(days=n) for n in range(365)}
        mine = [c for c in self.contacts if c.person in people]
        jailed = {(c.person, c.day + timedelta(days=n)) for c in mine for n in range(3)}
        in_jail = sum(day in days for _, day in jailed)
        return sum(c.day in days for c in mine), len(people) * 365 - in_jail


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    file, _ = CountyFile.create(
        tmp_path_factory.mktemp("county") / "Pine.ddj", "made-up people only", County("Pine", "KS", 14_000), "tester"
    )
    yield World(file)
    file.close()


def test_before_and_after_by_days_at_risk(world: World) -> None:
    said = world.figures.estimates
    as_if = minus_months(world.index, 12)
    for cohort, people, index in (
        ("enrolled", world.enrolled, world.index),
        ("as_if", sorted(world.on_list(as_if)), as_if),
    ):
        for part, first in (("before", index - timedelta(days=365)), ("after", index)):
            bookings, at_risk = world.count(people, first)
            found = said[f"outcome_1_{cohort}_{part}"]
            assert found.count == bookings, (cohort, part)
            assert found.value == pytest.approx(bookings / at_risk * 365.25), (cohort, part)
            assert found.rows is not None
            assert open_rows(world.lane, found.rows).total == bookings
            assert "expected even without any programme" in found.note
    assert (
        "of 31 people enrolled" in said["outcome_1_enrolled_after"].note
        or "people enrolled are followed" in said["outcome_1_enrolled_after"].note
    )


def test_the_counts_a_packet_works_from_are_those_of_the_rates(world: World) -> None:
    """People followed, contacts and days in jail of both cohorts, each opening to its rows."""
    figures, as_if = world.figures, minus_months(world.index, 12)
    chosen = {"enrolled": (world.enrolled, world.index), "as_if": (sorted(world.on_list(as_if)), as_if)}
    uses, jail = figures.tables["outcome_contacts_1"], figures.tables["outcome_jail_1"]
    for column, (cohort, (people, index)) in enumerate(chosen.items()):
        followed = figures.figures[f"outcome_followed_1_{cohort}"]
        late = 1 if cohort == "enrolled" else 0
        assert (followed.count, followed.of) == (len(people), len(people) + late), "one was enrolled too late to follow"
        assert open_rows(world.lane, followed.rows).total == len(people)
        for row, first in enumerate((index - timedelta(days=365), index)):
            bookings, at_risk = world.count(people, first)
            assert uses.counts[row][column] == bookings
            assert jail.counts[row][column] == len(people) * 365 - at_risk
            for table in (uses, jail):
                assert table.keys
                assert open_rows(world.lane, table.keys[row][column]).amount == table.counts[row][column]
        assert uses.people is not None
        assert uses.top_two is not None
        last = Counter(c.person for c in world.contacts if c.person in people and 0 <= (c.day - index).days < 365)
        assert uses.people[1][column] == len(last)
        assert list(uses.top_two[1][column]) == sorted(last.values(), reverse=True)[:2]


def test_people_whose_days_miss_a_month_are_not_followed(world: World) -> None:
    """A month without a file would look like a month in which nobody was booked."""
    chosen = {1: date(2025, 6, 30), 2: date(2024, 6, 30)}
    kept = programme(world.lane, 1)
    (whole,) = coverage(world.lane, AS_OF)
    assert followed_of(kept, chosen, (whole,), AS_OF).people == (1, 2)
    months = {month: number for month, number in whole.months.items() if month != Month(2023, 12)}
    assert followed_of(kept, chosen, (replace(whole, months=months),), AS_OF).people == (1,)
    assert followed_of(kept, chosen, (whole,), date(2026, 6, 28)).people == (2,)


def test_an_outcome_fixed_after_the_start_proves_nothing(world: World) -> None:
    kept = programme(world.lane, 1)
    assert "proves nothing" in world.figures.estimates["outcome_1_enrolled_after"].note, "it was fixed today"
    before = replace(kept, outcome_fixed_at=datetime(2025, 5, 2))
    assert fixed_words(before) == "The outcome was fixed on May 2, 2025, before anybody was enrolled."


def test_a_programme_that_does_nothing_shows_regression_to_the_mean(world: World) -> None:
    """Bookings fall by chance after a high year; the as-if cohort shows the same fall, so that no effect is claimed."""
    enrolled = world.figures.estimates["outcome_1_enrolled_change"]
    as_if = world.figures.estimates["outcome_1_as_if_change"]
    assert enrolled.value is not None
    assert as_if.value is not None
    assert enrolled.value < 0.7
    assert as_if.value < 0.7
    assert abs(enrolled.value - as_if.value) < 0.25
    compared = world.figures.estimates["outcome_1_compared"]
    assert compared.value == pytest.approx(enrolled.value / as_if.value)
    assert compared.low is not None
    assert compared.high is not None
    assert compared.low < 1 < compared.high


def test_the_catalogue_has_outcomes(world: World) -> None:
    shown = [*world.figures.estimates.values(), *world.figures.figures.values(), *world.figures.tables.values()]
    for one in shown:
        found = entry(one.name)
        assert found is not None, one.name
        assert found.unit == one.unit, one.name


def test_a_programme_without_a_fixed_outcome_shows_nothing(world: World) -> None:
    assert not [name for name in world.figures.estimates if name.startswith("outcome_2")]
