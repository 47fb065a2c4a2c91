"""An open county file: the stages on the left, the page of one on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.define import DefinePage
from ddj_desktop.gui.pages.govern import GovernPage
from ddj_desktop.gui.pages.history import HistoryPage
from ddj_desktop.gui.pages.import_page import ImportPage
from ddj_desktop.gui.pages.match import MatchPage
from ddj_desktop.gui.pages.report import ReportPage
from ddj_desktop.gui.pages.share import SharePage
from ddj_desktop.gui.pages.this_month import ThisMonthPage
from ddj_desktop.gui.pages.understand import UnderstandPage
from ddj_desktop.gui.passphrases import ChangePassphrase, ask_again
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD
from ddj_desktop.gui.widgets.page import Page
from ddj_desktop.gui.widgets.parts import label
from ddj_desktop.gui.widgets.sidebar import Sidebar, Stop


class Workspace(QWidget):
    """The pages of one open county file. Files dropped anywhere go to Import."""

    shown = Signal(str)
    """The name of the page that came to the front."""
    counts = Signal(str)

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.setAcceptDrops(True)
        self.this_month = ThisMonthPage(desk, preferences)
        self.importing = ImportPage(desk, preferences)
        self.match = MatchPage(desk, preferences)
        self.define = DefinePage(desk, preferences)
        self.understand = UnderstandPage(desk, preferences)
        self.report = ReportPage(desk, preferences)
        self.share = SharePage(desk, preferences)
        self.govern = GovernPage(desk, preferences)
        self.history = HistoryPage(desk, preferences)
        self.pages: tuple[Page, ...] = (
            self.this_month,
            self.importing,
            self.match,
            self.define,
            self.understand,
            self.report,
            self.share,
            self.govern,
            self.history,
        )
        self.sidebar = Sidebar(self._stops())
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
            page.go.connect(self.go)
            page.counts.connect(self.counts)
            page.badge.connect(self.sidebar.badge)
        self.sidebar.chosen.connect(self.go)
        desk.proof_wanted.connect(lambda go_on: ask_again(desk, self, go_on))
        self._lay_out()

    def _stops(self) -> tuple[Stop, ...]:
        return (
            Stop("this_month", "", self.tr("This month")),
            Stop("import", "1", self.tr("Import")),
            Stop("match", "2", self.tr("Match")),
            Stop("define", "3", self.tr("Define")),
            Stop("understand", "4", self.tr("Understand")),
            Stop("report", "5", self.tr("Report")),
            Stop("share", "6", self.tr("Share")),
            Stop("govern", "7", self.tr("Govern")),
            Stop("history", "", self.tr("History")),
        )

    def _lay_out(self) -> None:
        inside = QHBoxLayout()
        inside.setSpacing(0)
        inside.addWidget(self.sidebar)
        inside.addWidget(self.stack, 1)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        if self.desk.is_demo:
            bar = QFrame()
            bar.setObjectName("demo")
            line = QHBoxLayout(bar)
            line.setContentsMargins(2 * PAD, 4, 2 * PAD, 4)
            words = self.tr("DEMO - made-up people. Nothing here is real or mixes with your own county.")
            line.addWidget(label(words, wrap=False), 1, Qt.AlignmentFlag.AlignCenter)
            outside.addWidget(bar)
        outside.addLayout(inside, 1)

    @property
    def current(self) -> Page:
        """The page in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def go(self, name: str) -> None:
        """Bring a page to the front."""
        page = next(each for each in self.pages if each.name == name)
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(name)
        self.counts.emit("")
        page.enter()
        self.shown.emit(name)

    def carry_out(self, name: str) -> None:
        """Do what a command of the menus says; one that belongs to a page brings the page to the front first."""
        page, act = {
            "add_files": ("import", self.importing.choose_files),
            "run_month": ("this_month", self.this_month.run_month),
            "match": ("match", self.match.run),
            "review": ("match", self.match.start_review),
            "undo": ("match", self.match.undo),
            "save_packet": ("report", self.report.save_as),
            "print": ("report", self.report.print_packet),
            "back_up": ("", self.history.back_up),
            "check": ("", self.history.check_file),
            "passphrase": ("", lambda: ChangePassphrase(self.desk, self).open()),
            "refresh": ("", self.current.refresh),
        }[name]
        if page:
            self.go(page)
        act()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.go("import")
            self.importing.add_files(files)
