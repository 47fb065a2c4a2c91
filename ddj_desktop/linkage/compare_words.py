"""Words compared, each pair of them once: how alike they are, how many slips apart."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from ddj_desktop.linkage.grouping import distinct
from ddj_desktop.linkage.types import Coded, Floats, Ints, Levels

THREADS = -1
"""Threads that compare words: as many as the machine has. The answer is the same for any number."""


class Judged:
    """Levels of pairs of values of one column, each pair judged once in a run however many stretches it comes up in."""

    def __init__(self, keeps: bool = True) -> None:
        self._keeps = keeps
        self._known = np.empty(0, np.int64), np.empty(0, np.int8)
        """Pairs, ascending, and their levels; never changed, only replaced by more."""
        self._learning = threading.Lock()

    def of(self, column: Coded, a: Ints, b: Ints, judge: Callable[[Coded, Ints, Ints], Levels]) -> Levels:
        """Levels of pairs of values, given by their numbers in the column's vocabulary. Gives 0 where either is
        unknown; `judge` sees unequal pairs only, low < high, and equal ones are left at 0 for the caller."""
        out = np.zeros(len(a), np.int8)
        differ = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
        if len(differ):
            x, y = a[differ], b[differ]
            size = len(column.words)
            pairs, back = distinct(np.minimum(x, y) * size + np.maximum(x, y))
            out[differ] = self._levels(pairs, lambda new: judge(column, new // size, new % size))[back]
        return out

    def _levels(self, pairs: Ints, judge: Callable[[Ints], Levels]) -> Levels:
        """The levels of different pairs, ascending."""
        if not self._keeps:
            return judge(pairs)
        known, levels = self._learned(pairs, judge)
        return levels[np.searchsorted(known, pairs)]

    def _learned(self, pairs: Ints, judge: Callable[[Ints], Levels]) -> tuple[Ints, Levels]:
        """What is known once those of the pairs that are new are judged."""
        with self._learning:
            known, levels = self._known
            at = np.searchsorted(known, pairs)
            there = at < len(known)
            there[there] = known[at[there]] == pairs[there]
            new = pairs[~there]
            if len(new):
                self._known = np.insert(known, at[~there], new), np.insert(levels, at[~there], judge(new))
            return self._known


def similarity(column: Coded, low: Ints, high: Ints) -> Floats:
    """Jaro-Winkler similarity of pairs of values, 0 to 1."""
    a, b = column.said(low), column.said(high)
    return np.asarray(process.cpdist(a, b, scorer=JaroWinkler.normalized_similarity, workers=THREADS), np.float64)


def slips(column: Coded, low: Ints, high: Ints, most: int = 2) -> Ints:
    """Optimal string alignment distance of pairs of values, swapped neighbours as one slip; above `most`: most + 1."""
    a, b = column.said(low), column.said(high)
    return np.asarray(process.cpdist(a, b, scorer=OSA.distance, score_cutoff=most, workers=THREADS), np.int64)
