"""Match: find who is who, then settle the pairs the program can not, by keys or by buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.match_asking import AskingTab
from ddj_desktop.gui.pages.match_blind import BlindTab
from ddj_desktop.gui.pages.match_second import SecondTab
from ddj_desktop.gui.pages.match_tabs import ChangesTab, CheckTab, KindsTab
from ddj_desktop.gui.preferences import Preferences
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.page import Empty, Page, Stack
from ddj_desktop.gui.widgets.pair_card import PairCard, Waterfall
from ddj_desktop.gui.widgets.parts import allow, button, column, label, named, row, scrolling
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import DdjError
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage.contradictions import Contradiction
from ddj_desktop.linkage.county import MatchSummary
from ddj_desktop.linkage.patterns import alike
from ddj_desktop.linkage.queue import PairToReview
from ddj_desktop.screens.review import VERDICTS, Review, contradiction_words, key
from ddj_desktop.screens.side_by_side import ends_at, field_rows, how_steps, surname_words
from ddj_desktop.screens.wording import many, number
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import actions, matching
from ddj_desktop.workflow.line import Done, Step
from ddj_desktop.workflow.lists import LineState
from ddj_desktop.workflow.looking_over import ToLookAt, all_to_look_at
from ddj_desktop.workflow.review_order import Queue


class MatchPage(Page):
    """The run on top, the pair on the table under it."""

    name = "match"
    concerns = frozenset({Step.IMPORTED, Step.MATCHED, Step.REGISTERS})

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk,
            preferences,
            self.tr(
                "The program joins records that surely belong to one person and asks you about the doubtful ones. "
                "Nothing is merged for good: every decision can be undone, now or months later."
            ),
        )
        self.review = Review()
        self.state: LineState | None = None
        self.queue = Queue((), frozenset(), None)
        self._saving = 0
        self.match = button(self.tr("Match people"), self.run)
        self.beside_title(self.match)
        self.empty = Empty()
        self.empty.act.clicked.connect(lambda: self._empty_act())
        self._make_parts()
        self.sheets = Stack()
        for sheet in (QWidget(), self.empty, self._pair_sheet):
            self.sheets.addWidget(sheet)
        self.check, self.kinds = CheckTab(desk), KindsTab(desk)
        self.blind, self.second = BlindTab(desk), SecondTab(desk)
        self.changes, self.asking = ChangesTab(desk), AskingTab(desk)
        self.tabs = named(QTabWidget(), self.tr("What to look at"))
        for tab in (self.sheets, self.check, self.kinds, self.blind, self.second, self.changes, self.asking):
            tab.setContentsMargins(0, PAD, 0, 0)
            self.tabs.addTab(tab, "")
        for tab in (self.check, self.kinds, self.changes):
            tab.rematch.connect(self.run_after)
        self.changes.taught.connect(self.teach)
        self.body.addWidget(self.tabs, 1)
        self._name_tabs()
        self.title(self.tr("Match: find who is who"))

    def _make_parts(self) -> None:
        self.place = label(wrap=False)
        self.hint = label(self.tr("Names are hidden; press R to show them."), muted=True, wrap=False)
        self.card = PairCard()
        self.card.pressed.connect(self.key)
        self.why = label()
        self.waterfall = Waterfall()
        self.same = self._verdict(self.tr("Same person (Y)"), "same")
        self.different = self._verdict(self.tr("Different people (N)"), "different")
        self.not_sure = self._verdict(self.tr("Not sure (U)"), "not_sure")
        self.how = button(self.tr("Show how (W)"), lambda: self.key("how"))
        self.reveal = button(self.tr("Show names (R)"), lambda: self.key("reveal"))
        self.back = button(self.tr("Undo (Backspace)"), self.undo)
        self.comment = named(QLineEdit(), self.tr("Comment"), self.tr("Kept with the next decision"))
        self.comment.setPlaceholderText(self.tr("Comment (C): kept with the decision"))
        self.comment.returnPressed.connect(self.start_review)
        self.said = label(muted=True)
        self.use = button(self.tr("Use these decisions"), self.run)
        self.use.setToolTip(self.tr("Matches again, so that your decisions take hold."))
        sheet = QWidget()
        sheet.setLayout(column(self.card, self.why, self.waterfall, None))
        verdicts = row(self.same, self.different, self.not_sure, None, self.reveal, self.how, self.back)
        decided = row(self.said, self.use)
        decided.setStretch(0, 1)
        self._pair_sheet = QWidget()
        inside = column(
            row(self.place, None, self.hint),
            scrolling(sheet, self.tr("The pair on the table")),
            verdicts,
            self.comment,
            decided,
            spacing=PAD,
        )
        inside.setStretch(1, 1)
        self._pair_sheet.setLayout(inside)

    def _verdict(self, words: str, verdict: str):  # type: ignore[no-untyped-def]
        made = button(words, lambda: self.decide(verdict))
        made.setMinimumHeight(em(self, 2.3))
        made.setMinimumWidth(em(self, 8))
        return named(made, VERDICTS[verdict], words)

    # reading --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        actor = self.desk.project.actor
        self.desk.read(lambda lane: all_to_look_at(lane, actor), self._came)

    def _came(self, found: ToLookAt) -> None:
        self.state, self.queue = found.state, found.queue
        self.check.show_found(found.check)
        self.kinds.show_found(alike(found.queue.pairs))
        self.blind.show_found(found.month, found.sample, found.quality)
        self.second.show_found(found.second)
        self.changes.show_found(found.changes)
        self.asking.show_found(found.place, found.bands)
        self._name_tabs()
        if self._saving == 0:
            self.review = self.review.fresh(self.queue.pairs)
        self._show()

    def _name_tabs(self) -> None:
        kinds, blind = self.kinds.found, self.blind.blind
        counts = (len(self.queue.pairs), len(self.check.found), len(kinds), len(blind.pairs) - blind.answered,
                  self.second.waiting, len(self.changes.found), 0)  # fmt: skip
        words = (self.tr("Possible matches"), self.tr("Check these people"), self.tr("Alike"), self.tr("Blind check"),
                 self.tr("Second look"), self.tr("Merges and splits"), self.tr("How much to ask"))  # fmt: skip
        for place, (name, count) in enumerate(zip(words, counts, strict=True)):
            self.tabs.setTabText(place, f"{name} ({number(count)})" if count else name)

    def _show(self) -> None:
        state, pair = self.state, self.review.current
        busy = self.desk.busy and self._saving == 0
        can_match = bool(state and state.records) and not busy
        allow(self.match, can_match, self.tr("Something else is running.") if busy else self.tr("Add files first."))
        allow(self.use, can_match and bool(self.review.made), self.tr("Decide a pair first."))
        if pair is None:
            self._show_empty()
            return
        self.sheets.setCurrentWidget(self._pair_sheet)
        self.title(
            self.tr("Match: {pairs} to look at").format(
                pairs=many(self.review.left, self.tr("possible match"), self.tr("possible matches"))
            )
        )
        shown = self.review.revealed or self.desk.names_shown
        self.place.setText(
            self.tr("Possible match {place}").format(place=self.review.place)
            + (f", {self.review.pace}" if self.review.pace else "")
            + (self.tr(" - you were not sure before") if pair.not_sure else "")
            + self._effect(pair)
        )
        self.hint.setVisible(not shown)
        self.card.show_pair(pair, field_rows(pair, names_shown=shown))
        self.why.setText(
            self.tr("Why it is here: {reason} {surname}")
            .format(reason=pair.reason, surname=surname_words(pair))
            .strip()
        )
        self.waterfall.setVisible(self.review.how)
        if self.review.how:
            self.waterfall.show_steps(how_steps(pair.weights), ends_at(pair))
        self.how.setText(self.tr("Hide how (W)") if self.review.how else self.tr("Show how (W)"))
        self.reveal.setText(self.tr("Hide names (R)") if self.review.revealed else self.tr("Show names (R)"))
        self.said.setText(f"{self.review.said(self.queue)} {self.review.long}".strip())
        allow(self.back, bool(self.review.made), self.tr("Nothing was decided in this sitting."))

    def _effect(self, pair: PairToReview) -> str:
        """Whether this pair, and how many of those waiting, can change who is on the list."""
        if self.queue.as_of is None:
            return ""
        waiting = {key(each) for each in self.review.pairs}
        matter = len(self.queue.matter & waiting)
        if key(pair) in self.queue.matter:
            if matter == 1:
                return self.tr(" - it can change the list; none of the others waiting would")
            return self.tr(" - one of {n} that can change the list").format(n=number(matter))
        if matter == 0:
            return self.tr(" - none of those waiting would change the list of {day}").format(
                day=day_in_words(self.queue.as_of)
            )
        return self.tr(" - it would not change the list")

    def _show_empty(self) -> None:
        self.sheets.setCurrentWidget(self.empty)
        state = self.state
        if state is None or not state.records:
            self.title(self.tr("Match: find who is who"))
            self.empty.say(
                self.tr("Nothing to match yet"),
                self.tr("Matching begins once files are taken in."),
                self.tr("Go to Import"),
            )
        elif state.records_not_matched or state.matched_at is None:
            self.title(self.tr("Match: find who is who"))
            waiting = many(state.records_not_matched, self.tr("record waits"), self.tr("records wait"))
            self.empty.say(
                self.tr("Ready to match"),
                self.tr("{n} to be joined into people.").format(n=waiting),
                self.tr("Match people"),
            )
        elif self.review.made:
            self.title(self.tr("Match: every possible match was looked at"))
            self.empty.say(self.tr("All done"), self.review.said(self.queue), self.tr("Use these decisions"))
        else:
            self.title(self.tr("Match: nothing is waiting"))
            words = self.tr("{records} belong to {people}.").format(
                records=many(state.records, self.tr("record"), self.tr("records")),
                people=many(state.people, self.tr("person"), self.tr("people")),
            )
            self.empty.say(self.tr("No possible matches to review"), words, self.tr("Go to Define"))

    def _empty_act(self) -> None:
        words = self.empty.act.text()
        if words == self.tr("Go to Import"):
            self.go.emit("import")
        elif words == self.tr("Go to Define"):
            self.go.emit("define")
        else:
            self.run()

    def names_shown(self, shown: bool) -> None:
        for tab in (self.check, self.kinds, self.blind, self.second):
            tab.names_shown(shown)
        self._show()

    # acts -----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Match every record into people; decisions made so far take hold."""
        if self.state and self.state.records and not self.desk.busy:
            self._match(self.tr("Matching people"), lambda _lane: None)

    def run_after(self, first: Callable[[Lane], object], words: str) -> None:
        """Decide something, then match, so that it takes hold at once. Stopped half way, the decision stays."""
        if not self.desk.busy:
            self._match(words, first)

    def teach(self, anew: bool) -> None:
        """Learn anew from all records, or go back to what was learned before; then match everybody."""
        if self.desk.busy or not (self.state and self.state.people):
            return
        project = self.desk.project
        if anew:
            self._match(self.tr("Teaching matching"), lambda _lane: None, teach=True)
        else:
            self._match(
                self.tr("Going back to the earlier teaching"),
                lambda lane: matching.back_to_earlier_teaching(project, lane),
            )

    def _match(self, words: str, first: Callable[[Lane], object], *, teach: bool = False) -> None:
        project = self.desk.project

        def work(lane: Lane, progress: Progress) -> Done[MatchSummary]:
            first(lane)
            return actions.match_people(project, lane, progress, teach=teach)

        self.desk.write(words, work, self._matched, self._not_done)
        self._show()

    def _matched(self, found: MatchSummary) -> None:
        self.review = Review()
        words = self.tr("{records} belong to {people}; {pairs} to look at.").format(
            records=many(found.records, self.tr("record"), self.tr("records")),
            people=many(found.people, self.tr("person"), self.tr("people")),
            pairs=many(found.pairs_to_review, self.tr("pair"), self.tr("pairs")),
        )
        if found.report and found.report.people_before:
            words += " " + found.report.words
        if found.contradicting_decisions:
            words += self.tr(" {n} contradict others: see Check these people.").format(
                n=many(found.contradicting_decisions, self.tr("decision"), self.tr("decisions"))
            )
        self.message.say("look" if found.contradicting_decisions else "done", words)
        self.refresh()

    def _not_done(self, error: Exception) -> None:
        self._show()
        if isinstance(error, DdjError):
            self.message.say("look", str(error))

    def start_review(self) -> None:
        """Put the keyboard on the pair."""
        if self.review.current is not None:
            self.card.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def key(self, word: str) -> None:
        """Carry out one of the single letters of the pair."""
        if word in VERDICTS:
            self.decide(word)
        elif word == "undo":
            self.undo()
        elif word == "comment":
            self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.review.current is not None:
            if word == "reveal" and not self.review.revealed:
                self.desk.tell_names_shown(self.review.current)
            self.review = self.review.reveal() if word == "reveal" else self.review.show_how()
            self._show()

    def decide(self, verdict: str) -> None:
        """Keep a decision on the pair in front and turn to the next one at once."""
        pair = self.review.current
        if pair is None:
            return
        self.review = self.review.decide(verdict)
        self._keep(pair, verdict, self.comment.text().strip())
        self.comment.clear()
        self._show()
        self.start_review()

    def undo(self) -> None:
        """Take the last decision of this sitting back and show its pair again."""
        self.review, taken = self.review.undo()
        if taken is None:
            self.message.say(
                "look", self.tr("Nothing was decided in this sitting. Earlier decisions can be undone in History.")
            )
            return
        self._keep(taken.pair, "withdrawn")
        self._show()
        self.start_review()

    def _keep(self, pair: PairToReview, verdict: str, note: str = "") -> None:
        project = self.desk.project
        self._saving += 1

        def kept(against: list[Contradiction]) -> None:
            self._saving -= 1
            if against:
                self.message.say("look", contradiction_words(against[0]))

        def not_kept(error: Exception) -> None:
            self._saving -= 1
            self.refresh()
            if isinstance(error, DdjError):
                self.message.say("stop", str(error))

        self.desk.write(
            self.tr("Saving your decision"),
            lambda lane, _p: actions.decide(project, lane, pair.left_record, pair.right_record, verdict, note),
            kept,
            not_kept,
        )
