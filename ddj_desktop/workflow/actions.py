"""Everything a person can change: one function each. Each is one act, with its audit row, and says what it touched.

Every function takes a `lane` of the open file that no other thread uses. A backup, read back and counted, is made
before each import and each match.
"""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.cohort.definitions import Definition, agree, save_definition
from ddj_desktop.cohort.templates import template
from ddj_desktop.intake.read import read_file
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.contradictions import Contradiction, contradictions
from ddj_desktop.linkage.county import MatchSummary, match
from ddj_desktop.linkage.decisions import decide as keep_decision
from ddj_desktop.linkage.queue import Applied, apply_rows
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


def match_people(project: Project, lane: Lane, progress: Progress, *, teach: bool = False) -> Done[MatchSummary]:
    """Match new records among the people there are; with `teach`, learn anew from all of them and match everybody, with
    a report of before and after. Cancel leaves the file as it was."""
    progress.step("Making a backup")
    project.file.back_up("match", progress)
    with project.file.act(lane, "matching taught" if teach else "match") as act:
        result = match(lane, project.actor, progress, teach=teach)
        act.facts |= {
            "records": result.records, "people": result.people, "pairs_to_review": result.pairs_to_review,
            "changed_people": result.changed_people,
        }  # fmt: skip
    return Done(changed_at(Step.MATCHED), result)


def decide(
    project: Project, lane: Lane, left_record: int, right_record: int, verdict: str, note: str = ""
) -> Done[list[Contradiction]]:
    """Keep a person's decision on a pair: same, different, not_sure, or withdrawn (takes the last one back).

    Gives what it does not go together with: earlier decisions that say otherwise. The pair then stays apart.
    """
    facts: dict[str, str | int] = {"left": left_record, "right": right_record, "verdict": verdict}
    with project.file.act(lane, "decision", dict(facts)):
        made = keep_decision(lane, left_record, right_record, verdict, project.actor, note)
    return Done(changed_at(Step.MATCHED), [found for found in contradictions(lane) if found.holds(made)])


def keep_definition(project: Project, lane: Lane, rule_text: str) -> Done[Definition]:
    """Keep a rule as a new draft version of its name. Raises BadRule naming every mistake."""
    with project.file.act(lane, "definition kept") as act:
        definition = save_definition(lane, rule_text, project.actor)
        act.facts |= {"definition_id": definition.definition_id, "version": definition.version}
    return Done(changed_at(Step.DEFINED), definition)


def agree_definition(
    project: Project, lane: Lane, definition_id: int, who_and_when: str, agencies: str = "", meeting: str = ""
) -> Done[Definition]:
    """Mark a version as agreed: read-only from then on. Who, when, agencies and meeting are kept as said."""
    with project.file.act(lane, "definition agreed", {"definition_id": definition_id}):
        definition = agree(lane, definition_id, who_and_when, project.actor, agencies, meeting)
    return Done(changed_at(Step.DEFINED), definition)


def keep_template(project: Project, lane: Lane, name: str) -> Done[Definition]:
    """Keep a shipped definition as a new draft version. Raises NoSuchTemplate."""
    return keep_definition(project, lane, template(name).text)


def apply_review(project: Project, lane: Lane, path: Path) -> Done[Applied]:
    """Take the decisions of a review sheet (CSV or workbook) in, all or none. Raises the sentences about the sheet."""
    lines = [cells for _, cells in read_file(path).sheets[0].lines]
    with project.file.act(lane, "decisions taken in") as act:
        applied = apply_rows(lane, lines[0], lines[1:], project.actor)
        act.facts |= {"same": applied.same, "different": applied.different, "not_sure": applied.not_sure}
    return Done(changed_at(Step.MATCHED), applied)
