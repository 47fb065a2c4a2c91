"""A backup that is stopped or damaged leaves nothing behind, and the next one can be made."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import numpy as np
import pytest

from ddj_desktop.kernel.errors import Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store import backup
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.store.engine import copy_database
from ddj_desktop.store.errors import BadBackup
from ddj_desktop.store.keys import key_text


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


def test_a_copy_whose_blocks_can_not_be_read_is_no_backup(county: CountyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = county.lane()
    with lane.transaction():
        lane.append("record_row", {"row_key": np.arange(50_000), "record_id": np.arange(50_000)})

    def copied_badly(cursor: duckdb.DuckDBPyConnection, target: Path, data_key: bytes) -> None:
        copy_database(cursor, target, data_key)
        written = bytearray(target.read_bytes())
        for place in range(50_000, len(written), 50_000):
            written[place] ^= 1
        target.write_bytes(written)

    before = set(county.backups.folder.glob("*"))
    with monkeypatch.context() as disk:
        disk.setattr(backup, "copy_database", copied_badly)
        with pytest.raises(BadBackup):
            county.back_up("import")
    assert set(county.backups.folder.glob("*")) == before
    assert county.backups.verify(county.back_up("import"))["record_row"] == 50_000


def test_a_copy_with_a_cell_changed_is_no_backup(county: CountyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = county.lane()
    with lane.transaction():
        lane.append("record_row", {"row_key": np.arange(10), "record_id": np.arange(10)})

    def copied_otherwise(cursor: duckdb.DuckDBPyConnection, target: Path, data_key: bytes) -> None:
        copy_database(cursor, target, data_key)
        key = key_text(data_key)
        cursor.execute(f"ATTACH '{target}' AS other (ENCRYPTION_KEY '{key}')")
        cursor.execute("UPDATE other.record_row SET record_id = 99 WHERE row_key = 3")
        cursor.execute("DETACH other")

    with monkeypatch.context() as disk:
        disk.setattr(backup, "copy_database", copied_otherwise)
        with pytest.raises(BadBackup, match="same rows"):
            county.back_up("import")
