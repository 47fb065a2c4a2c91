"""Taking one sheet in: every line kept and accounted for, what is new or changed made into contacts and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import numpy as np

from ddj_desktop.intake import problems as trouble
from ddj_desktop.intake.cleaning import Clean, clean
from ddj_desktop.intake.coded import Coded, combined, grouped, pairs
from ddj_desktop.intake.codes import codes_in, keep_codes, new_codes
from ddj_desktop.intake.current import (
    Links,
    Source,
    events_of,
    known,
    links,
    make_new,
    readings,
    refresh,
    report_of,
    set_current,
    source_of,
    take_current,
)
from ddj_desktop.intake.errors import DoesNotAddUp, OtherKind
from ddj_desktop.intake.fields import people_only
from ddj_desktop.intake.keys import MANY_PEOPLE, Keys, keys_of, people_of
from ddj_desktop.intake.kinds import HAS_LENGTH, NEEDS_PERSON, at_jail, one_night_a_line
from ddj_desktop.intake.lines import Lines, Reading, beyond_headings, lines_of
from ddj_desktop.intake.reimport import ALREADY_HERE, Standing, compare
from ddj_desktop.intake.reports import report_name
from ddj_desktop.intake.row_set import RowSet
from ddj_desktop.intake.types import Draft, ImportResult, Problem
from ddj_desktop.intake.usual import against_usual
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.collecting import without_collecting
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.ids import derived_ids
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.columns import Array
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

SET_ASIDE_REASONS = {
    "no_start": "no start date",
    "unreadable_start": "the start date can not be read",
    "no_person": "nobody is named",
    "no_number": "no number of a contact",
    "nothing": "nothing in the columns taken in",
}
"""Why a row was set aside, as kept with the row."""

_AT_ONCE = 10_000
"""Rows written at once. Larger stretches are no faster and take more memory."""


@dataclass
class _Sheet:
    """A sheet on its way in. `data` and what follows run over its data rows, those set aside left out."""

    lines: Lines
    reading: Reading
    cleaned: Clean
    aside: dict[str, Array]
    data: Array
    rows: Clean
    keys: Keys
    problems: list[Problem]
    codes: dict[str, Counter[str]]


def same_file(lane: Lane, sha256: str, sheet: str) -> int | None:
    """The standing import of the very same file and sheet; None where there is none."""
    found = lane.rows(sql("intake", "same_file"), sha256=sha256, sheet=sheet)
    return int(found[0][0]) if found else None


def stage(
    lane: Lane, draft: Draft, source_id: int, actor: str, progress: Progress | None = None, dry_run: bool = False
) -> ImportResult:
    """Take one sheet in, inside the caller's transaction. A dry run counts and writes nothing.

    The same file again, while its import stands, adds nothing. Raises OtherKind where the draft is of another kind
    than its source.
    """
    with without_collecting():
        return _stage(lane, draft, source_id, actor, progress or Progress(), dry_run)


def _stage(lane: Lane, draft: Draft, source_id: int, actor: str, progress: Progress, dry_run: bool) -> ImportResult:
    source = source_of(lane, source_id)
    if source.kind != draft.kind:
        raise OtherKind(source=source.name, kind=source.kind, other=draft.kind)
    progress.step("Reading the rows")
    earlier = readings(lane, source_id)
    sheet = _read(draft, source, earlier)
    _compare_with_usual(lane, source, sheet)
    same = lane.rows(sql("intake", "same_file"), sha256=draft.file.sha256, sheet=draft.sheet)
    if same:
        status = Coded.same(ALREADY_HERE, len(sheet.data))
        note = f"You took in this file on {day_in_words(same[0][1].date())}. Nothing to do."
        return _result(draft, source, sheet, status, None, [note])
    progress.step("Comparing with what is here")
    before = links(lane, source_id, np.unique(sheet.keys.group) if earlier else np.zeros(0, np.int64))
    same_report = _imports_of(lane, source_id, sheet.reading.report)
    mine = before.at(np.isin(before.import_id, list(same_report)))
    standing = Standing(mine.row_key, mine.group_id, mine.content_id)
    status, row_keys = compare(sheet.keys, standing, source.kind not in MANY_PEOPLE)
    gone = _replaced(lane, draft, source, same_report, row_keys)
    result = replace(_result(draft, source, sheet, status, None, []), replaced=len(gone))
    if dry_run:
        return result
    progress.step("Keeping the rows", len(sheet.lines.numbers))
    import_id = _write_import(lane, draft, source, actor, sheet, result)
    row_ids = _write_rows(lane, import_id, sheet, status, row_keys, progress)
    keep_codes(lane, import_id, sheet.codes)
    before = before.and_more(_let_go(lane, source, import_id, gone, before))
    touched = np.array([group for _, _, group in gone], np.int64)
    _follow(lane, source, sheet, before, status, row_keys, row_ids, touched, progress)
    return replace(result, import_id=import_id)


def _replaced(
    lane: Lane, draft: Draft, source: Source, same_report: set[int], row_keys: Array
) -> list[tuple[int, int, int]]:
    """Row key, row id and event of the rows of the draft's period that stand and that the sheet does not name."""
    if draft.replaces is None:
        return []
    first, last = draft.replaces
    found = lane.rows(sql("intake", "rows_of_period"), source=source.source_id, first=first, last=last)
    named = set(row_keys.tolist())
    return sorted({row[:3] for row in found if row[3] in same_report and row[0] not in named})


