"""Releases of information, on the Govern page: the register, the form to print, taking one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import allow, button, column, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.kernel import clock
from ddj_desktop.registers.consents import Consent, all_consents, is_complete
from ddj_desktop.screens.endings import days_left
from ddj_desktop.screens.wording import many
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import erasing
from ddj_desktop.workflow.endings import WARNS
from ddj_desktop.workflow.erasing import Revoked
from ddj_desktop.workflow.release_forms import FormMade, make_release_form


class ConsentsSheet(QWidget):
    """The table of releases of information, by number; no name stands in it."""

    def __init__(self, desk: Desk, ask: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        self.known: list[Consent] = []
        self.enter = button(self.tr("Keep a signed form…"), ask)
        self.table = Table(
            self.tr("Releases of information"),
            (
                Column(self.tr("No."), right=True, width=3),
                Column(self.tr("Person"), right=True, width=5),
                Column(self.tr("State"), width=10),
                Column(self.tr("For"), width=14),
                Column(self.tr("Signed"), width=7.5),
                Column(self.tr("Ends"), width=7.5),
                Column(self.tr("Purpose")),
            ),
        )
        self.form = button(self.tr("Print the form…"), self.choose_file)
        self.revoke = button(self.tr("Take this one back"), self.take_back)
        self.table.moved.connect(lambda _row: self._show_buttons())
        said = label(
            self.tr(
                "What each person signed: who may receive what, for what, until when. A form that lacks something the "
                "law asks for is kept and opens nothing."
            ),
            muted=True,
        )
        self.setLayout(column(said, self.table, row(self.enter, self.form, self.revoke, None)))

    @staticmethod
    def read(lane: Lane) -> list[Consent]:
        """The register."""
        return all_consents(lane)

    def show_found(self, found: list[Consent], partners: dict[int, str]) -> None:
        """Fill the table."""
        self.known = found
        self.table.set_rows([self._line(kept, partners) for kept in found])
        self._show_buttons()

    def _line(self, kept: Consent, partners: dict[int, str]) -> tuple[Any, ...]:
        terms = kept.terms
        to = ", ".join(partners.get(number, "") for number in terms.recipients)
        return (kept.consent_id, kept.person_id, self._state(kept), to, terms.signed_on, terms.expires,
                ", ".join(terms.purposes))  # fmt: skip

    def _state(self, kept: Consent) -> str:
        today = clock.today()
        if kept.revoked_on and kept.revoked_on <= today:
            return self.tr("Taken back")
        if not is_complete(kept.terms):
            return self.tr("Incomplete")
        if kept.stands_on(today):
            left = (kept.terms.expires - today).days
            return days_left(left) if left <= WARNS[-1] else self.tr("In force")
        return self.tr("Ended") if kept.terms.expires < today else self.tr("Not signed")

    def _chosen(self) -> Consent | None:
        number = self.table.chosen_cell(0)
        return next((kept for kept in self.known if str(kept.consent_id) == str(number)), None)

    def _show_buttons(self) -> None:
        kept = self._chosen()
        allow(self.revoke, bool(kept and not kept.revoked_on), self.tr("Choose one that was not taken back first."))

    def choose_file(self) -> None:
        """Ask where to write the form, in the system's own dialog."""
        home = self.desk.project.path.parent / "Release of information.pdf"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Where to write the form"), str(home), "PDF (*.pdf)")
        if name:
            self.write_form(Path(name))

    def write_form(self, path: Path) -> None:
        """Write the form, filled in from the registers."""
        project = self.desk.project

        def made(found: FormMade) -> None:
            missing = self.tr(" Still to be filled in: {what}.").format(what="; ".join(found.missing))
            self.desk.told.emit(
                self.tr("Written as {file}.").format(file=path.name) + (missing if found.missing else "")
            )

        self.desk.read(lambda lane: make_release_form(project, lane, path), made)

    def take_back(self) -> None:
        """Take the chosen one back from today on, and say who must be told."""
        kept, project, today = self._chosen(), self.desk.project, clock.today()

        def done(found: Revoked) -> None:
            told = ", ".join(dict.fromkeys(name for _, name, _ in found.to_tell))
            words = self.tr("Nothing more leaves under it.")
            if told:
                releases = many(len(found.to_tell), self.tr("release"), self.tr("releases"))
                words += self.tr(" Tell {who}: {n} went out under it.").format(who=told, n=releases)
            self.desk.told.emit(words)

        if kept:
            self.desk.write(
                self.tr("Taking it back"),
                lambda lane, _p: erasing.revoke_consent(project, lane, kept.consent_id, today, "at the office"),
                done,
            )
