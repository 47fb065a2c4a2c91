"""What the Import page does about files taken in before: columns mended, codes, layouts, the list for the sender."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog

from ddj_desktop.intake.types import Draft, ImportResult
from ddj_desktop.registers.errors import NotALayout
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import layouts, mending
from ddj_desktop.workflow.project import Project

if TYPE_CHECKING:
    from ddj_desktop.gui.pages.import_page import ImportPage


class Later(QObject):
    """The acts of the page on what was taken in."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self._page = page

    def mend_columns(self, import_id: int) -> None:
        """Put an import in the basket to settle its columns anew, without its file."""

        def came(draft: Draft) -> None:
            self._page.basket = self._page.basket.mend(import_id, draft)
            self._page.show_basket(len(self._page.basket.entries) - 1)

        self._page.desk.read(lambda lane: mending.draft_again(lane, import_id), came)

    def show_codes(self) -> None:
        """Show the codes in use."""

        self._page.message.clear()

        def came(codes: list[mending.CodeInUse]) -> None:
            self._page.codes.show_codes(codes)
            self._page.sheets.setCurrentWidget(self._page.codes)

        self._page.desk.read(mending.codes_in_use, came)

    def keep_code(self, one: mending.CodeInUse, meaning: str) -> None:
        """Keep what a source means by a code."""
        project = self._page.desk.project
        self._page.desk.write(
            self.tr("Keeping a meaning"),
            lambda lane, progress: mending.set_code_meaning(
                project, lane, one.source_id, one.field, one.code, meaning, progress
            ),
            lambda _done: self.show_codes(),
        )

    def save_layout(self, source: str) -> None:
        """Ask where, and save a source's layout as a small file for another county."""
        name, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save its layout"), f"{source}{layouts.ENDING}", f"(*{layouts.ENDING})"
        )
        if name:
            self._told(
                self.tr("Saving a layout"),
                lambda project, lane: layouts.save_layout(project, lane, source, Path(name)),
                self.tr("The layout was saved. It holds headings and codes, no rows: it may be given to others."),
            )

    def use_layout(self, path: Path) -> None:
        """Use a layout another county saved, for the source it names, else the one the person names."""
        try:
            source = layouts.source_named_in(path) or self._asked_source(path)
        except NotALayout as error:
            self._page.message.say("stop", str(error))
            return
        if source:
            self._told(
                self.tr("Taking a layout in"),
                lambda project, lane: layouts.use_layout(project, lane, path, source),
                self.tr("The next file of {source} is read by this layout.").format(source=source),
            )

    def _asked_source(self, path: Path) -> str:
        """The source a layout is for, as the person says; empty where it is not to be used."""
        words, given = QInputDialog.getText(
            self._page, self.tr("Use a layout"),
            self.tr("The source whose files are read by the layout {file}:").format(file=path.name),
        )  # fmt: skip
        return words.strip() if given else ""

    def _told(self, words: str, act: Callable[[Project, Lane], Any], said: str) -> None:
        project = self._page.desk.project
        self._page.desk.write(
            words, lambda lane, _p: act(project, lane), lambda _done: self._page.message.say("done", said)
        )

    def save_list(self, result: ImportResult, path: Path) -> None:
        """Write the list for the sender."""
        self._told(
            self.tr("Writing the list"),
            lambda project, lane: mending.save_sender_list(project, lane, result, path),
            self.tr("The list was saved as {file}. Give it to the sender alone.").format(file=path.name),
        )
