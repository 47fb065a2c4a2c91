"""How long each page of the window takes on a county file with 300,000 rows.

Run: .venv/bin/python -m tests.bench.pages [FOLDER]. Builds `Pine.ddj` in the folder (three jails of 100,000 rows each,
matched, a definition agreed), or uses the one there; without a folder, a temporary one. Every page is visited twice.
Prints for each visit: milliseconds the window's thread was busy with the switch, until the last reading had come in,
the longest gap between two beats of a 10 ms timer (screen drawing included), and the slowest reading with its own time.
The bar: no switch and no gap of 300 ms.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ddj_desktop.app import make_window
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import County
from ddj_desktop.workflow import actions, taking_in
from ddj_desktop.workflow.project import Project
from tests.bench.import_speed import write_large
from tests.cli.running import PASSPHRASE

ROWS = 100_000
SOURCES = ("North jail", "South jail", "East jail")
QUIET = 60
"""Milliseconds without a reading under way after which a page has its data."""


def build(home: Path, rows: int) -> None:
    """Make the county file: one file a source, matched, one definition agreed."""
    project = Project.create(home / "Pine.ddj", PASSPHRASE, County("Pine", "KS", 40_000), "bench")
    lane = project.file.lane()
    for seed, source in enumerate(SOURCES, start=7):
        sheet = home / f"{source}.xlsx"
        write_large(sheet, rows, seed)
        began = time.monotonic()
        done = taking_in.import_files(project, lane, [sheet], Progress(), source=source, kind="jail").result
        assert not done.refused, done.refused
        print(f"{source}: {done.taken[0].new:,} rows taken in, {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    found = actions.match_people(project, lane, Progress()).result
    print(f"matched: {found.records:,} records, {found.people:,} people, {time.monotonic() - began:.1f} s")
    kept = actions.keep_template(project, lane, "pine-county").result
    actions.agree_definition(project, lane, kept.definition_id, "the bench, today")
    lane.close()
    project.close()


@dataclass
class Reading:
    """One reading a page asked for."""

    name: str
    ended: bool = False
    seconds: float = 0.0


@dataclass
class Watch:
    """Keeps count of the readings of a window's desk."""

    readings: list[Reading] = field(default_factory=list)

    def over(self, desk: Any) -> None:
        """Stand between the desk and its jobs."""
        read = desk.jobs.read

        def watched(work: Callable[[Any], Any], done: Callable[[Any], None], wrong: Callable[[Exception], None]) -> Any:
            reading = Reading(work.__qualname__.replace(".<locals>", ""))
            self.readings.append(reading)

            def timed(lane: Any) -> Any:
                began = time.monotonic()
                try:
                    return work(lane)
                finally:
                    reading.seconds = time.monotonic() - began

            def ending(then: Callable[[Any], None]) -> Callable[[Any], None]:
                def end(result: Any) -> None:
                    reading.ended = True
                    then(result)

                return end

            return read(timed, ending(done), ending(wrong))

        desk.jobs.read = watched

    @property
    def waiting(self) -> bool:
        """True while a reading is under way."""
        return any(not reading.ended for reading in self.readings)


def visit(window: MainWindow, name: str, watch: Watch, timer: QTimer, app: QApplication) -> tuple[float, float, float]:
    """Bring a page to the front. Returns milliseconds of the switch, until its data are there, and the worst gap."""
    watch.readings.clear()
    gap, last = 0.0, time.perf_counter()

    def beat() -> None:
        nonlocal gap, last
        now = time.perf_counter()
        gap, last = max(gap, 1000 * (now - last) - 10), now

    connection = timer.timeout.connect(beat)
    began = time.perf_counter()
    assert window.workspace is not None
    window.workspace.go(name)
    switch = 1000 * (time.perf_counter() - began)
    there, quiet = switch, QElapsedTimer()
    quiet.start()
    while quiet.elapsed() < QUIET:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        if watch.waiting:
            there = 1000 * (time.perf_counter() - began)
            quiet.restart()
    timer.timeout.disconnect(connection)
    return switch, there, gap


def measure(home: Path) -> None:
    """Open the window on the county file, visit every page twice, print the table."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    window = make_window(app, home, QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat))
    window.resize(1280, 800)
    window.show()
    window.show_project(Project.open(home / "Pine.ddj", PASSPHRASE, "bench"))
    watch, timer = Watch(), QTimer()
    watch.over(window.desk)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(10)
    assert window.workspace is not None
    names = [page.name for page in window.workspace.pages]
    print(f"{'page':12} {'visit':>5} {'switch ms':>9} {'data ms':>8} {'gap ms':>7}  slowest reading")
    for round_ in (1, 2):
        for name in [*names[1:], names[0]]:
            switch, there, gap = visit(window, name, watch, timer, app)
            slowest = max(watch.readings, key=lambda reading: reading.seconds, default=None)
            said = f"{slowest.name} {1000 * slowest.seconds:,.0f} ms" if slowest else "none"
            mark = " SLOW" if max(switch, gap) >= 300 else ""
            print(f"{name:12} {round_:5} {switch:9,.0f} {there:8,.0f} {gap:7,.0f}  {said}{mark}")
    window.close()


def main(folder: str | None) -> None:
    """Build where there is no county file yet, then measure."""
    if folder is None:
        with TemporaryDirectory() as made:
            main(made)
        return
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "Pine.ddj").exists():
        build(home, ROWS)
    measure(home)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
