"""Which pairs are kept after a match: those that hold people together, and those a person should look at."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.types import Floats, Ints, Linked

DOUBT_BELOW = 5.0
"""A record held by less than this (97 %) is worth a look."""
DOUBT_ABOVE = -4.0
"""Two people whose best pair reaches this (6 %) are worth a look."""


def holding_pairs(linked: Linked) -> Ints:
    """For each record of a group its strongest pair within the group; positions in `linked.pairs`."""
    pairs, group = linked.pairs, linked.group
    inside = np.flatnonzero(group[pairs.left] == group[pairs.right])
    record = np.concatenate([pairs.left[inside], pairs.right[inside]])
    at = np.concatenate([inside, inside])
    return np.unique(_best(record, linked.total[at], at))


def pairs_to_review(linked: Linked) -> Ints:
    """Weakly held records, and the strongest pair between two people that might be one; positions.

    Pairs whose facts exclude one another are left out, however much agrees: there is nothing to decide by.
    """
    pairs, group = linked.pairs, linked.group
    holding = holding_pairs(linked)
    weak = holding[linked.total[holding] < DOUBT_BELOW]
    across = np.flatnonzero(
        (group[pairs.left] != group[pairs.right]) & (linked.total >= DOUBT_ABOVE)
        & (linked.weights["contradiction"] == 0)
    )  # fmt: skip
    a, b = group[pairs.left[across]], group[pairs.right[across]]
    _, both = np.unique(np.minimum(a, b) * len(group) + np.maximum(a, b), return_inverse=True)
    return np.union1d(weak, _best(both.astype(np.int64), linked.total[across], across))


def _best(owner: Ints, bits: Floats, at: Ints) -> Ints:
    """For each owner the position with the most bits (ties: the first position)."""
    order = np.lexsort((at, -bits, owner))
    owner, at = owner[order], at[order]
    if not len(at):
        return at
    return at[np.r_[True, owner[1:] != owner[:-1]]]
