"""The made-up county at several seeds, taken in and matched as a county file, and what came of it."""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path

from tests.bench.linkage.labelled import MatchedCounty
from tests.bench.linkage.measures import quality

COUNTIES = {f"made-up county {seed}": seed for seed in (2026, 7, 11)}


def county_figures(name: str) -> dict[str, float]:
    """Figures of one county, matched in this process."""
    with tempfile.TemporaryDirectory() as folder:
        county = MatchedCounty(Path(folder), COUNTIES[name])
    group, truth = county.records()
    by_row = quality([person for _, person, _ in county.rows], [true for *_, true in county.rows])
    out: dict[str, float] = {
        **vars(quality(group, truth)), "rows": len(group), "seconds": county.summary.seconds,
        "row_precision": by_row.precision, "row_recall": by_row.recall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    for kind, (joined, both) in sorted(county.traps().items()):
        out[f"{kind} merged"], out[f"{kind} of"] = joined, both
    return {key: round(value, 5) for key, value in out.items()}
