"""What agencies do with the county's race and ethnicity definitions: agree on them, print the page to sign."""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.cohort.definitions import who_and_day
from ddj_desktop.kernel import clock
from ddj_desktop.measures.race_definitions import RaceDefinitions, race_definitions
from ddj_desktop.outputs.race_page import state_words, write_race_page
from ddj_desktop.registers.race_agreement import keep_race_agreement
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


def agree_on_race(
    project: Project, lane: Lane, agreed: str, agencies: str = "", meeting: str = ""
) -> Done[RaceDefinitions]:
    """Keep that agencies agreed on the definitions as they stand; `agreed` as for a definition: "who, when".

    A code, a rule or a source changed later makes them a draft again. Raises WhoAndWhen.
    """
    who, day = who_and_day(agreed)
    found = race_definitions(lane)
    with project.file.act(lane, "race definitions agreed", {"definitions": found.fingerprint}):
        keep_race_agreement(lane, found.content, who, day, agencies, meeting, project.actor)
    return Done(changed_at(Step.REGISTERS), race_definitions(lane))


def race_state(lane: Lane) -> tuple[str, str]:
    """`agreed` or `draft`, and the sentence that says by whom, or what has changed since."""
    found = race_definitions(lane)
    return found.state, state_words(found)


def print_race_page(project: Project, lane: Lane, out: Path) -> Path:
    """Write the page of the definitions that agencies sign (PDF). It holds no figures."""
    found = race_definitions(lane)
    write_race_page(out, project.county.name, project.county.state, found, clock.wall(), demo=project.is_demo)
    return out
