"""Names, addresses and numbers in their standard form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.linkage.grouping import combined, distinct, holders, mixed
from ddj_desktop.linkage.name_columns import name_columns
from ddj_desktop.linkage.nickname_table import forms_of, nickname_pairs
from ddj_desktop.linkage.nonpersons import is_role
from ddj_desktop.linkage.placeholders import placeholder_days, shared_by_too_many
from ddj_desktop.linkage.standardise_names import Name, fold, name_of, whole_name
from ddj_desktop.linkage.standardise_numbers import standard_phone, standard_ssn
from ddj_desktop.linkage.standardise_places import standard_address, standard_zip
from tests.linkage.made_up import mentions_of


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("O'BRIEN JR, JAMES PATRICK", Name("JAMES", "PATRICK", ("OBRIEN",), "JR")),
        ("James P. O’Brien, Jr.", Name("JR", "", ("JAMES", "P", "OBRIEN"), "")),
        ("GARCIA-LOPEZ, MARÍA", Name("MARIA", "", ("GARCIA", "LOPEZ"), "")),
        ("Juan de la Cruz", Name("JUAN", "", ("DELACRUZ",), "")),
        ("MR JOHN Q PUBLIC III", Name("JOHN", "Q", ("PUBLIC",), "III")),
        ("SMITH, BOB (AKA BOBBY JONES)", Name("BOB", "", ("SMITH",), "")),
        ("RP WEBER, ANNA", Name("ANNA", "", ("WEBER",), "")),
        ("Nguyễn, Thị Ánh", Name("THI", "ANH", ("NGUYEN",), "")),
    ],
)
def test_a_whole_name_is_parted(full: str, expected: Name) -> None:
    if full.startswith("James P."):  # a comma before the suffix reads as LAST, FIRST; the parts form is safe
        found = name_of("James", "P.", "O’Brien, Jr.", "")
        assert found == Name("JAMES", "P", ("OBRIEN",), "JR")
        return
    assert whole_name(full) == expected


def test_parts_win_over_the_whole_name() -> None:
    row = {"full_name": "SOMEBODY ELSE", "first": "Ann Marie", "last": "Van Der Berg Sr"}
    assert written(row) == ("ANN", "MARIE", "VANDERBERG", "SR")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"full_name": "O'BRIEN JR, JAMES PATRICK"}, ("JAMES", "PATRICK", "OBRIEN", "JR")),
        ({"last": "Ruiz Soto, Ana"}, ("ANA", "", "RUIZSOTO", "")),
        ({"first": "Bob Jr", "middle": "Lee Sr", "last": "Ray III"}, ("BOB", "LEE", "RAY", "III")),
        ({"first": "Bob Jr", "middle": "Lee Sr", "last": "Ray", "suffix": "IV"}, ("BOB", "LEE", "RAY", "IV")),
        ({"first": "INMATE", "last": "UNKNOWN"}, ("", "", "", "")),
    ],
)
def test_cells_of_a_name_go_together(row: dict[str, object], expected: tuple[str, str, str, str]) -> None:
    assert written(row) == expected


def written(row: dict[str, object]) -> tuple[str, str, str, str]:
    """The parts of one mention's name, standing between two others."""
    names = name_columns(mentions_of([{"first": "Zoe", "last": "Zoll"}, row, {"full_name": "Ann Ash"}]))
    columns = (names.given, names.middle, names.surname, names.suffix)
    first, middle, last, suffix = ([*column.words, ""][column.codes[1]] for column in columns)
    return first, middle, last, suffix


def nobody(full: str, first: str, last: str) -> bool:
    """Whether one mention names nobody."""
    return bool(name_columns(mentions_of([{"full_name": full, "first": first, "last": last}])).nobody[0])


@pytest.mark.parametrize("word", ["ЖУКОВ", "李", "ΠΑΠΑΣ", "अमित"])
def test_names_in_any_script_survive(word: str) -> None:
    assert fold(word)


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "name",
    [("", "JOHN", "DOE"), ("", "JANE", "DOE"), ("DOE, JOHN #2", "", ""), ("", "UNKNOWN", "UNKNOWN"), ("", "", "UNK"),
     ("", "BABY BOY", "BABY"), ("BABY BOY", "", ""), ("VERIZON WIRELESS", "", ""), ("", "MALE", "UNKNOWN"),
     ("ENGINE 2", "", ""), ("COUNTY JAIL", "", ""), ("", "Anonymous", "Caller")],
)  # fmt: skip
def test_placeholders_name_nobody(name: tuple[str, str, str]) -> None:
    assert nobody(*name)


