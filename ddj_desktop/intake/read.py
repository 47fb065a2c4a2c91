"""Read a spreadsheet in a child process: what comes back is text, or one plain sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import ddj_desktop
from ddj_desktop.intake import errors
from ddj_desktop.intake.handover import MARK
from ddj_desktop.intake.tidy import shown_name
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.kernel.collecting import without_collecting
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.kernel.progress import Progress

if TYPE_CHECKING:
    from ddj_desktop.intake.table import TableMaker

_MOST_MESSAGE = 2_000_000_000
_PIPE = 1 << 20
"""Bytes the child may be ahead, where the system lets a pipe hold so many: two blocks of lines."""
OWNERS_MARK = "~$"
"""What Excel puts before a workbook's name to mark it as open."""


def read_file(
    path: str | Path,
    timeout: int = 120,
    progress: Progress | None = None,
    password: str | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> RawFile:
    """Read one spreadsheet or text file of rows, or a zip of such, whatever its name ends with.

    The parser runs in a child with limits (1 GB, `timeout` seconds) and reads the file once, so that its hash and its
    rows are of the same bytes. Raises a PersonCanFix of `intake.errors` with one sentence for a file that is empty,
    damaged, protected, too large, of another type, or that ends the child. A `progress` may stop it (Stopped).
    `meanwhile` is done in a thread of its own once the child is at work.
    """
    path = Path(path)
    name = shown_name(path.name)
    if not path.is_file():
        raise errors.NoSuchSpreadsheet(file=name)
    if path.name.startswith(OWNERS_MARK):
        raise errors.OwnersMark(file=name, workbook=name.removeprefix(OWNERS_MARK))
    with _started(path, timeout, password) as child:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(timeout, give_up)
        watch.daemon = True
        watch.start()
        if meanwhile:
            threading.Thread(target=meanwhile).start()
        if progress:
            progress.when_stopped(child.kill)
        try:
            with without_collecting():
                gathered = _gathered(child, name, password, progress)
        finally:
            watch.cancel()
            child.kill()
    if progress:
        progress.check()
    if late.is_set():
        raise errors.TooSlow(file=name, seconds=timeout)
    return _noted(path, gathered.whole())


def _noted(path: Path, file: RawFile) -> RawFile:
    """The file with a note where a spreadsheet program has it open: what is not saved yet is not in it."""
    if not path.with_name(OWNERS_MARK + path.name).exists():
        return file
    note = (
        "The file is open in another program. What was last saved was read; save it there and add it again if needed."
    )
    return replace(file, notes=(*file.notes, note))


def _started(path: Path, timeout: int, password: str | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*_child(path, timeout), *(["--locked"] if password else [])],
        stdin=subprocess.PIPE if password else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        pipesize=_PIPE,
        stderr=subprocess.DEVNULL,  # a parser's last words may hold cells
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _gathered(child: subprocess.Popen[bytes], file: str, password: str | None, progress: Progress | None) -> _Gathered:
    """Everything the child says until it ends."""
    assert child.stdout is not None
    if password and child.stdin:
        with suppress(OSError), child.stdin as given:  # a child that ended is noticed below
            given.write(password.encode())
    gathered = _Gathered(file)
    while gathered.take(child.stdout):
        if progress:
            progress.check()
    return gathered


def _child(path: Path, timeout: int) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-worker", str(path), str(timeout)]
    return [sys.executable, "-P", "-m", "ddj_desktop.intake.worker", str(path), str(timeout)]


def _environment() -> dict[str, str]:
    root = str(Path(ddj_desktop.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass
class _Sheet:
    """A sheet on its way in."""

    name: str
    hidden: bool
    lines: TableMaker
    blank: tuple[int, ...] = ()


class _Gathered:
    """The child's messages put together."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._head: dict[str, Any] = {}
        self._sheets: list[_Sheet] = []
        self._end: dict[str, Any] | None = None

    def take(self, stream: IO[bytes]) -> bool:
        """Take the next message; False when there is none. Raises the error the child told."""
        length = int.from_bytes(stream.read(8) or b"\0", "big")
        if not 0 < length < _MOST_MESSAGE:
            return False
        data = stream.read(length)
        if len(data) < length:
            return False
        if data.startswith(MARK):
            self._sheets[-1].lines.add(data)
            return True
        message = json.loads(data)
        if "error" in message:
            raise _error(message["error"], message["facts"])
        if "sheet" in message:
            from ddj_desktop.intake.table import TableMaker  # here: it starts beside the child

            self._sheets.append(_Sheet(message["sheet"], message["hidden"], TableMaker()))
        elif "blank" in message:
            self._sheets[-1].blank = tuple(message["blank"])
        elif "sha256" in message:
            self._head = message
        else:
            self._end = message
        return self._end is None

    def whole(self) -> RawFile:
        """The file as read. Raises ReaderStopped where the child ended before its last word."""
        if self._end is None:
            raise errors.ReaderStopped(file=self._file)
        sheets = tuple(RawSheet(one.name, one.hidden, one.lines.table(), one.blank) for one in self._sheets)
        if not any(sheet.lines for sheet in sheets):
            raise errors.NoRows(file=self._file)
        return RawFile(
            name=self._file,
            sha256=self._head["sha256"],
            bytes=self._head["bytes"],
            format=self._end["format"],
            encoding=self._end["encoding"],
            sheets=sheets,
            notes=tuple(self._end["notes"]),
        )


def _error(code: str, facts: dict[str, object]) -> PersonCanFix:
    known = {
        kind.__name__: kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, PersonCanFix)
    }
    return known.get(code, errors.ReaderStopped)(**facts)
