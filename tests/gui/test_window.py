"""The window itself: reached by keys, named for a screen reader, nothing clipped, never frozen, open and close."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ddj_desktop.gui import commands
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.gui.opening import open_demo
from ddj_desktop.gui.resources import help_text, help_topics
from ddj_desktop.gui.theme import DARK, LIGHT, Colours
from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.screens.new_county import NewCounty
from tests.gui.conftest import Heartbeat, Robot, write_sheets

PAGES = ("this_month", "import", "match", "define", "understand", "report", "share", "govern", "history")
KEYS = {"this_month": "0", "import": "1", "match": "2", "define": "3", "understand": "4", "report": "5", "share": "6",
        "govern": "7", "history": "H"}  # fmt: skip

ACTS = ("choose_files", "run", "start_review", "undo", "save_as", "print_packet", "back_up", "check_file", "run_month",
        "refresh")  # fmt: skip
"""What menu commands call on the pages."""

BANNED = (
    "null", "nan", "schema", "dtype", "parse", "query", "sql", "regex", "boolean", "cluster", "entity", "blocking",
    "threshold", "fellegi", "kernel", "exception", "invalid", "illegal", "fatal", "abort", "oops", "please wait",
    "successfully", "inmate", "offender", "frequent flyer", "gold record", "dataframe", "rollback",
)  # fmt: skip


def test_none_is_not_lost_by_calls_into_qt(qapp: QApplication) -> None:
    """A version of Qt for Python that gives one reference to None away with each call ends the program later on."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    assert sys.getrefcount(None) >= before - 100


def test_every_page_is_reached_and_walked_by_keys_alone(robot: Robot) -> None:
    for page in (*PAGES[1:], PAGES[0]):
        robot.bot.keyClick(robot.window, KEYS[page], Qt.KeyboardModifier.ControlModifier)
        robot.idle()
        assert robot.space.current.name == page
        assert robot.space.sidebar.hasFocus()
        walked = tab_round(robot)
        assert robot.space.sidebar in walked, f"Tab does not come round on {page}"
        inside = [widget for widget in walked if robot.space.current.isAncestorOf(widget)]
        assert inside, f"nothing on {page} can be reached by Tab"
        for before, after in pairwise(inside):
            root, one, other = side_by_side(robot, before, after)
            bottom = other.mapTo(root, QPoint(0, other.height())).y()
            assert bottom > one.mapTo(root, QPoint(0, 0)).y(), f"Tab jumps up to {after.accessibleName()!r}"


def side_by_side(robot: Robot, before: QWidget, after: QWidget) -> tuple[QWidget, QWidget, QWidget]:
    """Two widgets and what to compare their places in: what scrolls with both of them, else the window, in which a
    scrolling area stands where it stands, however far it was scrolled meanwhile."""
    areas = [scrolled_by(before), scrolled_by(after)]
    if areas[0] is areas[1]:
        return (areas[0].widget() if areas[0] else robot.window), before, after
    return robot.window, areas[0] or before, areas[1] or after


def scrolled_by(widget: QWidget) -> QScrollArea | None:
    """The area that scrolls a widget, if any."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def tab_round(robot: Robot) -> list[QWidget]:
    """Everything Tab stops at from the stages until it comes back to them."""
    seen: list[QWidget] = []
    for _ in range(80):
        robot.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus not in seen:  # a date has three parts that Tab goes through
            seen.append(focus)
        if focus is robot.space.sidebar:
            break
    return seen


def test_the_arrow_keys_walk_the_stages(robot: Robot) -> None:
    robot.space.sidebar.setFocus()
    for page in PAGES[1:]:
        robot.bot.keyClick(robot.space.sidebar, Qt.Key.Key_Down)
        assert robot.space.current.name == page
    robot.idle()


def nameless(root: QWidget) -> list[str]:
    """Every control that can take the keyboard and has no name of its own."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget.parentWidget(), QComboBox | QSpinBox | QAbstractItemView) or widget.window() is not root:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name).strip() if face else ""
        if face and (not name or name == type(widget).__name__):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


@pytest.fixture
def full(robot: Robot, tmp_path: Path) -> Robot:
    """The window of a county taken down the line as far as matching, with a file waiting in the basket."""
    jail, ems = write_sheets(tmp_path / "more", people=24)
    page = robot.space.importing
    robot.go("import")
    page.add_files([jail])
    robot.until(lambda: not page.basket.waiting)
    page.form.month_first.click()
    page.import_ready()
    robot.idle()
    page.add_files([ems])
    robot.until(lambda: not page.basket.waiting)
    page.table.choose(1)
    robot.space.match.state = robot.space.this_month.state
    robot.space.match.run()
    robot.idle()
    return robot


