"""One process at a time: a lock file beside the county file that says who holds it and since when.

The operating system frees the lock when the process ends, however it ends, so a stale file never blocks anyone.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from pathlib import Path

from ddj_desktop.kernel import clock
from ddj_desktop.store.errors import CannotWrite, InUse


class Holder:
    """The lock on one county file. Raises InUse with the holder's name and the time."""

    def __init__(self, county_file: Path, actor: str) -> None:
        self._path = county_file.with_name(county_file.name + ".lock")
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise CannotWrite(file=self._path.name) from None
        if not lock(self._handle):
            told = self._read()
            os.close(self._handle)
            raise InUse(
                file=county_file.name,
                holder=told.get("holder", "another window"),
                since=told.get("since", "a moment ago"),
            )
        facts = {
            "holder": f"{actor} on {platform.node()}",
            "since": clock.now().strftime("%Y-%m-%d %H:%M UTC"),
        }
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, json.dumps(facts).encode("utf-8").ljust(_FACTS))

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError):
            return {}

    def release(self) -> None:
        """Free the file for others."""
        os.close(self._handle)


def who_is_here() -> str:
    """The name of the person logged in to this computer, as acts are signed with it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


_FACTS = 400

if sys.platform == "win32":
    import msvcrt

    def lock(handle: int) -> bool:
        """Lock an open file until its handle is closed. False where another one has it. It is one byte past the facts,
        so that others can still read who holds the county file."""
        os.lseek(handle, _FACTS, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock(handle: int) -> bool:
        """Lock an open file until its handle is closed. False where another one has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
