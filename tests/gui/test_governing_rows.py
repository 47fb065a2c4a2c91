"""From the window: an agreement for rows, the permissions, the request, the second person's yes, and the file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog

from ddj_desktop.kernel import clock
from ddj_desktop.registers.consents import ELEMENTS, Terms
from ddj_desktop.store.keys import recovery_groups
from ddj_desktop.workflow import actions, erasing
from tests.gui.conftest import Robot
from tests.gui.test_pages import answer

BROAD = """
name = "Anybody booked"
[[clause]]
count = "contacts"
sources = ["jail"]
op = ">="
value = 1
window = { trailing_months = 60 }
"""


def keep_agreement_for_rows(robot: Robot, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    robot.go("govern")
    robot.press("Keep an agreement")
    sheet = robot.space.govern.form
    assert sheet is not None
    assert not sheet.rows.isVisible()
    sheet.partner.setText("State U.")
    sheet.called.setText("Data use agreement")
    sheet.purpose.setText("research")
    for name in ("jail", "ems"):
        sheet.kinds[name].setChecked(True)
    sheet.level.setCurrentIndex(sheet.level.findData("extract"))
    sheet.level.activated.emit(sheet.level.currentIndex())
    assert sheet.rows.isVisible()
    assert sheet.form.missing == "Tick at least one column of the rows it covers."
    sheet.columns["sex"].setChecked(True)
    sheet.bases["expert_determination"].setChecked(True)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_a, **_k: (str(paper), "")))
    sheet.choose_paper()
    sheet.stable.setValue(1)
    assert sheet.form.missing.startswith("One code for one month")
    sheet.stable.setValue(12)
    assert sheet.form.terms["stable_months"] == 12
    sheet.stable.setValue(0)
    assert sheet.form.terms["least_count"] is None
    sheet.least.setValue(15)
    assert sheet.form.terms["least_count"] == 15
    sheet.least.setValue(11)
    sheet.starts.setDate(QDate(2025, 1, 1))
    sheet.ends.setDate(QDate(2099, 1, 1))
    sheet.signed.setChecked(True)
    sheet.signed_on.setDate(QDate(2025, 1, 2))
    sheet.signatory.setText("County administrator")
    sheet.officer.setText("Privacy officer")
    robot.press("Keep the agreement")
    robot.idle()
    assert robot.space.govern.form is None


def enrol(robot: Robot, name: str, phrase: str, voucher: int, proof: str) -> None:
    sheet = robot.space.govern.approvers
    robot.space.govern.tabs.setCurrentWidget(sheet)
    sheet.name.setText(name)
    sheet.phrase.setText(phrase)
    sheet.proof.setText(proof)
    assert not sheet.enrol.isEnabled()
    sheet.again.setText(phrase)
    sheet.voucher.setCurrentIndex(voucher)
    robot.press("Enrol this approver")
    robot.idle()
    assert sheet.proof.text() == ""
    assert [kept.name for kept in sheet.known][-1] == name, robot.space.govern.message.text


def test_rows_from_the_agreement_to_the_file(worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = worked.window.desk.project  # type: ignore[union-attr]
    lane = project.file.lane()
    kept = actions.keep_definition(project, lane, BROAD).result
    actions.agree_definition(project, lane, kept.definition_id, "us, 2026-10-02")
    paper, out = tmp_path / "paper.pdf", tmp_path / "out"
    paper.write_text("signed", "utf-8")
    out.mkdir()
    keep_agreement_for_rows(worked, paper, monkeypatch)
    sheet, asked = worked.space.govern.permissions, worked.space.govern.requests
    worked.space.govern.tabs.setCurrentWidget(sheet)
    assert not sheet.keep_onward.isEnabled()
    sheet.level.setCurrentIndex(sheet.level.findData("extract"))
    sheet.head.setText("the agency's head")
    for place in range(sheet.source.count()):
        sheet.source.setCurrentIndex(place)
        sheet.allow_source()
        worked.idle()
    sheet.officer.setText("Privacy officer")
    sheet.paper.setText("ED-7")
    sheet.basis.setCurrentIndex(sheet.basis.findData("expert_determination"))
    sheet.approve_basis()
    worked.idle()
    assert sheet.table.rows_model.rowCount() == sheet.source.count() + 1

    answer(monkeypatch, "getExistingDirectory", out)
    share = worked.space.share
    worked.go("share")
    share.level.setCurrentIndex(1)
    share.level.activated.emit(1)
    share.choose_folder()
    worked.idle()
    assert "was not asked for yet" in share.message.text
    share.reason.setText("a study of bookings")
    share.choose_folder()
    worked.idle()
    assert "waits for a second person" in share.message.text

    worked.go("govern")
    worked.idle()
    worked.space.govern.tabs.setCurrentWidget(asked)
    asked.table.choose(0)
    assert not asked.yes.isEnabled()
    enrol(worked, project.actor, "the one who asked", 0, " ".join(recovery_groups(project.file._data_key)))
    enrol(worked, "Sheriff", "nobody else knows this", 1, "the one who asked")
    worked.space.govern.tabs.setCurrentWidget(asked)
    for name, phrase, says in (
        (project.actor, "the one who asked", "somebody else must approve it"),
        ("Sheriff", "the one who asked", "not the phrase"), ("Sheriff", "nobody else knows this", "is approved"),
    ):  # fmt: skip
        asked.table.choose(0)
        asked.approver.setCurrentIndex(asked.approver.findText(name))
        asked.phrase.setText(phrase)
        worked.press("Approve")
        worked.idle()
        assert says in worked.space.govern.message.text
        assert asked.phrase.text() == ""
    assert asked.table.rows_model.text(0, 5) == "Approved by Sheriff"
    worked.go("share")
    share.choose_folder()
    worked.idle()
    assert share.message.text.startswith("Written for State U.") or "can not be made safe" in share.message.text
    assert share.message.text.startswith("Written for") == bool(list(out.iterdir()))


def test_the_register_of_releases_the_form_and_the_lone_office(worked: Robot, tmp_path: Path) -> None:
    project = worked.window.desk.project  # type: ignore[union-attr]
    lane = project.file.lane()
    person = lane.value("SELECT min(person_id) FROM person_record")
    today = clock.today()
    terms = Terms((1,), ("care",), ("contacts",), ("jail",), today + timedelta(days=9), today, tuple(ELEMENTS))
    erasing.keep_consent(project, lane, person, terms)
    told: list[tuple[str, str, str]] = []
    worked.space.govern.badge.connect(lambda *said: told.append(said))
    worked.go("govern")
    worked.space.govern.reload()
    worked.idle()
    assert told[-1] == ("govern", "look", "1 end soon")
    page = worked.space.this_month
    page.refresh()
    worked.go("this_month")
    (reminder,) = (words for words in page.buttons if words.startswith("A release of information ends on"))
    worked.bot.mouseClick(page.buttons[reminder], Qt.MouseButton.LeftButton)
    assert worked.space.stack.currentWidget() is worked.space.govern
    sheet = worked.space.govern.consents
    worked.space.govern.tabs.setCurrentWidget(sheet)
    assert sheet.table.rows_model.text(0, 2) == "Ends in 9 days"
    sheet.write_form(tmp_path / "form.pdf")
    worked.idle()
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert "Still to be filled in" in worked.space.govern.message.text
    sheet.table.choose(0)
    worked.press("Take this one back")
    worked.idle()
    assert sheet.table.rows_model.text(0, 2) == "Taken back"
    assert not sheet.revoke.isEnabled()
    assert told[-1][1] == "done"
    asked = worked.space.govern.requests
    asked.alone.click()
    worked.idle()
    assert lane.value("SELECT value FROM setting WHERE name = 'one_person_office'") == "yes"
    assert asked.alone.isChecked()
