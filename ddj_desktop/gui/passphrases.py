"""The passphrase at the window: asked for again before an act that needs it, and changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.parts import allow, button, column, label, named, row
from ddj_desktop.screens.new_county import SHORTEST
from ddj_desktop.workflow.proving import change_passphrase, prove


def ask_again(desk: Desk, parent: QWidget, go_on: Callable[[], None]) -> None:
    """Ask for the passphrase in a small window, and go on with what needed it once it is right."""
    text, said = QInputDialog.getText(
        parent,
        parent.tr("The passphrase again"),
        parent.tr("It was entered more than five minutes ago. Enter it again to go on:"),
        QLineEdit.EchoMode.Password,
    )
    if said and text:
        desk.write(
            parent.tr("Checking the passphrase"),
            lambda lane, _p: prove(desk.project, lane, text),
            lambda _r: go_on(),
        )


class ChangePassphrase(QDialog):
    """Asks for the old passphrase and twice for the new one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(self.tr("Change the passphrase"))
        self.old = self._line(self.tr("The passphrase now"))
        self.new = self._line(self.tr("The new passphrase"))
        self.again = self._line(self.tr("The new passphrase again"))
        self.change = button(self.tr("Change it"), self.change_it, primary=True)
        said = label(
            self.tr(
                "The recovery sheet still opens the file, and backups open with the new passphrase. A copy of the key "
                "file made before keeps the old one: remove such copies."
            ),
            muted=True,
        )
        back = button(self.tr("Back"), self.reject)
        self._missing = label(muted=True, wrap=False)
        parts = column(said, self.old, self.new, self.again, row(self._missing, None, self.change, back), spacing=PAD)
        parts.setContentsMargins(PAD, PAD, PAD, PAD)
        self.setLayout(parts)
        self.setMinimumWidth(em(self, 40))
        self._allow()

    def _line(self, name: str) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.setPlaceholderText(name)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(lambda _text: self._allow())
        return made

    def _allow(self) -> None:
        why = ""
        if len(self.new.text()) < SHORTEST:
            why = self.tr("The new passphrase needs at least {n} letters.").format(n=SHORTEST)
        elif self.new.text() != self.again.text():
            why = self.tr("The two new passphrases differ.")
        elif not self.old.text():
            why = self.tr("Enter the passphrase as it is now.")
        self._missing.setText(why)
        allow(self.change, not why, why)

    def change_it(self) -> None:
        """Change it, and take away what was typed."""
        project, old, new = self.desk.project, self.old.text(), self.new.text()
        for box in (self.old, self.new, self.again):
            box.clear()
        self.accept()
        self.desk.write(
            self.tr("Changing the passphrase"),
            lambda lane, _p: change_passphrase(project, lane, old, new),
            lambda _r: self.desk.told.emit(self.tr("The county file opens with the new passphrase from now on.")),
        )
