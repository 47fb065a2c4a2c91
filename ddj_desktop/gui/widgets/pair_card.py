"""Two records side by side, a line a field, each with its state as shape and word."""

from __future__ import annotations

from html import escape
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ddj_desktop.gui.theme import PAD, colours, em, sized
from ddj_desktop.gui.widgets.parts import empty, label, named, pill, rule
from ddj_desktop.linkage.queue import PairToReview
from ddj_desktop.screens.side_by_side import CLOSE, DIFFERENT, SAME, FieldRow, HowStep


class PairCard(QFrame):
    """The pair on the table. While it has the keyboard, single letters decide."""

    pressed = Signal(str)
    """A key's own word: same, different, not_sure, how, reveal, comment, undo."""

    KEYS: ClassVar = {
        Qt.Key.Key_Y: "same",
        Qt.Key.Key_N: "different",
        Qt.Key.Key_U: "not_sure",
        Qt.Key.Key_W: "how",
        Qt.Key.Key_R: "reveal",
        Qt.Key.Key_H: "highlight",
        Qt.Key.Key_C: "comment",
        Qt.Key.Key_Backspace: "undo",
    }

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        named(
            self,
            self.tr("The pair"),
            self.tr(
                "Y same person, N different people, U not sure, W how, R names, H letters, C comment, Backspace undo"
            ),
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._marked = True
        self._shown: list[tuple[QLabel, str, tuple[bool, ...]]] = []
        outside = QVBoxLayout(self)
        outside.setContentsMargins(2 * PAD, PAD + 4, 2 * PAD, PAD + 4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * PAD)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 3)
        outside.addLayout(self._grid)

    def show_pair(self, pair: PairToReview, rows: list[FieldRow]) -> None:
        """Show a pair; the description is what a screen reader says of it."""
        empty(self._grid)
        self._shown = []
        for place, side in enumerate((pair.left, pair.right), 1):
            title = label(str(side.get("source") or ""), wrap=False)
            title.setFont(sized(title.font(), 1.05, bold=True))
            self._grid.addWidget(title, 0, place)
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        for spot, line in enumerate(rows, 2):
            self._grid.addWidget(label(line.words, muted=True, wrap=False), spot, 0)
            for place, text, marks in ((1, line.left, line.left_marks), (2, line.right, line.right_marks)):
                shown = label(text)
                shown.setFont(sized(shown.font(), 1.1))
                self._grid.addWidget(shown, spot, place)
                self._shown.append((shown, text, marks))
            if line.state:
                self._grid.addWidget(_state(line), spot, 3)
        self._mark()
        self.setAccessibleDescription("; ".join(f"{r.words}: {r.state}" for r in rows if r.state))

    def highlight(self) -> None:
        """Underline the letters that differ, or stop doing so."""
        self._marked = not self._marked
        self._mark()

    def _mark(self) -> None:
        for shown, text, marks in self._shown:
            rich = self._marked and len(marks) == len(text) and any(marks)
            shown.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
            shown.setText(_underlined(text, marks) if rich else text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        word = self.KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if word == "highlight" and plain:
            self.highlight()
        elif word and plain:
            self.pressed.emit(word)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()


def _underlined(text: str, marks: tuple[bool, ...]) -> str:
    """The text with its marked letters bold and underlined; whatever it holds, it is no markup of its own."""
    letters = (f"<b><u>{escape(one)}</u></b>" if mark else escape(one) for one, mark in zip(text, marks, strict=True))
    return "<span style='white-space: pre-wrap'>" + "".join(letters) + "</span>"


def _state(line: FieldRow) -> QLabel:
    made = pill(
        label(line.sign, wrap=False), {SAME: "good", CLOSE: "caution", DIFFERENT: "problem"}.get(line.state, "quiet")
    )
    made.setMinimumWidth(em(made, 6))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class Waterfall(QWidget):
    """How the reckoning goes, step by step: right is towards one person, left towards two."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[HowStep, ...] = ()
        self._end = ""

    def show_steps(self, steps: list[HowStep], end: str) -> None:
        """Draw these steps, and say where they end."""
        self._steps, self._end = tuple(steps), end
        named(
            self,
            self.tr("How this pair was reckoned"),
            "; ".join([*(f"{step.words}: {step.push:+.1f}" for step in steps), end]),
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self, 30), round(em(self, 1.45) * (len(self._steps) + 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 24), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter, c, line = QPainter(self), colours(), em(self, 1.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = em(self, 20), em(self, 4)
        stands = [0.0, *(step.after for step in self._steps)]
        low, high = min(stands), max(stands)
        scale = max(1.0, self.width() - left - right) / max(1.0, high - low)
        for spot, step in enumerate(self._steps):
            top = spot * line
            painter.setPen(QColor(c.text))
            words = self.fontMetrics().elidedText(step.words, Qt.TextElideMode.ElideRight, left - PAD)
            painter.drawText(QRectF(0, top, left - PAD, line), int(Qt.AlignmentFlag.AlignVCenter), words)
            start, end = left + (step.after - step.push - low) * scale, left + (step.after - low) * scale
            painter.setPen(QPen(QColor(c.text), 1))
            painter.setBrush(QColor(c.chart[1] if step.push >= 0 else c.chart[3]))
            painter.drawRect(QRectF(min(start, end), top + line * 0.22, max(1.0, abs(end - start)), line * 0.56))
            painter.drawText(
                QRectF(max(start, end) + 4, top, right, line), int(Qt.AlignmentFlag.AlignVCenter), f"{step.push:+.1f}"
            )
        painter.setPen(QPen(QColor(c.muted), 1, Qt.PenStyle.DashLine))
        zero = left + (0 - low) * scale
        painter.drawLine(round(zero), 0, round(zero), round(line * len(self._steps)))
        painter.setPen(QColor(c.muted))
        last = QRectF(left, len(self._steps) * line, self.width() - left, line)
        painter.drawText(last, int(Qt.AlignmentFlag.AlignVCenter), self.tr("← two people      one person →"))
        painter.setPen(QColor(c.text))
        ending = QRectF(0, (len(self._steps) + 1) * line, self.width(), line)
        painter.drawText(ending, int(Qt.AlignmentFlag.AlignVCenter), self._end)
        painter.end()