def _let_go(lane: Lane, source: Source, import_id: int, gone: list[tuple[int, int, int]], before: Links) -> Links:
    """Let rows stand no more, remembered with the import that replaced them. Returns what their events were."""
    touched = np.array([group for _, _, group in gone], np.int64)
    more = links(lane, source.source_id, np.setdiff1d(touched, before.group_id))
    take_current(lane, np.array([key for key, _, _ in gone], np.int64))
    lane.append("replaced_row", {
        "import_id": [import_id] * len(gone), "row_key": [key for key, _, _ in gone],
        "row_id": [row for _, row, _ in gone],
    })  # fmt: skip
    return more


def _imports_of(lane: Lane, source_id: int, report: str) -> set[int]:
    """The imports of one of a source's reports that stand."""
    found = lane.rows(
        "SELECT import_id, mapping FROM import WHERE source_id = $id AND removed_at IS NULL", id=source_id
    )
    return {import_id for import_id, mapping in found if Reading.from_json(mapping).report == report}


def _read(draft: Draft, source: Source, earlier: Sequence[Reading]) -> _Sheet:
    """Clean the sheet and part its data rows into those to take in and those set aside."""
    mapped = {column.field for column in draft.columns if column.field}
    reading = Reading.of(draft, clock.today(), people_only(mapped) and not draft.completes)
    reading = replace(reading, report=report_name(reading, earlier))
    lines = lines_of(draft, reading)
    cleaned = clean(lines.columns, len(lines.data), reading, source.meanings.get("sex", {}))
    aside = _set_aside(cleaned, lines, reading)
    codes = codes_in(lines.columns)
    lines.columns = {}  # read; their texts take as much room as what was read from them
    kept = np.ones(cleaned.size, bool)
    for out in aside.values():
        kept[out] = False
    data = np.flatnonzero(kept)
    rows = cleaned if kept.all() else cleaned.at(data)
    keys = keys_of(rows, source.source_id, reading.people_only, reading.report)
    found = trouble.of_lines("ragged", beyond_headings(draft, lines), reading)
    found += trouble.of_rows(cleaned, lines, reading, aside) + _of_sheet(lines, reading, keys, rows)
    return _Sheet(lines, reading, cleaned, aside, data, rows, keys, trouble.in_order(found), codes)


def _compare_with_usual(lane: Lane, source: Source, sheet: _Sheet) -> None:
    """Add what only the source's earlier imports show: new codes, an unusual volume, days and months missing."""
    size = sheet.rows.size
    lasts = size - 1 - grouped(sheet.keys.group[::-1])[1]  # of each event the last row
    starts = [start for start in sheet.rows.of("starts").at(lasts).whole() if start is not None]
    found = new_codes(lane, source.source_id, sheet.codes, sheet.reading)
    found += against_usual(lane, source.source_id, sheet.reading, len(sheet.lines.data), starts)
    sheet.problems = trouble.in_order([*sheet.problems, *found])


def _set_aside(cleaned: Clean, lines: Lines, reading: Reading) -> dict[str, Array]:
    """The data rows that lack what their kind needs, by reason. A few bad rows never stop a file."""
    none = np.zeros(cleaned.size, bool)
    lacks: dict[str, Array] = {}
    if reading.completes:
        lacks["no_number"] = ~cleaned.of("contact_key").where(bool)
    else:
        no_start = none if reading.people_only else ~cleaned.of("starts").known()
        unreadable = none.copy()
        unreadable[cleaned.problems.get(("unreadable_start", "starts"), [])] = True
        lacks["unreadable_start"], lacks["no_start"] = no_start & unreadable, no_start & ~unreadable
        if reading.kind in NEEDS_PERSON or reading.people_only:
            lacks["no_person"] = ~people_of(cleaned).where(bool) & ~no_start
    says = none.copy()
    for name, column in lines.columns.items():
        if name != "never_wanted" and any(rows.any() for rows in lacks.values()):
            says |= column.where(bool)
    aside = {code: np.flatnonzero(rows & says) for code, rows in lacks.items()}
    aside["nothing"] = np.flatnonzero(np.any(list(lacks.values()), axis=0) & ~says)
    return {code: rows for code, rows in aside.items() if rows.size}


