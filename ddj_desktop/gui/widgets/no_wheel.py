"""A list or number box inside a scrolling sheet must not change when the wheel passes over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class NoWheel(QObject):
    """Hands the wheel on to what scrolls, unless the box has the keyboard."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._box = box
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self._box.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
