"""What forms are made of: boxes to tick beside each other, a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout

from ddj_desktop.gui.widgets.parts import named


def in_columns(boxes: Iterable[QCheckBox], beside: int = 2) -> QGridLayout:
    """Boxes to tick, so many beside each other."""
    made = QGridLayout()
    for spot, box in enumerate(boxes):
        made.addWidget(box, spot // beside, spot % beside)
    return made


def day_box(name: str, day: date, changed: Callable[[date], object]) -> QDateEdit:
    """A day to choose; `changed` is told each other one."""
    made = named(QDateEdit(QDate(day.year, day.month, day.day)), name)
    made.setCalendarPopup(True)
    made.setDisplayFormat("MMM d, yyyy")
    made.dateChanged.connect(lambda to: changed(date(to.year(), to.month(), to.day())))
    return made
