"""Taking files in, and taking an import back: each sheet is one act. A backup is made before the first.

Apart from the other actions because a command that takes files in needs no more of the program than this.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ddj_desktop.intake.draft import as_profile, problems_before_import, read_file, suggest
from ddj_desktop.intake.meeting import settle
from ddj_desktop.intake.period import period_of
from ddj_desktop.intake.remove import RemovalResult
from ddj_desktop.intake.remove import remove_import as remove_rows
from ddj_desktop.intake.stage import stage
from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.kernel.errors import PersonCanFix
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.profiles import known_layouts, remember_layout
from ddj_desktop.registers.sources import all_sources
from ddj_desktop.registers.sources import source as source_called
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.errors import LayoutUnclear
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.reading import AskPassword, asking


@dataclass(frozen=True)
class Refused:
    """A file that was not taken in, and why, in one sentence."""

    file: Path
    sentence: str


@dataclass(frozen=True)
class Batch:
    """What became of some files: the sheets taken in, and the files that were refused."""

    taken: list[ImportResult]
    refused: list[Refused]


def preview(
    lane: Lane, path: Path, source: str | None = None, kind: str | None = None, date_order: str | None = None,
    heading: tuple[str, int] | None = None, password: str | None = None,
) -> list[Draft]:  # fmt: skip
    """What a file seems to hold, one draft a sheet. Changes nothing. Raises the sentences of intake.

    `heading`: a sheet's name and the line the person says its column names are in. `password`: what opens the file
    where it is protected; HasPassword and WrongPassword ask for it.
    """
    known = known_layouts(lane)
    drafts = suggest(
        read_file(path, password=password), known, source=source, kind=kind, date_order=date_order, heading=heading
    )
    return settle(lane, drafts, known, all_sources(lane), source is not None)


def import_files(
    project: Project, lane: Lane, paths: Sequence[Path], progress: Progress, *, source: str | None = None,
    kind: str | None = None, date_order: str | None = None, replace_period: bool = False,
    dry_run: bool = False, ask_password: AskPassword | None = None,
) -> Done[Batch]:  # fmt: skip
    """Take files in by their suggested mapping. A file that can not be taken in is named; the rest goes on.

    `replace_period`: each sheet replaces all its source said of the sheet's own days. `ask_password` is given the
    sentence about a protected file and gives the password, or an empty text.

    Nothing of a refused file is written, and no backup is made when every file is refused.
    """
    batch, backed_up, waiting = Batch([], []), dry_run, list(paths)
    again: dict[Path, bool] = {}
    while waiting:
        path = waiting.pop(0)
        progress.step(f"Reading {path.name}")
        try:
            opened = partial(_opened, lane, path, source, kind, date_order)
            drafts = asking(ask_password, opened)
            _must_be_clear(drafts)
            if replace_period:
                drafts = [replace(draft, replaces=period_of(draft)) for draft in drafts]
        except LayoutUnclear as error:
            if path in again or not waiting:  # a file may say more of what one after it holds: tried again at the end
                batch.refused.append(Refused(path, str(error)))
            else:
                again[path] = True
                waiting.append(path)
            continue
        except PersonCanFix as error:
            batch.refused.append(Refused(path, str(error)))
            continue
        done = _take_in(project, lane, drafts, progress, dry_run, backed_up)
        batch.taken.extend(_with_doubts(draft, result) for draft, result in zip(drafts, done, strict=True))
        backed_up = True
    return Done(changed_at(Step.IMPORTED), batch)


def _opened(
    lane: Lane, path: Path, source: str | None, kind: str | None, date_order: str | None, password: str | None
) -> list[Draft]:
    """What a file seems to hold."""
    return preview(lane, path, source, kind, date_order, password=password)


def _with_doubts(draft: Draft, result: ImportResult) -> ImportResult:
    """The result with what the draft left in doubt: nobody has looked the mapping over, so it must be told now."""
    return replace(result, notes=[*dict.fromkeys([*draft.problems, *result.notes])])


def import_drafts(
    project: Project, lane: Lane, drafts: Sequence[Draft], progress: Progress
) -> Done[list[ImportResult]]:
    """Take sheets in as the person mapped them. Raises LayoutUnclear before anything is written."""
    _must_be_clear(drafts)
    return Done(changed_at(Step.IMPORTED), _take_in(project, lane, drafts, progress, False, False))


def _must_be_clear(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        missing = problems_before_import(draft)
        if missing:
            raise LayoutUnclear(file=draft.file.name, missing=" ".join(missing))


def _take_in(
    project: Project, lane: Lane, drafts: Sequence[Draft], progress: Progress, dry_run: bool, backed_up: bool
) -> list[ImportResult]:
    if not backed_up:
        progress.step("Making a backup")
        project.file.back_up("import")
    return [_import_one(project, lane, draft, progress, dry_run) for draft in drafts]


def _import_one(project: Project, lane: Lane, draft: Draft, progress: Progress, dry_run: bool) -> ImportResult:
    if dry_run:
        return _try_one(project, lane, draft, progress)
    with project.file.act(lane, "import", {"sha256": draft.file.sha256, "kind": draft.kind}) as act:
        kept = source_called(lane, draft.source, draft.kind)
        result = stage(lane, draft, kept.source_id, project.actor, progress)
        if result.import_id is not None:
            mine = as_profile(draft)
            remember_layout(lane, kept.source_id, mine.signature, mine.mapping, mine.date_order, mine.headings)
        act.facts |= {
            "import_id": result.import_id, "rows": result.rows, "new": result.new, "changed": result.changed,
            "already_here": result.already_here, "set_aside": result.set_aside, "not_data": result.not_data,
        }  # fmt: skip
    return result


class _Undone(Exception):
    """Ends a trial's transaction, so that even a new source's name is not kept."""


def _try_one(project: Project, lane: Lane, draft: Draft, progress: Progress) -> ImportResult:
    tried: list[ImportResult] = []
    with suppress(_Undone), lane.transaction():
        kept = source_called(lane, draft.source, draft.kind)
        tried.append(stage(lane, draft, kept.source_id, project.actor, progress, dry_run=True))
        raise _Undone
    return tried[0]


def try_drafts(project: Project, lane: Lane, drafts: Sequence[Draft], progress: Progress) -> list[ImportResult]:
    """What taking sheets in as the person mapped them would do. Changes nothing. Raises LayoutUnclear."""
    _must_be_clear(drafts)
    return [_try_one(project, lane, draft, progress) for draft in drafts]


def remove_import(project: Project, lane: Lane, import_id: int) -> Done[RemovalResult]:
    """Take one import back. The file may be taken in again afterwards as if new. Raises NoSuchImport."""
    project.file.back_up("remove")
    with project.file.act(lane, "import removed", {"import_id": import_id}) as act:
        result = remove_rows(lane, import_id, project.actor)
        act.facts["rows"] = result.rows
    return Done(changed_at(Step.IMPORTED), result)
