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

from ddj_desktop.linkage.grouping import distinct, mixed, stretches
from ddj_desktop.linkage.types import Constraints, Flags, Floats, Ints

JOIN = 0.0
"""Mean bits from which two groups are one person."""
NOT_COMPARED = -4.0
"""Bits of a pair that no pass brought together: a mild no. Must stay below JOIN."""
_HALF = 31
MOST_FOR, MOST_AGAINST = 14.0, -14.0
"""One score's bits are held within these, so that no single pair decides for a whole group."""


@dataclass
class _Edges:
    left: Ints
    right: Ints
    total: Floats
    count: Ints
    forbidden: Flags

    def of(self, keep: Flags) -> _Edges:
        return _Edges(
            self.left[keep], self.right[keep], self.total[keep], self.count[keep], self.forbidden[keep]
        )  # fmt: skip

    def renamed(self, name: Ints) -> _Edges:
        return _Edges(name[self.left], name[self.right], self.total, self.count, self.forbidden)


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
    start, kept = _plain(size, left, right, bits, barred)
    edges = _edges(left[kept], right[kept], bits[kept], barred)
    while True:
        group, unmet = _joined(_grown(start, edges), wanted, constraints.different)
        if not unmet:
            return group, refused
        bound += unmet
        start, _ = _bound(size, bound, constraints.different)
        edges = _edges(left, right, bits, barred)


def _plain(size: int, left: Ints, right: Ints, bits: Floats, barred: Ints) -> tuple[Ints, Ints]:
    """Groups of components of which every pair is for joining and none is barred, whatever the order they end as one;
    and the places of all other pairs that can change a group. Most people are of the first kind."""
    able = np.flatnonzero(bits >= JOIN)
    component = components(size, left[able], right[able])
    pairs = np.bincount(component[left[able]], minlength=size)
    nodes = np.bincount(component, minlength=size)
    whole = (nodes > 1) & (pairs == nodes * (nodes - 1) // 2)
    whole[component[barred]] = False
    found = [np.empty(0, np.int64)]
    for part in stretches(len(left)):
        one, other = component[left[part]], component[right[part]]
        found.append(np.flatnonzero((one == other) & ~whole[one]) + part.start)
    return np.where(whole[component], component, np.arange(size)), np.concatenate(found)


def _edges(left: Ints, right: Ints, bits: Floats, barred: Ints) -> _Edges:
    """Edges of the pairs, and of the barred ones."""
    nothing = np.zeros(len(barred))
    return _Edges(
        np.concatenate([left, barred[:, 0]]),
        np.concatenate([right, barred[:, 1]]),
        np.concatenate([np.clip(bits, MOST_AGAINST, MOST_FOR), nothing]),
        np.concatenate([np.ones(len(left), np.int64), nothing.astype(np.int64)]),
        np.concatenate([np.zeros(len(left), np.bool_), nothing == 0]),
    )


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
    """Groups grown from the given ones by mutual nearest neighbours, never across a forbidden edge.

    A component in which a round joined nothing is done and is left out of the next one.
    """
    size = len(group)
    edges, component = _within_reach(_gathered(between.renamed(group)), size)
    members = np.bincount(group, minlength=size)
    while len(edges.left):
        low, high = _mutual(edges, members)
        target = np.arange(size)
        target[high] = low
        members[low] += members[high]
        group = target[group]
        live = np.zeros(size, np.bool_)
        live[component[low]] = True
        edges = _gathered(edges.of(live[component[edges.left]]).renamed(target))
    return group


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
    edges = edges.of(edges.left != edges.right)
    low, high = np.minimum(edges.left, edges.right), np.maximum(edges.left, edges.right)
    pair = low << _HALF | high
    if np.all(pair[1:] > pair[:-1]):
        return _Edges(low, high, edges.total, edges.count, edges.forbidden)
    pair, back = distinct(pair)
    total, count, forbidden = (
        np.bincount(back, weights=column, minlength=len(pair)) for column in (edges.total, edges.count, edges.forbidden)
    )
    size = count.astype(np.int64)
    return _Edges(pair >> _HALF, pair & ((1 << _HALF) - 1), np.asarray(total, np.float64), size, forbidden > 0)


def _within_reach(edges: _Edges, size: int) -> tuple[_Edges, Ints]:
    """Only edges inside components of scores that could ever join, the others can not change any group; and the
    component of each group."""
    able = (edges.total >= JOIN * edges.count) & (edges.count > 0) & ~edges.forbidden
    component = components(size, edges.left[able], edges.right[able])
    return edges.of(component[edges.left] == component[edges.right]), component


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


def _mutual(edges: _Edges, members: Ints) -> tuple[Ints, Ints]:
    """Pairs of groups that join now (low, high): each is the other's nearest. Of several as near, the pair whose number
    comes first in an order that is as good as random: a group of many equals then halves with every round."""
    every = members[edges.left] * members[edges.right]
    mean = (edges.total + (every - edges.count) * NOT_COMPARED) / every
    at = np.flatnonzero((mean >= JOIN) & ~edges.forbidden)
    low, high, mean = edges.left[at], edges.right[at], mean[at]
    nearest = np.full(len(members), -np.inf)
    np.maximum.at(nearest, low, mean)
    np.maximum.at(nearest, high, mean)
    near = (mean == nearest[low]) & (mean == nearest[high])
    low, high = low[near], high[near]
    turn = mixed(low, high)
    first = np.full(len(members), np.iinfo(np.int64).max)
    np.minimum.at(first, low, turn)
    np.minimum.at(first, high, turn)
    chosen = (turn == first[low]) & (turn == first[high])
    return low[chosen], high[chosen]
