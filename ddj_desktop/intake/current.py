"""What stands now: reading standing rows back from their kept words, and keeping contacts and records in step.

Contacts and records are derived from the rows that stand and from nothing else, event by event. After any change to
the rows of some events, `refresh` makes these events' contacts again and leaves all others alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from ddj_desktop.intake.cleaning import clean
from ddj_desktop.intake.coded import grouped
from ddj_desktop.intake.contacts import Contact, Derived, Meanings, derive
from ddj_desktop.intake.lines import Reading, columns_of
from ddj_desktop.intake.records import Record
from ddj_desktop.intake.row_set import Report, RowSet, join
from ddj_desktop.intake.table import Table
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.crosswalks import meanings_of
from ddj_desktop.store.columns import Array
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


@dataclass(frozen=True)
class Links:
    """Standing rows and what they became; -1 for no contact and no record."""

    row_key: Array
    group_id: Array
    content_id: Array
    row_id: Array
    contact_id: Array
    record_id: Array
    import_id: Array

    def at(self, places: Array) -> Links:
        """Those at these places."""
        return Links(*(getattr(self, one.name)[places] for one in fields(self)))

    def became(self, row_keys: Array) -> tuple[Array, Array]:
        """The contact and the record of each of these row keys; -1 for one that is not among them."""
        order = np.argsort(self.row_key)
        place = np.searchsorted(self.row_key, row_keys, sorter=order)
        place = np.append(order, 0)[np.minimum(place, len(order))]
        found = np.append(self.row_key, -1)[place] == row_keys
        contacts, records = np.append(self.contact_id, -1)[place], np.append(self.record_id, -1)[place]
        return np.where(found, contacts, -1), np.where(found, records, -1)

    def and_more(self, more: Links) -> Links:
        """These and others."""
        return Links(*(np.concatenate((getattr(self, one.name), getattr(more, one.name))) for one in fields(self)))


def links(lane: Lane, source_id: int, groups: Array) -> Links:
    """The rows of these events that stand now."""
    if not len(groups):
        return Links(*[np.zeros(0, np.int64)] * len(fields(Links)))
    found = lane.columns(sql("intake", "standing_rows"), source=source_id, groups=as_list(groups.tolist()))
    return Links(**{name: _filled(column) for name, column in found.items()})


def _filled(column: Array) -> Array:
    """A column of ids, -1 where there is none."""
    return np.ma.filled(column.astype(np.int64), -1)


def load(lane: Lane, row_ids: Array, sexes: Mapping[str, str]) -> RowSet:
    """Rows read again from their kept words, each by the reading of its import. `sexes`: the source's own codes."""
    if not len(row_ids):
        return RowSet.empty()
    by_import: dict[int, list[Row]] = defaultdict(list)
    for row in lane.rows(sql("intake", "row_words"), rows=as_list(np.sort(row_ids).tolist())):
        by_import[row[0]].append(row)
    parts = []
    for import_id in sorted(by_import):
        found = by_import[import_id]
        reading = Reading.from_json(lane.value("SELECT mapping FROM import WHERE import_id = $id", id=import_id))
        rows = Table.of([(number, tuple(json.loads(row[5]))) for number, row in enumerate(found)])
        leads = [json.loads(row[6]) if row[6] else None for row in found]
        cleaned = clean(columns_of(rows, leads, reading), len(found), reading, sexes)
        row_ids, row_keys, groups, whos = ids_of(found, 1, 5)
        parts.append(RowSet.of(row_ids, row_keys, groups, whos, reading.people_only, report_of(reading), cleaned))
    return join(parts)


def ids_of(rows: Sequence[Row], first: int, stop: int) -> list[Array]:
    """The ids in some columns of rows, -1 where there is none."""
    return [np.array([-1 if row[at] is None else row[at] for row in rows], np.int64) for at in range(first, stop)]


def report_of(reading: Reading) -> Report:
    """What tells a sheet's rows from those of the source's other reports."""
    return Report(reading.report, "ends" in reading.columns)


@dataclass(frozen=True)
class Refreshed:
    """What making some events' contacts again did to the tables."""

    contacts_before: int
    contacts_now: int
    records_gone: tuple[int, ...]


def refresh(
    lane: Lane, source: Source, groups: Array, whos: Array, before: Links, fresh: RowSet | None = None
) -> Refreshed:
    """Make the contacts of these events again from the rows that stand now (`current_row` is up to date but for links).

    `whos` are people whose rows in a list of people came, changed or went: events that name them by number follow.
    `before` are the standing rows of the events as they were. `fresh` are rows already read, which need no reading.
    """
    more = np.setdiff1d(_events_of_people(lane, source, whos), groups)
    before = before.and_more(links(lane, source.source_id, more))
    old = before.at(before.contact_id >= 0)
    ordered = np.union1d(groups, more)
    made = 0
    for start in range(0, len(ordered), _AT_ONCE):
        events = ordered[start : start + _AT_ONCE]
        made += _refresh_some(lane, source, events, np.unique(old.contact_id[np.isin(old.group_id, events)]), fresh)
    gone = _drop_orphans(lane, before.record_id[before.record_id >= 0])
    return Refreshed(len(np.unique(old.contact_id)), made, gone)


