"""What the window remembers for this person on this computer: sizes and the last files. Never anything that
changes a figure; that lives in the county file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 8
LOCK_AFTER, LONGEST_LOCK = 10, 30
"""Minutes without a key or the mouse: at first, and at most (CJIS Security Policy AC-11)."""
TEXT_STEPS = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Preferences:
    """A typed face on QSettings."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._kept = settings or QSettings("DDJ", "DDJ desktop")

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        value = self._kept.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._kept.setValue("geometry", value)

    @property
    def text_factor(self) -> float:
        """Text size as a factor of the system's, 0.9 to 2.0."""
        try:
            return min(2.0, max(0.9, float(str(self._kept.value("text_factor", 1.0)))))
        except ValueError:
            return 1.0

    @text_factor.setter
    def text_factor(self, value: float) -> None:
        self._kept.setValue("text_factor", value)

    @property
    def lock_minutes(self) -> int:
        """Minutes without a key or the mouse after which the window locks, 1 to 30."""
        try:
            return min(LONGEST_LOCK, max(1, int(str(self._kept.value("lock_minutes", LOCK_AFTER)))))
        except ValueError:
            return LOCK_AFTER

    @lock_minutes.setter
    def lock_minutes(self, value: int) -> None:
        self._kept.setValue("lock_minutes", value)

    def step_text(self, way: int) -> None:
        """One step larger (1) or smaller (-1); 0 for the system's own size."""
        spot = min(range(len(TEXT_STEPS)), key=lambda each: abs(TEXT_STEPS[each] - self.text_factor)) + way
        self.text_factor = TEXT_STEPS[min(len(TEXT_STEPS) - 1, max(0, spot))] if way else 1.0

    @property
    def recent(self) -> list[Path]:
        """County files opened lately that are still there, newest first."""
        value = self._kept.value("recent") or []
        names = [value] if isinstance(value, str) else [str(each) for each in value]
        return [path for path in map(Path, names) if path.is_file()][:MOST_RECENT]

    def opened(self, path: Path) -> None:
        """Remember that this file was opened."""
        others = [each for each in self.recent if each != path]
        self._kept.setValue("recent", [str(each) for each in [path, *others]][:MOST_RECENT])

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._kept.remove("recent")

    def closed_tip(self, page: str) -> bool:
        """True when the strip that explains a page was closed."""
        return str(self._kept.value(f"tip/{page}", "")) == "closed"

    def close_tip(self, page: str) -> None:
        """Remember that the strip of a page was closed."""
        self._kept.setValue(f"tip/{page}", "closed")

    def show_tips_again(self) -> None:
        """Bring every strip back."""
        self._kept.remove("tip")
