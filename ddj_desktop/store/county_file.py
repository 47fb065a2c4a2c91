"""The county file: open, act, back up, check. Every committed act is one transaction with its audit row inside."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.store import audit, door, keys, migrate, pseudonym_key
from ddj_desktop.store.audit import Fact
from ddj_desktop.store.backup import Backups
from ddj_desktop.store.engine import open_engine, wipe
from ddj_desktop.store.errors import AlreadyThere, BadRecoveryCode, CannotWrite, Damaged, NoSuchFile
from ddj_desktop.store.holder import Holder
from ddj_desktop.store.lane import Lane, in_our_words

CHECKPOINT_TRIES, CHECKPOINT_PAUSE = 100, 0.02
"""How often a checkpoint is tried while somebody reads, and seconds between two tries."""


@dataclass
class Act:
    """One committed act in the making: what the audit row will say of it."""

    lane: Lane
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class County:
    """Who the file belongs to."""

    name: str
    state: str
    population: int | None


@dataclass(frozen=True)
class Checked:
    """What a check read: rows by table, acts in the audit chain, the chain's head."""

    rows: dict[str, int]
    acts: int
    head: str
    sealed: int = 0
    """Acts whose seal was held against a code from outside."""


@dataclass(frozen=True)
class SealBegun:
    """The line of the log a new seal begins with, and the groups of its first key's code."""

    first_line: int
    groups: tuple[str, ...]


