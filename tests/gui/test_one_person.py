"""From the window: what a person signed is kept, a person is erased, the passphrase asked for again and changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from ddj_desktop.gui.pages.person_sheet import PersonSheet
from ddj_desktop.gui.passphrases import ChangePassphrase
from ddj_desktop.registers.consents import all_consents
from ddj_desktop.registers.partners import add_partner
from ddj_desktop.store.errors import WrongPassphrase
from ddj_desktop.store.keys import key_path, read_key_file
from ddj_desktop.workflow.lists import history
from ddj_desktop.workflow.project import Project
from ddj_desktop.workflow.proving import FRESH
from tests.conftest import PASSPHRASE
from tests.gui.conftest import Robot


def project_of(robot: Robot) -> Project:
    assert robot.window.desk is not None
    return robot.window.desk.project


def a_person(robot: Robot) -> PersonSheet:
    page = robot.space.understand
    robot.go("understand")
    page.measures.choose("people_on_list")
    page.open_rows()
    robot.idle()
    robot.bot.keyClick(page.rows, Qt.Key.Key_Return)
    robot.until(lambda: page.sheets.currentWidget() is page.person)
    robot.idle()
    return page.person


def answers(monkeypatch: pytest.MonkeyPatch, *texts: str) -> list[str]:
    """What is typed where the passphrase is asked for again; gives what was asked."""
    asked, waiting = list[str](), list(texts)

    def ask(_parent: object, title: str, *_more: object) -> tuple[str, bool]:
        asked.append(title)
        return waiting.pop(0), True

    monkeypatch.setattr(QInputDialog, "getText", staticmethod(ask))
    return asked


def test_a_signed_form_is_kept_from_the_window(worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lane, paper = project_of(worked).file.lane(), tmp_path / "form.pdf"
    paper.write_text("signed", "utf-8")
    partner = add_partner(lane, "Clinic").partner_id
    person = int(lane.value("SELECT min(person_id) FROM person_record"))
    govern = worked.space.govern
    govern.refresh()
    worked.go("govern")
    govern.tabs.setCurrentWidget(govern.consents)
    worked.press("Keep a signed form")
    sheet = govern.form
    assert sheet is not None
    said = []
    for act in (
        lambda: sheet.person.setText(str(person)), lambda: sheet.recipients[partner].setChecked(True),
        lambda: sheet.purposes.setText("care; housing"), lambda: sheet.classes["substance_use"].setChecked(True),
        lambda: sheet.sources["jail"].setChecked(True),
    ):  # fmt: skip
        assert not sheet.keep.isEnabled()
        said.append(sheet.form.missing)
        act()
    assert len(set(said)) == 5
    sheet.expires.setDate(QDate(2020, 1, 1))
    assert sheet.form.missing == "It ends before it was signed."
    sheet.expires.setDate(QDate(2099, 1, 1))
    assert sheet.form.note.startswith("It will be kept and open nothing"), "nobody looked at the form yet"
    worked.press("All of these: it is the form this program prints")
    assert sheet.form.note == ""
    sheet.elements["proceedings"].setChecked(False)
    assert sheet.form.note.endswith("that records are not used against the person in court.")
    sheet.elements["proceedings"].setChecked(True)
    assert sheet.form.note == ""
    sheet.minor.setChecked(True)
    assert "under 18" in sheet.form.note
    sheet.minor.setChecked(False)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_a, **_k: (str(paper), "")))
    sheet.choose_paper()
    worked.press("Keep what was signed")
    worked.idle()
    (kept,) = all_consents(lane)
    assert (kept.person_id, kept.terms.recipients, kept.terms.purposes) == (person, (partner,), ("care", "housing"))
    assert len(kept.terms.document_hash or "") == 64
    assert govern.consents.table.rows_model.text(0, 2) == "In force"
    worked.press("Keep a signed form")
    worked.press("Back")
    assert govern.form is None


def test_a_person_is_erased_by_typed_words_and_the_passphrase(
    worked: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    project = project_of(worked)
    lane, sheet = project.file.lane(), a_person(worked)
    person, erase = sheet.erase._person, sheet.erase
    looked = [act["facts"] for act in history(lane, 20) if act["event"] in ("person looked at", "rows looked at")]
    assert {"person_id": person} in looked
    assert any("rows" in facts for facts in looked)
    sheet.tabs.setCurrentWidget(erase)
    erase.authority.setText("District Court, order 26-114")
    assert erase.erase.toolTip() == "Type the words that confirm it first."
    erase.words.setText("erase person 0")
    assert not erase.erase.isEnabled()
    erase.words.setText(f" Erase  person {person}")
    project.proved_at -= FRESH + 1
    asked = answers(monkeypatch, "a guess at it", PASSPHRASE)
    worked.press("Erase this person for good")
    worked.idle()
    assert lane.rows("SELECT 1 FROM person_record WHERE person_id = $p", p=person)
    assert "does not open" in worked.space.understand.message.text
    worked.press("Erase this person for good")
    worked.until(lambda: not lane.rows("SELECT 1 FROM person_record WHERE person_id = $p", p=person))
    worked.idle()
    assert asked == ["The passphrase again"] * 2
    assert worked.space.current.message.text.startswith("Erased: ")
    assert worked.space.understand.sheets.currentWidget() is not worked.space.understand.person
    acts = [act["event"] for act in history(lane, 8)]
    assert acts.index("person erased") < acts.index("wrong passphrase")


def test_names_on_every_page_ask_for_the_passphrase_once_it_is_old(
    worked: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    project = project_of(worked)
    desk, names = worked.window.desk, worked.window.actions_by_name["names"]
    assert desk is not None
    project.proved_at -= FRESH + 1
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_a: ("", False)))
    names.trigger()
    worked.idle()
    assert not desk.names_shown
    assert not names.isChecked()
    answers(monkeypatch, PASSPHRASE)
    desk.show_names(True)
    worked.until(lambda: desk.names_shown)
    assert names.isChecked()
    worked.idle()
    assert history(project.file.lane(), 1)[0]["event"] == "names shown"


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every second window
def test_the_passphrase_is_changed_from_the_menu(worked: Robot) -> None:
    project = project_of(worked)
    worked.window.carry_out("passphrase")
    dialog = worked.window.findChild(ChangePassphrase)
    assert dialog is not None
    for old, new, again, why in (
        (PASSPHRASE, "short", "short", "at least 8"), (PASSPHRASE, "a longer one", "a longer 1", "differ"),
        ("", "a longer one", "a longer one", "as it is now"), (PASSPHRASE, "a longer one", "a longer one", ""),
    ):  # fmt: skip
        for box, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
            box.setText(text)
        assert dialog.change.isEnabled() == (not why)
        assert why in dialog.change.toolTip()
    worked.bot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    worked.idle()
    assert "opens with the new passphrase" in worked.space.current.message.text
    assert read_key_file(key_path(project.path), "a longer one")
    with pytest.raises(WrongPassphrase):
        read_key_file(key_path(project.path), PASSPHRASE)


def test_openings_and_looks_are_in_the_history_when_asked_for(worked: Robot) -> None:
    a_person(worked)
    page = worked.space.history
    worked.go("history")
    few = page.table.rows_model.rowCount()
    page.looks.setChecked(True)
    worked.idle()
    assert page.table.rows_model.rowCount() > few
    assert any(act.words.startswith("Looked at the page of person") for act in page.acts)
