"""Groups that hold a contradiction, taken apart: a contradiction counts once for a group, not once for each pair.

Average link alone dilutes it: two men of one name and one birth date have many rows that say no more, and few with
the numbers that tell them apart. Here the mentions that contradict one another form camps first; each of the others
then joins the camp it fits clearly better, or stands alone. No row that says little can so carry a father to his son.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.cluster import NOT_COMPARED, cluster, components
from ddj_desktop.linkage.grouping import together
from ddj_desktop.linkage.score import OwnFact, excluded
from ddj_desktop.linkage.types import Bits, Constraints, Flags, Floats, Ints, Pairs

CLEARLY = 2.0
"""Bits by which a mention must fit its group better than another that contradicts it (four to one)."""
BY_ERROR = 1.0
"""Bits a person of several mentions has over one of a single mention: that one is an error as often as it is right."""
MOST = 40.0
"""One pair's bits are held within this: beyond it there is nothing left to tell apart."""


def taken_apart(
    group: Ints,
    pairs: Pairs,
    bits: Bits,
    pattern: Ints,
    facts: Sequence[OwnFact],
    tie: Flags,
    constraints: Constraints,
    progress: Progress,
) -> Ints:
    """The groups with every one that holds a contradiction split into its camps.

    `facts` are by agreement pattern, and `pattern` is that of each pair; `tie` marks pairs held by a number of the
    person's own. A group in which somebody decided that two mentions are
    one person is left as it is. Raises Stopped.
    """
    inside = together(group, pairs.left, pairs.right)
    torn = np.unique(group[pairs.left[inside & excluded(facts)[pattern]]])
    torn = torn[~np.isin(torn, group[[at for pair in constraints.same for at in pair]])]
    if not len(torn):
        return group
    out = group.copy()
    is_torn = np.zeros(len(group), np.bool_)
    is_torn[torn] = True
    within = np.flatnonzero(inside)
    within = within[is_torn[group[pairs.left[within]]]]
    within = within[np.argsort(group[pairs.left[within]], kind="stable")]
    owner = group[pairs.left[within]]
    edges = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1], True])
    order = np.argsort(group, kind="stable")
    first, last = np.searchsorted(group[order], torn), np.searchsorted(group[order], torn, side="right")
    for n, (a, b) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        progress.check()
        members, at = order[a:b], within[edges[n] : edges[n + 1]]
        left, right = np.searchsorted(members, pairs.left[at]), np.searchsorted(members, pairs.right[at])
        here = [fact.at(pattern[at]) for fact in facts]
        score = np.clip(bits[at], -MOST, MOST).astype(np.float64)
        camp = _camps(len(members), left, right, score, here, tie[at])
        out[members] = members[camp]
    return out


def _camps(size: int, left: Ints, right: Ints, bits: Floats, facts: Sequence[OwnFact], tie: Flags) -> Ints:
    """Camp of each member of one group, named by its smallest member.

    Mentions tied by a number go together; what most of their pairs say of a fact is what they say of it.
    """
    _, core = np.unique(components(size, left[tie], right[tie]), return_inverse=True)
    one: Floats = np.asarray(np.eye(int(core.max()) + 1)[core], np.float64)
    weight: Floats = np.asarray(one.sum(axis=0), np.float64)
    every = _square(size, left, right, bits, NOT_COMPARED)
    score = one.T @ every @ one / np.outer(weight, weight)
    order = np.argsort(core, kind="stable")
    starts = np.searchsorted(core[order], np.arange(len(weight)))
    best = np.maximum.reduceat(np.maximum.reduceat(every[np.ix_(order, order)], starts, axis=0), starts, axis=1)
    hostile = np.zeros(score.shape, np.bool_)
    for fact in facts:
        hostile |= one.T @ _square(size, left, right, _net(fact), 0.0) @ one > 0
    np.fill_diagonal(hostile, False)
    camp = _joined_by_fit(_of_the_hostile(score, hostile), best, weight)[core]
    _, first, back = np.unique(camp, return_index=True, return_inverse=True)
    return np.asarray(first[back], np.int64)


def _net(fact: OwnFact) -> Floats:
    return np.asarray(fact.against.astype(np.float64) - fact.agree, np.float64)


def _square(size: int, left: Ints, right: Ints, value: Floats, otherwise: float) -> Floats:
    out = np.full((size, size), otherwise)
    out[left, right] = out[right, left] = value
    return out


def credit(mentions: float | Floats) -> Floats:
    """Bits for a group of so many mentions as against one: a person met more often is as many times more likely the
    one; and a single mention that contradicts all others may as well be their person's, with an error in it."""
    return np.asarray(np.log2(mentions) + np.where(np.asarray(mentions) > 1, BY_ERROR, 0.0), np.float64)


def _joined_by_fit(camp: Ints, best: Floats, weight: Floats) -> Ints:
    """Those without a camp (-1) in the one they fit clearly better, again and again as camps grow; else alone.

    A fit is the best pair with a member: what one row of a person leaves open another may say. A person met more often
    is as many times more likely the one.
    """
    camp = camp.copy()
    while True:
        names, open_ = np.unique(camp[camp >= 0]), np.flatnonzero(camp < 0)
        if len(names) < 2 or not len(open_):
            break
        inside = camp == names[:, None]
        fit = np.stack([best[open_][:, one].max(axis=1) + credit(weight[one].sum()) for one in inside], axis=1)
        order = np.argsort(-fit, axis=1, kind="stable")
        rows = np.arange(len(open_))
        clear = fit[rows, order[:, 0]] - fit[rows, order[:, 1]] >= CLEARLY
        if not clear.any():
            break
        camp[open_[clear]] = names[order[clear, 0]]
    if len(np.unique(camp[camp >= 0])) < 2:
        return np.zeros_like(camp)
    return np.where(camp < 0, np.arange(len(camp)), camp)


def _of_the_hostile(score: Floats, hostile: Flags) -> Ints:
    """Camps of those that contradict another, none with a contradiction in it; -1 for the others."""
    camp = np.full(len(score), -1, np.int64)
    known = np.flatnonzero(hostile.any(axis=1))
    i, j = np.triu_indices(len(known), 1)
    a, b = known[i], known[j]
    apart = tuple(zip(i[hostile[a, b]].tolist(), j[hostile[a, b]].tolist(), strict=True))
    found, _ = cluster(len(known), i, j, score[a, b], Constraints((), apart), Progress())
    camp[known] = known[found]
    return camp
