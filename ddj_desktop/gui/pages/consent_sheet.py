"""The form for a signed release of information, on the Govern page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.form_parts import FormSheet, in_columns
from ddj_desktop.gui.widgets.parts import button, label, named, row
from ddj_desktop.intake.fields import KINDS
from ddj_desktop.kernel import clock
from ddj_desktop.registers.consents import DATA_CLASSES, ELEMENTS
from ddj_desktop.registers.partners import Partner
from ddj_desktop.screens.consent_form import ConsentForm


class ConsentSheet(FormSheet):
    """Asks; `keep` is called with the form, `back` when the person changed their mind."""

    def __init__(
        self, partners: Sequence[Partner], keep: Callable[[ConsentForm], object], back: Callable[[], object]
    ) -> None:
        today = clock.today()
        form = ConsentForm(today, today + timedelta(days=364))
        super().__init__(form, self.tr("Keep what was signed"), keep, self.tr("The signed form"))
        self.person = named(QLineEdit(), self.tr("Number of the person"))
        self.person.setValidator(QIntValidator(1, 2_000_000_000, self))
        self.person.textChanged.connect(lambda text: self._set(person=int(text or 0)))
        self.purposes = self._line("purposes", self.tr("What it is for"))
        self.other = self._line("representative", self.tr("Who signed for the person, and by what right"))
        self.signed_on = self._day("signed_on", self.tr("Signed on"), self.form.signed_on)
        self.expires = self._day("expires", self.tr("Ends on"), self.form.expires)
        words = self.tr("The person was under 18")
        self.minor = named(QCheckBox(words), words)
        self.minor.toggled.connect(lambda on: self._set(minor=on))
        self.recipients = self._ticks("recipients", {p.partner_id: p.name for p in partners if p.active})
        self.classes = self._ticks("data_classes", DATA_CLASSES)
        self.sources = self._ticks("sources", KINDS)
        self.elements = self._ticks("elements", {name: made.words for name, made in ELEMENTS.items()})
        self.ours = button(self.tr("All of these: it is the form this program prints"), self.tick_all)
        self._note = label()
        self._lay_out(button(self.tr("Back"), back))
        self._take(self.form)

    def _lay_out(self, back: QWidget) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(PAD)
        form.addRow(self.tr("&Person's number"), self.person)
        form.addRow(self.tr("May go to"), in_columns(self.recipients.values()))
        form.addRow(self.tr("P&urpose"), self.purposes)
        form.addRow(self.tr("Kinds of information"), in_columns(self.classes.values()))
        form.addRow(self.tr("of these sources"), in_columns(self.sources.values(), 3))
        form.addRow(self.tr("Signed on"), row(self.signed_on, label(self.tr("ends"), wrap=False), self.expires, None))
        form.addRow("", self.minor)
        form.addRow(self.tr("&Signed by another"), self.other)
        form.addRow(self.tr("The form holds"), in_columns(self.elements.values()))
        form.addRow("", row(self.ours, None))
        form.addRow(self.tr("Signed form"), row(self.paper, self.paper_said, None))
        title = self.tr("A signed release of information")
        self._in_a_card(title, (form, self._note), back, self.tr("The signed form"))

    def _ticks(self, part: str, choices: Mapping[Any, str]) -> dict[Any, QCheckBox]:
        made = {}
        for name, words in choices.items():
            box = made[name] = named(QCheckBox(words), words)
            box.toggled.connect(lambda ticked, name=name: self._take(self.form.tick(part, name, ticked)))
        return made

    def tick_all(self) -> None:
        """Say that the form holds everything: the standard form does."""
        for box in self.elements.values():
            box.setChecked(True)

    def _take(self, form: ConsentForm) -> None:
        super()._take(form)
        self._note.setText(form.note)
        self._note.setVisible(bool(form.note))
