"""The second person: who may approve, each with a phrase of their own, and their yes.

A log-in proves little on a computer that is shared, so an approver is known by a phrase that nobody else knows. The
first one is let in by the code of the recovery sheet, which lies in the county's safe and not with those who work on
the file; later ones by that code or by another approver. Whoever opens the file can not let an approver in.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.registers import approvers, requests
from ddj_desktop.registers.approvers import Approver
from ddj_desktop.registers.errors import NobodyVouches, PhraseNotOwn, SamePerson, TooManyTries, WrongPhrase
from ddj_desktop.registers.requests import ShareRequest
from ddj_desktop.store.errors import BadRecoveryCode, WrongPassphrase
from ddj_desktop.store.keys import key_path, read_key_file
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.phrases import is_phrase, verifier_of
from ddj_desktop.workflow.line import Done, Step, changed_at
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import must_be_proved, too_many

_WRONG = "wrong phrase of an approver"


@dataclass(frozen=True)
class SecondPerson:
    """Who somebody says they are, and the phrase that shows it."""

    name: str
    phrase: str


def second_person(project: Project, lane: Lane, who: SecondPerson, asked_by: str) -> Approver:
    """The approver, where the phrase is theirs and they are not the one who asked. A wrong phrase is in the log.

    Raises NoSuchApprover, WrongPhrase, TooManyTries, SamePerson.
    """
    found = known_by_phrase(project, lane, who)
    if found.is_called(asked_by):
        raise SamePerson(actor=found.name)
    return found


def known_by_phrase(project: Project, lane: Lane, who: SecondPerson) -> Approver:
    """The approver of that name, where the phrase is theirs. Raises NoSuchApprover, WrongPhrase, TooManyTries."""
    found = approvers.approver_called(lane, who.name)
    if too_many(lane, _WRONG):
        raise TooManyTries
    if not is_phrase(approvers.verifiers(lane)[found.approver_id], who.phrase):
        with project.file.act(lane, _WRONG, {"approver_id": found.approver_id}):
            pass
        raise WrongPhrase
    return found


def enrol_approver(
    project: Project, lane: Lane, name: str, login: str | None, phrase: str, *, recovery_code: str | None = None,
    by: SecondPerson | None = None,
) -> Done[Approver]:  # fmt: skip
    """Let somebody approve from now on, vouched for by the recovery sheet's code or by an approver.

    Raises NobodyVouches, BadRecoveryCode, WrongPhrase, PhraseNotOwn (the file's passphrase, or another's phrase),
    WeakPassphrase, AlreadyApprover, NoName, PassphraseAgain.
    """
    must_be_proved(project)
    vouched_by = _voucher(project, lane, recovery_code, by)
    if _known_to_others(project, lane, phrase):
        raise PhraseNotOwn
    verifier = verifier_of(phrase)
    with project.file.act(lane, "approver enrolled") as act:
        kept = approvers.add_approver(
            lane, name, login=login, verifier=verifier, enrolled_by=project.actor, vouched_by=vouched_by
        )
        act.facts["approver_id"] = kept.approver_id
    return Done(changed_at(Step.REGISTERS), kept)


def _voucher(project: Project, lane: Lane, recovery_code: str | None, by: SecondPerson | None) -> str:
    if by is not None:
        return known_by_phrase(project, lane, by).name
    if recovery_code is None:
        raise NobodyVouches
    if not project.file.is_recovery_code(recovery_code):
        raise BadRecoveryCode(where="it belongs to another county file")
    return "the recovery sheet"


def _known_to_others(project: Project, lane: Lane, phrase: str) -> bool:
    """True for the passphrase of the county file and for another approver's phrase."""
    if any(is_phrase(verifier, phrase) for verifier in approvers.verifiers(lane).values()):
        return True
    try:
        read_key_file(key_path(project.path), phrase)
    except WrongPassphrase:
        return False
    return True


def end_approver(project: Project, lane: Lane, name: str) -> Done[Approver]:
    """Take the right to approve away; what they approved and was not used yet opens nothing. Raises NoSuchApprover,
    PassphraseAgain."""
    must_be_proved(project)
    number = approvers.approver_called(lane, name).approver_id
    with project.file.act(lane, "approver ended", {"approver_id": number}):
        kept = approvers.end_approver(lane, name)
    return Done(changed_at(Step.REGISTERS), kept)


def approve_request(project: Project, lane: Lane, number: int, who: SecondPerson) -> Done[ShareRequest]:
    """Say yes to what another person asked for. Raises NoSuchRequest, and what `second_person` raises."""
    approver = second_person(project, lane, who, requests.request_numbered(lane, number).asked_by)
    with project.file.act(
        lane, "sharing approved", {"request_id": number, "approver_id": approver.approver_id}
    ):  # fmt: skip
        kept = requests.approve(lane, number, approver)
    return Done(changed_at(Step.REGISTERS), kept)
