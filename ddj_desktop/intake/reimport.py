"""What of a sheet is new, changed or already here. Decided by the source's own keys and by identical rows alone."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from ddj_desktop.intake.keys import Keys
from ddj_desktop.kernel.ids import derived_id, derived_ids

NEW, CHANGED, ALREADY_HERE = "new", "changed", "already_here"


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that stands in the county file now."""

    row_key: int
    group_id: int
    content_id: int


def compare(keys: Keys, standing: Sequence[Standing], one_person: bool) -> tuple[list[str], list[int]]:
    """For each row its status, and the row key it takes.

    A row says the same as a standing row of its event: already here. Else a standing row with the same person and
    charge is changed by it. Else, where the event is one person's and has one row here and one in the sheet, that
    row is changed (a corrected name, an amended charge). Else it is new; rows alike are counted apart.
    """
    size = len(keys.group)
    status = [NEW] * size
    taken: list[int | None] = [None] * size
    unused: dict[int, set[int]] = defaultdict(set)
    same: dict[tuple[int, int], deque[int]] = defaultdict(deque)
    held: Counter[int] = Counter()
    for row in sorted(standing, key=lambda row: row.row_key):
        unused[row.group_id].add(row.row_key)
        same[row.group_id, row.content_id].append(row.row_key)
        held[row.group_id] += 1
    known = {row.row_key for row in standing}
    if standing:
        for place, (group, content) in enumerate(zip(keys.group, keys.content, strict=True)):
            alike = same.get((group, content))
            if alike:
                taken[place], status[place] = alike.popleft(), ALREADY_HERE
                unused[group].discard(taken[place] or 0)
        _by_part(keys, taken, status, unused, known)
        _only_ones(keys, taken, status, unused, held, one_person)
    _fresh(keys, taken, known)
    return status, [key if key is not None else 0 for key in taken]


def _nth(keys: Keys, place: int, nth: int) -> int:
    return derived_id(keys.group[place], *keys.part[place], nth)


def _by_part(
    keys: Keys, taken: list[int | None], status: list[str], unused: dict[int, set[int]], known: set[int]
) -> None:
    for place, group in enumerate(keys.group):
        if taken[place] is not None or not unused.get(group):
            continue
        nth = 0
        while (key := _nth(keys, place, nth)) in known:
            if key in unused[group]:
                unused[group].discard(key)
                taken[place], status[place] = key, CHANGED
                break
            nth += 1


def _only_ones(
    keys: Keys, taken: list[int | None], status: list[str], unused: dict[int, set[int]], held: Counter[int],
    one_person: bool,
) -> None:  # fmt: skip
    if not one_person:
        return
    in_sheet = Counter(keys.group)
    for place, group in enumerate(keys.group):
        if taken[place] is None and in_sheet[group] == 1 and held[group] == 1 and unused[group]:
            taken[place], status[place] = unused[group].pop(), CHANGED


def _fresh(keys: Keys, taken: list[int | None], known: set[int]) -> None:
    given = set(known)
    next_nth: dict[tuple[int, tuple[str, str]], int] = {}
    places = [place for place, key in enumerate(taken) if key is None]
    parts = ((keys.group[place], *keys.part[place]) for place in places)
    firsts = derived_ids([f"{group}\x1f{person}\x1f{charge}\x1f0" for group, person, charge in parts])
    for place, fresh in zip(places, firsts, strict=True):
        alike = (keys.group[place], keys.part[place])
        nth = next_nth.get(alike, 0)
        if nth:
            fresh = _nth(keys, place, nth)
        while fresh in given:
            nth += 1
            fresh = _nth(keys, place, nth)
        given.add(fresh)
        next_nth[alike] = nth + 1
        taken[place] = fresh
