"""Who may approve: let in by the recovery sheet or an approver, known by a phrase of their own, and locked after five
wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.registers.approvers import active_approvers
from ddj_desktop.registers.errors import (
    AlreadyApprover,
    NobodyVouches,
    NoName,
    NoSuchApprover,
    PhraseNotOwn,
    SamePerson,
    TooManyTries,
    WrongPhrase,
)
from ddj_desktop.store.county_file import County
from ddj_desktop.store.errors import BadRecoveryCode, WeakPassphrase
from ddj_desktop.store.keys import new_data_key, recovery_groups
from ddj_desktop.workflow.approving import SecondPerson, end_approver, enrol_approver, second_person
from ddj_desktop.workflow.lists import history
from ddj_desktop.workflow.project import Project
from tests.conftest import PASSPHRASE
from tests.workflow.second_person import BOB, bob


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "Pine.ddj", PASSPHRASE, County("Pine", "KS", None), "ann")
    yield made
    made.close()


def test_nobody_gets_in_who_only_opens_the_file(project: Project) -> None:
    lane = project.file.lane()

    def enrol(phrase: str = "a phrase of my own", code: str | None = None, by: SecondPerson | None = None) -> None:
        enrol_approver(project, lane, "mallory", None, phrase, recovery_code=code, by=by)

    right = " ".join(recovery_groups(project.file._data_key))
    with pytest.raises(NobodyVouches):
        enrol()
    with pytest.raises(BadRecoveryCode, match="another county file"):
        enrol(code=" ".join(recovery_groups(new_data_key())))
    with pytest.raises(BadRecoveryCode):
        enrol(code="ABCDE")
    with pytest.raises(NoSuchApprover):
        enrol(by=SecondPerson("bob", "guess"))
    with pytest.raises(PhraseNotOwn):
        enrol(PASSPHRASE, right)
    with pytest.raises(WeakPassphrase):
        enrol("short", right)
    who = bob(project)
    with pytest.raises(PhraseNotOwn):
        enrol(BOB.phrase, right)
    with pytest.raises(WrongPhrase):
        enrol(by=SecondPerson("bob", "guess"))
    assert [kept.name for kept in active_approvers(lane)] == ["bob"]
    enrol(by=who)
    assert [kept.vouched_by for kept in active_approvers(lane)] == ["the recovery sheet", "bob"]
    with pytest.raises(AlreadyApprover):
        enrol_approver(project, lane, "BOB", None, "one more phrase", by=who)
    with pytest.raises(NoName):
        enrol_approver(project, lane, " ", None, "yet another phrase", by=who)


def test_five_wrong_phrases_lock_everybody_out_for_fifteen_minutes(project: Project) -> None:
    lane, who, now = project.file.lane(), bob(project), clock.now()
    for _ in range(5):
        with clock.standing_at(now), pytest.raises(WrongPhrase):
            second_person(project, lane, SecondPerson("Bob", "guess"), "ann")
    with clock.standing_at(now + timedelta(minutes=14)), pytest.raises(TooManyTries):
        second_person(project, lane, who, "ann")
    with clock.standing_at(now + timedelta(minutes=16)):
        assert second_person(project, lane, who, "ann").name == "bob"
        with pytest.raises(SamePerson):
            second_person(project, lane, who, " BOB")
    tries = [act for act in history(lane, 20) if act["event"] == "wrong phrase of an approver"]
    assert [act["facts"] for act in tries] == [{"approver_id": 1}] * 5
    assert project.file.check().acts >= 5


def test_one_who_may_no_more_is_no_second_person(project: Project) -> None:
    lane, who = project.file.lane(), bob(project)
    end_approver(project, lane, "BOB ")
    with pytest.raises(NoSuchApprover):
        second_person(project, lane, who, "ann")
    with pytest.raises(NoSuchApprover):
        end_approver(project, lane, "bob")
    bob(project)
    assert second_person(project, lane, who, "ann").approver_id == 2
    kept = lane.value("SELECT string_agg(verifier, '') FROM approver")
    assert BOB.phrase not in kept
    assert kept.count("$argon2id$") == 2
