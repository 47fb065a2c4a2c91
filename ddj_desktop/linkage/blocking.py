"""Candidate pairs: mentions that share a key in any pass, each pair once, blocks capped by what n allows.

Done by sorting packed numbers: see decision 0005. Most pairs of one person share the first pass, and then nearly all
the others too. Mentions are therefore numbered so that those of one block of the first pass stand together; a later
pass makes only the pairs between such runs, and no pair of the first pass twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.grouping import first_of_runs, mixed
from ddj_desktop.linkage.keys import Pass, key_parts
from ddj_desktop.linkage.types import Flags, Ints, Pairs, Standard

PAIRS_A_MENTION = 12
"""Pairs one pass may give, for each mention. Blocks are taken from the smallest up, so the cap adapts to n:
keys that grow with the square of n (a birth date alone) lose their largest blocks, and only those."""
LOOSE_PAIRS_A_MENTION = 1
"""The same for a pass whose key many strangers share."""
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
    blocks = Blocks(standard)

    def made(numbered: tuple[int, Pass]) -> list[Ints]:
        progress.check()
        place, blocking = numbered
        return blocks.pairs(blocks.entries(place, blocking) if place else first)

    first = blocks.entries(0, passes[0])  # it numbers the mentions for all others
    found = [pairs for more in side_by_side(made, enumerate(passes)) for pairs in more]
    if standard.size <= COMPARED_IN_FULL:
        found.append(_every_pair(standard.linkable))
    progress.check()
    pairs = _once(found)
    progress.check()
    some, numbers = _some(pairs), sorted(blocks.taught)
    left, right = (ends[some].astype(np.intp) for ends in (pairs.left, pairs.right))
    places = side_by_side(lambda number: some[_sharing(blocks.taught[number], left, right)], numbers)
    pairs.taught.update(zip(numbers, places, strict=True))
    return pairs


class StandingBlocks:
    """The blocks of all passes, kept, to ask for the pairs of some mentions again and again."""

    def __init__(self, standard: Standard, passes: list[Pass], progress: Progress) -> None:
        blocks = Blocks(standard)
        self._linkable = standard.linkable
        self._standing: list[_Standing] = []
        for number, blocking in enumerate(passes):
            progress.check()
            self._standing += [blocks.standing(one) for one in blocks.entries(number, blocking)]

    def pairs_of(self, mentions: Flags) -> Pairs:
        """Every candidate pair with one at least of the given mentions in it."""
        found = list(side_by_side(lambda one: one.pairs_of(mentions), self._standing))
        if len(mentions) <= COMPARED_IN_FULL:
            every = _every_pair(self._linkable)
            found.append(every[mentions[every >> _HALF] | mentions[every & _RIGHT]])
        return _once(found)


@dataclass(frozen=True)
class _Standing:
    """The blocks of a pass, one after the other."""

    mention: Ints
    begins: Ints
    """Where each block begins, and where the last one ends."""
    ahead: Ints
    """For each entry, how many of its block stand before its run of the first pass (in that pass: before itself). It
    makes pairs with these; those within a run are the first pass's."""

    def pairs_of(self, mentions: Flags) -> Ints:
        """Every pair with one of the given mentions in it, packed, once each, in ascending order."""
        at = np.flatnonzero(mentions[self.mention])
        block = np.searchsorted(self.begins, at, side="right") - 1
        block = block[first_of_runs(block)]
        size = self.begins[block + 1] - self.begins[block]
        first = np.cumsum(size) - size
        entry = np.arange(int(size.sum())) + np.repeat(self.begins[block] - first, size)
        mention, ahead, start = self.mention[entry].astype(np.int64), self.ahead[entry], np.repeat(first, size)
        asked = mentions[mention]
        one, other = np.flatnonzero(asked), np.flatnonzero(~asked)
        so_far = np.append(0, np.cumsum(asked))  # of those asked for, the others need only these
        low = so_far[start[other]]
        many = ahead[one], so_far[start[other] + ahead[other]] - low
        left = np.concatenate([np.repeat(one, many[0]), np.repeat(other, many[1])])
        right = np.concatenate([_stretches(start[one], many[0]), one[_stretches(low, many[1])]])
        a, b = mention[left], mention[right]
        packed: Ints = np.minimum(a, b) << _HALF | np.maximum(a, b)
        packed.sort()
        return packed


def _stretches(begin: Ints, size: Ints) -> Ints:
    """The whole numbers of several stretches, one after the other."""
    out: Ints = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size - begin, size)
    return out


def _every_pair(linkable: Flags) -> Ints:
    who = np.flatnonzero(linkable)
    i, j = np.triu_indices(len(who), 1)
    every: Ints = who[i] << _HALF | who[j]
    return every


def _once(found: list[Ints]) -> Pairs:
    packed = np.concatenate(found)
    packed.sort(kind="stable")  # quick where sorted parts follow one another
    packed = packed[first_of_runs(packed)]
    right = (packed & _RIGHT).astype(np.int32)
    packed >>= _HALF
    return Pairs(packed.astype(np.int32), right)


