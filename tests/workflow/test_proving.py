"""The passphrase again, and what the log says of the door: openings, wrong tries, looks, prints, the clock set back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.registers.errors import PhraseNotOwn
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.door import notes, notes_path
from ddj_desktop.store.errors import WeakPassphrase, WrongPassphrase
from ddj_desktop.store.keys import recovery_groups
from ddj_desktop.workflow import looks, proving
from ddj_desktop.workflow.approving import end_approver, enrol_approver
from ddj_desktop.workflow.care_team import write_care
from ddj_desktop.workflow.checking import check_and_say
from ddj_desktop.workflow.erasing import erase_person
from ddj_desktop.workflow.errors import PassphraseAgain, TooManyPassphrases
from ddj_desktop.workflow.identified import export_crosswalk
from ddj_desktop.workflow.lists import history
from ddj_desktop.workflow.permissions import set_one_person_office
from ddj_desktop.workflow.project import Project, renew_key, restore
from ddj_desktop.workflow.sharing import share_with_partner
from ddj_desktop.workflow.whose_code import destroy_codes_key
from tests.conftest import PASSPHRASE
from tests.workflow.second_person import BOB, bob


@pytest.fixture
def project(county: CountyFile) -> Iterator[Project]:
    opened = Project(county, county.county(), "ann")
    yield opened
    opened.close()


def stale(project: Project) -> None:
    project.proved_at -= proving.FRESH + 1


def events(project: Project) -> list[str]:
    return [act["event"] for act in history(project.file.lane())]


def test_what_must_not_be_done_in_passing_asks_for_the_passphrase_again(project: Project, tmp_path: Path) -> None:
    lane, progress = project.file.lane(), Progress()
    stale(project)
    before = events(project)
    for act in (
        lambda: share_with_partner(project, lane, "X", "extract", tmp_path, progress, Month(2026, 9)),
        lambda: write_care(project, lane, 1, "X", "care", tmp_path),
        lambda: erase_person(project, lane, 1, "expunged", "court"),
        lambda: enrol_approver(project, lane, "bob", None, "a phrase of bob", recovery_code="x"),
        lambda: end_approver(project, lane, "bob"),
        lambda: set_one_person_office(project, lane, True),
        lambda: destroy_codes_key(project, lane, BOB),
        lambda: looks.may_show_names(project),
    ):
        with pytest.raises(PassphraseAgain):
            act()
    assert events(project) == before
    proving.prove(project, lane, PASSPHRASE)
    set_one_person_office(project, lane, True)
    assert events(project)[0] == "setting"


def test_sheets_of_names_ask_too(project: Project, tmp_path: Path) -> None:
    lane = project.file.lane()
    lane.run("INSERT INTO person_record (record_id, person_id) VALUES (1, 1)")
    stale(project)
    with pytest.raises(PassphraseAgain):
        export_crosswalk(project, lane, tmp_path / "x.csv", "why")
    assert list(tmp_path.glob("x.csv")) == []


def test_five_wrong_passphrases_lock_for_fifteen_minutes_and_are_in_the_log(project: Project) -> None:
    lane, now = project.file.lane(), clock.now()
    stale(project)
    with clock.standing_at(now):
        for _ in range(5):
            with pytest.raises(WrongPassphrase):
                proving.prove(project, lane, "a guess at it")
        with pytest.raises(TooManyPassphrases):
            proving.prove(project, lane, PASSPHRASE)
        assert events(project)[:6] == ["wrong passphrase"] * 5 + ["created"]
    with pytest.raises(PassphraseAgain):
        proving.must_be_proved(project)
    with clock.standing_at(now + timedelta(minutes=16)):
        proving.prove(project, lane, PASSPHRASE)
    proving.must_be_proved(project)


def test_the_passphrase_is_changed_and_nothing_else(project: Project) -> None:
    lane, path = project.file.lane(), project.path
    bob(project)
    for old, new, error in (
        ("a guess at it", "another one", WrongPassphrase), (PASSPHRASE, "short", WeakPassphrase),
        (PASSPHRASE, BOB.phrase, PhraseNotOwn),
    ):  # fmt: skip
        with pytest.raises(error):
            proving.change_passphrase(project, lane, old, new)
    code = " ".join(recovery_groups(project.file._data_key))
    proving.change_passphrase(project, lane, PASSPHRASE, "four made-up words more")
    assert events(project)[0] == "passphrase changed"
    project.close()
    with pytest.raises(WrongPassphrase):
        Project.open(path, PASSPHRASE, "ann")
    Project.open(path, "four made-up words more", "ann").close()
    renew_key(path, code, PASSPHRASE, "cyd")
    again = Project.open(path, PASSPHRASE, "ann", session=True)
    (act,) = history(again.file.lane(), 1)
    assert [line.split(" ", 1)[1] for line in act["facts"]["while_closed"]] == [
        "ann: wrong passphrase", "cyd: key renewed",
    ]  # fmt: skip
    assert again.file.check().acts == act["seq"]
    again.close()


def test_the_door_keeps_wrong_tries_for_the_log(project: Project) -> None:
    path = project.path
    project.close(looks.CLOSED)
    for who in ("ann", "eve", "eve"):
        with pytest.raises(WrongPassphrase):
            Project.open(path, "a guess at it", who)
    before = path.read_bytes()
    Project.open(path, PASSPHRASE, "ann").close()
    assert path.read_bytes() == before, "a command that changes nothing leaves the file as it was"
    assert len(notes(path)) == 3
    again = Project.open(path, PASSPHRASE, "ann", session=True)
    opened, closed = history(again.file.lane(), 2)
    assert (closed["event"], opened["event"]) == ("closed", "opened")
    assert [line.split()[1] for line in opened["facts"]["while_closed"]] == ["ann:", "eve:", "eve:"]
    assert not notes_path(path).exists()
    again.close()
    again = Project.open(path, PASSPHRASE, "ann", session=True)
    (act,) = history(again.file.lane(), 1)
    assert (act["event"], act["facts"]) == ("opened", {})
    again.close()


def test_looks_prints_backups_checks_and_restores_are_lines_and_name_nobody(project: Project) -> None:
    lane, path = project.file.lane(), project.path
    looks.names_looked_at(project, lane, None)
    looks.person_looked_at(project, lane, 12)
    looks.rows_looked_at(project, lane, 340)
    looks.protected_were_shown(project, lane, 12)
    looks.packet_given(project, lane, 3, printed=True)
    looks.packet_given(project, lane, 3, printed=False)
    backup = project.back_up(lane)
    check_and_say(project)
    acts = [(act["event"], act["facts"]) for act in reversed(history(lane, 8))]
    assert acts[:7] == [
        ("names shown", {}), ("person looked at", {"person_id": 12}), ("rows looked at", {"rows": 340}),
        ("protected records shown", {"person_id": 12}), ("packet printed", {"release_id": 3}),
        ("packet saved", {"release_id": 3}), ("backup", {}),
    ]  # fmt: skip
    assert acts[7][0] == "checked"
    assert acts[7][1]["acts"] == history(lane, 1)[0]["seq"] - 1
    assert not {act["event"] for act in history(lane, without=looks.LOOKS)} & set(looks.LOOKS)
    project.close()
    restore(path, backup, PASSPHRASE, "ann")
    again = Project.open(path, PASSPHRASE, "ann", session=True)
    opened, before = history(again.file.lane(), 2)
    assert before["event"] == "backup"
    assert opened["facts"]["while_closed"][0].endswith("ann: restored from a backup")
    assert again.file.check().acts
    again.close()


def test_a_clock_set_back_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    now = clock.now()
    with clock.standing_at(now):
        file, _ = CountyFile.create(tmp_path / "P.ddj", PASSPHRASE, County("Pine", "KS", None), "ann")
    for moved, said in ((-4, None), (-300, 296), (-300, None), (60, None)):
        with clock.standing_at(now + timedelta(minutes=moved)), file.act(file.lane(), "setting"):
            pass
        facts = history(file.lane(), 1)[0]["facts"]
        assert facts.get("clock_set_back_minutes") == said
    assert file.check().acts == 5
    file.close()
