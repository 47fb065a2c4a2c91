"""Matching in a real county file: `python -m tests.bench.linkage.county_file [ROWS] [STEP]`.

Writes jail-like rows as the records of an encrypted county file, all but 3,000. Stops a first match later and later,
every STEP seconds, and prints how long each took to end after Cancel (on the clock; on a busy machine longer); checks
that the file is as before each time; once one has run through, adds the 3,000 and does the same with those.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.linkage.types import Mentions
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.jobs import Jobs
from ddj_desktop.workflow.project import Project
from tests.bench.linkage.incremental import read

NEW = 3_000
TABLES = ("person", "person_record", "person_history", "match_pair", "match_run", "training", "record", "audit")
NAMES = {"first": "first_name", "middle": "middle_name", "last": "last_name", "suffix": "suffix", "sex": "sex",
         "ssn": "ssn", "address": "address", "city": "city", "zip": "zip", "phone": "phone",
         "record_key": "record_key"}  # fmt: skip


def _day(number: int) -> date | None:
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None


def add(lane: Lane, mentions: Mentions, start: int, stop: int) -> None:
    """The mentions from one place to another as records, with a booking each."""
    numbers = list(range(start + 1, stop + 1))
    part = mentions.at(np.arange(start, stop))
    texts = {}
    for name, column in NAMES.items():
        words = [*part.column(name).words, None]
        texts[column] = [words[code] for code in part.column(name).codes.tolist()]
    lane.append("record", {
        "record_id": numbers, "source_id": (part.source + 1).tolist(),
        "birth_date": [_day(born) for born in part.birth.tolist()],
        "birth_year_low": [low or None for low in part.birth_low.tolist()],
        "birth_year_high": [high or None for high in part.birth_high.tolist()], **texts,
    })  # fmt: skip
    size = stop - start
    lane.append("contact", {
        "contact_id": numbers, "source_id": (part.source + 1).tolist(), "kind": ["booking"] * size,
        "starts": [datetime(2026, 3, 2, 8, 0)] * size, "has_length": [True] * size, "record_id": numbers,
        "attributes": ["{}"] * size,
    })  # fmt: skip


@dataclass
class Ended:
    """How a job ended."""

    what: object = None
    after_stop: float = 0.0
    whole: float = 0.0


def run(project: Project, jobs: Jobs, stop_after: float | None) -> Ended:
    """One match as the window starts it, stopped after so many seconds."""
    ended, told = threading.Event(), Ended()

    def end(what: object) -> None:
        told.what = what
        ended.set()

    began = time.monotonic()
    job = jobs.write(lambda lane, progress: match_people(project, lane, progress), end, end)
    if stop_after is not None and not ended.wait(stop_after):
        asked = time.monotonic()
        job.stop()
        ended.wait()
        told.after_stop = time.monotonic() - asked
    ended.wait()
    told.whole = time.monotonic() - began
    return told


def everything(lane: Lane) -> list[object]:
    """What must not change when a match is stopped."""
    return [lane.one(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t") for table in TABLES]


def stopped_later_and_later(project: Project, jobs: Jobs, step: float, what: str) -> None:
    """Stop a match again and again, each time `step` seconds or so later, until it ends before it is stopped; print the
    longest time from Cancel to the end."""
    lane = project.file.lane()
    before, took, draw = everything(lane), [], np.random.default_rng(3)
    moment = 0.0
    while True:
        moment += float(draw.uniform(0.5, 1.5)) * step
        ended = run(project, jobs, moment)
        if not isinstance(ended.what, Stopped):
            break
        took.append((ended.after_stop, moment))
        assert everything(lane) == before, "the file is not as before"
    took.sort(reverse=True)
    longest = ", ".join(f"{after:.2f} s (asked at {asked:.1f} s)" for after, asked in took[:5])
    print(f"{what}: {len(took)} stops, file as before each time; longest until it ended: {longest}")
    print(f"{what}: {ended.whole:.1f} s, {_result(ended)}, {_peak():.0f} MB at the peak", flush=True)


def main() -> int:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 103_000
    step = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
    mentions, _ = read(f"jail-like {rows} seed 5")
    with tempfile.TemporaryDirectory() as folder:
        file, _ = CountyFile.create(
            Path(folder) / "Pine.ddj", "made-up people only", County("Pine", "KS", 14_000), "me"
        )
        project, lane = Project(file, file.county(), file.actor), file.lane()
        with lane.transaction():
            for number in range(int(mentions.source.max()) + 1):
                lane.run("INSERT INTO source VALUES ($id, $name, 'jail', NULL, 'justice', $at)",
                         id=number + 1, name=f"Source {number + 1}", at=clock.now())  # fmt: skip
            add(lane, mentions, 0, mentions.size - NEW)
        jobs = Jobs(file, lambda call: call())
        stopped_later_and_later(project, jobs, step, f"first match of {rows - NEW}")
        with lane.transaction():
            add(lane, mentions, mentions.size - NEW, mentions.size)
        stopped_later_and_later(project, jobs, step, f"{NEW} new records")
        jobs.close()
        file.close()
    return 0


def _result(ended: Ended) -> str:
    result = getattr(ended.what, "result", None)
    if result is None:
        return repr(ended.what)
    return f"{result.people} people, {result.pairs_to_review} to look at, {result.looked_at} looked at"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
