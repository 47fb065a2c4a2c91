"""Govern: the registers of partners and agreements, what left the building, how complete the sources are."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTabWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.agreement_sheet import AgreementSheet
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.widgets.page import Page, Stack
from ddj_desktop.gui.widgets.parts import button, named
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.registers.agreements import Agreement, all_agreements
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.screens.wording import kind_in_words, local, many, sentence_case
from ddj_desktop.workflow import lists
from ddj_desktop.workflow.governing import Terms, keep_agreement


class GovernPage(Page):
    """One table a register."""

    name = "govern"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "Who the county shares with, under which agreement and until when, and everything that left the "
                "building. The Share page looks here before anything may go."
            ),
        )
        self.agreements = Table(
            self.tr("Agreements"),
            (
                Column(self.tr("Partner"), width=13),
                Column(self.tr("Agreement"), width=18),
                Column(self.tr("Covers"), width=8),
                Column(self.tr("Purpose"), width=16),
                Column(self.tr("From"), width=8),
                Column(self.tr("To"), width=8),
                Column(self.tr("Signed")),
            ),
        )
        self.partners = Table(
            self.tr("Partners"),
            (
                Column(self.tr("Partner"), width=18),
                Column(self.tr("Agency"), width=14),
                Column(self.tr("Contact"), width=18),
                Column(self.tr("State")),
            ),
        )
        self.sources = Table(
            self.tr("Sources"),
            (
                Column(self.tr("Source"), width=16),
                Column(self.tr("Kind"), width=16),
                Column(self.tr("Rows"), right=True, width=6),
                Column(self.tr("Set aside"), right=True, width=6),
                Column(self.tr("Data to")),
            ),
        )
        self.releases = Table(
            self.tr("What left the building"),
            (
                Column(self.tr("When"), width=11),
                Column(self.tr("Who"), width=8),
                Column(self.tr("What"), width=8),
                Column(self.tr("For"), width=14),
                Column(self.tr("Month"), width=6),
                Column(self.tr("Reason")),
            ),
        )
        self.tabs = named(QTabWidget(), self.tr("Registers"))
        for table in (self.agreements, self.partners, self.sources, self.releases):
            self.tabs.addTab(table, table.accessibleName())
        self.add = button(self.tr("Keep an agreement…"), self.ask)
        self.aside.addWidget(self.add)
        self.sheets = Stack()
        self.sheets.addWidget(self.tabs)
        self.form: AgreementSheet | None = None
        self.body.addWidget(self.sheets, 1)
        self.title(self.tr("Govern: partners, agreements, and what left the building"))

    def ask(self) -> None:
        """Show the form for an agreement."""
        self._close_form()
        self.form = AgreementSheet(self.keep, self._close_form)
        self.sheets.addWidget(self.form)
        self.sheets.setCurrentWidget(self.form)
        self.add.hide()
        self.form.partner.setFocus()

    def _close_form(self) -> None:
        if self.form:
            self.sheets.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        self.sheets.setCurrentWidget(self.tabs)
        self.add.show()

    def keep(self, terms: Terms) -> None:
        """Keep an agreement in the county file."""
        project = self.desk.project

        def kept(_agreement: Agreement) -> None:
            self._close_form()
            self.message.say("done", self.tr("The agreement with {partner} is kept.").format(partner=terms.partner))

        self.desk.write(self.tr("Keeping the agreement"), lambda lane, _p: keep_agreement(project, lane, terms), kept)

    def reload(self) -> None:
        self.desk.read(
            lambda lane: (all_agreements(lane), all_partners(lane), lists.sources(lane), lists.releases(lane)),
            self._came,
        )

    def _came(self, found: tuple[list[Agreement], list[Partner], list[dict[str, Any]], list[dict[str, Any]]]) -> None:
        agreements, partners, sources, releases = found
        names = {partner.partner_id: partner.name for partner in partners}
        self.agreements.set_rows(
            [
                (names.get(a.partner_id, ""), a.title, sentence_case(a.level), a.purpose, a.starts, a.ends, a.signed_on)
                for a in agreements
            ]
        )
        self.partners.set_rows(
            [(p.name, p.agency, p.contact, self.tr("Active") if p.active else self.tr("Ended")) for p in partners]
        )
        self.sources.set_rows(
            [(s["name"], kind_in_words(s["kind"]), s["rows"], s["set_aside"], s["last_day"]) for s in sources]
        )
        self.releases.set_rows(
            [
                (local(r["released_at"]), r["actor"], sentence_case(r["kind"]), r["recipient"], r["month"], r["reason"])
                for r in releases
            ]
        )
        self.badge.emit(
            "govern", "done", many(len(agreements), self.tr("agreement"), self.tr("agreements")) if agreements else ""
        )
