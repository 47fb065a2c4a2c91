"""From any thread into the window's own: the only threading code of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Doorbell(QObject):
    """`deliver` may be called from any thread; the call is carried out in the thread that made the bell."""

    _rung = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def deliver(self, call: Callable[[], None]) -> None:
        """Have `call` carried out in the window's thread, soon."""
        self._rung.emit(call)

    def close(self) -> None:
        """Answer no more: what arrives after the window has gone is dropped."""
        self._open = False

    def _answer(self, call: Callable[[], None]) -> None:
        if self._open:
            call()
