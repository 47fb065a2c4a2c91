"""Approvers, on the Govern page: who may say yes to what another asked for, and who vouched for them."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, heading, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.registers.approvers import Approver, all_approvers
from ddj_desktop.screens.wording import local
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import approving
from ddj_desktop.workflow.approving import SecondPerson


class ApproversSheet(QWidget):
    """The table of approvers and the form that lets one in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.known: list[Approver] = []
        columns = (
            (self.tr("Approver"), 14.0), (self.tr("Log-in"), 9.0), (self.tr("Since"), 11.0),
            (self.tr("Vouched for by"), 13.0), (self.tr("State"), 0.0),
        )  # fmt: skip
        self.table = Table(self.tr("Approvers"), [Column(words, width=width) for words, width in columns])
        self.table.moved.connect(lambda _row: self._show_buttons())
        self.end = button(self.tr("May approve no more"), self.take_away)
        self.name, self.login = self._line(self.tr("Name")), self._line(self.tr("Log-in here, if any"))
        self.phrase = self._line(self.tr("A phrase nobody else knows"), hidden=True)
        self.again = self._line(self.tr("The phrase again"), hidden=True)
        self.voucher = choice_box(self.tr("Vouched for by"))
        self.proof = self._line(self.tr("Recovery code, or that approver's phrase"), hidden=True)
        self.enrol = button(self.tr("Enrol this approver"), self.let_in)
        said = label(
            self.tr(
                "An approver is a second person: the sheriff, an attorney, the privacy officer. The first one is let "
                "in by the code of the recovery sheet in the safe, later ones by that code or by another approver."
            ),
            muted=True,
        )
        self.setLayout(
            column(
                said, self.table, row(self.end, None), heading(self.tr("Enrol an approver"), 1.1),
                row(self.name, self.login, self.phrase, self.again), row(self.voucher, self.proof, self.enrol, None),
            )
        )  # fmt: skip

    def _line(self, name: str, *, hidden: bool = False) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.setPlaceholderText(name)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(lambda _text: self._show_buttons())
        return made

    @staticmethod
    def read(lane: Lane) -> list[Approver]:
        """Every approver."""
        return all_approvers(lane)

    def show_found(self, found: list[Approver]) -> None:
        """Fill the table and the choice of who vouches."""
        self.known = found
        states = {True: self.tr("May approve"), False: self.tr("No more")}
        self.table.set_rows([(a.name, a.login, local(a.enrolled_at), a.vouched_by, states[a.is_active]) for a in found])
        self.voucher.clear()
        self.voucher.addItem(self.tr("the recovery sheet"), "")
        for approver in found:
            if approver.is_active:
                self.voucher.addItem(approver.name, approver.name)
        self._show_buttons()

    def _chosen(self) -> Approver | None:
        name = self.table.chosen_cell(0)
        return next((kept for kept in self.known if kept.is_active and kept.name == name), None)

    def _show_buttons(self) -> None:
        allow(self.end, self._chosen() is not None, self.tr("Choose one who may approve first."))
        whole = bool(self.name.text().strip() and self.phrase.text() and self.proof.text())
        same = self.phrase.text() == self.again.text()
        why = self.tr("Fill in name, phrase and what vouches for it.") if same else self.tr("The two phrases differ.")
        allow(self.enrol, whole and same, why)

    def let_in(self) -> None:
        """Enrol the approver of the form; what was typed in secret is taken away."""
        project, by = self.desk.project, self.voucher.currentData()
        name, login, phrase, proof = (box.text() for box in (self.name, self.login, self.phrase, self.proof))
        for box in (self.phrase, self.again, self.proof):
            box.clear()
        self.desk.write(
            self.tr("Enrolling"),
            lambda lane, _p: approving.enrol_approver(
                project, lane, name, login, phrase, recovery_code=None if by else proof,
                by=SecondPerson(by, proof) if by else None,
            ),
            lambda kept: self.desk.told.emit(self.tr("{who} may approve now.").format(who=kept.name)),
        )  # fmt: skip

    def take_away(self) -> None:
        """The chosen one may approve no more."""
        kept, project = self._chosen(), self.desk.project
        if kept:
            self.desk.write(
                self.tr("Taking the right away"),
                lambda lane, _p: approving.end_approver(project, lane, kept.name),
                lambda _r: self.desk.told.emit(self.tr("{who} may approve no more.").format(who=kept.name)),
            )
