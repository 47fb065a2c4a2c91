"""Match the county file: every record to a person, ids kept, history written, pairs to look at left in order."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.ids import person_key
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import bands, decisions, engine
from ddj_desktop.linkage.evidence import to_json, total_of, waterfalls
from ddj_desktop.linkage.people import Placing, place
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
    mentions = read_mentions(lane)
    constraints = _constraints(lane, mentions.stable)
    linked = engine.link(mentions, constraints, progress)
    progress.step("Keeping person numbers")
    run_id = int(lane.value("SELECT coalesce(max(run_id), 0) + 1 FROM match_run"))
    changed, made = _write_people(lane, run_id, mentions.stable, linked.group)
    progress.step("Writing pairs to look at")
    review = _write_pairs(lane, mentions.stable, linked, constraints)
    summary = MatchSummary(
        run_id, mentions.size, len(np.unique(linked.group)), made, len(linked.pairs), review, changed,
        len(linked.contradictions), round(time.monotonic() - began, 3), linked.notes,
    )  # fmt: skip
    _write_run(lane, summary, actor, linked)
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


def _constraints(lane: Lane, records: Ints) -> Constraints:
    where = {record: at for at, record in enumerate(records.tolist())}
    here = [d for d in decisions.standing(lane) if d.left in where and d.right in where]
    return Constraints(
        tuple((where[d.left], where[d.right]) for d in here if d.verdict == "same"),
        tuple((where[d.left], where[d.right]) for d in here if d.verdict == "different"),
    )


def _write_people(lane: Lane, run_id: int, records: Ints, group: Ints) -> tuple[int, int]:
    """Place every record. Returns how many earlier people changed, and how many are new."""
    before = lane.columns(sql("linkage", "placed"))
    known = np.asarray(before["record_id"], np.int64)
    now, last = (np.asarray(np.ma.filled(before[name], -1), np.int64) for name in ("person_now", "person_last"))
    now_of = _looked_up(records, known, now)
    last_of = _unmerged(lane, _looked_up(records, known, last))
    placing = place(group, last_of, int(lane.value("SELECT coalesce(max(person_id), 0) + 1 FROM person")))
    lane.append(
        "person",
        {
            "person_id": placing.made,
            "person_key": [person_key() for _ in placing.made],
            "made_in_run": np.full(len(placing.made), run_id, np.int32),
        },
    )
    for person, older in placing.merged.items():
        lane.run("UPDATE person SET merged_into = $older WHERE person_id = $person", older=older, person=person)
    gone = known[(now >= 0) & ~np.isin(known, records)]
    gone_from = now[(now >= 0) & ~np.isin(known, records)]
    _write_history(lane, run_id, records, now_of, last_of, placing, gone, gone_from)
    lane.run("DELETE FROM person_record")
    lane.append("person_record", {"record_id": records, "person_id": placing.person})
    moved = (now_of >= 0) & (now_of != placing.person)
    changed = set(now_of[moved].tolist()) | set(gone_from.tolist())
    changed |= set(placing.person[moved].tolist()) - set(placing.made.tolist())
    return len(changed), len(placing.made)


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


def _write_history(
    lane: Lane, run_id: int, records: Ints, now_of: Ints, last_of: Ints, placing: Placing, gone: Ints, gone_from: Ints
) -> None:
    made = set(placing.made.tolist())
    rows: list[tuple[int, int | None, int | None, str]] = []
    each = zip(records.tolist(), now_of.tolist(), last_of.tolist(), placing.person.tolist(), strict=True)
    for record, now, last, person in each:
        if now == person:
            continue
        if now < 0:
            rows.append((record, None, person, "new" if last < 0 else "returned"))
        elif placing.merged.get(now) == person:
            rows.append((record, now, person, "merge"))
        else:
            rows.append((record, now, person, "split" if person in made else "moved"))
    rows += [(r, p, None, "removed") for r, p in zip(gone.tolist(), gone_from.tolist(), strict=True)]
    lane.append(
        "person_history",
        {
            "run_id": np.full(len(rows), run_id, np.int32),
            "record_id": [row[0] for row in rows],
            "from_person": [row[1] for row in rows],
            "to_person": [row[2] for row in rows],
            "cause": [row[3] for row in rows],
        },
    )


def _write_pairs(lane: Lane, records: Ints, linked: Linked, constraints: Constraints) -> int:
    """Replace the kept pairs. Returns how many are to be looked at."""
    decided = {tuple(sorted(pair)) for pair in (*constraints.same, *constraints.different)}
    left, right = linked.pairs.left, linked.pairs.right
    asked = bands.pairs_to_review(linked, _met(lane, records)).tolist()
    review = [at for at in asked if (int(left[at]), int(right[at])) not in decided]
    seen = set(review)
    same = [at for at in bands.holding_pairs(linked).tolist() if at not in seen]
    kept = np.array(review + same, np.int64)
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
            "band": ["review"] * len(review) + ["same"] * len(same),
            "evidence": [to_json(one) for one in steps],
        },
    )
    return len(review)


def _met(lane: Lane, records: Ints) -> Flags:
    """Which records have a contact of their own."""
    rows = lane.rows("SELECT DISTINCT record_id FROM contact WHERE record_id IS NOT NULL")
    return np.isin(records, np.array([int(row[0]) for row in rows], np.int64))


def _write_run(lane: Lane, summary: MatchSummary, actor: str, linked: Linked) -> None:
    lane.run(
        "INSERT INTO match_run VALUES "
        "($run, $at, $actor, $records, $people, $pairs, $review, $changed, $seconds, $model)",
        run=summary.run_id, at=clock.now(), actor=actor, records=summary.records, people=summary.people,
        pairs=summary.pairs_compared, review=summary.pairs_to_review, changed=summary.changed_people,
        seconds=summary.seconds, model=json.dumps(linked.model),
    )  # fmt: skip
