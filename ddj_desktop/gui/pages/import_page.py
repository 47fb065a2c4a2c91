"""Import: put files in the basket, look at what each seems to hold, take them in, see that the rows add up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.codes_sheet import CodesSheet
from ddj_desktop.gui.pages.import_later import Later
from ddj_desktop.gui.pages.import_parts import SheetForm, ask_password
from ddj_desktop.gui.pages.import_result import ResultSheet
from ddj_desktop.gui.pages.taken_in import TakenIn
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.page import Empty, Page, Stack
from ddj_desktop.gui.widgets.parts import GLYPHS, allow, button, column, label, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.intake.errors import HasPassword, WrongPassword
from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.kernel.errors import DdjError, Stopped
from ddj_desktop.screens.import_draft import Basket, Entry
from ddj_desktop.screens.wording import kind_in_words, many
from ddj_desktop.workflow import layouts, lists, mending, taking_in
from ddj_desktop.workflow.line import Step
from ddj_desktop.workflow.lists import ImportLine

FILES = "*.ddjlayout *.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.zip"


class ImportPage(Page):
    """The basket on top, the chosen sheet under it."""

    name = "import"
    concerns = frozenset({Step.IMPORTED})

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "Drop the files as the agencies sent them, anywhere on this window. Each is read as it is; the files "
                "themselves are never changed, and every import can be removed again."
            ),
        )
        self.basket = Basket()
        self.passwords: dict[Path, str] = {}
        self.add = button(self.tr("+ Add files…"), self.choose_files)
        self.beside_title(self.add)
        self.empty = Empty()
        self.empty.say(
            self.tr("No files in the basket"),
            self.tr("Drop Excel or CSV files here. What each column seems to hold is suggested; you decide."),
            self.tr("Add files…"),
        )
        self.empty.act.clicked.connect(lambda: self.choose_files())
        self.so_far = TakenIn()
        self.codes = CodesSheet()
        self.table = Table(self.tr("Files in the basket"), self._columns())
        self.table.moved.connect(self._show_chosen)
        self.form = SheetForm()
        self.result = ResultSheet()
        self.refusal = label()
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail = Stack()
        for sheet in (QWidget(), self.form, self.result, self.refusal):
            self.detail.addWidget(sheet)
        self.drop = button(self.tr("Take out of the basket"), self.take_out)
        self.try_first = button(self.tr("Check first, change nothing"), self.check_first)
        self.take_in = button(self.tr("Import"), self.import_ready, primary=True)
        self.later = Later(self)
        self._connect()
        self._lay_out()
        self.show_basket()

    def _connect(self) -> None:
        self.so_far.remove.connect(self.remove_import)
        self.so_far.mend.connect(self.later.mend_columns)
        self.so_far.codes.connect(self.later.show_codes)
        self.so_far.save_layout.connect(self.later.save_layout)
        self.codes.keep.connect(self.later.keep_code)
        self.codes.back.connect(self._leave_codes)
        self.form.changed.connect(self._form_changed)
        self.form.read_again.connect(self._read_again)
        self.form.heading_in.connect(self._heading_in)
        self.result.remove.connect(self.remove_import)
        self.result.save_list.connect(self.later.save_list)
        self.result.go_on.connect(lambda: self.go.emit("match"))

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.detail)
        halves.setStretchFactor(1, 1)
        halves.setSizes([em(self, 7), em(self, 24)])
        self.table.setMinimumHeight(em(self, 4.5))
        full = QWidget()
        inside = column(halves, row(self.drop, None, self.try_first, self.take_in))
        inside.setStretch(0, 1)
        full.setLayout(inside)
        self.sheets = Stack()
        for sheet in (self.empty, full, self.so_far, self.codes):
            self.sheets.addWidget(sheet)
        self.body.addWidget(self.sheets, 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("File"), width=13),
            Column(self.tr("Recognised as"), width=9.5),
            Column(self.tr("State"), width=9),
            Column(self.tr("Rows"), right=True, width=5),
            Column(self.tr("New"), right=True, width=5),
            Column(self.tr("Changed"), right=True, width=6),
            Column(self.tr("Already here"), right=True, width=8),
            Column(self.tr("Set aside"), right=True, width=6.5),
        )

    def reload(self) -> None:
        self.desk.read(lists.imports, self._so_far_came)

    def _so_far_came(self, lines: list[ImportLine]) -> None:
        self.so_far.show_lines(lines)
        self._show_rows(max(self.spot, 0))

    # files in -----------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask which files, in the system's own dialog."""
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add files"), "", self.tr("Tables ({kinds});;All files (*)").format(kinds=FILES)
        )
        if names:
            self.add_files(names)

    def add_files(self, names: Sequence[str | Path]) -> None:
        """Put files in the basket and start reading them."""
        given = [Path(name) for name in names]
        for path in given:
            if path.suffix == layouts.ENDING:
                self.later.use_layout(path)
        paths = [path for path in given if path.suffix != layouts.ENDING]
        self.basket = self.basket.add(paths)
        self.show_basket(len(self.basket.entries) - 1)
        for path in paths:
            self._read(path)

    def _read(
        self, path: Path, source: str | None = None, kind: str | None = None, heading: tuple[str, int] | None = None
    ) -> None:
        def came(drafts: list[Draft]) -> None:
            self.basket = self.basket.came(path, drafts)
            self.show_basket()

        def refused(error: Exception) -> None:
            if isinstance(error, HasPassword | WrongPassword) and (word := ask_password(self, str(error))):
                self.passwords[path] = word
                return self._read(path, source, kind, heading)
            words = str(error) if isinstance(error, DdjError) else self.tr("This file can't be read.")
            self.basket = self.basket.refused(path, words)
            self.show_basket()

        known = self.passwords.get(path)
        self.desk.read(lambda lane: taking_in.preview(lane, path, source, kind, None, heading, known), came, refused)

    def _read_again(self, kind: str) -> None:
        entry = self.chosen
        if entry and entry.draft:
            self.basket = self.basket.reading_again(entry.path)
            self._read(entry.path, None, kind)
            self.show_basket()

    def _heading_in(self, line: int) -> None:
        entry = self.chosen
        if entry and entry.draft and entry.mends is None:
            self.basket = self.basket.reading_again(entry.path)
            self._read(entry.path, entry.draft.source, entry.draft.kind, (entry.draft.sheet, line))
            self.show_basket()

    # what is chosen -----------------------------------------------------------------------------------------

    @property
    def spot(self) -> int:
        """Place of the chosen entry; -1 for none."""
        row_index = self.table.currentIndex().row()
        return row_index if 0 <= row_index < len(self.basket.entries) else -1

    @property
    def chosen(self) -> Entry | None:
        """The chosen entry."""
        return self.basket.entries[self.spot] if self.spot >= 0 else None

    def _form_changed(self, entry: Entry) -> None:
        spot = self.spot
        if spot >= 0:
            self.basket = self.basket.put(spot, entry)
            self._show_rows(spot)
            self._show_buttons()

    def _leave_codes(self) -> None:
        self.sheets.setCurrentIndex(0)
        self.show_basket()

    def show_basket(self, spot: int = -1) -> None:
        """Show the basket as it is now."""
        self._show_rows(spot if spot >= 0 else max(self.spot, 0))
        self._show_chosen()
        self._show_buttons()

    def _show_rows(self, spot: int) -> None:
        other = 2 if self.so_far.lines else 0
        if self.basket.entries or self.sheets.currentWidget() is not self.codes:
            self.sheets.setCurrentIndex(1 if self.basket.entries else other)
        self.add.setVisible(self.sheets.currentIndex() > 0)
        self.table.blockSignals(True)
        self.table.set_rows([self._line(entry) for entry in self.basket.entries])
        told = any(entry.tried or entry.result for entry in self.basket.entries)
        for heap in range(4, 8):  # the heaps are shown once a trial or an import has filled them
            self.table.setColumnHidden(heap, not told)
        if self.basket.entries:
            self.table.choose(min(spot, len(self.basket.entries) - 1))
        self.table.blockSignals(False)

    def _line(self, entry: Entry) -> tuple[Any, ...]:
        draft, told = entry.draft, entry.result or entry.tried
        sheets = len(draft.file.sheets) if draft else 1
        name = f"{entry.path.name} · {draft.sheet}" if draft and sheets > 1 else entry.path.name
        known = f"{kind_in_words(draft.kind)} ({draft.kind_sure})" if draft else ""
        rows = told.rows if told else len(entry.sheet.lines) if entry.sheet else None
        heaps = (told.new, told.changed, told.already_here, told.set_aside) if told else (None,) * 4
        state, word = entry.state
        return name, known, f"{GLYPHS[state]} {word}", rows, *heaps

    def _show_chosen(self, _row: int = -1) -> None:
        entry = self.chosen
        if entry is None or entry.waiting:
            self.detail.setCurrentIndex(0)
        elif entry.refused:
            self.refusal.setText(entry.refused)
            self.detail.setCurrentWidget(self.refusal)
        elif entry.result:
            self.result.show_result(entry.result)
            self.detail.setCurrentWidget(self.result)
        else:
            self.form.show_entry(entry)
            self.detail.setCurrentWidget(self.form)

    def _show_buttons(self) -> None:
        ready = self.basket.ready
        self.title(self._sentence(len(ready)))
        words = self.tr("Import {n} file") if len(ready) == 1 else self.tr("Import {n} files")
        self.take_in.setText(words.format(n=len(ready)) if ready else self.tr("Import"))
        self.take_in.setAccessibleName(self.take_in.text())
        reason = self.tr("Nothing in the basket is ready yet.")
        if self.desk.busy:
            reason = self.tr("Something else is being saved; it will be free in a moment.")
        allow(self.take_in, bool(ready) and not self.desk.busy, reason)
        allow(self.try_first, bool(ready) and not self.desk.busy, reason)
        allow(self.drop, self.spot >= 0, self.tr("Choose a file in the basket first."))

    def _sentence(self, ready: int) -> str:
        if not self.basket.entries:
            return self.tr("Import: add the files of the month")
        open_ones = sum(1 for entry in self.basket.entries if entry.draft and not entry.result and not entry.ready)
        if ready and not open_ones:
            return self.tr("Import: {n} ready").format(n=many(ready, self.tr("file is"), self.tr("files are")))
        if open_ones:
            return self.tr("Import: {n} your choice").format(
                n=many(open_ones, self.tr("file waits for"), self.tr("files wait for"))
            )
        return self.tr("Import")

    # acts ---------------------------------------------------------------------------------------------------

    def take_out(self) -> None:
        """Take the chosen entry out of the basket."""
        if self.spot >= 0:
            self.basket = self.basket.drop(self.spot)
            self.show_basket()

    def _drafts(self) -> tuple[list[int], list[Draft]]:
        spots = [spot for spot in self.basket.ready if self.basket.entries[spot].mends is None]
        return spots, [draft for spot in spots if (draft := self.basket.entries[spot].draft)]

    def check_first(self) -> None:
        """Say what taking the files in would do, without doing it."""
        spots, drafts = self._drafts()
        project = self.desk.project

        def told(results: list[ImportResult]) -> None:
            self.basket = self.basket.tried(spots, results)
            self.show_basket()

        self.desk.write(
            self.tr("Checking"), lambda lane, progress: taking_in.try_drafts(project, lane, drafts, progress), told
        )
        self._show_buttons()

    def import_ready(self) -> None:
        """Take in every file that is ready."""
        spots = self.basket.ready
        entries = [(entry.mends, entry.draft) for spot in spots if (entry := self.basket.entries[spot]).draft]
        if not entries or self.desk.busy:
            return
        project = self.desk.project

        def taken(results: list[ImportResult]) -> None:
            self.basket = self.basket.taken_in(spots, results)
            self.show_basket(spots[0])
            self._try_the_rest_again()
            new = sum(result.new + result.changed for result in results)
            self.message.say(
                "done",
                self.tr("{files} taken in: {rows} new or changed. People are matched next.").format(
                    files=many(len(results), self.tr("file"), self.tr("files")), rows=many(new, "row", "rows")
                ),
                (self.tr("Go to Match"), lambda: self.go.emit("match")),
            )

        def stopped(error: Exception) -> None:
            self._show_buttons()
            kind = "look" if isinstance(error, Stopped) else "stop"
            if isinstance(error, DdjError):
                self.message.say(kind, str(error))

        self.desk.write(
            self.tr("Importing"),
            lambda lane, progress: mending.take_all(project, lane, entries, progress),
            taken,
            stopped,
        )
        self._show_buttons()

    def _try_the_rest_again(self) -> None:
        """A sheet that waited may say more of what has just come in."""
        for entry in self.basket.entries:
            if entry.draft and not entry.result and not entry.ready and entry.mends is None:
                self.basket = self.basket.reading_again(entry.path)
                self._read(entry.path)

    def remove_import(self, import_id: int) -> None:
        """Say what taking one import back would do, and offer to do it."""
        project = self.desk.project

        def told(look: mending.RemovalPreview) -> None:
            self.message.say("look", look.sentence, (self.tr("Remove it"), lambda: self._remove(import_id)))

        self.desk.write(
            self.tr("Looking what that would do"),
            lambda lane, _p: mending.removal_preview(project, lane, import_id), told,
        )  # fmt: skip
        self._show_buttons()

    def _remove(self, import_id: int) -> None:
        project = self.desk.project

        def removed(_result: Any) -> None:
            self.basket = self.basket.without_import(import_id)
            self.show_basket()
            self.message.say("done", self.tr("The import was removed. The file can be taken in again as if new."))

        self.desk.write(
            self.tr("Removing an import"), lambda lane, _p: taking_in.remove_import(project, lane, import_id), removed
        )
        self._show_buttons()
