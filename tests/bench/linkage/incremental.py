"""A month's new rows among those already matched: `python -m tests.bench.linkage.incremental NAME NEW`.

Takes NEW rows of a set out at random, trains on the others, then matches the new ones with that training, as one month
and as three. Prints JSON: processor seconds of the training and of the month, by stage; the month's seconds on the
clock once names are read and blocks stand; F1 of a full run with the same training, of the month, of the three slices;
the share of mentions that stand with others than after the full run (what counts as a placeholder and which blocks are
too large depends on all mentions there are); and the share of earlier mentions whose group was looked at again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from ddj_desktop.intake.read import read_file
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.engine import link_all, link_new, train
from ddj_desktop.linkage.sheet_rows import Rows
from ddj_desktop.linkage.sheets import mentions_of
from ddj_desktop.linkage.trained import Trained
from ddj_desktop.linkage.types import Constraints, Flags, Ints, Mentions
from tests.bench.linkage.measures import quality
from tests.bench.linkage.ours import Stages, processor_seconds
from tests.bench.linkage.sets import labelled_set

SLICES = 3
ONCE_READ = ("Looking near the new records", "Comparing pairs", "Putting people together")
"""Steps of a month that come once names are read and blocks stand."""


def read(name: str) -> tuple[Mentions, list[object]]:
    """The mentions of a set in their stable order, and the true person of each."""
    with tempfile.TemporaryDirectory() as folder:
        one = labelled_set(name, Path(folder))
        rows = Rows()
        rows.add(read_file(one.path, timeout=900), None)
        mentions = mentions_of(rows)
    order = np.argsort(mentions.stable, kind="stable")
    return mentions.at(order), [one.truth[at] for at in order.tolist()]


def in_slices(mentions: Mentions, group: Ints, arrival: Ints, trained: Trained, progress: Progress) -> tuple[Ints, int]:
    """The groups after each slice came in turn (`arrival`: 0 for those there before); and mentions looked at again."""
    again = 0
    for turn in range(1, int(arrival.max()) + 1):
        here = np.flatnonzero(arrival <= turn)
        number = np.full(mentions.size, -1, np.int64)
        number[here] = np.arange(len(here))
        new: Flags = arrival[here] == turn
        earlier = np.where(new, np.arange(len(here)), number[group[here]])
        linked = link_new(mentions.at(here), earlier, new, Constraints(), progress, trained)
        again += int((linked.looked_at & ~new).sum())
        group = group.copy()
        group[here] = here[linked.group]
    return group, again


def elsewhere(group: Ints, full: Ints) -> float:
    """Share of mentions whose companions are not those of the other grouping."""
    both = np.unique(group * (int(full.max()) + 1) + full, return_inverse=True)[1]
    sizes = [np.bincount(one)[one] for one in (both, group, full)]
    return float(np.mean((sizes[0] != sizes[1]) | (sizes[0] != sizes[2])))


def main() -> int:
    """Measure and print."""
    name, count = sys.argv[1], int(sys.argv[2])
    mentions, truth = read(name)
    arrival = np.zeros(mentions.size, np.int64)
    arrival[np.random.default_rng(5).choice(mentions.size, count, replace=False)] = 1
    old = np.flatnonzero(arrival == 0)
    began = processor_seconds()
    training = train(mentions.at(old), Constraints(), Progress())
    trained, spent = training.trained(), processor_seconds() - began
    group = np.arange(mentions.size)
    group[old] = old[training.linked.group]
    stages, began = Stages(), processor_seconds()
    month, again = in_slices(mentions, group, arrival, trained, Progress(stages))
    stages.close()
    took = processor_seconds() - began
    in_three = arrival * (1 + np.cumsum(arrival) % SLICES)
    slices, _ = in_slices(mentions, group, in_three, trained, Progress())
    full = link_all(mentions, Constraints(), Progress(), trained).group
    answer = {
        "rows": len(old), "new": count, "cpu of the training": spent, "cpu of the month": took,
        "stages": stages.spent, "clock once read": sum(stages.clock[name] for name in ONCE_READ),
        "looked at again": again / len(old),
        "elsewhere after the month": elsewhere(month, full), "elsewhere after slices": elsewhere(slices, full),
    } | {f"f1 {what}": quality(found.tolist(), truth).f1
         for what, found in (("full", full), ("month", month), ("slices", slices))}  # fmt: skip
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
