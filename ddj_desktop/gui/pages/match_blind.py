"""Pairs answered without seeing what was said of them before: by the program (the blind check of the month), or by
another person (the second look)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.match_tabs import Tab
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.page import Empty, Stack
from ddj_desktop.gui.widgets.pair_card import PairCard
from ddj_desktop.gui.widgets.parts import allow, button, column, label, named, row, scrolling
from ddj_desktop.kernel.dates import Month
from ddj_desktop.linkage.queue import SamplePair
from ddj_desktop.screens.looking_over import Blind, pair_of
from ddj_desktop.screens.review import VERDICTS
from ddj_desktop.screens.side_by_side import field_rows
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow import matching
from ddj_desktop.workflow.line import Done
from ddj_desktop.workflow.quality_check import QualityOfYear


class AnswerTab(Tab):
    """One pair at a time, by keys or buttons. `keep` keeps the answer on the pair of a place; `say_empty` says what is
    here when no pair is on the table; `spoken` is what the buttons' names begin with."""

    def __init__(
        self,
        desk: Desk,
        hint: str,
        spoken: str,
        keep: Callable[[Lane, int, str], object],
        say_empty: Callable[[], None],
    ) -> None:
        super().__init__(desk)
        self._keep, self._say_empty = keep, say_empty
        self.blind = Blind()
        self._saving = 0
        self.place = label(wrap=False)
        self.card = PairCard()
        self.card.pressed.connect(self.key)
        self.back = button(self.tr("Go back (Backspace)"), lambda: self.key("undo"))
        self.reveal = button(self.tr("Show names (R)"), lambda: self.key("reveal"))
        verdicts = [
            self._verdict(words, verdict, spoken)
            for words, verdict in (
                (self.tr("Same person (Y)"), "same"), (self.tr("Different people (N)"), "different"),
                (self.tr("Not sure (U)"), "not_sure"),
            )
        ]  # fmt: skip
        sheet, pair = QWidget(), QWidget()
        sheet.setLayout(column(self.card, None))
        inside = column(
            row(self.place, None, label(hint, muted=True, wrap=False)), scrolling(sheet, hint),
            row(*verdicts, None, self.reveal, self.back),
        )  # fmt: skip
        inside.setStretch(1, 1)
        pair.setLayout(inside)
        self.empty = Empty()
        self.sheets = Stack()
        for one in (self.empty, pair):
            self.sheets.addWidget(one)

    def _verdict(self, words: str, verdict: str, spoken: str):  # type: ignore[no-untyped-def]
        made = button(words, lambda: self.key(verdict))
        made.setMinimumHeight(em(self, 2.3))
        return named(made, f"{spoken}: {VERDICTS[verdict]}", words)

    def _show(self) -> None:
        pair = pair_of(self.blind)
        if pair is None:
            self.sheets.setCurrentWidget(self.empty)
            self._say_empty()
            return
        self.sheets.setCurrentIndex(1)
        shown = self.blind.revealed or self.desk.names_shown
        self.place.setText(self.tr("Pair {place}").format(place=self.blind.place))
        self.card.show_pair(pair, field_rows(pair, names_shown=shown))
        self.reveal.setText(self.tr("Hide names (R)") if self.blind.revealed else self.tr("Show names (R)"))
        allow(self.back, self.blind.answered > 0, self.tr("Nothing was answered yet."))

    def key(self, word: str) -> None:
        """Carry out one of the single letters of the pair."""
        if word in VERDICTS:
            self.answer(word)
        elif word in ("undo", "reveal"):
            pair = pair_of(self.blind)
            if word == "reveal" and pair is not None and not self.blind.revealed:
                self.desk.tell_names_shown(pair)
            self.blind = self.blind.back() if word == "undo" else self.blind.reveal()
            self._show()

    def answer(self, verdict: str) -> None:
        """Keep an answer on the pair in front and turn to the next."""
        now = self.blind.current
        if now is None:
            return
        self.blind = self.blind.answer(verdict)
        self._saving += 1

        def ended(_anything: object) -> None:
            self._saving -= 1

        self.desk.write(
            self.tr("Saving your answer"), lambda lane, _p: self._keep(lane, now.place, verdict), ended, ended
        )
        self._show()
        self.card.setFocus()

    def names_shown(self, shown: bool) -> None:
        self._show()


class BlindTab(AnswerTab):
    """The blind check of the month: thirty pairs, drawn at random; at the end what the answers say of matching."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, self.tr("What the program said is not shown. Say what you see."), self.tr("Blind"),
            lambda lane, place, verdict: self._kept(lane, place, verdict), lambda: self._show_empty(),
        )  # fmt: skip
        self.month: Month | None = None
        self.quality: QualityOfYear | None = None
        self.empty.act.clicked.connect(lambda: self.draw())
        self.setLayout(column(self.sheets))
        self._show()

    def show_found(self, month: Month | None, pairs: list[SamplePair], quality: QualityOfYear | None) -> None:
        """Show the sample of a month. While an answer is on its way to the file, what is on the screen stands."""
        self.month, self.quality = month, quality
        if self._saving == 0:
            self.blind = Blind(str(month or ""), tuple(pairs), self.blind.revealed, self.blind.back_to)
        self._show()

    def _show_empty(self) -> None:
        month = self.month
        if month is None:
            self.empty.say(self.tr("Nothing to check yet"), self.tr("Add files and match people first."))
        elif not self.blind.pairs:
            self.empty.say(
                self.tr("The blind check of {month}").format(month=month.in_words()),
                self.tr(
                    "Twenty pairs the program joined and ten it left apart, drawn at random. You answer them without "
                    "seeing what it said; the packet then prints how often it is right. Five minutes a month."
                ),
                self.tr("Draw the pairs"),
            )
        else:
            said = " ".join(self.quality.words) if self.quality else ""
            self.empty.say(self.tr("The blind check of {month} is done").format(month=month.in_words()), said)

    def draw(self) -> None:
        """Draw the month's sample."""
        month, project = self.month, self.desk.project
        if month is not None and not self.blind.pairs:
            self.desk.write(self.tr("Drawing pairs"), lambda lane, _p: matching.draw_sample(project, lane, month))

    def _kept(self, lane: Lane, place: int, verdict: str) -> Done[None]:
        month = Month.parse(self.blind.month)
        return matching.answer_sample(self.desk.project, lane, month, place, verdict)
