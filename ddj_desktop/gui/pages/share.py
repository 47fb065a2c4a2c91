"""Share: a protected summary for a partner, through the one gate. The gate's refusal is shown word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.releases import release_rows, releases_table
from ddj_desktop.gui.password_once import PasswordOnce
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.month_box import MonthBox
from ddj_desktop.gui.widgets.page import Empty, Page, Stack
from ddj_desktop.gui.widgets.parts import allow, button, card, choice_box, column, heading, label, named, row
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import DdjError
from ddj_desktop.registers.partners import Partner, all_partners
from ddj_desktop.screens.endings import reminders, soonest
from ddj_desktop.screens.share_level import SHARE_LEVELS, in_the_file, share_level
from ddj_desktop.workflow import lists
from ddj_desktop.workflow.endings import Ending, endings
from ddj_desktop.workflow.extracting import Asked, Shared
from ddj_desktop.workflow.line import Step, changed_at
from ddj_desktop.workflow.sharing import share_with_partner


class SharePage(Page):
    """What, for whom, and what has gone before."""

    name = "share"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "A summary holds counts only, with small ones hidden. It can go only to a partner whose agreement "
                "covers it, and rows about people only with much more; if it can not go, the reason is said here, and "
                "who can mend it."
            ),
        )
        self.ending: list[Ending] = []
        self.untold: list[tuple[str, str]] = []
        """Partners and passwords that nobody wrote down yet: a window that was locked meanwhile shows them later."""
        self.partner = choice_box(self.tr("Partner"))
        self.months = MonthBox(self.tr("Month of the summary"))
        self.level = choice_box(self.tr("What to share"))
        for level in SHARE_LEVELS:
            self.level.addItem(self.tr(level.words), level.name)
        self.level.activated.connect(lambda _index: self._show_level())
        self.reason = named(QLineEdit(), self.tr("Why the rows are asked for"))
        self.reason.setPlaceholderText(self.tr("Why they are asked for"))
        self.make = button(self.tr("Make the summary…"), self.choose_folder, primary=True)
        self.gone = releases_table(self.tr("What went out before"))
        self._lay_out()
        self.title(self.tr("Share: a summary for a partner"))

    def _lay_out(self) -> None:
        frame, inside = card()
        inside.addWidget(heading(self.tr("For a partner")))
        inside.addLayout(
            row(
                self.level,
                label(self.tr("for"), wrap=False),
                self.partner,
                label(self.tr("about"), wrap=False),
                self.months,
                self.make,
                None,
            )
        )
        inside.addWidget(self.reason)
        self.checks = label(muted=True)
        inside.addWidget(self.checks)
        self.ends = label()
        self.partner.currentTextChanged.connect(lambda _name: self._show_end())
        inside.addWidget(self.ends)
        self._show_level()
        self.gone.setMinimumHeight(em(self, 8))
        self.full = QWidget()
        self.full.setLayout(column(frame, heading(self.tr("What went out before"), 1.1), self.gone))
        self.empty = Empty()
        self.empty.say(
            self.tr("No partner yet"),
            self.tr("A summary goes to a partner with a signed agreement. The registers are on the Govern page."),
            self.tr("Go to Govern"),
        )
        self.empty.act.clicked.connect(lambda: self.go.emit("govern"))
        self.sheets = Stack()
        for sheet in (QWidget(), self.empty, self.full):
            self.sheets.addWidget(sheet)
        self.body.addWidget(self.sheets, 1)

    def _show_level(self) -> None:
        level = share_level(self.level.currentData())
        self.reason.setVisible(level.asked_for)
        self.make.setText(self.tr(level.button))
        self.make.setAccessibleName(self.make.text().rstrip("…"))
        self.checks.setText(self.tr(level.checks))

    def _show_end(self) -> None:
        one = soonest(self.ending, self.partner.currentText())
        self.ends.setText(reminders([one])[0].text if one else "")
        self.ends.setVisible(one is not None)

    def reload(self) -> None:
        self.desk.read(
            lambda lane: (
                endings(lane),
                all_partners(lane),
                lists.months_with_contacts(lane),
                lists.default_month(lane),
                lists.releases(lane),
            ),
            self._came,
        )

    def _came(self, found: tuple[list[Ending], list[Partner], list[Month], Month | None, list[dict[str, Any]]]) -> None:
        self.ending, partners, months, best, releases = found
        chosen = self.partner.currentText()
        self.partner.clear()
        self.partner.addItems([partner.name for partner in partners if partner.active])
        self.partner.setCurrentIndex(max(0, self.partner.findText(chosen)))
        self._show_end()
        self.months.fill(months, best)
        self.sheets.setCurrentWidget(self.full if self.partner.count() else self.empty)
        allow(self.make, bool(months) and not self.desk.busy, self.tr("Add files and match people first."))
        went = [line for line in releases if line["kind"] != "packet"]
        self.gone.set_rows(release_rows(went))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_password()

    def _tell_password(self) -> None:
        """Show a password while this page is in front, never over the sheet of the lock."""
        if self.untold and self.isVisible() and not any(one.isVisible() for one in self.findChildren(PasswordOnce)):
            dialog = PasswordOnce(*self.untold[0], self)
            dialog.accepted.connect(lambda: self.untold.pop(0))
            dialog.open()

    def choose_folder(self) -> None:
        """Ask where to write it, in the system's own dialog."""
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Where to write the summary"), str(self.desk.project.path.parent)
        )
        if name:
            self.share_to(Path(name))

    def share_to(self, folder: Path) -> None:
        """Write the summary through the gate, or say why it may not go."""
        month, partner, project = self.months.month, self.partner.currentText(), self.desk.project
        level, asked = self.level.currentData(), Asked(reason=self.reason.text())
        if month is None or not partner:
            return

        def shared(made: Shared) -> None:
            names = ", ".join(path.name for path in made.files)
            said = self.tr("Written for {partner}: {names}.").format(partner=partner, names=names)
            if made.password:
                said = f"{said} {in_the_file([name for name, _ in made.transforms], made.left_out)}"
                self.untold.append((partner, made.password))
            self.message.say("done", said)
            self._tell_password()

        def refused(error: Exception) -> None:
            self.desk.changed.emit(changed_at(Step.REGISTERS))  # the request itself may have been kept
            if isinstance(error, DdjError):
                self.message.say("stop", str(error), (self.tr("Go to Govern"), lambda: self.go.emit("govern")))

        self.desk.write(
            self.tr("Making the summary"),
            lambda lane, progress: share_with_partner(
                project, lane, partner, level, folder, progress, month, asked=asked
            ),
            shared,
            refused,
        )
