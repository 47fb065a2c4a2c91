"""Keeping people: numbers given, merges and splits logged, the tables brought in step."""

from __future__ import annotations

import numpy as np

from ddj_desktop.kernel.ids import person_key
from ddj_desktop.linkage.history import Because, Moves, write_changes, write_history
from ddj_desktop.linkage.people import Earlier, place
from ddj_desktop.linkage.restoring import settled_as_before
from ddj_desktop.linkage.types import Ints, Linked
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def write_people(lane: Lane, run_id: int, records: Ints, linked: Linked, because: Because) -> tuple[int, int]:
    """Place every record. Returns how many earlier people changed, and how many are new."""
    before = lane.columns(sql("linkage", "placed"))
    known = np.asarray(before["record_id"], np.int64)
    now, last, own = (
        np.asarray(np.ma.filled(before[f"person_{name}"], -1), np.int64) for name in ("now", "last", "own")
    )
    now_of = looked_up(records, known, now)
    last_of = _unmerged(lane, looked_up(records, known, last))
    replaced = _replaced(lane, records, known, last)
    earlier = Earlier(last_of, looked_up(records, known, own), replaced)
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
    moved = np.flatnonzero(moves.now != placing.person)
    away = np.concatenate([moves.records[moved], moves.gone])
    lane.run(
        "DELETE FROM person_record WHERE record_id IN (SELECT unnest(CAST($records AS BIGINT[])))",
        records="[" + ",".join(map(str, away.tolist())) + "]",
    )
    lane.append("person_record", {"record_id": moves.records[moved], "person_id": placing.person[moved]})
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
    return _unmerged(lane, looked_up(records, heirs, looked_up(gone, known, last)))


def looked_up(wanted: Ints, known: Ints, value: Ints) -> Ints:
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
