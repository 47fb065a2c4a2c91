"""Residents by group: as typed, as a table from the census site, as its download with codes."""

from __future__ import annotations

import pytest

from ddj_desktop.registers.errors import BadResidents, NotAPopulationSheet
from ddj_desktop.registers.residents import all_residents, read_residents, set_residents
from ddj_desktop.store.county_file import CountyFile

TRUTH = {"white": 11_204, "black": 412, "aian": 320, "asian": 96, "nhpi": 11, "other": 40, "multiracial": 512,
         "hispanic": 1_405}  # fmt: skip


def codes(table: str, numbers: dict[str, str], total: int) -> list[list[str]]:
    """A download of data.census.gov: a line of codes, a line of words, a line of numbers."""
    names = ["GEO_ID", "NAME", f"{table}_001{'E' if table == 'B03002' else 'N'}"]
    row = ["0500000US20999", "Pine County, Kansas", str(total)]
    for race, number in numbers.items():
        names += [f"{table}_{number}{'E' if table == 'B03002' else 'N'}", f"{table}_{number}M"]
        row += [str(TRUTH[race]), "**"]
    return [names, [f"Estimate!!{name}" for name in names], row]


@pytest.mark.parametrize(
    ("table", "first"),
    [("B03002", {"white": "003", "black": "004", "aian": "005", "asian": "006", "nhpi": "007", "other": "008",
                 "multiracial": "009", "hispanic": "012"}),
     ("P9", {"hispanic": "002", "white": "005", "black": "006", "aian": "007", "asian": "008", "nhpi": "009",
             "other": "010", "multiracial": "011"})],
)  # fmt: skip
def test_a_census_download(table: str, first: dict[str, str]) -> None:
    assert read_residents(codes(table, first, sum(TRUTH.values()))) == TRUTH


def test_a_table_copied_from_the_census_site() -> None:
    lines = [
        ["Label (Grouping)", "Pine County, Kansas!!Estimate", "Pine County, Kansas!!Margin of Error"],
        ["Total:", "14,000", "*****"],
        ["\xa0\xa0Not Hispanic or Latino:", "12,595", "±8"],
        ["\xa0\xa0\xa0\xa0White alone", "11,204", "±61"],
        ["\xa0\xa0\xa0\xa0Black or African American alone", "412", "±40"],
        ["\xa0\xa0\xa0\xa0American Indian and Alaska Native alone", "320", "±39"],
        ["\xa0\xa0\xa0\xa0Asian alone", "96", "±20"],
        ["\xa0\xa0\xa0\xa0Native Hawaiian and Other Pacific Islander alone", "11", "±9"],
        ["\xa0\xa0\xa0\xa0Some other race alone", "40", "±21"],
        ["\xa0\xa0\xa0\xa0Two or more races:", "512", "±77"],
        ["\xa0\xa0\xa0\xa0\xa0\xa0Two races including Some other race", "100", "±30"],
        ["\xa0\xa0\xa0\xa0\xa0\xa0Two races excluding Some other race, and three or more races", "412", "±30"],
        ["\xa0\xa0Hispanic or Latino:", "1,405", "±8"],
        ["\xa0\xa0\xa0\xa0White alone", "700", "±60"],
        ["\xa0\xa0\xa0\xa0Some other race alone", "705", "±60"],
    ]
    assert read_residents(lines) == TRUTH


def test_two_columns_typed_by_hand() -> None:
    lines = [["Group", "People"], ["White", "11204"], ["Black", "412"], ["Hispanic", "1405"], ["aian", "320"],
             ["Pacific Islander", "9"]]  # fmt: skip
    assert read_residents(lines) == {"white": 11_204, "black": 412, "hispanic": 1_405, "aian": 320, "nhpi": 9}


def test_a_group_nobody_knows_is_told_and_not_left_out() -> None:
    with pytest.raises(BadResidents, match="line 3"):
        read_residents([["Group", "People"], ["White", "11204"], ["Martian", "412"]])


@pytest.mark.parametrize("lines", [[], [["Name", "Born"], ["Smith", "1990"]], [["White", "5"], ["White alone", "6"]]])
def test_what_is_no_population(lines: list[list[str]]) -> None:
    with pytest.raises(NotAPopulationSheet):
        read_residents(lines)


def test_kept_and_replaced_as_a_whole(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        set_residents(lane, {"white": 1, "mena": 2}, 2020, "hand count", "tester")
        set_residents(lane, TRUTH, 2024, "ACS 2020-2024, B03002", "tester")
    kept = all_residents(lane)
    assert {one.race: one.people for one in kept} == TRUTH
    assert {one.source for one in kept} == {"ACS 2020-2024, B03002"}


@pytest.mark.parametrize(
    ("people", "year", "source"),
    [({}, 2024, "x"), ({"white": -1}, 2024, "x"), ({"white": 0}, 2024, "x"), ({"green": 5}, 2024, "x"),
     ({"white": 5}, 24, "x"), ({"white": 5}, 2024, " ")],
)  # fmt: skip
def test_what_residents_can_not_be(county: CountyFile, people: dict[str, int], year: int, source: str) -> None:
    with pytest.raises(BadResidents):
        set_residents(county.lane(), people, year, source, "tester")
