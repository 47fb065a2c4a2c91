"""The bench's own measures against counting one by one, and the made-up sets against what they promise."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.linkage.encyclopaedia import encyclopaedia
from tests.bench.linkage.historical import few_fields, historical
from tests.bench.linkage.jail_like import jail_like, without_numbers
from tests.bench.linkage.made_set import MadeSet
from tests.bench.linkage.measures import calibration, linked_share, merged, quality, recall_of
from tests.bench.linkage.public_sets import scaled
from tests.bench.linkage.sets import labelled_set, names_in

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=15)


@given(ROWS)
@settings(deadline=None)
def test_quality_is_what_counting_pairs_gives(rows: list[tuple[int, int]]) -> None:
    group, truth = zip(*rows, strict=True)
    pairs = list(combinations(range(len(rows)), 2))
    found = {p for p in pairs if group[p[0]] == group[p[1]]}
    right = {p for p in pairs if truth[p[0]] == truth[p[1]]}
    got = quality(group, truth)
    assert got.precision == pytest.approx(len(found & right) / max(len(found), 1))
    assert got.recall == pytest.approx(len(found & right) / max(len(right), 1))
    assert got.largest == max(group.count(g) for g in group)


@given(ROWS)
@settings(deadline=None)
def test_measures_of_some_rows_are_what_counting_gives(rows: list[tuple[int, int]]) -> None:
    group, truth = zip(*rows, strict=True)
    some = np.arange(len(rows)) % 2 == 0
    chosen = np.flatnonzero(some).tolist()
    others = {at: [o for o in range(len(rows)) if o != at] for at in chosen}
    alone = [any(group[o] == group[at] for o in others[at]) for at in chosen]
    assert linked_share(group, some) == pytest.approx(sum(alone) / len(chosen))
    own = {at: [o for o in others[at] if truth[o] == truth[at]] for at in chosen}
    shares = [sum(group[o] == group[at] for o in own[at]) / len(own[at]) for at in chosen if own[at]]
    assert recall_of(group, truth, some) == pytest.approx(sum(shares) / max(len(shares), 1))
    pair = {a for a, t in zip(group, truth, strict=True) if t == 0} & {
        a for a, t in zip(group, truth, strict=True) if t == 1
    }
    both = {0, 1} <= set(truth)
    assert merged(group, truth, {"pair": [(0, 1)]}) == {"pair": (int(bool(pair) and both), int(both))}


def test_how_sure_is_measured_against_whether_a_row_stands_with_one_of_its_person() -> None:
    group, truth = [1, 1, 1, 2, 2, 3], "aabcca"
    brier, error = calibration([0.9, 0.95, 0.8, 0.6, 0.5, 0.0], group, truth)
    assert brier == pytest.approx((0.1**2 + 0.05**2 + 0.8**2 + 0.4**2 + 0.5**2) / 5)
    assert error == pytest.approx((0.15 + 0.8 + 0.4 + 0.5) / 5)
    assert calibration([0.0], [1], ["a"]) == (0.0, 0.0)


@pytest.mark.parametrize("make", [jail_like, without_numbers, historical, encyclopaedia, few_fields])
def test_a_made_up_set_is_the_same_again_and_of_the_size_asked(make: Callable[[int, int], MadeSet]) -> None:
    one, again, other = make(3000, 5), make(3000, 5), make(3000, 6)
    assert all(len(column) == 3000 for column in [*one.columns.values(), one.person, *one.slips.values()])
    assert all((one.columns[name] == again.columns[name]).all() for name in one.columns)
    assert any((one.columns[name] != other.columns[name]).any() for name in one.columns)
    assert all(rows.any() for kind, rows in one.slips.items() if kind != "borrowed number")


def test_jail_like_rows_hold_traps_and_rows_of_nobody(tmp_path: Path) -> None:
    made = jail_like(20_000, 5)
    assert made.nobody.sum() == 300
    assert set(made.traps) == {
        "twins", "twins of one initial", "father and son, suffix", "father and son, no suffix",
        "one name and birth date", "borrowed number",
    }  # fmt: skip
    assert all(len(pairs) >= 5 for pairs in made.traps.values())
    places = [person for pairs in made.traps.values() for pair in pairs for person in pair]
    assert len(places) == len(set(places)), "no person is in two traps"
    made.write(tmp_path / "sheet.csv")
    assert (tmp_path / "sheet.csv").read_text("utf-8").count("\n") == 20_001


def test_people_of_an_encyclopaedia_are_as_hard_as_what_is_published_of_such_a_set() -> None:
    """Shares of empty cells and of pairs of one person that agree, where Splink's demo prints those of its own."""
    made = encyclopaedia(8000, 5)
    share = {name: float(np.mean(column != "")) for name, column in made.columns.items()}
    assert share["dob"] == pytest.approx(0.775, abs=0.02)
    assert share["postcode_fake"] == pytest.approx(0.774, abs=0.02)
    order = np.argsort(made.person, kind="stable")
    a, b = order[:-1], order[1:]
    one = made.person[a] == made.person[b]
    agree = {}
    for name in ("first_name", "surname", "dob", "birth_place", "occupation", "postcode_fake"):
        x, y = made.columns[name][a[one]], made.columns[name][b[one]]
        agree[name] = float(np.mean((x == y)[(x != "") & (y != "")]))
    wanted = {"first_name": 0.43, "surname": 0.67, "dob": 0.52, "birth_place": 0.79, "occupation": 0.87,
              "postcode_fake": 0.58}  # fmt: skip
    assert agree == pytest.approx(wanted, abs=0.04)


def test_noise_is_scaled_by_cell_and_never_certain() -> None:
    noise = {"census": {"row_noise": {"omit": {"row_probability": 0.1}},
                        "column_noise": {"age": {"typo": {"cell_probability": 0.01, "token_probability": 0.1},
                                                 "blank": {"cell_probability": 0.4}}}}}  # fmt: skip
    more = scaled(noise, 4)["census"]
    assert more["row_noise"] == noise["census"]["row_noise"]
    assert more["column_noise"]["age"] == {
        "typo": {"cell_probability": 0.04, "token_probability": 0.1}, "blank": {"cell_probability": 0.95},
    }  # fmt: skip
    assert noise["census"]["column_noise"]["age"]["blank"]["cell_probability"] == 0.4


def test_a_folder_of_labelled_sheets_is_measured_by_its_files(tmp_path: Path) -> None:
    others, folder = tmp_path / "others", tmp_path / "made"
    others.mkdir()
    folder.mkdir()
    (others / "b.csv").write_text("rec_id,given_name\nrec-4-org,ANN\nrec-4-dup-0,ANNE\n", "utf-8")
    town = "unique_id,cluster,first_name,last_name,dob,street_no\n1,7,ANN,LEE,1980-01-02,9\n"
    (others / "a.csv").write_text(town, "utf-8")
    assert names_in(others) == ["a", "b", "a, few fields"]
    whole, few, register = (labelled_set(name, folder, others) for name in ("a", "a, few fields", "b"))
    assert (whole.kind, few.kind, register.kind) == ("town", "few", "febrl")
    assert (whole.truth, few.truth, register.truth) == (["7"], ["7"], ["4", "4"])
    assert few.path.read_text("utf-8").split() == ["unique_id,first_name,last_name,dob", "1,ANN,LEE,1980-01-02"]
