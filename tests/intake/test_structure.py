"""Where the headings are, and what is no data: the layouts of real reports."""

from __future__ import annotations

from collections.abc import Sequence

from ddj_desktop.intake.structure import Structure, structure
from ddj_desktop.intake.types import RawSheet

HEAD = ["Booking No", "Name", "DOB", "Booked", "Charge"]


def person(number: int) -> list[str]:
    """One row of a jail report."""
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26]
    return [f"24-{number:05d}", f"ROE{letter}, JAN", f"0{number % 9 + 1}/17/1980", f"1{number % 3}/02/2024", "TRESPASS"]


def found(lines: Sequence[Sequence[str]]) -> Structure:
    """The structure of a sheet of these lines; blank lines are left out, as the reader leaves them."""
    kept = tuple((number, tuple(cells)) for number, cells in enumerate(lines, start=1) if any(cells))
    return structure(RawSheet("S", False, kept))


def reasons(layout: Structure) -> dict[int, str]:
    """Line to reason."""
    return {one.line: one.reason for one in layout.not_data}


def test_headings_in_the_first_line() -> None:
    layout = found([HEAD, *map(person, range(9))])
    assert layout.header_lines == (1,)
    assert layout.headers == tuple(HEAD)
    assert len(layout.data) == 9


def test_banner_lines_above_are_titles() -> None:
    banner = [["PINE COUNTY SHERIFF"], ["Bookings 10/01/2024 - 10/31/2024"], [], ["Run date", "11/01/2024"]]
    layout = found([*banner, HEAD, *map(person, range(9))])
    assert layout.header_lines == (5,)
    assert reasons(layout) == {1: "title", 2: "title", 4: "title", 5: "headings"}


def test_headings_again_on_each_page() -> None:
    lines = [["PINE COUNTY"], HEAD, *map(person, range(5)), ["PINE COUNTY"], HEAD, *map(person, range(5, 9))]
    layout = found(lines)
    assert reasons(layout) == {1: "title", 2: "headings", 8: "title", 9: "headings again"}
    assert len(layout.data) == 9


def test_totals_and_footers() -> None:
    tail = [[], ["Total: 312"], ["", "Grand Total", "", "", "9"], ["Page 1 of 3"], ["Printed by", "clerk"], ["-----"]]
    layout = found([HEAD, *map(person, range(9)), *tail])
    assert {line: reason for line, reason in reasons(layout).items() if line > 1} == {
        12: "total",
        13: "total",
        14: "footer",
        15: "footer",
        16: "rule line",
    }
    assert len(layout.data) == 9


def test_page_footers_in_the_body() -> None:
    lines = [HEAD, *map(person, range(4)), ["Page 1 of 2"], *map(person, range(4, 8)), ["Page 2 of 2"]]
    assert {line for line, reason in reasons(found(lines)).items() if reason == "footer"} == {6, 11}


def test_a_person_called_total_is_data() -> None:
    row = ["24-99999", "TOTAL, ANN", "01/17/1980", "10/02/2024", "TRESPASS"]
    assert len(found([HEAD, *map(person, range(5)), row]).data) == 6


def test_a_remark_below_the_table_is_no_data() -> None:
    layout = found([HEAD, *map(person, range(9)), ["Weekenders are not shown."]])
    assert reasons(layout)[11] == "footer"


def test_second_lines_of_a_group_are_data() -> None:
    more = ["", "", "", "", "THEFT"]
    layout = found([HEAD, person(1), more, person(2), more, more, person(3), more])
    assert len(layout.data) == 7


def test_headings_over_two_lines_broken_in_the_cell() -> None:
    upper, lower = (
        ["Booking", "Inmate", "Birth", "Booking", "Charge"],
        ["Number", "Name", "Date", "Date", "Description"],
    )
    layout = found([upper, lower, *map(person, range(9))])
    assert layout.header_lines == (1, 2)
    assert layout.headers == ("Booking Number", "Inmate Name", "Birth Date", "Booking Date", "Charge Description")


def test_headings_over_two_lines_again_on_a_later_page() -> None:
    upper, lower = (
        ["Booking", "Inmate", "Birth", "Booking", "Charge"],
        ["Number", "Name", "Date", "Date", "Description"],
    )
    layout = found([upper, lower, *map(person, range(5)), upper, lower, *map(person, range(5, 9))])
    assert reasons(layout) == {1: "headings", 2: "headings", 8: "headings again", 9: "headings again"}
    assert len(layout.data) == 9


def test_a_last_row_of_few_values_is_data() -> None:
    """Someone booked a minute ago has a number and little else."""
    wide = [[*HEAD, "Sex", "Race", "Address", "City"], *([*person(n), "M", "W", "1 OAK ST", "Pine"] for n in range(9))]
    assert len(found([*wide, ["24-00099", "ROE, NEW"]]).data) == 10
    assert len(found([*wide, ["24-00099"]]).data) == 10


def test_a_charge_that_reads_like_a_footer_is_data() -> None:
    more = ["", "", "", "", "COUNT 2"]
    assert len(found([HEAD, person(1), more, person(2), more, person(3), more]).data) == 6


def test_headings_under_a_group_name() -> None:
    upper = ["Inmate", "", "", "Booking", "", "Release", ""]
    lower = ["Last Name", "First Name", "DOB", "Date", "Time", "Date", "Time"]
    rows = [["ROE", "JAN", "01/17/1980", f"10/{n + 13}/2024", "10:00", f"11/{n + 13}/2024", "12:00"] for n in range(9)]
    layout = found([upper, lower, *rows])
    assert layout.header_lines == (1, 2)
    assert layout.headers[3:] == ("Booking Date", "Booking Time", "Release Date", "Release Time")


def test_no_headings_at_all() -> None:
    rows = [[f"11278146{n}", "ACCP", "10062011", "003837", "WC", "5295 SUN VALLEY BL", "SUN VALLEY"] for n in range(9)]
    layout = found(rows)
    assert layout.header_lines == ()
    assert len(layout.data) == 9


def test_words_in_every_cell_are_not_headings_by_themselves() -> None:
    rows = [["WHITE", "ADAM", "MALE"], ["BROWN", "ASIAN", "FEMALE"], ["LONG", "KIM", "MALE"], ["WHITE", "JO", "FEMALE"]]
    assert found(rows * 4).header_lines == ()


def test_unknown_headings_are_found_by_what_stands_below() -> None:
    rows = [[f"{n}", "ROE", f"0{n % 9 + 1}/17/1980"] for n in range(20)]
    assert found([["Xqz", "Wvk", "Jfd"], *rows]).header_lines == (1,)


def test_five_rows_are_enough() -> None:
    assert found([["PINE COUNTY JAIL"], HEAD, *map(person, range(5))]).header_lines == (2,)


def test_one_row_is_enough_under_known_headings() -> None:
    assert found([HEAD, person(1)]).header_lines == (1,)
