"""Taking one sheet in: every line kept and accounted for, what is new or changed made into contacts and records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import numpy as np

from ddj_desktop.intake import problems as trouble
from ddj_desktop.intake.cleaning import Clean, clean
from ddj_desktop.intake.codes import codes_in, keep_codes, new_codes
from ddj_desktop.intake.current import (
    Link,
    Source,
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
from ddj_desktop.intake.keys import MANY_PEOPLE, Keys, keys_of
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
    aside: dict[str, list[int]]
    data: list[int]
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
    known = lane.rows(sql("intake", "same_file"), sha256=draft.file.sha256, sheet=draft.sheet)
    if known:
        status = [ALREADY_HERE] * len(sheet.data)
        note = f"You took in this file on {day_in_words(known[0][1].date())}. Nothing to do."
        return _result(draft, source, sheet, status, None, [note])
    progress.step("Comparing with what is here")
    before = links(lane, source_id, set(sheet.keys.group)) if earlier else []
    same_report = _imports_of(lane, source_id, sheet.reading.report)
    standing = [
        Standing(link.row_key, link.group_id, link.content_id) for link in before if link.import_id in same_report
    ]
    status, row_keys = compare(sheet.keys, standing, source.kind not in MANY_PEOPLE)
    gone = _replaced(lane, draft, source, same_report, set(row_keys))
    result = replace(_result(draft, source, sheet, status, None, []), replaced=len(gone))
    if dry_run:
        return result
    progress.step("Keeping the rows", len(sheet.lines.numbers))
    import_id = _write_import(lane, draft, source, actor, sheet, result)
    row_ids = _write_rows(lane, import_id, sheet, status, row_keys, progress)
    keep_codes(lane, import_id, sheet.codes)
    sheet.keys = replace(sheet.keys, part=[], content=[])  # kept with the rows now
    before += _let_go(lane, source, import_id, gone, before)
    _follow(lane, source, sheet, before, status, row_keys, row_ids, {group for _, _, group in gone}, progress)
    return replace(result, import_id=import_id)


def _replaced(
    lane: Lane, draft: Draft, source: Source, same_report: set[int], named: set[int]
) -> list[tuple[int, int, int]]:
    """Row key, row id and event of the rows of the draft's period that stand and that the sheet does not name."""
    if draft.replaces is None:
        return []
    first, last = draft.replaces
    found = lane.rows(sql("intake", "rows_of_period"), source=source.source_id, first=first, last=last)
    return sorted({row[:3] for row in found if row[3] in same_report and row[0] not in named})


def _let_go(
    lane: Lane, source: Source, import_id: int, gone: list[tuple[int, int, int]], before: list[Link]
) -> list[Link]:
    """Let rows stand no more, remembered with the import that replaced them. Returns what their events were."""
    here = {link.group_id for link in before}
    more = links(lane, source.source_id, {group for _, _, group in gone} - here)
    take_current(lane, [key for key, _, _ in gone])
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
    out = {row for rows in aside.values() for row in rows}
    data = [row for row in range(cleaned.size) if row not in out]
    rows = cleaned
    if out:
        rows = Clean(len(data), {name: [values[row] for row in data] for name, values in cleaned.values.items()})
    keys = keys_of(rows, source.source_id, reading.people_only, reading.report)
    found = trouble.of_lines("ragged", beyond_headings(draft, lines), reading)
    found += trouble.of_rows(cleaned, lines, reading, aside) + _of_sheet(lines, reading, keys, rows)
    return _Sheet(lines, reading, cleaned, aside, data, rows, keys, trouble.in_order(found), codes)


def _compare_with_usual(lane: Lane, source: Source, sheet: _Sheet) -> None:
    """Add what only the source's earlier imports show: new codes, an unusual volume, days and months missing."""
    events = dict(zip(sheet.keys.group, sheet.rows.of("starts"), strict=True))
    starts = [start for start in events.values() if start is not None]
    found = new_codes(lane, source.source_id, sheet.codes, sheet.reading)
    found += against_usual(lane, source.source_id, sheet.reading, len(sheet.lines.data), starts)
    sheet.problems = trouble.in_order([*sheet.problems, *found])


