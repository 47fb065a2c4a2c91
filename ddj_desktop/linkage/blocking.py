"""Candidate pairs: mentions that share a key in any pass, each pair once, blocks capped by what n allows.

Done in numpy: see decision 0005. Key and mention are packed into one whole number, so that one plain sort makes the
blocks of a pass; pairs are packed likewise, so that one plain sort of all passes' pairs leaves each once.
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


def candidate_pairs(standard: Standard, passes: list[Pass], progress: Progress) -> Pairs:
    """Every pair of linkable mentions that some pass brings together, and which of them each learning pass gave."""
    parts = key_parts(standard)
    finer = mixed(parts.surname_start + 1, parts.given_start + 1, parts.year + 1)
    blocks = _Blocks(standard.size, standard.linkable, finer)
    found: list[Ints] = []
    taught: dict[int, Ints] = {}
    for number, blocking in enumerate(passes):
        progress.check()
        pairs = blocks.pairs(blocking.keys(parts))
        found.append(pairs)
        if blocking.learns and len(pairs):
            taught[number] = np.unique(pairs[:: len(pairs) // LEARNED_FROM + 1])
    if standard.size <= COMPARED_IN_FULL:
        who = np.flatnonzero(standard.linkable)
        i, j = np.triu_indices(len(who), 1)
        found.append(who[i] << _HALF | who[j])
    packed = np.concatenate(found)
    packed.sort()
    packed = packed[_first(packed)]
    return Pairs(
        packed >> _HALF, packed & _RIGHT, {number: np.searchsorted(packed, some) for number, some in taught.items()}
    )


_HALF = 31
_RIGHT = (1 << _HALF) - 1


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

    def pairs(self, columns: list[Ints]) -> Ints:
        """The pairs of a pass, packed; a block above the allowance is cut by a finer key, or left out."""
        packed = np.concatenate([self._packed(column) for column in columns])
        packed.sort()
        packed = packed[_first(packed)]
        kept, cut = self._within(packed)
        if len(cut):
            mention = cut & ((1 << self._place) - 1)
            again = self._pack(mixed(cut >> self._place, self._finer[mention]), mention)
            again.sort()
            return np.concatenate([self._made(kept), self._made(self._within(again)[0])])
        return self._made(kept)

    def _packed(self, column: Ints) -> Ints:
        at = np.flatnonzero((column >= 0) & self._linkable)
        return self._pack(column[at], at)

    def _pack(self, key: Ints, mention: Ints) -> Ints:
        return (key & ((1 << (63 - self._place)) - 1)) << self._place | mention

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
        """Every pair within each block: each entry with all before it in its block."""
        if not len(packed):
            return packed
        mention = packed & ((1 << self._place) - 1)
        starts = np.flatnonzero(_first(packed >> self._place))
        sizes = np.diff(np.append(starts, len(packed)))
        start = np.repeat(starts, sizes)
        before = np.arange(len(packed)) - start
        total = int(before.sum())
        other = np.arange(total) - np.repeat(np.cumsum(before) - before - start, before)
        made: Ints = mention[other] << _HALF | np.repeat(mention, before)
        return made
