"""What people decided about pairs of records. Added, never changed; the last decision on a pair stands and binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.errors import NotAPair
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

VERDICTS = ("same", "different", "not_sure")


@dataclass(frozen=True)
class Decision:
    """A standing decision on two records (left < right)."""

    left: int
    right: int
    verdict: str


def decide(lane: Lane, left_record: int, right_record: int, verdict: str, actor: str, note: str = "") -> int:
    """Add a decision: same, different or not_sure. Returns its number. Binds from the next match on."""
    return decide_all(lane, [(left_record, right_record, verdict)], actor, note)[0]


def decide_all(lane: Lane, pairs: Iterable[tuple[int, int, str]], actor: str, note: str = "") -> list[int]:
    """Add several decisions at once. Raises NotAPair. Returns their numbers."""
    rows = [(min(a, b), max(a, b), verdict) for a, b, verdict in pairs]
    if any(a == b for a, b, _ in rows):
        raise NotAPair
    if any(verdict not in (*VERDICTS, "withdrawn") for *_, verdict in rows):
        raise ValueError("a verdict is same, different, not_sure or withdrawn")
    first = int(lane.value("SELECT coalesce(max(decision_id), 0) + 1 FROM link_decision"))
    numbers = list(range(first, first + len(rows)))
    at = clock.now()
    lane.append(
        "link_decision",
        {
            "decision_id": numbers,
            "left_record": [row[0] for row in rows],
            "right_record": [row[1] for row in rows],
            "verdict": [row[2] for row in rows],
            "decided_by": [actor] * len(rows),
            "decided_at": [at] * len(rows),
            "note": [note or None] * len(rows),
        },
    )
    return numbers


def withdraw(lane: Lane, left_record: int, right_record: int, actor: str, note: str = "") -> int:
    """Take a decision back: the pair is open again. The earlier decision stays on record."""
    return decide_all(lane, [(left_record, right_record, "withdrawn")], actor, note)[0]


def take_out(lane: Lane, record_id: int, actor: str, note: str = "") -> int:
    """Say of one record that it belongs to none of the others of its person. Returns how many pairs that decides."""
    others = [int(row[0]) for row in lane.rows(sql("linkage", "companions"), record_id=record_id)]
    decide_all(lane, [(record_id, other, "different") for other in others], actor, note)
    return len(others)


def standing(lane: Lane) -> list[Decision]:
    """Every decision that binds (same or different), oldest first."""
    rows = lane.rows(
        "SELECT left_record, right_record, verdict FROM standing_decision "
        "WHERE verdict IN ('same', 'different') ORDER BY decision_id"
    )
    return [Decision(int(left), int(right), str(verdict)) for left, right, verdict in rows]
