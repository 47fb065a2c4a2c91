"""A second person's look at decided pairs, without seeing the first answer: how often two people agree, and where not.

Decisions made one at a time by somebody else, of which nobody gave a second answer yet, are drawn in an order made from
the file's own seed. A second answer decides nothing; where the two differ, somebody settles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.decisions import VERDICTS, decide
from ddj_desktop.linkage.errors import NoSecondLook
from ddj_desktop.linkage.quality import seed_of
from ddj_desktop.linkage.queue import PairToReview, SamplePair, side_by_side
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

AT_A_TIME = 20
"""Pairs laid before a second person at a time."""


@dataclass(frozen=True)
class Disagreement:
    """A decision that stands and a second answer that says otherwise."""

    decision_id: int
    pair: PairToReview
    first: str
    first_by: str
    first_at: datetime
    second: str
    second_by: str


@dataclass(frozen=True)
class Agreement:
    """How often two people said the same, over every second answer that was sure."""

    looked: int
    agreed: int
    not_sure: int


def waiting(lane: Lane, actor: str) -> list[SamplePair]:
    """The pairs that wait for this person's second look; `place` is the number of the decision."""
    rows = lane.dicts(sql("linkage", "second_waiting"), actor=actor, seed=seed_of(lane), most=AT_A_TIME)
    of = {(row["left_record"], row["right_record"]): int(row["decision_id"]) for row in rows}
    return [SamplePair(of[pair.left_record, pair.right_record], pair, "") for pair in side_by_side(lane, rows)]


def answer(lane: Lane, decision_id: int, verdict: str, actor: str) -> None:
    """Keep a second answer, or put another in its place. It changes nobody. Raises NoSecondLook where there is no such
    decision of another person."""
    if verdict not in VERDICTS:
        raise ValueError("an answer is same, different or not_sure")
    found = lane.rows(
        "SELECT left_record, right_record FROM link_decision WHERE decision_id = $id AND decided_by <> $actor "
        "AND NOT EXISTS (SELECT 1 FROM second_look WHERE decision_id = $id AND looked_by <> $actor)",
        id=decision_id, actor=actor,
    )  # fmt: skip
    if not found:
        raise NoSecondLook
    lane.run("DELETE FROM second_look WHERE decision_id = $id", id=decision_id)
    lane.run(
        "INSERT INTO second_look VALUES ($id, $left, $right, $verdict, $actor, $at, NULL, NULL)",
        id=decision_id, left=found[0][0], right=found[0][1], verdict=verdict, actor=actor, at=clock.now(),
    )  # fmt: skip


def disagreements(lane: Lane) -> list[Disagreement]:
    """Where two people differ and nobody has settled it, oldest first."""
    rows = lane.dicts(sql("linkage", "second_differs"))
    of = {(row["left_record"], row["right_record"]): row for row in rows}
    return [
        Disagreement(**{name: row[name] for name in _TOLD}, pair=pair)
        for pair in side_by_side(lane, rows)
        for row in (of[pair.left_record, pair.right_record],)
    ]


_TOLD = ("decision_id", "first", "first_by", "first_at", "second", "second_by")


def settle(lane: Lane, found: Disagreement, verdict: str, actor: str) -> None:
    """Settle a disagreement: the first answer stays, or another decision is made of the pair."""
    if verdict != found.first:
        decide(lane, found.pair.left_record, found.pair.right_record, verdict, actor, "settled after a second look")
    lane.run(
        "UPDATE second_look SET settled_by = $actor, settled_at = $at WHERE decision_id = $id",
        actor=actor, at=clock.now(), id=found.decision_id,
    )  # fmt: skip


def agreement(lane: Lane) -> Agreement:
    """How often two people agreed."""
    return Agreement(*(int(value) for value in lane.one(sql("linkage", "second_agreement"))))
