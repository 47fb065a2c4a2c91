"""This month: the checklist, one button a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.page import Page
from ddj_desktop.gui.widgets.parts import (
    StateWord,
    allow,
    button,
    card,
    column,
    empty,
    heading,
    in_order,
    label,
    named,
    rule,
    scrolling,
)
from ddj_desktop.kernel.dates import Month
from ddj_desktop.kernel.errors import DdjError
from ddj_desktop.linkage.county import MatchSummary
from ddj_desktop.screens.endings import Reminder, reminders
from ddj_desktop.screens.month_checklist import Line, checklist, headline, next_line
from ddj_desktop.screens.wording import many
from ddj_desktop.workflow import actions, defining, lists
from ddj_desktop.workflow.endings import Ending, endings
from ddj_desktop.workflow.line import Step
from ddj_desktop.workflow.lists import Closing, LineState

Found = tuple[LineState, Month | None, Closing, list[Ending]]


class ThisMonthPage(Page):
    """Where a session begins and ends."""

    name = "this_month"

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "The work of a month from top to bottom: files in, people matched, pairs reviewed, the list, the "
                "packet. Every line has one button; nothing is permanent."
            ),
        )
        self.run = button(self.tr("Run this month"), self.run_month)
        self.beside_title(self.run)
        self._frame, inside = card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * PAD)
        self._grid.setVerticalSpacing(PAD + 4)
        self._grid.setColumnStretch(2, 1)
        inside.addLayout(self._grid)
        self._reminders = QGridLayout()
        self._reminders.setHorizontalSpacing(2 * PAD)
        self._reminders.setColumnStretch(1, 1)
        sheet = QWidget()
        sheet.setLayout(column(self._frame, self._reminders, None, spacing=2 * PAD))
        self.body.addWidget(scrolling(sheet, self.tr("Checklist of the month")), 1)
        self.buttons: dict[str, QWidget] = {}
        self.state: LineState | None = None
        self.month: Month | None = None
        self.title(self.tr("This month"))

    def after(self, changes: frozenset[Step]) -> None:
        """Refreshed even while another page is in front: the words beside the stages come from here."""
        self.refresh()

    def reload(self) -> None:
        def look(lane: Any) -> Found:
            month = lists.default_month(lane)
            return lists.line_state(lane), month, lists.closing(lane, month), endings(lane)

        self.desk.read(look, self._show)

    def _show(self, found: Found) -> None:
        self.state, self.month, closing, ending = found
        lines = checklist(self.state, self.month, closing)
        self.title(headline(self.state, self.month))
        empty(self._grid)
        self.buttons = {}
        standing_out = next_line(lines)
        for spot, line in enumerate(lines):
            self._add_line(2 * spot, spot + 1, line, primary=spot == standing_out)
            if spot < len(lines) - 1:
                self._grid.addWidget(rule(), 2 * spot + 1, 0, 1, 4)
        empty(self._reminders)
        for place, reminder in enumerate(reminders(ending)):
            self._remind(place, reminder)
        in_order([self.message.close_it, *self.buttons.values()])
        self._badges(lines)
        why_not = "" if self.state.imports else self.tr("Add files first.")
        allow(self.run, not why_not and not self.desk.busy, why_not or self.tr("Something else is running."))

    def _add_line(self, place: int, number: int, line: Line, *, primary: bool) -> None:
        word = StateWord(line.state, line.word)
        word.setMinimumWidth(em(self, 7))
        words = QFrame()
        words.setLayout(column(heading(f"{number}  {line.title}", 1.1), label(line.text, muted=True), spacing=2))
        act = button(line.button, self._act(line.act), primary=primary)
        act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        act.setMinimumWidth(em(self, 9))
        named(act, f"{line.title}: {line.button}")
        allow(act, not line.why_not, line.why_not)
        self._grid.addWidget(word, place, 0)
        self._grid.addWidget(words, place, 2)
        self._grid.addWidget(act, place, 3)
        self.buttons[line.title] = act

    def _remind(self, place: int, reminder: Reminder) -> None:
        word = StateWord(reminder.state, reminder.word)
        word.setMinimumWidth(em(self, 9))
        act = button(self.tr("Look"), lambda: self.go.emit("govern"))
        named(act, self.tr("{word}: look at it on Govern").format(word=reminder.word))
        for spot, part in enumerate((word, label(reminder.text), act)):
            self._reminders.addWidget(part, place, spot)
        self.buttons[reminder.text] = act

    def _badges(self, lines: list[Line]) -> None:
        files, matched, review, listed, packet = lines[:5]
        self.badge.emit("import", files.state, files.word if files.state != "done" else "")
        waiting = review if review.state == "look" else matched
        self.badge.emit("match", waiting.state, waiting.word)
        self.badge.emit("define", listed.state, listed.word)
        self.badge.emit("report", packet.state, packet.word)

    def _act(self, act: str) -> Callable[[], None]:
        if act == "run_match":
            return self.match_people
        if act in ("close", "reopen"):
            return self.close_month if act == "close" else self.reopen_month
        if act == "review":
            return lambda: self.go.emit("match")
        return lambda: self.go.emit(act)

    def close_month(self) -> None:
        """Freeze the list and the figures of the month."""
        project, month = self.desk.project, self.month
        if month is None:
            return
        self.desk.write(
            self.tr("Closing {month}").format(month=month.in_words()),
            lambda lane, progress: defining.close_month(project, lane, month, progress),
            lambda kept: self.message.say(
                "done",
                self.tr("{month} is closed with {people} on the list.").format(
                    month=month.in_words(), people=many(len(kept.on_list), self.tr("person"), self.tr("people"))
                ),
            ),
        )

    def reopen_month(self) -> None:
        """Open the month again; what was frozen stays on record."""
        project, month = self.desk.project, self.month
        if month is None:
            return
        self.desk.write(
            self.tr("Opening {month} again").format(month=month.in_words()),
            lambda lane, _progress: defining.reopen_month(project, lane, month),
        )

    def match_people(self, then: Callable[[MatchSummary], None] | None = None) -> None:
        """Match every record into people."""
        project = self.desk.project

        def matched(summary: MatchSummary) -> None:
            self.message.say(
                "done",
                self.tr("{records} belong to {people}; {pairs} to review.").format(
                    records=many(summary.records, self.tr("record"), self.tr("records")),
                    people=many(summary.people, self.tr("person"), self.tr("people")),
                    pairs=many(summary.pairs_to_review, self.tr("pair"), self.tr("pairs")),
                ),
            )
            if then:
                then(summary)

        self.desk.write(
            self.tr("Matching people"),
            lambda lane, progress: actions.match_people(project, lane, progress),
            matched,
            self._not_matched,
        )
        allow(self.run, False, self.tr("Something else is running."))

    def _not_matched(self, error: Exception) -> None:
        self.refresh()
        if isinstance(error, DdjError):
            self.message.say("look", str(error))

    def run_month(self) -> None:
        """Match what came in, then go where a person is needed: pairs to review, else the packet."""
        if self.desk.busy or not (self.state and self.state.imports):
            return

        def onward(summary: Any) -> None:
            self.go.emit("match" if summary.pairs_to_review else "report")

        self.match_people(onward)
