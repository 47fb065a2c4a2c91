"""Mentions that fit two people: where those two cannot be one, a mention goes to neither unless it fits one clearly.

A caller's row with nothing but a name fits the father and the son alike. Left where it first fell, it would stand for
a person it may not be of; alone, it says what is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.camps import CLEARLY, MOST, credit
from ddj_desktop.linkage.grouping import distinct, together
from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.types import Bits, Compared, Constraints, Flags, Ints, Pairs


def without_rivals(
    group: Ints,
    pairs: Pairs,
    total: Bits,
    home: Bits,
    compared: Compared,
    against: Flags,
    constraints: Constraints,
) -> Ints:
    """The groups with every mention taken out that fits a rival of its group nearly as well; each stands alone.

    A rival of a group is another one that holds a contradiction (`against`) with it. Where the two share an address or
    a phone, address, town and phone (their bits in `home`) do not tell them apart. Mentions somebody decided on stay.
    """
    across = ~together(group, pairs.left, pairs.right)
    rivals = np.intersect1d(
        _between(group, pairs.at(across & against)), _between(group, pairs.at(across & (total > 0)))
    )
    levels = compared.levels
    shared = (levels["address"] >= BY_NAME["address"].code("close")) | (levels["phone"] == 2)
    family = np.intersect1d(rivals, _between(group, pairs.at(across & shared[compared.pattern])))
    involved = np.zeros(len(group), np.bool_)
    involved[rivals // len(group)] = involved[rivals % len(group)] = True
    mine = involved[group]
    near = np.flatnonzero(mine[pairs.left] & mine[pairs.right])
    here = _Near(group, pairs.left[near], pairs.right[near])
    out = here.torn(total[near], rivals) | here.torn(total[near] - home[near], family)
    out[[at for pair in constraints.same for at in pair]] = False
    return _alone(group, out)


def _between(group: Ints, pairs: Pairs) -> Ints:
    """One number for the two groups of each pair."""
    left, right = group[pairs.left], group[pairs.right]
    return np.asarray(np.minimum(left, right) * len(group) + np.maximum(left, right), np.int64)


@dataclass(frozen=True)
class _Near:
    """Groups, and the pairs of mentions within and between those that have a rival."""

    group: Ints
    left: Ints
    right: Ints

    def torn(self, bits: Bits, rivals: Ints) -> Flags:
        """Mentions whose best pair with a rival comes near their best pair within their group, sizes counted in."""
        group, size = self.group, len(self.group)
        owner = np.concatenate([self.left, self.right], dtype=np.int64)
        other = group[np.concatenate([self.right, self.left])]
        score = np.concatenate([np.clip(bits, -MOST, MOST)] * 2)
        mine, own = group[owner], group[owner] == other
        rival = np.isin(np.minimum(mine, other) * size + np.maximum(mine, other), rivals) & ~own
        name, at = distinct(owner[rival] * size + other[rival])
        best = np.full(len(name), -MOST)
        np.maximum.at(best, at, score[rival])
        count = np.bincount(group, minlength=size)
        fits, worst = np.full(size, -np.inf), np.full(size, -np.inf)
        np.maximum.at(fits, owner[own], score[own])
        fits += credit(np.maximum(count[group] - 1, 1).astype(np.float64))
        np.maximum.at(
            worst, name // size, np.where(best > 0, best + credit(count[name % size].astype(np.float64)), -np.inf)
        )
        return np.asarray((count[group] > 1) & np.isfinite(worst) & (fits < worst + CLEARLY), np.bool_)


def _alone(group: Ints, out: Flags) -> Ints:
    """Groups named by their smallest member, those in `out` each by itself."""
    size = len(group)
    left = np.where(out, np.arange(size) + size, group)
    smallest = np.full(2 * size, size, np.int64)
    np.minimum.at(smallest, left, np.arange(size))
    return smallest[left]
