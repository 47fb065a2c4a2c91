"""Cancel, whenever it comes, leaves the county as it was and answers soon."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import decisions
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.actions import match_people
from ddj_desktop.workflow.jobs import Jobs
from ddj_desktop.workflow.project import Project
from tests.linkage.made_up import add_records, crowd

TABLES = ("person", "person_record", "person_history", "person_change", "match_pair", "match_run", "training",
          "link_decision", "decided_record", "record_row", "setting", "audit")  # fmt: skip


def everything(lane: Lane) -> list[Any]:
    return [lane.one(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t") for table in TABLES]


@pytest.fixture
def project(county: CountyFile) -> Project:
    """A matched county with news: more records, and a decision."""
    project, lane = Project(county, county.county(), county.actor), county.lane()
    rows = crowd(40, seed=3, copies=3)
    with lane.transaction():
        add_records(lane, rows[:90])
    match_people(project, lane, Progress())
    with lane.transaction():
        add_records(lane, rows[90:])
        decisions.decide(lane, 1, 50, "same", "Sam")
    return project


@pytest.mark.parametrize("teach", [False, True])
def test_stopped_at_any_step_the_county_is_as_it_was(project: Project, teach: bool) -> None:
    lane = project.file.lane()
    before = everything(lane)
    for place in range(99):
        seen: list[str] = []

        def watch(progress: Progress, seen: list[str] = seen, place: int = place) -> None:
            seen.append(progress.name)
            if len(seen) > place:
                progress.stop()

        try:
            match_people(project, lane, Progress(watch), teach=teach)
        except Stopped:
            assert everything(lane) == before
            assert not [path for path in project.file.backups.folder.iterdir() if "unfinished" in path.name]
        else:
            break
    assert place >= 6
    assert everything(lane) != before


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2])
def test_a_job_that_is_stopped_ends_soon(project: Project, wait: float) -> None:
    lane = project.file.lane()
    before, ended, told = everything(lane), threading.Event(), []

    def end(what: object) -> None:
        told.append(what)
        ended.set()

    jobs = Jobs(project.file, lambda call: call())
    job = jobs.write(lambda own, progress: match_people(project, own, progress, teach=True), end, end)
    time.sleep(wait)
    began = time.process_time()
    job.stop()
    assert ended.wait(60)
    assert time.process_time() - began < 2
    jobs.close()
    if isinstance(told[0], Stopped):
        assert everything(lane) == before
