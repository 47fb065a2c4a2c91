"""Matching of one sheet by this project, as a process of its own: `python -m tests.bench.linkage.ours CSV…`.

Prints JSON: seconds, processor seconds (the reading child among them), peak memory of this process and of the reader,
processor seconds by stage, pairs compared, and the group of each row.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.sheets import link_rows


class Stages:
    """Processor seconds from each step's name to the next."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._name, self._since = "Start", processor_seconds()

    def __call__(self, progress: Progress) -> None:
        if progress.name != self._name and not progress.done:
            self.close(progress.name)

    def close(self, following: str = "") -> None:
        """End the step that runs."""
        now = processor_seconds()
        self.spent[self._name] = round(self.spent.get(self._name, 0.0) + now - self._since, 3)
        self._name, self._since = following, now


def processor_seconds() -> float:
    """User and system seconds of this process and its ended children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def _read(progress: Progress) -> Iterator[RawFile]:
    """The files named on the command line, one by one as `link` takes them."""
    for path in sys.argv[1:]:
        progress.step("Reading files")
        file = read_file(Path(path), timeout=900)
        progress.step("Columns")
        yield file
        del file


def main() -> int:
    """Link the sheets and print what it took and gave."""
    began, spent, stages = time.monotonic(), processor_seconds(), Stages()
    progress = Progress(stages)
    linked = link_rows(_read(progress), progress)
    stages.close()
    answer = {
        "seconds": time.monotonic() - began,
        "cpu": processor_seconds() - spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "reader_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "stages": stages.spent,
        "columns": linked.columns,
        "group": linked.person.tolist(),
    }
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
