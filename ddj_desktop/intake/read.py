"""Read a spreadsheet in a child process: what comes back is text, or one plain sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import ddj_desktop
from ddj_desktop.intake import errors, worker
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.kernel.progress import Progress

_MOST_MESSAGE = 2_000_000_000
_KEEP_SAME = 200_000


def read_file(path: str | Path, timeout: int = 120, progress: Progress | None = None) -> RawFile:
    """Read one spreadsheet or text file of rows, whatever its name ends with.

    The parser runs in a child with limits (1 GB, `timeout` seconds) and reads the file once, so that its hash and its
    rows are of the same bytes. Raises a PersonCanFix of `intake.errors` with one sentence for a file that is empty,
    damaged, protected, too large, of another type, or that ends the child. A `progress` may stop it (Stopped).
    """
    path = Path(path)
    if not path.is_file():
        raise errors.NoSuchSpreadsheet(file=path.name)
    with subprocess.Popen(
        _child(path, timeout),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a parser's last words may hold cells
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(timeout, give_up)
        watch.daemon = True
        watch.start()
        if progress:
            progress.when_stopped(child.kill)
        try:
            assert child.stdout is not None
            gathered = _Gathered(path.name)
            while gathered.take(child.stdout):
                if progress:
                    progress.check()
        finally:
            watch.cancel()
            child.kill()
    if progress:
        progress.check()
    if late.is_set():
        raise errors.TooSlow(file=path.name, seconds=timeout)
    return gathered.whole()


def _child(path: Path, timeout: int) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-worker", str(path), str(timeout)]
    return [sys.executable, "-P", "-m", "ddj_desktop.intake.worker", str(path), str(timeout)]


def _environment() -> dict[str, str]:
    root = str(Path(ddj_desktop.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}


class _Gathered:
    """The child's messages put together. Texts that return are kept once: a file's cells repeat much."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._head: dict[str, Any] = {}
        self._sheets: list[tuple[str, bool, list[tuple[int, tuple[str, ...]]]]] = []
        self._end: dict[str, Any] | None = None
        self._same: dict[str, str] = {}

    def take(self, stream: IO[bytes]) -> bool:
        """Take the next message; False when there is none. Raises the error the child told."""
        length = int.from_bytes(stream.read(8) or b"\0", "big")
        if not 0 < length < _MOST_MESSAGE:
            return False
        data = stream.read(length)
        if len(data) < length:
            return False
        if data.startswith(b"["):
            self._add(data)
            return True
        message = json.loads(data)
        if "error" in message:
            raise _error(message["error"], message["facts"])
        if "sheet" in message:
            self._sheets.append((message["sheet"], message["hidden"], []))
        elif "sha256" in message:
            self._head = message
        else:
            self._end = message
        return self._end is None

    def _add(self, data: bytes) -> None:
        same, once = self._same, self._same.setdefault
        if len(same) > _KEEP_SAME:
            same.clear()
        numbers, _, texts = data.decode("utf-8", "replace").partition(worker.TEXTS)
        lines = (line.split(worker.CELL) for line in texts.split(worker.LINE))
        kept = self._sheets[-1][2]
        kept.extend(
            (number, tuple(map(once, cells, cells))) for number, cells in zip(json.loads(numbers), lines, strict=True)
        )

    def whole(self) -> RawFile:
        """The file as read. Raises ReaderStopped where the child ended before its last word."""
        if self._end is None:
            raise errors.ReaderStopped(file=self._file)
        blank = tuple(self._end.get("blank", ()))
        sheets = tuple(RawSheet(name, hidden, tuple(lines), blank) for name, hidden, lines in self._sheets)
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
