"""What a match changed, record by record and person by person, each merge and split with its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.evidence import to_json, waterfalls
from ddj_desktop.linkage.people import Placing
from ddj_desktop.linkage.types import Ints, Linked
from ddj_desktop.store.lane import Lane

BECAUSE_OF = {"merge": ("same", "withdrawn"), "split": ("different", "withdrawn")}
"""Decisions that can bring a change about."""


@dataclass(frozen=True)
class Moves:
    """Where every record was and is, one entry a record; and the records that left the file."""

    run_id: int
    records: Ints
    now: Ints
    """Person before the match, -1 for a record that had none."""
    last: Ints
    """The last person it ever had, merges followed; -1 for a record never seen."""
    replaced: Ints
    placing: Placing
    gone: Ints
    gone_from: Ints

    @property
    def moved(self) -> Ints:
        """Places of records that had a person and have another one now."""
        return np.flatnonzero((self.now >= 0) & (self.now != self.placing.person))


@dataclass(frozen=True)
class Change:
    """Records that went together from one person to another."""

    kind: str
    """merge: nobody is left there. split: nobody was here. moved: neither."""
    before: int
    after: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Because:
    """What may have brought a change about."""

    fresh: Sequence[tuple[int, int, str, int]]
    """Decisions since the last match: left, right, verdict, number."""
    trained: bool
    """The model was learned anew."""


def write_history(lane: Lane, moves: Moves) -> None:
    """One line for each record that came, went, or has another person."""
    made = set(moves.placing.made.tolist()) | _came_back(moves)
    rows: list[tuple[int, int | None, int | None, str]] = []
    each = zip(
        moves.records.tolist(), moves.now.tolist(), moves.last.tolist(), moves.replaced.tolist(),
        moves.placing.person.tolist(), strict=True,
    )  # fmt: skip
    for record, now, last, replaced, person in each:
        if now == person:
            continue
        if now < 0:
            cause = "returned" if last >= 0 else "corrected" if replaced >= 0 else "new"
            rows.append((record, None, person, cause))
        elif moves.placing.merged.get(now) == person:
            rows.append((record, now, person, "merge"))
        else:
            rows.append((record, now, person, "split" if person in made else "moved"))
    rows += [(r, p, None, "removed") for r, p in zip(moves.gone.tolist(), moves.gone_from.tolist(), strict=True)]
    lane.append(
        "person_history",
        {
            "run_id": np.full(len(rows), moves.run_id, np.int32),
            "record_id": [row[0] for row in rows],
            "from_person": [row[1] for row in rows],
            "to_person": [row[2] for row in rows],
            "cause": [row[3] for row in rows],
        },
    )


def _came_back(moves: Moves) -> set[int]:
    """People of earlier runs who had no record before this match and have some now."""
    return set(moves.placing.person.tolist()) - set(moves.now.tolist())


def changes_of(moves: Moves) -> list[Change]:
    """Merges, splits and moves, in the order of the people they came from."""
    before, after = set(moves.now.tolist()), set(moves.placing.person.tolist())
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at in moves.moved.tolist():
        together[int(moves.now[at]), int(moves.placing.person[at])].append(at)
    out = []
    for (old, new), places in sorted(together.items()):
        kind = "merge" if old not in after else "split" if new not in before else "moved"
        out.append(Change(kind, old, new, tuple(places)))
    return out


def write_changes(lane: Lane, moves: Moves, linked: Linked, because: Because) -> int:
    """Log every merge and split with its cause and the pair that speaks loudest for it. Returns how many."""
    found = changes_of(moves)
    telling = _Telling(moves, linked, because)
    told = [telling.of(change) for change in found]
    pairs = [pair for *_, pair in told if pair is not None]
    evidence = iter([to_json(steps) for steps in waterfalls(linked, np.array(pairs, np.int64))] if pairs else [])
    left, right = moves.records[linked.pairs.left[pairs]].tolist(), moves.records[linked.pairs.right[pairs]].tolist()
    shown = zip(left, right, evidence, strict=True)
    rows = [
        (change.kind, change.before, change.after, len(change.places), cause, decision)
        + (next(shown) if pair is not None else (None, None, None))
        for change, (cause, decision, pair) in zip(found, told, strict=True)
    ]
    first = int(lane.value("SELECT coalesce(max(change_id), 0) + 1 FROM person_change"))
    names = ("kind", "from_person", "to_person", "records", "cause", "decision_id", "left_record", "right_record",
             "evidence")  # fmt: skip
    columns: dict[str, list[object]] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    numbers = list(range(first, first + len(rows)))
    lane.append("person_change", {"change_id": numbers, "run_id": [moves.run_id] * len(rows), **columns})
    return len(rows)


class _Telling:
    """Finds cause and pair of each change."""

    def __init__(self, moves: Moves, linked: Linked, because: Because) -> None:
        self._moves, self._linked, self._because = moves, linked, because
        self._was, self._is = _places_by(moves.now), _places_by(moves.placing.person)
        self._lost = set(moves.gone_from.tolist())
        self._beside = self._neighbours()

    def _neighbours(self) -> dict[int, list[tuple[int, int]]]:
        """For each moved record the records it was compared with, and the place of the pair."""
        moved = np.zeros(len(self._moves.records), np.bool_)
        moved[self._moves.moved] = True
        left, right = self._linked.pairs.left, self._linked.pairs.right
        out: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at in np.flatnonzero(moved[left] | moved[right]).tolist():
            out[int(left[at])].append((int(right[at]), at))
            out[int(right[at])].append((int(left[at]), at))
        return out

    def of(self, change: Change) -> tuple[str, int | None, int | None]:
        """The cause of a change, the decision where one brought it about, and the place of the pair that shows why."""
        ours = set(change.places)
        others = set(self._was[change.before] if change.kind == "split" else self._is[change.after]) - ours
        return (*self._cause(change, ours, others), self._pair(change, ours, others))

    def _cause(self, change: Change, ours: Collection[int], others: Collection[int]) -> tuple[str, int | None]:
        records = self._moves.records
        here = {int(records[at]) for at in ours}
        there = {int(records[at]) for at in others}
        wanted = BECAUSE_OF.get(change.kind, ("same", "different", "withdrawn"))
        for left, right, verdict, number in self._because.fresh:
            across = (left in here and right in there) or (left in there and right in here)
            if verdict in wanted and (across or (change.kind == "moved" and (left in here or right in here))):
                return "decision", number
        touched = [*self._is[change.after], *self._is.get(change.before, ())]
        if any(self._moves.now[at] < 0 for at in touched):
            return "new_records", None
        if self._because.trained:
            return "training", None
        if change.before in self._lost or change.after in self._lost:
            return "gone_records", None
        return "evidence", None

    def _pair(self, change: Change, ours: Collection[int], others: Collection[int]) -> int | None:
        """The strongest pair across for a merge, the one most against for a split; None where none was compared."""
        found = [pair for at in ours for other, pair in self._beside.get(at, ()) if other in others]
        if not found:
            return None
        sign = -1.0 if change.kind == "split" else 1.0
        return max(found, key=lambda pair: (sign * float(self._linked.total[pair]), -pair))


def _places_by(person: Ints) -> dict[int, list[int]]:
    out: dict[int, list[int]] = defaultdict(list)
    for at, who in enumerate(person.tolist()):
        out[who].append(at)
    return out
