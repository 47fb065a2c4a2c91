"""Taking a change back gives the very same people: where records are parted as they once were, the numbers of then
come back."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

import numpy as np

from ddj_desktop.linkage.types import Ints
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

Past = dict[int, tuple[list[int], list[int | None]]]
"""For each record the runs that changed its person, ascending, and the person after each (None: taken away)."""


def settled_as_before(lane: Lane, records: Ints, group: Ints, earlier: Ints) -> dict[int, int]:
    """Groups that are, with all they are entangled with, what an earlier run had: each group with its person of then.

    Entangled are groups and people that share records where either side is not whole. `earlier` is the person each
    record has or last had, -1 where none. The latest such run counts.
    """
    found: dict[int, int] = {}
    tangles = _tangles(group, earlier)
    if not tangles:
        return found
    past = _past(lane, records[np.concatenate(tangles)])
    living = np.unique(earlier, return_counts=True)
    count = dict(zip(living[0].tolist(), living[1].tolist(), strict=True))
    for places in tangles:
        if any(int(record) not in past for record in records[places]):
            continue  # a record no run has seen: nothing was ever parted so
        inside = np.unique(earlier[places], return_counts=True)
        here = dict(zip(inside[0].tolist(), inside[1].tolist(), strict=True))
        then = _as_then(records[places].tolist(), group[places].tolist(), past)
        if all(count.get(person, 0) == here.get(person, 0) for person in then.values()):
            found |= then
    return found


def _as_then(records: list[int], group: list[int], past: Past) -> dict[int, int]:
    """Group to person as of the latest run that parted these records like this; empty where none did."""
    for run in sorted({run for record in records for run in past[record][0]}, reverse=True):
        person = [_after(past[record], run) for record in records]
        pairs = set(zip(group, person, strict=True))
        if None not in person and len(pairs) == len(set(group)) == len(set(person)):
            return {name: who for name, who in pairs if who is not None}
    return {}


def _after(changes: tuple[list[int], list[int | None]], run: int) -> int | None:
    at = bisect_right(changes[0], run)
    return changes[1][at - 1] if at else None


def _past(lane: Lane, records: Ints) -> Past:
    out: Past = defaultdict(lambda: ([], []))
    ids = "[" + ",".join(map(str, sorted(records.tolist()))) + "]"
    for record, run, person in lane.rows(sql("linkage", "past_people"), records=ids):
        out[record][0].append(run)
        out[record][1].append(person)
    return dict(out)


def _tangles(group: Ints, earlier: Ints) -> list[Ints]:
    """Places of records whose groups and people are not one to one, those that hang together in one list."""
    placed = np.flatnonzero(earlier >= 0)
    pairs = np.unique(np.stack([earlier[placed], group[placed]]), axis=1)
    people, of_person = np.unique(pairs[0], return_counts=True)
    groups, of_group = np.unique(pairs[1], return_counts=True)
    split, joined = people[of_person > 1], groups[of_group > 1]
    odd = np.isin(pairs[0], split) | np.isin(pairs[1], joined)
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    for person, name in zip(pairs[0][odd].tolist(), pairs[1][odd].tolist(), strict=True):
        root[top(("person", person))] = top(("group", name))
    together: dict[tuple[str, int], list[int]] = defaultdict(list)
    touched = np.isin(group, pairs[1][odd]) | np.isin(earlier, pairs[0][odd])
    for at in np.flatnonzero(touched).tolist():
        together[top(("group", int(group[at])))].append(at)
    return [np.array(places, np.int64) for places in together.values()]
