"""Requests for rows about people, on the Govern page: who asked, why, and the second person's yes."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, label, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.registers.approvers import Approver, active_approvers
from ddj_desktop.registers.requests import ShareRequest, all_requests
from ddj_desktop.screens.agreement_form import LEVELS
from ddj_desktop.screens.wording import local
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import permissions
from ddj_desktop.workflow.approving import SecondPerson, approve_request

Found = tuple[list[ShareRequest], bool, list[Approver]]


class RequestsSheet(QWidget):
    """The table of requests with its buttons. `read` gives what `show` takes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.known: list[ShareRequest] = []
        self.table = Table(
            self.tr("Requests"),
            (
                Column(self.tr("No."), right=True, width=3),
                Column(self.tr("For"), width=12),
                Column(self.tr("Month"), width=6),
                Column(self.tr("Asked by"), width=8),
                Column(self.tr("On"), width=11),
                Column(self.tr("State"), width=11),
                Column(self.tr("What"), width=9),
                Column(self.tr("Why")),
            ),
        )
        self.approver = choice_box(self.tr("Approver"))
        self.phrase = named(QLineEdit(), self.tr("The approver's phrase"))
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setPlaceholderText(self.tr("the approver's own phrase"))
        self.phrase.textChanged.connect(lambda _text: self._show_buttons())
        self.yes = button(self.tr("Approve"), self.approve, primary=True)
        self.back = button(self.tr("Withdraw"), self.withdraw)
        self.alone = named(QCheckBox(self.tr("One person runs this office")), self.tr("One person runs this office"))
        self.alone.clicked.connect(lambda on: self.set_alone(on))
        self.table.moved.connect(lambda _row: self._show_buttons())
        said = label(
            self.tr(
                "Rows about people leave only when an approver other than the one who asked says yes, with a phrase "
                "that nobody else knows. Where one person runs the office, a wait of 24 hours stands in its place."
            ),
            muted=True,
        )
        self.setLayout(column(said, self.table, row(self.approver, self.phrase, self.yes, self.back, None, self.alone)))

    @staticmethod
    def read(lane: Lane) -> Found:
        """Every request, whether one person runs the office, and who may approve."""
        return all_requests(lane), permissions.is_one_person_office(lane), active_approvers(lane)

    def show_found(self, found: Found, partners: dict[int, str]) -> None:
        """Fill the table and the choice of approvers."""
        self.known, alone, approvers = found
        chosen = self.approver.currentText()
        self.approver.clear()
        self.approver.addItems([approver.name for approver in approvers])
        self.approver.setCurrentIndex(max(0, self.approver.findText(chosen)))
        self.alone.setChecked(alone)
        self.table.set_rows([self._line(kept, partners) for kept in self.known])
        self._show_buttons()

    def _line(self, kept: ShareRequest, partners: dict[int, str]) -> tuple[Any, ...]:
        return (
            kept.request_id,
            partners.get(kept.partner_id, ""),
            kept.month,
            kept.asked_by,
            local(kept.asked_at),
            self._state(kept),
            self.tr(LEVELS[kept.level]),
            kept.reason,
        )

    def _state(self, kept: ShareRequest) -> str:
        if kept.release_id is not None:
            return self.tr("Used")
        if kept.withdrawn_at is not None:
            return self.tr("Withdrawn")
        return self.tr("Approved by {who}").format(who=kept.approved_by) if kept.approved_by else self.tr("Waiting")

    def _chosen(self) -> ShareRequest | None:
        number = self.table.chosen_cell(0)
        return next((kept for kept in self.known if str(kept.request_id) == str(number)), None)

    def _show_buttons(self) -> None:
        kept = self._chosen()
        why = self.tr("Choose a request that is open first.")
        is_open = bool(kept and kept.is_open)
        allow(self.back, is_open, why)
        if not self.approver.count():
            why = self.tr("Nobody may approve yet. Enrol somebody on the tab Approvers.")
        elif is_open:
            why = self.tr("The approver enters their own phrase first.")
        allow(self.yes, bool(is_open and self.approver.count() and self.phrase.text()), why)

    def approve(self) -> None:
        """Say yes to the chosen request, as the approver whose phrase stands there; the phrase is taken away."""
        who = SecondPerson(self.approver.currentText(), self.phrase.text())
        self.phrase.clear()
        self._do(
            self.tr("Approving"),
            lambda project, lane, number: approve_request(project, lane, number, who),
            self.tr("Request {n} is approved."),
        )

    def withdraw(self) -> None:
        """Take the chosen request back."""
        self._do(self.tr("Withdrawing"), permissions.withdraw_request, self.tr("Request {n} is withdrawn."))

    def _do(self, title: str, act: Any, said: str) -> None:
        kept, project = self._chosen(), self.desk.project
        if kept:
            self.desk.write(
                title,
                lambda lane, _p: act(project, lane, kept.request_id),
                lambda _r: self.desk.told.emit(said.format(n=kept.request_id)),
            )

    def set_alone(self, alone: bool) -> None:
        """Keep whether one person runs the office."""
        project = self.desk.project
        self.desk.write(
            self.tr("Keeping the setting"), lambda lane, _p: permissions.set_one_person_office(project, lane, alone)
        )
