"""Person ids that last: which group of records goes on as which person.

Each earlier person goes on in the group that holds most of its records. Where several meet in one group the older
stays and the others are marked as merged into it. A group nobody goes on in is a new person. A record that left
with a removed import and came back counts for the person it last had.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.types import Ints


@dataclass(frozen=True)
class Placing:
    """Who goes on as whom."""

    person: Ints
    """Person of each record."""
    made: Ints
    """Numbers of new people, in order."""
    merged: dict[int, int]
    """Earlier person to the older one it was merged into."""


def place(group: Ints, earlier: Ints, next_person: int) -> Placing:
    """Give each group its person.

    `group` and `earlier` have one entry a record, in the order of record ids; earlier is -1 for a record never
    placed. New people are numbered from `next_person` in the order of their first record.
    """
    if not len(group):
        return Placing(group, group, {})
    names, dense = np.unique(group, return_inverse=True)
    first_record = np.full(len(names), len(group), np.int64)
    np.minimum.at(first_record, dense, np.arange(len(group)))
    claims = _claims(dense, earlier, first_record)
    kept = np.full(len(names), -1, np.int64)
    merged: dict[int, int] = {}
    for person in sorted(claims):  # smaller number: older
        at = claims[person]
        if kept[at] < 0:
            kept[at] = person
        else:
            merged[person] = int(kept[at])
    fresh = np.flatnonzero(kept < 0)
    fresh = fresh[np.argsort(first_record[fresh])]
    made = np.arange(next_person, next_person + len(fresh), dtype=np.int64)
    kept[fresh] = made
    return Placing(kept[dense], made, merged)


def _claims(dense: Ints, earlier: Ints, first_record: Ints) -> dict[int, int]:
    """Earlier person to the group that holds most of its records (ties: the group with the first record)."""
    placed = earlier >= 0
    if not placed.any():
        return {}
    pairs, counts = np.unique(np.stack([earlier[placed], dense[placed]]), axis=1, return_counts=True)
    order = np.lexsort((first_record[pairs[1]], -counts, pairs[0]))
    person, at = pairs[0][order], pairs[1][order]
    first = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    return dict(zip(person[first].tolist(), at[first].tolist(), strict=True))
