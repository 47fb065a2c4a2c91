"""The bench's own measures against counting pairs one by one."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.linkage.measures import quality


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=15))
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
