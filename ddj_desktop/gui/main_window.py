"""The main window: menu bar, slim toolbar, the start page or the open county, status bar. It hands commands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QToolBar

from ddj_desktop.gui import commands, theme
from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.error_report import write_report
from ddj_desktop.gui.help_window import HelpWindow, show_about
from ddj_desktop.gui.lock import Lock
from ddj_desktop.gui.opening import Opening, make_county, open_county, open_demo
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.start_page import StartPage
from ddj_desktop.gui.widgets.parts import label, named
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.gui.widgets.task_bar import TaskBar
from ddj_desktop.gui.workspace import Workspace
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import OurFault, PersonCanFix, Stopped
from ddj_desktop.screens.new_county import NewCounty
from ddj_desktop.screens.wording import clock_time, local
from ddj_desktop.workflow.project import Project


class MainWindow(QMainWindow):
    """One window, one open county file."""

    def __init__(self, preferences: Preferences, documents: Path) -> None:
        super().__init__()
        self.preferences, self._documents = preferences, documents
        self.desk: Desk | None = None
        self.workspace: Workspace | None = None
        self.opening = Opening()
        self._help: HelpWindow | None = None
        self.start = StartPage(preferences.recent, documents)
        self.start.open_file.connect(self.open_file)
        self.start.make_new.connect(self.make_new)
        self.start.open_demo.connect(self.open_demo)
        self.start.cancelled.connect(self.opening.stop)
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.start)
        self.setCentralWidget(self.sheets)
        self.lock = Lock(self.sheets, preferences, self._show_state, self.close_county)
        self.actions_by_name = commands.build(self, self.carry_out)
        self._tool_bar()
        self._status_bar()
        self.setMinimumSize(QSize(1000, 600))
        self.resize(1280, 800)
        if preferences.geometry:
            self.restoreGeometry(preferences.geometry)
        self._show_state()

    # what frames the page ---------------------------------------------------------------------------------

    def _tool_bar(self) -> None:
        bar = named(QToolBar(self.tr("Main commands")), self.tr("Main commands"))
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for name, words in (
            ("add_files", self.tr("+ Add files")),
            ("run_month", self.tr("Run this month")),
            ("undo", self.tr("Undo")),
            ("names", self.tr("Names shown")),
            ("help", self.tr("Help")),
        ):
            action = self.actions_by_name[name]
            action.setIconText(words)
            bar.addAction(action)
            tool = bar.widgetForAction(action)
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            named(tool, words.lstrip("+ "))
            if name in ("run_month", "undo"):
                bar.addSeparator()
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self.tools = bar

    def _status_bar(self) -> None:
        self.task_bar = TaskBar()
        self.task_bar.cancelled.connect(self._stop)
        self._counts = label(muted=True, wrap=False)
        self._saved = label(muted=True, wrap=False)
        self._saved.setContentsMargins(12, 0, 14, 0)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.task_bar, 1)
        bar.addPermanentWidget(self._counts)
        bar.addPermanentWidget(self._saved)

    def _show_state(self) -> None:
        is_open, locked = self.desk is not None, self.lock.locked
        commands.set_open(self.actions_by_name, is_open, locked=locked)
        self.actions_by_name["names"].setChecked(bool(self.desk and self.desk.names_shown))
        self.tools.setVisible(is_open and not locked)
        self.statusBar().setVisible(not locked)
        if self.desk:
            county = self.desk.project.county
            self.setWindowTitle(f"{county.name}, {county.state} - {self.desk.project.path.name} - DDJ")
            if self.workspace and not locked:
                self.workspace.report.tell_commands(self.actions_by_name)
        else:
            self.setWindowTitle(self.tr("DDJ desktop"))
            self._saved.setText("")
            self._counts.setText("")

    def _stop(self) -> None:
        if self.desk:
            self.desk.stop()

    def _say(self, kind: str, sentence: str) -> None:
        if self.workspace:
            self.workspace.current.message.say(kind, sentence)

    def _say_saved(self, moment: datetime) -> None:
        here = local(moment)
        self._saved.setText(self.tr("All changes saved {time}").format(time=clock_time(here)) if here else "")

    # opening and closing ----------------------------------------------------------------------------------

    def open_file(self, path: Path, passphrase: str, recovery_code: str = "") -> None:
        """Open a county file and show it; with the recovery code, under a new passphrase."""
        self.start.wait(self.tr("Opening {file}").format(file=path.name))
        self.opening.start(lambda _: open_county(path, passphrase, recovery_code), self.show_project, self._not_opened)

    def make_new(self, answers: NewCounty) -> None:
        """Make a county file from the answers and show it."""
        self.start.wait(self.tr("Making {file}").format(file=answers.path.name if answers.path else ""))
        self.opening.start(lambda _: make_county(answers), self._made, self._not_opened)

    def open_demo(self) -> None:
        """Open the made-up county; the first time it is built, which takes a minute."""
        self.close_county()
        self.start.wait(self.tr("Getting the demo county ready"), stoppable=True)
        folder = self._documents / "DDJ demo county"
        self.opening.start(
            lambda progress: open_demo(folder, progress), self.show_project, self._not_opened, self.start.waiting.watch
        )

    def _made(self, made: tuple[Project, Path]) -> None:
        project, sheet = made
        self.show_project(project)
        if self.workspace:
            self.workspace.current.message.say(
                "done",
                self.tr("{file} is ready. Print {sheet}, put it in the safe, and delete the copy on the disk.").format(
                    file=project.path.name, sheet=sheet.name
                ),
            )

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, PersonCanFix | Stopped):
            self.start.refused(str(error))
        else:
            self.start.refused(str(OurFault(what="opening")))
            self.show_fault(error)

    def show_project(self, project: Project) -> None:
        """Put an open county file on the desk."""
        self.close_county()
        self.desk = Desk(project)
        self.workspace = Workspace(self.desk, self.preferences)
        self.workspace.counts.connect(self._counts.setText)
        self.desk.task_moved.connect(self.task_bar.show_task)
        self.desk.saved.connect(self._say_saved)
        self.desk.failed.connect(
            lambda sentence: self.workspace and self.workspace.current.message.say("stop", sentence)
        )
        self.desk.told.connect(lambda sentence: self.workspace and self.workspace.current.message.say("done", sentence))
        self.desk.fault.connect(self.show_fault)
        self.desk.names.connect(self.actions_by_name["names"].setChecked)
        if not self.desk.is_demo:
            self.preferences.opened(project.path)
        self.sheets.addWidget(self.workspace)
        self.sheets.setCurrentWidget(self.workspace)
        self.lock.guard(self.desk)
        self._show_state()
        self._say_saved(clock.now())
        self.workspace.go("this_month")
        self.workspace.sidebar.setFocus()

    def close_county(self) -> None:
        """Close the open county file, if any, and show the start page."""
        if self.desk is None or self.workspace is None:
            return
        self.task_bar.show_task(None)
        self.desk.close()
        self.sheets.removeWidget(self.workspace)
        self.workspace.deleteLater()
        self.desk = self.workspace = None
        self.lock.guard(None)
        self.sheets.setCurrentWidget(self.start)
        self.start.show_ways(self.preferences.recent)
        self._show_state()

    # commands ---------------------------------------------------------------------------------------------

    def carry_out(self, name: str) -> None:
        """Do what a command of the menus says."""
        if name.startswith("go:"):
            if self.workspace:
                self.workspace.go(name[3:])
                self.workspace.sidebar.setFocus()
            return
        self._window_commands().get(name, lambda: self._page_command(name))()

    def _window_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self._ask_new,
            "open": self._choose_file,
            "demo": self.open_demo,
            "close": self.close_county,
            "exit": self.close,
            "larger": lambda: self._text(1),
            "smaller": lambda: self._text(-1),
            "normal": lambda: self._text(0),
            "full": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
            "next_pane": self._next_pane,
            "help": self.show_help,
            "keys": lambda: self.show_help("keys"),
            "about": lambda: show_about(self),
            "lock": self.lock.close,
            "lock_after": lambda: self.lock.choose_minutes(self),
            "tips": self._tips,
        }

    def _ask_new(self) -> None:
        self.close_county()
        self.start.ask_new()

    def _choose_file(self) -> None:
        self.close_county()
        self.start.choose_file()

    def _page_command(self, name: str) -> None:
        if not self.workspace:
            return
        if name in ("copy", "copy_headings", "select_all"):
            table = QApplication.focusWidget()
            if isinstance(table, Table):
                table.selectAll() if name == "select_all" else table.copy(headings=name == "copy_headings")
        elif name == "names":
            self.workspace.desk.show_names(self.actions_by_name["names"].isChecked())
        else:
            self.workspace.carry_out(name)

    def _tips(self) -> None:
        self.preferences.show_tips_again()
        for page in self.workspace.pages if self.workspace else ():
            page.reset_tip()

    def _text(self, way: int) -> None:
        self.preferences.step_text(way)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, text_factor=self.preferences.text_factor)

    def _next_pane(self) -> None:
        """From the stages to the page to the tools, and round again."""
        if not self.workspace:
            self.start.setFocus()
        elif self.workspace.sidebar.hasFocus():
            self.workspace.current.focusNextChild()
        else:
            self.workspace.sidebar.setFocus()

    def show_help(self, topic: str = "") -> None:
        """Help on the page in front, or on a topic."""
        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_topic(topic or (self.workspace.current.name if self.workspace else "start"))

    # faults and the end -----------------------------------------------------------------------------------

    def show_fault(self, error: BaseException) -> None:
        """Say that it is our fault, that the data are safe, and keep a report without any of the county's data."""
        page = self.workspace.current if self.workspace else None
        report = write_report(error, page.name if page else "start", self._documents / "DDJ reports")
        sentence = self.tr(
            "Something went wrong inside the program. Your data are safe, and you can go on. A report for your helper "
            "was kept in {folder} as {file}; it holds no names."
        ).format(folder=report.parent.name, file=report.name)
        (page.message if page else self.start.message).say("stop", sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.geometry = self.saveGeometry()
        self.opening.close()
        self.close_county()
        event.accept()
