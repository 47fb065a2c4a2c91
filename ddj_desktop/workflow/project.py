"""The open county: its file, who is working, and where things lie beside it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from ddj_desktop.kernel import clock
from ddj_desktop.store import door
from ddj_desktop.store.backup import Backups
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.errors import AlreadyThere, CannotWrite, NoSuchFile
from ddj_desktop.store.holder import Holder, who_is_here
from ddj_desktop.store.keys import data_key_from, key_path, write_key_file
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.tries import forget_tries


@dataclass
class Project:
    """An open county file and the person working on it."""

    file: CountyFile
    county: County
    actor: str
    proved_at: float = field(default_factory=time.monotonic)
    """When the passphrase was entered last, on a clock that can not be set back (seconds)."""

    @property
    def path(self) -> Path:
        """The county file."""
        return self.file.path

    @classmethod
    def create(cls, path: Path, passphrase: str, county: County, actor: str | None = None) -> Project:
        """Make a county file, its key file, and beside it the recovery sheet and the privacy officer's (one PDF).

        Raises AlreadyThere, CannotWrite, WeakPassphrase; then nothing is left behind.
        """
        from ddj_desktop.outputs.recovery_sheet import SealCode, write_recovery_sheet  # here: only a paper needs it

        sheet = recovery_sheet_path(path)
        if sheet.exists():
            raise AlreadyThere(file=sheet.name)
        file, groups = CountyFile.create(path, passphrase, county, actor or who_is_here())
        try:
            begun = file.begin_seal()
            seal = SealCode(begun.first_line, begun.groups)
            write_recovery_sheet(sheet, county.name, county.state, path.name, groups, clock.wall(), seal)
        except BaseException:
            file.close()
            for made in (path, key_path(path)):
                made.unlink(missing_ok=True)
            raise
        return cls(file, county, file.actor)

    @classmethod
    def open(cls, path: Path, passphrase: str, actor: str | None = None, *, session: bool = False) -> Project:
        """Open a county file. Raises the errors of `CountyFile.open`.

        Where somebody sits down at it (`session`: the window, and the command that shows the log) the log says so, and
        what happened while it was closed. Another command leaves a file that it changes nothing in as it was, byte for
        byte.
        """
        file = CountyFile.open(path, passphrase, actor or who_is_here())
        opened = cls(file, file.county(), file.actor)
        try:
            if session:
                opened._log_opening()
        except BaseException:
            file.close()
            raise
        return opened

    def _log_opening(self) -> None:
        noted, lane = door.notes(self.path), self.file.lane()
        try:
            with self.file.act(lane, "opened", {"while_closed": noted} if noted else {}):
                pass
        finally:
            lane.close()
        door.forget_notes(self.path)

    @property
    def is_demo(self) -> bool:
        """True for the made-up county, which is marked on every page."""
        lane = self.file.lane()
        try:
            return bool(lane.rows("SELECT 1 FROM setting WHERE name = 'made_up'"))
        finally:
            lane.close()

    def back_up(self, lane: Lane) -> Path:
        """A verified backup now, because somebody asked for it; it is in the log."""
        with self.file.act(lane, "backup"):
            pass
        return self.file.back_up("request")

    def close(self, event: str | None = None) -> None:
        """Close the file; a window says so in its log. Safe to call twice."""
        if event and not self.file.is_closed:
            lane = self.file.lane()
            with self.file.act(lane, event):
                pass
            lane.close()
        self.file.close()


def begin_seal(project: Project, sheet: Path) -> int:
    """Begin a new seal of the log and write the privacy officer's sheet for it. Gives the line it begins with.

    Raises AlreadyThere; CannotSave and NoRoom, after which the seal has no sheet and another one is to be begun.
    """
    from ddj_desktop.outputs.recovery_sheet import SealCode, write_seal_sheet  # here: only a paper needs it

    if sheet.exists():
        raise AlreadyThere(file=sheet.name)
    begun = project.file.begin_seal()
    county = project.county
    write_seal_sheet(
        sheet, county.name, county.state, project.path.name, SealCode(begun.first_line, begun.groups), clock.wall()
    )
    return begun.first_line


def recovery_sheet_path(path: Path) -> Path:
    """Where the recovery sheet of a county file is written."""
    return path.with_name(f"{path.stem} recovery sheet.pdf")


def restore(path: Path, backup: Path, passphrase: str, actor: str | None = None) -> Path | None:
    """Put a verified backup in the county file's place; the present state is kept as a backup first.

    Returns that backup's path, or None where the present file could not be read. Raises InUse, BadBackup, and for the
    passphrase what `CountyFile.open` raises.
    """
    if not backup.is_file():
        raise NoSuchFile(file=backup.name)
    who = actor or who_is_here()
    data_key = door.key_by_passphrase(path, passphrase, who)
    backups = Backups(path, data_key)
    backups.verify(backup)
    holder = Holder(path, who)
    try:
        kept = backups.keep_as_it_is()
        backups.restore(backup)
    finally:
        holder.release()
    door.note(path, who, door.RESTORED)
    return kept


def renew_key(path: Path, recovery_code: str, passphrase: str, actor: str | None = None) -> None:
    """Make a new key file from the recovery code: the key file or the passphrase is lost, or five wrong passphrases
    locked the file, whose count then begins anew. Wrong codes are not counted: nobody guesses one.

    The code is tried on the county file first. Raises BadRecoveryCode, WrongKey, WeakPassphrase, CannotWrite.
    """
    if not path.is_file():
        raise NoSuchFile(file=path.name)
    data_key = data_key_from(recovery_code)
    Backups(path, data_key).try_key()
    try:
        write_key_file(key_path(path), data_key, passphrase)
    except OSError:
        raise CannotWrite(file=key_path(path).name) from None
    forget_tries(path)
    door.note(path, actor or who_is_here(), door.KEY_RENEWED)
