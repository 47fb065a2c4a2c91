"""The lock: it covers names, closes small windows, forgets what was copied, and opens by the passphrase alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QInputDialog, QLabel, QTableView

from ddj_desktop.gui.preferences import LOCK_AFTER, LONGEST_LOCK
from ddj_desktop.kernel import clock
from ddj_desktop.store.tries import MOST_TRIES
from ddj_desktop.workflow.lists import history
from ddj_desktop.workflow.looks import LOCKED, UNLOCKED
from tests.conftest import PASSPHRASE
from tests.gui.conftest import Robot
from tests.gui.test_one_person import project_of


def typed(robot: Robot, text: str) -> None:
    box = robot.window.lock.sheet.passphrase
    box.setText(text)
    robot.bot.keyClick(box, Qt.Key.Key_Return)


def later(robot: Robot, minutes: float) -> None:
    """Let the lock look at the clock so many minutes from now."""
    with clock.standing_at(clock.now() + timedelta(minutes=minutes)):
        robot.window.lock.look()


def acts(robot: Robot, most: int) -> list[str]:
    return [str(act["event"]) for act in history(project_of(robot).file.lane(), most)]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every second window
def test_a_locked_window_shows_nobody_and_only_the_passphrase_opens_it(worked: Robot) -> None:
    window, desk = worked.window, worked.window.desk
    assert desk is not None
    worked.go("understand")
    desk.show_names(True)
    worked.idle()
    box = QDialog(window)
    box.show()
    QGuiApplication.clipboard().setText("ABBOTT")
    window.actions_by_name["lock"].trigger()
    worked.idle()
    assert window.lock.locked
    assert not desk.names_shown
    assert not box.isVisible()
    assert QGuiApplication.clipboard().text() == ""
    assert not [each for each in window.findChildren(QTableView) if each.isVisible()]
    seen = {each.text() for each in window.findChildren(QLabel) if each.isVisible() and each.text()}
    assert seen == {each.text() for each in window.lock.sheet.findChildren(QLabel) if each.isVisible() and each.text()}
    for name in ("add_files", "names", "print", "go:match", "copy"):
        action = window.actions_by_name[name]
        assert not action.isEnabled()
        assert action.toolTip() == "Enter the passphrase first."
    typed(worked, "not this one")
    worked.until(lambda: window.lock.sheet.message.text)
    worked.idle()
    assert "does not open" in window.lock.sheet.message.text
    assert window.lock.locked
    typed(worked, PASSPHRASE)
    worked.until(lambda: not window.lock.locked)
    worked.idle()
    assert worked.space.isVisible()
    assert worked.space.current.name == "understand"
    assert window.actions_by_name["add_files"].isEnabled()
    assert acts(worked, 4)[::-1] == ["names shown", LOCKED, "wrong passphrase", UNLOCKED]


def test_it_locks_when_nobody_touched_anything_for_as_long_as_was_chosen(
    worked: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    window = worked.window
    later(worked, LOCK_AFTER - 1)
    assert not window.lock.locked
    with clock.standing_at(clock.now() + timedelta(minutes=LOCK_AFTER - 1)):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    later(worked, LOCK_AFTER + 1)
    assert not window.lock.locked, "a key was pressed two minutes before"
    asked: list[tuple[int, ...]] = []

    def chosen(_parent: object, _title: str, _words: str, *numbers: int) -> tuple[int, bool]:
        asked.append(numbers)
        return LONGEST_LOCK, True

    monkeypatch.setattr(QInputDialog, "getInt", staticmethod(chosen))
    window.carry_out("lock_after")
    assert asked == [(LOCK_AFTER, 1, LONGEST_LOCK)]
    later(worked, LOCK_AFTER + LONGEST_LOCK - 2)
    assert not window.lock.locked
    later(worked, LOCK_AFTER + LONGEST_LOCK)
    assert window.lock.locked


def test_tries_end_after_five_and_the_file_can_be_closed_instead(worked: Robot) -> None:
    window = worked.window
    window.lock.close()
    for _ in range(MOST_TRIES):
        window.lock.sheet.message.clear()
        typed(worked, "not this one")
        worked.until(lambda: window.lock.sheet.message.text)
        worked.idle()
    typed(worked, PASSPHRASE)
    worked.until(lambda: "minutes" in window.lock.sheet.message.text)
    assert window.lock.locked
    worked.press("Close the county file")
    assert window.desk is None
    assert not window.lock.locked
    assert window.sheets.currentWidget() is window.start
    later(worked, LONGEST_LOCK + 1)
    assert not window.lock.locked, "nothing is open, so there is nothing to cover"
