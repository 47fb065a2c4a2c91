"""Taking an import back: its rows stand no more, those it superseded stand again, contacts and records follow."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.intake.current import as_list, links, refresh, set_current, source_of, take_current
from ddj_desktop.intake.errors import AlreadyRemoved, NoSuchImport
from ddj_desktop.intake.lines import Reading
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.progress import Progress
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
    groups = {group for _, _, group, _ in rows}
    if Reading.from_json(mapping).completes:  # what it said of ends may have made others open
        groups = {group for (group,) in lane.rows(sql("intake", "events_of_source"), source=source_id)} | groups
    before = links(lane, source_id, groups)
    lane.run(
        "UPDATE import SET removed_at = $now, removed_by = $actor WHERE import_id = $id",
        now=clock.now(),
        actor=actor,
        id=import_id,
    )
    own = {row_id for row_id, _, _, _ in rows}
    ours = {link.row_key for link in before if link.row_id in own}
    back = _earlier_rows(lane, source_id, ours)
    replaced = lane.rows(sql("intake", "rows_replaced"), id=import_id)
    before += links(lane, source_id, {group for _, _, group in replaced} - groups)
    groups |= {group for _, _, group in replaced}
    _let_stand(lane, source_id, import_id, replaced)
    progress.step("Making contacts")
    source = source_of(lane, source_id)
    whos = {who for _, _, _, who in rows if who is not None} if Reading.from_json(mapping).people_only else set()
    done = refresh(lane, source, groups, whos, before)
    return RemovalResult(
        import_id,
        file_name,
        source.name,
        len(ours),
        len(back) + len(replaced),
        done.contacts_before,
        done.contacts_now,
        done.records_gone,
    )


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
    set_current(lane, source_id, [(key, row_id, None, None) for key, row_id, _ in replaced])
    lane.run("DELETE FROM replaced_row WHERE import_id = $id", id=import_id)


def _earlier_rows(lane: Lane, source_id: int, keys: set[int]) -> list[Row]:
    """Let the rows of the latest import that stands be the current ones of these keys; those without one go."""
    if not keys:
        return []
    take_current(lane, sorted(keys))
    back = lane.rows(sql("intake", "latest_rows"), keys=as_list(sorted(keys)))
    set_current(lane, source_id, [(key, row_id, None, None) for key, row_id in sorted(back)])
    return back


def rederive(lane: Lane, source_id: int, progress: Progress | None = None) -> int:
    """Make all contacts and records of a source again from its standing rows. Returns the number of contacts."""
    progress = progress or Progress()
    progress.step("Making contacts")
    source = source_of(lane, source_id)
    groups = {group for (group,) in lane.rows(sql("intake", "events_of_source"), source=source_id)}
    return refresh(lane, source, groups, set(), links(lane, source_id, groups)).contacts_now
