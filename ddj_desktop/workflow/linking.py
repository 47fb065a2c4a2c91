"""Work without a county file: link the rows of any sheets."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from ddj_desktop.intake.read import read_file
from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel.collecting import without_collecting
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.rows_csv import write_columns
from ddj_desktop.workflow.reading import AskPassword, asking

LONGEST_READ = 900
"""Seconds a file may take to be read: a million rows, on a slow machine."""
LINK_HEADINGS = ("file", "row", "person_id", "match_probability")


@dataclass(frozen=True)
class LinkMade:
    """What linking loose sheets gave."""

    rows: int
    people: int
    columns: dict[str, dict[str, str]]
    """By file: field to heading."""
    notes: tuple[str, ...]
    seconds: float


def link_sheets(
    paths: Sequence[Path], out: Path, forced: dict[str, str], progress: Progress, ask: AskPassword | None = None
) -> LinkMade:
    """Give every row of the sheets the person it belongs to, as CSV. `ask`: for the password of a protected sheet.

    Raises the sentences of intake and linkage.
    """
    began = time.monotonic()
    files = _read(paths, progress, ask)
    first = iter([next(files)])
    with without_collecting():
        from ddj_desktop.linkage.sheets import link_rows  # here: it was made ready beside the reader

        linked = link_rows(chain(first, files), progress, forced)
    said = linked.file, linked.row.tolist(), linked.person.tolist(), linked.sure.clip(0.0).tolist()
    write_columns(out, dict(zip(LINK_HEADINGS, said, strict=True)), progress)
    people = int(linked.person.max(initial=0))
    return LinkMade(len(linked.row), people, linked.columns, linked.notes, time.monotonic() - began)


def _made_ready() -> None:
    """What links rows takes a while to start."""
    from ddj_desktop.linkage.sheets import make_ready

    make_ready()


def _read(paths: Sequence[Path], progress: Progress, ask: AskPassword | None) -> Iterator[RawFile]:
    """The files one by one, so that each can be let go before the next is read. A file's reader is a process of its
    own: the engine is made ready beside it."""
    for path in paths:
        progress.step(f"Reading {path.name}")
        yield asking(ask, partial(read_file, path, LONGEST_READ, progress, meanwhile=_made_ready))
