"""Matching of sheets by this project, as a process of its own: `python -m tests.bench.linkage.ours CSV…`.

It does what the command `link` does, up to the written answer. Prints JSON: seconds and processor seconds since the
process was asked for (the reading child among them), peak memory of this process and of the reader,
processor seconds by stage, and of each row the group and how sure its strongest link is.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.workflow.linking import link_sheets
from tests.bench.linkage.waiting import waited


class Stages:
    """Seconds from each step's name to the next: of the processor (`spent`) and on the clock."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.clock: dict[str, float] = {}
        self._name, self._since, self._began = "Start", processor_seconds(), time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if progress.name != self._name and not progress.done:
            self.close(progress.name)

    def close(self, following: str = "") -> None:
        """End the step that runs."""
        now, shown = processor_seconds(), time.monotonic()
        self.spent[self._name] = round(self.spent.get(self._name, 0.0) + now - self._since, 3)
        self.clock[self._name] = round(self.clock.get(self._name, 0.0) + shown - self._began, 3)
        self._name, self._since, self._began = following, now, shown


def processor_seconds() -> float:
    """User and system seconds of this process and its ended children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def main() -> int:
    """Link the sheets and print what it took and gave."""
    stages = Stages()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "linked.csv"
        made = link_sheets([Path(word) for word in sys.argv[1:]], out, {}, Progress(stages))
        stages.close()
        answer = {
            "seconds": waited(),
            "cpu": processor_seconds(),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "reader_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
            "stages": stages.spent,
            "columns": made.columns,
        }
        with out.open(encoding="utf-8-sig", newline="") as rows:
            told = list(csv.DictReader(rows))
        answer["group"] = [int(row["person_id"]) for row in told]
        answer["sure"] = [float(row["match_probability"] or 0) for row in told]
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
