"""What every page has: a sentence as its title, a strip that explains it, messages, and a body that reloads itself
when something it shows has changed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.message import Message
from ddj_desktop.gui.widgets.parts import button, column, heading, in_order, label, named, row
from ddj_desktop.workflow.line import Step


class Page(QWidget):
    """Base of the pages. A page sets `name`, `concerns`, and fills `self.body`."""

    name: ClassVar[str] = ""
    concerns: ClassVar[frozenset[Step]] = frozenset(Step)

    go = Signal(str)
    """Asks the window for another page."""
    counts = Signal(str)
    """Words for the middle of the status bar."""
    badge = Signal(str, str, str)
    """Page, state and words for the sidebar."""

    def __init__(self, desk: Desk, preferences: Preferences, tip: str) -> None:
        super().__init__()
        self.desk, self.preferences = desk, preferences
        self._stale = True
        self.heading = heading("", 1.55)
        self._aside = QHBoxLayout()
        self._beside: list[QWidget] = []
        self.message = Message()
        self.tip = _Tip(tip, self._close_tip)
        if preferences.closed_tip(self.name):
            self.tip.hide()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addLayout(self._aside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(3 * PAD, 2 * PAD, 3 * PAD, 2 * PAD)
        outside.setSpacing(PAD + 4)
        outside.addLayout(head)
        outside.addWidget(self.tip)
        outside.addWidget(self.message)
        self.body = QVBoxLayout()
        self.body.setSpacing(PAD + 4)
        outside.addLayout(self.body, 1)
        desk.changed.connect(self.after)
        desk.names.connect(self.names_shown)

    def title(self, sentence: str) -> None:
        """Set the page's title."""
        self.heading.setText(sentence)
        self.setAccessibleName(sentence)

    def beside_title(self, control: QWidget) -> None:
        """Put a control to the right of the title; Tab comes to it first."""
        self._aside.addWidget(control)
        self._beside.append(control)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._beside:  # Qt keeps no order of parts that were never shown
            in_order([*self._beside, self.tip.hide_it, self.message.close_it])
            self._beside = []

    def after(self, changes: frozenset[Step]) -> None:
        """Something changed in the county file: reload now if in front, else when next shown."""
        if changes & self.concerns:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def enter(self) -> None:
        """The page comes to the front: bring it up to date."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Load anew."""
        self._stale = False
        self.reload()

    def reload(self) -> None:
        """Read what the page shows. Each page has its own."""

    def names_shown(self, shown: bool) -> None:
        """Names were shown or hidden."""

    def reset_tip(self) -> None:
        """Show the explaining strip again."""
        self.tip.show()

    def _close_tip(self) -> None:
        self.preferences.close_tip(self.name)
        self.tip.hide()


class _Tip(QFrame):
    """Two sentences on what the page is for; closed for good by its owner."""

    def __init__(self, text: str, closed: object) -> None:
        super().__init__()
        self.setObjectName("strip")
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * PAD, 6, PAD, 6)
        line.addWidget(label(text), 1)
        self.hide_it = named(button(self.tr("Hide"), closed, link=True), self.tr("Hide this explanation"))  # type: ignore[arg-type]
        line.addWidget(self.hide_it, 0, Qt.AlignmentFlag.AlignTop)


class Empty(QWidget):
    """What a page shows when there is nothing yet: what will be here, why not, one button."""

    def __init__(self) -> None:
        super().__init__()
        self._title = heading("", 1.2)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text = label(muted=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.act = named(button("", primary=True), self.tr("Go on"))
        inside = column(None, self._title, self._text, row(None, self.act, None), None, None, spacing=PAD + 4)
        self.setLayout(inside)

    def say(self, title: str, text: str, act: str = "") -> None:
        """Set the words; no button where `act` is ''."""
        self._title.setText(title)
        self._text.setText(text)
        self.act.setText(act)
        self.act.setAccessibleName(act or self.tr("Go on"))
        self.act.setVisible(bool(act))


class Stack(QStackedWidget):
    """One sheet at a time; only the shown one decides how small the page may be."""

    def minimumSizeHint(self):  # type: ignore[no-untyped-def]
        current = self.currentWidget()
        return current.minimumSizeHint() if current else super().minimumSizeHint()
