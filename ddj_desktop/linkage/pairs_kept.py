"""Pairs kept after a match: those that are or may be asked about, those that hold people together, some of those left
apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import bands
from ddj_desktop.linkage.asking import standing_place
from ddj_desktop.linkage.evidence import Weight, to_json, total_of, waterfalls
from ddj_desktop.linkage.quality import pool_of, seed_of
from ddj_desktop.linkage.types import Constraints, Flags, Ints, Linked, probability
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

TOLD_AT_ONCE = 2_000
"""Pairs whose evidence is written before somebody who wants to stop is heard."""


def write_pairs(
    lane: Lane, run_id: int, records: Ints, linked: Linked, constraints: Constraints, progress: Progress
) -> tuple[int, int]:
    """Keep pairs in place of the earlier ones of every record that was looked at; those of others stay.

    Evidence is kept of those somebody may be asked about. Returns how many are to look at in all, and how many were
    left apart in what was looked at. Raises Stopped.
    """
    decided = {tuple(sorted(pair)) for pair in (*constraints.same, *constraints.different)}
    left, right, group = linked.pairs.left, linked.pairs.right, linked.group
    holding, place = bands.holding_pairs(linked), standing_place(lane)
    progress.check()
    doubtful = bands.askable_pairs(linked, holding, _met(lane, records))
    progress.check()
    strangers = bands.nearest_strangers(linked, bands.asked_at(linked, doubtful, place))
    askable = np.array([at for at in doubtful.tolist() if (int(left[at]), int(right[at])) not in decided], np.int64)
    asked = bands.asked_at(linked, askable, place)
    share = float(linked.looked_at.mean()) if len(records) else 1.0
    lot = pool_of(strangers, share, run_id, seed_of(lane))
    kept = np.unique(np.concatenate([askable, holding, lot]))
    evidence, weight = np.full(len(kept), "[]", object), np.round(linked.total[kept].astype(np.float64), 2)
    for at, steps in _told(linked, kept, np.flatnonzero(np.isin(kept, askable)), progress):
        evidence[at], weight[at] = to_json(steps), total_of(steps)
    together = np.where(group[left[kept]] == group[right[kept]], "same", "apart")
    _forget(lane, records, linked.looked_at)
    lane.append(
        "match_pair",
        {
            "left_record": records[left[kept]],
            "right_record": records[right[kept]],
            "weight": weight,
            "probability": probability(weight),
            "band": np.where(np.isin(kept, asked), "review", together).tolist(),
            "askable": np.isin(kept, askable),
            "in_lot": np.isin(kept, lot),
            "evidence": evidence.tolist(),
        },
    )
    return int(lane.value("SELECT count(*) FROM match_pair WHERE band = 'review'")), len(strangers)


def _told(linked: Linked, kept: Ints, wanted: Ints, progress: Progress) -> Iterator[tuple[int, list[Weight]]]:
    """Place in `kept` and waterfall of each pair whose evidence is wanted."""
    progress.step("Writing pairs to look at", len(wanted))
    for start in range(0, len(wanted), TOLD_AT_ONCE):
        part = wanted[start : start + TOLD_AT_ONCE]
        yield from zip(part.tolist(), waterfalls(linked, kept[part]), strict=True)
        progress.at(start + len(part))


def _forget(lane: Lane, records: Ints, looked_at: Flags) -> None:
    """Take away the pairs of records that were looked at or are gone, and questions about records nobody met."""
    if looked_at.all():
        lane.run("DELETE FROM match_pair")
        return
    text = "[" + ",".join(map(str, records[looked_at].tolist())) + "]"
    lane.run(sql("linkage", "pairs_forgotten"), records=text)


def _met(lane: Lane, records: Ints) -> Flags:
    """Which records have a contact of their own."""
    rows = lane.columns("SELECT DISTINCT record_id FROM contact WHERE record_id IS NOT NULL")
    return np.isin(records, np.asarray(rows["record_id"], np.int64))