def _set_aside(cleaned: Clean, lines: Lines, reading: Reading) -> dict[str, list[int]]:
    """The data rows that lack what their kind needs, by reason. A few bad rows never stop a file."""
    aside: dict[str, list[int]] = defaultdict(list)
    said = {name: values for name, values in lines.columns.items() if name != "never_wanted"}
    unreadable = set(cleaned.problems.get(("unreadable_start", "starts"), []))
    needs_person = reading.kind in NEEDS_PERSON or reading.people_only
    numbers = cleaned.of("contact_key")
    people = zip(cleaned.of("record_key"), cleaned.of("name"), cleaned.of("ssn"), strict=True)
    for row, ((key, name, ssn), start) in enumerate(zip(people, cleaned.of("starts"), strict=True)):
        if reading.completes:
            lacks = "" if numbers[row] else "no_number"
        elif start is None and not reading.people_only:
            lacks = "unreadable_start" if row in unreadable else "no_start"
        else:
            lacks = "no_person" if needs_person and not (key or ssn) and name.empty else ""
        if lacks:
            aside[lacks if any(values[row] for values in said.values()) else "nothing"].append(row)
    return dict(aside)


def _of_events(reading: Reading, rows: Clean, keys: Keys) -> list[Problem]:
    """Calls and runs at a jail, and calls of one minute and place under several numbers (quirks 25 and 26)."""
    if reading.kind not in ("dispatch", "ems") or "location" not in reading.columns:
        return []
    places = rows.of("location")
    jails = {place for place in set(places) if place and at_jail(place)}
    jailed = sum(place in jails for place in places) if jails else 0
    events: dict[tuple[str, datetime], set[int]] = defaultdict(set)
    for place, start, group in zip(places, rows.of("starts"), keys.group, strict=True):
        if place and start and start.time() != time(0, 0):
            events[place, start.replace(second=0)].add(group)
    twice = sum(len(groups) for groups in events.values() if len(groups) > 1)
    told = (("at_jail", jailed), ("same_time_place", twice))
    return [trouble.of_sheet(code, "location", reading, count) for code, count in told if count]


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
    events = len(set(keys.group))
    if totals and {len(lines.data), rows, events, len(set(keys.part))} & set(totals):
        found.append(trouble.of_sheet("control_total_agrees", "", reading))
    elif totals:
        said = " and ".join(f"{total:,}" for total in sorted(set(totals)))
        found.append(trouble.of_sheet("control_total", "", reading, len(lines.data), said=said, events=f"{events:,}"))
    return found


def _result(
    draft: Draft, source: Source, sheet: _Sheet, status: list[str], import_id: int | None, notes: list[str]
) -> ImportResult:
    counts = Counter(status)
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
    starts: list[datetime] = [start for start in rows.of("starts") if start is not None]
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


