"""Long work away from the window: one writer lane, one reader lane, progress and stop.

A job runs in a thread; its end is told through `deliver`, which the window points at its own thread and a command
or a test calls in place. An interrupt sent just before a statement starts is lost, so stopping repeats it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane

Result = TypeVar("Result")
Deliver = Callable[[Callable[[], None]], None]

LOOK = 0.1
"""Seconds between two reports of the progress of one step."""

REPEAT = 0.2
"""Seconds between two interrupts of a job that was told to stop."""


class Job:
    """One piece of work under way: its progress, and the way to stop it."""

    def __init__(self, lane: Lane, progress: Progress) -> None:
        self.progress = progress
        self._lane = lane
        self._ended = threading.Event()
        self._closing = threading.Lock()
        self.future: Future[None] | None = None
        progress.when_stopped(self._interrupt)

    def stop(self) -> None:
        """Ask the job to stop; the file stays as it was before the job."""
        self.progress.stop()

    def _interrupt(self) -> None:
        def again() -> None:
            while not self._ended.wait(REPEAT):
                self._interrupt_once()

        self._interrupt_once()
        threading.Thread(target=again, daemon=True, name="stop").start()

    def _interrupt_once(self) -> None:
        with self._closing:  # a job that ended in this very moment has no statement to stop
            if not self._ended.is_set():
                self._lane.interrupt()

    def ended(self) -> None:
        """Told by the lane when the work is over, or was taken out of the queue. Safe to call twice."""
        with self._closing:
            if not self._ended.is_set():
                self._ended.set()
                self._lane.close()


class Jobs:
    """The two lanes of one open county file."""

    def __init__(self, file: CountyFile, deliver: Deliver) -> None:
        self._file, self._deliver = file, deliver
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._writing: Job | None = None
        self._open: set[Job] = set()

    @property
    def writing(self) -> Job | None:
        """The writer's job under way, if any."""
        return self._writing

    def write(
        self,
        work: Callable[[Lane, Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        watch: Callable[[Progress], None] | None = None,
    ) -> Job:
        """Queue work that changes the file. `done`, `failed` and `watch` are called through `deliver`."""
        watcher = self._seldom(watch) if watch else None
        job = self._job(Progress(watcher))
        job.future = self._writer.submit(self._carry_out, job, work, done, failed, writer=True)
        return job

    def _job(self, progress: Progress) -> Job:
        job = Job(self._file.lane(), progress)
        self._open.add(job)
        return job

    def _seldom(self, watch: Callable[[Progress], None]) -> Callable[[Progress], None]:
        """Tell of progress as a step begins and ends, and at most every LOOK seconds: a tight loop floods nobody."""
        told: list[tuple[str, float]] = [("", 0.0)]

        def watcher(progress: Progress) -> None:
            now = time.monotonic()
            whole = progress.done == progress.total
            if whole or progress.name != told[0][0] or now - told[0][1] >= LOOK:
                told[0] = (progress.name, now)
                self._deliver(lambda: watch(progress))

        return watcher

    def read(
        self,
        work: Callable[[Lane], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Queue work that only reads; it sees the last committed state while a write runs."""
        job = self._job(Progress())
        job.future = self._reader.submit(self._carry_out, job, lambda lane, _: work(lane), done, failed)
        return job

    def _carry_out(
        self,
        job: Job,
        work: Callable[[Lane, Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        *,
        writer: bool = False,
    ) -> None:
        if writer:
            self._writing = job
        try:
            job.progress.check()
            result = work(job._lane, job.progress)
        except Exception as error:
            self._deliver(lambda error=error: failed(error))  # type: ignore[misc]
        else:
            self._deliver(lambda: done(result))
        finally:
            job.ended()
            self._open.discard(job)
            if writer:
                self._writing = None

    def close(self) -> None:
        """Stop what runs and wait for it; what waits in the queue is dropped. Call before the file closes."""
        for job in tuple(self._open):
            job.stop()
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._reader.shutdown(wait=True, cancel_futures=True)
        for job in tuple(self._open):  # never begun: their lanes would keep the file open
            job.ended()
        self._open.clear()
