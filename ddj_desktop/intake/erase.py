"""Taking the words of somebody's rows out of the county file for good, in every import, and leaving the counts whole.

A row stays as a line that says only that it was erased, so that each import still adds up. This is the one exception
to the rule that rows are kept word for word. Lines that were set aside belong to nobody; those that hold a first and a
last name of the person in their cells are erased with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from ddj_desktop.intake.current import as_list
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

ERASED = "erased"
"""The reason such a line gives."""
_EMPTY_TEXT = -1
"""Number of the words of an erased line: none. Numbers of others are never below zero."""


def erase_rows(lane: Lane, record_ids: Sequence[int]) -> int:
    """Erase every row that made one of these records or their contacts, in all its versions, inside the caller's
    transaction. Gives how many rows. The records and contacts themselves are the caller's to remove, afterwards."""
    found = lane.rows(sql("intake", "rows_of_records"), records=as_list(record_ids))
    names = lane.rows(
        "SELECT DISTINCT upper(first_name), upper(last_name) FROM record WHERE list_contains($records, record_id) "
        "AND length(first_name) > 1 AND length(last_name) > 1",
        records=list(record_ids),
    )
    for first, last in names:
        found += lane.rows(sql("intake", "lines_that_name"), first=first, last=last)
    rows = sorted({row for (row,) in found})
    if not rows:
        return 0
    if not lane.rows("SELECT 1 FROM row_text WHERE text_id = $empty", empty=_EMPTY_TEXT):
        lane.run("INSERT INTO row_text VALUES ($empty, '[]')", empty=_EMPTY_TEXT)
    lane.run(sql("intake", "erase_rows"), rows=as_list(rows), reason=ERASED, empty=_EMPTY_TEXT)
    lane.run("UPDATE source_row SET lead_row_id = NULL WHERE list_contains($rows, lead_row_id)", rows=rows)
    lane.run("DELETE FROM row_text WHERE text_id NOT IN (SELECT text_id FROM source_row)")
    lane.run(sql("intake", "count_again"))
    return len(rows)
