"""What forms are made of: boxes to tick beside each other, a day, a signed paper; and what all forms do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFileDialog, QGridLayout, QLayout, QLineEdit, QWidget

from ddj_desktop.gui.widgets.parts import allow, button, card, column, heading, label, named, row, scrolling


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


class FormSheet(QWidget):
    """A form about a signed paper. Each answer gives a new `form` (a state of `screens` with `choose` and `missing`);
    what is missing is told beside the button that keeps it."""

    def __init__(self, form: Any, keep: str, kept: Callable[[Any], object], paper: str) -> None:
        """`keep` is on the button that calls `kept` with the form; `paper` names the paper whose file may be chosen."""
        super().__init__()
        self.form, self._paper = form, paper
        self.paper = button(self.tr("Choose its file…"), self.choose_paper)
        self.paper_said = label(self.tr("Not chosen"), muted=True, wrap=False)
        self._missing = label(muted=True, wrap=False)
        self.keep = button(keep, lambda: kept(self.form), primary=True)

    def _in_a_card(self, title: str, parts: Iterable[QWidget | QLayout], back: QWidget, name: str) -> None:
        """Lay the form out: a title, its parts one below the other, then what is missing and the buttons."""
        frame, inside = card()
        inside.addWidget(heading(title))
        for part in parts:
            if isinstance(part, QLayout):
                inside.addLayout(part)
            else:
                inside.addWidget(part)
        inside.addLayout(row(self._missing, None, self.keep, back))
        sheet = QWidget()
        sheet.setLayout(column(frame, None))
        self.setLayout(column(scrolling(sheet, name)))

    def _line(self, field: str, name: str) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.textChanged.connect(lambda text: self._set(**{field: text}))
        return made

    def _day(self, field: str, name: str, day: date) -> QDateEdit:
        return day_box(name, day, lambda chosen: self._set(**{field: chosen}))

    def choose_paper(self) -> None:
        """Ask for the file of the signed paper; its fingerprint is kept, not the file."""
        name, _ = QFileDialog.getOpenFileName(self, self._paper)
        if name:
            self._set(document=Path(name))
            self.paper_said.setText(Path(name).name)

    def _set(self, **answers: object) -> None:
        self._take(self.form.choose(**answers))

    def _take(self, form: Any) -> None:
        self.form = form
        self._missing.setText(form.missing)
        allow(self.keep, not form.missing, form.missing)
