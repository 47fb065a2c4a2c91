"""Mentions that fit two people: where those two cannot be one, a mention goes to neither unless it fits one clearly.

A caller's row with nothing but a name fits the father and the son alike. Left where it first fell, it would stand for
a person it may not be of; alone, it says what is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.camps import CLEARLY, MOST, credit
from ddj_desktop.linkage.grouping import together
from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.types import Bits, Compared, Constraints, Flags, Floats, Ints, Pairs


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
    fitting = np.flatnonzero(across & (total > 0))
    between = _between(group, pairs.at(fitting))
    hostile = _of_groups(group, pairs, across & against, _named(group, between))
    rivals = np.intersect1d(between, _between(group, hostile))
    levels = compared.levels
    shared = (levels["address"] >= BY_NAME["address"].code("close")) | (levels["phone"] == 2)
    at_home = _of_groups(group, pairs, across & shared[compared.pattern], _named(group, rivals))
    family = np.intersect1d(rivals, _between(group, at_home))
    of_rivals, in_family = fitting[np.isin(between, rivals)], fitting[np.isin(between, family)]
    owners = np.zeros(len(group), np.bool_)
    owners[pairs.left[of_rivals]] = owners[pairs.right[of_rivals]] = True
    own = np.flatnonzero(~across & (owners[pairs.left] | owners[pairs.right]))
    out = _torn(group, _Fits(pairs.at(own), total[own]), _Fits(pairs.at(of_rivals), total[of_rivals]))
    away = total[in_family] - home[in_family]
    out |= _torn(group, _Fits(pairs.at(own), total[own] - home[own]), _Fits(pairs.at(in_family), away))
    out[[at for pair in constraints.same for at in pair]] = False
    return _alone(group, out)


def _named(group: Ints, between: Ints) -> Flags:
    """The groups in pairs of groups, given by the pairs' numbers."""
    out = np.zeros(len(group), np.bool_)
    out[between // len(group)] = out[between % len(group)] = True
    return out


def _of_groups(group: Ints, pairs: Pairs, keep: Flags, groups: Flags) -> Pairs:
    """Of some pairs those whose two groups are among the given ones."""
    at = np.flatnonzero(keep)
    at = at[groups[group[pairs.left[at]]]]
    return pairs.at(at[groups[group[pairs.right[at]]]])


def _between(group: Ints, pairs: Pairs) -> Ints:
    """One number for the two groups of each pair."""
    left, right = group[pairs.left], group[pairs.right]
    return np.asarray(np.minimum(left, right) * len(group) + np.maximum(left, right), np.int64)


@dataclass(frozen=True)
class _Fits:
    """Pairs and how well they fit, each seen from both its ends."""

    pairs: Pairs
    bits: Bits

    def both_ways(self) -> tuple[Ints, Ints, Floats]:
        """The mention, the other one, and the bits between them."""
        left, right = self.pairs.left, self.pairs.right
        score = np.clip(self.bits, -MOST, MOST).astype(np.float64)
        return np.concatenate([left, right], dtype=np.int64), np.concatenate([right, left]), np.tile(score, 2)


def _torn(group: Ints, own: _Fits, rival: _Fits) -> Flags:
    """Mentions whose best pair with a rival comes near their best pair within their group, sizes counted in."""
    size, count = len(group), np.bincount(group, minlength=len(group))
    owner, _, score = own.both_ways()
    fits, worst = np.full(size, -np.inf), np.full(size, -np.inf)
    np.maximum.at(fits, owner, score)
    fits += credit(np.maximum(count[group] - 1, 1).astype(np.float64))
    owner, other, score = rival.both_ways()
    for_it = score > 0
    owner, other, score = owner[for_it], group[other[for_it]], score[for_it]
    np.maximum.at(worst, owner, score + credit(count[other].astype(np.float64)))
    return np.asarray((count[group] > 1) & np.isfinite(worst) & (fits < worst + CLEARLY), np.bool_)


def _alone(group: Ints, out: Flags) -> Ints:
    """Groups named by their smallest member, those in `out` each by itself."""
    size = len(group)
    left = np.where(out, np.arange(size) + size, group)
    smallest = np.full(2 * size, size, np.int64)
    np.minimum.at(smallest, left, np.arange(size))
    return smallest[left]
