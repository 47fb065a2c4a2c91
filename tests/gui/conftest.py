"""The real window on a real county file, offscreen; small made-up spreadsheets; a robot that presses by name."""

from __future__ import annotations

import csv
import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ddj_desktop.app import make_window
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.gui.workspace import Workspace
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.keys import key_path
from ddj_desktop.workflow import actions, taking_in
from ddj_desktop.workflow.project import Project

PATIENCE = 60_000
"""Milliseconds to wait for work at most."""

RULE = """
name = "Four bookings"
unit = "person"
combine = "all"
[[clause]]
count = "contacts"
sources = ["jail"]
op = ">="
value = 4
window = { trailing_months = 12 }
"""

FIRST = ("MARIA", "JAMES", "ELENA", "ROBERT", "LINDA", "DAVID", "SUSAN", "CARLOS", "DONNA", "PETER", "RUTH", "SAMUEL")
LAST = ("ABBOTT", "BRIGGS", "CHAVEZ", "DALTON", "ESPINOZA", "FULLER", "GARZA", "HOLLIS", "IBARRA", "JENSEN", "KELLER")


class Robot:
    """Does what a person does: presses what has a name, types, waits for the work to end."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.bot = window, qtbot

    @property
    def space(self) -> Workspace:
        """The open county's pages."""
        assert self.window.workspace is not None
        return self.window.workspace

    def find(self, name: str) -> QAbstractButton:
        """The visible button of that accessible name."""
        found = [
            each
            for each in self.window.findChildren(QAbstractButton)
            if each.isVisible() and each.accessibleName() == name
        ]
        assert found, f"no button named {name!r}"
        return found[0]

    def press(self, name: str) -> None:
        """Press a button by its name; it must be allowed."""
        made = self.find(name)
        assert made.isEnabled(), f"{name!r} is disabled: {made.toolTip()}"
        self.bot.mouseClick(made, Qt.MouseButton.LeftButton)

    def keys(self, widget: QWidget, keys: str) -> None:
        """Type single letters."""
        for each in keys:
            self.bot.keyClick(widget, each)

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.bot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    def idle(self) -> None:
        """Wait until nothing that changes the file runs, and every reading has come in."""
        desk = self.window.desk
        assert desk is not None
        self.until(lambda: not desk.busy and not desk.noting)
        for _ in range(2):  # a reading may ask for another one
            came: list[object] = []
            desk.read(lambda _lane: None, came.append)
            self.until(lambda came=came: bool(came))

    def go(self, page: str) -> None:
        """Bring a page to the front and let it load."""
        self.space.go(page)
        self.idle()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The main window at its start page, shown and active."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = make_window(qapp, tmp_path / "documents", settings)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.deleteLater()  # else every window to come restyles the widgets of all that were
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def robot(window: MainWindow, qtbot: QtBot, county: CountyFile) -> Robot:
    """A robot at the window of a real, empty county file."""
    return _at_window(window, qtbot, county)


def _at_window(window: MainWindow, qtbot: QtBot, county: CountyFile) -> Robot:
    faults: list[BaseException] = []
    window.show_fault = faults.append  # type: ignore[method-assign]
    window.show_project(Project(county, county.county(), county.actor))
    made = Robot(window, qtbot)
    made.idle()
    return made


@pytest.fixture(scope="session")
def worked_file(empty_county: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county file with files taken in, people matched and a definition agreed, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("worked")
    path = Path(shutil.copyfile(empty_county[0], folder / empty_county[0].name))
    file = CountyFile(path, empty_county[1], "tester")
    project, lane = Project(file, file.county(), file.actor), file.lane()
    batch = taking_in.import_files(
        project, lane, write_sheets(folder / "files", people=60), Progress(), date_order="mdy"
    )
    assert batch.result.refused == []
    actions.match_people(project, lane, Progress())
    kept = actions.keep_definition(project, lane, RULE).result
    actions.agree_definition(project, lane, kept.definition_id, "3 agencies, 2026-10-01")
    lane.close()
    file.close()
    return path


@pytest.fixture
def worked(
    empty_county: tuple[Path, bytes], worked_file: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> Iterator[Robot]:
    """A robot at the window of a county with people, a definition and a list."""
    path = Path(shutil.copyfile(worked_file, tmp_path / worked_file.name))
    shutil.copyfile(key_path(empty_county[0]), key_path(path))
    file = CountyFile(path, empty_county[1], "tester")
    yield _at_window(window, qtbot, file)
    file.close()


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path]:
    """Two files as agencies send them: a jail workbook with banner rows, an ambulance run list."""
    return write_sheets(tmp_path / "files", people=24)


def write_sheets(folder: Path, people: int, seed: int = 4) -> tuple[Path, Path]:
    """Made-up people, every third of them with five bookings and three runs in the year to October 2026."""
    chance = random.Random(seed)
    folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PINE COUNTY SHERIFF"])
    sheet.append(["Booking report, made-up people"])
    sheet.append(["Booking No", "Last Name", "First Name", "DOB", "Sex", "Booking Date", "Release Date", "Address"])
    runs: list[list[str]] = []
    number = 1000
    for spot in range(people):
        first, last = FIRST[spot % len(FIRST)], LAST[spot % len(LAST)]
        born = date(1960 + chance.randrange(40), 1 + chance.randrange(12), 1 + chance.randrange(28))
        sex, home = "MF"[spot % 2], f"{100 + 7 * spot} ELM ST"
        often = spot % 3 == 0
        for _ in range(5 if often else 1):
            number += 1
            day = date(2025, 11, 5) + timedelta(days=chance.randrange(350))
            out = day + timedelta(days=chance.randrange(1, 9))
            sheet.append([f"B{number}", last, first, _us(born), sex, _us(day), _us(out), home])
        for _ in range(3 if often else 1):
            day = date(2025, 11, 5) + timedelta(days=chance.randrange(350))
            birth = _us(born) if spot % 4 else ""  # one in four runs does not know the birth date
            given = first if spot % 5 else first[0]
            heard, where = last, home if spot % 2 else ""
            if spot % 6 == 1:  # another surname, a birth year off by two, no address: for a person to look at
                heard, where, birth = last[:2] + "OVA", "", _us(born.replace(year=born.year + 2))
            runs.append([f"E{len(runs) + 1:05d}", _us(day), heard, given, birth, sex, where])
    book.save(folder / "jail_oct.xlsx")
    with (folder / "ems_oct.csv").open("w", newline="", encoding="utf-8") as out_file:
        writer = csv.writer(out_file)
        writer.writerow(
            ["Run Number", "Run Date", "Patient Last", "Patient First", "Patient DOB", "Gender", "Patient Address"]
        )
        writer.writerows(runs)
    return folder / "jail_oct.xlsx", folder / "ems_oct.csv"


def _us(day: date) -> str:
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


class Heartbeat:
    """A 10 ms timer in the window's thread; keeps how late each beat was, in milliseconds."""

    def __init__(self, qtbot: QtBot, parent: QWidget) -> None:
        from PySide6.QtCore import QTimer

        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(1000 * (now - self._last) - 10)
        self._last = now

    def stop(self) -> tuple[float, float]:
        """Ends it. Returns the 95th percentile and the worst, in milliseconds."""
        self._timer.stop()
        ordered = sorted(self.late)
        return ordered[int(0.95 * (len(ordered) - 1))], ordered[-1]
