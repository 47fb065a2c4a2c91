"""Candidate pairs: mentions that share a key in any pass, each pair once, blocks capped by what n allows.

Done by sorting packed numbers: see decision 0005. Most pairs of one person share the first pass, and then nearly all
the others too. Mentions are therefore numbered so that those of one block of the first pass stand together; a later
pass makes only the pairs between such runs, and no pair of the first pass twice.
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.grouping import mixed
from ddj_desktop.linkage.keys import Pass, key_parts
from ddj_desktop.linkage.types import Flags, Ints, Pairs, Standard

PAIRS_A_MENTION = 12
"""Pairs one pass may give, for each mention. Blocks are taken from the smallest up, so the cap adapts to n:
keys that grow with the square of n (a birth date alone) lose their largest blocks, and only those."""
PAIRS_ALWAYS = 150_000
"""Pairs any pass may give however few the mentions: a small file is compared without loss."""

COMPARED_IN_FULL = 1_500
"""Mentions up to which every pair is compared, blocked or not."""
LEARNED_FROM = 250_000
"""Pairs of one pass that are kept for learning, at most."""
_HALF = 31
_RIGHT = (1 << _HALF) - 1


def candidate_pairs(standard: Standard, passes: list[Pass], progress: Progress) -> Pairs:
    """Every pair of linkable mentions that some pass brings together, and for each pass that is learned from those
    that share its (first) key."""
    parts = key_parts(standard)
    finer = mixed(parts.surname_start + 1, parts.given_start + 1, parts.year + 1)
    blocks = _Blocks(standard.size, standard.linkable, finer)
    found: list[Ints] = []
    taught: dict[int, Ints] = {}
    for number, blocking in enumerate(passes):
        progress.check()
        columns = blocking.keys(parts)
        pairs, whole = blocks.pairs(columns)
        found.append(pairs)
        if blocking.learns:
            taught[number] = np.where(whole, columns[0], -1)
    if standard.size <= COMPARED_IN_FULL:
        who = np.flatnonzero(standard.linkable)
        i, j = np.triu_indices(len(who), 1)
        found.append(who[i] << _HALF | who[j])
    packed = np.concatenate(found)
    packed.sort()
    packed = packed[_first(packed)]
    left, right = packed >> _HALF, packed & _RIGHT
    return Pairs(left, right, {number: _sharing(key, left, right) for number, key in taught.items()})


def _sharing(key: Ints, left: Ints, right: Ints) -> Ints:
    """Places of pairs that share a key; of very many pairs, some."""
    at = np.arange(0, len(left), len(left) // (4 * LEARNED_FROM) + 1)
    one = key[left[at]]
    at = at[(one >= 0) & (one == key[right[at]])]
    some: Ints = at[:: len(at) // LEARNED_FROM + 1]
    return some


def _first(ordered: Ints) -> Flags:
    """True at the first of each run of equal numbers."""
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


class _Blocks:
    """Makes the pairs of one pass after another."""

    def __init__(self, size: int, linkable: Flags, finer: Ints) -> None:
        self._linkable = linkable
        self._finer = finer
        self._place = max(size - 1, 1).bit_length()
        self._allowance = max(PAIRS_ALWAYS, PAIRS_A_MENTION * size)
        self._number = np.arange(size)
        """Number of each mention in the order of the first pass's blocks."""
        self._mention = np.arange(size)
        self._run = np.arange(size)
        """For each number, where its block of the first pass begins."""
        self._begun = False

    def pairs(self, columns: list[Ints]) -> tuple[Ints, Flags]:
        """The pairs of a pass that the first pass did not give, packed; and the mentions none of whose blocks was too
        large. A block above the allowance is cut by a finer key, or left out."""
        packed = np.concatenate([self._packed(column) for column in columns])
        packed.sort()
        packed = packed[_first(packed)]
        kept, cut = self._within(packed)
        whole = np.ones(len(self._number), np.bool_)
        made = [self._made(kept)]
        if len(cut):
            number = cut & ((1 << self._place) - 1)
            mention = self._mention[number]
            whole[mention] = False
            again = self._pack(mixed(cut >> self._place, self._finer[mention]), number)
            again.sort()
            made.append(self._made(self._within(again)[0]))
        if not self._begun and len(columns) == 1:
            self._begin(np.where(whole & self._linkable, columns[0], -1))
        return np.concatenate(made), whole

    def _begin(self, key: Ints) -> None:
        """Number the mentions by blocks of the first pass; one without a block there is a run of its own."""
        self._begun = True
        size = len(key)
        self._mention = np.argsort(key, kind="stable")
        self._number[self._mention] = np.arange(size)
        ordered = key[self._mention]
        first = _first(ordered) | (ordered < 0)
        self._run = np.maximum.accumulate(np.where(first, np.arange(size), 0))

    def _packed(self, column: Ints) -> Ints:
        at = np.flatnonzero((column >= 0) & self._linkable)
        return self._pack(column[at], self._number[at])

    def _pack(self, key: Ints, number: Ints) -> Ints:
        return (key & ((1 << (63 - self._place)) - 1)) << self._place | number

    def _within(self, packed: Ints) -> tuple[Ints, Ints]:
        """Entries of blocks of two and more so small that all of that size and below stay within the allowance, and
        the entries of the larger ones."""
        starts = np.flatnonzero(_first(packed >> self._place))
        sizes = np.diff(np.append(starts, len(packed)))
        of_size = np.bincount(sizes)
        every = np.cumsum(of_size * (np.arange(len(of_size)) * (np.arange(len(of_size)) - 1) // 2))
        fits = np.repeat(every[sizes] <= self._allowance, sizes)
        return packed[fits & np.repeat(sizes > 1, sizes)], packed[~fits]

    def _made(self, packed: Ints) -> Ints:
        """Every pair within each block, but for those within a run: each entry with all before its run begins."""
        number = packed & ((1 << self._place) - 1)
        block = _first(packed >> self._place)
        start = np.maximum.accumulate(np.where(block, np.arange(len(packed)), 0))
        if self._begun:
            run = block | _first(self._run[number])
            before = np.maximum.accumulate(np.where(run, np.arange(len(packed)), 0)) - start
        else:
            before = np.arange(len(packed)) - start
        other = np.arange(int(before.sum())) - np.repeat(np.cumsum(before) - before - start, before)
        one, two = self._mention[number[other]], np.repeat(self._mention[number], before)
        made: Ints = np.minimum(one, two) << _HALF | np.maximum(one, two)
        return made