@pytest.mark.parametrize(
    "name",
    [("", "John", "Church"), ("", "Ann", "Bank"), ("", "Theodore", "Doerksen"), ("", "Jack", "House"),
     ("", "Maria", "State"), ("", "Boyd", "Ladder"), ("", "Unity", "Mann")],
)  # fmt: skip
def test_people_with_such_surnames_are_people(name: tuple[str, str, str]) -> None:
    assert not nobody(*name)


def test_roles_in_place_of_a_name_are_worth_nothing() -> None:
    assert is_role("INMATE")
    assert is_role("XXX")
    assert not is_role("ANNA")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("123-45-6788", "123456788"), ("000-12-3456", ""), ("999999999", ""), ("123456789", ""), ("6781", "6781"),
     ("6789", ""),     ("0000", ""), ("9999", ""), ("45678912", "045678912"), ("123450000", ""),
     ("", "")],
)  # fmt: skip
def test_social_security_placeholders_are_nothing(text: str, expected: str) -> None:
    assert standard_ssn(text) == expected


def test_addresses_meet_in_one_form() -> None:
    first = standard_address("456 North Main Street, Apt. 2")
    assert first == standard_address("456 N MAIN ST #2")
    assert (first.house, first.street) == ("456", "N MAIN ST")


@pytest.mark.parametrize("text", ["TRANSIENT", "Homeless", "GENERAL DELIVERY", "Pine County Jail", "unknown", ""])
def test_no_address_is_no_address(text: str) -> None:
    assert standard_address(text).street == ""


def test_phone_and_zip() -> None:
    assert standard_phone("(620) 555-0136") == standard_phone("620-555-0136 ") == "5550136"
    assert standard_phone("0000000000") == ""
    assert standard_zip("00000") == ""
    assert standard_zip("67114-1234") == "67114"


def test_nicknames_both_ways_and_spanish() -> None:
    words = sorted(["ROBERT", "BOB", "FRANCISCO", "PANCHO", "PACO", "ANNA"])
    pairs = nickname_pairs(words)
    code = {word: np.array([at]) for at, word in enumerate(words)}
    assert pairs.hold(code["BOB"], code["ROBERT"])[0]
    assert pairs.hold(code["PANCHO"], code["PACO"])[0]
    assert not pairs.hold(code["ANNA"], code["ROBERT"])[0]
    assert "GUADALUPE" in forms_of("LUPITA")


def test_a_day_hundreds_share_is_a_placeholder_and_january_1_only_a_year() -> None:
    chance = np.random.default_rng(3)
    plain = (
        chance.integers(1950, 2005, 3000) * 10000 + chance.integers(1, 13, 3000) * 100 + chance.integers(2, 29, 3000)
    )
    birth = np.concatenate([plain, np.full(60, 19850704), np.full(30, 19720101), [19000101]])
    nothing, year_only = placeholder_days(birth, np.arange(len(birth)))
    assert nothing[3000:3060].all()
    assert year_only[3060:3090].all()
    assert nothing[-1]
    assert not nothing[:3000].any()


def test_a_value_of_too_many_families_is_crowded_and_of_one_family_is_not() -> None:
    codes = np.array([0] * 12 + [1] * 12)
    surnames = np.array([*range(12), *[99] * 12])
    assert shared_by_too_many(codes, surnames, 4).tolist() == [True] * 12 + [False] * 12


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), min_size=1, max_size=60))
@settings(deadline=None)
def test_combined_is_equal_exactly_where_all_parts_are(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    out = combined(a, b)
    for i, left in enumerate(pairs):
        assert (out[i] < 0) == (min(left) < 0)
        for j, right in enumerate(pairs):
            if min(left) >= 0 and min(right) >= 0:
                assert (out[i] == out[j]) == (left == right)


NUMBERS = st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 2**40)), min_size=1, max_size=30)


@given(NUMBERS)
@settings(deadline=None, max_examples=100)
def test_grouping_says_what_plain_python_says(rows: list[tuple[int, int]]) -> None:
    a, b = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    values, back = distinct(b)
    assert values.tolist() == sorted(set(b.tolist()))
    assert values[back].tolist() == b.tolist()
    for number in (combined(a, b), combined(b, b, a), mixed(a, b)):
        assert [(n < 0) for n in number.tolist()] == [min(row) < 0 for row in rows]
        known = [(n, row) for n, row in zip(number.tolist(), rows, strict=True) if n >= 0]
        assert len({n for n, _ in known}) == len({row for _, row in known}) == len(set(known))
    expected = [len({y for x, y in rows if x == row[0] and y >= 0}) if row[0] >= 0 else 0 for row in rows]
    assert holders(a, b).tolist() == expected
