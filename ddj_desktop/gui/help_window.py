"""Help inside the program: topics on the left, the page on the right. Needs no network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QMessageBox, QTextBrowser, QWidget

from ddj_desktop import __version__
from ddj_desktop.gui.resources import help_text, help_topics
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.parts import named

FIRST = (
    "start",
    "this_month", "this_month_more",
    "import", "import_kinds", "import_more",
    "match", "match_more", "match_decides", "match_sheets",
    "define", "define_try", "define_more",
    "understand", "understand_rest",
    "report", "report_more",
    "share", "share_rows", "share_names",
    "govern", "govern_more", "govern_rare",
    "history",
    "keys",
)  # fmt: skip
"""The topics in the order of the work; what goes further stands after its page."""


class HelpWindow(QDialog):
    """Stays beside the main window while the work goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setModal(False)
        self.resize(em(self, 49), em(self, 34))
        self.topics = named(QListWidget(), self.tr("Topics"))
        self.topics.setObjectName("topics")
        self.topics.setTabKeyNavigation(False)
        self.topics.setFixedWidth(em(self, 15))
        self.text = named(QTextBrowser(), self.tr("Help text"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(lambda link: self.show_topic(link.path().removesuffix(".md")))
        there = help_topics()
        for topic in [*(each for each in FIRST if each in there), *(each for each in there if each not in FIRST)]:
            title = help_text(topic).splitlines()[0].lstrip("# ")
            _page, further, short = title.partition(": ")
            item = QListWidgetItem(f"    {short}" if further else title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
            item.setData(Qt.ItemDataRole.UserRole, topic)
            self.topics.addItem(item)
        self.topics.currentItemChanged.connect(self._moved)
        line = QHBoxLayout(self)
        line.addWidget(self.topics)
        line.addWidget(self.text, 1)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item:
            self.text.setMarkdown(help_text(item.data(Qt.ItemDataRole.UserRole)))

    def show_topic(self, topic: str) -> None:
        """Bring a topic to the front."""
        for index in range(self.topics.count()):
            if self.topics.item(index).data(Qt.ItemDataRole.UserRole) == topic:
                self.topics.setCurrentRow(index)
        self.show()
        self.raise_()
        self.activateWindow()


def show_about(parent: QWidget) -> None:
    """Which program this is."""
    QMessageBox.about(
        parent,
        parent.tr("About DDJ desktop"),
        parent.tr(
            "DDJ desktop {version}\n\nFrom a county's spreadsheets to the packet on the table, on one computer, "
            "without a network."
        ).format(version=__version__),
    )
