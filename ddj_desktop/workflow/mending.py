"""What a person changes about imports taken in before: their columns, their codes; and what removing one would do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ddj_desktop.intake.again import draft_again
from ddj_desktop.intake.again import mend_import as take_again
from ddj_desktop.intake.codes import CodeInUse, codes_in_use
from ddj_desktop.intake.crosswalk import rows_set_aside
from ddj_desktop.intake.remove import RemovalResult, rederive
from ddj_desktop.intake.remove import remove_import as remove_rows
from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.plain_sheet import PlainSheet, write_plain_sheets
from ddj_desktop.registers.crosswalks import Meaning, forget_meaning, set_meaning
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.errors import FolderMissing
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.taking_in import import_drafts

__all__ = ["CodeInUse", "codes_in_use", "draft_again", "rows_set_aside"]


@dataclass(frozen=True)
class RemovalPreview:
    """What removing an import would do. Nothing was changed."""

    removal: RemovalResult
    people_gone: int
    """People of whom no record would be left."""
    people_changed: int
    """People who would lose a record and keep others."""
    decisions: int
    """Decisions on possible matches that rest on its records; they are kept and hold again if the records return."""

    @property
    def sentence(self) -> str:
        """The whole effect, for the person to read before saying yes."""
        one = self.removal
        return (
            f"Removing {one.file_name} takes {one.rows:,} rows of {one.source} back; {one.rows_back:,} rows return to "
            f"what an earlier file said. Contacts: {one.contacts_before:,} now, {one.contacts_now:,} then. "
            f"{self.people_gone:,} people would have no record left, {self.people_changed:,} would lose one. "
            f"{self.decisions:,} decisions rest on these records; they are kept and hold again if the file returns."
        )


class _Undone(Exception):
    """Ends a trial so that its transaction is rolled back."""


def removal_preview(project: Project, lane: Lane, import_id: int) -> RemovalPreview:
    """Remove an import, look, and put everything back as it was. Raises NoSuchImport, AlreadyRemoved."""
    seen: list[RemovalPreview] = []
    with suppress(_Undone), lane.transaction():
        removal = remove_rows(lane, import_id, project.actor)
        facts = lane.one(sql("workflow", "people_without_records"), gone=list(removal.gone))
        seen.append(RemovalPreview(removal, *facts))
        raise _Undone
    return seen[0]


def mend_import(
    project: Project, lane: Lane, import_id: int, mapping: Mapping[int, str], progress: Progress
) -> Done[list[ImportResult]]:
    """Take an import in again with columns settled anew, from its kept words; later files of its source follow.

    `mapping`: column index to field, blank for not needed. Raises NoSuchImport, AlreadyRemoved.
    """
    progress.step("Making a backup")
    project.file.back_up("mend")
    with project.file.act(lane, "import mended", {"import_id": import_id}) as act:
        results = take_again(lane, import_id, mapping, project.actor, progress)
        act.facts |= {"imports": len(results), "rows": sum(one.rows for one in results)}
    return Done(changed_at(Step.IMPORTED), results)


def take_all(
    project: Project, lane: Lane, asked: Sequence[tuple[int | None, Draft | None]], progress: Progress
) -> Done[list[ImportResult]]:
    """Take sheets in as the person mapped them: (None, draft) for a file, (import, draft) for one to be mended.

    Imports are mended first, then the files go in together. Gives the results in the order asked. Raises LayoutUnclear.
    """
    results: dict[int, ImportResult] = {}
    for place, (import_id, draft) in enumerate(asked):
        if import_id is not None and draft is not None:
            mapping = {column.index: column.field or "" for column in draft.columns}
            results[place] = mend_import(project, lane, import_id, mapping, progress).result[0]
    files = [(place, draft) for place, (import_id, draft) in enumerate(asked) if import_id is None and draft]
    if files:
        taken = import_drafts(project, lane, [draft for _, draft in files], progress).result
        results |= {place: result for (place, _), result in zip(files, taken, strict=True)}
    return Done(changed_at(Step.IMPORTED), [results[place] for place in sorted(results)])


def set_code_meaning(
    project: Project, lane: Lane, source_id: int, field: str, code: str, meaning: str, progress: Progress | None = None
) -> Done[Meaning | None]:
    """Say what a source means by a code, or with a blank meaning leave it to the program again; contacts follow.

    Raises NoSuchSource, UnknownCodedField, NoCode, UnknownMeaning.
    """
    with project.file.act(lane, "code", {"source_id": source_id, "field": field, "meaning": meaning}):
        kept = None
        if meaning:
            kept = set_meaning(lane, source_id, field, code, meaning, project.actor)
        else:
            forget_meaning(lane, source_id, field, code)
        if field in _DERIVED:
            rederive(lane, source_id, progress)
    return Done(changed_at(Step.IMPORTED), kept)


_DERIVED = frozenset({"sex", "charge", "kind_code", "living_situation"})
"""Fields whose meanings contacts and records are made with; the others are read when they are counted."""


def save_sender_list(project: Project, lane: Lane, result: ImportResult, path: Path) -> Done[Path]:
    """Write what is to be asked of the sender as a workbook: the problems, and the rows set aside as they were.

    It holds the sender's own rows and nobody else's; that it was written is kept in the log. Raises FolderMissing.
    """
    problems = [
        (one.level.capitalize(), one.sentence, one.column, one.count, ", ".join(map(str, one.lines)), one.ask)
        for one in result.problems
        if one.ask
    ]
    aside = rows_set_aside(lane, result.import_id) if result.import_id is not None else []
    rows = [(one.sheet, one.row, one.reason, *json.loads(one.cells)) for one in aside]
    with project.file.act(lane, "list for the sender", {"import_id": result.import_id or 0, "rows": len(rows)}):
        try:
            write_plain_sheets(path, [
                PlainSheet("To ask", [_ASKED, *problems]),
                PlainSheet("Rows set aside", [("Sheet", "Line", "Why", "The row as it was"), *rows]),
            ])  # fmt: skip
        except OSError:
            raise FolderMissing(folder=path.parent.name) from None
    return Done(changed_at(Step.RELEASED), path)


_ASKED = ("Level", "What it is", "Column", "Rows", "Lines, up to twenty", "What we ask of you")
