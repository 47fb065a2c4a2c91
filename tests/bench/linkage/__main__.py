"""Measure matching and compare with the stored baseline.

`python -m tests.bench.linkage` measures every set, each in processes of its own for time and memory, and prints a
table. `--splink` runs Splink 5 beside it, turn by turn, with the practice of its demos; `--growth` adds 100,000,
300,000 and a million rows and the growth exponent; `--orders` links each set again with rows shuffled and dealt to
three files; `--incremental` adds a month's new rows among those already matched; `--county` adds the made-up
counties; `--sets FOLDER` measures the labelled sheets of a folder instead (`public_sets` makes one); `--only NAME`
measures one set (`jail-like 20000 seed 3` and the like are made as asked); `--detail` prints recall by kind of error
and sizes of groups; `--keep` stores the figures.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.linkage.counties import COUNTIES, county_figures
from tests.bench.linkage.measures import calibration, linked_share, merged, quality, recall_of, sizes_of
from tests.bench.linkage.sets import GROWTH, LabelledSet, labelled_set, names, names_in, shuffled
from tests.bench.linkage.waiting import asked_now

BASELINE = Path(__file__).with_name("baseline.json")
MONTHS = ("jail-like 103000 seed 5", "jail-like 303000 seed 5")
NEW_ROWS = 3_000
NOTICEABLE = 0.001
"""A change of F1 below this is no news."""
Figures = dict[str, float]
HEAD = f"{'set':30}{'':8}{'rows':>8}{'P':>8}{'R':>8}{'F1':>8}{'B3':>8}{'largest':>8}{'s':>8}{'cpu s':>8}{'MB':>7}"


def ran(module: str, *words: str) -> dict[str, Any]:
    """What a measuring process printed."""
    command = [sys.executable, "-m", f"tests.bench.linkage.{module}", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=asked_now())
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def figures_of(answer: dict[str, Any], one: LabelledSet) -> Figures:
    """Everything that is measured of one answer."""
    group: list[Hashable] = answer["group"]
    out: Figures = {**vars(quality(group, one.truth)), "rows": len(group)}
    out |= {key: answer[key] for key in ("seconds", "cpu", "peak_mb", "reader_mb") if key in answer}
    out |= {f"stage {name}": spent for name, spent in answer.get("stages", {}).items()}
    if "sure" in answer:
        out["brier"], out["calibration error"] = calibration(answer["sure"], group, one.truth)
    if one.made is not None:
        out |= _of_made(group, one)
    return {key: round(float(value), 5) for key, value in out.items()}


def _of_made(group: Sequence[Hashable], one: LabelledSet) -> Figures:
    assert one.made is not None
    out: Figures = {f"recall: {kind}": recall_of(group, one.truth, rows) for kind, rows in one.made.slips.items()}
    for kind, (joined, both) in merged(group, one.truth, one.made.traps).items():
        out[f"{kind} merged"], out[f"{kind} of"] = joined, both
    plain = np.flatnonzero(one.made.plain).tolist()
    told = merged([group[at] for at in plain], [one.truth[at] for at in plain], one.made.traps)
    out |= {f"{kind} merged by plain rows": joined for kind, (joined, _) in told.items()}
    if one.made.nobody.any():
        out["nobody linked"] = linked_share(group, one.made.nobody)
    return out | {f"groups of {size}": count for size, count in sizes_of(group).items()}


def measure(
    name: str, turns: int, with_splink: bool, with_orders: bool, others: Path | None = None
) -> tuple[Figures, Figures | None]:
    """Ours and Splink's figures of one set; the best times of so many turns, taken one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        one = labelled_set(name, Path(folder), others)
        ours, theirs = [], []
        for _ in range(turns):
            ours.append(ran("ours", str(one.path)))
            if with_splink:
                theirs.append(ran("splink_practice", str(one.path), one.kind))
        found = figures_of(_quickest(ours), one)
        if with_orders:
            paths, places = shuffled(one, Path(folder), 3)
            again = ran("ours", *map(str, paths))["group"]
            found["f1_shuffled"] = round(quality(again, [one.truth[at] for at in places]).f1, 5)
        return found, figures_of(_quickest(theirs), one) if theirs else None


def _quickest(answers: list[dict[str, Any]]) -> dict[str, Any]:
    best = dict(min(answers, key=lambda answer: answer["seconds"]))
    return best | {key: min(answer[key] for answer in answers) for key in ("seconds", "cpu", "peak_mb")}


def main() -> int:
    """Measure, print, compare; 1 when a set regressed."""
    chosen = _words()
    baseline: dict[str, Figures] = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    print(HEAD + "  against baseline")
    worse, grown = False, {}
    for name in _asked(chosen):
        theirs: Figures | None = None
        if name in COUNTIES:
            ours = county_figures(name)
        else:
            ours, theirs = measure(name, chosen.turns, chosen.splink, chosen.orders, chosen.sets)
        verdict = compared(ours, baseline.get(name))
        worse |= verdict.startswith("regressed")
        print(line(name, "ours", ours) + "  " + verdict, flush=True)
        if theirs:
            ratio = theirs["seconds"] / ours["seconds"], theirs["cpu"] / ours["cpu"]
            print(line("", "Splink", theirs) + f"  {ratio[0]:.2f} times our time, {ratio[1]:.2f} our cpu", flush=True)
        for text in notes(ours, theirs, chosen.detail):
            print("   " + text, flush=True)
        grown[name] = ours
        baseline[name] = ours | {f"splink {key}": value for key, value in (theirs or {}).items() if key in _SPLINK}
        if chosen.keep:  # after each set: a long run that is cut short keeps what it measured
            BASELINE.write_text(json.dumps(baseline, indent=1, sort_keys=True) + "\n", "utf-8")
    _print_growth(grown)
    for name in MONTHS if chosen.incremental else ():
        print(month_of(name, ran("incremental", name, str(NEW_ROWS))), flush=True)
    return int(worse)