def _write_rows(
    lane: Lane, import_id: int, sheet: _Sheet, status: list[str], row_keys: list[int], progress: Progress
) -> list[int]:
    """Write every line with its words, a stretch at a time. Returns the row id of each data row."""
    lines, keys = sheet.lines, sheet.keys
    first = int(lane.value("SELECT coalesce(max(row_id), 0) + 1 FROM source_row"))
    kept = set(lane.columns("SELECT text_id FROM row_text")["text_id"].tolist())
    aside = {lines.data[row]: SET_ASIDE_REASONS[code] for code, rows in sheet.aside.items() for row in rows}
    reasons = {**lines.not_data, **aside}
    data = np.array([lines.data[row] for row in sheet.data], dtype=np.int64)
    said = ["not_data"] * len(lines.numbers)
    for position in aside:
        said[position] = "set_aside"
    for position, one in zip(data.tolist(), status, strict=True):
        said[position] = one
    leads = [None if lead is None else first + lead for lead in lines.leads]
    columns = {
        "row_key": _spread(row_keys, data, said), "group_id": _spread(keys.group, data, said),
        "who_id": _spread(keys.who, data, said), "content_id": _spread(keys.content, data, said),
        "lead_row_id": _spread(leads, np.array(lines.data, dtype=np.int64), said),
    }  # fmt: skip
    for start in range(0, len(said), _AT_ONCE):
        progress.at(start)
        stop = min(start + _AT_ONCE, len(said))
        lane.append("source_row", {
            "row_id": np.arange(first + start, first + stop, dtype=np.int64),
            "import_id": np.full(stop - start, import_id, dtype=np.int64),
            "sheet": [sheet.reading.sheet] * (stop - start), "row_number": lines.numbers[start:stop],
            "status": said[start:stop], "reason": [reasons.get(position) for position in range(start, stop)],
            "text_id": _write_texts(lane, [lines.text(position) for position in range(start, stop)], kept),
            **{name: values[start:stop] for name, values in columns.items()},
        })  # fmt: skip
    row_ids: list[int] = (first + data).tolist()
    return row_ids


def _spread(values: Sequence[int | None], positions: Array, lines: Sequence[str]) -> Array:
    """Values of some lines over all lines: a masked array, missing where a line has none."""
    spread, missing = np.zeros(len(lines), np.int64), np.ones(len(lines), bool)
    spread[positions] = [value or 0 for value in values]
    missing[positions] = [value is None for value in values]
    return np.ma.MaskedArray(spread, missing)


def _write_texts(lane: Lane, texts: list[str], kept: set[int]) -> list[int]:
    """Keep the words of rows, each wording once; `kept` are those already there and grows. Returns their ids."""
    ids = derived_ids(texts)
    fresh = {text_id: text for text_id, text in zip(ids, texts, strict=True) if text_id not in kept}
    kept.update(fresh)
    lane.append("row_text", {"text_id": np.array(sorted(fresh), dtype=np.int64),
                             "cells": [fresh[text_id] for text_id in sorted(fresh)]})  # fmt: skip
    return ids


def _follow(
    lane: Lane, source: Source, sheet: _Sheet, before: list[Link], status: list[str], row_keys: list[int],
    row_ids: list[int], touched: set[int], progress: Progress,
) -> None:  # fmt: skip
    """Let the sheet's rows stand and bring the contacts of what is new, changed or touched in step."""
    keys, people_only = sheet.keys, sheet.reading.people_only
    moved = [place for place, one in enumerate(status) if one != ALREADY_HERE]
    groups = {keys.group[place] for place in moved} | touched
    stood = {link.group_id for link in before}
    now = source_of(lane, source.source_id)
    if now.ends_apart != source.ends_apart:  # ends come in a report of their own from now on
        groups = {group for (group,) in lane.rows(sql("intake", "events_of_source"), source=source.source_id)} | groups
        before = [*before, *links(lane, source.source_id, groups - stood)]
        stood = groups
    rows = RowSet(
        row_ids, row_keys, keys.group, keys.who, [people_only] * len(row_ids),
        [report_of(sheet.reading)] * len(row_ids), sheet.rows,
    )  # fmt: skip
    new = rows.only([place for place, group in enumerate(keys.group) if group not in stood])
    old = rows.only([place for place, group in enumerate(keys.group) if group in stood])
    linked = {link.row_key: (link.contact_id, link.record_id) for link in before}
    set_current(lane, source.source_id, [
        (key, row, *linked.get(key, (None, None))) for key, row in zip(old.row_keys, old.row_ids, strict=True)
    ])  # fmt: skip
    progress.step("Making contacts", len(set(new.groups)))
    make_new(lane, now, new, progress)
    whos = {who for place in moved if (who := keys.who[place]) is not None} if people_only else set()
    groups -= set(new.groups)
    if groups or whos:
        refresh(lane, now, groups, whos, [link for link in before if link.group_id in groups], old)
