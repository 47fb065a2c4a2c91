"""Small parts every page uses: headings, cards, buttons, state words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ddj_desktop.gui.theme import PAD, sized

Named = TypeVar("Named", bound=QWidget)

GLYPHS = {"done": "✓", "todo": "○", "look": "!", "stop": "×", "wait": "…"}
"""A shape for every state, so that none is told by colour alone."""


def named(widget: Named, name: str, description: str = "") -> Named:
    """Give a widget the name a screen reader says."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)
    return widget


def label(text: str = "", *, muted: bool = False, wrap: bool = True) -> QLabel:
    """A line or paragraph of text."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if muted:
        made.setProperty("muted", "true")
    return made


def heading(text: str, factor: float = 1.25) -> QLabel:
    """A heading, larger by a factor of the text size."""
    made = label(text)
    made.setFont(sized(made.font(), factor, bold=True))
    return made


def button(
    text: str, pressed: Callable[[], object] | None = None, *, primary: bool = False, link: bool = False
) -> QPushButton:
    """A button whose words say what it does."""
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", "").rstrip("…"))
    made.setAutoDefault(False)
    if primary:
        made.setProperty("primary", "true")
    if link:
        made.setProperty("link", "true")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if pressed:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def allow(control: QWidget, allowed: bool, why_not: str = "") -> None:
    """Enable a control, or disable it and say why in its tooltip and description."""
    control.setEnabled(allowed)
    reason = "" if allowed else why_not
    control.setToolTip(reason)
    control.setStatusTip(reason)
    control.setAccessibleDescription(reason)


def card() -> tuple[QFrame, QVBoxLayout]:
    """A white sheet with a thin line round it, and its layout."""
    frame = QFrame()
    frame.setObjectName("card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(2 * PAD, PAD + 4, 2 * PAD, PAD + 4)
    inside.setSpacing(PAD)
    return frame, inside


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def row(*parts: QWidget | None, spacing: int = PAD) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | QLayout | None, spacing: int = PAD) -> QVBoxLayout:
    """Widgets and layouts one under the other; None is a stretch."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)
    return made


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """A sheet that scrolls when the window is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    inside.setObjectName("sheet")
    area.setWidget(inside)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return named(area, name)


def in_order(widgets: Sequence[QWidget]) -> None:
    """Have Tab go through these in this order; parts made later would else come last."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def empty(layout: QLayout) -> None:
    """Take every part out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        if inner := item.layout():
            empty(inner)
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def choice_box(name: str) -> QComboBox:
    """A list to choose from, as wide as its longest words."""
    made = named(QComboBox(), name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaxVisibleItems(20)
    return made


def pill(made: QLabel, tone: str) -> QLabel:
    """Set a label on a rounded fill: good, caution, problem or quiet. The words carry the meaning."""
    if made.property("pill") != tone:
        made.setProperty("pill", tone)
        made.style().unpolish(made)
        made.style().polish(made)
    return made


class StateWord(QLabel):
    """A state as shape and word on a quiet fill: 'OK', 'To do', 'Needs a look'."""

    def __init__(self, state: str = "todo", word: str = "") -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(state, word)

    def show_state(self, state: str, word: str) -> None:
        """Show one of done, todo, look, stop, wait with its word."""
        self.setText(f"{GLYPHS[state]} {word}")
        pill(self, {"done": "good", "look": "caution", "stop": "problem"}.get(state, "quiet"))
        self.setAccessibleName(word)
