"""A list of months to choose from, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from ddj_desktop.gui.widgets.parts import named
from ddj_desktop.kernel.dates import Month


class MonthBox(QComboBox):
    """Keeps the chosen month when the list is filled anew."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def month(self) -> Month | None:
        """The chosen month."""
        value = self.currentData()
        return value if isinstance(value, Month) else None

    def fill(self, months: Sequence[Month], best: Month | None) -> None:
        """Offer these months; the one chosen before stays, else `best` is chosen."""
        chosen = self.month or best
        self.blockSignals(True)
        self.clear()
        for month in months:
            self.addItem(month.in_words(), month)
        spot = next((s for s, month in enumerate(months) if month == chosen), 0)
        self.setCurrentIndex(spot if months else -1)
        self.blockSignals(False)
