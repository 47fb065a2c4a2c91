"""Horizontal bars with their labels and numbers beside them: readable in black and white, one hue, no legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ddj_desktop.gui.theme import PAD, colours, em

LABEL_SHARE = 0.34
"""How much of the width the labels may take."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length (None where there is no answer), what is written at its end."""

    label: str
    value: float | None
    text: str
    strong: bool = False


class Bars(QWidget):
    """Bars from zero, labels on the left, values at the ends."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Draw these; the name and the numbers are what a screen reader says."""
        self._bars = tuple(bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.text}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self, 30), round(em(self, 1.7) * max(1, len(self._bars))) + PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 16), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, line = self.fontMetrics(), em(self, 1.7)
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        left = min(widest + 4, round(self.width() * LABEL_SHARE)) + PAD
        right = max((metrics.horizontalAdvance(bar.text) for bar in self._bars), default=0) + 2 * PAD
        room = max(10.0, self.width() - left - right)
        highest = max((bar.value or 0 for bar in self._bars), default=0) or 1
        for spot, bar in enumerate(self._bars):
            top = spot * line
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - PAD)
            painter.setPen(QColor(c.text))
            painter.drawText(QRectF(0, top, left - PAD, line), int(Qt.AlignmentFlag.AlignVCenter), words)
            length = room * (bar.value or 0) / highest
            if length > 0:
                painter.setPen(QPen(QColor(c.chart[0]), 1))
                painter.setBrush(QColor(c.chart[0] if bar.strong else c.chart[1]))
                painter.drawRect(QRectF(left, top + line * 0.2, length, line * 0.6))
            painter.setPen(QColor(c.text if bar.value is not None else c.muted))
            where = QRectF(left + length + PAD * 0.75, top, right, line)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), bar.text)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(left, 0, left, round(line * len(self._bars)))
        painter.end()
