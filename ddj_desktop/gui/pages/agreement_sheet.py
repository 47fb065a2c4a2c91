"""The form for an agreement, on the Govern page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QFormLayout, QSpinBox, QWidget

from ddj_desktop.disclosure.extract_columns import COLUMNS
from ddj_desktop.disclosure.named_columns import NAMED_COLUMNS
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.form_parts import FormSheet, in_columns
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, label, named, row
from ddj_desktop.intake.fields import KINDS
from ddj_desktop.kernel import clock
from ddj_desktop.registers.agreements import LEAST_COUNT, LONGEST_STABLE
from ddj_desktop.registers.bases import BASES
from ddj_desktop.screens.agreement_form import LEVELS, AgreementForm

STABLE = (
    "Codes that stay the same let the partner follow a person from month to month. Take them only where the paper says "
    "so: rows must then look alike in all months together, and soon many can not be shared."
)

MOST_COUNT = 999


class AgreementSheet(FormSheet):
    """Asks; `keep` is called with the form, `back` when the person changed their mind."""

    def __init__(self, keep: Callable[[AgreementForm], object], back: Callable[[], object]) -> None:
        today = clock.today()
        form = AgreementForm(today, today + timedelta(days=364))
        super().__init__(form, self.tr("Keep the agreement"), keep, self.tr("The signed paper"))
        self.partner = self._line("partner", self.tr("Partner"))
        self.agency = self._line("agency", self.tr("Agency of the partner"))
        self.contact = self._line("contact", self.tr("Contact at the partner"))
        self.called = self._line("title", self.tr("Agreement"))
        self.purpose = self._line("purpose", self.tr("Purpose"))
        self.level = choice_box(self.tr("What it covers"))
        for name, words in LEVELS.items():
            self.level.addItem(words, name)
        self.level.activated.connect(lambda _index: self._set(level=self.level.currentData()))
        self.starts = self._day("starts", self.tr("From"), self.form.starts)
        self.ends = self._day("ends", self.tr("To"), self.form.ends)
        self.signed = named(QCheckBox(self.tr("signed on")), self.tr("It is signed"))
        self.signed_on = self._day("signed_on", self.tr("Signed on"), today)
        self.signed.toggled.connect(lambda _on: self._signed())
        self.signatory = self._line("signatory", self.tr("Signed by"))
        self.officer = self._line("privacy_officer", self.tr("Privacy officer"))
        self.kinds = {name: named(QCheckBox(words), words) for name, words in KINDS.items()}
        self.columns = {name: self._tick("columns", name, made.words) for name, made in COLUMNS.items()}
        self.named = {name: self._tick("columns", name, made.words) for name, made in NAMED_COLUMNS.items()}
        self.bases = {name: self._tick("bases", name, made.words) for name, made in BASES.items()}
        self.stable = named(QSpinBox(), self.tr("Months for which a person keeps one code"))
        self.stable.setMaximum(LONGEST_STABLE)
        self.stable.setSpecialValueText(self.tr("another in every file"))
        self.stable.setSuffix(self.tr(" months the same"))
        self.stable.valueChanged.connect(lambda months: self._set(stable_months=months))
        NoWheel(self.stable)
        self.least = named(QSpinBox(), self.tr("Smallest count of people to be shown"))
        self.least.setRange(LEAST_COUNT, MOST_COUNT)
        self.least.setSpecialValueText(self.tr("{count}, as everywhere").format(count=LEAST_COUNT))
        self.least.valueChanged.connect(lambda count: self._set(least_count=count))
        NoWheel(self.least)
        self._lay_out(button(self.tr("Back"), back))
        self._signed()

    def _lay_out(self, back: QWidget) -> None:
        for name, box in self.kinds.items():
            box.toggled.connect(lambda on, name=name: self._take(self.form.cover(name, on)))
        form = QFormLayout()
        form.setVerticalSpacing(PAD)
        form.addRow(self.tr("&Partner"), self.partner)
        form.addRow(self.tr("A&gency"), self.agency)
        form.addRow(self.tr("C&ontact"), self.contact)
        form.addRow(self.tr("&Agreement"), self.called)
        form.addRow(self.tr("P&urpose"), self.purpose)
        form.addRow(self.tr("&Covers"), self.level)
        form.addRow(self.tr("of these sources"), in_columns(self.kinds.values(), 3))
        form.addRow(self.tr("Smallest count shown"), row(self.least, None))
        form.addRow(self.tr("From"), row(self.starts, label(self.tr("to"), wrap=False), self.ends, None))
        form.addRow("", row(self.signed, self.signed_on, None))
        form.addRow(self.tr("&Signed by"), self.signatory)
        form.addRow(self.tr("Pri&vacy officer"), self.officer)
        form.addRow(self.tr("Signed paper"), row(self.paper, self.paper_said, None))
        self.rows = QWidget()
        of_rows = QFormLayout(self.rows)
        of_rows.addRow(self.tr("Columns without names"), in_columns(self.columns.values()))
        self.names = QWidget()
        with_names = in_columns(self.named.values())
        with_names.setContentsMargins(0, 0, 0, 0)
        self.names.setLayout(with_names)
        of_rows.addRow(self.tr("Columns with names"), self.names)
        self.of_rows = of_rows
        of_rows.addRow(self.tr("Legal bases it names"), in_columns(self.bases.values()))
        of_rows.addRow(self.tr("A person's code"), row(self.stable, None))
        of_rows.addRow("", label(self.tr(STABLE), muted=True))
        self.rows.hide()
        title = self.tr("An agreement with a partner")
        self._in_a_card(title, (form, self.rows), back, self.tr("The agreement"))

    def _tick(self, part: str, name: str, words: str) -> QCheckBox:
        made = named(QCheckBox(words), words)
        made.toggled.connect(lambda on: self._take(self.form.tick(part, name, on)))
        return made

    def _signed(self) -> None:
        on, day = self.signed.isChecked(), self.signed_on.date()
        for part in (self.signed_on, self.signatory, self.officer):
            allow(part, on, self.tr("Tick that it is signed first."))
        self._set(signed_on=date(day.year(), day.month(), day.day()) if on else None)

    def _take(self, form: AgreementForm) -> None:
        super()._take(form)
        self.rows.setVisible(form.asks_for_rows)
        self.of_rows.setRowVisible(self.names, form.asks_for_names)
