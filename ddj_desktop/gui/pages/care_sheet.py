"""The tab from which one person's paper for the care team is saved: for whom, for what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, label, named, row
from ddj_desktop.workflow.care_team import CareMade, care_partners, write_care


class CareSheet(QWidget):
    """Asks for the partner whose agreement the care team works under, and the purpose; both go into the log."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._person = desk, 0
        self.partner = choice_box(self.tr("Whose agreement the care team works under"))
        self.purpose = named(QLineEdit(), self.tr("What the paper is for"))
        self.purpose.setPlaceholderText(self.tr("for example: care coordination"))
        self.purpose.textChanged.connect(lambda _text: self._allow())
        self.save = button(self.tr("Save the paper…"), self.save_paper)
        self.said = label(muted=True)
        told = label(
            self.tr(
                "One page with the person's name and contacts of twelve months, marked for the care team and kept in "
                "the log. "
            )
            + self.tr(
                "Substance use, mental health and victim services records stand on it only where the person signed a "
                "release for this partner and purpose."
            )
        )
        inside = column(
            told,
            row(label(self.tr("Under the agreement with"), wrap=False), self.partner, None),
            row(label(self.tr("For"), wrap=False), self.purpose, self.save),
            self.said,
            None,
        )
        inside.setContentsMargins(PAD, PAD, PAD, PAD)
        self.setLayout(inside)

    def show_person(self, person: int) -> None:
        """Make papers of this person from now on."""
        self._person = person
        self.said.setText("")
        self.desk.read(care_partners, self._came)

    def _came(self, partners: list[str]) -> None:
        self.partner.clear()
        self.partner.addItems(partners)
        self._allow()

    def _allow(self) -> None:
        why = "" if self.purpose.text().strip() else self.tr("Say what the paper is for first.")
        if not self.partner.count():
            why = self.tr("No agreement with a partner is in force. Add one on the Govern page first.")
        allow(self.save, not why, why)

    def save_paper(self) -> None:
        """Write the paper into a folder the person chooses."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the paper"), str(Path.home()))
        if not folder or not self.save.isEnabled():
            return
        project, person = self.desk.project, self._person
        partner, purpose = self.partner.currentText(), self.purpose.text()

        def made(found: CareMade) -> None:
            self.said.setText(self.tr("Saved as {file}.").format(file=found.file.name))

        self.desk.write(
            self.tr("Writing the care team's paper"),
            lambda lane, _p: write_care(project, lane, person, partner, purpose, Path(folder)),
            made,
        )
