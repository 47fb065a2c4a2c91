"""Where the headings are, and what is no data: the layouts of real reports."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ddj_desktop.intake.group_lines import told_of_groups
from ddj_desktop.intake.structure import Structure, structure, told
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


def test_a_line_of_empty_cells_stops_nothing() -> None:
    lines = [HEAD, *map(person, range(5)), [""] * 5, *map(person, range(5, 9))]
    layout = structure(RawSheet("S", False, tuple((n, tuple(cells)) for n, cells in enumerate(lines, start=1))))
    assert len(layout.data) + len(layout.not_data) == len(lines)


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


OTHER = ["Case", "Charge", "Bond", "Court"]
CASES = [["1", "THEFT", "500", "A"], ["2", "DUI", "600", "B"], ["3", "FTA", "600", "B"]]


def test_a_second_table_of_the_same_names_is_read_with_the_first() -> None:
    lines = [["Males"], HEAD, *map(person, range(6)), [], ["Females"], HEAD, *map(person, range(6, 12))]
    layout = found(lines)
    assert reasons(layout) == {1: "title", 2: "headings", 10: "group", 11: "headings again"}
    assert len(layout.data) == 12


@pytest.mark.parametrize("title", [[], [["Court dates"]], [["Court dates"], ["of this week"]]])
def test_a_second_table_of_other_names_is_left_and_told_with_its_lines(title: list[list[str]]) -> None:
    layout = found([HEAD, *map(person, range(9)), [], *title, OTHER, *CASES])
    lines = range(12, 16 + len(title))
    assert reasons(layout) == {1: "headings", **dict.fromkeys(lines, "another table")}
    assert f"Lines 12 to {lines[-1]} hold another table" in told(layout)[0]


def test_a_table_between_two_pages_of_the_sheets_own_loses_nothing_of_them() -> None:
    counts = [["Charge", "Count"], ["THEFT", "4"], ["DUI", "2"]]
    layout = found([HEAD, *map(person, range(5)), [], *counts, [], HEAD, *map(person, range(5, 9))])
    assert len(layout.data) == 9
    assert [line for line, reason in reasons(layout).items() if reason == "another table"] == [8, 9, 10]


def test_words_after_a_blank_line_are_no_other_table() -> None:
    """Somebody of whom little is known, and a page that ends between a booking and its second charge."""
    unknown = ["PENDING", "ROE, NEW", "UNKNOWN", "UNKNOWN", "HOLD"]
    assert len(found([HEAD, *map(person, range(5)), [], unknown]).data) == 6
    more = ["", "", "", "", "THEFT"]
    assert len(found([HEAD, person(1), more, person(2), [], more, person(3), more]).data) == 6


@pytest.mark.parametrize(
    "names",
    [("Officer: SMITH", "Officer: JONES"), ("POD A", "POD B"), ("Females", "Weekenders"), ("Agency:", "Agency:")],
)
def test_lines_that_only_name_a_group_are_left_and_told(names: tuple[str, str]) -> None:
    first, second = names
    layout = found([HEAD, [first], *map(person, range(4)), ["Subtotal", "4"], [second], *map(person, range(4, 8)),
                    ["Grand Total: 8"]])  # fmt: skip
    assert reasons(layout) == {1: "headings", 2: "group", 7: "total", 8: "group", 13: "total"}
    assert told_of_groups(layout.not_data, ()) == [
        "2 lines name groups of rows and were left out: what is said there of the rows below is not taken in."
    ]


def test_a_name_or_number_alone_between_whole_lines_is_data() -> None:
    for alone in (["24-00099"], ["", "ROE, NEW"], ["", "ROE, NEW"], ["", "", "", "", "THEFT"]):
        assert len(found([HEAD, person(1), alone, person(2), alone, person(3)]).data) == 5


def test_tables_side_by_side_are_told() -> None:
    rows = [[*person(n), "", *person(n + 20)] for n in range(6)]
    (note,) = told(found([[*HEAD, "", *HEAD], *rows]))
    assert "side by side" in note
    assert "the one from column G on was left out. To take it in" in note
    assert told(found([[*HEAD, "Charge", "Charge"], *([*person(n), "DUI", "FTA"] for n in range(6))])) == []
