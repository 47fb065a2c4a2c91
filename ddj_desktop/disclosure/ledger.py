"""What left, and with which numbers: the ledger that later releases are held against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ddj_desktop.disclosure.safe import SafeMonth, SafeTable
from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane


def record_release(
    lane: Lane, *, actor: str, kind: str, recipient: str, level: str, reason: str,
    files: Sequence[Mapping[str, str]], month: str | None = None, definition_id: int | None = None,
    safe: SafeMonth | None = None,
) -> int:  # fmt: skip
    """Add one release inside the caller's transaction, with the numbers as printed. Returns its number.

    `kind` is packet, table, extract, list, crosswalk or review; `files` name what was written, with SHA-256 where it
    exists already. Identified sheets carry no figures.
    """
    number = int(lane.value("SELECT coalesce(max(release_id), 0) + 1 FROM release"))
    lane.run(
        "INSERT INTO release (release_id, released_at, actor, kind, recipient, level, month, definition_id, reason, "
        "files, figures) VALUES ($n, $at, $actor, $kind, $to, $level, $month, $definition, $reason, $files, $figures)",
        n=number, at=clock.now(), actor=actor, kind=kind, to=recipient, level=level, month=month,
        definition=definition_id, reason=reason, files=json.dumps([dict(one) for one in files], sort_keys=True),
        figures=json.dumps(as_printed(safe) if safe else {}, sort_keys=True, ensure_ascii=False),
    )  # fmt: skip
    return number


def as_printed(safe: SafeMonth) -> dict[str, Any]:
    """Every number of a month as it was printed: hidden ones are null."""
    return {
        "month": str(safe.month), "threshold": safe.threshold, "definition": safe.definition_sentence,
        "figures": {name: {"count": f.count, "of": f.of, "missing": f.missing} for name, f in safe.figures.items()},
        "tables": {name: _table(table) for name, table in safe.tables.items()},
    }  # fmt: skip


def _table(table: SafeTable) -> dict[str, Any]:
    kept = {"rows", "columns", "cells", "row_totals", "column_totals", "total", "unit"}
    return {name: value for name, value in asdict(table).items() if name in kept}
