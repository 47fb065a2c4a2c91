"""What must be said before rows about people may leave: agencies' permission, legal bases, a second person's yes."""

from __future__ import annotations

from datetime import date

from ddj_desktop.disclosure.gate_facts import ONE_PERSON_OFFICE
from ddj_desktop.registers import bases, onward, requests
from ddj_desktop.registers.bases import ApprovedBasis
from ddj_desktop.registers.onward import Onward
from ddj_desktop.registers.requests import ShareRequest
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved


def keep_onward(
    project: Project, lane: Lane, source_id: int, partner_id: int, level: str, stated_by: str, stated_on: date
) -> Done[Onward]:
    """Keep how far a source's agency lets its data go on to a partner. Raises the sentences of the register."""
    with project.file.act(lane, "onward sharing kept", {"source_id": source_id, "partner_id": partner_id}) as act:
        act.facts["level"] = level
        kept = onward.allow_onward(lane, source_id, partner_id, level, stated_by=stated_by, stated_on=stated_on)
    return Done(changed_at(Step.REGISTERS), kept)


def keep_basis(
    project: Project, lane: Lane, basis: str, approved_by: str, approved_on: date, until: date, reference: str | None
) -> Done[ApprovedBasis]:
    """Keep that the privacy officer approved a legal basis. Raises UnknownBasis, NotApproved, EndsBeforeStart."""
    with project.file.act(lane, "legal basis approved", {"basis": basis, "until": until.isoformat()}):
        kept = bases.approve_basis(
            lane, basis, approved_by=approved_by, approved_on=approved_on, until=until, reference=reference
        )
    return Done(changed_at(Step.REGISTERS), kept)


def withdraw_request(project: Project, lane: Lane, number: int) -> Done[ShareRequest]:
    """Take an open request back. Raises NoSuchRequest."""
    with project.file.act(lane, "sharing request withdrawn", {"request_id": number}):
        kept = requests.withdraw(lane, number)
    return Done(changed_at(Step.REGISTERS), kept)


def set_one_person_office(project: Project, lane: Lane, alone: bool) -> Done[None]:
    """Say whether one person runs the office: then a day's wait stands in place of the second person's yes. Raises
    PassphraseAgain."""
    must_be_proved(project)
    with project.file.act(lane, "setting", {"name": ONE_PERSON_OFFICE, "value": "yes" if alone else "no"}):
        lane.run("DELETE FROM setting WHERE name = $name", name=ONE_PERSON_OFFICE)
        lane.run("INSERT INTO setting VALUES ($name, $value)", name=ONE_PERSON_OFFICE, value="yes" if alone else "no")
    return Done(changed_at(Step.REGISTERS), None)


def is_one_person_office(lane: Lane) -> bool:
    """True where one person runs the office."""
    return bool(lane.rows("SELECT 1 FROM setting WHERE name = $name AND value = 'yes'", name=ONE_PERSON_OFFICE))
