"""A backup that is stopped leaves nothing behind, and the next one can be made."""

from __future__ import annotations

import threading

import numpy as np

from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.county_file import CountyFile


def test_backups_stopped_while_they_copy_do_not_stand_in_the_way_of_the_next(county: CountyFile) -> None:
    lane, many, stopped = county.lane(), 200_000, 0
    with lane.transaction():
        lane.append("record_row", {"row_key": np.arange(many), "record_id": np.arange(many)})
    for wait in (0.01, 0.02, 0.03, 0.05):
        progress = Progress()
        timer = threading.Timer(wait, progress.stop)
        timer.start()
        before = set(county.backups.folder.glob("*"))
        try:
            county.back_up("match", progress)
        except Stopped:
            stopped += 1
            assert set(county.backups.folder.glob("*")) == before
        timer.join()
    assert stopped
    assert county.backups.verify(county.back_up("match", Progress()))["record_row"] == many
