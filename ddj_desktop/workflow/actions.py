"""Everything a person can change: one function each. Each is one act, with its audit row, and says what it touched.

Every function takes a `lane` of the open file that no other thread uses. A backup, read back and counted, is made
before each import and each match.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ddj_desktop.cohort.definitions import Definition, agree, save_definition
from ddj_desktop.intake.draft import problems_before_import, read_file, suggest
from ddj_desktop.intake.remove import RemovalResult
from ddj_desktop.intake.remove import remove_import as remove_rows
from ddj_desktop.intake.stage import stage
from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.county import MatchSummary, match
from ddj_desktop.linkage.decisions import decide as keep_decision
from ddj_desktop.registers.profiles import known_layouts, remember_layout
from ddj_desktop.registers.sources import source as source_called
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.errors import LayoutUnclear
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


def preview(
    lane: Lane, path: Path, source: str | None = None, kind: str | None = None, date_order: str | None = None
) -> list[Draft]:
    """What a file seems to hold, one draft a sheet. Changes nothing. Raises the sentences of intake."""
    return suggest(read_file(path), known_layouts(lane), source=source, kind=kind, date_order=date_order)


def import_drafts(
    project: Project, lane: Lane, drafts: Sequence[Draft], progress: Progress, *, dry_run: bool = False
) -> Done[list[ImportResult]]:
    """Take sheets in, each as one act. Raises LayoutUnclear before anything is written when a field is missing."""
    for draft in drafts:
        missing = problems_before_import(draft)
        if missing:
            raise LayoutUnclear(file=draft.file.name, missing="; ".join(missing))
    if not dry_run:
        progress.step("Making a backup")
        project.file.back_up("import")
    return Done(changed_at(Step.IMPORTED), [_import_one(project, lane, draft, progress, dry_run) for draft in drafts])


def _import_one(project: Project, lane: Lane, draft: Draft, progress: Progress, dry_run: bool) -> ImportResult:
    if dry_run:
        return stage(lane, draft, None, project.actor, progress, dry_run=True)
    with project.file.act(lane, "import", {"sha256": draft.file.sha256, "kind": draft.kind}) as act:
        kept = source_called(lane, draft.source, draft.kind)
        result = stage(lane, draft, kept.source_id, project.actor, progress)
        if result.import_id is not None:
            remember_layout(lane, kept.source_id, draft)
        act.facts |= {
            "import_id": result.import_id, "rows": result.rows, "new": result.new, "changed": result.changed,
            "already_here": result.already_here, "set_aside": result.set_aside, "not_data": result.not_data,
        }  # fmt: skip
    return result


def remove_import(project: Project, lane: Lane, import_id: int) -> Done[RemovalResult]:
    """Take one import back. The file may be taken in again afterwards as if new. Raises NoSuchImport."""
    project.file.back_up("remove")
    with project.file.act(lane, "import removed", {"import_id": import_id}) as act:
        result = remove_rows(lane, import_id, project.actor)
        act.facts["rows"] = result.rows
    return Done(changed_at(Step.IMPORTED), result)


def match_people(project: Project, lane: Lane, progress: Progress) -> Done[MatchSummary]:
    """Match every record into people. Cancel leaves the file as it was."""
    progress.step("Making a backup")
    project.file.back_up("match")
    with project.file.act(lane, "match") as act:
        result = match(lane, project.actor, progress)
        act.facts |= {
            "records": result.records, "people": result.people, "pairs_to_review": result.pairs_to_review,
            "changed_people": result.changed_people,
        }  # fmt: skip
    return Done(changed_at(Step.MATCHED), result)


def decide(
    project: Project, lane: Lane, left_record: int, right_record: int, verdict: str, note: str = ""
) -> Done[None]:
    """Keep a person's decision on a pair: same, different, not_sure, or withdrawn (takes the last one back)."""
    facts: dict[str, str | int] = {"left": left_record, "right": right_record, "verdict": verdict}
    with project.file.act(lane, "decision", dict(facts)):
        keep_decision(lane, left_record, right_record, verdict, project.actor, note)
    return Done(changed_at(Step.MATCHED), None)


def keep_definition(project: Project, lane: Lane, rule_text: str) -> Done[Definition]:
    """Keep a rule as a new draft version of its name. Raises BadRule naming every mistake."""
    with project.file.act(lane, "definition kept") as act:
        definition = save_definition(lane, rule_text, project.actor)
        act.facts |= {"definition_id": definition.definition_id, "version": definition.version}
    return Done(changed_at(Step.DEFINED), definition)


def agree_definition(project: Project, lane: Lane, definition_id: int, who_and_when: str) -> Done[Definition]:
    """Mark a version as agreed: read-only from then on. `who_and_when` is kept as said and printed."""
    with project.file.act(lane, "definition agreed", {"definition_id": definition_id}):
        definition = agree(lane, definition_id, who_and_when, project.actor)
    return Done(changed_at(Step.DEFINED), definition)
