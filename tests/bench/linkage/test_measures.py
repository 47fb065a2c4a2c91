"""The bench's own measures against counting one by one, and the made-up sets against what they promise."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.linkage.historical import few_fields, historical
from tests.bench.linkage.jail_like import jail_like, without_numbers
from tests.bench.linkage.made_set import MadeSet
from tests.bench.linkage.measures import linked_share, merged, quality, recall_of

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


@pytest.mark.parametrize("make", [jail_like, without_numbers, historical, few_fields])
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
