"""The lock: when nobody touched keys or mouse for a while, a sheet covers the county until the passphrase is entered.

CJIS Security Policy AC-11 asks for at most thirty minutes and for the screen to be hidden (privacy reference 3, row 5).
The county file stays open beneath, so that nothing begun is lost and work that runs goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QStackedWidget, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.preferences import LONGEST_LOCK, Preferences
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.message import Message
from ddj_desktop.gui.widgets.parts import button, card, column, heading, label, named, row
from ddj_desktop.kernel import clock
from ddj_desktop.workflow.looks import LOCKED, UNLOCKED, window_locked
from ddj_desktop.workflow.proving import check_passphrase, wrong_passphrase

LOOKS_EVERY = 5_000
"""Milliseconds between two looks at how long nobody was there."""
_USE = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.TabletPress,
})  # fmt: skip


class Lock(QObject):
    """Watches the windows of the program while a county file is open, and covers it."""

    def __init__(
        self, sheets: QStackedWidget, preferences: Preferences, changed: Callable[[], None], close: Callable[[], None]
    ) -> None:
        """`changed` is called when the lock closed or opened, `close` to close the county file instead."""
        super().__init__(sheets)
        self.locked = False
        self._sheets, self._preferences, self._changed = sheets, preferences, changed
        self._desk: Desk | None = None
        self._beneath: QWidget | None = None
        self._copied = False
        self._last: tuple[float, datetime] = (time.monotonic(), clock.now())
        self.sheet = LockSheet(self._try, close)
        sheets.addWidget(self.sheet)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def guard(self, desk: Desk | None) -> None:
        """Watch over this county file from now on; None when it was closed. The made-up county needs no lock."""
        self._desk = None if desk is None or desk.is_demo else desk
        self._used()
        self.locked, self._beneath, self._copied = False, None, False
        if self._desk:
            self._watch(QGuiApplication.focusWindow())
            self._timer.start(LOOKS_EVERY)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._used()
        return False

    def look(self) -> None:
        """Lock where nobody touched anything for as long as was chosen. A computer that slept was not touched."""
        began, moment = self._last
        idle = max(time.monotonic() - began, (clock.now() - moment).total_seconds())
        if idle >= 60 * self._preferences.lock_minutes:
            self.close()

    def close(self) -> None:
        """Cover the county now: names hidden, small windows closed, what was copied from it forgotten."""
        if self._desk is None or self.locked:
            return
        self.locked, self._beneath = True, self._sheets.currentWidget()
        self._desk.show_names(False)
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        if self._copied:
            QGuiApplication.clipboard().clear()
        self.sheet.ask(self._desk.project.path.name, self._preferences.lock_minutes)
        self._sheets.setCurrentWidget(self.sheet)
        self.sheet.passphrase.setFocus()
        self._note(LOCKED)
        self._changed()

    def choose_minutes(self, parent: QWidget) -> None:
        """Ask after how many minutes to lock."""
        minutes, said = QInputDialog.getInt(
            parent, parent.tr("Lock the window"), parent.tr("After so many minutes without a key or the mouse:"),
            self._preferences.lock_minutes, 1, LONGEST_LOCK,
        )  # fmt: skip
        if said:
            self._preferences.lock_minutes = minutes

    def _try(self, text: str) -> None:
        desk = self._desk
        if desk is None:
            return

        def wrong(error: Exception) -> None:
            if desk is self._desk:
                self.sheet.refused(str(error))
                desk.note(lambda lane: wrong_passphrase(desk.project, lane, error))

        desk.read(lambda lane: check_passphrase(desk.project, lane, text), lambda _right: self._open(desk), wrong)

    def _open(self, desk: Desk) -> None:
        if desk is not self._desk or self._beneath is None:
            return
        self.locked = False
        self._sheets.setCurrentWidget(self._beneath)
        self._used()
        self._note(UNLOCKED)
        self._changed()

    def _note(self, event: str) -> None:
        desk = self._desk
        if desk:
            desk.note(lambda lane: window_locked(desk.project, lane, event))

    def _used(self) -> None:
        self._last = (time.monotonic(), clock.now())

    def _clipboard_changed(self) -> None:
        """What was copied while a window of ours was in front came from the county; the rest is left alone."""
        self._copied = self._desk is not None and QGuiApplication.focusWindow() is not None

    def _watch(self, window: QWindow | None) -> None:
        """Keys and the mouse are seen at the windows themselves, which get them first; a small window too."""
        if window is not None and self._desk is not None:
            window.installEventFilter(self)
            self._used()


class LockSheet(QWidget):
    """What stands in the window while it is locked."""

    def __init__(self, tried: Callable[[str], None], close: Callable[[], None]) -> None:
        super().__init__()
        self._tried = tried
        self.message = Message()
        self.passphrase = named(QLineEdit(), self.tr("Passphrase to go on"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(self.tr("Passphrase"))
        self.passphrase.returnPressed.connect(self._send)
        self._why = label(muted=True)
        frame, inside = card()
        frame.setFixedWidth(em(self, 34))
        self._title = heading("", 1.5)
        inside.addWidget(self._title)
        inside.addWidget(self._why)
        inside.addWidget(self.message)
        inside.addWidget(self.passphrase)
        inside.addLayout(
            row(
                None,
                button(self.tr("Go on"), self._send, primary=True),
                button(self.tr("Close the county file"), close),
            )
        )
        self.setLayout(column(None, row(None, frame, None), None))

    def ask(self, file: str, minutes: int) -> None:
        """Begin anew."""
        self._title.setText(self.tr("{file} is locked").format(file=file))
        self._why.setText(
            self.tr(
                "The window locks by a command, and after {n} minutes without a key or the mouse. What was begun is as "
                "it was, and work that runs goes on."
            ).format(n=minutes)
        )
        self.passphrase.clear()
        self.message.clear()

    def refused(self, sentence: str) -> None:
        """Say why it stays locked."""
        self.message.say("stop", sentence)
        self.passphrase.setFocus()

    def _send(self) -> None:
        text = self.passphrase.text()
        self.passphrase.clear()
        if text:
            self._tried(text)
