"""People from pairs: average-link groups by reciprocal nearest neighbours, with decisions as hard constraints.

Two groups join while the mean of all scores between their members is high enough; pairs never compared count with
a score of their own. Average link is reducible, so joining every pair of mutual nearest neighbours at once gives
the groups that joining one best pair at a time would give (Murtagh, 1983). A weak bridge cannot join two strong
groups: it is one score among many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.types import Constraints, Flags, Floats, Ints

JOIN = 0.0
"""Mean bits from which two groups are one person."""
NOT_COMPARED = -4.0
"""Bits of a pair that no pass brought together: a mild no. Must stay below JOIN."""
MOST_FOR, MOST_AGAINST = 14.0, -14.0
"""One score's bits are held within these, so that no single pair decides for a whole group."""


@dataclass
class _Edges:
    left: Ints
    right: Ints
    total: Floats
    count: Ints
    forbidden: Flags


def cluster(
    size: int, left: Ints, right: Ints, bits: Floats, constraints: Constraints
) -> tuple[Ints, tuple[tuple[int, int], ...]]:
    """Group of each mention (its smallest member), and the decisions that contradict one another.


    Groups are made under the cannot-links first; a must-link then joins two whole groups, so that a person's word on
    one pair of records carries the rest of both people along. Where a cannot-link stands between the two groups, the
    pair is bound before anything else instead. A must-link that would join a pair decided to be different is left out
    and handed back.
    """
    _, refused = _bound(size, constraints.same, constraints.different)
    wanted = [pair for pair in constraints.same if pair not in set(refused)]
    bound: list[tuple[int, int]] = []
    barred = np.array(constraints.different, np.int64).reshape(-1, 2)
    nothing = np.zeros(len(barred))
    edges = _Edges(
        np.concatenate([left, barred[:, 0]]),
        np.concatenate([right, barred[:, 1]]),
        np.concatenate([np.clip(bits, MOST_AGAINST, MOST_FOR), nothing]),
        np.concatenate([np.ones(len(left), np.int64), nothing.astype(np.int64)]),
        np.concatenate([np.zeros(len(left), np.bool_), nothing == 0]),
    )
    while True:
        start, _ = _bound(size, bound, constraints.different)
        group = _grown(start, edges)
        group, unmet = _joined(group, wanted, constraints.different)
        if not unmet:
            return group, refused
        bound += unmet


def _joined(
    group: Ints, wanted: list[tuple[int, int]], different: tuple[tuple[int, int], ...]
) -> tuple[Ints, list[tuple[int, int]]]:
    """Whole groups joined by must-links; the must-links a cannot-link stands against are handed back."""
    between = {(int(group[a]), int(group[b])) for a, b in different}
    links, refused = _bound(len(group), [(int(group[a]), int(group[b])) for a, b in wanted], tuple(sorted(between)))
    out = links[group]
    unmet = [(a, b) for a, b in wanted if out[a] != out[b]]
    return out, unmet if refused else []


def _grown(group: Ints, between: _Edges) -> Ints:
    """Groups grown from the given ones by mutual nearest neighbours, never across a forbidden edge."""
    size = len(group)
    moved = _Edges(group[between.left], group[between.right], between.total, between.count, between.forbidden)
    edges = _within_reach(_gathered(moved), size)
    members = np.bincount(group, minlength=size)
    while True:
        target = _mutual(edges, members, size)
        if target is None:
            return group
        group = target[group]
        members = np.bincount(group, minlength=size)
        edges.left, edges.right = target[edges.left], target[edges.right]
        edges = _gathered(edges)


def _bound(
    size: int, same: Sequence[tuple[int, int]], different: Sequence[tuple[int, int]]
) -> tuple[Ints, tuple[tuple[int, int], ...]]:
    """Groups by must-link alone, none of which holds a pair decided to be different."""
    group = np.arange(size, dtype=np.int64)
    members: dict[int, list[int]] = {}
    enemies: dict[int, set[int]] = {}
    for a, b in different:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    refused: list[tuple[int, int]] = []
    for a, b in same:
        low, high = sorted((int(group[a]), int(group[b])))
        if low == high:
            continue
        ours, theirs = members.get(low, [low]), members.get(high, [high])
        if any(enemies.get(one, set()) & set(theirs) for one in ours):
            refused.append((a, b))
            continue
        members[low] = ours + theirs
        group[theirs] = low
    return group, tuple(refused)


def _gathered(edges: _Edges) -> _Edges:
    """One edge a pair of groups; edges within a group fall away."""
    low, high = np.minimum(edges.left, edges.right), np.maximum(edges.left, edges.right)
    order = np.lexsort((high, low))
    order = order[low[order] != high[order]]
    if not len(order):
        none = np.empty(0, np.int64)
        return _Edges(none, none, np.empty(0), none, np.empty(0, np.bool_))
    low, high = low[order], high[order]
    start = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    return _Edges(
        low[start], high[start], np.add.reduceat(edges.total[order], start),
        np.add.reduceat(edges.count[order], start), np.logical_or.reduceat(edges.forbidden[order], start),
    )  # fmt: skip


def _means(edges: _Edges, members: Ints) -> Floats:
    every = members[edges.left] * members[edges.right]
    return np.asarray((edges.total + (every - edges.count) * NOT_COMPARED) / every, np.float64)


def _within_reach(edges: _Edges, size: int) -> _Edges:
    """Only edges inside components of scores that could ever join: the others can not change any group."""
    able = (edges.total / np.maximum(edges.count, 1) >= JOIN) & (edges.count > 0) & ~edges.forbidden
    component = components(size, edges.left[able], edges.right[able])
    keep = component[edges.left] == component[edges.right]
    return _Edges(*(column[keep] for column in (edges.left, edges.right, edges.total, edges.count, edges.forbidden)))


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Connected components by repeated minimum and pointer jumping; each named by its smallest member."""
    label = np.arange(size, dtype=np.int64)
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped
        if np.array_equal(before, label):
            return label


def _mutual(edges: _Edges, members: Ints, size: int) -> Ints | None:
    """For each group the one it joins now (its mutual nearest neighbour, if lower); None when no two join."""
    mean = _means(edges, members)
    at = np.flatnonzero((mean >= JOIN) & ~edges.forbidden)
    if not len(at):
        return None
    node = np.concatenate([edges.left[at], edges.right[at]])
    other = np.concatenate([edges.right[at], edges.left[at]])
    score = np.concatenate([mean[at], mean[at]])
    order = np.lexsort((other, -score, node))
    node, other = node[order], other[order]
    first = np.flatnonzero(np.r_[True, node[1:] != node[:-1]])
    nearest = np.full(size, -1, np.int64)
    nearest[node[first]] = other[first]
    here = node[first]
    mutual = here[nearest[nearest[here]] == here]
    target = np.arange(size, dtype=np.int64)
    target[mutual] = np.minimum(mutual, nearest[mutual])
    return target
