"""Moves from cell to cell are no bookings: they join the booking they belong to, in its rows or in a file apart."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ddj_desktop.store.county_file import CountyFile
from tests.intake.test_reports import ask, take_in, write

pytestmark = pytest.mark.usefixtures("warm", "on_nov_3")

BOOKINGS = [f"B{n}|ROE{'ABCDEF'[n]}, JAN|02/1{n}/1980|10/0{n + 1}/2026|10/2{n}/2026" for n in range(6)]


@pytest.mark.parametrize(
    "head",
    ["Booking No|Inmate Name|Move Date|From Cell|To Cell", "Booking Number|Housing Unit|Date Moved|Moved By",
     "Booking No|Assigned Date|Block|Cell|Bunk"],
)  # fmt: skip
def test_a_file_of_moves_adds_no_booking_and_moves_no_date(head: str, county: CountyFile, tmp_path: Path) -> None:
    take_in(county, write(tmp_path / "bookings.csv", "Booking No|Name|DOB|Booking Date|Release Date", *BOOKINGS))
    before = ask(county, "SELECT contact_key, starts, ends FROM contact ORDER BY 1")
    width = head.count("|")
    named = "Name" in head
    rows = []
    for n in range(6):
        for move in range(3):
            cells = [f"B{n}"] + ([f"ROE{'ABCDEF'[n]}, JAN"] if named else [])
            cells += [f"10/1{move}/2026" if "Date" in title else f"A{move}" for title in head.split("|")[len(cells) :]]
            assert len(cells) == width + 1
            rows.append("|".join(cells))
    batch = take_in(county, write(tmp_path / "moves.csv", head, *rows))
    assert ask(county, "SELECT contact_key, starts, ends FROM contact ORDER BY 1") == before
    assert before[0] == ("B0", datetime(2026, 10, 1), datetime(2026, 10, 20))
    assert len(batch.taken) + len(batch.refused) == 1


def test_a_row_for_each_cell_somebody_was_in_is_one_booking(county: CountyFile, tmp_path: Path) -> None:
    rows = [f"{booking}|{'ABC'[move]}1|10/1{move}/2026" for booking in BOOKINGS for move in range(3)]
    head = "Booking No|Name|DOB|Booking Date|Release Date|Housing Location|Location Date"
    take_in(county, write(tmp_path / "b.csv", head, *rows))
    found = ask(county, "SELECT contact_key, starts, ends FROM contact ORDER BY 1")
    assert len(found) == 6
    assert found[1] == ("B1", datetime(2026, 10, 2), datetime(2026, 10, 21))
