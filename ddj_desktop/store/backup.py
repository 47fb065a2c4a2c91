"""Verified backups: written under another name, opened and counted, and only then given their own."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.errors import DdjError, Stopped
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store.engine import copy_database, open_engine, opened_beside, wipe
from ddj_desktop.store.errors import BadBackup, DiskFull
from ddj_desktop.store.lane import Lane, in_our_words

KEEP = 30
"""How many backups are kept; the oldest goes first."""


@dataclass(frozen=True)
class Backup:
    """One backup: its file, when it was made, and before what."""

    path: Path
    made: datetime
    why: str


class Backups:
    """The backups of one county file, in `<file>-backups/` beside it, under the same key."""

    def __init__(self, county_file: Path, data_key: bytes) -> None:
        self._file, self._data_key = county_file, data_key
        self.folder = county_file.with_name(county_file.stem + "-backups")

    def make(self, engine: duckdb.DuckDBPyConnection, why: str, progress: Progress | None = None) -> Path:
        """Copy the attached county, open the copy, compare the tables' row counts, then name it.

        Raises DiskFull, OurFault, Stopped where `progress` was told to stop. An unfinished copy is removed.
        """
        progress = progress or Progress()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for leftover in self.folder.glob("*.unfinished*"):
            if leftover.is_dir():
                wipe(leftover)
            else:
                leftover.unlink()
        if shutil.disk_usage(self.folder).free < 2 * self._file.stat().st_size + 50_000_000:
            raise DiskFull
        target = self._free_name(why)
        unfinished = target.with_name(target.name + ".unfinished")
        cursor = engine.cursor()
        lane = Lane(cursor, self._file.name)
        progress.when_stopped(lane.interrupt)
        try:
            progress.check()
            with in_our_words(self._file.name):
                copy_database(cursor, unfinished, self._data_key)
                progress.check()
                wanted = _row_counts(lane)
            found = self._counts_of_copy(cursor, lane, unfinished)
            progress.check()
            if wanted != found:
                raise BadBackup(file=target.name, why="it does not hold the same rows")
        except BaseException:
            for part in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
                part.unlink(missing_ok=True)
            raise
        finally:
            cursor.close()
        _sync(unfinished)
        os.replace(unfinished, target)
        for old in self.all()[KEEP:]:
            old.path.unlink(missing_ok=True)
        return target

    def _counts_of_copy(
        self, cursor: duckdb.DuckDBPyConnection, lane: Lane, copy: Path
    ) -> dict[str, tuple[int, int | None]]:
        try:
            with in_our_words(copy.name), opened_beside(cursor, copy, self._data_key) as name:
                return _row_counts(lane, name)
        except Stopped:
            raise
        except DdjError as error:
            raise BadBackup(file=copy.name, why=f"it could not be read ({error.code})") from None

    def verify(self, path: Path) -> dict[str, int]:
        """Open a backup read-only and read every table. Returns rows by table. Raises BadBackup."""
        temporary = path.with_name(path.name + ".unfinished.d")
        try:
            engine = open_engine(path, self._data_key, temporary=temporary, read_only=True)
            try:
                found = _row_counts(Lane(engine.cursor(), path.name))
                return {name: rows for name, (rows, _) in found.items()}
            finally:
                engine.close()
        except DdjError as error:
            raise BadBackup(file=path.name, why=f"it could not be read ({error.code})") from None
        finally:
            wipe(temporary)

    def restore(self, path: Path) -> None:
        """Put a verified backup in the county file's place. The county file must be closed. Raises BadBackup."""
        self.verify(path)
        unfinished = self._file.with_name(self._file.name + ".unfinished")
        shutil.copyfile(path, unfinished)
        _sync(unfinished)
        self._file.with_name(self._file.name + ".wal").unlink(missing_ok=True)
        os.replace(unfinished, self._file)

    def keep_as_it_is(self) -> Path | None:
        """Copy the closed county file, whatever its state, beside the other backups. None when it is not there."""
        if not self._file.is_file():
            return None
        self.folder.mkdir(mode=0o700, exist_ok=True)
        target = self._free_name("restore")
        shutil.copyfile(self._file, target)
        log = self._file.with_name(self._file.name + ".wal")
        if log.exists():
            shutil.copyfile(log, target.with_name(target.name + ".wal"))
        return target

    def try_key(self) -> None:
        """Open the closed county file read-only with this key. Raises WrongKey, NotACountyFile, Damaged."""
        temporary = self._file.with_name(self._file.name + ".tmp.d")
        try:
            open_engine(self._file, self._data_key, temporary=temporary, read_only=True).close()
        finally:
            wipe(temporary)

    def all(self) -> list[Backup]:
        """Every backup, newest first."""
        return [backup for *_, backup in self._numbered()]

    def _numbered(self) -> list[tuple[datetime, int, Backup]]:
        """Every backup with its second and its number within that second, newest first."""
        found = []
        for path in self.folder.glob("*.ddj"):
            named = re.fullmatch(
                rf"{re.escape(self._file.stem)}-(\d{{8}}T\d{{6}})-(\d+)-before-([a-z-]+)\.ddj", path.name
            )
            if named:
                made = datetime.strptime(named[1], "%Y%m%dT%H%M%S")
                found.append((made, int(named[2]), Backup(path, made, named[3])))
        return sorted(found, key=lambda one: one[:2], reverse=True)

    def _free_name(self, why: str) -> Path:
        made = clock.now().replace(microsecond=0)
        number = 1 + max((count for when, count, _ in self._numbered() if when == made), default=0)
        return self.folder / f"{self._file.stem}-{made:%Y%m%dT%H%M%S}-{number}-before-{why}.ddj"


def _row_counts(lane: Lane, database: str = "county") -> dict[str, tuple[int, int | None]]:
    """Rows of each table and a checksum over all their cells."""
    names = lane.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = $name ORDER BY 1", name=database)
    counts = (f"SELECT '{name}', count(*), bit_xor(hash(t)) FROM {database}.{name} AS t" for (name,) in names)
    return {name: (int(rows), checksum) for name, rows, checksum in lane.rows(" UNION ALL ".join(counts))}


def _sync(path: Path) -> None:
    with open(path, "rb+") as handle:
        os.fsync(handle.fileno())
