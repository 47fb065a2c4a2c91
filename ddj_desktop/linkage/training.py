"""What matching learned, kept in the county file: the model of a training, how common values were, what it changed."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.linkage.errors import NoEarlierTraining
from ddj_desktop.linkage.frequency import ValueCounts
from ddj_desktop.linkage.trained import Trained, model_from_facts
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

OUTGROWN = 1.5
"""A file that holds more than so many times the records of its training is still being set up: it is taught anew by
itself. What was learned from a first small file must not decide about the whole county."""


@dataclass(frozen=True)
class Standing:
    """The training that counts now."""

    training_id: int
    trained: Trained
    records: int
    """Records it learned from."""

    def outgrown_by(self, records: int) -> bool:
        """True where the file has grown so much that it is taught anew by itself."""
        return records > OUTGROWN * self.records


@dataclass(frozen=True)
class Report:
    """Before and after a training, so that a person can judge it."""

    records: int
    people_before: int
    people_after: int
    merges: int
    splits: int
    review_before: int
    review_after: int
    answers: int
    """Pairs answered blind, of which both records are here."""
    agreed_before: int
    """Of these, how many stood then as they were answered: joined or apart."""
    agreed_after: int

    @property
    def words(self) -> str:
        """The report in one paragraph."""
        said = (
            f"Learned from {self.records:,} records. People: {self.people_before:,} before, {self.people_after:,} "
            f"after ({self.merges:,} merges, {self.splits:,} splits, each in the log with its undo). "
            f"Possible matches to look at: {self.review_before:,} before, {self.review_after:,} after."
        )
        if not self.answers:
            return said + " Nobody has answered pairs blind yet, so nothing shows whether it is better."
        return (
            f"{said} Of {self.answers:,} pairs answered blind, people stood as answered in {self.agreed_before:,} "
            f"before and {self.agreed_after:,} after."
        )


def standing_training(lane: Lane) -> Standing | None:
    """The last training kept; None where there is none, or it is an older program's."""
    found = lane.rows("SELECT training_id, model, report FROM training ORDER BY training_id DESC LIMIT 1")
    if not found:
        return None
    try:
        trained = _from_text(str(found[0][1]))
    except KeyError:
        return None
    return Standing(int(found[0][0]), trained, int(json.loads(found[0][2])["records"]))


def keep_training(lane: Lane, trained: Trained, report: Report, actor: str) -> int:
    """Keep a training. Returns its number."""
    return _keep(lane, _to_text(trained), json.dumps(vars(report)), actor)


def back_to_earlier(lane: Lane, actor: str) -> int:
    """Let the training before the last one count again, as a training of its own. Raises NoEarlierTraining."""
    found = lane.rows("SELECT model, report FROM training ORDER BY training_id DESC LIMIT 1 OFFSET 1")
    if not found:
        raise NoEarlierTraining
    return _keep(lane, str(found[0][0]), str(found[0][1]), actor)


def _keep(lane: Lane, model: str, report: str, actor: str) -> int:
    number = int(lane.value("SELECT coalesce(max(training_id), 0) + 1 FROM training"))
    lane.run(
        "INSERT INTO training VALUES ($number, $at, $actor, $model, $report)",
        number=number, at=clock.now(), actor=actor, model=model, report=report,
    )  # fmt: skip
    return number


@dataclass(frozen=True)
class Before:
    """How the county stands: people, possible matches, and how people agree with pairs answered blind."""

    people: int
    review: int
    answers: int
    agreed: int


def as_it_stands(lane: Lane) -> Before:
    """How the county stands now."""
    return Before(*(int(value) for value in lane.one(sql("linkage", "as_it_stands"))))


def compared(records: int, before: Before, after: Before, changes: Mapping[str, int]) -> Report:
    """The report of a training. `changes` counts merges and splits by kind."""
    return Report(
        records, before.people, after.people, changes.get("merge", 0), changes.get("split", 0), before.review,
        after.review, after.answers, before.agreed, after.agreed,
    )  # fmt: skip


def _to_text(trained: Trained) -> str:
    """Model and counts as text. A value one person holds counts as a value not met, so only the others are kept."""
    counts: dict[str, Any] = {}
    for name, found in trained.counts.items():
        several = found.people > 1
        counts[name] = {
            "everybody": found.everybody, "digests": _packed(found.digests[several]),
            "people": _packed(found.people[several]),
        }  # fmt: skip
    return json.dumps({"model": trained.model.as_facts(), "counts": counts})


def _from_text(text: str) -> Trained:
    kept = json.loads(text)
    counts = {
        name: ValueCounts(_unpacked(found["digests"]), _unpacked(found["people"]), int(found["everybody"]))
        for name, found in kept["counts"].items()
    }
    return Trained(model_from_facts(kept["model"]), counts)


def _packed(numbers: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(zlib.compress(numbers.astype("<i8").tobytes())).decode("ascii")


def _unpacked(text: str) -> np.ndarray[Any, Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), "<i8").astype(np.int64)
