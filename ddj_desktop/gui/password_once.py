"""A password that was made for a partner's workbook, shown once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QDialog, QWidget

from ddj_desktop.gui.theme import PAD, em, sized
from ddj_desktop.gui.widgets.parts import button, column, heading, label, row
from ddj_desktop.screens.share_level import PASSWORD_ONCE


class PasswordOnce(QDialog):
    """Shows it in large letters; it can not be copied, since what was copied may be pasted beside the file. The lock
    closes it like every small window."""

    def __init__(self, partner: str, password: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("The password, shown once"))
        self.password = label(password, wrap=False)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.password.setFont(sized(QFont(fixed), 1.6, bold=True))
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        done = button(self.tr("I have written it down"), self.accept, primary=True)
        parts = column(
            heading(self.tr("Password of the workbook for {partner}").format(partner=partner)),
            self.password,
            label(self.tr(PASSWORD_ONCE)),
            row(None, done),
            spacing=PAD,
        )
        parts.setContentsMargins(PAD, PAD, PAD, PAD)
        self.setLayout(parts)
        self.setMinimumWidth(em(self, 40))
