"""The recovery code at the start page: it opens a county file whose passphrase is lost or locked, under a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.parts import allow, button, card, column, heading, label, named, row
from ddj_desktop.screens.new_county import SHORTEST


class RecoveryForm(QWidget):
    """Asks for the code of the printed sheet and twice for the passphrase from now on."""

    def __init__(self, opened: Callable[[Path, str, str], None], back: Callable[[Path], None]) -> None:
        """`opened` gets the path, the new passphrase and the code; `back` the path."""
        super().__init__()
        self.path = Path()
        self._opened, self._back = opened, back
        self._title = heading("", 1.5)
        self.code = self._line(self.tr("Recovery code"), self.tr("13 groups of five letters and digits"))
        self.first = self._line(self.tr("New passphrase"), self.tr("four or more words"), hidden=True)
        self.second = self._line(self.tr("New passphrase again"), "", hidden=True)
        self.open = button(self.tr("Open with the code"), self._send, primary=True)
        self._missing = label(muted=True, wrap=False)
        form = QFormLayout()
        form.setVerticalSpacing(PAD)
        form.setHorizontalSpacing(2 * PAD)
        form.addRow(self.tr("&Recovery code"), self.code)
        form.addRow(self.tr("New &passphrase"), self.first)
        form.addRow(self.tr("New passphrase a&gain"), self.second)
        said = self.tr(
            "The code is on the first page of the recovery sheet in your safe. The file opens with the new passphrase "
            "from now on, and the log says so. The sheet still holds: put it back."
        )
        frame, inside = card()
        inside.addWidget(self._title)
        inside.addLayout(form)
        inside.addWidget(label(said, muted=True))
        inside.addLayout(row(self._missing, None, self.open, button(self.tr("Back"), lambda: self._back(self.path))))
        self.setLayout(column(frame, None))

    def ask(self, path: Path) -> None:
        """Begin anew, for this county file."""
        self.path = path
        self._title.setText(self.tr("Open {file} with the recovery code").format(file=path.name))
        for box in (self.code, self.first, self.second):
            box.clear()
        self._allow()

    def _line(self, name: str, hint: str, *, hidden: bool = False) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.setPlaceholderText(hint)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(lambda _text: self._allow())
        return made

    def _allow(self) -> None:
        why = ""
        if not self.code.text().strip():
            why = self.tr("Type the code as it stands on the sheet.")
        elif len(self.first.text()) < SHORTEST:
            why = self.tr("The new passphrase needs at least {n} letters.").format(n=SHORTEST)
        elif self.first.text() != self.second.text():
            why = self.tr("The two new passphrases differ.")
        self._missing.setText(why)
        allow(self.open, not why, why)

    def _send(self) -> None:
        self._opened(self.path, self.first.text(), self.code.text())
