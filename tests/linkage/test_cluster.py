"""Groups: against a plain oracle, with constraints, in any order."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.cluster import JOIN, MOST_AGAINST, MOST_FOR, NOT_COMPARED, cluster, components
from ddj_desktop.linkage.types import Constraints
from tests.linkage.made_up import partition

Edges = dict[tuple[int, int], float]


def oracle(size: int, edges: Edges, different: set[tuple[int, int]]) -> set[frozenset[int]]:
    """Join the one best pair of groups at a time, looking at every pair of members. Cubic and plain."""
    groups = [frozenset({i}) for i in range(size)]
    while True:
        best, at = None, None
        for one, other in combinations(groups, 2):
            pairs = [(min(i, j), max(i, j)) for i in one for j in other]
            if any(pair in different for pair in pairs):
                continue
            scores = [min(max(edges.get(pair, NOT_COMPARED), MOST_AGAINST), MOST_FOR) for pair in pairs]
            mean = sum(scores) / len(scores)
            if mean >= JOIN and (best is None or mean > best):
                best, at = mean, (one, other)
        if at is None:
            return set(groups)
        groups = [g for g in groups if g not in at] + [at[0] | at[1]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    """Up to nine mentions and scores that are all different, so that the best pair is never a tie."""
    size = draw(st.integers(2, 9))
    pairs = [pair for pair in combinations(range(size), 2) if draw(st.booleans())]
    places = draw(st.permutations(range(len(pairs))))
    return size, {pair: -13.3 + 26.0 * (place + 0.37 * place**0.5) / max(len(pairs), 1) / 1.4
                  for pair, place in zip(pairs, places, strict=True)}  # fmt: skip


def run(size: int, edges: Edges, constraints: Constraints | None = None) -> np.ndarray:
    left = np.array([a for a, _ in edges], np.int64)
    right = np.array([b for _, b in edges], np.int64)
    return cluster(size, left, right, np.array(list(edges.values()), float), constraints or Constraints(), Progress())[
        0
    ]


@given(graphs())
@settings(deadline=None, max_examples=300)
def test_groups_are_those_of_joining_one_best_pair_at_a_time(graph: tuple[int, Edges]) -> None:
    size, edges = graph
    assert partition(range(size), run(size, edges)) == oracle(size, edges, set())


def test_groups_join_from_a_lower_mean_where_asked_but_never_without_a_pair_for_joining() -> None:
    left, right = np.array([0, 2, 1, 0, 0, 1]), np.array([1, 3, 2, 2, 3, 3])
    for bridge, join, groups in ((3.0, 0.0, 2), (3.0, -1.5, 1), (-1.0, -1.5, 2)):
        bits = np.array([5.0, 5.0, bridge, -3.0, -3.0, -3.0 if bridge > 0 else -1.0])
        group, _ = cluster(4, left, right, bits, Constraints(), Progress(), join)
        assert len(set(group.tolist())) == groups


@given(graphs(), st.data())
@settings(deadline=None, max_examples=200)
def test_pairs_decided_different_are_never_together(graph: tuple[int, Edges], data: st.DataObject) -> None:
    size, edges = graph
    pairs = list(combinations(range(size), 2))
    different = set(data.draw(st.lists(st.sampled_from(pairs), max_size=4)))
    group = run(size, edges, Constraints(different=tuple(sorted(different))))
    assert all(group[a] != group[b] for a, b in different)
    assert partition(range(size), group) == oracle(size, edges, different)


@given(graphs(), st.data())
@settings(deadline=None, max_examples=200)
def test_pairs_decided_same_are_together_unless_that_contradicts(graph: tuple[int, Edges], data: st.DataObject) -> None:
    size, edges = graph
    pairs = list(combinations(range(size), 2))
    same = data.draw(st.lists(st.sampled_from(pairs), max_size=4))
    different = [pair for pair in data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pair not in same]
    left = np.array([a for a, _ in edges], np.int64)
    right = np.array([b for _, b in edges], np.int64)
    bits = np.array(list(edges.values()), float)
    group, refused = cluster(size, left, right, bits, Constraints(tuple(same), tuple(different)), Progress())
    assert all(group[a] != group[b] for a, b in different)
    assert all(group[a] == group[b] for a, b in same if (a, b) not in refused)
    if not different:
        assert not refused


@given(graphs(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_order_of_edges_does_not_matter(graph: tuple[int, Edges], chance: object) -> None:
    size, edges = graph
    items = list(edges.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert run(size, edges).tolist() == run(size, dict(items)).tolist()


def test_a_weak_bridge_joins_no_two_strong_groups() -> None:
    strong = {pair: 12.0 for trio in ((0, 1, 2), (3, 4, 5)) for pair in combinations(trio, 2)}
    assert partition(range(6), run(6, {**strong, (2, 3): 9.0})) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_equal_scores_end_and_give_the_same_groups_each_time() -> None:
    ring = {(min(i, (i + 1) % 30), max(i, (i + 1) % 30)): 5.0 for i in range(30)}
    assert run(30, ring).tolist() == run(30, dict(reversed(ring.items()))).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_components_are_those_of_a_walk(seed: int) -> None:
    chance = np.random.default_rng(seed)
    left, right = chance.integers(0, 40, 30), chance.integers(0, 40, 30)
    near: dict[int, set[int]] = {i: set() for i in range(40)}
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        near[a].add(b)
        near[b].add(a)
    label = components(40, left, right)
    for start in range(40):
        seen, todo = {start}, [start]
        while todo:
            for other in near[todo.pop()] - seen:
                seen.add(other)
                todo.append(other)
        assert label[start] == min(seen)