def _of_events(reading: Reading, rows: Clean, keys: Keys) -> list[Problem]:
    """Calls and runs at a jail, and calls of one minute and place under several numbers (quirks 25 and 26)."""
    if reading.kind not in ("dispatch", "ems") or "location" not in reading.columns:
        return []
    places = rows.of("location")
    jailed = int(places.where(lambda place: place and at_jail(place)).sum())
    minutes = rows.of("starts").change(_minute)
    told = np.flatnonzero(places.where(bool) & minutes.known())
    where, _ = combined([places.at(told), minutes.at(told)])
    events = np.bincount(where[grouped(pairs(where, keys.group[told]))[1]])
    twice = int(events[events > 1].sum())
    counts = (("at_jail", jailed), ("same_time_place", twice))
    return [trouble.of_sheet(code, "location", reading, count) for code, count in counts if count]


def _minute(start: datetime | None) -> datetime | None:
    """The minute of a start; None where no time of day is told."""
    return start.replace(second=0) if start and start.time() != time(0, 0) else None


def _of_sheet(lines: Lines, reading: Reading, keys: Keys, rows_read: Clean) -> list[Problem]:
    rows = rows_read.size
    found = []
    if keys.shared_numbers:
        found.append(trouble.of_sheet("shared_numbers", "contact_key", reading))
    if "ends" not in reading.columns and reading.kind in HAS_LENGTH and not (reading.people_only or reading.completes):
        nights = one_night_a_line(reading.kind, reading.headers)
        found.append(trouble.of_sheet("one_night" if nights else "no_end_column", "ends", reading))
    found += _of_events(reading, rows_read, keys)
    totals = trouble.control_totals(lines)
    events = len(np.unique(keys.group))
    if totals and {len(lines.data), rows, events, len(np.unique(keys.part.codes))} & set(totals):
        found.append(trouble.of_sheet("control_total_agrees", "", reading))
    elif totals:
        said = " and ".join(f"{total:,}" for total in sorted(set(totals)))
        found.append(trouble.of_sheet("control_total", "", reading, len(lines.data), said=said, events=f"{events:,}"))
    return found


def _result(
    draft: Draft, source: Source, sheet: _Sheet, status: Coded, import_id: int | None, notes: list[str]
) -> ImportResult:
    counts = Counter(status.counts())
    aside = sum(len(rows) for rows in sheet.aside.values())
    result = ImportResult(
        draft.file.name, import_id, source.name, source.kind, len(sheet.lines.numbers), counts["new"],
        counts["changed"],
        counts["already_here"], aside, len(sheet.lines.not_data), dict(sheet.reading.headers), sheet.problems,
        [*draft.file.notes, *notes],
    )  # fmt: skip
    parts = result.new + result.changed + result.already_here + result.set_aside + result.not_data
    if result.rows != parts:
        raise DoesNotAddUp(rows=result.rows, parts=parts)
    return result


def _days(rows: Clean) -> tuple[date | None, date | None]:
    starts: list[datetime] = [start for start in rows.of("starts").counts() if start is not None]
    return (min(starts).date(), max(starts).date()) if starts else (None, None)


def _write_import(lane: Lane, draft: Draft, source: Source, actor: str, sheet: _Sheet, result: ImportResult) -> int:
    import_id = int(lane.value("SELECT coalesce(max(import_id), 0) + 1 FROM import"))
    first, last = _days(sheet.rows)
    facts: dict[str, object] = {
        "import_id": import_id, "source_id": source.source_id, "file_name": draft.file.name,
        "sha256": draft.file.sha256,
        "bytes": draft.file.bytes, "format": draft.file.format, "mapping": sheet.reading.to_json(),
        "imported_at": clock.now(), "imported_by": actor, "rows": result.rows, "new": result.new,
        "changed": result.changed,
        "already_here": result.already_here, "set_aside": result.set_aside, "not_data": result.not_data,
        "first_day": first, "last_day": last,
    }  # fmt: skip
    lane.append("import", {name: [value] for name, value in facts.items()})
    return import_id


