"""Which pairs are kept after a match: those that hold people together, and those a person may be asked about."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.asking import WIDEST, Place
from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.score import other_given
from ddj_desktop.linkage.types import Flags, Floats, Ints, Linked


def holding_pairs(linked: Linked) -> Ints:
    """For each record of a group its strongest pair within the group; positions in `linked.pairs`."""
    pairs, group = linked.pairs, linked.group
    inside = np.flatnonzero(group[pairs.left] == group[pairs.right])
    record = np.concatenate([pairs.left[inside], pairs.right[inside]])
    at = np.concatenate([inside, inside])
    return np.unique(_best(record, linked.total[at], at))


BEYOND_A_NAME = ("birth", "ssn", "address", "phone", "email", "key")
"""Fields of which one at least must speak for a pair before it is worth anybody's time."""


def askable_pairs(linked: Linked, holding: Ints, met: Flags) -> Ints:
    """The pairs that are asked about at some place of the slider: weakly held records, and the strongest open pair
    between two people; positions.

    `holding` are the pairs of `holding_pairs`. `met` marks records that have a contact: a victim or caller who never
    had one can change no list. Pairs with nothing but names for them are left out, and so are those whose facts exclude
    one another, however much agrees: there is nothing to decide by.
    """
    pairs, group = linked.pairs, linked.group
    weak = holding[linked.total[holding] < WIDEST.sure]
    across = np.flatnonzero((group[pairs.left] != group[pairs.right]) & (linked.total >= WIDEST.far))
    weak, across = (at[_worth(linked, at, met)] for at in (weak, across))
    a, b = group[pairs.left[across]], group[pairs.right[across]]
    _, both = np.unique(np.minimum(a, b) * len(group) + np.maximum(a, b), return_inverse=True)
    return np.union1d(weak, _best(both.astype(np.int64), linked.total[across], across))


def asked_at(linked: Linked, askable: Ints, place: Place) -> Ints:
    """Of the askable pairs those that one place of the slider asks about; positions."""
    left, right = linked.pairs.left[askable], linked.pairs.right[askable]
    together = linked.group[left] == linked.group[right]
    total = linked.total[askable]
    return askable[np.where(together, total < place.sure, total >= place.far)]


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
    """For each owner (numbered from 0) the position with the most bits (ties: the first position)."""
    most = np.full(int(owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(most, owner, bits)
    as_much = bits == most[owner]
    first = np.full(len(most), np.iinfo(np.int64).max)
    np.minimum.at(first, owner[as_much], at[as_much])
    return np.asarray(first[np.isfinite(most)], np.int64)
