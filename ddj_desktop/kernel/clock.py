"""The one place that knows what time it is, so that a test or the made-up county can set it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_set_to: datetime | None = None
_set_run: float | None = None
_RUNS = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""The system's clock of its running time that counts sleep: Linux has the first, macOS the second, and where there is
neither (Windows) Python's own one counts it."""


def now() -> datetime:
    """The present moment in UTC, without a zone mark (the county file keeps TIMESTAMP in UTC)."""
    return _set_to or datetime.now(UTC).replace(tzinfo=None)


def wall() -> datetime:
    """The present moment as the clock on the wall shows it, for what people read; a set clock gives its own."""
    return _set_to or datetime.now()


def today() -> date:
    """Today's date where the computer stands; a set clock gives its own date."""
    return _set_to.date() if _set_to else datetime.now().date()  # the wall calendar is what a county means


def running() -> float:
    """Seconds since this computer was started. Nobody can set it; it begins anew with the computer."""
    if _set_run is not None:
        return _set_run
    return time.monotonic() if _RUNS is None else time.clock_gettime(_RUNS)


@contextmanager
def standing_at(moment: datetime, run: float | None = None) -> Iterator[None]:
    """Hold the clock at `moment` inside the block, and `running()` at `run` seconds where that is given."""
    global _set_to, _set_run
    before, _set_to, _set_run = (_set_to, _set_run), moment, run
    try:
        yield
    finally:
        _set_to, _set_run = before
