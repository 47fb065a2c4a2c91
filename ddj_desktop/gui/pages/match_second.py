"""The second look: pairs another person decided, answered again without seeing how; and where the two differ."""

from __future__ import annotations

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.item_model import Column
from ddj_desktop.gui.pages.match_blind import AnswerTab
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.parts import allow, button, column, row
from ddj_desktop.gui.widgets.table import Table
from ddj_desktop.linkage.second_look import Agreement, Disagreement
from ddj_desktop.screens.looking_over import DIFFER_HEADINGS, Blind, agreement_words, differ_rows
from ddj_desktop.workflow import matching
from ddj_desktop.workflow.looking_over import SecondLook


class SecondTab(AnswerTab):
    """At most twenty pairs at a time, and under them the pairs on which two people differ, to be settled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, self.tr("What the other person said is not shown. Say what you see."), self.tr("Second look"),
            lambda lane, place, verdict: matching.look_again(desk.project, lane, place, verdict),
            lambda: self.empty.say(self.tr("Nothing waits for your second look"), agreement_words(self.agreement)),
        )  # fmt: skip
        self.agreement = Agreement(0, 0, 0)
        self.differs: list[Disagreement] = []
        self.table = Table(self.tr("Where two people differ"), [Column(words) for words in DIFFER_HEADINGS])
        self.table.setMaximumHeight(em(self, 9))
        self.table.moved.connect(lambda _row: self._allow())
        self.same = button(self.tr("Settle: same person"), lambda: self.settle("same"))
        self.different = button(self.tr("Settle: different people"), lambda: self.settle("different"))
        whole = column(self.sheets, self.table, row(self.same, self.different, None))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._show()
        self._allow()

    @property
    def waiting(self) -> int:
        """How much there is to do: pairs without an answer, and differences."""
        return len(self.blind.pairs) - self.blind.answered + len(self.differs)

    def show_found(self, found: SecondLook) -> None:
        """Show what waits. While an answer is on its way to the file, what is on the screen stands."""
        self.agreement, self.differs = found.agreement, found.differs
        if self._saving == 0:
            self.blind = Blind("", tuple(found.waiting))
        self.table.set_rows(differ_rows(found.differs))
        for part in (self.table, self.same, self.different):
            part.setVisible(bool(found.differs))
        self._show()
        self._allow()

    def _chosen(self) -> Disagreement | None:
        number = self.table.chosen_cell(0)
        return next((each for each in self.differs if str(each.decision_id) == number), None)

    def _allow(self) -> None:
        for part in (self.same, self.different):
            allow(part, self._chosen() is not None, self.tr("Choose a pair on which two people differ."))

    def settle(self, verdict: str) -> None:
        """Settle the chosen difference."""
        chosen, project = self._chosen(), self.desk.project
        if chosen:
            self.desk.write(
                self.tr("Settling a pair"), lambda lane, _p: matching.settle(project, lane, chosen, verdict)
            )
