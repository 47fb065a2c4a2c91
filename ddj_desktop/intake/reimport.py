"""What of a sheet is new, changed or already here. Decided by the source's own keys and by identical rows alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from ddj_desktop.intake.coded import Coded, nth_alike, pairs
from ddj_desktop.intake.keys import Keys
from ddj_desktop.kernel.ids import derived_id, derived_ids
from ddj_desktop.store.columns import Array

NEW, CHANGED, ALREADY_HERE = "new", "changed", "already_here"
_STATUS = (NEW, CHANGED, ALREADY_HERE)


@dataclass(frozen=True)
class Standing:
    """Rows that stand in the county file now."""

    row_key: Array
    group_id: Array
    content_id: Array


def compare(keys: Keys, standing: Standing, one_person: bool) -> tuple[Coded, Array]:
    """For each row its status, and the row key it takes.

    A row says the same as a standing row of its event: already here. Else a standing row with the same person and
    charge is changed by it. Else, where the event is one person's and has one row here and one in the sheet, that
    row is changed (a corrected name, an amended charge). Else it is new; rows alike are counted apart.
    """
    status = Coded(np.zeros(len(keys.group), np.int32), list(_STATUS))
    taken = np.full(len(keys.group), -1, np.int64)
    if len(standing.row_key):
        unused = _already_here(keys, standing, taken)
        status.codes[taken >= 0] = _STATUS.index(ALREADY_HERE)
        before = taken >= 0
        _by_part(keys, taken, unused, set(standing.row_key.tolist()))
        if one_person:
            _only_ones(keys, taken, unused, standing)
        status.codes[(taken >= 0) & ~before] = _STATUS.index(CHANGED)
    _fresh(keys, taken, standing)
    return status, taken


def _already_here(keys: Keys, standing: Standing, taken: Array) -> dict[int, set[int]]:
    """Let rows take the keys of standing rows of their event that say the same, the first the lowest. Returns the keys
    left in each event that has rows left."""
    order = np.argsort(standing.row_key)
    row_keys, here = standing.row_key[order], len(order)
    both = pairs(
        np.concatenate((standing.group_id[order], keys.group)),
        np.concatenate((standing.content_id[order], keys.content)),
    )
    nth = np.concatenate((nth_alike(both[:here]), nth_alike(both[here:])))
    alike = pairs(both, nth)
    _, mine, theirs = np.intersect1d(alike[here:], alike[:here], assume_unique=True, return_indices=True)
    taken[mine] = row_keys[theirs]
    left = np.ones(here, bool)
    left[theirs] = False
    left &= np.isin(standing.group_id[order], keys.group[taken < 0])
    unused: dict[int, set[int]] = defaultdict(set)
    for group, key in zip(standing.group_id[order][left].tolist(), row_keys[left].tolist(), strict=True):
        unused[group].add(key)
    return unused


def _nth(group: int, part: str, nth: int) -> int:
    return derived_id(group, part, nth)


def _rows_left(keys: Keys, taken: Array) -> list[tuple[int, int, str]]:
    """Place, event and part of the rows that have taken no key yet."""
    places = np.flatnonzero(taken < 0)
    return list(zip(places.tolist(), keys.group[places].tolist(), keys.part.at(places).whole(), strict=True))


def _by_part(keys: Keys, taken: Array, unused: dict[int, set[int]], known: set[int]) -> None:
    for place, group, part in _rows_left(keys, taken) if unused else ():
        if not unused.get(group):
            continue
        nth = 0
        while (key := _nth(group, part, nth)) in known:
            if key in unused[group]:
                unused[group].discard(key)
                taken[place] = key
                break
            nth += 1


def _only_ones(keys: Keys, taken: Array, unused: dict[int, set[int]], standing: Standing) -> None:
    if not any(unused.values()):
        return
    in_sheet, held = Counter(keys.group.tolist()), Counter(standing.group_id.tolist())
    for place, group, _ in _rows_left(keys, taken):
        if in_sheet[group] == 1 and held[group] == 1 and unused.get(group):
            taken[place] = unused[group].pop()


def _fresh(keys: Keys, taken: Array, standing: Standing) -> None:
    """Give the rows that are left keys of their own, made from event, person, charge and how many are alike."""
    places = np.flatnonzero(taken < 0)
    parts = keys.part.at(places)
    nth = nth_alike(pairs(keys.group[places], parts.codes))
    rows = zip(keys.group[places].tolist(), parts.whole(), nth.tolist(), strict=True)
    found = derived_ids([f"{group}\x1f{part}\x1f{n}" for group, part, n in rows])
    given = set(standing.row_key.tolist())
    if len(set(found)) == len(found) and given.isdisjoint(found):
        taken[places] = np.array(found, np.int64)
        return
    next_nth: dict[tuple[int, str], int] = {}
    for place, group, part in _rows_left(keys, taken):
        n = next_nth.get((group, part), 0)
        while (key := _nth(group, part, n)) in given:
            n += 1
        given.add(key)
        next_nth[group, part] = n + 1
        taken[place] = key
