"""Govern: the registers of partners and agreements, what left the building, how complete the sources are."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTabWidget, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.agreement_sheet import AgreementSheet
from ddj_desktop.gui.pages.approvers_sheet import ApproversSheet
from ddj_desktop.gui.pages.consent_sheet import ConsentSheet
from ddj_desktop.gui.pages.consents_sheet import ConsentsSheet
from ddj_desktop.gui.pages.permissions_sheet import PermissionsSheet
from ddj_desktop.gui.pages.releases import release_rows, releases_table
from ddj_desktop.gui.pages.requests_sheet import RequestsSheet
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.widgets.page import Page, Stack
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.registers.agreements import Agreement, all_agreements
from ddj_desktop.registers.consents import Consent
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.registers.sources import Source, all_sources
from ddj_desktop.screens.agreement_form import LAWS, AgreementForm, agreement_state
from ddj_desktop.screens.consent_form import ConsentForm
from ddj_desktop.screens.wording import kind_in_words, many, sentence_case
from ddj_desktop.workflow import governing, lists
from ddj_desktop.workflow.emergency import to_review
from ddj_desktop.workflow.endings import WARNS, endings
from ddj_desktop.workflow.erasing import keep_consent


class GovernPage(Page):
    """One table a register, and the forms that fill them."""

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
        self.form: AgreementSheet | ConsentSheet | None = None
        self.known_sources: list[Source] = []
        self.known_partners: list[Partner] = []
        self._make_tables()
        self.tabs = named(QTabWidget(), self.tr("Registers"))
        self.tabs.addTab(self.agreements, self.tr("Agreements"))
        self.tabs.addTab(self._partner_sheet(), self.tr("Partners"))
        self.tabs.addTab(self._source_sheet(), self.tr("Sources"))
        self.permissions, self.consents = PermissionsSheet(desk), ConsentsSheet(desk, self.ask_signed)
        self.requests, self.approvers = RequestsSheet(desk), ApproversSheet(desk)
        self.tabs.addTab(self.permissions, self.tr("Permissions"))
        self.tabs.addTab(self.consents, self.tr("Releases of information"))
        self.tabs.addTab(self.requests, self.tr("Requests"))
        self.tabs.addTab(self.approvers, self.tr("Approvers"))
        self.tabs.addTab(self.releases, self.tr("What left"))
        self.add = button(self.tr("Keep an agreement…"), self.ask)
        self.beside_title(self.add)
        self.sheets = Stack()
        self.sheets.addWidget(self.tabs)
        self.body.addWidget(self.sheets, 1)
        self.title(self.tr("Govern: partners, agreements, and what left the building"))

    def _make_tables(self) -> None:
        self.agreements = Table(
            self.tr("Agreements"),
            (
                Column(self.tr("Partner"), width=11),
                Column(self.tr("Agreement"), width=12),
                Column(self.tr("Covers"), width=8),
                Column(self.tr("State"), width=6),
                Column(self.tr("From"), width=7.5),
                Column(self.tr("To"), width=7.5),
                Column(self.tr("Purpose")),
            ),
        )
        self.partners = Table(
            self.tr("Partners"),
            (
                Column(self.tr("Partner"), width=16),
                Column(self.tr("Agency"), width=12),
                Column(self.tr("Contact"), width=16),
                Column(self.tr("State")),
            ),
        )
        self.sources = Table(
            self.tr("Sources"),
            (
                Column(self.tr("Source"), width=13),
                Column(self.tr("Kind"), width=10),
                Column(self.tr("Rows"), right=True, width=5),
                Column(self.tr("Set aside"), right=True, width=6),
                Column(self.tr("Data to"), width=8),
                Column(self.tr("Law its records are under")),
            ),
        )
        self.releases = releases_table(self.tr("What left the building"))

    def _partner_sheet(self) -> QWidget:
        self.end = button(self.tr("Stop sharing with this partner"), self.put_aside)
        self.partners.moved.connect(lambda _row: self._show_buttons())
        sheet = QWidget()
        sheet.setLayout(column(self.partners, row(self.end, None)))
        return sheet

    def _source_sheet(self) -> QWidget:
        self.law = choice_box(self.tr("Law the source's records are under"))
        for name, words in LAWS.items():
            self.law.addItem(words, name)
        self.keep_law = button(self.tr("Keep this law"), self.set_law)
        self.sources.moved.connect(lambda _row: self._show_buttons())
        sheet = QWidget()
        said = label(self.tr("The chosen source is under"), wrap=False)
        sheet.setLayout(column(self.sources, row(said, self.law, self.keep_law, None)))
        return sheet

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.read(
            lambda lane: (
                all_agreements(lane),
                all_partners(lane),
                all_sources(lane),
                lists.sources(lane),
                lists.releases(lane),
                PermissionsSheet.read(lane),
                ConsentsSheet.read(lane),
                RequestsSheet.read(lane),
                ApproversSheet.read(lane),
                endings(lane),
                to_review(lane),
            ),
            self._came,
        )

    def _came(self, found: tuple[Any, ...]) -> None:
        agreements, self.known_partners, self.known_sources, facts, releases, *sheets, ending, broken = found
        allowed, signed, asked, approvers = sheets
        names = {partner.partner_id: partner.name for partner in self.known_partners}
        self.agreements.set_rows([_agreement_line(names.get(a.partner_id, ""), a) for a in agreements])
        active = {True: self.tr("Active"), False: self.tr("Ended")}
        self.partners.set_rows([(p.name, p.agency, p.contact, active[p.active]) for p in self.known_partners])
        about = {line["name"]: line for line in facts}
        self.sources.set_rows([_source_line(source, about.get(source.name, {})) for source in self.known_sources])
        self.releases.set_rows(release_rows(releases))
        self.permissions.show_found(allowed, self.known_sources, self.known_partners)
        self.consents.show_found(signed, names)
        self.requests.show_found(asked, names)
        self.approvers.show_found(approvers)
        said = many(len(agreements), self.tr("agreement"), self.tr("agreements")) if agreements else ""
        if broken:
            words = self.tr("An emergency release waits for somebody else's review, due 72 hours after it was made.")
            self.message.say("stop", words)
        if ending:
            state = "stop" if ending[0].within == WARNS[0] else "look"
            self.badge.emit("govern", state, self.tr("{n} end soon").format(n=len(ending)))
        else:
            self.badge.emit("govern", "done", said)
        self._show_buttons()

    def _chosen_partner(self) -> Partner | None:
        name = self.partners.chosen_cell(0)
        return next((partner for partner in self.known_partners if partner.name == name), None)

    def _chosen_source(self) -> Source | None:
        name = self.sources.chosen_cell(0)
        return next((source for source in self.known_sources if source.name == name), None)

    def _show_buttons(self) -> None:
        partner, source = self._chosen_partner(), self._chosen_source()
        allow(self.end, bool(partner and partner.active), self.tr("Choose a partner that is active first."))
        for control in (self.law, self.keep_law):
            allow(control, source is not None, self.tr("Choose a source in the table first."))
        if source:
            self.law.setCurrentIndex(self.law.findData(source.legal_class))

    # keeping --------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Show the form for an agreement."""
        form = AgreementSheet(self.keep, self._close_form)
        self._show_form(form)
        form.partner.setFocus()

    def ask_signed(self) -> None:
        """Show the form for what a person signed."""
        form = ConsentSheet(self.known_partners, self.keep_signed, self._close_form)
        self._show_form(form)
        form.person.setFocus()

    def _show_form(self, form: AgreementSheet | ConsentSheet) -> None:
        self._close_form()
        self.form = form
        self.sheets.addWidget(form)
        self.sheets.setCurrentWidget(form)
        self.add.hide()

    def _close_form(self) -> None:
        if self.form:
            self.sheets.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        self.sheets.setCurrentWidget(self.tabs)
        self.add.show()

    def keep(self, form: AgreementForm) -> None:
        """Keep a partner and an agreement with it."""
        project = self.desk.project

        def work(lane: Any, _progress: object) -> Any:
            partner = governing.keep_partner(
                project, lane, form.partner_name, form.agency.strip() or None, form.contact.strip() or None
            )
            return governing.keep_agreement(project, lane, partner.result.partner_id, **form.terms)

        def kept(_agreement: Agreement) -> None:
            self._close_form()
            words = self.tr("The agreement with {partner} is kept.").format(partner=form.partner_name)
            self.message.say("done", words)

        self.desk.write(self.tr("Keeping the agreement"), work, kept)

    def keep_signed(self, form: ConsentForm) -> None:
        """Keep a person's signed release of information."""
        project = self.desk.project

        def work(lane: Any, _progress: object) -> Any:
            fingerprint = governing.fingerprint_of(form.document) if form.document else None
            return keep_consent(project, lane, form.person, form.terms(fingerprint))

        def kept(consent: Consent) -> None:
            self._close_form()
            words = self.tr("Kept as release of information {n}. {note}")
            self.message.say("done", words.format(n=consent.consent_id, note=form.note).strip())

        self.desk.write(self.tr("Keeping what was signed"), work, kept)

    def put_aside(self) -> None:
        """Stop sharing with the chosen partner; what was shared stays on record."""
        partner, project = self._chosen_partner(), self.desk.project
        if partner:
            self.desk.write(
                self.tr("Stopping to share"),
                lambda lane, _p: governing.put_partner_aside(project, lane, partner.partner_id),
                lambda _r: self.message.say("done", self.tr("Nothing more goes to {p}.").format(p=partner.name)),
            )

    def set_law(self) -> None:
        """Say which law the chosen source's records are under."""
        source, project, law = self._chosen_source(), self.desk.project, self.law.currentData()
        if source:
            self.desk.write(
                self.tr("Keeping the law"),
                lambda lane, _p: governing.keep_legal_class(project, lane, source.source_id, law),
                lambda _r: self.message.say("done", self.tr("Kept for {source}.").format(source=source.name)),
            )


def _agreement_line(partner: str, kept: Agreement) -> tuple[Any, ...]:
    return partner, kept.title, sentence_case(kept.level), agreement_state(kept), kept.starts, kept.ends, kept.purpose


def _source_line(source: Source, facts: dict[str, Any]) -> tuple[Any, ...]:
    return (
        source.name,
        kind_in_words(source.kind),
        facts.get("rows"),
        facts.get("set_aside"),
        facts.get("last_day"),
        LAWS.get(source.legal_class, source.legal_class),
    )
