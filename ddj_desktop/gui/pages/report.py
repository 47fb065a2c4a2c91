"""Report: choose whom it is for and the month, build the packet, see the very pages, print or save them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from ddj_desktop.gui import printing
from ddj_desktop.gui.commands import allow_action
from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pdf_document import PdfDocument
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.widgets.month_box import MonthBox
from ddj_desktop.gui.widgets.page import Empty, Page, Stack
from ddj_desktop.gui.widgets.parts import allow, button, choice_box, column, label, named, row
from ddj_desktop.gui.widgets.pdf_view import PdfView
from ddj_desktop.kernel.dates import Month, day_in_words
from ddj_desktop.kernel.errors import DdjError
from ddj_desktop.screens.wording import local, many
from ddj_desktop.workflow import lists
from ddj_desktop.workflow.line import LINE
from ddj_desktop.workflow.lists import LineState
from ddj_desktop.workflow.looks import packet_given
from ddj_desktop.workflow.packets import AUDIENCES, PacketFiles, build_packet


class ReportPage(Page):
    """The packet builder."""

    name = "report"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "A packet holds no name of any person, and small counts are hidden in it. What you see here is the "
                "very file that is printed or saved; a workbook with the same figures is built beside it."
            ),
        )
        self.built: PacketFiles | None = None
        self.document: PdfDocument | None = None
        self.state: LineState | None = None
        self._actions: dict[str, QAction] = {}
        self.audience = choice_box(self.tr("For whom"))
        words = {
            "meeting": self.tr("the meeting"),
            "leadership": self.tr("county leaders"),
            "public": self.tr("the public"),
        }
        for name in AUDIENCES:
            self.audience.addItem(words[name], name)
        self.months = MonthBox(self.tr("Month of the packet"))
        self.build = button(self.tr("Build the packet"), self.build_packet, primary=True)
        self.save = button(self.tr("Save as…"), self.save_as)
        self.print = button(self.tr("Print…"), self.print_packet)
        self.proof = QPushButton(self.tr("Black-and-white proof"))
        self.proof.setCheckable(True)
        named(self.proof, self.tr("Black-and-white proof"))
        self.view = PdfView()
        self.proof.toggled.connect(self.view.set_grey)
        self.view.moved.connect(lambda page, of: self.counts.emit(self.tr("page {n} of {m}").format(n=page, m=of)))
        self.smaller = named(button("−", lambda: self.view.zoom_by(0.8)), self.tr("Smaller"))
        self.larger = named(button("+", lambda: self.view.zoom_by(1.25)), self.tr("Larger"))
        self.fit = button(self.tr("Fit width"), lambda: self.view.set_zoom(0))
        self.empty = Empty()
        self.empty.act.clicked.connect(lambda: self._empty_act())
        self._lay_out()
        desk.changed.connect(self.after_change)
        self.title(self.tr("Report: the packet for the meeting"))

    def _lay_out(self) -> None:
        self.body.addLayout(
            row(
                label(self.tr("A packet for"), wrap=False),
                self.audience,
                label(self.tr("about"), wrap=False),
                self.months,
                self.build,
                None,
                self.print,
                self.save,
            )
        )
        self.view_tools = QWidget()
        self.view_tools.setLayout(row(self.proof, None, self.smaller, self.larger, self.fit))
        shown = QWidget()
        inside = column(self.view_tools, self.view)
        inside.setStretch(1, 1)
        shown.setLayout(inside)
        self.sheets = Stack()
        self.sheets.addWidget(self.empty)
        self.sheets.addWidget(shown)
        self.body.addWidget(self.sheets, 1)

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.read(
            lambda lane: (lists.line_state(lane), lists.months_with_contacts(lane), lists.default_month(lane)),
            self._came,
        )

    def _came(self, found: tuple[LineState, list[Month], Month | None]) -> None:
        self.state, months, best = found
        self.months.fill(months, best)
        self._show()

    def _why_not(self) -> str:
        if self.state is None or self.state.matched_at is None:
            return self.tr("Match people first.")
        if self.state.standing is None:
            return self.tr("Choose a definition first.")
        return self.tr("Something else is running.") if self.desk.busy else ""

    def _show(self) -> None:
        why_not = self._why_not()
        allow(self.build, not why_not, why_not)
        needs = self.tr("Build the packet first.")
        for control in (self.print, self.save, self.proof):
            allow(control, self.document is not None, needs)
        for name in ("print", "save_packet"):
            if name in self._actions:
                allow_action(self._actions[name], self.document is not None, needs)
        if self.document:
            self.sheets.setCurrentIndex(1)
            return
        self.sheets.setCurrentIndex(0)
        if self.state and self.state.matched_at and self.state.standing:
            waiting = ""
            if self.state.pairs_to_review:
                waiting = self.tr(" {n} not reviewed yet; the packet says so.").format(
                    n=many(self.state.pairs_to_review, self.tr("possible match is"), self.tr("possible matches are"))
                )
            self.empty.say(
                self.tr("No packet is open"),
                self._built_before() + self.tr("Building takes a few seconds.") + waiting,
                self.tr("Build the packet"),
            )
        elif self.state and self.state.matched_at:
            self.empty.say(
                self.tr("No packet yet"),
                self.tr("A packet needs a definition of who is on the list."),
                self.tr("Go to Define"),
            )
        else:
            self.empty.say(
                self.tr("No packet yet"),
                self.tr("A packet needs files taken in and people matched."),
                self.tr("Go to This month"),
            )

    def _built_before(self) -> str:
        """When a packet of this month was built last; '' where none was."""
        state, month = self.state, self.months.month
        if state is None or month is None or state.last_packet_month != str(month):
            return ""
        when = local(state.last_packet_at)
        return self.tr("A packet of this month was built {day}. ").format(day=day_in_words(when)) if when else ""

    def _empty_act(self) -> None:
        if self.state and self.state.matched_at:
            self.build_packet() if self.state.standing else self.go.emit("define")
        else:
            self.go.emit("this_month")

    def tell_commands(self, actions: dict[str, QAction]) -> None:
        """The menu commands this page enables."""
        self._actions = actions
        self._show()

    # acts -----------------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where packets are built: beside the county file."""
        return self.desk.project.path.parent / "packets"

    def build_packet(self) -> None:
        """Count, protect, lay out; both files land in the folder of packets."""
        month = self.months.month
        if month is None or self._why_not():
            return
        project, audience, folder = self.desk.project, self.audience.currentData(), self.folder
        self.desk.write(
            self.tr("Building the packet"),
            lambda lane, progress: build_packet(project, lane, month, audience, folder, progress),
            self._built,
            self._not_built,
        )
        self._show()

    def _built(self, files: PacketFiles) -> None:
        self.built = files
        if self.document:
            self.view.close_document()
        self.document = PdfDocument(files.pdf)
        self._show()
        self.view.show_document(self.document)
        hidden = many(files.hidden, self.tr("number is"), self.tr("numbers are"))
        self.message.say(
            "done",
            self.tr(
                "{pages} built as {file} in the folder {folder}, with its workbook. {hidden} hidden because so "
                "few people stand behind them."
            ).format(
                pages=many(files.pages, self.tr("page"), self.tr("pages")),
                file=files.pdf.name,
                folder=files.pdf.parent.name,
                hidden=hidden,
            ),
        )

    def _not_built(self, error: Exception) -> None:
        self._show()
        if isinstance(error, DdjError):
            self.message.say("look", str(error))

    def after_change(self, changes: frozenset[object]) -> None:
        """Say that what the packet rests on has changed since it was built."""
        if self.built and changes & set(LINE):
            self.message.say(
                "look",
                self.tr("Something changed since this packet was built."),
                (self.tr("Build it again"), self.build_packet),
            )

    def save_as(self) -> None:
        """Save a copy of the packet, or of its workbook, where the person wants it."""
        if self.built is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the packet as"),
            str(Path.home() / self.built.pdf.name),
            self.tr("Packet (*.pdf);;Workbook with the same figures (*.xlsx)"),
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Copy the packet, or the workbook where the name ends in .xlsx."""
        if self.built is None:
            return
        source = self.built.xlsx if path.suffix.lower() == ".xlsx" else self.built.pdf
        path = path if path.suffix else path.with_suffix(source.suffix)
        try:
            shutil.copyfile(source, path)
        except OSError:
            words = self.tr("The folder {folder} isn't available. Choose another one.").format(folder=path.parent.name)
            self.message.say("stop", words, (self.tr("Choose…"), self.save_as))
            return
        self._keep_given(printed=False)
        self.message.say("done", self.tr("Saved as {file}.").format(file=path.name))

    def _keep_given(self, *, printed: bool) -> None:
        project, built = self.desk.project, self.built
        if built is not None:
            self.desk.note(lambda lane: packet_given(project, lane, built.release_id, printed=printed))

    def print_packet(self) -> None:
        """Print the pages of the preview."""
        if self.document and printing.ask_and_print(self.document, self):
            self._keep_given(printed=True)
            self.message.say("done", self.tr("Sent to the printer."))