@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_control_has_a_name(robot: Robot, state: str, request: pytest.FixtureRequest) -> None:
    if state == "full":
        request.getfixturevalue("full")
    for page in PAGES:
        robot.go(page)
        assert nameless(robot.window) == [], page


@pytest.mark.parametrize("state", ["empty", "full"])
def test_nothing_is_clipped(robot: Robot, state: str, request: pytest.FixtureRequest) -> None:
    if state == "full":
        request.getfixturevalue("full")
    for size in ((1024, 640), (1280, 800)):
        robot.window.resize(*size)
        QApplication.processEvents()
        assert (robot.window.width(), robot.window.height()) == size
        for page in PAGES:
            robot.go(page)
            QApplication.processEvents()
            assert clipped(robot.window) == [], f"{page} at {size}"


def clipped(window: QWidget) -> list[str]:
    """Buttons, fields and lines of text that are narrower than their words or stand outside what holds them."""
    found = []
    whole = QRect(QPoint(0, 0), window.size())
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(
            widget, QAbstractButton | QLabel | QComboBox | QLineEdit | QSpinBox
        ):
            continue
        if isinstance(widget.parentWidget(), QComboBox | QSpinBox) or widget.objectName() in (
            "paper",
            "qt_spinbox_lineedit",
        ):
            continue
        words = widget.text() if isinstance(widget, QAbstractButton | QLabel) else widget.accessibleName()
        needed = widget.minimumSizeHint().width()
        if isinstance(widget, QAbstractButton | QLabel) and needed > widget.width() + 1:
            found.append(f"too narrow: {words!r}")
        if (
            isinstance(widget, QLabel)
            and widget.wordWrap()
            and widget.heightForWidth(widget.width()) > widget.height() + 1
        ):
            found.append(f"too low: {words!r}")
        area = _scrolls_in(widget)
        top_left = widget.mapTo(window, QPoint(0, 0))
        place = QRect(top_left, widget.size())
        if area is None and not whole.contains(place):
            found.append(f"outside the window: {words!r}")
        if (
            area is not None
            and place.right() > area.viewport().mapTo(window, QPoint(area.viewport().width(), 0)).x() + 1
        ):
            found.append(f"cut at the side: {words!r}")
    return found


def _scrolls_in(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def test_the_window_keeps_answering_while_files_come_in_and_are_matched(robot: Robot, tmp_path: Path) -> None:
    jail, ems = write_sheets(tmp_path / "large", people=900)
    page = robot.space.importing
    robot.go("import")
    beat = Heartbeat(robot.bot, robot.window)
    page.add_files([jail, ems])
    robot.until(lambda: not page.basket.waiting)
    for spot in range(2):
        page.table.choose(spot)
        page.form.month_first.click()
    page.import_ready()
    robot.idle()
    robot.go("match")
    robot.space.match.run()
    robot.idle()
    p95, worst = beat.stop()
    assert len(beat.late) > 20, "enough beats for one in twenty to be told from none"
    assert p95 <= 100, f"95 in a hundred beats late by {p95:.0f} ms at most, the worst by {worst:.0f} ms"
    assert robot.space.match.state is not None
    assert robot.space.match.state.people > 100


def test_the_program_as_shipped_can_try_its_own_window() -> None:
    """In a process of its own, as the installer's check runs it: all pages shown, nothing said on standard error."""
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "main.py", "--window-self-test"],
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_a_command_that_can_not_be_used_says_why(window: MainWindow) -> None:
    closed = window.actions_by_name["add_files"]
    assert not closed.isEnabled()
    assert closed.toolTip() == "Open a county file first."
    assert window.actions_by_name["open"].isEnabled()


def test_every_command_of_the_menus_does_something(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    known = [command.name for commands_ in commands.menus().values() for command in commands_ if command]
    assert len(known) == len(set(known))
    done: list[str] = []
    for name in known:
        if name.startswith("go:") or name in robot.window._window_commands():
            continue
        if name in ("copy", "copy_headings", "select_all", "names", "passphrase"):
            continue
        page = robot.space
        for part in (page.importing, page.match, page.report, page.history, page.this_month, page.current):
            for act in ACTS:
                if hasattr(part, act):
                    monkeypatch.setattr(part, act, lambda name=name: done.append(name))
        robot.window.carry_out(name)
        assert done[-1:] == [name], f"{name} did nothing"


def test_keys_are_given_once(window: MainWindow) -> None:
    keys = [
        action.shortcut().toString() for action in window.actions_by_name.values() if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys))


