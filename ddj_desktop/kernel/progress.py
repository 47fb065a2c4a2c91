"""Progress of long work, and the way to stop it. The worker reports; whoever watches decides how to show it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ddj_desktop.kernel.errors import Stopped

Item = TypeVar("Item")
CHECKED_EVERY = 2_000
"""Small things done between two checks."""
Watcher = Callable[["Progress"], None]


class Progress:
    """What a long job is doing: a step's name, how much of it is done, seconds left, and whether to stop.

    The worker calls `step` and `at`; both raise Stopped once `stop` was called. `on_stop` is called from the
    stopping thread, so that a running query can be interrupted.
    """

    def __init__(self, watcher: Watcher | None = None) -> None:
        self._watcher = watcher
        self._stop = threading.Event()
        self._on_stop: list[Callable[[], None]] = []
        self.name = ""
        self.done = 0
        self.total = 0
        self._since = time.monotonic()

    def step(self, name: str, total: int = 0) -> None:
        """Begin the next step. `total` is its size in whatever it counts; 0 where unknown."""
        self.name, self.done, self.total = name, 0, total
        self._since = time.monotonic()
        self._report()

    def at(self, done: int) -> None:
        """Say how much of the step is done."""
        self.done = done
        self._report()

    def check(self) -> None:
        """Raise Stopped if the person pressed Cancel."""
        if self._stop.is_set():
            raise Stopped

    def through(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, with a check every few thousand of them. Raises Stopped."""
        for number, item in enumerate(items):
            if number % CHECKED_EVERY == 0:
                self.check()
            yield item

    def stop(self) -> None:
        """Ask the job to stop; it ends at its next check with everything as before."""
        self._stop.set()
        for call in self._on_stop:
            call()

    def when_stopped(self, call: Callable[[], None]) -> None:
        """Have `call` run when stop is asked for (an interrupt of the running query)."""
        self._on_stop.append(call)

    @property
    def stopping(self) -> bool:
        """True once stop was asked for."""
        return self._stop.is_set()

    @property
    def seconds_left(self) -> float | None:
        """Time left in this step at the pace so far; None until three seconds or a twentieth are done."""
        spent = time.monotonic() - self._since
        if not self.total or not self.done or (spent < 3 and self.done * 20 < self.total):
            return None
        return spent / self.done * (self.total - self.done)

    def _report(self) -> None:
        self.check()
        if self._watcher:
            self._watcher(self)
