"""From the window: an agreement's columns with names, the third level on Share, and the password shown once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from ddj_desktop.gui.password_once import PasswordOnce
from ddj_desktop.kernel import clock
from ddj_desktop.outputs.names_workbook import read_names_workbook
from ddj_desktop.registers.sources import source_called
from ddj_desktop.workflow.approving import approve_request
from ddj_desktop.workflow.governing import keep_agreement, keep_partner
from ddj_desktop.workflow.permissions import keep_basis, keep_onward
from ddj_desktop.workflow.project import Project
from tests.conftest import PASSPHRASE
from tests.gui.conftest import Robot
from tests.gui.test_lock import typed
from tests.gui.test_one_person import project_of
from tests.gui.test_pages import answer
from tests.workflow.second_person import bob

PARTNER = "Pine care team"


def may_have_names(project: Project, paper: Path) -> None:
    """Everything but the second person's yes."""
    lane, today, year = project.file.lane(), clock.today(), timedelta(days=365)
    paper.write_text("signed", "utf-8")
    number = keep_partner(project, lane, PARTNER).result.partner_id
    keep_agreement(
        project, lane, number, title="MOU", level="identified", purpose="care", sources=("jail",), starts=today - year,
        ends=today + year, signed_on=today - year, signatory="A", privacy_officer="B", bases=("justice_duties",),
        columns=("last_name", "first_name", "jail_count"), document=paper,
    )  # fmt: skip
    (jail,) = (name for (name,) in lane.rows("SELECT name FROM source WHERE kind = 'jail'"))
    keep_onward(project, lane, source_called(lane, jail).source_id, number, "identified", "its head", today)
    keep_basis(project, lane, "justice_duties", "B", today - year, today + year, "7")


def test_columns_with_names_are_ticked_one_by_one(worked: Robot) -> None:
    worked.go("govern")
    worked.press("Keep an agreement")
    sheet = worked.space.govern.form
    assert sheet is not None
    sheet.partner.setText(PARTNER)
    sheet.called.setText("MOU")
    sheet.purpose.setText("care")
    sheet.kinds["jail"].setChecked(True)
    for level, rows, names in (("table", False, False), ("identified", True, True), ("extract", True, False)):
        sheet.level.setCurrentIndex(sheet.level.findData(level))
        sheet.level.activated.emit(sheet.level.currentIndex())
        assert (sheet.rows.isVisible(), sheet.names.isVisible()) == (rows, names)
        if level == "identified":
            sheet.named["last_name"].setChecked(True)
            assert sheet.form.terms["columns"] == ("last_name",)
    assert sheet.form.missing == "Tick at least one column of the rows it covers.", "a name is no column of those"
    sheet.columns["sex"].setChecked(True)
    assert sheet.form.terms["columns"] == ("sex",)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every second window
def test_names_are_asked_for_and_the_password_is_shown_once(
    worked: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, out = project_of(worked), tmp_path / "out"
    lane = project.file.lane()
    out.mkdir()
    may_have_names(project, tmp_path / "paper.pdf")
    who = bob(project)
    answer(monkeypatch, "getExistingDirectory", out)
    share = worked.space.share
    worked.go("share")
    share.reload()
    worked.idle()
    share.level.setCurrentIndex(share.level.findData("identified"))
    share.level.activated.emit(share.level.currentIndex())
    assert share.reason.isVisible()
    assert "names each column" in share.checks.text()
    share.reason.setText("a warm hand-over")
    worked.press("Ask for the names, or make them")
    worked.idle()
    assert "Request 1 waits for a second person" in share.message.text
    assert list(out.iterdir()) == []
    worked.go("govern")
    worked.idle()
    assert worked.space.govern.requests.table.rows_model.text(0, 6) == "rows with names"
    approve_request(project, lane, 1, who)
    worked.go("share")
    worked.press("Ask for the names, or make them")
    worked.until(lambda: shown(worked))
    (dialog,) = shown(worked)
    password = dialog.password.text()
    (book,) = out.glob("*.xlsx")
    headings, *rows = read_names_workbook(book.read_bytes(), password)
    assert headings == ("number", "last_name", "first_name", "jail_count", "for")
    assert f"Written for {PARTNER}: {book.stem} manifest.json, {book.name}. Columns: last_name, " in share.message.text
    assert len(rows) > 10
    assert dialog.password.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    worked.window.lock.close()
    assert not shown(worked)
    typed(worked, PASSPHRASE)
    worked.until(lambda: not worked.window.lock.locked)
    worked.until(lambda: shown(worked))
    (dialog,) = shown(worked)
    assert dialog.password.text() == password, "nobody said that it was written down"
    worked.press("I have written it down")
    worked.idle()
    for page in ("govern", "history", "share"):
        worked.go(page)
    assert worked.space.history.acts[0].words == f"Made a file of {len(rows)} rows with names of 2026-10 for a partner"
    assert not shown(worked)
    said = [each.text() for each in worked.window.findChildren(QLabel) if each.isVisible()]
    assert password not in " ".join([*said, QGuiApplication.clipboard().text()])


def shown(robot: Robot) -> list[PasswordOnce]:
    """The windows with a password that can be seen."""
    return [each for each in robot.window.findChildren(PasswordOnce) if each.isVisible()]
