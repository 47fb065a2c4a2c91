"""Match the county file: every record to a person, ids kept, history written, pairs to look at left in order."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import engine
from ddj_desktop.linkage.asking import USUAL, keep_place, was_ever_kept
from ddj_desktop.linkage.contradictions import contradictions
from ddj_desktop.linkage.decisions import carry_over, last_number, standing
from ddj_desktop.linkage.history import Because
from ddj_desktop.linkage.pairs_kept import write_pairs
from ddj_desktop.linkage.people_kept import looked_up, write_people
from ddj_desktop.linkage.training import Report, Standing, as_it_stands, compared, keep_training, standing_training
from ddj_desktop.linkage.types import TEXT_FIELDS, Constraints, Ints, Linked, Mentions, coded
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class MatchSummary:
    """What a match did. `changed_people`: people known before who merged, split, or lost or gained a known record."""

    run_id: int
    records: int
    people: int
    new_people: int
    pairs_compared: int
    pairs_to_review: int
    changed_people: int
    contradicting_decisions: int
    seconds: float
    notes: tuple[str, ...]
    looked_at: int
    """Records that were compared anew: new ones, those with new decisions, and whoever is near them."""
    report: Report | None = None
    """Before and after, where matching was taught."""


def match(lane: Lane, actor: str, progress: Progress, *, teach: bool = False) -> MatchSummary:
    """Match the county file, inside the caller's transaction: new records among the people there are, weighed as the
    last training weighs. Raises Stopped.

    The first match trains. Later ones do where `teach` asks for it, where the file has outgrown its training
    (`training.OUTGROWN`), and where the training is an older program's.
    """
    began = time.monotonic()
    carry_over(lane)
    mentions = read_mentions(lane)
    constraints = _constraints(lane, mentions.stable)
    fresh = _fresh_decisions(lane)
    before = as_it_stands(lane)
    kept = standing_training(lane)
    if kept is None or teach or kept.outgrown_by(mentions.size):
        kept, training = None, engine.train(mentions, constraints, progress)
        linked = training.linked
    else:
        linked = _link_new(lane, kept, mentions, constraints, fresh, progress)
    progress.step("Keeping person numbers")
    run_id = int(lane.value("SELECT coalesce(max(run_id), 0) + 1 FROM match_run"))
    because = Because(fresh, trained=kept is None)
    changed, made = write_people(lane, run_id, mentions.stable, linked, because)
    progress.step("Writing pairs to look at")
    review, apart = write_pairs(lane, run_id, mentions.stable, linked, constraints, progress)
    if not was_ever_kept(lane):
        keep_place(lane, USUAL)
    report = None
    if kept is None:
        kinds = {str(kind): int(n) for kind, n in lane.rows(_KINDS, run=run_id)}
        report = compared(mentions.size, before, as_it_stands(lane), kinds)
        training_id = keep_training(lane, training.trained(), report, actor)
    else:
        training_id = kept.training_id
    summary = MatchSummary(
        run_id, mentions.size, len(np.unique(linked.group)), made, len(linked.pairs), review, changed,
        len(contradictions(lane)), round(time.monotonic() - began, 3), linked.notes, int(linked.looked_at.sum()),
        report,
    )  # fmt: skip
    _write_run(lane, summary, actor, training_id, apart)
    return summary


_KINDS = "SELECT kind, count(*) FROM person_change WHERE run_id = $run GROUP BY kind"


def _link_new(
    lane: Lane, kept: Standing, mentions: Mentions, constraints: Constraints,
    fresh: list[tuple[int, int, str, int]], progress: Progress,
) -> Linked:  # fmt: skip
    """Look at what came since the last match: new records, records decided on, records near those that are gone.

    After another training was made to count, everybody is looked at; and where an older program kept fewer pairs.
    """
    last = lane.rows("SELECT training_id FROM match_run ORDER BY run_id DESC LIMIT 1")
    if not last or last[0][0] != kept.training_id or not was_ever_kept(lane):
        return engine.link_all(mentions, constraints, progress, kept.trained)
    placed = lane.columns("SELECT record_id, person_id FROM person_record ORDER BY record_id")
    known, person = (np.asarray(placed[name], np.int64) for name in ("record_id", "person_id"))
    touched = [record for left, right, _, _ in fresh for record in (left, right)]
    touched += [int(row[0]) for row in lane.rows(sql("linkage", "near_gone"))]
    earlier = looked_up(mentions.stable, known, person)
    new = (earlier < 0) | np.isin(mentions.stable, np.array(touched, np.int64))
    return engine.link_new(mentions, earlier, new, constraints, progress, kept.trained)


def read_mentions(lane: Lane) -> Mentions:
    """Every record of the county file, in the order of record ids."""
    found = lane.columns(sql("linkage", "records"))
    size = len(found["record_id"])
    numbers = {
        name: np.ma.filled(found[name], 0).astype(np.int64)
        for name in ("record_id", "source_id", "birth", "birth_low", "birth_high")
    }
    text = {name: coded(found[name].tolist()) for name in TEXT_FIELDS if name in found}
    return Mentions(
        size, text, numbers["birth"], numbers["birth_low"], numbers["birth_high"], numbers["source_id"],
        numbers["record_id"],
    )  # fmt: skip


def _fresh_decisions(lane: Lane) -> list[tuple[int, int, str, int]]:
    """What was decided since the last match."""
    rows = lane.rows(
        "SELECT left_record, right_record, verdict, decision_id FROM link_decision "
        "WHERE decision_id > (SELECT coalesce(max(last_decision), 0) FROM match_run) ORDER BY decision_id DESC"
    )
    return [(int(left), int(right), str(verdict), int(number)) for left, right, verdict, number in rows]


def _constraints(lane: Lane, records: Ints) -> Constraints:
    where = {record: at for at, record in enumerate(records.tolist())}
    here = [d for d in standing(lane) if d.left in where and d.right in where]
    return Constraints(
        tuple((where[d.left], where[d.right]) for d in here if d.verdict == "same"),
        tuple((where[d.left], where[d.right]) for d in here if d.verdict == "different"),
    )


def _write_run(lane: Lane, summary: MatchSummary, actor: str, training_id: int, apart: int) -> None:
    lane.run(
        "INSERT INTO match_run VALUES "
        "($run, $at, $actor, $records, $people, $pairs, $review, $changed, $seconds, '', $decision, $training, $apart)",
        run=summary.run_id, at=clock.now(), actor=actor, records=summary.records, people=summary.people,
        pairs=summary.pairs_compared, review=summary.pairs_to_review, changed=summary.changed_people,
        seconds=summary.seconds, decision=last_number(lane), training=training_id, apart=apart,
    )  # fmt: skip
