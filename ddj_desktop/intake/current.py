"""What stands now: reading standing rows back from their kept words, and keeping contacts and records in step.

Contacts and records are derived from the rows that stand and from nothing else, event by event. After any change to
the rows of some events, `refresh` makes these events' contacts again and leaves all others alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ddj_desktop.intake.cleaning import Clean, clean
from ddj_desktop.intake.contacts import Contact, Derived, Meanings, derive
from ddj_desktop.intake.lines import Reading, columns_of
from ddj_desktop.intake.records import Record
from ddj_desktop.intake.row_set import Report, RowSet
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.crosswalks import meanings_of
from ddj_desktop.store.lane import Lane, Row
from ddj_desktop.store.sql import sql

_AT_ONCE = 10_000
"""Events made again at once: what a large import becomes is never all in memory."""


@dataclass(frozen=True)
class Source:
    """A system of an agency, as far as intake needs it."""

    source_id: int
    name: str
    kind: str
    ends_apart: bool = False
    """The ends of its contacts come in a report of their own (HMIS Exit.csv)."""
    lists_people: bool = False
    """One of its reports is a list of people (HMIS Client.csv)."""
    meanings: Meanings = field(default_factory=dict)
    """What the county said its codes mean."""


def source_of(lane: Lane, source_id: int) -> Source:
    """The source with this number."""
    number, name, kind = lane.one("SELECT source_id, name, kind FROM source WHERE source_id = $id", id=source_id)
    known = readings(lane, source_id)
    apart = any(one.completes and "ends" in one.columns for one in known)
    return Source(number, name, kind, apart, any(one.people_only for one in known), meanings_of(lane, source_id))


def readings(lane: Lane, source_id: int) -> list[Reading]:
    """How the imports of a source that stand are read, each way once."""
    found = lane.rows(
        "SELECT mapping FROM import WHERE source_id = $id AND removed_at IS NULL GROUP BY mapping "
        "ORDER BY min(import_id)",
        id=source_id,
    )
    return [Reading.from_json(mapping) for (mapping,) in found]


def as_list(ids: Iterable[int]) -> str:
    """Whole numbers as the text of a list: the engine reads it a thousand times faster than a list of objects."""
    return "[" + ",".join(map(str, ids)) + "]"


class Link(NamedTuple):
    """A standing row and what it became."""

    row_key: int
    group_id: int
    content_id: int
    row_id: int
    contact_id: int | None
    record_id: int | None
    import_id: int


def links(lane: Lane, source_id: int, groups: Collection[int]) -> list[Link]:
    """The rows of these events that stand now."""
    if not groups:
        return []
    found = lane.rows(sql("intake", "standing_rows"), source=source_id, groups=as_list(groups))
    return list(map(Link._make, found))


def load(lane: Lane, row_ids: Collection[int], sexes: Mapping[str, str]) -> RowSet:
    """Rows read again from their kept words, each by the reading of its import. `sexes`: the source's own codes."""
    if not row_ids:
        return RowSet([], [], [], [], [], [], Clean(0))
    by_import: dict[int, list[Row]] = defaultdict(list)
    for row in lane.rows(sql("intake", "row_words"), rows=as_list(row_ids)):
        by_import[row[0]].append(row)
    parts = []
    for import_id in sorted(by_import):
        found = by_import[import_id]
        reading = Reading.from_json(lane.value("SELECT mapping FROM import WHERE import_id = $id", id=import_id))
        cells = [json.loads(row[5]) for row in found]
        leads = [json.loads(row[6]) if row[6] else None for row in found]
        cleaned = clean(columns_of(cells, leads, reading), len(found), reading, sexes)
        parts.append(
            RowSet(
                [row[1] for row in found], [row[2] for row in found], [row[3] for row in found],
                [row[4] for row in found], [reading.people_only] * len(found), [report_of(reading)] * len(found),
                cleaned,
            )
        )  # fmt: skip
    return join(parts)


def report_of(reading: Reading) -> Report:
    """What tells a sheet's rows from those of the source's other reports."""
    return Report(reading.report, "ends" in reading.columns)


