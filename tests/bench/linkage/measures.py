"""Measures of a partition against the truth. Written apart from the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """Pairwise precision, recall and F1, and B-cubed F1 (Bagga and Baldwin, 1998)."""

    precision: float
    recall: float
    f1: float
    b_cubed: float
    largest: int
    """Rows in the largest group."""


def pairs_within(sizes: Counter[Hashable]) -> int:
    """Pairs of rows in one group, over all groups."""
    return sum(n * (n - 1) // 2 for n in sizes.values())


def quality(group: Sequence[Hashable], truth: Sequence[Hashable]) -> Quality:
    """How well `group` says who is who. Both have one entry a row."""
    both: Counter[Hashable] = Counter(zip(group, truth, strict=True))
    groups: Counter[Hashable] = Counter(group)
    people: Counter[Hashable] = Counter(truth)
    right = pairs_within(both)
    precision = right / max(pairs_within(groups), 1)
    recall = right / max(pairs_within(people), 1)
    rows = len(group)
    p3 = sum(n * n / groups[pair[0]] for pair, n in both.items()) / rows  # type: ignore[index]
    r3 = sum(n * n / people[pair[1]] for pair, n in both.items()) / rows  # type: ignore[index]
    return Quality(precision, recall, harmonic(precision, recall), harmonic(p3, r3), max(groups.values()))


def harmonic(a: float, b: float) -> float:
    """Harmonic mean; 0 where both are 0."""
    return 2 * a * b / (a + b) if a + b else 0.0
