"""Long work runs away from the window, tells how far it is, and stops at once with the file as before."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from ddj_desktop.kernel.errors import OurFault, Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.jobs import Jobs


class Answers:
    """Collects what jobs deliver, and waits for it."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[Exception] = []
        self.ended = threading.Event()

    def take(self, result: object) -> None:
        self.done.append(result)
        self.ended.set()

    def fail(self, error: Exception) -> None:
        self.failed.append(error)
        self.ended.set()

    def wait(self) -> None:
        assert self.ended.wait(30)


@pytest.fixture
def jobs(county: CountyFile) -> Iterator[Jobs]:
    made = Jobs(county, lambda call: call())
    yield made
    made.close()


def test_a_write_ends_with_its_result_and_progress(county: CountyFile, jobs: Jobs) -> None:
    seen: list[tuple[str, int, int]] = []
    answers = Answers()

    def work(lane: Lane, progress: Progress) -> str:
        progress.step("Counting", 3)
        for done in range(1, 4):
            progress.at(done)
        with county.act(lane, "setting"):
            lane.run("INSERT INTO setting VALUES ('a', 'b')")
        return "finished"

    jobs.write(work, answers.take, answers.fail, lambda p: seen.append((p.name, p.done, p.total)))
    answers.wait()
    assert (answers.done, answers.failed) == (["finished"], [])
    assert seen[0] == ("Counting", 0, 3)
    assert seen[-1] == ("Counting", 3, 3)
    assert county.lane().rows("SELECT * FROM setting") == [("a", "b")]


def test_stopping_a_query_is_quick_and_leaves_the_file_as_it_was(county: CountyFile, jobs: Jobs) -> None:
    answers, started = Answers(), threading.Event()

    def work(lane: Lane, progress: Progress) -> int:
        with county.act(lane, "long"):
            lane.run("INSERT INTO setting VALUES ('a', 'b')")
            started.set()
            return int(
                lane.value("SELECT count(*) FROM range(100000) a, range(1000000) b WHERE hash(a.range, b.range) = 1")
            )

    job = jobs.write(work, answers.take, answers.fail)
    assert started.wait(10)
    time.sleep(0.2)  # the statement has to have begun; left alone it would run for hours
    began = time.monotonic()
    job.stop()
    answers.wait()
    assert time.monotonic() - began < 2
    assert isinstance(answers.failed[0], Stopped)
    assert county.lane().rows("SELECT * FROM setting") == []


def test_stopping_a_loop_is_quick_too(jobs: Jobs) -> None:
    answers = Answers()

    def work(lane: Lane, progress: Progress) -> None:
        progress.step("Turning", 10**9)
        for done in range(10**9):
            progress.at(done)

    job = jobs.write(work, answers.take, answers.fail)
    time.sleep(0.1)
    job.stop()
    answers.wait()
    assert isinstance(answers.failed[0], Stopped)


def test_readers_go_on_while_a_write_is_open(county: CountyFile, jobs: Jobs) -> None:
    opened, go_on = threading.Event(), threading.Event()
    writing, reading = Answers(), Answers()

    def work(lane: Lane, progress: Progress) -> None:
        with county.act(lane, "setting"):
            lane.run("INSERT INTO setting VALUES ('a', 'b')")
            opened.set()
            assert go_on.wait(10)

    jobs.write(work, writing.take, writing.fail)
    assert opened.wait(10)
    jobs.read(lambda lane: lane.rows("SELECT * FROM setting"), reading.take, reading.fail)
    reading.wait()
    assert reading.done == [[]]
    go_on.set()
    writing.wait()
    assert writing.failed == []


def test_a_failure_is_delivered_and_the_next_job_runs(jobs: Jobs) -> None:
    first, second = Answers(), Answers()
    jobs.write(lambda lane, _: lane.run("SELECT nonsense"), first.take, first.fail)
    jobs.write(lambda lane, _: lane.value("SELECT 1"), second.take, second.fail)
    second.wait()
    assert isinstance(first.failed[0], OurFault)
    assert second.done == [1]


def test_closing_stops_what_runs(county: CountyFile) -> None:
    jobs, answers = Jobs(county, lambda call: call()), Answers()

    def work(lane: Lane, progress: Progress) -> None:
        progress.step("Turning")
        while True:
            time.sleep(0.01)
            progress.check()

    jobs.write(work, answers.take, answers.fail)
    time.sleep(0.1)
    jobs.close()
    assert isinstance(answers.failed[0], Stopped)
