"""Measure matching and compare with the stored baseline.

`python -m tests.bench.linkage` measures every set in a process of its own (for its peak memory) and prints a table;
`--keep` stores the figures as the new baseline; `--only NAME` measures one set.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.sheets import link_rows
from tests.bench.linkage.labelled import FEW_FIELDS, MatchedCounty, shared_sets, truth_of, with_columns
from tests.bench.linkage.measures import quality

BASELINE = Path(__file__).with_name("baseline.json")
SEEDS = (2026, 7, 11)
NOTICEABLE = 0.001
"""A change of F1 below this is no news."""
Figures = dict[str, float]


def names() -> list[str]:
    """Every set the bench knows here."""
    shared = [path.stem for path in shared_sets()]
    few = ["few fields"] if "pseudopeople_default" in shared else []
    return shared + few + [f"made-up county {seed}" for seed in SEEDS]


def measure(name: str) -> Figures:
    """Figures of one set, in this process."""
    began = time.monotonic()
    if name.startswith("made-up county"):
        found = _county(int(name.rsplit(" ", 1)[1]))
    elif name == "few fields":
        found = _few_fields()
    else:
        found = _sheet(next(path for path in shared_sets() if path.stem == name))
    found.setdefault("seconds", time.monotonic() - began)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {key: round(value, 5) for key, value in found.items()}


def _sheet(path: Path) -> Figures:
    return _linked(read_file(path), truth_of(path))


def _few_fields() -> Figures:
    """Two names and a birth date alone."""
    path = next(path for path in shared_sets() if path.stem == "pseudopeople_default")
    return _linked(with_columns(read_file(path), FEW_FIELDS), truth_of(path))


def _linked(raw: RawFile, truth: list[str]) -> Figures:
    began = time.monotonic()
    group = [row.person_id for row in link_rows([raw], Progress()).rows]
    return {**vars(quality(group, truth)), "rows": len(group), "seconds": time.monotonic() - began}


def _county(seed: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        county = MatchedCounty(Path(folder), seed)
    group, truth = county.records()
    by_row = quality([person for _, person, _ in county.rows], [true for *_, true in county.rows])
    out: Figures = {
        **vars(quality(group, truth)), "rows": len(group), "seconds": county.summary.seconds,
        "row_precision": by_row.precision, "row_recall": by_row.recall,
    }  # fmt: skip
    for kind, (merged, both) in sorted(county.traps().items()):
        out[f"{kind} merged"], out[f"{kind} of"] = merged, both
    return out


def main() -> int:
    """Measure, print, compare; 1 when a set regressed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only")
    words.add_argument("--keep", action="store_true", help="store the figures as the new baseline")
    words.add_argument("--one", help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one)))
        return 0
    baseline: dict[str, Figures] = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    print(f"{'set':26}{'rows':>7}{'P':>8}{'R':>8}{'F1':>8}{'B3':>8}{'largest':>8}{'s':>7}{'MB':>6}  against baseline")
    worse = False
    for name in [chosen.only] if chosen.only else names():
        command = [sys.executable, "-m", "tests.bench.linkage", "--one", name]
        figures: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        verdict = compared(figures, baseline.get(name))
        worse |= verdict.startswith("regressed")
        print(line(name, figures) + "  " + verdict, flush=True)
        if chosen.keep:
            baseline[name] = figures
    if chosen.keep:
        BASELINE.write_text(json.dumps(baseline, indent=1, sort_keys=True) + "\n", "utf-8")
    return int(worse)


def line(name: str, f: Figures) -> str:
    """One line of the table, and one for the traps where the set has any."""
    out = f"{name:26}{f['rows']:>7.0f}{f['precision']:>8.4f}{f['recall']:>8.4f}{f['f1']:>8.4f}{f['b_cubed']:>8.4f}"
    out += f"{f['largest']:>8.0f}{f['seconds']:>7.1f}{f['peak_mb']:>6.0f}"
    traps = [f"{key[:-7]} {f[key]:.0f} of {f[key[:-7] + ' of']:.0f}" for key in f if key.endswith(" merged")]
    if traps:
        out += f"\n   by row: P {f['row_precision']:.4f} R {f['row_recall']:.4f}; two people merged: " + ", ".join(
            traps
        )
    return out


def compared(now: Figures, before: Figures | None) -> str:
    """Improved, regressed or the same, by F1."""
    if before is None:
        return "new"
    change = now["f1"] - before["f1"]
    word = "same" if abs(change) < NOTICEABLE else "improved" if change > 0 else "regressed"
    return f"{word} ({change:+.4f})"


if __name__ == "__main__":
    sys.exit(main())