def test_words_are_plain(full: Robot) -> None:
    said: list[str] = []
    for page in PAGES:
        full.go(page)
        for widget in full.window.findChildren(QWidget):
            text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
            said += [text, widget.accessibleName(), widget.toolTip()]
    said += [action.text() for action in full.window.actions_by_name.values()]
    said += [help_text(topic) for topic in help_topics()]
    for text in said:
        words = set(re.findall(r"[a-z]+", text.lower()))
        for banned in BANNED:
            assert banned not in words, text
        assert not text.rstrip().endswith("!") or text.strip() in ("!",), text


def test_every_page_has_help(robot: Robot) -> None:
    for page in robot.space.pages:
        assert 150 <= len(help_text(page.name).split()) <= 300
    assert 150 <= len(help_text("start").split()) <= 300


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_help_that_goes_further_is_short_and_linked_from_its_page(robot: Robot) -> None:
    pages = {page.name for page in robot.space.pages} | {"start", "keys"}
    linked = {topic: set(re.findall(r"\]\((\w+)\.md\)", help_text(topic))) for topic in help_topics()}
    for topic in set(help_topics()) - pages:
        owner = max((page for page in pages if topic.startswith(page)), key=len)
        assert topic in linked[owner], topic
        assert len(help_text(topic).split()) <= 620, topic
    robot.window.carry_out("help")
    window = robot.window._help
    assert window is not None
    for there in sorted(set().union(*linked.values())):
        window.text.anchorClicked.emit(QUrl(f"{there}.md"))
        assert window.text.toPlainText().startswith(help_text(there).splitlines()[0].lstrip("# "))
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f1_opens_the_help_of_the_page(robot: Robot) -> None:
    robot.go("match")
    robot.window.carry_out("help")
    assert robot.window._help is not None
    assert "2 Match" in robot.window._help.text.toPlainText()
    robot.window._help.close()


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 for two colours written #RRGGBB."""

    def light(colour: str) -> float:
        parts = [int(colour[spot : spot + 2], 16) / 255 for spot in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("c", [LIGHT, DARK])
def test_text_can_be_read_and_focus_can_be_seen(c: Colours) -> None:
    for text, fill in (c.good, c.caution, c.problem, c.quiet, c.demo):
        assert contrast(text, fill) >= 4.5
    for back in (c.window, c.base, c.side, c.accent_soft, c.hover):
        assert contrast(c.text, back) >= 4.5
    for back in (c.window, c.base, c.side):
        assert contrast(c.muted, back) >= 4.5
        assert contrast(c.accent, back) >= 3.0
    assert contrast(c.on_accent, c.accent) >= 4.5


def test_a_county_file_is_made_closed_and_opened_by_the_start_page(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    robot = Robot(window, qtbot)
    answers = NewCounty("Pine", "KS", "14,000", tmp_path / "new", "four plain words", "four plain words")
    window.start.ask_new()
    assert not window.start.form.make.isEnabled()
    window.make_new(answers)
    robot.until(lambda: window.desk is not None)
    robot.idle()
    assert (tmp_path / "new" / "Pine recovery sheet.pdf").is_file()
    assert "Pine.ddj is ready" in robot.space.current.message.text
    assert "Pine, KS" in window.windowTitle()
    window.carry_out("close")
    assert window.sheets.currentWidget() is window.start
    window.start.ask_passphrase(tmp_path / "new" / "Pine.ddj")
    window.start.unlock.passphrase.setText("not this one")
    qtbot.keyClick(window.start.unlock.passphrase, Qt.Key.Key_Return)
    robot.until(lambda: bool(window.start.message.text))
    assert window.start.message.text.startswith("That passphrase does not open Pine.ddj")
    assert window.start.stack.currentWidget() is window.start.unlock
    window.start.unlock.passphrase.setText("four plain words")
    qtbot.keyClick(window.start.unlock.passphrase, Qt.Key.Key_Return)
    robot.until(lambda: window.desk is not None)
    robot.idle()
    assert window.preferences.recent == [tmp_path / "new" / "Pine.ddj"]


def test_the_same_name_is_refused_and_nothing_is_lost(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    robot = Robot(window, qtbot)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "Pine.ddj").write_text("something else")
    window.start.ask_new()
    window.make_new(NewCounty("Pine", "KS", "", tmp_path / "new", "four plain words", "four plain words"))
    robot.until(lambda: bool(window.start.message.text))
    assert "is already there" in window.start.message.text
    assert window.start.stack.currentWidget() is window.start.form
    assert (tmp_path / "new" / "Pine.ddj").read_text() == "something else"


def test_a_demo_stopped_half_way_is_never_opened_as_if_whole(tmp_path: Path) -> None:
    folder, progress = tmp_path / "demo county", Progress()
    progress.stop()
    with pytest.raises(Stopped):
        open_demo(folder, progress)
    assert list(tmp_path.iterdir()) == []
