"""Work without a county file: link the rows of any sheets, protect any cross-table."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ddj_desktop.disclosure.sheet import protect_csv
from ddj_desktop.intake.draft import read_file
from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.sheets import link_rows
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.audit_page import write_audit_page
from ddj_desktop.outputs.rows_csv import write_rows
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
    linked = link_rows(_read(paths, progress, ask), progress, forced)
    sure = np.maximum(linked.sure, 0.0).tolist()
    rows = list(zip(linked.file, linked.row.tolist(), linked.person.tolist(), sure, strict=True))
    write_rows(out, LINK_HEADINGS, rows, progress)
    people = int(linked.person.max(initial=0))
    return LinkMade(len(rows), people, linked.columns, linked.notes, time.monotonic() - began)


def _read(paths: Sequence[Path], progress: Progress, ask: AskPassword | None) -> Iterator[RawFile]:
    """The files one by one, so that each can be let go before the next is read."""
    for path in paths:
        progress.step(f"Reading {path.name}")
        yield asking(ask, partial(read_file, path, LONGEST_READ, progress))


@dataclass(frozen=True)
class ProtectMade:
    """What protecting a table gave."""

    hidden: int
    cells: int


def protect_table(
    table: Path, out: Path, threshold: int, known: Sequence[str], audit: Path | None,
    page: Path | None = None,
) -> ProtectMade:  # fmt: skip
    """Write the table with its small counts hidden, and the audit if asked for, as JSON and as a page (PDF).

    Raises the sentences of disclosure, and CannotSave: either file is there whole or not at all.
    """
    protected = protect_csv(table, threshold=threshold, known=known)
    if audit is not None:  # first, so that no protected table stands without the audit that was asked for
        _write(audit, protected.audit_bytes())
    if page is not None:
        write_audit_page(protected, page)
    _write(out, protected.table_bytes())
    return ProtectMade(protected.hidden, protected.hidden + protected.shown)


def _write(path: Path, data: bytes) -> None:
    def fill(sink: Sink) -> None:
        sink.write(data)

    write_whole(path, fill)
