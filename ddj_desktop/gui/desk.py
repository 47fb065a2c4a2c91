"""The open county at the window: its two lanes, what is running, and one notice when something changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from ddj_desktop.gui.doorbell import Doorbell
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import PersonCanFix, Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.queue import PairToReview
from ddj_desktop.workflow.errors import PassphraseAgain
from ddj_desktop.workflow.jobs import Job, Jobs
from ddj_desktop.workflow.line import Done
from ddj_desktop.workflow.looks import CLOSED, may_show_names, names_looked_at
from ddj_desktop.workflow.project import Project

LAST_NOTES = 10
"""Seconds the closing window waits for a line of the log."""
BETWEEN_LOOKS = 0.1
"""Seconds between two redraws of the task line."""


@dataclass
class Task:
    """One job that changes the file, as the status bar shows it."""

    title: str
    job: Job | None = None
    stoppable: bool = True
    last_look: float = field(default=0.0)


class Desk(QObject):
    """What pages ask for: read, change, and be told."""

    changed = Signal(object)
    """A frozenset of workflow steps that are new now."""
    task_moved = Signal(object)
    """A Task with its job's progress, or None when nothing runs."""
    failed = Signal(str)
    """A sentence to show: what happened and what to do."""
    told = Signal(str)
    """A sentence to show on the page in front: something was done."""
    fault = Signal(object)
    """An exception that is our fault."""
    names = Signal(bool)
    """True when names are shown."""
    saved = Signal(object)
    """The moment the last act was saved."""
    proof_wanted = Signal(object)
    """What to call once the passphrase was entered again: an act that needs it was asked for."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self.is_demo = project.is_demo
        self.names_shown = False
        self._bell = Doorbell()
        self.jobs = Jobs(project.file, self._bell.deliver)
        self._queue: list[Task] = []
        self._notes: set[Job] = set()
        self._closed = False

    @property
    def busy(self) -> bool:
        """True while something that changes the file runs or waits."""
        return bool(self._queue)

    @property
    def noting(self) -> bool:
        """True while a line of the log waits to be written."""
        return bool(self._notes)

    def show_names(self, shown: bool) -> None:
        """Show or hide names on every page: a courtesy to the room, not a lock. That they were shown is kept, and the
        passphrase is asked for where it was entered long ago."""
        if shown:
            try:
                may_show_names(self.project)
            except PassphraseAgain:
                self.names.emit(False)
                self.proof_wanted.emit(lambda: self.show_names(True))
                return
        self.names_shown = shown
        self.names.emit(shown)
        if shown:
            self.tell_names_shown(None)

    def tell_names_shown(self, pair: PairToReview | None) -> None:
        """Keep in the log that somebody had names shown: those of a pair, or of every page."""
        self.note(lambda lane: names_looked_at(self.project, lane, pair))

    def read(
        self, work: Callable[[Any], Any], done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> Job:
        """Have `work(lane)` read beside the window, then call `done` with what it found."""

        def wrong(error: Exception) -> None:
            self._tell(error, failed)

        return self.jobs.read(work, done, wrong)

    def write(
        self,
        title: str,
        work: Callable[[Any, Progress], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Queue `work(lane, progress)`; a Done it gives back is announced to every page before `done` is called."""
        task = Task(title)

        def end() -> None:
            self._queue.remove(task)
            self.task_moved.emit(self._queue[0] if self._queue else None)

        def finish(result: Any) -> None:
            end()
            self.saved.emit(clock.now())
            value = result
            if isinstance(result, Done):
                value = result.result
                self.changed.emit(result.changes)
            if done:
                done(value)

        def wrong(error: Exception) -> None:
            end()
            if isinstance(error, PassphraseAgain):
                self.proof_wanted.emit(lambda: self.write(title, work, done, failed))
            else:
                self._tell(error, failed)

        self._queue.append(task)
        self.task_moved.emit(self._queue[0])
        task.job = self.jobs.write(work, finish, wrong, lambda _progress: self._look(task))
        return task

    def note(self, work: Callable[[Any], Any]) -> None:
        """Queue `work(lane)`, which keeps in the log that somebody looked at something. It changes nothing that is
        shown, so no button is closed meanwhile and nothing is told."""

        def kept(_result: object) -> None:
            self._notes.discard(job)

        def wrong(error: Exception) -> None:
            self._notes.discard(job)
            self._tell(error, None)

        job = self.jobs.write(lambda lane, _progress: work(lane), kept, wrong)
        self._notes.add(job)

    def stop(self) -> None:
        """Cancel what runs; the county file stays as it was before it."""
        if self._queue and self._queue[0].job:
            self._queue[0].job.stop()

    def _look(self, task: Task) -> None:
        moment = time.monotonic()
        if self._queue and self._queue[0] is task and moment - task.last_look >= BETWEEN_LOOKS:
            task.last_look = moment
            self.task_moved.emit(task)

    def _tell(self, error: Exception, failed: Callable[[Exception], None] | None) -> None:
        if failed:
            failed(error)
        if isinstance(error, Stopped | PersonCanFix):
            if not failed:
                self.failed.emit(str(error))
        else:
            self.fault.emit(error)

    def close(self) -> None:
        """Stop what runs, wait for it, close the file. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        for task in self._queue:
            if task.job:
                task.job.stop()
        for note in self._notes:  # who looked at whom is kept even where the window closes at once
            if note.future:
                wait((note.future,), timeout=LAST_NOTES)
        self._bell.close()
        self.jobs.close()
        self.project.close(CLOSED)
