"""The message strip: what happened and what to do, with a shape and a word, until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ddj_desktop.gui.theme import PAD, colours, sized
from ddj_desktop.gui.widgets.parts import GLYPHS, button, empty, label, named


class Message(QFrame):
    """One message at a time. Kinds: done, look, stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._sign = QLabel()
        self._sign.setFont(sized(self._sign.font(), 1.1, bold=True))
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # read aloud when it appears; Tab has nothing to do here
        self._extra = QHBoxLayout()
        self.close_it = named(button(self.tr("Close"), self.clear, link=True), self.tr("Close this message"))
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * PAD, PAD, PAD, PAD)
        line.setSpacing(PAD)
        line.addWidget(self._sign)
        line.addWidget(self._text, 1)
        line.addLayout(self._extra)
        line.addWidget(self.close_it)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says now; '' when it is closed."""
        return "" if self.isHidden() else self._text.text()

    def say(self, kind: str, sentence: str, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence, and one thing that can be done about it."""
        c = colours()
        text, fill = {"done": c.good, "look": c.caution, "stop": c.problem}[kind]
        for part in (self, self._sign, self._text):
            look = part.palette()
            look.setColor(QPalette.ColorRole.Window, QColor(fill))
            look.setColor(QPalette.ColorRole.WindowText, QColor(text))
            part.setPalette(look)
        word = {"done": self.tr("Done"), "look": self.tr("Please note"), "stop": self.tr("Not done")}[kind]
        self._sign.setText(f"{GLYPHS[kind]} {word}")
        self._text.setText(sentence)
        empty(self._extra)
        if act:
            self._extra.addWidget(button(act[0], act[1]))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{word}. {sentence}"))

    def clear(self) -> None:
        """Close the strip."""
        self.hide()