def _some(pairs: Pairs) -> Ints:
    """Places of pairs to learn from: all, of very many some."""
    return np.arange(0, len(pairs), len(pairs) // (4 * LEARNED_FROM) + 1)


def _sharing(key: Ints, left: Ints, right: Ints) -> Ints:
    """Places of those pairs that share a key; of very many, some."""
    one = key.take(left)
    at = np.flatnonzero((one >= 0) & (one == key.take(right)))
    some: Ints = at[:: len(at) // LEARNED_FROM + 1]
    return some


@dataclass(frozen=True)
class Entries:
    """Keys and mentions of blocks of a pass, packed and sorted."""

    packed: Ints
    runs: bool
    """Pairs within a run of the first pass are left out: that pass gives them."""


class Blocks:
    """Makes the blocks and the pairs of one pass after another."""

    def __init__(self, standard: Standard) -> None:
        size = standard.size
        self._parts = key_parts(standard)
        self._linkable = standard.linkable
        self._finer = mixed(self._parts.surname_start + 1, self._parts.given_start + 1, self._parts.year + 1)
        self._place = max(size - 1, 1).bit_length()
        self._size = size
        self._number = np.arange(size)
        """Number of each mention in the order of the first pass's blocks."""
        self._mention = np.arange(size)
        self._run = np.arange(size)
        """For each number, where its block of the first pass begins."""
        self.taught: dict[int, Ints] = {}
        """For each pass that is learned from, the key of each mention none of whose blocks was too large."""

    def entries(self, place: int, blocking: Pass) -> list[Entries]:
        """The blocks of a pass, the first one being at place 0: those within the allowance, and those of the others
        that are when cut by a finer key."""
        columns = blocking.keys(self._parts)
        packed = np.concatenate([self._packed(column) for column in columns])
        packed.sort()
        most = max(PAIRS_ALWAYS, (LOOSE_PAIRS_A_MENTION if blocking.loose else PAIRS_A_MENTION) * self._size)
        kept, cut = self._within(packed[first_of_runs(packed)], most)
        whole = np.ones(len(self._number), np.bool_)
        out = [Entries(kept, place > 0)]
        if len(cut):
            number = cut & ((1 << self._place) - 1)
            mention = self._mention[number]
            whole[mention] = False
            again = self._pack(mixed(cut >> self._place, self._finer[mention]), number)
            again.sort()
            out.append(Entries(self._within(again, most)[0], place > 0))
        if blocking.learns:
            self.taught[place] = np.where(whole, columns[0], -1)
        if place == 0:
            self._begin(np.where(whole & self._linkable, columns[0], -1))
            out = [Entries(self._renumbered(one.packed), one.runs) for one in out]
        return out

    def _renumbered(self, packed: Ints) -> Ints:
        """Packed entries of the first pass, made before its blocks had given the mentions their numbers."""
        mention = packed & ((1 << self._place) - 1)
        again: Ints = packed - mention + self._number[mention]
        again.sort()
        return again

    def _begin(self, key: Ints) -> None:
        """Number the mentions by blocks of the first pass; one without a block there is a run of its own."""
        size = len(key)
        self._mention = np.argsort(key, kind="stable")
        self._number[self._mention] = np.arange(size)
        ordered = key[self._mention]
        first = first_of_runs(ordered) | (ordered < 0)
        self._run = np.maximum.accumulate(np.where(first, np.arange(size), 0))

    def _packed(self, column: Ints) -> Ints:
        at = np.flatnonzero((column >= 0) & self._linkable)
        return self._pack(column[at], self._number[at])

    def _pack(self, key: Ints, number: Ints) -> Ints:
        return (key & ((1 << (63 - self._place)) - 1)) << self._place | number

    def _within(self, packed: Ints, most: int) -> tuple[Ints, Ints]:
        """Entries of blocks of two and more so small that all of that size and below give no more than `most` pairs,
        and the entries of the larger ones."""
        starts = np.flatnonzero(first_of_runs(packed >> self._place))
        sizes = np.diff(np.append(starts, len(packed)))
        of_size = np.bincount(sizes)
        every = np.cumsum(of_size * (np.arange(len(of_size)) * (np.arange(len(of_size)) - 1) // 2))
        fits = np.repeat(every[sizes] <= most, sizes)
        return packed[fits & np.repeat(sizes > 1, sizes)], packed[~fits]

    def pairs(self, entries: list[Entries]) -> list[Ints]:
        """The pairs of blocks, packed, in ascending order each."""
        out = []
        for one in entries:
            left, right = self._made(one)
            pairs = np.minimum(left, right) << _HALF | np.maximum(left, right)
            pairs.sort()
            out.append(pairs)
        return out

    def standing(self, entries: Entries) -> _Standing:
        """The same blocks, to be asked for the pairs of some mentions."""
        begins = np.append(np.flatnonzero(first_of_runs(entries.packed >> self._place)), len(entries.packed))
        number, _, ahead = self._looked_at(entries)
        return _Standing(self._mention[number].astype(np.int32), begins.astype(np.int32), ahead.astype(np.int32))

    def _made(self, entries: Entries) -> tuple[Ints, Ints]:
        """Every pair within each block, but for those within a run: each entry with all before its run begins."""
        number, start, ahead = self._looked_at(entries)
        other = _stretches(start, ahead)
        return self._mention[number[other]], np.repeat(self._mention[number], ahead)

    def _looked_at(self, entries: Entries) -> tuple[Ints, Ints, Ints]:
        """Of each entry the mention's number, where its block begins, and how many of the block stand before its run
        (before itself, where runs are not left out)."""
        number, place = entries.packed & ((1 << self._place) - 1), np.arange(len(entries.packed))
        block = first_of_runs(entries.packed >> self._place)
        start = np.maximum.accumulate(np.where(block, place, 0))
        new = block | first_of_runs(self._run[number])
        end = np.maximum.accumulate(np.where(new, place, 0)) if entries.runs else place
        return number, start, end - start
