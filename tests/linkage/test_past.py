"""People of the past, as registers and encyclopaedias have them: what brings mentions together, and what counts."""

from __future__ import annotations

import numpy as np
import pytest

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.blocking import COMPARED_IN_FULL, candidate_pairs
from ddj_desktop.linkage.keys import key_parts, passes
from ddj_desktop.linkage.learn import learn_families
from ddj_desktop.linkage.model import BY_NAME, starting_model
from ddj_desktop.linkage.name_columns import name_columns
from ddj_desktop.linkage.score import UNKNOWN, in_groups, of_relatives
from ddj_desktop.linkage.standardise import standardise
from ddj_desktop.linkage.standardise_names import words_between
from ddj_desktop.linkage.types import Compared, Levels
from tests.linkage.made_up import crowd, mentions_of

MANY = crowd(COMPARED_IN_FULL // 2 + 1, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"first": "Ada", "last": "Penhallow"}, {"first": "Maud", "last": "Penhalow"}),
        ({"first": "Ada", "last": "Penhallow"}, {"first": "Ada", "last": "Trewin"}),
        ({"first": "Ada", "last": "Penhallow", "birth": 19310304}, {"first": "Maud", "birth": 19311130}),
        ({"first": "Ada", "occupation": "botanist"}, {"last": "Trewin", "occupation": "botanist"}),
    ],
)
def test_people_of_one_birth_place_meet_by_one_thing_more(one: dict[str, object], other: dict[str, object]) -> None:
    rows = [*MANY, {**one, "birth_place": "Zennor"}, {**other, "birth_place": "Zennor"}]
    pairs = candidate_pairs(standardise(mentions_of(with_places(rows)), Progress()), passes(), Progress())
    assert (len(MANY), len(MANY) + 1) in set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


