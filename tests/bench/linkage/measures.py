"""Measures of a partition against the truth. Written apart from the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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


def calibration(
    sure: Sequence[float], group: Sequence[Hashable], truth: Sequence[Hashable], bins: int = 10
) -> tuple[float, float]:
    """How well `sure` says that a row stands with another of its person: Brier score (1950), and expected calibration
    error in so many bins of one width. Of rows linked to any (`sure` above 0); 0 and 0 where there are none."""
    both = Counter(zip(group, truth, strict=True))
    at = np.flatnonzero(np.asarray(sure) > 0).tolist()
    if not at:
        return 0.0, 0.0
    said = np.array([sure[row] for row in at])
    right = np.array([both[group[row], truth[row]] > 1 for row in at], np.float64)
    place = np.minimum((said * bins).astype(np.int64), bins - 1)
    off = np.abs(np.bincount(place, weights=said - right, minlength=bins))
    return float(np.mean((said - right) ** 2)), float(off.sum() / len(at))


def linked_share(group: Sequence[Hashable], rows: NDArray[np.bool_]) -> float:
    """Share of some rows that stand in a group with any other row."""
    sizes = Counter(group)
    chosen = np.flatnonzero(rows).tolist()
    return sum(sizes[group[at]] > 1 for at in chosen) / max(len(chosen), 1)


def recall_of(group: Sequence[Hashable], truth: Sequence[Hashable], rows: NDArray[np.bool_]) -> float:
    """Mean over some rows of the share of their person's other rows that stand with them, of those with others."""
    both, people = Counter(zip(group, truth, strict=True)), Counter(truth)
    shares = [
        (both[group[at], truth[at]] - 1) / (people[truth[at]] - 1)
        for at in np.flatnonzero(rows).tolist()
        if people[truth[at]] > 1
    ]
    return sum(shares) / max(len(shares), 1)


def merged(
    group: Sequence[Hashable], truth: Sequence[Hashable], traps: Mapping[str, Sequence[tuple[Hashable, Hashable]]]
) -> dict[str, tuple[int, int]]:
    """By kind of planted pair: how many share a group in any row, of how many of whom both have a row."""
    wanted = {person for pairs in traps.values() for pair in pairs for person in pair}
    stands: dict[Hashable, set[Hashable]] = {}
    for name, person in zip(group, truth, strict=True):
        if person in wanted:
            stands.setdefault(person, set()).add(name)
    out = {}
    for kind, pairs in traps.items():
        there = [(a, b) for a, b in pairs if a in stands and b in stands]
        out[kind] = (sum(bool(stands[a] & stands[b]) for a, b in there), len(there))
    return out


def sizes_of(group: Sequence[Hashable]) -> dict[str, int]:
    """How many groups have 1, 2 to 5, 6 to 20, 21 to 60 and more than 60 rows."""
    sizes = np.array(list(Counter(group).values()))
    edges = ((1, 1, "1"), (2, 5, "2-5"), (6, 20, "6-20"), (21, 60, "21-60"), (61, 10**9, "61+"))
    return {name: int(((sizes >= low) & (sizes <= high)).sum()) for low, high, name in edges}
