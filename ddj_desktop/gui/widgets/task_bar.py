"""What is running, how far it is, how long it will take, and Cancel. Nothing shows for work under half a second."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ddj_desktop.gui.desk import Task
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.parts import button, label, named

QUIET = 500
"""Milliseconds of work that pass without a word."""


class TaskBar(QWidget):
    """The left end of the status bar."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label(wrap=False)
        self._bar = named(QProgressBar(), self.tr("Progress of the running task"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(em(self, 8))
        self._left = label(muted=True, wrap=False)
        self.cancel = button(self.tr("Cancel"), self._cancel)
        self.cancel.setToolTip(self.tr("Stops the task. The county file stays as it was before."))
        line = QHBoxLayout(self)
        line.setContentsMargins(PAD, 0, 0, 0)
        line.setSpacing(PAD)
        for part in (self._words, self._bar, self._left, self.cancel):
            line.addWidget(part)
        line.addStretch(1)
        self._task: Task | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(QUIET)
        self._wait.timeout.connect(lambda: self._reveal(self._task is not None))
        self._reveal(False)

    def show_task(self, task: Task | None) -> None:
        """Follow a task; None when nothing runs."""
        if task is None:
            self._task = None
            self._wait.stop()
            self._reveal(False)
            return
        if self._task is not task:
            self._task = task
            self.cancel.setEnabled(True)
            self.cancel.setText(self.tr("Cancel"))
            self._wait.start()
        self._fill(task)

    def _reveal(self, shown: bool) -> None:
        for part in (self._words, self._bar, self._left, self.cancel):
            part.setVisible(shown)

    def _fill(self, task: Task) -> None:
        progress = task.job.progress if task.job else None
        if progress is None or not progress.name:
            self._words.setText(task.title)
            self._bar.setRange(0, 0)
            self._left.setText("")
            return
        if progress.total:
            self._words.setText(
                self.tr("{step}: {done} of {total}").format(
                    step=progress.name, done=f"{progress.done:,}", total=f"{progress.total:,}"
                )
            )
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * min(1.0, progress.done / progress.total)))
        else:
            self._words.setText(progress.name)
            self._bar.setRange(0, 0)
        self._left.setText(self._time_left(progress.seconds_left))

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < 90:
            return self.tr("about {n} seconds left").format(n=max(5, 5 * round(seconds / 5)))
        return self.tr("about {n} minutes left").format(n=max(2, round(seconds / 60)))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText(self.tr("Stopping"))
        self.cancelled.emit()