def with_places(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows numbered anew."""
    return [{**row, "id": place} for place, row in enumerate(rows)]


def test_a_surname_and_an_occupation_or_a_neighbourhood_bring_two_mentions_together() -> None:
    rows = [
        *({**row, "zip": f"TQ{at % 60} {at % 9}AB"} for at, row in enumerate(MANY)),
        {"first": "Ada", "last": "Penhallow", "occupation": "botanist"},
        {"first": "Maud", "last": "Penhallow", "occupation": "botanist", "zip": "EX4 7ZZ"},
        {"first": "Jane", "last": "Trewin", "zip": "EX4 7ZZ"},
    ]
    pairs = candidate_pairs(standardise(mentions_of(with_places(rows)), Progress()), passes(), Progress())
    found = set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert {(len(MANY), len(MANY) + 1), (len(MANY) + 1, len(MANY) + 2)} <= found


def test_a_year_alone_is_a_year_to_meet_by_and_an_age_is_not() -> None:
    rows = [{"first": "Ada", "last": "Lee", "birth": 19310304}, {"birth_low": 1930, "birth_high": 1932, "last": "Lee"},
            {"birth_low": 1930, "birth_high": 1931, "last": "Lee"}, {"last": "Lee"}]  # fmt: skip
    parts = key_parts(standardise(mentions_of(with_places(rows)), Progress()))
    assert parts.year.tolist() == [1931, 1931, -1, -1]


def of_brothers(birth: str) -> dict[str, Levels]:
    """The levels of one pair: two first names, all the rest of one home."""
    said = {"given": "different", "surname": "exact", "birth": birth, "place": "same", "birth_place": "same"}
    return {
        name: np.array([field.code(said[name]) if said.get(name) else 0], np.int8) for name, field in BY_NAME.items()
    }


@pytest.mark.parametrize(
    ("full", "first", "last", "expected"),
    [
        ("thomas clifford, 1st baron clifford of chudleigh", "thomas", "chudleigh", ["CLIFFORD", "CLIFFORD"]),
        ("Sir John William Smith, 2nd Baronet", "John", "Smith", ["WILLIAM"]),
        ("tom 1st chudleigh", "tom", "chudleigh", []),
        ("Ada Lee", "Ada", "Lee", []),
        ("Maud Trewin", "Ada", "Lee", []),
        ("", "Ada", "Lee", []),
    ],
)
def test_what_stands_between_the_first_and_the_last_name(full: str, first: str, last: str, expected: list[str]) -> None:
    assert words_between(full, first, last) == expected


def test_a_whole_name_beside_its_parts_gives_a_middle_name_and_a_further_surname() -> None:
    rows: list[dict[str, object]] = [
        {"full_name": "thomas clifford, 1st baron clifford of chudleigh", "first": "thomas", "last": "chudleigh"},
        {"full_name": "anne grace clifford", "first": "anne", "last": "clifford"},
        {"full_name": "grace maud lee", "first": "grace", "middle": "jane", "last": "lee"},
    ]
    names = name_columns(mentions_of(rows), Progress())
    assert [*names.middle.words, ""][names.middle.codes[1]] == "GRACE"
    assert [*names.middle.words, ""][names.middle.codes[2]] == "JANE"
    assert names.middle.codes[0] == -1
    front, back = names.halves
    assert (front.words[front.codes[0]], back.words[back.codes[0]]) == ("CHUDLEIGH", "CLIFFORD")
    assert not names.nobody.any()


def test_relatives_take_nothing_away_where_no_families_are() -> None:
    model = starting_model()
    for birth in ("", "age fits", "years apart"):
        assert of_relatives(of_brothers(birth), model).tolist() == [True]
    model.families = False
    for birth in ("", "age fits", "years apart"):
        assert of_relatives(of_brothers(birth), model).tolist() == [False]


def homes(one_date: int, two_dates: int, home: dict[str, str]) -> Compared:
    """So many pairs of one surname and home with two first names and one birth date, and so many with two."""
    said = [{"given": "different", "surname": "exact", "birth": birth, **home} for birth in ("exact", "years apart")]
    levels = {
        name: np.array([field.code(one[name]) if name in one else 0 for one in said], np.int8)
        for name, field in BY_NAME.items()
    }
    return Compared(np.repeat([0, 1], [one_date, two_dates]), levels)


@pytest.mark.parametrize(
    ("pairs", "families"),
    [
        (homes(60, 10, {"address": "exact"}), False),
        (homes(60, 30, {"address": "exact"}), True),
        (homes(30, 1, {"address": "exact"}), True),
        (homes(60, 10, {"place": "same"}), False),
        (homes(60, 30, {"place": "same", "address": "street"}), True),
    ],
)
def test_families_are_seen_by_the_homes_of_two_birth_dates(pairs: Compared, families: bool) -> None:
    model = starting_model()
    model.u["place"] = np.array([1.0, 0.99, 0.009, 0.001])
    learn_families(model, pairs)
    assert model.families is families


def test_of_strangers_in_one_neighbourhood_no_family_is_made_where_addresses_are_known() -> None:
    at_home, near = homes(60, 2, {"address": "exact"}), homes(0, 90, {"place": "same"})
    model = starting_model()
    model.u["place"] = np.array([1.0, 0.99, 0.009, 0.001])
    learn_families(model, Compared.all_of([at_home, near]))
    assert not model.families


def test_a_pair_that_lacks_agreement_counts_no_more_against_two_groups_than_what_differs_in_it() -> None:
    model = starting_model()
    nothing, differs, excluded, agrees = {}, {"given": "different"}, {"suffix": "different"}, {"birth": "exact"}
    patterns: list[dict[str, str]] = [nothing, differs, excluded, agrees]
    levels = {
        name: np.array([field.code(said[name]) if name in said else 0 for said in patterns], np.int8)
        for name, field in BY_NAME.items()
    }
    compared = Compared(np.array([0, 1, 2, 3, 1]), levels)
    total = np.array([-13.0, -18.0, -19.0, 3.0, -1.0], np.float32)
    other = float(model.bits("given")[1])
    assert other < UNKNOWN
    assert in_groups(total, compared, model).tolist() == pytest.approx([UNKNOWN, other, -19.0, 3.0, -1.0], abs=1e-5)
