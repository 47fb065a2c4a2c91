"""A line of time: one lane a source, stays as bars, contacts as marks of different shapes; Left and Right go along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ddj_desktop.gui.theme import PAD, colours, em
from ddj_desktop.gui.widgets.parts import named
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.screens.timeline import Event, lanes_of, step

LANE = 2.2
"""Height of a lane in text heights."""


class Timeline(QWidget):
    """Shows events; `current_changed` tells the place of the one the keyboard or mouse is at, -1 for none."""

    current_changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.events: list[Event] = []
        self.lanes: list[str] = []
        self.shown = Span(date(2000, 1, 1), date(2000, 1, 2))
        self.window_days: Span | None = None
        self.today: date | None = None
        self.current = -1

    def show_events(self, events: Sequence[Event], shown: Span, window_days: Span | None, today: date) -> None:
        """Show the events of these days, the definition's window shaded and today as a line."""
        self.events, self.lanes = list(events), lanes_of(events)
        self.shown, self.window_days, self.today = shown, window_days, today
        self._go(step(self.events, len(self.events), -1, shown))
        self.updateGeometry()
        self.update()

    def move(self, by: int) -> None:  # type: ignore[override]
        """Go on to the next or previous event that is shown."""
        self._go(step(self.events, self.current, by, self.shown))

    def _go(self, place: int) -> None:
        self.current = place
        said = self.events[place].words if 0 <= place < len(self.events) else self.tr("No contact in these days.")
        self.setAccessibleName(f"{self._name}: {said}")
        self.current_changed.emit(place)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.move(by)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        near = [(self._away(place, event.position()), place) for place in range(len(self.events))]
        if near and min(near)[0] <= em(self, 1.2):
            self._go(min(near)[1])

    def _away(self, place: int, spot: QPointF) -> float:
        box = self._box(self.events[place])
        across = max(box.left() - spot.x(), 0.0, spot.x() - box.right())
        return across + max(box.top() - spot.y(), 0.0, spot.y() - box.bottom())

    def sizeHint(self) -> QSize:
        return QSize(em(self, 40), round(em(self, LANE) * max(1, len(self.lanes)) + em(self, 2.2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 20), self.sizeHint().height())

    # drawing --------------------------------------------------------------------------------------------------

    def _left(self) -> int:
        widest = max((self.fontMetrics().horizontalAdvance(lane) for lane in self.lanes), default=0)
        return min(widest, round(self.width() * 0.25)) + 2 * PAD

    def _x(self, day: date, after: int = 0) -> float:
        room = self.width() - self._left() - PAD
        return self._left() + room * ((day - self.shown.first).days + after) / max(1, self.shown.days)

    def _box(self, event: Event) -> QRectF:
        top = em(self, 1.8) + self.lanes.index(event.lane) * em(self, LANE)
        left, right = self._x(max(event.first, self.shown.first)), self._x(min(event.last, self.shown.last), 1)
        if event.has_length:
            return QRectF(left, top + em(self, 0.55), max(3.0, right - left), em(self, 1.1))
        side = em(self, 0.9)
        return QRectF((left + right) / 2 - side / 2, top + em(self, 0.65), side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = em(self, 1.8) + em(self, LANE) * len(self.lanes)
        if self.window_days and self.window_days.last >= self.shown.first and self.window_days.first <= self.shown.last:
            left = self._x(max(self.window_days.first, self.shown.first))
            right = self._x(min(self.window_days.last, self.shown.last), 1)
            painter.fillRect(QRectF(left, em(self, 1.6), right - left, bottom - em(self, 1.6)), QColor(c.accent_soft))
        self._months(painter, bottom)
        for spot, lane in enumerate(self.lanes):
            top = em(self, 1.8) + spot * em(self, LANE)
            painter.setPen(QColor(c.text))
            words = self.fontMetrics().elidedText(lane, Qt.TextElideMode.ElideRight, self._left() - PAD)
            painter.drawText(
                QRectF(0, top, self._left() - PAD, em(self, LANE)), int(Qt.AlignmentFlag.AlignVCenter), words
            )
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(self._left(), round(top + em(self, LANE)), self.width(), round(top + em(self, LANE)))
        if self.today and self.today in self.shown:
            painter.setPen(QPen(QColor(c.text), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(self._x(self.today, 1), em(self, 1.6)), QPointF(self._x(self.today, 1), bottom))
        for place, one in enumerate(self.events):
            if one.last >= self.shown.first and one.first <= self.shown.last:
                self._draw(painter, one, place == self.current)
        painter.end()

    def _months(self, painter: QPainter, bottom: float) -> None:
        c, month, free = colours(), Month.of(self.shown.first), 0.0
        while month.span.first <= self.shown.last:
            day = max(month.span.first, self.shown.first)
            x, words = self._x(day), month.span.first.strftime("%b %Y" if month.number == 1 else "%b")
            if month.span.first >= self.shown.first:
                painter.setPen(QPen(QColor(c.line), 1))
                painter.drawLine(QPointF(x, em(self, 1.6)), QPointF(x, bottom))
            if x >= free and month.span.last - day > timedelta(days=9):
                painter.setPen(QColor(c.muted))
                painter.drawText(QPointF(x + 2, em(self, 1.2)), words)
                free = x + self.fontMetrics().horizontalAdvance(words) + PAD
            month = month.plus(1)

    def _draw(self, painter: QPainter, event: Event, current: bool) -> None:
        c, box = colours(), self._box(event)
        painter.setPen(QPen(QColor(c.text if current else c.chart[0]), 2 if current else 1))
        painter.setBrush(QColor(c.chart[1]))
        if event.shape == "bar":
            painter.drawRect(box)
            if event.open:  # a stay that has not ended: its right side is open
                painter.setPen(QPen(QColor(c.window), 3))
                painter.drawLine(box.topRight(), box.bottomRight())
        elif event.shape == "circle":
            painter.drawEllipse(box)
        elif event.shape == "square":
            painter.drawRect(box)
        elif event.shape in ("cross", "line"):
            painter.setPen(QPen(QColor(c.text if current else c.chart[0]), 3))
            painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
            if event.shape == "cross":
                painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        else:
            middle = box.center()
            corners = [QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()]
            if event.shape == "diamond":
                corners = [
                    QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()),
                    QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y()),
                ]  # fmt: skip
            painter.drawPolygon(QPolygonF(corners))
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2, Qt.PenStyle.DotLine))
            painter.drawRect(box.adjusted(-3, -3, 3, 3))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
