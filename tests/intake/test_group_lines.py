"""Lines that name a group of rows: what they say under a label is filled in on the rows of the group, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest

from ddj_desktop.intake.again import draft_again, mend_import
from ddj_desktop.intake.draft import suggest
from ddj_desktop.intake.group_lines import labels
from ddj_desktop.intake.types import Draft, RawFile, RawSheet
from ddj_desktop.store.county_file import CountyFile
from tests.intake.test_quirks import book, codes, one
from tests.intake.test_reports import ask, take_in, write

pytestmark = pytest.mark.usefixtures("on_nov_3")

HEAD = ["Booking #", "Name", "DOB", "Time", "Released", "Charge"]


def row(number: int, name: str = "") -> list[str]:
    return [f"B{number}", name or f"LEE, ANN {chr(65 + number)}", f"0{number % 9 + 1}/02/1980", "2:15 PM", "", "FTA"]


def draft_of(*rows: Sequence[str]) -> Draft:
    lines = tuple((number, tuple(cells)) for number, cells in enumerate(rows, start=1) if any(cells))
    (draft,) = suggest(RawFile("report.xlsx", "0" * 64, 1, "xlsx", None, (RawSheet("S", False, lines),)), kind="jail")
    return draft


def filled(draft: Draft, heading: str) -> dict[str, str]:
    """What each row of the sheet has in a column, by its first cell."""
    (column,) = [column.index for column in draft.columns if column.header == heading]
    no_data = {line.line for line in draft.not_data}
    lines = [(number, cells) for number, cells in draft.file.sheets[0].table if number not in no_data]
    return {cells[0]: cells[column] if column < len(cells) else "" for _, cells in lines}


def headings(draft: Draft) -> list[str]:
    return [column.header for column in draft.columns]


def test_a_date_that_only_the_group_says_is_the_start_of_each_of_its_rows(county: CountyFile, tmp_path: Path) -> None:
    path = book(tmp_path / "register.xlsx", [
        ["PINE COUNTY JAIL"], ["Daily booking register"], [],
        ["Inmate", None, None, "Booking", None, "Release", None, "Charge"],
        ["Number", "Name", "DOB", "Number", "Time", "Date", "Time", "Description"],
        ["Booking Date: 10/01/2026"],
        ["P1", "PAZ, LUIS A JR", "07/04/1985", "B1", "2:15 PM", "10/05/2026", "9:00 AM", "THEFT"],
        ["P2", "LEE, ANN", "02/03/1990", "B2", "11:40 PM", "10/02/2026", "8:05 AM", "DUI"],
        [None, None, None, None, None, None, None, "DRIVING WHILE SUSPENDED"],
        ["Subtotal for 10/01/2026: 2"], ["Booking Date: 10/02/2026 (continued)"],
        ["P3", "KIM, JO", "12/25/1979", "B3", "12:05 AM", "10/02/2026", "6:00 PM", "FTA"],
        ["Subtotal for 10/02/2026: 1"], ["Grand Total: 3 bookings"], ["Page 1 of 1"],
    ])  # fmt: skip
    result = one(county, path)
    assert (result.rows, result.new, result.set_aside, result.not_data) == (14, 4, 0, 10)
    assert result.mapping["starts"] == "Booking Date"
    assert ask(county, "SELECT contact_key, starts, count(*) FROM contact JOIN charge USING (contact_id) "
                       "GROUP BY ALL ORDER BY 1") == [
        ("B1", datetime(2026, 10, 1, 14, 15), 1), ("B2", datetime(2026, 10, 1, 23, 40), 2),
        ("B3", datetime(2026, 10, 2, 0, 5), 1),
    ]  # fmt: skip
    assert any('"Booking Date" was filled in on each row' in note for note in result.notes)
    assert "control_total_agrees" in codes(result)
    again = one(county, path)  # the layout was remembered, and the rows are the same
    assert (again.new, again.already_here) == (0, 4)
    lane = county.lane()
    kept = draft_again(lane, 1)  # the columns can be mended later without the file
    assert {column.header: column.field for column in kept.columns}["Booking Date"] == "starts"
    with lane.transaction():
        (mended,) = mend_import(lane, 1, {}, "tester")
    assert (mended.new, mended.set_aside, mended.not_data) == (4, 0, 10)


def test_a_group_ends_at_its_totals_and_at_the_next_label() -> None:
    draft = draft_of(HEAD, ["Booking Date: 10/01/2026"], row(1), row(2), ["Subtotal: 2"], row(3),
                     ["Booking Date: 10/02/2026"], row(4), row(5), row(6))  # fmt: skip
    assert filled(draft, "Booking Date") == {
        "B1": "10/01/2026", "B2": "10/01/2026", "B3": "", "B4": "10/02/2026", "B5": "10/02/2026", "B6": "10/02/2026",
    }  # fmt: skip


def test_labels_of_one_line_end_together_and_not_with_a_page() -> None:
    draft = draft_of(HEAD, ["Facility: Annex", "", "Booked:", "10/01/2026"], row(1), ["Page total: 1"], row(2), row(3),
                     ["Subtotal: 3"], row(4), row(5))  # fmt: skip
    for heading, said in (("Facility", "Annex"), ("Booked", "10/01/2026")):
        assert filled(draft, heading) == {"B1": said, "B2": said, "B3": said, "B4": "", "B5": ""}


def test_an_inner_group_is_not_carried_into_the_next_outer_one() -> None:
    draft = draft_of(HEAD, ["Facility: Main Jail"], ["Booking Date: 10/01/2026"], row(1), row(2),
                     ["Booking Date: 10/02/2026"], row(3), ["Facility: Annex"], row(4),
                     ["Booking Date: 10/03/2026"], row(5), row(6))  # fmt: skip
    assert filled(draft, "Facility") == {
        "B1": "Main Jail", "B2": "Main Jail", "B3": "Main Jail", "B4": "Annex", "B5": "Annex", "B6": "Annex",
    }  # fmt: skip
    assert filled(draft, "Booking Date") == {
        "B1": "10/01/2026", "B2": "10/01/2026", "B3": "10/02/2026", "B4": "", "B5": "10/03/2026", "B6": "10/03/2026",
    }  # fmt: skip


def test_labels_below_their_rows_or_that_mean_nothing_fill_no_column() -> None:
    below = draft_of(HEAD, row(1), row(2), ["Booking Date: 10/01/2026"], row(3), row(4), ["Booking Date: 10/02/2026"],
                     row(5), row(6))  # fmt: skip
    assert "Booking Date" not in headings(below)
    assert any("left out" in problem for problem in below.problems)
    said = draft_of(HEAD, ["DOB: 07/04/1985"], row(1), row(2), row(3), row(4), row(5))
    assert headings(said) == HEAD
    unknown = draft_of(HEAD, ["Remark: quiet night"], row(1), row(2), row(3), row(4), row(5))
    assert "Remark" not in headings(unknown)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["Booking Date:", "", "10/01/2026"], [("Booking Date", "10/01/2026")]),
        (["Facility: Annex", "", "Booked:", "10/01/2026"], [("Facility", "Annex"), ("Booked", "10/01/2026")]),
        (["Facility: Annex   Booked: 10/01/2026"], [("Facility", "Annex"), ("Booked", "10/01/2026")]),
        (["Officer: LEE (cont'd)"], [("Officer", "LEE")]),
        (["Booked: 10:15"], [("Booked", "10:15")]), (["Agency:"], []),
        (["B1", "Note: none"], []), (["LEE, ANN: x"], []),
    ],
)  # fmt: skip
def test_labels_of_a_line(cells: list[str], said: list[tuple[str, str]]) -> None:
    assert labels(cells) == said


def test_further_patients_of_a_run_take_its_number_and_time(county: CountyFile, tmp_path: Path) -> None:
    page = tmp_path / "runs.xls"
    page.write_text(
        "<table><tr><td>Run #</td><td>Date</td><td>Time</td><td>Patient Name</td><td>DOB</td><td>Destination</td></tr>"
        "<tr><td rowspan=2>R1</td><td rowspan=2>10/03/2026</td><td rowspan=2>3:05 PM</td><td>LEE, ANN</td>"
        "<td>07/04/1985</td><td rowspan=2>Mercy</td></tr><tr><td>PAZ, LUIS</td><td>01/15/2001</td></tr>"
        "<tr><td>R2</td><td>10/04/2026</td><td>12:20 AM</td><td></td><td></td><td>Refused</td></tr></table>"
    )
    result = one(county, page)
    assert (result.new, result.set_aside) == (3, 0)
    assert ask(county, "SELECT contact_key, last_name, starts FROM contact LEFT JOIN record USING (record_id) "
                       "ORDER BY 1, 2") == [
        ("R1", "LEE", datetime(2026, 10, 3, 15, 5)), ("R1", "PAZ", datetime(2026, 10, 3, 15, 5)),
        ("R2", None, datetime(2026, 10, 4, 0, 20)),
    ]  # fmt: skip


def test_a_line_that_says_something_of_the_event_is_no_further_person(county: CountyFile, tmp_path: Path) -> None:
    path = write(tmp_path / "cad.csv", "Call Number|Call Date|Call Type|Name|DOB",
                 "C1|10/01/2026|FIRE|LEE, ANN|07/04/1985", "||WELFARE CHECK|PAZ, LUIS|01/15/2001",
                 "C3|10/02/2026|FALL|KIM, JO|01/16/2001", "C4|10/02/2026|FALL|OH, ED|01/16/1991")  # fmt: skip
    (result,) = take_in(county, path).taken
    assert (result.new, result.set_aside) == (3, 1)


def test_a_name_before_the_word_total_is_a_total(county: CountyFile, tmp_path: Path) -> None:
    result = one(county, book(tmp_path / "Shelter nights.xlsx", [
        ["Overnight guests by shelter"], [], ["Guest ID", "Guest Name", "DOB", "Check In", "Check Out"],
        ["Shelter: Hope House"], ["G1", "Paz, Luis", "7/4/1985", "1-Oct-26", "3-Oct-26"],
        ["G2", "Lee, Ann", "1/15/2001", "2-Oct-26", None], ["Hope House Total: 2"],
        ["Shelter: Warming Center"], ["G3", "Kim, Jo", "12/25/1979", "5-Oct-26", "6-Oct-26"],
        ["Warming Center Total: 1"], ["Total guests", "3"], ["* Guests under 18 are not listed"],
    ]))  # fmt: skip
    assert (result.new, result.set_aside, result.not_data) == (3, 0, 8)
    assert result.mapping["facility"] == "Shelter"


def test_any_number_of_labels_takes_no_time() -> None:
    labelled = [[f"Word{number}: x"] for number in range(20_000)]
    rows = [row(number % 26) for number in range(4_000)]
    begin = process_time()
    draft = draft_of(HEAD, ["Booking Date: 10/01/2026"], *rows[:2_000], *labelled, *rows[2_000:])
    assert process_time() - begin < 5
    (column,) = [column.index for column in draft.columns if column.header == "Booking Date"]
    assert len(draft.not_data) == 20_002
    assert sum(cells[column] != "" for _, cells in draft.file.sheets[0].table if len(cells) > column) == 2_001


def test_charges_below_a_line_of_labels_that_says_whose_they_are(county: CountyFile, tmp_path: Path) -> None:
    result = one(county, book(tmp_path / "charges by inmate.xlsx", [
        ["Inmate charge report"], [], ["Charge", "Description", "Level", "Court", "Bond", "Disposition"],
        ["Inmate: PAZ, LUIS", None, "DOB: 07/04/1985", None, "Booking #: B1", "Booked: 10/01/2026"],
        ["13-1", "THEFT", "M", "DIST", "500", "OPEN"], ["13-2", "TRESPASS", "M", "DIST", "0", "OPEN"],
        ["Total charges: 2"],
        ["Inmate: LEE, ANN", None, "DOB: 02/03/1990", None, "Booking #: B2", "Booked: 10/02/2026"],
        ["14-1", "DUI", "F", "MUNI", "1000", "OPEN"], ["Total charges: 1"], ["3 bookings"],
    ]))  # fmt: skip
    assert (result.new, result.set_aside, result.not_data) == (3, 0, 7)
    assert any('"Inmate", "DOB", "Booking #" and "Booked" were filled in' in note for note in result.notes)
    assert ask(county, "SELECT contact_key, last_name, starts, string_agg(description, ' ' ORDER BY 1) FROM contact "
                       "JOIN record USING (record_id) JOIN charge USING (contact_id) GROUP BY ALL ORDER BY 1") == [
        ("B1", "PAZ", datetime(2026, 10, 1), "THEFT TRESPASS"), ("B2", "LEE", datetime(2026, 10, 2), "DUI"),
    ]  # fmt: skip
