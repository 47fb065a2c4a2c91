"""The race and ethnicity definitions as agencies agree on them: a draft or agreed, by whom, and the page to sign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.widgets.agreed_by import AgreedBy
from ddj_desktop.gui.widgets.parts import allow, button, card, column, heading, label, row
from ddj_desktop.workflow.race_defining import agree_on_race, print_race_page


class RaceAgreementCard(QFrame):
    """Under the tab of race codes: the state of the definitions, and what can be done about it."""

    def __init__(self, desk: Desk, say: Callable[[str, str], None], reload: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self.say, self._reload, self._agreed = desk, say, reload, False
        self.state = label()
        self.agree = button(self.tr("Mark as agreed"), self.mark_agreed)
        self.page = button(self.tr("Save the page to sign"), self.save_page)
        self.fields = AgreedBy(self.agree)
        self.fields.changed.connect(self._allow)
        frame, inside = card()
        inside.addWidget(heading(self.tr("The agreement"), 1.1))
        inside.addWidget(self.state)
        inside.addWidget(self.fields)
        inside.addLayout(row(self.page, None))
        self.setLayout(column(frame))
        self._allow()

    def show_state(self, state: tuple[str, str]) -> None:
        """Show whether they are agreed, and the sentence about it."""
        self._agreed = state[0] == "agreed"
        self.state.setText(state[1])
        self._allow()

    def _allow(self) -> None:
        agreed = self.tr("These definitions are agreed already.") if self._agreed else ""
        nobody = "" if self.fields.said else self.tr("Say who agreed first.")
        allow(self.agree, not (agreed or nobody), agreed or nobody)

    def mark_agreed(self) -> None:
        """Mark the definitions as agreed, as they stand."""
        said, project = self.fields.said, self.desk.project
        if not self.agree.isEnabled():
            return
        agencies, meeting = self.fields.agencies.text(), self.fields.meeting.text()

        def kept(_found: Any) -> None:
            self._reload()
            self.say("done", self.tr("The race and ethnicity definitions are agreed."))

        self.desk.write(
            self.tr("Marking as agreed"), lambda lane, _p: agree_on_race(project, lane, said, agencies, meeting), kept
        )

    def save_page(self) -> None:
        """Save the page that agencies sign, where the person wants it."""
        project = self.desk.project
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the page to sign as"), str(Path.home() / "Race and ethnicity definitions.pdf"),
            self.tr("Page (*.pdf)"),
        )  # fmt: skip
        if name:
            path = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")
            self.desk.read(
                lambda lane: print_race_page(project, lane, path),
                lambda out: self.say("done", self.tr("Saved as {file}.").format(file=out.name)),
            )
