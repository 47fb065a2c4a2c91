"""What people decided about pairs of records. Added, never changed; the last decision on a pair stands and binds.

A decision is kept with marks of what its two records were. When a record goes (a removed import, a corrected row) the
decision is carried to the records that took its place, as a decision of its own that names the one it repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.errors import NoSuchBatch, NotAPair
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

VERDICTS = ("same", "different", "not_sure")


@dataclass(frozen=True)
class Decision:
    """A standing decision on two records (left < right)."""

    left: int
    right: int
    verdict: str
    decision_id: int = 0


def decide(lane: Lane, left_record: int, right_record: int, verdict: str, actor: str, note: str = "") -> int:
    """Add a decision: same, different or not_sure. Returns its number. Binds from the next match on."""
    return decide_all(lane, [(left_record, right_record, verdict)], actor, note)[0]


def decide_all(
    lane: Lane, pairs: Iterable[tuple[int, int, str]], actor: str, note: str = "", batch: int | None = None
) -> list[int]:
    """Add several decisions at once. Raises NotAPair. Returns their numbers."""
    rows = [(min(a, b), max(a, b), verdict) for a, b, verdict in pairs]
    if any(a == b for a, b, _ in rows):
        raise NotAPair
    if any(verdict not in (*VERDICTS, "withdrawn") for *_, verdict in rows):
        raise ValueError("a verdict is same, different, not_sure or withdrawn")
    at = clock.now()
    made = [(*row, actor, at, note or None, batch, None) for row in rows]
    numbers = _add(lane, made)
    records = sorted({record for a, b, _ in rows for record in (a, b)})
    lane.run(sql("linkage", "remembered"), records="[" + ",".join(map(str, records)) + "]")
    return numbers


def _add(
    lane: Lane, rows: Sequence[tuple[int, int, str, str, datetime, str | None, int | None, int | None]]
) -> list[int]:
    first = int(lane.value("SELECT coalesce(max(decision_id), 0) + 1 FROM link_decision"))
    numbers = list(range(first, first + len(rows)))
    names = ("left_record", "right_record", "verdict", "decided_by", "decided_at", "note", "batch_id", "carried_from")
    columns: dict[str, list[object]] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    lane.append("link_decision", {"decision_id": numbers, **columns})
    return numbers


def withdraw(lane: Lane, left_record: int, right_record: int, actor: str, note: str = "") -> int:
    """Take a decision back: the pair is open again. The earlier decision stays on record."""
    return decide_all(lane, [(left_record, right_record, "withdrawn")], actor, note)[0]


def take_out(lane: Lane, record_id: int, actor: str, note: str = "") -> int:
    """Say of one record that it belongs to none of the others of its person, as one batch with one undo.

    Returns how many pairs that decides. An earlier `same` between them no longer stands.
    """
    others = [int(row[0]) for row in lane.rows(sql("linkage", "companions"), record_id=record_id)]
    if others:
        decide_batch(lane, "a record taken out", [(record_id, other, "different") for other in others], actor, note)
    return len(others)


def decide_batch(
    lane: Lane, pattern: str, pairs: Sequence[tuple[int, int, str]], actor: str, note: str = ""
) -> int:  # fmt: skip
    """Decide several pairs as one, under the name of what they have in common. Returns the number of the batch."""
    batch = last_batch(lane) + 1
    lane.run(
        "INSERT INTO decision_batch VALUES ($batch, $pattern, $pairs, $actor, $at, NULL, NULL)",
        batch=batch, pattern=pattern, pairs=len(pairs), actor=actor, at=clock.now(),
    )  # fmt: skip
    decide_all(lane, pairs, actor, note or pattern, batch)
    return batch


def last_batch(lane: Lane) -> int:
    """The number of the last batch; 0 where there is none."""
    return int(lane.value("SELECT coalesce(max(batch_id), 0) FROM decision_batch"))


def withdraw_batch(lane: Lane, batch: int, actor: str) -> int:
    """Take back every decision of a batch that still stands; what was decided otherwise since is left alone.

    Returns how many. Raises NoSuchBatch.
    """
    if not lane.rows("SELECT 1 FROM decision_batch WHERE batch_id = $batch AND withdrawn_at IS NULL", batch=batch):
        raise NoSuchBatch(batch=batch)
    pairs = lane.rows(sql("linkage", "batch_pairs"), batch=batch)
    decide_all(lane, [(int(a), int(b), "withdrawn") for a, b in pairs], actor, "batch taken back")
    lane.run(
        "UPDATE decision_batch SET withdrawn_by = $actor, withdrawn_at = $at WHERE batch_id = $batch",
        actor=actor, at=clock.now(), batch=batch,
    )  # fmt: skip
    return len(pairs)


def standing(lane: Lane) -> list[Decision]:
    """Every decision that binds (same or different), oldest first."""
    rows = lane.rows(
        "SELECT left_record, right_record, verdict, decision_id FROM standing_decision "
        "WHERE verdict IN ('same', 'different') ORDER BY decision_id"
    )
    return [Decision(int(left), int(right), str(verdict), int(number)) for left, right, verdict, number in rows]


def carry_over(lane: Lane) -> int:
    """Repeat decisions on records that are gone for the records that took their place. Returns how many."""
    found = lane.rows(sql("linkage", "carried"))
    at = clock.now()
    _add(lane, [(a, b, verdict, by, at, note, None, source) for a, b, verdict, by, note, source in found])
    if found:
        records = sorted({int(record) for a, b, *_ in found for record in (a, b)})
        lane.run(sql("linkage", "remembered"), records="[" + ",".join(map(str, records)) + "]")
    return len(found)


def last_number(lane: Lane) -> int:
    """The number of the last decision; 0 where there is none."""
    return int(lane.value("SELECT coalesce(max(decision_id), 0) FROM link_decision"))
