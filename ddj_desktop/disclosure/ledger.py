"""The ledger of what left the building: to whom, when, why, which files, and the protected numbers as printed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.safe import SafeFigure, SafeMonth, SafeTable
from ddj_desktop.kernel import clock
from ddj_desktop.store.lane import Lane


def record_release(
    lane: Lane,
    *,
    actor: str,
    kind: str,
    recipient: str,
    level: str,
    reason: str,
    files: Sequence[Mapping[str, str]],
    month: str | None = None,
    definition_id: int | None = None,
    safe: SafeMonth | None = None,
    extract: Mapping[str, object] | None = None,
    people: Sequence[int] = (),
) -> int:
    """Add one line, inside the caller's transaction, and give its number. Lines are never changed.

    `kind` is packet, table, extract, names, list, crosswalk or review; `level` table, extract or identified; `files`
    hold name and sha256. With `safe`, every number as printed is kept, and what it told, so that a later release can be
    held against it; with `extract`, what an extract tells of classes of people, none of them under eleven; with
    `people`, whose names are in it, so that the receiver can be told when somebody's data are erased.
    """
    number = next_release(lane)
    lane.run(
        "INSERT INTO release VALUES ($number, $at, $actor, $kind, $recipient, $level, $month, $definition_id, $reason, "
        "$files, $figures)",
        number=number, at=clock.now(), actor=actor, kind=kind, recipient=recipient, level=level, month=month,
        definition_id=definition_id, reason=reason, files=json.dumps([dict(file) for file in files], sort_keys=True),
        figures=json.dumps(_printed(safe, extract), sort_keys=True, ensure_ascii=False),
    )  # fmt: skip
    if safe:
        told = safe.held.to_json()
        known = lane.value("SELECT count(*) FROM release_told WHERE told = $told", told=told)
        if not known:  # the packets of one month print from the same numbers
            lane.run("INSERT INTO release_told VALUES ($number, $told)", number=number, told=told)
    if people:
        lane.run("INSERT INTO release_person SELECT $n, unnest($people::BIGINT[])", n=number, people=list(people))
    return number


def next_release(lane: Lane) -> int:
    """The number the next line will have: what goes out is marked with it before the line is there."""
    return int(lane.value("SELECT coalesce(max(release_id), 0) + 1 FROM release"))


def earlier_releases(lane: Lane) -> list[Held]:
    """What every release of protected tables told, oldest first.

    All of them, whoever received them: a packet is handed on, so every reader is supposed to hold them all.
    """
    return [Held.from_json(told) for (told,) in lane.rows("SELECT told FROM release_told ORDER BY release_id")]


def _printed(safe: SafeMonth | None, extract: Mapping[str, object] | None) -> dict[str, Any]:
    return (as_printed(safe) if safe else {}) | ({"extract": dict(extract)} if extract else {})


def as_printed(safe: SafeMonth) -> dict[str, Any]:
    """Every figure and table with null for each number that is hidden or has no data."""
    return {
        "month": str(safe.month),
        "as_of": safe.as_of.isoformat(),
        "definition": f"{safe.definition_name}, version {safe.definition_version}",
        "threshold": safe.threshold,
        "rounded_to": safe.rounded_to,
        "figures": {name: _figure(figure) for name, figure in safe.figures.items()},
        "tables": {name: _table(table) for name, table in safe.tables.items()},
    }


def _figure(figure: SafeFigure) -> dict[str, Any]:
    return {"unit": figure.unit, "count": figure.count, "of": figure.of, "missing": figure.missing}


def _table(table: SafeTable) -> dict[str, Any]:
    return {
        "unit": table.unit,
        "rows": table.rows,
        "columns": table.columns,
        "cells": table.cells,
        "row_totals": table.row_totals,
        "column_totals": table.column_totals,
        "total": table.total,
        "missing": sorted(table.missing),
    }
