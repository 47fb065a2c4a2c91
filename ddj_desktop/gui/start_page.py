"""The first page: open a county file, make a new one, or look round the made-up demo county."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ddj_desktop.gui.recovery_form import RecoveryForm
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.message import Message
from ddj_desktop.gui.widgets.page import Stack
from ddj_desktop.gui.widgets.parts import (
    allow,
    button,
    card,
    choice_box,
    column,
    empty,
    heading,
    label,
    named,
    row,
    scrolling,
)
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.screens.new_county import STATES, NewCounty


class StartPage(QWidget):
    """Three ways in. It asks; the window opens."""

    open_file = Signal(object, str, str)
    """A path, the passphrase, and the recovery code where the passphrase is to be a new one."""
    make_new = Signal(object)
    """A NewCounty with every answer."""
    open_demo = Signal()
    cancelled = Signal()

    def __init__(self, recent: list[Path], folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.message = Message()
        self.stack = Stack()
        self.ways = _Ways(self.choose_file, self.ask_new, self.open_demo.emit, self.ask_passphrase)
        self.unlock = _Unlock(self.open_file.emit, self.ask_recovery, self.show_ways)
        self.recovery = RecoveryForm(self.open_file.emit, self.ask_passphrase)
        self.form = _NewForm(folder, self.make_new.emit, self.show_ways)
        self.waiting = _Waiting(self.cancelled.emit)
        self._asked_from: QWidget = self.ways
        for sheet in (self.ways, self.unlock, self.recovery, self.form, self.waiting):
            self.stack.addWidget(sheet)
        inside = QWidget()
        inside.setMaximumWidth(em(self, 56))
        inside.setLayout(column(self.message, self.stack, spacing=2 * PAD))
        holder = QWidget()
        line = QVBoxLayout(holder)
        line.setContentsMargins(3 * PAD, 4 * PAD, 3 * PAD, 3 * PAD)
        line.addWidget(inside, 1, Qt.AlignmentFlag.AlignHCenter)
        inside.setMinimumWidth(em(self, 36))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scrolling(holder, self.tr("Start page")))
        self.ways.show_recent(recent)

    def show_ways(self, recent: list[Path] | None = None) -> None:
        """Back to the three ways in."""
        self.stack.setCurrentWidget(self.ways)
        if recent is not None:
            self.ways.show_recent(recent)
        self.ways.open.setFocus()

    def choose_file(self) -> None:
        """Ask which file, in the system's own dialog."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a county file"), str(self._folder), self.tr("County files (*.ddj)")
        )
        if name:
            self.ask_passphrase(Path(name))

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase of a file."""
        self.unlock.ask(path)
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.passphrase.setFocus()

    def ask_recovery(self, path: Path) -> None:
        """Ask for the recovery code of a file and a new passphrase."""
        self.recovery.ask(path)
        self.stack.setCurrentWidget(self.recovery)
        self.recovery.code.setFocus()

    def ask_new(self) -> None:
        """Show the questions for a new county file."""
        self.stack.setCurrentWidget(self.form)
        self.form.county.setFocus()

    def wait(self, words: str, *, stoppable: bool = False) -> None:
        """Show that something is under way."""
        self.message.clear()
        self._asked_from = self.stack.currentWidget() or self.ways
        self.waiting.show_words(words, stoppable=stoppable)
        self.stack.setCurrentWidget(self.waiting)

    def refused(self, sentence: str) -> None:
        """Say why it could not be done, and go back to where it was asked."""
        self.message.say("stop", sentence)
        self.stack.setCurrentWidget(self._asked_from)


class _Ways(QWidget):
    def __init__(
        self,
        choose: Callable[[], None],
        new: Callable[[], None],
        demo: Callable[[], None],
        recent: Callable[[Path], None],
    ) -> None:
        super().__init__()
        self._pick = recent
        self.open = button(self.tr("Open a county file…"), choose, primary=True)
        self.new = button(self.tr("Make a new county file…"), new)
        self.demo = button(self.tr("Open the demo county"), demo)
        self._recent = column(spacing=0)
        words = self.tr(
            "Bring together what the jail, 911, ambulance, hospital and shelter know, find the people who come back "
            "most often, and print a packet for the meeting. Nothing leaves this computer."
        )
        title = heading(self.tr("From spreadsheets to the packet on the table"), 1.8)
        self.setLayout(column(title, label(words, muted=True), *self._cards(), None, spacing=2 * PAD))

    def _cards(self) -> list[QWidget]:
        opened, inside = self._card(
            self.tr("Open a county file"),
            self.tr("Everything a county has taken in is kept in one locked file. Its passphrase opens it."),
            self.open,
        )
        inside.addLayout(self._recent)
        made, _ = self._card(
            self.tr("Start your own county"),
            self.tr("Three questions and a passphrase. A recovery sheet is saved beside the file for your safe."),
            self.new,
        )
        shown, _ = self._card(
            self.tr("Look round first"),
            self.tr(
                "A made-up county with three years of jail, 911, ambulance, hospital and shelter records. "
                "Nobody in it is real. It is a file of its own and never mixes with yours."
            ),
            self.demo,
        )
        return [opened, made, shown]

    def _card(self, title: str, text: str, act: QWidget) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card()
        inside.addWidget(heading(title))
        inside.addWidget(label(text, muted=True))
        inside.addLayout(row(act, None))
        return frame, inside

    def show_recent(self, paths: list[Path]) -> None:
        """List the county files opened lately."""
        empty(self._recent)
        for path in paths[:4]:
            each = button(path.name, partial(self._pick, path), link=True)
            each.setToolTip(str(path))
            named(each, self.tr("Open {file} again").format(file=path.name))
            self._recent.addLayout(row(each, label(path.parent.name, muted=True, wrap=False), None))


class _Unlock(QWidget):
    def __init__(
        self, unlocked: Callable[[Path, str, str], None], recover: Callable[[Path], None], back: Callable[[], None]
    ) -> None:
        super().__init__()
        self.path: Path | None = None
        self._unlocked, self._recover = unlocked, recover
        self._title = heading("", 1.5)
        self.passphrase = named(QLineEdit(), self.tr("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._send)
        self.open = button(self.tr("Open"), self._send, primary=True)
        frame, inside = card()
        inside.addWidget(self._title)
        form = QFormLayout()
        form.addRow(self.tr("&Passphrase"), self.passphrase)
        inside.addLayout(form)
        inside.addWidget(
            label(
                self.tr(
                    "If it is lost, the recovery sheet in your safe makes a new key for the file. Five wrong ones "
                    "within fifteen minutes lock the file: then that sheet alone opens it."
                ),
                muted=True,
            )
        )
        recovery = button(self.tr("Use the recovery code…"), self._ask_recovery)
        inside.addLayout(row(recovery, None, self.open, button(self.tr("Back"), back)))
        self.setLayout(column(frame, None))

    def ask(self, path: Path) -> None:
        self.path = path
        self._title.setText(self.tr("Open {file}").format(file=path.name))
        self.passphrase.clear()

    def _send(self) -> None:
        if self.path:
            self._unlocked(self.path, self.passphrase.text(), "")

    def _ask_recovery(self) -> None:
        if self.path:
            self._recover(self.path)


class _NewForm(QWidget):
    def __init__(self, folder: Path, made: Callable[[NewCounty], None], back: Callable[[], None]) -> None:
        super().__init__()
        self.answers = NewCounty(folder=folder)
        self._made = made
        self.county = self._line("name", self.tr("County"), "Pine County")
        self.state = choice_box(self.tr("State"))
        self.state.addItems(["", *STATES])
        self.state.currentTextChanged.connect(lambda text: self._set(state=text))
        self.population = self._line("population", self.tr("Population"), self.tr("may be left empty"))
        self.first = self._line("passphrase", self.tr("Passphrase"), self.tr("four or more words"), hidden=True)
        self.second = self._line("again", self.tr("Passphrase again"), "", hidden=True)
        self._where = label(str(folder), muted=True)
        self.choose = button(self.tr("Choose another folder…"), self._choose)
        self.make = button(self.tr("Make the county file"), self._send, primary=True)
        self._missing = label(muted=True, wrap=False)
        self._lay_out(button(self.tr("Back"), back))
        self._set()

    def _lay_out(self, back: QWidget) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(PAD)
        form.setHorizontalSpacing(2 * PAD)
        form.addRow(self.tr("&County"), self.county)
        form.addRow(self.tr("&State"), self.state)
        form.addRow(self.tr("&Population, for rates"), self.population)
        form.addRow(self.tr("Kept in"), self._where)
        form.addRow("", row(self.choose, None))
        form.addRow(self.tr("P&assphrase"), self.first)
        form.addRow(self.tr("Passphrase a&gain"), self.second)
        frame, inside = card()
        inside.addWidget(heading(self.tr("A new county file"), 1.5))
        inside.addLayout(form)
        inside.addWidget(
            label(
                self.tr(
                    "The file is locked with the passphrase. A recovery sheet is saved beside it: print it, put its "
                    "first page in the safe, give the second to the privacy officer, and delete the copy on the disk. "
                    "Without passphrase and sheet nobody can open the file again."
                ),
                muted=True,
            )
        )
        inside.addLayout(row(self._missing, None, self.make, back))
        self.setLayout(column(frame, None))

    def _line(self, field: str, name: str, hint: str, *, hidden: bool = False) -> QLineEdit:
        made = named(QLineEdit(), name)
        made.setPlaceholderText(hint)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(lambda text: self._set(**{field: text}))
        return made

    def _set(self, **answers: object) -> None:
        self.answers = self.answers.choose(**answers)
        if hasattr(self, "make"):
            self._missing.setText(self.answers.missing)
            allow(self.make, self.answers.can_continue, self.answers.missing)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where to keep the county file"), self._where.text())
        if name:
            self._where.setText(name)
            self._set(folder=Path(name))

    def _send(self) -> None:
        self._made(self.answers)


class _Waiting(QWidget):
    def __init__(self, cancelled: Callable[[], None]) -> None:
        super().__init__()
        self._words = heading("", 1.3)
        self._step = label(muted=True)
        self._bar = named(QProgressBar(), self.tr("Progress"))
        self._bar.setTextVisible(False)
        self.cancel = button(self.tr("Cancel"), cancelled)
        frame, inside = card()
        for part in (self._words, self._step, self._bar):
            inside.addWidget(part)
        inside.addLayout(row(None, self.cancel))
        self.setLayout(column(frame, None))

    def show_words(self, words: str, *, stoppable: bool) -> None:
        self._words.setText(words)
        self._step.setText("")
        self._bar.setRange(0, 0)
        self.cancel.setVisible(stoppable)

    def watch(self, progress: Progress) -> None:
        """Follow a job."""
        self._step.setText(progress.name)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(min(progress.done, progress.total))
