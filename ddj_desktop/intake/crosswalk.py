"""Every data row of the imports that stand, with the source's own numbers and the record it mentions; and the rows
set aside, for the sender."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class CrosswalkRow:
    """One row of a file. `record_id` is None where the row names nobody its contact is about."""

    source: str
    file: str
    sheet: str
    row: int
    contact_key: str | None
    record_key: str | None
    record_id: int | None


def crosswalk_rows(lane: Lane) -> list[CrosswalkRow]:
    """The rows in the order of imports and lines. The person of a record is joined by whoever knows people."""
    return [CrosswalkRow(*row) for row in lane.rows(sql("intake", "crosswalk_rows"))]


@dataclass(frozen=True)
class AsideRow:
    """A row set aside: where it stands in the file, why, and its words as they were (for the sender alone)."""

    sheet: str
    row: int
    reason: str
    cells: str


def rows_set_aside(lane: Lane, import_id: int) -> list[AsideRow]:
    """The rows of one import that were set aside, in their order. `cells` is a JSON list."""
    return [AsideRow(*row) for row in lane.rows(sql("intake", "rows_set_aside"), import_id=import_id)]
