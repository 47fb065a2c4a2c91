"""What a person can do with definitions and months besides keeping and agreeing: each one act with its audit row."""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.cohort.case import material_for
from ddj_desktop.cohort.closing import ClosedMonth, close, closed_month, must_be_closable, reopen
from ddj_desktop.cohort.coverage import daily_contacts
from ddj_desktop.cohort.definitions import Definition, definition, propose, retire, standing_definition
from ddj_desktop.cohort.evaluate import evaluate
from ddj_desktop.cohort.movement import movement
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.measures.as_json import as_json
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.revised import RevisedFigure, revised_figures
from ddj_desktop.outputs.definition_page import write_definition_page
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.lists import figures_of_month
from ddj_desktop.workflow.project import Project


def propose_definition(project: Project, lane: Lane, definition_id: int) -> Done[Definition]:
    """Put a draft before the agencies. Raises NoSuchDefinition, AgreedIsReadOnly, RetiredDefinition."""
    with project.file.act(lane, "definition proposed", {"definition_id": definition_id}):
        kept = propose(lane, definition_id)
    return Done(changed_at(Step.DEFINED), kept)


def retire_definition(project: Project, lane: Lane, definition_id: int) -> Done[Definition]:
    """Take a version out of use; what it was agreed by stays on record. Raises NoSuchDefinition."""
    with project.file.act(lane, "definition retired", {"definition_id": definition_id}):
        kept = retire(lane, definition_id)
    return Done(changed_at(Step.DEFINED), kept)


def close_month(project: Project, lane: Lane, month: Month, progress: Progress) -> Done[ClosedMonth]:
    """Freeze the list, its movement and the figures of a month under the agreed definition.

    Raises NotMatched, NoDefinition, NoPackets, MonthNotOver, AlreadyClosed, NotAgreed.
    """
    chosen = standing_definition(lane)
    must_be_closable(lane, month, chosen)
    progress.step("Counting the figures")
    figures = as_json(figures_of_month(lane, month, progress))
    progress.step("Counting the list")
    rule, days = chosen.rule, daily_contacts(lane)
    material = material_for(lane, rule)
    found = evaluate(lane, rule, month.span.last, material, days)
    (moved,) = movement(lane, rule, [month], material, days)
    progress.check()
    with project.file.act(lane, "month closed", {"month": str(month), "definition_id": chosen.definition_id}) as act:
        kept = close(lane, month, chosen, found, moved, figures, project.actor)
        act.facts["people"] = len(kept.on_list)
    return Done(changed_at(Step.REGISTERS), kept)


def figures_revised(lane: Lane, month: Month, progress: Progress) -> tuple[RevisedFigure, ...]:
    """Which figures of a closed month read otherwise today, by the version of the definition it was closed under.

    Raises NotClosed.
    """
    kept = closed_month(lane, month)
    return revised_figures(kept.figures, month_figures(lane, definition(lane, kept.definition_id), month, progress))


def reopen_month(project: Project, lane: Lane, month: Month) -> Done[ClosedMonth]:
    """Open a closed month again; what was frozen stays on record. Raises NotClosed."""
    with project.file.act(lane, "month opened again", {"month": str(month)}):
        kept = reopen(lane, month, project.actor)
    return Done(changed_at(Step.REGISTERS), kept)


def print_definition(project: Project, lane: Lane, definition_id: int, out: Path) -> Path:
    """Write the page of a definition that agencies sign (PDF). It holds no figures. Raises NoSuchDefinition."""
    kept = definition(lane, definition_id)
    write_definition_page(out, project.county.name, project.county.state, kept, clock.wall(), demo=project.is_demo)
    return out
