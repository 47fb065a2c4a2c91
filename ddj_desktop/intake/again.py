"""An import read again without its file: its draft from the kept words, and its mapping mended."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ddj_desktop.intake.columns import columns
from ddj_desktop.intake.draft import as_profile, changed_mapping, signature
from ddj_desktop.intake.errors import AlreadyRemoved, NoSuchImport
from ddj_desktop.intake.lines import Reading
from ddj_desktop.intake.remove import remove_import
from ddj_desktop.intake.stage import stage
from ddj_desktop.intake.structure import structure
from ddj_desktop.intake.types import ColumnGuess, Draft, ImportResult, NotData, RawFile, RawSheet, Sure
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.profiles import remember_layout
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


def draft_again(lane: Lane, import_id: int) -> Draft:
    """The draft an import was taken in by, made from its kept words. Columns never wanted are blank: they were never
    kept. Raises NoSuchImport, AlreadyRemoved."""
    found = lane.dicts(
        "SELECT i.*, s.name AS source, s.kind FROM import AS i JOIN source AS s USING (source_id) "
        "WHERE import_id = $id",
        id=import_id,
    )
    if not found:
        raise NoSuchImport(import_id=import_id)
    kept = found[0]
    if kept["removed_at"] is not None:
        raise AlreadyRemoved(file=kept["file_name"], day=day_in_words(kept["removed_at"].date()))
    reading = Reading.from_json(kept["mapping"])
    words = lane.rows(sql("intake", "words_of_import"), id=import_id)
    lines = tuple((number, tuple(json.loads(cells))) for number, _, _, cells in words)
    sheet = RawSheet(reading.sheet, False, lines)
    no_data = tuple(NotData(number, reason or "") for number, status, reason, _ in words if status == "not_data")
    header_lines, headers = _headers(sheet, no_data)
    out = {line.line for line in no_data}
    data = [line for line in lines if line[0] not in out]
    field_of = {index: name for name, index in reading.columns.items()}
    guesses = tuple(
        ColumnGuess(
            column.index, column.header, field_of.get(column.index), Sure.SURE, "As it was taken in.", column.examples
        )
        for column in columns(headers, data)
    )
    file = RawFile(kept["file_name"], kept["sha256"], kept["bytes"], kept["format"], None, (sheet,))
    return Draft(
        file, reading.sheet, kept["kind"], Sure.SURE, kept["source"], header_lines, guesses, reading.date_order,
        Sure.SURE, no_data, reading.fill_down, completes=reading.completes,
    )  # fmt: skip


def _headers(sheet: RawSheet, no_data: tuple[NotData, ...]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The lines of the headings and their texts, found as they were found at first, else by the reasons kept."""
    layout = structure(sheet)
    kept = tuple(line.line for line in no_data if line.reason == "headings")
    if layout.header_lines and set(layout.header_lines) <= set(kept):
        return layout.header_lines, layout.headers
    first = kept[:1]
    return first, next((cells for number, cells in sheet.lines if number in first), ())


def mend_import(
    lane: Lane, import_id: int, mapping: Mapping[int, str], actor: str, progress: Progress | None = None
) -> list[ImportResult]:
    """Take an import in again with columns settled anew (index to field, blank for not needed), without its file.

    Later imports of the same source follow in their order, those of the same layout with the same columns, so that the
    newest word on a row still stands. Inside the caller's transaction. Raises NoSuchImport, AlreadyRemoved.
    """
    progress = progress or Progress()
    draft = draft_again(lane, import_id)
    source_id = int(lane.value("SELECT source_id FROM import WHERE import_id = $id", id=import_id))
    mended = changed_mapping(draft, dict(mapping))
    field_of = {column.header: column.field for column in mended.columns}
    later = lane.rows(
        "SELECT import_id FROM import WHERE source_id = $source AND import_id >= $id AND removed_at IS NULL "
        "ORDER BY import_id",
        source=source_id, id=import_id,
    )  # fmt: skip
    drafts = []
    for (number,) in later:
        one = mended if number == import_id else draft_again(lane, number)
        if number != import_id and signature(one) == signature(draft):
            one = changed_mapping(one, {column.index: field_of[column.header] or "" for column in one.columns})
        drafts.append(one)
    for (number,) in reversed(later):
        remove_import(lane, number, actor, progress)
    results = [stage(lane, one, source_id, actor, progress) for one in drafts]
    profile = as_profile(mended)
    remember_layout(lane, source_id, profile.signature, profile.mapping, profile.date_order, profile.headings)
    return results
