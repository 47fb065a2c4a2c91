"""People from pairs: average-link groups by reciprocal nearest neighbours, with decisions as hard constraints.

Two groups join while the mean of all scores between their members is high enough; pairs never compared count with
a score of their own. Average link is reducible, so joining every pair of mutual nearest neighbours at once gives
the groups that joining one best pair at a time would give (Murtagh, 1983). A weak bridge cannot join two strong
groups: it is one score among many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.grouping import mixed, ordered, together
from ddj_desktop.linkage.types import Constraints, Flags, Floats, Ints

JOIN = 0.0
"""Mean bits from which two groups are one person."""
JOIN_STRANGERS = -1.5
"""The same where the mentions hold no families: what two strangers share there they share by chance, field by field."""
NOT_COMPARED = -4.0
"""Bits of a pair that no pass brought together: a mild no. Must stay below JOIN."""
AT_ONCE = 120_000
"""Edges worked on at a time, but for a single component of more: keeps memory even."""
MOST_FOR, MOST_AGAINST = 14.0, -14.0
"""One score's bits are held within these, so that no single pair decides for a whole group."""


@dataclass
class _Edges:
    """One edge a pair of groups (left < right): the sum of the scores between them, how many there are, and whether a
    decision stands between them."""

    left: Ints
    right: Ints
    total: Floats
    count: Ints
    forbidden: Flags

    def of(self, keep: Flags) -> _Edges:
        """Only the edges to keep."""
        at = np.flatnonzero(keep)
        return _Edges(*(column.take(at) for column in vars(self).values()))


def cluster(
    size: int,
    left: Ints,
    right: Ints,
    bits: Floats,
    constraints: Constraints,
    progress: Progress,
    join: float = JOIN,
) -> tuple[Ints, tuple[tuple[int, int], ...]]:
    """Group of each mention (its smallest member), and the decisions that contradict one another.

    Pairs of `JOIN` bits or more tie mentions together; two groups of those so tied join from a mean of `join` bits.
    Groups are made under the cannot-links first; a must-link then joins two whole groups, so that a person's word on
    one pair of records carries the rest of both people along. Where a cannot-link stands between the two groups, the
    pair is bound before anything else instead. A must-link that would join a pair decided to be different is left out
    and handed back. Raises Stopped.
    """
    _, refused = _bound(size, constraints.same, constraints.different)
    wanted = [pair for pair in constraints.same if pair not in set(refused)]
    bound: list[tuple[int, int]] = []
    barred = np.array(constraints.different, np.int64).reshape(-1, 2)
    component = components(size, *_able(left, right, bits))
    progress.check()
    whole = _whole(component, left, right, bits, barred)
    progress.check()
    start, open_ = np.where(whole[component], component, np.arange(size)), ~whole
    while True:
        between = _by_component(left, right, bits, barred, component, open_)
        group = _grown(start, between, component, progress, join)
        group, unmet = _joined(group, wanted, constraints.different)
        if not unmet:
            return group, refused
        bound += unmet
        start, _ = _bound(size, bound, constraints.different)
        able, pairs = _able(left, right, bits), np.array(bound)
        component = components(size, *(np.concatenate([able[n], pairs[:, n]]) for n in (0, 1)))
        open_ = np.ones(size, np.bool_)


def _able(left: Ints, right: Ints, bits: Floats) -> tuple[Ints, Ints]:
    """The pairs that are for joining."""
    able = np.flatnonzero(bits >= JOIN)
    return left[able], right[able]


