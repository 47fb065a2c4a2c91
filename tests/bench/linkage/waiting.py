"""How long somebody waits for a measuring process: from when it was asked for, its start and its imports among it."""

from __future__ import annotations

import os
import time

BEGAN = "BENCH_BEGAN"
"""The name under which a process is told when it was asked for, on the clock."""


def asked_now() -> dict[str, str]:
    """The environment for a process that is asked for now."""
    return os.environ | {BEGAN: str(time.monotonic())}


def waited() -> float:
    """Seconds since this process was asked for; of one started by hand, none."""
    now = time.monotonic()
    return now - float(os.environ.get(BEGAN, now))