def month_of(name: str, found: dict[str, Any]) -> str:
    """What a month's new rows cost and gave, beside a full run with the same training."""
    stages = found["stages"]
    reading = sum(spent for stage, spent in stages.items() if stage in _OF_ALL)
    return (
        f"{found['new']} new rows into {found['rows']} ({name}): {found['cpu of the month']:.1f} cpu s, of these "
        f"{reading:.1f} for reading and blocking all mentions; after these {found['clock once read']:.2f} s on the "
        f"clock; training {found['cpu of the training']:.1f}. "
        f"Looked at again {found['looked at again']:.1%} of the earlier. F1 {found['f1 month']:.5f} "
        f"({found['f1 month'] - found['f1 full']:+.5f} against full), in three slices {found['f1 slices']:.5f} "
        f"({found['f1 slices'] - found['f1 full']:+.5f}); standing with others than after the full run: "
        f"{found['elsewhere after the month']:.3%}, in slices {found['elsewhere after slices']:.3%}"
    )


_OF_ALL = frozenset({"Start", "Reading names and dates", "Finding pairs to compare"})
_SPLINK = frozenset({"f1", "b_cubed", "precision", "recall", "seconds", "cpu", "peak_mb"})


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--only", action="append")
    words.add_argument("--sets", type=Path, metavar="FOLDER")
    for name in ("splink", "growth", "orders", "incremental", "county", "detail", "keep"):
        words.add_argument(f"--{name}", action="store_true")
    words.add_argument("--turns", type=int, default=1, help="times each is run; the quickest counts")
    return words.parse_args()


def _asked(chosen: argparse.Namespace) -> list[str]:
    if chosen.only:
        return list(chosen.only)
    if chosen.sets:
        return names_in(chosen.sets)
    return names() + (list(COUNTIES) if chosen.county else []) + (list(GROWTH) if chosen.growth else [])


def line(name: str, whose: str, f: Figures) -> str:
    """One line of the table."""
    out = f"{name:30}{whose:8}{f['rows']:>8.0f}{f['precision']:>8.4f}{f['recall']:>8.4f}{f['f1']:>8.4f}"
    return (
        out + f"{f['b_cubed']:>8.4f}{f['largest']:>8.0f}{f['seconds']:>8.1f}{f.get('cpu', 0):>8.1f}{f['peak_mb']:>7.0f}"
    )


def notes(ours: Figures, theirs: Figures | None, detail: bool) -> list[str]:
    """Lines below the table's line: traps, rows of nobody, other order; in detail also errors, sizes, stages."""
    out = []
    for whose, f in (("ours", ours), ("Splink", theirs)):
        traps = (
            [
                f"{key[:-7]} {f[key]:.0f} ({f[key + ' by plain rows']:.0f}) of {f[key[:-7] + ' of']:.0f}"
                for key in f
                if key.endswith(" merged")
            ]
            if f
            else []
        )
        if f and traps:
            nobody = f"; nobody's rows linked: {f['nobody linked']:.2%}" if "nobody linked" in f else ""
            out.append(f"{whose}, two people merged (of these by plain rows): " + ", ".join(traps) + nobody)
    if "f1_shuffled" in ours:
        out.append(
            f"shuffled and dealt to three files: F1 {ours['f1_shuffled']:.4f} ({ours['f1_shuffled'] - ours['f1']:+.4f})"
        )
    if detail:
        out += _details(ours, theirs)
    return out


def _details(ours: Figures, theirs: Figures | None) -> list[str]:
    out = []
    for key in (key for key in ours if key.startswith("recall: ")):
        beside = f"   Splink {theirs[key]:.3f}" if theirs else ""
        out.append(f"{key:30} {ours[key]:.3f}{beside}")
    out.append(
        "groups: " + ", ".join(f"{key[10:]} rows {ours[key]:.0f}" for key in ours if key.startswith("groups of "))
    )
    out.append(f"match probability: Brier {ours['brier']:.4f}, calibration error {ours['calibration error']:.4f}")
    out.append("cpu s: " + ", ".join(f"{key[6:]} {ours[key]:.1f}" for key in ours if key.startswith("stage ")))
    return out


def _print_growth(found: dict[str, Figures]) -> None:
    """The exponent k of processor time ~ rows^k between the smallest and the largest of the growing sets."""
    sizes = [found[name] for name in GROWTH if name in found]
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        for key in ("seconds", "cpu"):
            power = math.log(last[key] / first[key]) / math.log(last["rows"] / first["rows"])
            print(f"growth exponent by {key}, {first['rows']:.0f} to {last['rows']:.0f} rows: {power:.2f}")


def compared(now: Figures, before: Figures | None) -> str:
    """Improved, regressed or the same, by F1."""
    if before is None:
        return "new"
    change = now["f1"] - before["f1"]
    word = "same" if abs(change) < NOTICEABLE else "improved" if change > 0 else "regressed"
    return f"{word} ({change:+.4f})"


if __name__ == "__main__":
    sys.exit(main())
