"""Who agreed, of which agencies, in which meeting, on which day: the same four things wherever agencies agree."""

from __future__ import annotations

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPushButton, QWidget

from ddj_desktop.gui.widgets.parts import column, label, named, row


class AgreedBy(QWidget):
    """Four fields and the button that keeps them."""

    changed = Signal()

    def __init__(self, agree: QPushButton) -> None:
        super().__init__()
        self.who = self._line(self.tr("Who agreed"), self.tr("for example: Pine County DDJ team"))
        self.agencies = self._line(self.tr("Agencies that agreed"), self.tr("Sheriff, EMS, hospital, shelter"))
        self.meeting = self._line(self.tr("Meeting in which they agreed"), self.tr("June coordination meeting"))
        self.when = named(QDateEdit(QDate.currentDate()), self.tr("Day of the agreement"))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("MMM d, yyyy")
        first = row(label(self.tr("Agreed by"), wrap=False), self.who, label(self.tr("of"), wrap=False), self.agencies)
        second = row(label(self.tr("in the"), wrap=False), self.meeting, label(self.tr("on"), wrap=False), self.when,
                     agree)  # fmt: skip
        inside = column(first, second)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)

    def _line(self, name: str, example: str) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.setPlaceholderText(example)
        made.textChanged.connect(lambda _text: self.changed.emit())
        return made

    @property
    def said(self) -> str:
        """`Pine County DDJ team, 2026-06-12`; '' while nobody is named."""
        who = self.who.text().strip()
        return f"{who}, {self.when.date().toString('yyyy-MM-dd')}" if who else ""
