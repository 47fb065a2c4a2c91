"""History: everything that was done, by whom and when; an import or a decision can be taken back from here."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.widgets.page import Page
from ddj_desktop.gui.widgets.parts import allow, button, named, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.screens.past import PastAct, past_acts
from ddj_desktop.screens.wording import local, many, sentence_case
from ddj_desktop.workflow import actions, lists, matching, mending, taking_in
from ddj_desktop.workflow.checking import check_and_say
from ddj_desktop.workflow.looks import LOOKS


class HistoryPage(Page):
    """The acts of the log, newest first."""

    name = "history"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "Every act is kept with its day and who did it. Imports and decisions can be taken back from here, "
                "however long ago; nothing is ever erased from this list."
            ),
        )
        self.acts: list[PastAct] = []
        self.table = Table(
            self.tr("Acts"),
            (
                Column(self.tr("When"), width=12),
                Column(self.tr("Who"), width=8),
                Column(self.tr("What"), width=38),
                Column(self.tr("State")),
            ),
        )
        self.table.moved.connect(lambda _row: self._show_button())
        self.take_back = button(self.tr("Take this back"), self.undo)
        self.save = button(self.tr("Back up now"), self.back_up)
        self.check = button(self.tr("Check the county file"), self.check_file)
        words = self.tr("Who opened the file and looked at whom, too")
        self.looks = named(QCheckBox(words), words)
        self.looks.toggled.connect(lambda _on: self.reload())
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.take_back, self.looks, None, self.check, self.save))
        self.title(self.tr("History"))
        self._show_button()

    def reload(self) -> None:
        without = () if self.looks.isChecked() else LOOKS
        self.desk.read(lambda lane: past_acts(lists.history(lane, without=without), lists.imports(lane)), self._came)

    def _came(self, acts: list[PastAct]) -> None:
        self.acts = acts
        self.table.set_rows([(local(act.done_at), act.actor, act.words, sentence_case(act.state)) for act in acts])
        self.title(self.tr("History: {n}").format(n=many(len(acts), self.tr("act"), self.tr("acts"))))
        self._show_button()

    def _chosen(self) -> PastAct | None:
        spot = self.table.currentIndex().row()
        if not 0 <= spot < len(self.acts):
            return None
        cells = self.table.rows_model.row(spot)
        return next(
            (act for act in self.acts if cells and (local(act.done_at), act.words) == (cells[0], cells[2])), None
        )

    def _show_button(self) -> None:
        chosen = self._chosen()
        words = self.tr("Take this back")
        if chosen and chosen.import_id is not None:
            words = self.tr("Remove this import")
        elif chosen and (chosen.pair or chosen.batch):
            words = self.tr("Undo this decision")
        elif chosen and chosen.place:
            words = self.tr("Ask as much as before")
        self.take_back.setText(words)
        self.take_back.setAccessibleName(words)
        why_not = "" if chosen and chosen.can_undo else self.tr("Choose an import or a decision that still stands.")
        if self.desk.busy:
            why_not = self.tr("Something else is running.")
        allow(self.take_back, not why_not, why_not)

    def undo(self) -> None:
        """Take the chosen act back."""
        chosen, project = self._chosen(), self.desk.project
        if chosen is None or self.desk.busy:
            return
        if chosen.import_id is not None:
            number = chosen.import_id
            self.desk.write(
                self.tr("Looking what that would do"),
                lambda lane, _p: mending.removal_preview(project, lane, number),
                lambda look: self.message.say(
                    "look", look.sentence, (self.tr("Remove it"), lambda: self._remove(number))
                ),
            )
        elif chosen.pair:
            left, right = chosen.pair
            self.desk.write(
                self.tr("Undoing a decision"),
                lambda lane, _p: actions.decide(project, lane, left, right, "withdrawn"),
                lambda _r: self.message.say("done", self.tr("The decision was taken back. The pair is open again.")),
            )
        elif chosen.batch:
            batch = chosen.batch
            self.desk.write(
                self.tr("Undoing decisions"),
                lambda lane, _p: matching.withdraw_batch(project, lane, batch),
                lambda n: self.message.say(
                    "done", self.tr("{n} taken back.").format(n=many(n, self.tr("decision"), self.tr("decisions")))
                ),
            )
        elif chosen.place:
            place = chosen.place
            self.desk.write(
                self.tr("Going back to how much was asked before"),
                lambda lane, _p: matching.ask(project, lane, place),
                lambda _r: self.message.say("done", self.tr("As much is asked as before.")),
            )
        self._show_button()

    def _remove(self, import_id: int) -> None:
        project = self.desk.project
        self.desk.write(
            self.tr("Removing an import"),
            lambda lane, _p: taking_in.remove_import(project, lane, import_id),
            lambda _r: self.message.say(
                "done", self.tr("The import was removed. Match again to bring people up to date.")
            ),
        )

    def back_up(self) -> None:
        """Make a verified backup now."""
        project = self.desk.project
        self.desk.write(
            self.tr("Making a backup"),
            lambda lane, _p: project.back_up(lane),
            lambda path: self._tell(
                self.tr("Everything was saved already; a backup was made as {file}.").format(file=path.name)
            ),
        )

    def check_file(self) -> None:
        """Read every block of the county file and verify its log."""
        project = self.desk.project
        self.desk.write(self.tr("Checking the county file"), lambda _lane, _p: check_and_say(project), self._checked)

    def _checked(self, found: Any) -> None:
        self._tell(
            self.tr("The county file is sound: every block was read, {acts} of the log agree.").format(
                acts=many(found.acts, self.tr("act"), self.tr("acts"))
            )
        )

    def _tell(self, sentence: str) -> None:
        """Shown on the page in front: both commands are in the menu, too."""
        self.desk.told.emit(sentence)
