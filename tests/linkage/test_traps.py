"""The traps that matching is known to fall into, each on a county that is large enough to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from tests.linkage.made_up import crowd, link

COUNTY = crowd(250, seed=11)


def groups_of(extra: list[dict[str, object]]) -> list[int]:
    """Groups of the extra rows, standing among the made-up county."""
    rows = [dict(row) for row in COUNTY] + [{**row, "id": 900_000 + at} for at, row in enumerate(extra)]
    return [int(group) for group in link(rows).group[len(COUNTY) :]]


TWIN = {"last": "Wagoner", "birth": 19880314, "address": "512 Elm St", "phone": "6205550142", "sex": "F"}


@pytest.mark.parametrize(("one", "other"), [("Karen", "Phyllis"), ("Jessica", "Judith"), ("Tara", "Megan")])
def test_twins_stay_two(one: str, other: str) -> None:
    rows = [{**TWIN, "first": name} for name in (one, one, other, other)]
    a, b, c, d = groups_of(rows)
    assert a == b
    assert c == d
    assert a != c


def test_a_row_without_first_name_or_date_chains_no_twins() -> None:
    rows = [{**TWIN, "first": name} for name in ("Karen", "Phyllis")]
    rows.append({"first": "K", "last": "Wagoner", "address": "512 Elm St"})
    a, b, _ = groups_of(rows)
    assert a != b


def test_father_and_son_with_suffix_stay_two() -> None:
    man = {"first": "Walter", "middle": "J", "last": "Prendergast", "address": "77 Oak St", "sex": "M"}
    rows = [
        {**man, "suffix": "SR", "birth": 19510203}, {**man, "suffix": "JR", "birth": 19790708},
        {**man, "suffix": "Sr."}, {**man, "suffix": "JR"},
    ]  # fmt: skip
    sr, jr, sr_again, jr_again = groups_of(rows)
    assert sr != jr
    assert sr_again != jr_again
    assert sr_again != jr
    assert jr_again != sr


def test_father_and_son_without_suffix_stay_two() -> None:
    man = {"first": "Walter", "last": "Prendergast", "address": "77 Oak St", "sex": "M"}
    a, b = groups_of([{**man, "birth": 19510203}, {**man, "birth": 19790708}])
    assert a != b


@pytest.mark.parametrize(
    "name",
    [
        {"first": "John", "last": "Doe"},
        {"first": "Unknown", "last": "Unknown"},
        {"last": "UNK"},
        {"full_name": "DOE, JANE"},
    ],
)
def test_nobody_is_never_linked_however_much_agrees(name: dict[str, object]) -> None:
    row = {**name, "birth": 19800509, "ssn": "412556789", "address": "9 Birch St", "phone": "6205550177", "sex": "M"}
    assert len(set(groups_of([row, row, row]))) == 3


@pytest.mark.parametrize("day", [19000101, 19700101])
def test_a_placeholder_date_joins_no_strangers(day: int) -> None:
    rows = [{"first": f, "last": v, "birth": day, "sex": "M"} for f, v in
            (("Amos", "Quimby"), ("Amos", "Oxley"), ("Clyde", "Quimby"), ("Otis", "Ransom"))]  # fmt: skip
    assert len(set(groups_of(rows))) == 4


def test_the_jails_own_address_is_worth_nothing() -> None:
    names = [("Amos", "Aldridge"), ("Amos", "Barlow"), ("Clyde", "Cotter"), ("Dora", "Dinsmore"), ("Edwin", "Eddy"),
             ("Fern", "Farrow"), ("Galen", "Gentry"), ("Hope", "Hadley"), ("Ivan", "Ingram"), ("June", "Jarvis"),
             ("Karl", "Kimball"), ("Lena", "Lathrop")]  # fmt: skip
    rows = [{"first": f, "last": v, "address": "400 N Courthouse Sq", "birth": 19600101 + 10203 * at}
            for at, (f, v) in enumerate(names)]  # fmt: skip
    linked = link([dict(row) for row in COUNTY] + [{**row, "id": 900_000 + at} for at, row in enumerate(rows)])
    assert (linked.standard.street.codes[len(COUNTY) :] < 0).all()
    assert len(set(linked.group[len(COUNTY) :].tolist())) == len(rows)


def test_a_borrowed_number_joins_no_two_people() -> None:
    rows = [
        {"first": "Miles", "last": "Underhill", "birth": 19700315, "ssn": "412556789", "sex": "M"},
        {"first": "Tess", "last": "Yarborough", "birth": 19910922, "ssn": "412556789", "sex": "F"},
    ]
    assert len(set(groups_of(rows))) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"last": "Gallagher"},  # married name, same number and date
        {"first": "Becky"},
        {"birth": 19850307},  # day and month changed over
        {"birth": 19850708},  # one digit
        {"first": "Montgomery", "last": "Rebecca"},
        {"last": "Montgomry"},
        {"last": "Montgomery Sloan"},
        {"first": "R"},
        {"birth": 0, "birth_low": 1984, "birth_high": 1985},
    ],
)
def test_one_person_is_found_through_one_error(other: dict[str, object]) -> None:
    person = {"first": "Rebecca", "last": "Montgomery", "birth": 19850703, "sex": "F", "ssn": "412556789",
              "address": "31 Aspen Ct"}  # fmt: skip
    a, b = groups_of([person, {**person, **other}])
    assert a == b


def test_no_group_is_larger_than_its_person() -> None:
    sizes = np.bincount(link(COUNTY).group)
    assert sizes.max() == 2


def test_names_alone_weigh_less_than_the_same_names_with_a_phone() -> None:
    plain = {"first": "Pearl", "last": "Kettering"}
    rows = [dict(row) for row in COUNTY]
    rows += [{**plain, "id": 900_000}, {**plain, "id": 900_001}]
    rows += [{**plain, "id": 900_002, "phone": "6205550181"}, {**plain, "id": 900_003, "phone": "6205550181"}]
    linked = link(rows)
    at = {(int(a), int(b)): n for n, (a, b) in enumerate(zip(linked.pairs.left, linked.pairs.right, strict=True))}
    size = len(COUNTY)
    bare, phoned = at[size, size + 1], at[size + 2, size + 3]
    alone = linked.weigh(np.array([bare, phoned]))["names alone"]
    assert alone[0] < 0 == alone[1]
    assert linked.total[bare] < linked.total[phoned] - 3


@pytest.mark.parametrize("size", [0, 10, 60, 200])
def test_whole_names_alone_make_nobody_one_in_a_small_file(size: int) -> None:
    others = [{key: value for key, value in row.items() if key in ("first", "last", "birth")} for row in COUNTY[:size]]
    groups = groups_of([*others, *[{"first": "John", "last": "Smith"}] * 6])
    assert len(set(groups[-6:])) == 6


def test_a_surname_alone_makes_nobody_one() -> None:
    assert len(set(groups_of([{"last": "Smith"}] * 12))) == 12
    assert len(set(groups_of([{"first": "Zebulon", "sex": "M"}] * 3))) == 3


WALSH = {"first": "Robert", "last": "Walsh", "birth": 19730928, "sex": "M"}
ONE = {**WALSH, "ssn": "412557518", "address": "1736 S Cedar Ave"}
OTHER = {**WALSH, "ssn": "430562269", "address": "2275 N Market Ave"}


def test_one_name_and_birth_date_with_two_numbers_are_two_people() -> None:
    at_one, at_other = {**ONE, "ssn": ""}, {**OTHER, "ssn": ""}
    bare = {**WALSH, "birth": 0, "birth_low": 1972, "birth_high": 1973}
    a, b, a_home, b_home, a_again, b_again, *rest = groups_of([ONE, OTHER, at_one, at_other, ONE, OTHER, bare, WALSH])
    assert a == a_home == a_again
    assert b == b_home == b_again
    assert a != b
    assert not {a, b} & set(rest), "a row that fits both goes to neither"


def test_a_wrong_number_at_the_same_address_stays_with_its_person() -> None:
    a, b, c = groups_of([ONE, ONE, {**ONE, "ssn": "655119040"}])
    assert a == b == c


def test_a_row_without_birth_date_goes_to_neither_father_nor_son() -> None:
    man = {"first": "Felipe", "last": "Salazar", "sex": "M", "address": "489 Cheyenne St", "phone": "6205556836"}
    father = [{**man, "birth": 19700802, "ssn": "465420286"}] * 4
    son = [{**man, "birth": 20011017, "ssn": "481420576"}] * 4
    caller = {"first": "Felipe", "last": "Salazar", "phone": "6205556836"}
    *known, called = groups_of([*father, *son, caller])
    assert len(set(known[:4])) == len(set(known[4:])) == 1
    assert len({known[0], known[4], called}) == 3


def test_a_row_of_one_of_two_with_its_own_number_goes_to_that_one() -> None:
    father = {"first": "Felipe", "last": "Salazar", "sex": "M", "birth": 19700802, "ssn": "465420286"}
    son = {**father, "birth": 20011017, "ssn": "481420576"}
    a, _, b, _, row = groups_of([father, father, son, son, {**son, "birth": 0}])
    assert row == b != a


def test_one_wrong_birth_date_beside_its_own_number_tears_nobody() -> None:
    rows = (
        [{**ONE, "record_key": "J1"}] * 3 + [{**ONE, "ssn": ""}] * 3 + [{**ONE, "record_key": "J1", "birth": 19610204}]
    )
    assert len(set(groups_of(rows))) == 1
