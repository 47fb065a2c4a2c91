"""Merges and splits as a person reads them, and the decisions that take one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import product

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.decisions import decide_all, decide_batch
from ddj_desktop.linkage.errors import NoSuchChange
from ddj_desktop.linkage.evidence import from_json, sentence
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

MOST_PAIRS = 20_000
"""Pairs one undo decides at most: enough for two people of 140 records each."""

CAUSES = {
    "decision": "somebody decided so",
    "new_records": "new records came in",
    "gone_records": "records went with a removed import or a correction",
    "training": "matching was taught anew",
    "evidence": "what is known of other people changed how much agreement is worth",
}


@dataclass(frozen=True)
class LoggedChange:
    """One merge or split of the log."""

    change_id: int
    run_at: datetime
    kind: str
    from_person: int
    to_person: int
    records: int
    cause: str
    left_record: int | None
    right_record: int | None
    reason: str
    """What the pair that speaks loudest for the change has in common and what not; '' where none was compared."""
    undone: bool

    @property
    def words(self) -> str:
        """`Person 41 became part of person 12 (3 records), because new records came in.`"""
        records = f"{self.records:,} record{'s' if self.records != 1 else ''}"
        what = {
            "merge": f"Person {self.from_person} became part of person {self.to_person} ({records})",
            "split": f"Person {self.to_person} came out of person {self.from_person} ({records})",
            "moved": f"From person {self.from_person} to person {self.to_person} went {records}",
        }[self.kind]
        return f"{what}, because {CAUSES[self.cause]}."


def changes(lane: Lane, most: int = 500) -> list[LoggedChange]:
    """The latest merges and splits, newest first."""
    out = []
    for row in lane.dicts(sql("linkage", "changes"), most=most):
        evidence, undone = row.pop("evidence"), row.pop("undone_at")
        out.append(
            LoggedChange(**row, reason=sentence(from_json(evidence)) if evidence else "", undone=undone is not None)
        )
    return out


def undo_change(lane: Lane, change_id: int, actor: str) -> int:
    """Decide so that the next match takes this change back, and people have the numbers they had. Returns the number of
    decisions.

    What somebody decided is withdrawn. What the program found is decided otherwise: for a merge no record of one part
    is the same person as any of the other; for a split one of each is. Raises NoSuchChange.
    """
    found = lane.rows(
        "SELECT kind, from_person, to_person, run_id, cause, left_record, right_record FROM person_change "
        "WHERE change_id = $id AND undone_at IS NULL",
        id=change_id,
    )
    if not found:
        raise NoSuchChange(change=change_id)
    kind, before, after, run, cause, left, right = found[0]
    went = _records(lane, run, before, after, went=True)
    there = _records(lane, run, before, after, went=False)
    stayed = _records(lane, run, after, before, went=False)
    taken = _withdrawn(lane, went, [*there, *stayed], actor) if cause == "decision" else 0
    if not taken and kind in ("merge", "moved"):
        room = max(1, MOST_PAIRS // max(1, len(went)))
        apart = [(a, b, "different") for a, b in product(went, there[:room])]
        taken += len(apart)
        decide_batch(lane, "a merge taken back", apart, actor)
    if kind in ("split", "moved") and went and stayed and cause != "decision":
        _withdrawn(lane, went, stayed, actor)
        pair = (left, right) if left in went and right in stayed else (went[0], stayed[0])
        decide_all(lane, [(*pair, "same")], actor, "a split taken back")
        taken += 1
    lane.run(
        "UPDATE person_change SET undone_at = $at, undone_by = $actor WHERE change_id = $id",
        at=clock.now(), actor=actor, id=change_id,
    )  # fmt: skip
    return taken


def _records(lane: Lane, run: int, before: int, after: int, *, went: bool) -> list[int]:
    """Records of the file that went from `before` to `after` in a run, or that were in `after` then without going."""
    rows = lane.rows(sql("linkage", "records_at_run"), run=run, person=after, came_from=before)
    return [int(record) for record, came in rows if bool(came) == went]


def _withdrawn(lane: Lane, ours: list[int], theirs: list[int], actor: str) -> int:
    """Take back every standing decision between the two lots of records. Returns how many."""
    text = ["[" + ",".join(map(str, records)) + "]" for records in (ours, theirs)]
    pairs = lane.rows(sql("linkage", "decisions_across"), ours=text[0], theirs=text[1])
    decide_all(lane, [(int(a), int(b), "withdrawn") for a, b in pairs], actor, "change taken back")
    return len(pairs)