def make_new(lane: Lane, source: Source, fresh: RowSet, progress: Progress) -> None:
    """Let rows stand whose events had none before, and make their contacts: each table is written once.

    `source` as it is with the rows' own import. A stretch of events at a time, in the order the rows name them.
    """
    events, firsts = grouped(fresh.groups)
    turn = np.argsort(np.argsort(firsts))[events]  # which event of the sheet, in the order they are named
    order = np.argsort(turn, kind="stable")
    for start in range(0, len(firsts), _AT_ONCE):
        progress.at(start)
        begin, end = np.searchsorted(turn[order], (start, start + _AT_ONCE))
        rows = fresh.only(order[begin:end])
        made = derive(
            join([rows, _people_of(lane, source, [rows])]), source.source_id, source.kind, source.ends_apart,
            source.meanings,
        )  # fmt: skip
        size = len(rows)
        let_stand(lane, source.source_id, rows.row_keys, rows.row_ids, made.contact_of[:size], made.record_of[:size])
        _write(lane, source, made)


def _refresh_some(lane: Lane, source: Source, events: Array, old: Array, fresh: RowSet | None) -> int:
    """Make the contacts of some events again, in place of the old ones. Returns how many there are now."""
    now = links(lane, source.source_id, events)
    rows = _rows_to_derive(lane, source, now, fresh)
    made = derive(rows, source.source_id, source.kind, source.ends_apart, source.meanings)
    _delete(lane, old)
    order = np.argsort(rows.row_keys)
    place = order[np.searchsorted(rows.row_keys[order], now.row_key)] if len(order) else order
    set_current(lane, source.source_id, now.row_key, now.row_id, made.contact_of[place], made.record_of[place])
    _write(lane, source, made)
    return len(made.contacts)


def events_of(lane: Lane, source_id: int) -> Array:
    """Every event of a source that has rows that stand."""
    found = lane.rows(sql("intake", "events_of_source"), source=source_id)
    return np.array([group for (group,) in found], np.int64)


def _events_of_people(lane: Lane, source: Source, whos: Array) -> Array:
    if not len(whos):
        return np.zeros(0, np.int64)
    found = lane.rows(sql("intake", "groups_of_people"), source=source.source_id, whos=as_list(whos.tolist()))
    return np.array([group for (group,) in found], np.int64)


def _rows_to_derive(lane: Lane, source: Source, now: Links, fresh: RowSet | None) -> RowSet:
    """The standing rows of the events, and the people rows of those they name by number."""
    wanted = now.row_id
    parts = []
    if fresh is not None:
        parts.append(fresh.only(np.flatnonzero(np.isin(fresh.row_ids, wanted))))
        wanted = wanted[~np.isin(wanted, parts[0].row_ids)]
    parts.append(load(lane, wanted, source.meanings.get("sex", {})))
    parts.append(_people_of(lane, source, parts))
    return join(parts)


def _people_of(lane: Lane, source: Source, parts: Sequence[RowSet]) -> RowSet:
    """The people rows of those whom rows name by number, except such as are among them."""
    whos = np.unique(np.concatenate([part.whos[part.whos >= 0] for part in parts]))
    if not source.lists_people or not len(whos):
        return RowSet.empty()
    people = lane.rows(sql("intake", "people_rows"), source=source.source_id, whos=as_list(whos.tolist()))
    here = np.concatenate([part.row_ids for part in parts])
    found = np.setdiff1d(np.array([row for (row,) in people], np.int64), here)
    return load(lane, found, source.meanings.get("sex", {}))


def _delete(lane: Lane, contacts: Array) -> None:
    if not len(contacts):
        return
    ids = as_list(contacts.tolist())
    for table in ("contact", "contact_flag", "charge"):
        lane.run(f"DELETE FROM {table} WHERE contact_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=ids)


def set_current(lane: Lane, source_id: int, keys: Array, rows: Array, contacts: Array, records: Array) -> None:
    """Let rows stand for their keys, with what they became (-1: nothing), in place of whatever stood for the keys."""
    take_current(lane, keys)
    let_stand(lane, source_id, keys, rows, contacts, records)


def let_stand(lane: Lane, source_id: int, keys: Array, rows: Array, contacts: Array, records: Array) -> None:
    """Write rows that stand; nothing may stand for their keys."""
    lane.append("current_row", {
        "source_id": np.full(len(keys), source_id), "row_key": keys, "row_id": rows,
        "contact_id": known(contacts), "record_id": known(records),
    })  # fmt: skip


def known(ids: Array) -> Array:
    """Ids as the county file takes them: missing where they are -1."""
    return np.ma.MaskedArray(ids, ids < 0)


def take_current(lane: Lane, keys: Array) -> None:
    """Let nothing stand for these row keys."""
    if len(keys):
        lane.run(
            "DELETE FROM current_row WHERE row_key IN (SELECT unnest(CAST($keys AS BIGINT[])))",
            keys=as_list(keys.tolist()),
        )


def _write(lane: Lane, source: Source, made: Derived) -> None:
    """Write contacts with their flags and charges, and the records that are not there yet."""
    _write_contacts(lane, source, made.contacts)
    mentioned = np.unique(made.record_of[made.record_of >= 0]).tolist()
    ids = as_list(mentioned)
    there = lane.rows(
        "SELECT record_id FROM record WHERE record_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=ids
    )
    new = sorted(set(mentioned) - {record for (record,) in there})
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


def _drop_orphans(lane: Lane, records: Array) -> tuple[int, ...]:
    """Delete records no standing row mentions any more. Their places among people are kept by linkage, by record id."""
    if not len(records):
        return ()
    found = lane.rows(sql("intake", "orphan_records"), records=as_list(np.unique(records).tolist()))
    gone = sorted(record for (record,) in found)
    lane.run("DELETE FROM record WHERE record_id IN (SELECT unnest(CAST($ids AS BIGINT[])))", ids=as_list(gone))
    return tuple(gone)
