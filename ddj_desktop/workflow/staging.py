"""Outputs on their way out: written in a hidden folder beside their place, moved to their names when all are there.

See decision record 4: the act with the ledger row is committed between writing and naming.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.workflow.errors import FolderMissing

_HIDDEN = ".ddj-unfinished"


@dataclass(frozen=True)
class Staging:
    """A hidden folder to write into, and the folder its files end up in."""

    inside: Path
    target: Path

    def described(self) -> list[dict[str, str]]:
        """Name and SHA-256 of each file written so far, by name."""
        found = sorted(path for path in self.inside.iterdir() if path.is_file())
        return [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in found]

    def name_all(self) -> list[Path]:
        """Move every file to its name in the target folder. Returns the paths, by name."""
        made = []
        for path in sorted(self.inside.iterdir()):
            os.replace(path, self.target / path.name)
            made.append(self.target / path.name)
        return made


@contextmanager
def staged(target: Path) -> Iterator[Staging]:
    """A place to write outputs for `target`; removed at the end, with whatever was not named. Raises FolderMissing."""
    inside = target / _HIDDEN
    try:
        shutil.rmtree(inside, ignore_errors=True)
        inside.mkdir(parents=True)
    except OSError:
        raise FolderMissing(folder=target.name) from None
    try:
        yield Staging(inside, target)
    finally:
        shutil.rmtree(inside, ignore_errors=True)