class CountyFile:
    """One open county file. Get a `lane()` for each thread; close when done."""

    def __init__(self, path: Path, data_key: bytes, actor: str, *, fresh: bool = False) -> None:
        self.path, self.actor = path, actor
        self.backups = Backups(path, data_key)
        self._data_key = data_key
        self._audit_key = audit.audit_key(data_key)
        self._closed = False
        self._temporary = path.with_name(path.name + ".tmp.d")
        self._holder = Holder(path, actor)
        try:
            self._engine = open_engine(path, data_key, temporary=self._temporary, backups=self.backups.folder)
        except BaseException:
            self._holder.release()
            raise
        try:
            self._migrate(fresh)
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, passphrase: str, county: County, actor: str) -> tuple[CountyFile, list[str]]:
        """Make an empty county file and its key file. Returns the open file and the recovery code's groups.

        Raises AlreadyThere, CannotWrite, WeakPassphrase. Nothing is left behind when it fails.
        """
        key_file = keys.key_path(path)
        for there in (path, key_file):
            if there.exists():
                raise AlreadyThere(file=there.name)
        data_key = keys.new_data_key()
        try:
            keys.write_key_file(key_file, data_key, passphrase)
        except OSError:
            raise CannotWrite(file=path.name) from None
        try:
            file = cls(path, data_key, actor, fresh=True)
            with file.act(file.lane(), "created") as act:
                act.lane.run(
                    "INSERT INTO county VALUES ($name, $state, $population, $id, $at, $by)",
                    name=county.name, state=county.state, population=county.population,
                    id=secrets.token_hex(16), at=clock.now(), by=actor,
                )  # fmt: skip
        except BaseException:
            key_file.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise
        return file, keys.recovery_groups(data_key)

    @classmethod
    def open(cls, path: Path, passphrase: str, actor: str) -> CountyFile:
        """Open with the passphrase; a wrong one is counted. Raises NoSuchFile, NoKeyFile, WrongPassphrase, DoorLocked,
        InUse, FileTooNew, Damaged."""
        if not path.is_file():
            raise NoSuchFile(file=path.name)
        return cls(path, door.key_by_passphrase(path, passphrase, actor), actor)

    def _migrate(self, fresh: bool) -> None:
        lane = self.lane()
        if migrate.is_old(lane, self.path.name):
            before = migrate.version_of(lane)
            if not fresh:
                self.back_up("migration")
            migrate.bring_up_to_date(lane)
            if not fresh:
                with lane.transaction():
                    steps: dict[str, Fact] = {"from_step": before, "to_step": migrate.version_of(lane)}
                    audit.add(lane, self._audit_key, self.actor, "brought up to date", steps)
            self._checkpoint()
        lane.close()

    def lane(self) -> Lane:
        """A new lane. One thread uses it at a time."""
        return Lane(self._engine.cursor(), self.path.name)

    @contextmanager
    def act(self, lane: Lane, event: str, facts: dict[str, Fact] | None = None) -> Iterator[Act]:
        """Carry out one act: transaction, audit row inside it, then checkpoint. All of it or nothing."""
        act = Act(lane, dict(facts or {}))
        with lane.transaction():
            yield act
            audit.add(lane, self._audit_key, self.actor, event, act.facts)
        self._checkpoint()

    def back_up(self, why: str, progress: Progress | None = None) -> Path:
        """A verified backup of the last committed state, beside the file. Raises Stopped where it was told to stop."""
        self._checkpoint()
        return self.backups.make(self._engine, why, progress)

    def begin_seal(self) -> SealBegun:
        """Begin a new seal of the log with the next act. Its first key is given once, and kept nowhere."""
        lane = self.lane()
        try:
            with lane.transaction():
                first, key = audit.begin_seal(lane, self._audit_key, self.actor)
        finally:
            lane.close()
        self._checkpoint()
        return SealBegun(first, tuple(keys.recovery_groups(key)))

    def county(self) -> County:
        """Who the file belongs to."""
        lane = self.lane()
        try:
            return County(*lane.one("SELECT name, state, population FROM county"))
        finally:
            lane.close()

    def check(self, seals: Sequence[str] = ()) -> Checked:
        """Read every block and verify the audit chain, and its seals where their codes are given, as the privacy
        officer's sheets have them: `2-ABCDE-FGHIJ…`. Raises Damaged, BadRecoveryCode.
        """
        first_keys = dict(_seal_code(seal) for seal in seals)
        lane = self.lane()
        try:
            rows: dict[str, int] = {}
            names = lane.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'county' ORDER BY 1")
            for (name,) in names:
                rows[name] = int(lane.one(f"SELECT count(*), bit_xor(hash(t)) FROM county.{name} AS t")[0])
            verdict = audit.verify(lane, self._audit_key, first_keys)
            if verdict.first_bad is not None:
                raise Damaged(file=self.path.name, where=f"line {verdict.first_bad} of its audit log")
            return Checked(rows, verdict.rows, audit.head(lane), verdict.sealed)
        finally:
            lane.close()

    def release_key(self, lane: Lane, partner: str, release: str) -> bytes:
        """The key of the codes in one release to one partner; inside the caller's act, where it is the first one."""
        return pseudonym_key.release_key(lane, self._data_key, partner, release)

    def is_recovery_code(self, code: str) -> bool:
        """True where it is the code of this file's recovery sheet. Raises BadRecoveryCode for a slip of the pen."""
        return hmac.compare_digest(keys.data_key_from(code), self._data_key)

    def change_passphrase(self, passphrase: str) -> None:
        """Wrap the same data key by a new passphrase. Raises WeakPassphrase."""
        keys.write_key_file(keys.key_path(self.path), self._data_key, passphrase)

    def _checkpoint(self) -> None:
        """Bring the log beside the file into it. What was committed is safe in the log before; while somebody reads
        rows that were changed in place the engine refuses, and the next checkpoint takes them in."""
        with in_our_words(self.path.name):
            cursor = self._engine.cursor()
            try:
                for _ in range(CHECKPOINT_TRIES):
                    try:
                        cursor.execute("CHECKPOINT county")
                        return
                    except duckdb.TransactionException:  # a reader still sees rows this act changed in place
                        time.sleep(CHECKPOINT_PAUSE)
            finally:
                cursor.close()

    @property
    def is_closed(self) -> bool:
        """True once it was closed."""
        return self._closed

    def close(self) -> None:
        """Checkpoint, close, wipe spill files, free the lock. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._engine.close()
        wipe(self._temporary)
        self._holder.release()


def _seal_code(text: str) -> tuple[int, bytes]:
    """Line and first key of a seal, as its sheet has them. Raises BadRecoveryCode."""
    line, _, code = text.strip().partition("-")
    if not line.isdigit():
        raise BadRecoveryCode(where="it does not begin with the number of a line, as on the sheet")
    return int(line), keys.data_key_from(code)
