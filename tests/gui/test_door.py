"""The window's door: five wrong passphrases lock it, and the recovery code opens it under a new passphrase."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.kernel import clock
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.keys import recovery_groups
from tests.conftest import PASSPHRASE
from tests.gui.conftest import Robot


def test_a_locked_file_says_so_and_opens_with_the_recovery_code(
    window: MainWindow, qtbot: QtBot, county: CountyFile
) -> None:
    robot, path, code = Robot(window, qtbot), county.path, " ".join(recovery_groups(county._data_key))
    county.close()
    start = window.start

    def enter(text: str) -> str:
        start.ask_passphrase(path)
        start.message.clear()
        start.unlock.passphrase.setText(text)
        qtbot.keyClick(start.unlock.passphrase, Qt.Key.Key_Return)
        robot.until(lambda: start.message.text)
        return start.message.text

    with clock.standing_at(datetime(2026, 11, 3, 9), 100):
        said = [enter("a guess at it") for _ in range(5)]
    assert ["does not open" in each for each in said] == [True] * 4 + [False]
    with clock.standing_at(datetime(2026, 11, 4, 9), 200):
        assert enter(PASSPHRASE) == said[4]
    assert said[4].startswith("Pine.ddj is locked: five wrong passphrases")
    form = start.recovery
    robot.press("Use the recovery code")
    assert start.stack.currentWidget() is form
    robot.press("Back")
    robot.press("Use the recovery code")
    for typed, why in (
        (("", "", ""), "Type the code"), ((code, "short", ""), "at least 8 letters"),
        ((code, "four plain words", "four plain"), "differ"),
    ):  # fmt: skip
        for box, text in zip((form.code, form.first, form.second), typed, strict=True):
            box.setText(text)
        assert why in form.open.toolTip()
        assert not form.open.isEnabled()
    form.code.setText(f"A{code}")
    form.second.setText("four plain words")
    robot.press("Open with the code")
    robot.until(lambda: start.message.text)
    assert "recovery code is not right" in start.message.text
    assert form.code.text() == f"A{code}", "a slip of the pen is mended, not typed anew"
    form.code.setText(code)
    robot.press("Open with the code")
    robot.until(lambda: window.desk is not None)
    robot.idle()
    window.carry_out("close")
    start.ask_passphrase(path)
    robot.press("Use the recovery code")
    assert (form.code.text(), form.first.text(), form.second.text()) == ("", "", "")
    start.ask_passphrase(path)
    start.unlock.passphrase.setText("four plain words")
    robot.press("Open")
    robot.until(lambda: window.desk is not None)
    robot.idle()
