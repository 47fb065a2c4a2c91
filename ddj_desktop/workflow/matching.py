"""What a person can change about who is who, beside one decision on one pair: one act each, with its audit row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ddj_desktop.intake.draft import read_file
from ddj_desktop.kernel.dates import Month
from ddj_desktop.linkage import asking, changes, decisions, integrity, quality, second_look, training
from ddj_desktop.linkage.patterns import Pattern
from ddj_desktop.linkage.queue import PairToReview, answers_of
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project


def take_record_out(project: Project, lane: Lane, record_id: int) -> Done[int]:
    """Say that a record belongs to none of the others of its person. Gives the number of pairs decided.

    Takes hold with the next match; undone as one batch.
    """
    with project.file.act(lane, "record taken out", {"record": record_id}) as act:
        decided = decisions.take_out(lane, record_id, project.actor)
        act.facts["pairs"] = decided
        act.facts["batch"] = decisions.last_batch(lane) if decided else 0
    return Done(changed_at(Step.MATCHED), decided)


def decide_pattern(project: Project, lane: Lane, pattern: Pattern, pairs: Sequence[PairToReview]) -> Done[int]:
    """Decide the pairs of one kind that somebody looked over, as one batch. Gives the number of the batch.

    A backup is made first.
    """
    project.file.back_up("decisions")
    with project.file.act(lane, "pairs decided together", {"pattern": pattern.name, "verdict": pattern.verdict}) as act:
        chosen = [(pair.left_record, pair.right_record, pattern.verdict) for pair in pairs if pattern.holds(pair)]
        batch = decisions.decide_batch(lane, pattern.name, chosen, project.actor)
        act.facts |= {"pairs": len(chosen), "batch": batch}
    return Done(changed_at(Step.MATCHED), batch)


def withdraw_batch(project: Project, lane: Lane, batch: int) -> Done[int]:
    """Take back what was decided together. Gives the number of decisions that stood. Raises NoSuchBatch."""
    with project.file.act(lane, "batch taken back", {"batch": batch}) as act:
        taken = decisions.withdraw_batch(lane, batch, project.actor)
        act.facts["pairs"] = taken
    return Done(changed_at(Step.MATCHED), taken)


def undo_change(project: Project, lane: Lane, change_id: int) -> Done[int]:
    """Take a merge or split back: the next match gives people and numbers as they were. Raises NoSuchChange."""
    with project.file.act(lane, "merge or split taken back", {"change": change_id}) as act:
        decided = changes.undo_change(lane, change_id, project.actor)
        act.facts["pairs"] = decided
    return Done(changed_at(Step.MATCHED), decided)


def person_is_well(project: Project, lane: Lane, found: integrity.ToCheck) -> Done[None]:
    """Keep that somebody looked at a person of the list to check, and all is well."""
    with project.file.act(lane, "person checked", {"person": found.person_id, "flag": found.flag}):
        integrity.all_is_well(lane, found.person_id, found.flag, found.size, project.actor)
    return Done(changed_at(Step.REGISTERS), None)


def back_to_earlier_teaching(project: Project, lane: Lane) -> Done[int]:
    """Let the training before the last one count again from the next match on. Raises NoEarlierTraining."""
    with project.file.act(lane, "teaching taken back") as act:
        number = training.back_to_earlier(lane, project.actor)
        act.facts["training"] = number
    return Done(changed_at(Step.MATCHED), number)


def draw_sample(project: Project, lane: Lane, month: Month) -> Done[int]:
    """Draw the blind sample of a month; drawn already, it stays. Gives the number of its pairs. Raises NoSample."""
    with project.file.act(lane, "blind sample drawn", {"month": str(month)}) as act:
        pairs = quality.draw(lane, month)
        act.facts["pairs"] = pairs
    return Done(changed_at(Step.REGISTERS), pairs)


def answer_sample(project: Project, lane: Lane, month: Month, place: int, verdict: str) -> Done[None]:
    """Keep the answer on one pair of the blind sample. It is no decision and changes nobody. Raises NoSample."""
    facts: dict[str, str | int] = {"month": str(month), "place": place, "verdict": verdict}
    with project.file.act(lane, "blind sample answered", dict(facts)):
        quality.answer(lane, month, place, verdict, project.actor)
    return Done(changed_at(Step.REGISTERS), None)


def answer_sheet(project: Project, lane: Lane, month: Month, path: Path) -> Done[int]:
    """Take the answers of a blind sample's sheet in, all or none. Gives how many. Raises the sentences of the sheet."""
    lines = [cells for _, cells in read_file(path).sheets[0].lines]
    given = answers_of(lines[0], lines[1:])
    with project.file.act(lane, "blind sample answered", {"month": str(month), "pairs": len(given)}):
        for place, verdict in given:
            quality.answer(lane, month, place, verdict, project.actor)
    return Done(changed_at(Step.REGISTERS), len(given))


def ask(project: Project, lane: Lane, place: str) -> Done[asking.Place]:
    """Choose how much is asked, by the name of a place of the slider. Open questions follow at once; people stay.

    Gives the place chosen before, to go back to. Raises NoSuchPlace.
    """
    chosen = asking.place_called(place)
    before = asking.standing_place(lane)
    with project.file.act(lane, "questions asked", {"place": chosen.name, "before": before.name}):
        asking.keep_place(lane, chosen)
    return Done(changed_at(Step.MATCHED), before)


def look_again(project: Project, lane: Lane, decision_id: int, verdict: str) -> Done[None]:
    """Keep a second person's answer on a decided pair. It decides nothing. Raises NoSecondLook."""
    with project.file.act(lane, "second look", {"decision": decision_id, "verdict": verdict}):
        second_look.answer(lane, decision_id, verdict, project.actor)
    return Done(changed_at(Step.REGISTERS), None)


def settle(project: Project, lane: Lane, found: second_look.Disagreement, verdict: str) -> Done[None]:
    """Settle what two people answered differently: same or different. Another answer than the first is a decision."""
    with project.file.act(lane, "second look settled", {"decision": found.decision_id, "verdict": verdict}):
        second_look.settle(lane, found, verdict, project.actor)
    return Done(changed_at(Step.MATCHED), None)
