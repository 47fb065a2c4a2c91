"""Sheets and drafts made by hand, for tests of taking in: no reader, no suggestion."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from ddj_desktop.intake.stage import stage
from ddj_desktop.intake.types import ColumnGuess, Draft, ImportResult, NotData, RawFile, RawSheet, Sure
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.lane import Lane, Row


def draft_of(
    kind: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    order: str = "mdy",
    name: str = "made_up.csv",
    fill_down: Sequence[str] = (),
    before: Sequence[Sequence[str]] = (),
    after: Sequence[Sequence[str]] = (),
    source: str = "",
) -> Draft:
    """A draft of a sheet: lines before, headings, rows, a footer. The field "" is a column left out."""
    headings = tuple(f"Column {place} {field}" for place, field in enumerate(fields))
    lines = (
        [tuple(line) for line in before] + [headings] + [tuple(row) for row in rows] + [tuple(line) for line in after]
    )
    header = len(before) + 1
    not_data = [NotData(number, "title") for number in range(1, header)] + [NotData(header, "headings")]
    last = header + len(rows)
    not_data += [NotData(number, "total") for number in range(last + 1, last + 1 + len(after))]
    digest = hashlib.sha256(json.dumps([name, order, lines]).encode()).hexdigest()
    file = RawFile(name, digest, 100, "csv", "utf-8", (RawSheet("Sheet1", False, tuple(enumerate(lines, start=1))),))
    columns = tuple(
        ColumnGuess(place, headings[place], field or None, Sure.SURE, "", ()) for place, field in enumerate(fields)
    )
    return Draft(
        file, "Sheet1", kind, Sure.SURE, source or kind, (header,), columns, order, Sure.SURE, tuple(not_data),
        tuple(fields.index(field) for field in fill_down),
    )  # fmt: skip


def add_source(lane: Lane, kind: str, source_id: int = 1, name: str = "") -> int:
    """A source of a kind, as the register would add it."""
    lane.append("source", {
        "source_id": [source_id], "name": [name or f"Pine {kind} {source_id}"], "kind": [kind], "agency": [None],
        "legal_class": ["justice"], "created_at": [datetime(2026, 1, 1)],
    })  # fmt: skip
    return source_id


def take_in(county: CountyFile, draft: Draft, source_id: int = 1) -> ImportResult:
    """Take a draft in as its own act, making its source where there is none."""
    lane = county.lane()
    with lane.transaction():
        if not lane.rows("SELECT 1 FROM source WHERE source_id = $id", id=source_id):
            add_source(lane, draft.kind, source_id)
        result = stage(lane, draft, source_id, "tester")
    lane.close()
    return result


DERIVED = ("contact", "record", "contact_flag", "charge", "current_row")


def derived(county: CountyFile, tables: Sequence[str] = DERIVED) -> dict[str, list[Row]]:
    """What the rows that stand became, table by table, in an order of its own."""
    lane = county.lane()
    found = {table: sorted(lane.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}
    lane.close()
    return found
