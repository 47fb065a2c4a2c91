"""The window's composition root: settings, theme, main window, last resort for errors."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ddj_desktop.gui import theme
from ddj_desktop.gui.error_report import catch_all
from ddj_desktop.gui.main_window import MainWindow
from ddj_desktop.gui.preferences import Preferences


def make_window(app: QApplication, documents: Path, settings: QSettings | None = None) -> MainWindow:
    """Dress the program and make its window. `documents` is where new county files and reports go."""
    preferences = Preferences(settings)
    theme.apply(app, text_factor=preferences.text_factor)
    window = MainWindow(preferences, documents)
    app.styleHints().colorSchemeChanged.connect(lambda _s: theme.apply(app, text_factor=preferences.text_factor))
    return window


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
