"""Match the county file: every record to a person, ids kept, history written, pairs to look at left in order."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.ids import person_key
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import bands, engine
from ddj_desktop.linkage.decisions import carry_over, last_number, standing
from ddj_desktop.linkage.evidence import to_json, total_of, waterfalls
from ddj_desktop.linkage.history import Because, Moves, write_changes, write_history
from ddj_desktop.linkage.people import Earlier, place
from ddj_desktop.linkage.quality import pool_of, seed_of
from ddj_desktop.linkage.restoring import settled_as_before
from ddj_desktop.linkage.types import TEXT_FIELDS, Constraints, Flags, Ints, Linked, Mentions, coded, probability
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


def match(lane: Lane, actor: str, progress: Progress) -> MatchSummary:
    """Match every record of the county file, inside the caller's transaction. Raises Stopped."""
    began = time.monotonic()
    carry_over(lane)
    mentions = read_mentions(lane)
    constraints = _constraints(lane, mentions.stable)
    linked = engine.link(mentions, constraints, progress)
    progress.step("Keeping person numbers")
    run_id = int(lane.value("SELECT coalesce(max(run_id), 0) + 1 FROM match_run"))
    because = Because(_fresh_decisions(lane), trained=False)
    changed, made = _write_people(lane, run_id, mentions.stable, linked, because)
    progress.step("Writing pairs to look at")
    review, apart = _write_pairs(lane, run_id, mentions.stable, linked, constraints)
    summary = MatchSummary(
        run_id, mentions.size, len(np.unique(linked.group)), made, len(linked.pairs), review, changed,
        len(linked.contradictions), round(time.monotonic() - began, 3), linked.notes,
    )  # fmt: skip
    _write_run(lane, summary, actor, linked, apart)
    return summary


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


def _write_people(lane: Lane, run_id: int, records: Ints, linked: Linked, because: Because) -> tuple[int, int]:
    """Place every record. Returns how many earlier people changed, and how many are new."""
    before = lane.columns(sql("linkage", "placed"))
    known = np.asarray(before["record_id"], np.int64)
    now, last, own = (
        np.asarray(np.ma.filled(before[f"person_{name}"], -1), np.int64) for name in ("now", "last", "own")
    )
    now_of = _looked_up(records, known, now)
    last_of = _unmerged(lane, _looked_up(records, known, last))
    replaced = _replaced(lane, records, known, last)
    earlier = Earlier(last_of, _looked_up(records, known, own), replaced)
    fixed = settled_as_before(lane, records, linked.group, last_of)
    placing = place(linked.group, earlier, int(lane.value("SELECT coalesce(max(person_id), 0) + 1 FROM person")), fixed)
    left = (now >= 0) & ~np.isin(known, records)
    moves = Moves(run_id, records, now_of, last_of, replaced, placing, known[left], now[left])
    _keep_people(lane, moves)
    write_history(lane, moves)
    write_changes(lane, moves, linked, because)
    for step in ("rows_moved", "rows_kept"):
        lane.run(sql("linkage", step))
    return _changed(moves), len(placing.made)


def _keep_people(lane: Lane, moves: Moves) -> None:
    placing = moves.placing
    lane.append(
        "person",
        {
            "person_id": placing.made,
            "person_key": [person_key() for _ in placing.made],
            "made_in_run": np.full(len(placing.made), moves.run_id, np.int32),
        },
    )
    for person, older in placing.merged.items():
        lane.run("UPDATE person SET merged_into = $older WHERE person_id = $person", older=older, person=person)
    lane.run("DELETE FROM person_record")
    lane.append("person_record", {"record_id": moves.records, "person_id": placing.person})
    lane.run(
        "UPDATE person SET merged_into = NULL "
        "WHERE merged_into IS NOT NULL AND person_id IN (SELECT person_id FROM person_record)"
    )


def _changed(moves: Moves) -> int:
    """People known before who merged, split, or lost or gained a known record. A corrected record is no loss."""
    person = moves.placing.person
    heirs = moves.replaced[moves.replaced >= 0]
    changed = set(moves.now[moves.moved].tolist()) | (set(moves.gone_from.tolist()) - set(heirs.tolist()))
    return len(changed | (set(person[moves.moved].tolist()) - set(moves.placing.made.tolist())))


def _replaced(lane: Lane, records: Ints, known: Ints, last: Ints) -> Ints:
    """For each record new to the file the person of the record whose row it took; -1 where it took none."""
    found = lane.columns(sql("linkage", "replaced"))
    heirs, gone = (np.asarray(found[name], np.int64) for name in ("record_id", "gone"))
    return _unmerged(lane, _looked_up(records, heirs, _looked_up(gone, known, last)))


def _looked_up(wanted: Ints, known: Ints, value: Ints) -> Ints:
    """Value of each wanted record; -1 where it is not known. `known` is sorted."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, value[at], -1)


def _unmerged(lane: Lane, person: Ints) -> Ints:
    """Each person as the one it was merged into, to the end of the chain."""
    into = {
        int(a): int(b) for a, b in lane.rows("SELECT person_id, merged_into FROM person WHERE merged_into IS NOT NULL")
    }
    out = person.copy()
    for old in into:
        new = into[old]
        while new in into:
            new = into[new]
        out[person == old] = new
    return out


def _write_pairs(lane: Lane, run_id: int, records: Ints, linked: Linked, constraints: Constraints) -> tuple[int, int]:
    """Keep the pairs to look at, those that hold people together, and some of those left apart for the blind sample.

    Returns how many are to look at, and how many were left apart.
    """
    decided = {tuple(sorted(pair)) for pair in (*constraints.same, *constraints.different)}
    left, right = linked.pairs.left, linked.pairs.right
    asked = bands.pairs_to_review(linked, _met(lane, records))
    review = [at for at in asked.tolist() if (int(left[at]), int(right[at])) not in decided]
    seen = set(review)
    same = [at for at in bands.holding_pairs(linked).tolist() if at not in seen]
    strangers = bands.nearest_strangers(linked, asked)
    apart = pool_of(strangers, run_id, seed_of(lane)).tolist()
    kept = np.array([*review, *same, *apart], np.int64)
    steps = waterfalls(linked, kept)
    weight = np.array([total_of(one) for one in steps], np.float64)
    lane.run("DELETE FROM match_pair")
    lane.append(
        "match_pair",
        {
            "left_record": records[left[kept]],
            "right_record": records[right[kept]],
            "weight": weight,
            "probability": probability(weight),
            "band": ["review"] * len(review) + ["same"] * len(same) + ["apart"] * len(apart),
            "evidence": [to_json(one) for one in steps],
        },
    )
    return len(review), len(strangers)


def _met(lane: Lane, records: Ints) -> Flags:
    """Which records have a contact of their own."""
    rows = lane.rows("SELECT DISTINCT record_id FROM contact WHERE record_id IS NOT NULL")
    return np.isin(records, np.array([int(row[0]) for row in rows], np.int64))


def _write_run(lane: Lane, summary: MatchSummary, actor: str, linked: Linked, apart: int) -> None:
    lane.run(
        "INSERT INTO match_run VALUES "
        "($run, $at, $actor, $records, $people, $pairs, $review, $changed, $seconds, $model, $decision, NULL, $apart)",
        run=summary.run_id, at=clock.now(), actor=actor, records=summary.records, people=summary.people,
        pairs=summary.pairs_compared, review=summary.pairs_to_review, changed=summary.changed_people,
        seconds=summary.seconds, model=json.dumps(linked.model),
        decision=last_number(lane), apart=apart,
    )  # fmt: skip
