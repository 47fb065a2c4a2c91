"""Which pairs are kept after a match: those that hold people together, and those a person should look at."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.score import other_given
from ddj_desktop.linkage.types import Flags, Floats, Ints, Linked

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


BEYOND_A_NAME = ("birth", "ssn", "address", "phone", "email", "key")
"""Fields of which one at least must speak for a pair before it is worth anybody's time."""


def pairs_to_review(linked: Linked, met: Flags) -> Ints:
    """The pairs to look at: weakly held records, and the strongest open pair between two people; positions.

    `met` marks records that have a contact: a victim or caller who never had one can change no list. Pairs with
    nothing but names for them are left out, and so are those whose facts exclude one another, however much agrees:
    there is nothing to decide by.
    """
    pairs, group = linked.pairs, linked.group
    holding = holding_pairs(linked)
    weak = holding[linked.total[holding] < DOUBT_BELOW]
    across = np.flatnonzero((group[pairs.left] != group[pairs.right]) & (linked.total >= DOUBT_ABOVE))
    weak, across = (at[_worth(linked, at, met)] for at in (weak, across))
    a, b = group[pairs.left[across]], group[pairs.right[across]]
    _, both = np.unique(np.minimum(a, b) * len(group) + np.maximum(a, b), return_inverse=True)
    return np.union1d(weak, _best(both.astype(np.int64), linked.total[across], across))


def nearest_strangers(linked: Linked, asked: Ints) -> Ints:
    """For each record its strongest pair with somebody else's, where nobody is asked about it; positions.

    What the program left apart: the blind sample draws from these.
    """
    pairs, group = linked.pairs, linked.group
    across = np.flatnonzero(group[pairs.left] != group[pairs.right])
    record = np.concatenate([pairs.left[across], pairs.right[across]])
    at = np.concatenate([across, across])
    return np.setdiff1d(np.unique(_best(record, linked.total[at], at)), asked)


def _worth(linked: Linked, at: Ints, met: Flags) -> Flags:
    """Which of some pairs there is anything to decide by, about people who can change a list."""
    weights = linked.weigh(at)
    both = met[linked.pairs.left[at]] & met[linked.pairs.right[at]] & (weights["contradiction"] == 0)
    beyond = np.any([weights[field] > 0 for field in BEYOND_A_NAME], axis=0)
    return np.asarray(both & (beyond | _one_home(linked)[at]), np.bool_)


def _one_home(linked: Linked) -> Flags:
    """Pairs of one given name with one address or phone: another birth date makes it doubtful, not nothing."""
    levels = linked.compared.levels
    home = (levels["address"] >= BY_NAME["address"].code("close")) | (levels["phone"] == 2)
    return np.asarray((home & ~other_given(levels))[linked.compared.pattern], np.bool_)


def _best(owner: Ints, bits: Floats, at: Ints) -> Ints:
    """For each owner the position with the most bits (ties: the first position)."""
    order = np.lexsort((at, -bits, owner))
    owner, at = owner[order], at[order]
    if not len(at):
        return at
    return at[np.r_[True, owner[1:] != owner[:-1]]]