def _whole(component: Ints, left: Ints, right: Ints, bits: Floats, barred: Ints) -> Flags:
    """Which components (of pairs for joining) hold no other pair: none that is not for joining or not compared, and
    none barred. They end as one group whatever the order. Most people are of this kind."""
    size = len(component)
    able = bits >= JOIN
    pairs = np.bincount(component[left[able]], minlength=size)
    nodes = np.bincount(component, minlength=size)
    whole: Flags = (nodes > 1) & (pairs == nodes * (nodes - 1) // 2)
    whole[component[barred]] = False
    return whole


def _by_component(
    left: Ints, right: Ints, bits: Floats, barred: Ints, component: Ints, open_: Flags
) -> Iterator[_Edges]:
    """The edges within the open components, pairs and barred ones, some components at a time: no other can change a
    group, and no component another one."""
    component = component.astype(np.int32)
    at = np.flatnonzero(together(component, left, right)).astype(np.int32)
    at = at[open_[component[left[at]]]]
    barred = barred[component[barred[:, 0]] == component[barred[:, 1]]]
    both = np.concatenate([component[left[at]], component[barred[:, 0]]])
    if not len(both):
        return
    turn = np.cumsum(np.bincount(both, minlength=len(component))) // AT_ONCE
    of_pair, of_barred = (turn[one].astype(np.int16) for one in (both[: len(at)], both[len(at) :]))
    at = at[np.argsort(of_pair, kind="stable")]
    end = np.cumsum(np.bincount(of_pair, minlength=int(turn[-1]) + 1))
    for n, (a, b) in enumerate(pairwise([0, *end.tolist()])):
        apart = barred[of_barred == n]
        if a < b or len(apart):
            yield _edges(left[at[a:b]], right[at[a:b]], bits[at[a:b]], apart)


def _edges(left: Ints, right: Ints, bits: Floats, barred: Ints) -> _Edges:
    """Edges of pairs, and of barred ones."""
    forbidden = np.arange(len(left) + len(barred)) >= len(left)
    return _Edges(
        np.concatenate([left, barred[:, 0]]),
        np.concatenate([right, barred[:, 1]]),
        np.concatenate([np.clip(bits, MOST_AGAINST, MOST_FOR), np.zeros(len(barred))], dtype=np.float64),
        (~forbidden).astype(np.int32),
        forbidden,
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


def _grown(start: Ints, between: Iterable[_Edges], component: Ints, progress: Progress, join: float) -> Ints:
    """Groups grown from the given ones along edges that come some components at a time."""
    members = np.bincount(start, minlength=len(start))
    into = np.arange(len(start))

    def grow(edges: _Edges) -> None:
        progress.check()
        edges.left, edges.right = start[edges.left], start[edges.right]
        has = np.zeros(len(start), np.bool_)
        has[edges.left] = has[edges.right] = True
        names = np.flatnonzero(has)
        number = np.zeros(len(start), np.int32)
        number[names] = np.arange(len(names))
        into[names] = names[_together(_gathered(edges, number), members[names], component[names], names, join)]

    for _ in side_by_side(grow, between):
        pass
    return into[start]


def _together(edges: _Edges, members: Ints, component: Ints, names: Ints, join: float) -> Ints:
    """For each group the one it ends in, by mutual nearest neighbours, never across a forbidden edge.

    A component in which a round joined nothing is done and is left out of the next one.
    """
    merged = np.arange(len(names), dtype=np.int32)
    while len(edges.left):
        low, high = _mutual(edges, members, names, join)
        target = np.arange(len(names), dtype=np.int32)
        target[high] = low
        members[low] += members[high]
        merged = target[merged]
        live = np.zeros(int(component.max()) + 1, np.bool_)
        live[component[low]] = True
        edges = _gathered(edges.of(live[component[edges.left]]), target)
    return merged


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


def _gathered(edges: _Edges, name: Ints) -> _Edges:
    """The edges under the groups' new names, one a pair of groups; edges within a group fall away."""
    left, right = name[edges.left], name[edges.right]
    apart = left != right
    edges, left, right = edges.of(apart), left[apart], right[apart]
    low, high = np.minimum(left, right), np.maximum(left, right)
    pair = low.astype(np.int64) * (int(name.max(initial=0)) + 1) + high
    if np.all(pair[1:] > pair[:-1]):
        return _Edges(low, high, edges.total, edges.count, edges.forbidden)
    at, new = ordered(pair)
    first = np.flatnonzero(new)
    return _Edges(
        low[at[first]],
        high[at[first]],
        np.add.reduceat(edges.total[at], first),
        np.add.reduceat(edges.count[at], first),
        np.logical_or.reduceat(edges.forbidden[at], first) if edges.forbidden.any() else np.zeros(len(first), np.bool_),
    )


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Connected components by repeated minimum and pointer jumping; each named by its smallest member."""
    label = np.arange(size, dtype=np.int32)  # half the room: there are many more pairs than mentions
    one, other = label[left], label[right]
    while len(one):
        low = np.minimum(one, other)
        np.minimum.at(label, one, low)
        np.minimum.at(label, other, low)
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped
        one, other = label[one], label[other]
        apart = one != other
        one, other = one[apart], other[apart]
    return label.astype(np.int64)


def _mutual(edges: _Edges, members: Ints, names: Ints, join: float) -> tuple[Ints, Ints]:
    """Pairs of groups that join now (low, high): each is the other's nearest. Of several as near, the pair whose names
    come first in an order that is as good as random: a group of many equals then halves with every round."""
    every = members[edges.left] * members[edges.right]
    mean = (edges.total + (every - edges.count) * NOT_COMPARED) / every
    at = np.flatnonzero((mean >= join) & ~edges.forbidden)
    low, high, mean = edges.left[at], edges.right[at], mean[at]
    nearest = np.full(len(members), -np.inf)
    np.maximum.at(nearest, low, mean)
    np.maximum.at(nearest, high, mean)
    near = (mean == nearest[low]) & (mean == nearest[high])
    low, high = low[near], high[near]
    turn = mixed(names[low], names[high])
    first = np.full(len(members), np.iinfo(np.int64).max)
    np.minimum.at(first, low, turn)
    np.minimum.at(first, high, turn)
    chosen = (turn == first[low]) & (turn == first[high])
    return low[chosen], high[chosen]
