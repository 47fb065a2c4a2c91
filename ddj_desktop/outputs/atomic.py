"""A file is either wholly there or not there: written under another name, forced to disk, read back, renamed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ddj_desktop.outputs.errors import CannotSave, NoRoom, NotAsWritten

_MARK = ".ddj-part"
"""End of the temporary name. Only this module makes such files, so a leftover may be removed without asking."""

_STALE_SECONDS = 3600
"""No file of ours takes an hour to write, so an older one was left by a program that was killed."""

_PIECE = 1 << 20


class Sink(Protocol):
    """What a writer may do with the file it fills."""

    def write(self, data: bytes, /) -> object:
        """Add bytes at the end."""


def write_whole(
    path: Path,
    fill: Callable[[Sink], None],
    check: Callable[[Path], None] | None = None,
    private: bool = False,
) -> str:
    """Write a file in one step and give its SHA-256 in hexadecimal.

    `fill` puts the bytes in; `check` looks at the finished file under its temporary name and raises where it is not
    what it should be; `private` lets only the account that writes read it (identified rows). Whatever happens,
    `path` holds either what it held before or the whole new file. Raises CannotSave, NoRoom, NotAsWritten, and
    whatever `fill` or `check` raise.
    """
    stem = f".{path.name[:100]}."
    temporary = path.with_name(f"{stem}{secrets.token_hex(6)}{_MARK}")
    try:
        sweep(path.parent, stem)
        digest = _fill(temporary, fill, 0o600 if private else 0o666)
        if _digest(temporary) != digest:
            raise NotAsWritten(file=path.name)
        if check:
            check(temporary)
        os.replace(temporary, path)
        _force_folder(path.parent)
        return digest
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(file=path.name) from None
        raise CannotSave(file=path.name) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path, stem: str = "") -> None:
    """Remove what a killed program left in `folder`: any old leftover, and at any age those that begin by `stem`.

    Only one program at a time writes a file of one name (it holds the county file), so a leftover of the name about
    to be written belongs to nobody.
    """
    with contextlib.suppress(OSError):
        for leftover in sorted(folder.iterdir()):
            if leftover.name.startswith(".") and leftover.name.endswith(_MARK):
                _sweep_one(leftover, bool(stem) and leftover.name.startswith(stem))


def _sweep_one(leftover: Path, ours: bool) -> None:
    with contextlib.suppress(OSError):
        if ours or time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
            leftover.unlink()


class _Hashing:
    def __init__(self, out: Sink) -> None:
        self._out = out
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> object:
        self.digest.update(data)
        return self._out.write(data)


def _fill(temporary: Path, fill: Callable[[Sink], None], mode: int) -> str:
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with open(handle, "wb") as out:
        sink = _Hashing(out)
        fill(sink)
        out.flush()
        os.fsync(out.fileno())
    return sink.digest.hexdigest()


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _force_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle of a folder to force; its rename is already in its journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
