"""Passphrases tried at the door, counted: five wrong ones within fifteen minutes lock a county file until its recovery
code opens it (CJIS Security Policy AC-7; privacy reference 3, row 4).

Beside the key file lies a small file with a line for each try since the last right one: the moment (UTC), and for how
many seconds the computer had run by then. Between two tries only that time counts as gone which both say: a clock set
back gains nothing, and one set forward no more than the computer really ran; after a restart, what it ran since. So it
errs on the strict side: a restart after which the computer ran longer than before can not be told from none. A file
that is locked stays so whatever the clock says, because the lines stay.

It keeps out somebody who sits down at the program. Whoever has the files themselves can copy them, or take these lines
away, and try elsewhere; against that there is only the slow way from passphrase to key.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from ddj_desktop.kernel import clock
from ddj_desktop.store.holder import lock

MOST_TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
WAITS, PAUSE = 500, 0.02
"""How often a try waits for another one that is under way, and seconds between: ten seconds at most."""


def tries_path(county_file: Path) -> Path:
    """Where the tries at a county file are counted."""
    return county_file.with_name(county_file.name + ".tries")


@dataclass
class Count:
    """The tries at one county file since the last right passphrase."""

    path: Path
    handle: int | None
    """None where nothing can be written there: then nothing is counted, and what was counted before holds."""

    def is_full(self) -> bool:
        """True where five tries lie within fifteen minutes."""
        passed = [0.0, *accumulate(_surely_gone(before, after) for before, after in pairwise(self._moments()))]
        within = TRIES_WITHIN.total_seconds()
        return any(last - first < within for first, last in zip(passed, passed[MOST_TRIES - 1 :], strict=False))

    def add(self) -> None:
        """Count a try now. A full disk counts none, as does a folder that can not be written."""
        if self.handle is not None:
            with suppress(OSError):
                os.lseek(self.handle, 0, os.SEEK_END)
                os.write(self.handle, f"{clock.now().isoformat(timespec='seconds')} {int(clock.running())}\n".encode())

    def forget(self) -> None:
        """Begin anew, after a right passphrase or the recovery code."""
        if self.handle is not None:
            with suppress(OSError):
                os.ftruncate(self.handle, 0)

    def _moments(self) -> list[tuple[datetime, int]]:
        """Each try; a line that can not be read stands for the moment of the one before."""
        moments: list[tuple[datetime, int]] = []
        for line in self._text().splitlines():
            try:
                moment, ran = line.split(" ")
                moments.append((datetime.fromisoformat(moment).replace(tzinfo=None), int(ran)))
            except ValueError:
                moments.append(moments[-1] if moments else (datetime.max, 0))
        return moments

    def _text(self) -> str:
        try:
            if self.handle is None:
                return self.path.read_text("ascii", errors="replace")
            os.lseek(self.handle, 0, os.SEEK_SET)
            return os.read(self.handle, os.fstat(self.handle).st_size).decode("ascii", errors="replace")
        except OSError:
            return ""


@contextmanager
def counted(county_file: Path) -> Iterator[Count]:
    """The count of a county file, held so that tries made side by side are counted one after the other."""
    path = tries_path(county_file)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield Count(path, None)
        return
    try:
        for _ in range(WAITS):
            if lock(handle):
                break
            time.sleep(PAUSE)
        yield Count(path, handle)
        nothing = os.fstat(handle).st_size == 0
    finally:
        os.close(handle)
    if nothing:
        with suppress(OSError):  # a try beside this right one may go with it, as if it had been made before
            path.unlink()


def forget_tries(county_file: Path) -> None:
    """Begin anew: the recovery code opened the file."""
    with counted(county_file) as count:
        count.forget()


def _surely_gone(before: tuple[datetime, int], after: tuple[datetime, int]) -> float:
    """Seconds that went by between two tries whatever was done to the clock."""
    ran = after[1] - before[1] if after[1] >= before[1] else after[1]  # less: the computer was started again
    return max(0.0, min((after[0] - before[0]).total_seconds(), ran))