def _write_rows(lane: Lane, import_id: int, sheet: _Sheet, status: Coded, row_keys: Array, progress: Progress) -> Array:
    """Write every line with its words, a stretch at a time. Returns the row id of each data row."""
    lines, keys = sheet.lines, sheet.keys
    first = int(lane.value("SELECT coalesce(max(row_id), 0) + 1 FROM source_row"))
    kept = set(lane.columns("SELECT text_id FROM row_text")["text_id"].tolist())
    size = len(lines.numbers)
    data = lines.data[sheet.data]
    said = Coded(np.zeros(size, np.int32), ["not_data", "set_aside", *status.words])
    said.codes[data] = status.codes + 2
    reasons: list[str | None] = [None] * size
    for position, reason in lines.not_data.items():
        reasons[position] = reason
    for code, rows in sheet.aside.items():
        said.codes[lines.data[rows]] = 1
        for position in lines.data[rows].tolist():
            reasons[position] = SET_ASIDE_REASONS[code]
    columns = {
        "row_key": _spread(row_keys, data, size), "group_id": _spread(keys.group, data, size),
        "who_id": _spread(keys.who, data, size), "content_id": _spread(keys.content, data, size),
        "lead_row_id": _spread(np.where(lines.leads < 0, -1, first + lines.leads), lines.data, size),
    }  # fmt: skip
    for start in range(0, size, _AT_ONCE):
        progress.at(start)
        stop = min(start + _AT_ONCE, size)
        lane.append("source_row", {
            "row_id": np.arange(first + start, first + stop, dtype=np.int64),
            "import_id": np.full(stop - start, import_id, dtype=np.int64),
            "sheet": [sheet.reading.sheet] * (stop - start), "row_number": lines.numbers[start:stop],
            "status": said.at(slice(start, stop)).whole(), "reason": reasons[start:stop],
            "text_id": _write_texts(lane, lines.texts(start, stop), kept),
            **{name: values[start:stop] for name, values in columns.items()},
        })  # fmt: skip
    return first + data


def _spread(ids: Array, positions: Array, size: int) -> Array:
    """Ids of some lines over all lines: a masked array, missing where a line has none."""
    spread = np.full(size, -1, np.int64)
    spread[positions] = ids
    return known(spread)


def _write_texts(lane: Lane, texts: list[str], kept: set[int]) -> list[int]:
    """Keep the words of rows, each wording once; `kept` are those already there and grows. Returns their ids."""
    ids = derived_ids(texts)
    fresh = {text_id: text for text_id, text in zip(ids, texts, strict=True) if text_id not in kept}
    kept.update(fresh)
    lane.append("row_text", {"text_id": np.array(sorted(fresh), dtype=np.int64),
                             "cells": [fresh[text_id] for text_id in sorted(fresh)]})  # fmt: skip
    return ids


def _follow(
    lane: Lane, source: Source, sheet: _Sheet, before: Links, status: Coded, row_keys: Array, row_ids: Array,
    touched: Array, progress: Progress,
) -> None:  # fmt: skip
    """Let the sheet's rows stand and bring the contacts of what is new, changed or touched in step."""
    keys, people_only = sheet.keys, sheet.reading.people_only
    moved = status.where(lambda one: one != ALREADY_HERE)
    groups = np.union1d(keys.group[moved], touched)
    stood = np.unique(before.group_id)
    now = source_of(lane, source.source_id)
    if now.ends_apart != source.ends_apart:  # ends come in a report of their own from now on
        groups = np.union1d(events_of(lane, source.source_id), groups)
        before = before.and_more(links(lane, source.source_id, np.setdiff1d(groups, stood)))
        stood = groups
    rows = RowSet.of(row_ids, row_keys, keys.group, keys.who, people_only, report_of(sheet.reading), sheet.rows)
    here = np.isin(keys.group, stood)
    new, old = rows.only(np.flatnonzero(~here)), rows.only(np.flatnonzero(here))
    set_current(lane, source.source_id, old.row_keys, old.row_ids, *before.became(old.row_keys))
    progress.step("Making contacts", len(np.unique(new.groups)))
    make_new(lane, now, new, progress)
    whos = np.unique(keys.who[moved & (keys.who >= 0)]) if people_only else np.zeros(0, np.int64)
    groups = np.setdiff1d(groups, new.groups)
    if len(groups) or len(whos):
        refresh(lane, now, groups, whos, before.at(np.isin(before.group_id, groups)), old)
