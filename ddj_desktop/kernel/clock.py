"""The one place that knows what time it is, so that a test or the made-up county can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_set_to: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, without a zone mark (the county file keeps TIMESTAMP in UTC)."""
    return _set_to or datetime.now(UTC).replace(tzinfo=None)


def wall() -> datetime:
    """The present moment as the clock on the wall shows it, for what people read; a set clock gives its own."""
    return _set_to or datetime.now()


def today() -> date:
    """Today's date where the computer stands; a set clock gives its own date."""
    return _set_to.date() if _set_to else datetime.now().date()  # the wall calendar is what a county means


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` inside the block."""
    global _set_to
    before, _set_to = _set_to, moment
    try:
        yield
    finally:
        _set_to = before
