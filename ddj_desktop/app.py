"""The window's composition root: settings, theme, main window, last resort for errors."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ddj_desktop.gui import theme
from ddj_desktop.gui.error_report import catch_all
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.screens.new_county import NewCounty

SELF_TEST_WORDS = "only for the self test"


def make_window(app: QApplication, documents: Path, settings: QSettings | None = None) -> MainWindow:
    """Dress the program and make its window. `documents` is where new county files and reports go."""
    preferences = Preferences(settings)
    theme.apply(app, text_factor=preferences.text_factor)
    window = MainWindow(preferences, documents)
    app.styleHints().colorSchemeChanged.connect(lambda _s: theme.apply(app, text_factor=preferences.text_factor))
    return window


def window_self_test() -> int:
    """Try the window without a screen: make a small county file, show every page of it, close.

    Returns 0, or 1 where a page could not be shown. Prints nothing; meant for the program as shipped.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    faults: list[BaseException] = []
    catch_all(faults.append)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = make_window(app, Path(folder), settings)
        window.show_fault = faults.append  # type: ignore[assignment]
        answers = NewCounty("Self test", "KS", "", Path(folder) / "county", SELF_TEST_WORDS, SELF_TEST_WORDS)
        window.show()
        window.make_new(answers)
        if _until(app, lambda: window.workspace is not None) and window.workspace:
            for page in window.workspace.pages:
                window.workspace.go(page.name)
                if not _until(app, lambda page=page: page.isVisible() and not page.grab().isNull()):  # type: ignore[misc]
                    faults.append(RuntimeError(page.name))
            _until(app, lambda: False, seconds=1.0)
        else:
            faults.append(RuntimeError("no county file"))
        window.close()
    return 1 if faults else 0


def _until(app: QApplication, true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Let the window work until something is so; False when it never was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        if true():
            return True
        time.sleep(0.01)
    return False


def run() -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("DDJ desktop")
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    window = make_window(app, Path(place or Path.home()))
    catch_all(window.show_fault)
    window.show()
    return app.exec()
