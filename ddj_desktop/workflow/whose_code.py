"""Whose code of an extract is this? The one question a partner may ask back, answered by two persons and kept.

Only the county can answer it, and only while the key of the codes is there: once it is destroyed, nobody can.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.disclosure.pseudonyms import code as code_of
from ddj_desktop.disclosure.pseudonyms import of_request
from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import NotApproved
from ddj_desktop.store import pseudonym_key
from ddj_desktop.store.audit import Fact
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql
from ddj_desktop.workflow.approving import SecondPerson, second_person
from ddj_desktop.workflow.errors import CodeUnknown, NoSuchExtract
from ddj_desktop.workflow.extracting import codes_key
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved


@dataclass(frozen=True)
class Answer:
    """The person the code stands for, under the number they have now."""

    question_id: int
    person_id: int


def whose_code(
    project: Project, lane: Lane, release_id: int, code: str, reason: str, who: SecondPerson
) -> Done[Answer]:
    """Find the person of a code in one extract; question and answer are kept, a question without an answer too.

    Raises NotApproved (no reason), NoSuchExtract, what `second_person` raises, CodeUnknown.
    """
    if not reason.strip():
        raise NotApproved(thing="question, nor why it is asked")
    found = lane.rows(
        "SELECT partner_id, request_id FROM share_request WHERE release_id = $n AND level = 'extract'", n=release_id
    )
    if not found:
        raise NoSuchExtract(number=release_id)
    approver = second_person(project, lane, who, project.actor)
    partner_id, request_id = found[0]
    kept = lane.rows("SELECT DISTINCT scope FROM stable_row WHERE release_id = $n", n=release_id)
    scope = kept[0][0] if kept else of_request(request_id).name
    key, wanted = codes_key(project, lane, partner_id, scope), "".join(code.split()).upper()
    people = lane.rows(sql("workflow", "people_with_keys"))
    person = next((now for now, _, person_key in people if code_of(key, person_key) == wanted), None)
    facts: dict[str, Fact] = {"release_id": release_id, "approver_id": approver.approver_id, "found": bool(person)}
    with project.file.act(lane, "asked whose code", facts):
        number = int(lane.value("SELECT coalesce(max(question_id), 0) + 1 FROM code_question"))
        lane.run(
            "INSERT INTO code_question VALUES ($n, $release, $person, $reason, $by, $approver, $at)",
            n=number, release=release_id, person=person, reason=reason.strip(), by=project.actor,
            approver=approver.approver_id, at=clock.now(),
        )  # fmt: skip
    if person is None:
        raise CodeUnknown
    return Done(changed_at(Step.REGISTERS), Answer(number, person))


def destroy_codes_key(project: Project, lane: Lane, who: SecondPerson) -> Done[int]:
    """Destroy the key of the codes and make a new one: whose the codes of earlier extracts are, nobody can say any
    more. Gives the new key's version. Raises what `second_person` raises, and
    PassphraseAgain."""
    must_be_proved(project)
    approver = second_person(project, lane, who, project.actor)
    with project.file.act(lane, "key of codes destroyed", {"approver_id": approver.approver_id}) as act:
        version = pseudonym_key.rotate(lane)
        act.facts["version"] = version
    return Done(changed_at(Step.REGISTERS), version)
