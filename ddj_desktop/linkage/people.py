"""Person ids that last: which group of records goes on as which person.

Each earlier person goes on in the group that holds most of its records. Where several meet in one group the older
stays and the others are marked as merged into it. Where a person is taken apart, the parts that were people of their
own before they were merged are these people again. A group nobody goes on in is a new person. A record that left with a
removed import and came back counts for the person it last had; a corrected record, where nothing else speaks, for the
person of the record it replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """Earlier person to the one it was merged into."""


@dataclass(frozen=True)
class Earlier:
    """What is known of each record from before, one entry a record, -1 where nothing."""

    person: Ints
    """The person it belongs to, or last belonged to."""
    own: Ints
    """The person it had before anybody was merged into another."""
    replaced: Ints
    """The person of the record whose place it took."""


def place(group: Ints, earlier: Earlier, next_person: int, fixed: Mapping[int, int] | None = None) -> Placing:
    """Give each group its person.

    `group` has one entry a record, in the order of record ids. `fixed` names the person of groups that are settled
    already. New people are numbered from `next_person` in the order of their first record.
    """
    if not len(group):
        return Placing(group, group, {})
    names, dense = np.unique(group, return_inverse=True)
    first_record = np.full(len(names), len(group), np.int64)
    np.minimum.at(first_record, dense, np.arange(len(group)))
    kept = np.full(len(names), -1, np.int64)
    for name, person in (fixed or {}).items():
        kept[np.searchsorted(names, name)] = person
    settled = set(kept[kept >= 0].tolist())
    claims = _claims(dense, earlier, first_record)
    merged: dict[int, int] = {}
    for person in sorted(claims.keys() - settled):  # smaller number: older
        at = claims[person]
        if kept[at] < 0:
            kept[at] = person
        else:
            merged[person] = int(kept[at])
    _take_places_of_replaced(dense, earlier, kept)
    fresh = np.flatnonzero(kept < 0)
    fresh = fresh[np.argsort(first_record[fresh])]
    made = np.arange(next_person, next_person + len(fresh), dtype=np.int64)
    kept[fresh] = made
    return Placing(kept[dense], made, merged)


def _claims(dense: Ints, earlier: Earlier, first_record: Ints) -> dict[int, int]:
    """Earlier person to the group it goes on in."""
    placed = earlier.person >= 0
    if not placed.any():
        return {}
    size = np.bincount(dense, minlength=len(first_record))
    claims = _best_groups(earlier.person[placed], dense[placed], size, first_record)
    several = _in_several_groups(earlier.person[placed], dense[placed])
    living = set(claims)
    for person in several:
        mine = np.flatnonzero(earlier.person == person)
        own = earlier.own[mine]
        parts = _best_groups(own, dense[mine], size, first_record)
        claims |= {one: at for one, at in parts.items() if one == person or (one >= 0 and one not in living)}
    return claims


def _best_groups(person: Ints, dense: Ints, size: Ints, first_record: Ints) -> dict[int, int]:
    """Person to the group with most of its records (ties: where they are the larger share, then the first record)."""
    pairs, counts = np.unique(np.stack([person, dense]), axis=1, return_counts=True)
    order = np.lexsort((first_record[pairs[1]], size[pairs[1]], -counts, pairs[0]))
    who, at = pairs[0][order], pairs[1][order]
    first = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    return dict(zip(who[first].tolist(), at[first].tolist(), strict=True))


def _in_several_groups(person: Ints, dense: Ints) -> list[int]:
    who = np.unique(np.stack([person, dense]), axis=1)[0]
    several: list[int] = np.unique(who[1:][who[1:] == who[:-1]]).tolist()
    return several


def _take_places_of_replaced(dense: Ints, earlier: Earlier, kept: Ints) -> None:
    """A person none of whose records is left goes on where nobody else does and a record took one's place."""
    heirs = np.flatnonzero((earlier.replaced >= 0) & (kept[dense] < 0))
    taken = set(kept.tolist()) | set(earlier.person.tolist())
    for at in heirs.tolist():
        person = int(earlier.replaced[at])
        if kept[dense[at]] < 0 and person not in taken:
            kept[dense[at]] = person
            taken.add(person)
