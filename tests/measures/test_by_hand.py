"""One page of figures computed by hand, as a worked example: read the little table, do the sums, compare.

Ten people of Pine County in the twelve months from Nov 1, 2025 to Oct 31, 2026. A booking lasts from its first to its
last day; every day a stay touches is a day in jail. The definition is three bookings or more in the twelve months.

    person  race   bookings (first day to last day)                              EMS runs
    Ada     White  Jan 1 to Jan 3   Mar 1 to Mar 1   Jun 10 to Jun 19             Feb 2, Jun 30
    Ben     White  Feb 1 to Feb 2   Feb 20 to Feb 24   May 1 to May 1   Oct 30 -
    Cal     Black  Dec 1 to Dec 2   Apr 5 to Apr 6   Sep 1 to Sep 30              Sep 1
    Dee     White  Mar 3 to Mar 4
    Eli     Black  Jul 7 to Jul 7
    Fay     White  -                                                              Aug 8
    Gus     White  Oct 1 to Oct 2 (a protective custody hold)
    Hal     Black  Aug 1 to Aug 3   Aug 20 to Aug 21
    Ivy     White  -                                                              Jan 5, Jan 6, Jan 7
    Jo      -      May 5 to May 6
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import MonthFigures
from ddj_desktop.registers.costs import UnitCost, set_unit_cost
from ddj_desktop.registers.residents import set_residents
from ddj_desktop.store.county_file import County, CountyFile
from tests.measures.small_county import RULE, Contact, Made, Record, put

NAMES = ("Ada", "Ben", "Cal", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jo")
RACES = ("W", "W", "B", "W", "B", "W", "W", "B", "W", None)
BOOKINGS = """
Ada 2026-01-01 2026-01-03, Ada 2026-03-01 2026-03-01, Ada 2026-06-10 2026-06-19,
Ben 2026-02-01 2026-02-02, Ben 2026-02-20 2026-02-24, Ben 2026-05-01 2026-05-01, Ben 2026-10-30 -,
Cal 2025-12-01 2025-12-02, Cal 2026-04-05 2026-04-06, Cal 2026-09-01 2026-09-30,
Dee 2026-03-03 2026-03-04, Eli 2026-07-07 2026-07-07, Hal 2026-08-01 2026-08-03, Hal 2026-08-20 2026-08-21,
Jo 2026-05-05 2026-05-06
"""
HOLD = "Gus 2026-10-01 2026-10-02"
RUNS = """
Ada 2026-02-02, Ada 2026-06-30, Cal 2026-09-01, Fay 2026-08-08, Ivy 2026-01-05, Ivy 2026-01-06, Ivy 2026-01-07
"""
NOON = timedelta(hours=12)


def contacts() -> list[Contact]:
    """The table above as contacts at noon; only a number divisible by seven is a hold (small_county)."""
    numbers = iter(n for n in range(1, 200) if n % 7)
    found = []
    for line in BOOKINGS.replace("\n", " ").split(","):
        name, first, last = line.split()
        ends = None if last == "-" else datetime.fromisoformat(last) + NOON
        starts = datetime.fromisoformat(first) + NOON
        found.append(Contact(next(numbers), 1, "jail", NAMES.index(name) + 1, starts, ends, True))
    name, first, last = HOLD.split()
    found.append(
        Contact(
            700, 1, "jail", NAMES.index(name) + 1, datetime.fromisoformat(first), datetime.fromisoformat(last), True
        )
    )
    for line in RUNS.replace("\n", " ").split(","):
        name, day = line.split()
        starts = datetime.fromisoformat(day) + NOON
        found.append(Contact(next(numbers), 2, "ems", NAMES.index(name) + 1, starts, None, False))
    return found


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MonthFigures]:
    path = tmp_path_factory.mktemp("county") / "Pine.ddj"
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 1_000), "tester")
    records = [
        Record(person * 10 + at, at + 1, kind, person, "F", None, RACES[person - 1])
        for person in range(1, 11)
        for at, kind in enumerate(("jail", "ems"))
    ]
    lane = put(file, Made(contacts(), records))
    with lane.transaction():
        rule = RULE.replace('count = "contacts"', 'count = "contacts"\nsources = ["jail"]')
        definition = save_definition(lane, rule, "tester")
        set_unit_cost(lane, UnitCost("jail", "day", Decimal("100"), 2026, "county", "sheriff"))
        set_residents(lane, {"white": 600, "black": 150}, 2026, "made up", "tester")
    yield month_figures(lane, definition, Month(2026, 10))
    file.close()


def test_the_page_by_hand(month: MonthFigures) -> None:
    figures = {name: (figure.count, figure.of) for name, figure in month.figures.items()}
    # Ada has 3 bookings, Ben 4, Cal 3: three on the list, of ten people with any contact.
    assert figures["people_on_list"] == (3, 10)
    # 3 + 4 + 3 bookings of theirs, of 15 bookings and 1 hold.
    assert figures["contacts_jail"] == (10, 16)
    # Ada 3 + 1 + 10 = 14, Ben 2 + 5 + 1 + 2 (still in on Oct 31) = 10, Cal 2 + 2 + 30 = 34: 58 days.
    # Dee 2, Eli 1, Gus 2, Hal 3 + 2, Jo 2: 12 more.
    assert figures["days_jail"] == (58, 70)
    # Ada 2 runs and Cal 1, of 7.
    assert figures["contacts_ems"] == (3, 7)
    # The top 10 percent of the eight people with a jail contact is one person: Ben's 4 of 16, Cal's 34 of 70 days.
    assert figures["concentration_bookings_top_10"] == (4, 16)
    assert figures["concentration_jail_days_top_10"] == (34, 70)


def test_the_tables_by_hand(month: MonthFigures) -> None:
    tables = {name: dict(zip(table.rows, table.counts, strict=True)) for name, table in month.tables.items()}
    assert tables["jail_kinds"] == {"Bookings": (10, 5), "Protective custody": (0, 1)}
    # Stays that ended, by nights. List: Mar 1 and May 1 same day; Feb 1, Dec 1, Apr 5 one; Jan 1 two, Feb 20 four;
    # Jun 10 nine; Sep 1 twenty-nine. Others: Jul 7 same day; Mar 3, Aug 20, May 5 one; Aug 1 two.
    assert {row: counts for row, counts in tables["jail_stay_lengths"].items() if any(counts)} == {
        "Same day": (2, 1), "1 day": (3, 3), "2 to 5 days": (2, 1), "6 to 10 days": (1, 0), "11 to 30 days": (1, 0),
    }  # fmt: skip
    # First release to next booking. Ada Jan 3 to Mar 1: 57 days. Ben Feb 2 to Feb 20: 18. Cal Dec 2 to Apr 5: 124.
    # Hal Aug 3 to Aug 20: 17. Dee, Eli and Jo are not back. Gus was held, not booked.
    assert {row: counts for row, counts in tables["returns"].items() if any(counts)} == {
        "Within 30 days": (1, 1), "31 to 90 days": (1, 0), "91 to 180 days": (1, 0),
        "Not back by the last day": (0, 3),
    }  # fmt: skip
    # Known, booked into jail (holds are jail contacts too), booked and on the list.
    assert tables["race_stages"] == {
        "Black or African American": (3, 3, 1),
        "White": (6, 4, 2),
        "Not recorded": (1, 1, 0),
    }
    assert tables["combinations"] == {"Jail": (1,), "Jail + EMS": (2,)}


def test_the_estimates_by_hand(month: MonthFigures) -> None:
    said = month.estimates
    # Nights of the nine stays of the list that ended: 2 + 0 + 9, 1 + 4 + 0, 1 + 1 + 29 = 47; 47 / 9 days on average.
    assert (said["stay_mean_list"].count, said["stay_mean_list"].of) == (47, 9)
    assert said["stay_mean_list"].value == pytest.approx(47 / 9)
    # Three released, none lost: 1 of 3 back within 30 days, 2 of 3 within 90.
    assert said["returned_within_30_list"].value == pytest.approx(100 / 3)
    assert said["returned_within_90_list"].value == pytest.approx(200 / 3)
    # 58 days at 100 dollars.
    assert (said["cost_average_jail_day"].value, said["cost_average_jail_day"].of) == (5_800, 7_000)
    # Booked: 3 of 150 Black residents are 20 per 1,000, 4 of 600 White ones 6.67; ratio 3.
    assert said["race_booked_black"].value == pytest.approx(20)
    assert said["race_booked_white"].value == pytest.approx(6.6667, abs=1e-4)
    ratio = said["race_ratio_booked_black"]
    assert ratio.value == pytest.approx(3)
    assert ratio.unstable, "fewer than 20 people on either side"
    assert "Cannot be distinguished from no difference" in ratio.note
    # On the list: 1 of 3 booked, against 2 of 4: ratio 2/3.
    assert said["race_ratio_listed_black"].value == pytest.approx(2 / 3)
