"""A lane on a database that lives in memory alone, for work that belongs to no county file. Locked down like one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from ddj_desktop.store.engine import locked_down
from ddj_desktop.store.lane import Lane


@contextmanager
def scratch_lane() -> Iterator[Lane]:
    """A lane whose tables vanish with the block: nothing is written to any disk, no file or network can be reached."""
    engine = duckdb.connect(":memory:", config=locked_down(""))
    try:
        engine.execute("SET enable_progress_bar = false")
        engine.execute("ATTACH ':memory:' AS county")
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
        lane = Lane(engine.cursor(), "scratch")
        try:
            yield lane
        finally:
            lane.close()
    finally:
        engine.close()
