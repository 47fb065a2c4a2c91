"""Who allows rows about people, on the Govern page: a source's agency, and the privacy officer for a legal basis."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.form_parts import day_box
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, heading, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.registers.bases import BASES, ApprovedBasis, approved_bases
from ddj_desktop.registers.onward import Onward, onward_to
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.registers.sources import Source
from ddj_desktop.screens.agreement_form import LEVELS
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import permissions

Found = tuple[list[ApprovedBasis], list[Onward]]


class PermissionsSheet(QWidget):
    """Two short forms and what was kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.source, self.partner = choice_box(self.tr("Source")), choice_box(self.tr("May go on to"))
        self.level = choice_box(self.tr("What may go on"))
        for name, words in LEVELS.items():
            self.level.addItem(words, name)
        self.basis = choice_box(self.tr("Legal basis"))
        for name, basis in BASES.items():
            self.basis.addItem(f"{basis.words} ({basis.citation})", name)
        self.head = self._line(self.tr("Said by the agency's"))
        self.officer = self._line(self.tr("Approved by"))
        self.paper = self._line(self.tr("Number of its paper"))
        until = clock.today() + timedelta(days=364)
        self.until = day_box(self.tr("Holds to"), until, lambda _day: None)
        self.keep_onward = button(self.tr("Keep what the agency said"), self.allow_source)
        self.keep_basis = button(self.tr("Keep the approval"), self.approve_basis)
        columns = (self.tr("What"), 26.0), (self.tr("Says"), 14.0), (self.tr("How far, until when"), 0.0)
        self.table = Table(self.tr("Permissions"), [Column(words, width=width) for words, width in columns])
        self._lay_out()

    def _lay_out(self) -> None:
        def word(text: str) -> QWidget:
            return label(text, wrap=False)

        self.setLayout(
            column(
                heading(self.tr("An agency lets its rows go on"), 1.1),
                row(self.source, word(self.tr("to")), self.partner, word(self.tr("as")), self.level, None),
                row(word(self.tr("said by")), self.head, self.keep_onward, None),
                heading(self.tr("A legal basis for rows about people"), 1.1),
                row(self.basis, None),
                row(word(self.tr("approved by")), self.officer, word(self.tr("paper")), self.paper,
                    word(self.tr("holds to")), self.until, self.keep_basis, None),
                self.table,
            )
        )  # fmt: skip

    def _line(self, name: str) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.textChanged.connect(lambda _text: self._show_buttons())
        return made

    @staticmethod
    def read(lane: Lane) -> Found:
        """What was kept."""
        onward = [kept for partner in all_partners(lane) for kept in onward_to(lane, partner.partner_id).values()]
        return approved_bases(lane), onward

    def show_found(self, found: Found, sources: list[Source], partners: list[Partner]) -> None:
        """Fill the choices and the table."""
        for box, named_ones in ((self.source, [(s.name, s.source_id) for s in sources]),
                                (self.partner, [(p.name, p.partner_id) for p in partners if p.active])):  # fmt: skip
            chosen = box.currentText()
            box.clear()
            for words, number in named_ones:
                box.addItem(words, number)
            box.setCurrentIndex(max(0, box.findText(chosen)))
        names = {s.source_id: s.name for s in sources}
        to = {p.partner_id: p.name for p in partners}
        bases, onward = found
        lines = [
            (self.tr("{s} to {p}").format(s=names.get(o.source_id, ""), p=to.get(o.partner_id, "")), o.stated_by,
             LEVELS[o.level]) for o in onward
        ]  # fmt: skip
        lines += [(BASES[b.basis].words, b.approved_by, self.tr("to {day}").format(day=day_in_words(b.until)))
                  for b in bases]  # fmt: skip
        self.table.set_rows(lines)
        self._show_buttons()

    def _show_buttons(self) -> None:
        both = self.source.count() and self.partner.count()
        allow(self.keep_onward, bool(both and self.head.text().strip()), self.tr("Say who at the agency allows it."))
        allow(self.keep_basis, bool(self.officer.text().strip()), self.tr("Say who approves it."))

    def allow_source(self) -> None:
        """Keep that the chosen source may go on to the chosen partner."""
        project, today = self.desk.project, clock.today()
        source, partner, level = self.source.currentData(), self.partner.currentData(), self.level.currentData()
        said = self.head.text()
        self.desk.write(
            self.tr("Keeping the permission"),
            lambda lane, _p: permissions.keep_onward(project, lane, source, partner, level, said, today),
            lambda _r: self.desk.told.emit(self.tr("The agency's word is kept.")),
        )

    def approve_basis(self) -> None:
        """Keep that the chosen basis was approved."""
        project, today, day = self.desk.project, clock.today(), self.until.date()
        basis, officer, paper = self.basis.currentData(), self.officer.text(), self.paper.text()
        until = today.replace(year=day.year(), month=day.month(), day=day.day())
        self.desk.write(
            self.tr("Keeping the approval"),
            lambda lane, _p: permissions.keep_basis(project, lane, basis, officer, today, until, paper),
            lambda _r: self.desk.told.emit(self.tr("The approval is kept.")),
        )
