"""Taking an import back: its rows stand no more, those it superseded stand again, contacts and records follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ddj_desktop.intake.current import as_list, events_of, ids_of, links, refresh, set_current, source_of, take_current
from ddj_desktop.intake.errors import AlreadyRemoved, NoSuchImport
from ddj_desktop.intake.lines import Reading
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.columns import Array
from ddj_desktop.store.lane import Lane, Row
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class RemovalResult:
    """What removing an import did."""

    import_id: int
    file_name: str
    source: str
    rows: int
    """Data rows that stood by this import and do no more."""
    rows_back: int
    """Of these, rows whose earlier form stands again."""
    contacts_before: int
    """Contacts the import had a part in."""
    contacts_now: int
    gone: tuple[int, ...]
    """Mentions of people that no row makes any more. Decisions about them are kept and hold again if they return."""

    @property
    def records_gone(self) -> int:
        """How many mentions of people are gone."""
        return len(self.gone)


def remove_import(lane: Lane, import_id: int, actor: str, progress: Progress | None = None) -> RemovalResult:
    """Remove an import, inside the caller's transaction. Its rows stay in the file, marked; the same file may come in
    again as if new. Raises NoSuchImport, AlreadyRemoved."""
    progress = progress or Progress()
    source_id, file_name, mapping = _standing(lane, import_id)
    progress.step("Taking the rows back")
    source = source_of(lane, source_id)
    rows = lane.rows(
        "SELECT row_id, row_key, group_id, who_id FROM source_row WHERE import_id = $id AND row_key IS NOT NULL",
        id=import_id,
    )
    own, _, groups, whos = ids_of(rows, 0, 4)
    groups = np.unique(groups)
    if Reading.from_json(mapping).completes:  # what it said of ends may have made others open
        groups = np.union1d(events_of(lane, source_id), groups)
    before = links(lane, source_id, groups)
    _mark(lane, import_id, actor)
    ours = before.row_key[np.isin(before.row_id, own)]
    back = _earlier_rows(lane, source_id, ours)
    replaced = lane.rows(sql("intake", "rows_replaced"), id=import_id)
    touched = np.array([group for _, _, group in replaced], np.int64)
    before = before.and_more(links(lane, source_id, np.setdiff1d(touched, groups)))
    groups = np.union1d(groups, touched)
    _let_stand(lane, source_id, import_id, replaced)
    progress.step("Making contacts")
    source = source_of(lane, source_id)
    whos = np.unique(whos[whos >= 0]) if Reading.from_json(mapping).people_only else np.zeros(0, np.int64)
    done = refresh(lane, source, groups, whos, before)
    return RemovalResult(
        import_id, file_name, source.name, len(ours), len(back) + len(replaced), done.contacts_before,
        done.contacts_now, done.records_gone,
    )  # fmt: skip


def _mark(lane: Lane, import_id: int, actor: str) -> None:
    """Mark an import as removed, now and by whom."""
    lane.run(
        "UPDATE import SET removed_at = $now, removed_by = $actor WHERE import_id = $id",
        now=clock.now(), actor=actor, id=import_id,
    )  # fmt: skip


def _standing(lane: Lane, import_id: int) -> Row:
    """Source, file name and reading of an import that stands."""
    found = lane.rows(
        "SELECT source_id, file_name, mapping, removed_at FROM import WHERE import_id = $id", id=import_id
    )
    if not found:
        raise NoSuchImport(import_id=import_id)
    if found[0][3] is not None:
        raise AlreadyRemoved(file=found[0][1], day=day_in_words(found[0][3].date()))
    return found[0][:3]


def _let_stand(lane: Lane, source_id: int, import_id: int, replaced: list[Row]) -> None:
    """Let the rows an import replaced stand again."""
    _stands(lane, source_id, [row[:2] for row in replaced])
    lane.run("DELETE FROM replaced_row WHERE import_id = $id", id=import_id)


def _stands(lane: Lane, source_id: int, rows: list[Row]) -> None:
    """Let rows stand, given as row key and row id, that are not made into anything yet."""
    keys, row_ids = ids_of(rows, 0, 2)
    nothing = np.full(len(rows), -1)
    set_current(lane, source_id, keys, row_ids, nothing, nothing)


def _earlier_rows(lane: Lane, source_id: int, keys: Array) -> list[Row]:
    """Let the rows of the latest import that stands be the current ones of these keys; those without one go."""
    if not len(keys):
        return []
    take_current(lane, keys)
    back = lane.rows(sql("intake", "latest_rows"), keys=as_list(np.sort(keys).tolist()))
    _stands(lane, source_id, sorted(back))
    return back


def rederive(lane: Lane, source_id: int, progress: Progress | None = None) -> int:
    """Make all contacts and records of a source again from its standing rows. Returns the number of contacts."""
    progress = progress or Progress()
    progress.step("Making contacts")
    source = source_of(lane, source_id)
    groups = events_of(lane, source_id)
    return refresh(lane, source, groups, np.zeros(0, np.int64), links(lane, source_id, groups)).contacts_now
