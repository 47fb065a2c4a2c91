"""How much to ask: a slider between fewer questions and more care, with what each place means for this county."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from ddj_desktop.gui.desk import Desk
from ddj_desktop.gui.pages.match_tabs import Tab
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.bars import Bar, Bars
from ddj_desktop.gui.widgets.no_wheel import NoWheel
from ddj_desktop.gui.widgets.parts import allow, button, column, heading, label, named, row
from ddj_desktop.linkage.asking import PLACES, USUAL, Bands, Place
from ddj_desktop.screens.wording import number
from ddj_desktop.workflow import matching


class AskingTab(Tab):
    """Moving the slider shows; pressing the button chooses. History takes the choice back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.place, self.found = USUAL, list[Bands]()
        self.slider = named(QSlider(Qt.Orientation.Horizontal), self.tr("How much to ask"))
        self.slider.setRange(0, len(PLACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setMinimumWidth(em(self, 14))
        NoWheel(self.slider)
        self.slider.valueChanged.connect(lambda _value: self._show())
        self.chosen = heading("")
        self.bands = [label(), label(), label()]
        self.bars = Bars()
        self.use = button(self.tr("Ask this much"), self.choose, primary=True)
        hint = label(
            self.tr(
                "Who is joined does not change by this, only how many doubtful pairs you are asked about. What nobody "
                "is asked about stays as the program found it. It expects the mistakes named here itself, and is "
                "rather too sure; the blind check measures them. Pairs with nothing but a name are never asked about."
            ),
            muted=True,
        )
        slide = row(
            label(self.tr("Fewer questions"), wrap=False), self.slider, label(self.tr("More careful"), wrap=False)
        )
        slide.setStretch(1, 1)
        self.setLayout(column(hint, slide, self.chosen, *self.bands, self.bars, row(self.use, None), None))
        self._show()

    def show_found(self, place: Place, found: Sequence[Bands]) -> None:
        """Show what each place means. The slider goes to the place that counts, unless somebody has moved it away."""
        moved = PLACES[self.slider.value()] is not self.place and bool(self.found)
        self.place, self.found = place, list(found)
        if not moved:
            self.slider.setValue(PLACES.index(place))
        self._show()

    def _show(self) -> None:
        place = PLACES[self.slider.value()]
        now = next((each for each in self.found if each.place is place), None)
        counts = place is self.place
        self.chosen.setText(place.words + (self.tr(" (this is what counts now)") if counts else ""))
        self.slider.setAccessibleDescription(place.words)
        for part, words in zip(self.bands, now.words if now else ("", "", ""), strict=True):
            part.setText(words)
        bars = [Bar(each.place.words, each.asked, number(each.asked), each.place is place) for each in self.found]
        self.bars.show_bars(bars, self.tr("Pairs asked about at each place"))
        why = self.tr("This is how much is asked now.") if counts else self.tr("Match people first.")
        allow(self.use, bool(self.found) and not counts, why)

    def choose(self) -> None:
        """Ask this much from now on."""
        place, project = PLACES[self.slider.value()], self.desk.project
        self.desk.write(self.tr("Choosing how much to ask"), lambda lane, _p: matching.ask(project, lane, place.name))