def join(parts: Sequence[RowSet]) -> RowSet:
    """Several sets of rows as one."""
    parts = [part for part in parts if part.row_ids] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    whole = Clean(sum(part.clean.size for part in parts))
    for name in sorted({name for part in parts for name in part.clean.values}):
        whole.values[name] = [value for part in parts for value in part.clean.of(name)]
    return RowSet(
        [row for part in parts for row in part.row_ids], [row for part in parts for row in part.row_keys],
        [row for part in parts for row in part.groups], [row for part in parts for row in part.whos],
        [row for part in parts for row in part.people_only], [row for part in parts for row in part.reports], whole,
    )  # fmt: skip


@dataclass(frozen=True)
class Refreshed:
    """What making some events' contacts again did to the tables."""

    contacts_before: int
    contacts_now: int
    records_gone: tuple[int, ...]


def refresh(
    lane: Lane, source: Source, groups: set[int], whos: set[int], before: Sequence[Link], fresh: RowSet | None = None
) -> Refreshed:
    """Make the contacts of these events again from the rows that stand now (`current_row` is up to date but for links).

    `whos` are people whose rows in a list of people came, changed or went: events that name them by number follow.
    `before` are the standing rows of the events as they were. `fresh` are rows already read, which need no reading.
    """
    more = _events_of(lane, source, whos) - groups
    before = [*before, *links(lane, source.source_id, more)]
    contacts: dict[int, set[int]] = defaultdict(set)
    for link in before:
        if link.contact_id is not None:
            contacts[link.group_id].add(link.contact_id)
    ordered = sorted(groups | more)
    made = 0
    for start in range(0, len(ordered), _AT_ONCE):
        events = ordered[start : start + _AT_ONCE]
        made += _refresh_some(lane, source, events, {old for event in events for old in contacts.get(event, ())}, fresh)
    gone = _drop_orphans(lane, {link.record_id for link in before if link.record_id is not None})
    return Refreshed(sum(map(len, contacts.values())), made, gone)


def make_new(lane: Lane, source: Source, fresh: RowSet, progress: Progress) -> None:
    """Let rows stand whose events had none before, and make their contacts: each table is written once.

    `source` as it is with the rows' own import. A stretch of events at a time, in the order the rows name them.
    """
    events: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(fresh.groups):
        events[group].append(place)
    of_events = list(events.values())
    for start in range(0, len(of_events), _AT_ONCE):
        progress.at(start)
        rows = fresh.only([place for places in of_events[start : start + _AT_ONCE] for place in places])
        made = derive(
            join([rows, _people_of(lane, source, [rows])]), source.source_id, source.kind, source.ends_apart,
            source.meanings,
        )  # fmt: skip
        _let_stand(lane, source.source_id, [
            (key, row, *made.links[key]) for key, row in zip(rows.row_keys, rows.row_ids, strict=True)
        ])  # fmt: skip
        _write(lane, source, made)


def _refresh_some(lane: Lane, source: Source, events: list[int], old: set[int], fresh: RowSet | None) -> int:
    """Make the contacts of some events again, in place of the old ones. Returns how many there are now."""
    now = links(lane, source.source_id, events)
    rows = _rows_to_derive(lane, source, now, fresh)
    made = derive(rows, source.source_id, source.kind, source.ends_apart, source.meanings)
    _delete(lane, old)
    _relink(lane, source, now, made)
    _write(lane, source, made)
    return len(made.contacts)


def _events_of(lane: Lane, source: Source, whos: set[int]) -> set[int]:
    if not whos:
        return set()
    found = lane.rows(sql("intake", "groups_of_people"), source=source.source_id, whos=as_list(sorted(whos)))
    return {group for (group,) in found}


def _rows_to_derive(lane: Lane, source: Source, now: Sequence[Link], fresh: RowSet | None) -> RowSet:
    """The standing rows of the events, and the people rows of those they name by number."""
    wanted = {link.row_id for link in now}
    parts = []
    if fresh is not None:
        parts.append(fresh.only([place for row in wanted if (place := fresh.place_of.get(row)) is not None]))
        wanted.difference_update(parts[0].row_ids)
    sexes = source.meanings.get("sex", {})
    parts.append(load(lane, sorted(wanted), sexes))
    parts.append(_people_of(lane, source, parts))
    return join(parts)


