"""The versions kept: their states, who agreed, and the page to sign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.agreed_by import AgreedBy
from ddj_desktop.gui.widgets.message import Message
from ddj_desktop.gui.widgets.parts import allow, button, card, column, heading, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.screens.definition_effect import state_words
from ddj_desktop.screens.wording import local, sentence_case
from ddj_desktop.workflow import actions, defining
from ddj_desktop.workflow.line import Done


class VersionsCard(QFrame):
    """A table of versions and what can be done with the chosen one."""

    opened = Signal(object)
    """A Definition to look at."""

    def __init__(self, desk: Desk, message: Message) -> None:
        super().__init__()
        self.desk, self.message = desk, message
        self.known: list[Definition] = []
        self.table = Table(
            self.tr("Versions kept"),
            (
                Column(self.tr("Version"), width=17),
                Column(self.tr("State"), width=6),
                Column(self.tr("Agreed"), width=13),
                Column(self.tr("Kept"), width=12),
                Column(self.tr("What it says")),
            ),
        )
        self.table.opened.connect(lambda line, _c: self.opened.emit(self.known[line]))
        self.table.moved.connect(lambda _row: self.refresh())
        self.state = label(muted=True)
        self.propose = button(self.tr("Propose"), lambda: self._act(self.tr("Proposing"), defining.propose_definition))
        self.retire = button(self.tr("Retire"), lambda: self._act(self.tr("Retiring"), defining.retire_definition))
        self.page = button(self.tr("Save the page to sign"), self.save_page)
        self.agree = button(self.tr("Mark as agreed"), self.mark_agreed)
        self.agreed_by = AgreedBy(self.agree)
        self.agreed_by.changed.connect(self.refresh)
        self.who, self.agencies, self.meeting = self.agreed_by.who, self.agreed_by.agencies, self.agreed_by.meeting
        self._lay_out()

    def _lay_out(self) -> None:
        frame, inside = card()
        inside.addWidget(heading(self.tr("Versions"), 1.1))
        self.table.setMinimumHeight(em(self, 7))
        inside.addWidget(self.table)
        inside.addWidget(self.state)
        inside.addWidget(self.agreed_by)
        inside.addLayout(row(self.propose, self.retire, self.page, None))
        self.setLayout(column(frame))

    def fill(self, known: list[Definition]) -> None:
        """Show these versions, the newest first."""
        self.known = known
        self.table.set_rows([_cells(kept, self.tr("version")) for kept in known])
        self.refresh()

    @property
    def chosen(self) -> Definition | None:
        """The version that is current in the table."""
        spot = self.table.currentIndex().row()
        return self.known[spot] if 0 <= spot < len(self.known) else None

    def refresh(self) -> None:
        """Say what the chosen version is and what can be done with it."""
        chosen = self.chosen
        self.state.setText(state_words(chosen) if chosen else self.tr("Choose a version to see who agreed on it."))
        none = "" if chosen else self.tr("Choose a version in the table first.")
        final = {
            "agreed": self.tr("This version is agreed already."),
            "retired": self.tr("This version is retired; keep it as a new version first."),
        }.get(chosen.state if chosen else "", "")
        nobody = "" if self.agreed_by.said else self.tr("Say who agreed first.")
        allow(self.agree, not (none or final or nobody), none or final or nobody)
        proposed = self.tr("This version is proposed already.") if chosen and chosen.state == "proposed" else ""
        allow(self.propose, not (none or final or proposed), none or final or proposed)
        retired = final if chosen and chosen.state == "retired" else ""
        allow(self.retire, not (none or retired), none or retired)
        allow(self.page, not none, none)

    def mark_agreed(self) -> None:
        """Mark the chosen version as agreed."""
        if self.chosen is None or not self.agree.isEnabled():
            return
        said, agencies, meeting = self.agreed_by.said, self.agencies.text(), self.meeting.text()
        self._act(
            self.tr("Marking as agreed"),
            lambda project, lane, number: actions.agree_definition(project, lane, number, said, agencies, meeting),
        )

    def _act(self, title: str, act: Callable[[Any, Any, int], Done[Definition]]) -> None:
        chosen, project = self.chosen, self.desk.project
        if chosen is None:
            return
        number = chosen.definition_id
        self.desk.write(
            title,
            lambda lane, _p: act(project, lane, number),
            lambda kept: self.message.say(
                "done", self.tr("Version {n}: {words}").format(n=kept.version, words=state_words(kept))
            ),
        )

    def save_page(self) -> None:
        """Save the page of the chosen version that agencies sign, where the person wants it."""
        chosen, project = self.chosen, self.desk.project
        if chosen is None:
            return
        suggested = f"{chosen.name} version {chosen.version}.pdf".replace("/", "-")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the page to sign as"), str(Path.home() / suggested), self.tr("Page (*.pdf)")
        )
        if name:
            path = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")
            self.desk.read(
                lambda lane: defining.print_definition(project, lane, chosen.definition_id, path),
                lambda out: self.message.say("done", self.tr("Saved as {file}.").format(file=out.name)),
            )


def _cells(kept: Definition, version: str) -> tuple[Any, ...]:
    agreed = ", ".join(str(p) for p in (kept.agreed_by, kept.agreed_on and day_in_words(kept.agreed_on)) if p)
    state = sentence_case(kept.state)
    return f"{kept.name}, {version} {kept.version}", state, agreed, local(kept.created_at), kept.sentence
