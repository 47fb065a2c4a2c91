"""Pairs kept after a match: those to look at, those that hold people together, some of those left apart."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage import bands
from ddj_desktop.linkage.evidence import to_json, total_of, waterfalls
from ddj_desktop.linkage.quality import pool_of, seed_of
from ddj_desktop.linkage.types import Constraints, Flags, Ints, Linked, probability
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def write_pairs(lane: Lane, run_id: int, records: Ints, linked: Linked, constraints: Constraints) -> tuple[int, int]:
    """Keep pairs in place of the earlier ones of every record that was looked at; those of others stay.

    Returns how many are to look at in all, and how many were left apart in what was looked at.
    """
    decided = {tuple(sorted(pair)) for pair in (*constraints.same, *constraints.different)}
    left, right = linked.pairs.left, linked.pairs.right
    asked = bands.pairs_to_review(linked, _met(lane, records))
    review = [at for at in asked.tolist() if (int(left[at]), int(right[at])) not in decided]
    seen = set(review)
    same = [at for at in bands.holding_pairs(linked).tolist() if at not in seen]
    strangers = bands.nearest_strangers(linked, asked)
    share = float(linked.looked_at.mean()) if len(records) else 1.0
    apart = pool_of(strangers, share, run_id, seed_of(lane)).tolist()
    kept = np.array([*review, *same, *apart], np.int64)
    steps = waterfalls(linked, kept)
    weight = np.array([total_of(one) for one in steps], np.float64)
    _forget(lane, records, linked.looked_at)
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
    return int(lane.value("SELECT count(*) FROM match_pair WHERE band = 'review'")), len(strangers)


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