def _people_of(lane: Lane, source: Source, parts: Sequence[RowSet]) -> RowSet:
    """The people rows of those whom rows name by number, except such as are among them."""
    whos = {who for part in parts for who in part.whos if who is not None} if source.lists_people else set()
    if not whos:
        return load(lane, (), {})
    people = lane.rows(sql("intake", "people_rows"), source=source.source_id, whos=as_list(sorted(whos)))
    here = {row for part in parts for row in part.row_ids}
    return load(lane, sorted({row for (row,) in people} - here), source.meanings.get("sex", {}))


def _delete(lane: Lane, contacts: set[int]) -> None:
    if not contacts:
        return
    ids = as_list(sorted(contacts))
    for table in ("contact", "contact_flag", "charge"):
        lane.run(f"DELETE FROM {table} WHERE contact_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=ids)


def set_current(lane: Lane, source_id: int, rows: Sequence[tuple[int, int, int | None, int | None]]) -> None:
    """Let these rows stand: (row key, row id, contact id, record id), in place of whatever stood for the keys."""
    take_current(lane, [row[0] for row in rows])
    _let_stand(lane, source_id, rows)


def _let_stand(lane: Lane, source_id: int, rows: Sequence[tuple[int, int, int | None, int | None]]) -> None:
    """Write rows that stand; nothing may stand for their keys."""
    lane.append("current_row", {
        "source_id": [source_id] * len(rows), "row_key": [row[0] for row in rows], "row_id": [row[1] for row in rows],
        "contact_id": [row[2] for row in rows], "record_id": [row[3] for row in rows],
    })  # fmt: skip


def take_current(lane: Lane, keys: Collection[int]) -> None:
    """Let nothing stand for these row keys."""
    if keys:
        lane.run(
            "DELETE FROM current_row WHERE row_key IN (SELECT unnest(CAST($keys AS BIGINT[])))", keys=as_list(keys)
        )


def _relink(lane: Lane, source: Source, now: Sequence[Link], made: Derived) -> None:
    set_current(lane, source.source_id, [(link.row_key, link.row_id, *made.links[link.row_key]) for link in now])


def _write(lane: Lane, source: Source, made: Derived) -> None:
    """Write contacts with their flags and charges, and the records that are not there yet."""
    _write_contacts(lane, source, made.contacts)
    mentioned = {record for _, record in made.links.values() if record is not None}
    ids = as_list(sorted(mentioned))
    there = lane.rows(
        "SELECT record_id FROM record WHERE record_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=ids
    )
    new = sorted(mentioned - {record for (record,) in there})
    columns: dict[str, list[object]] = {"record_id": list(new), "source_id": [source.source_id] * len(new)}
    for place, name in enumerate(Record._fields):
        columns[name] = [made.records[record][place] for record in new]
    lane.append("record", columns)


def _write_contacts(lane: Lane, source: Source, contacts: Sequence[Contact]) -> None:
    if not contacts:
        return
    names = [name for name in Contact._fields if name not in ("flags", "charges")]
    columns = dict(zip(Contact._fields, zip(*contacts, strict=True), strict=True))
    lane.append("contact", {
        "source_id": [source.source_id] * len(contacts), **{name: columns[name] for name in names},
    })  # fmt: skip
    flags = [(c.contact_id, name, value) for c in contacts for name, value in c.flags]
    lane.append("contact_flag", {
        "contact_id": [row[0] for row in flags], "name": [row[1] for row in flags], "value": [row[2] for row in flags],
    })  # fmt: skip
    charges = [(c.contact_id, n, charge) for c in contacts for n, charge in enumerate(c.charges, start=1)]
    lane.append("charge", {
        "contact_id": [row[0] for row in charges], "ordinal": [row[1] for row in charges],
        "description": [row[2].description for row in charges], "code": [row[2].code for row in charges],
        "severity": [row[2].severity for row in charges], "charge_group": [row[2].group for row in charges],
    })  # fmt: skip


def _drop_orphans(lane: Lane, records: set[int]) -> tuple[int, ...]:
    """Delete records no standing row mentions any more. Their places among people are kept by linkage, by record id."""
    if not records:
        return ()
    found = lane.rows(sql("intake", "orphan_records"), records=as_list(sorted(records)))
    gone = sorted(record for (record,) in found)
    lane.run("DELETE FROM record WHERE record_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=as_list(gone))
    return tuple(gone)
