"""The door of a county file: passphrases tried at it, and what happened to it while it was closed.

Nothing can be written into a file that is not open, and a restored one must be the backup to the last byte, so it is
noted beside the file and taken into its log when somebody sits down at it next.
"""

from __future__ import annotations

from pathlib import Path

from ddj_desktop.kernel import clock
from ddj_desktop.store import tries
from ddj_desktop.store.errors import DoorLocked, WrongPassphrase
from ddj_desktop.store.keys import key_path, wrapped_key

MOST_KEPT = 10_000
"""Bytes after which no more tries are noted: enough to see that somebody tried for long."""
WRONG_PASSPHRASE, RESTORED, KEY_RENEWED = "wrong passphrase", "restored from a backup", "key renewed"
LOCKED, TRIED_WHEN_LOCKED = "locked after five wrong passphrases", "a passphrase while it was locked"


def key_by_passphrase(county_file: Path, passphrase: str, actor: str) -> bytes:
    """The data key, for a passphrase tried at the door; a wrong one is counted and noted.

    Raises NoKeyFile, BadKeyFile; WrongPassphrase, DoorLocked (with the fifth wrong one too).
    """
    wrapped = wrapped_key(key_path(county_file))
    with tries.counted(county_file) as count:
        if count.is_full():
            note(county_file, actor, TRIED_WHEN_LOCKED)
            raise DoorLocked(file=county_file.name)
        count.add()  # before it is tried: ending the program meanwhile must not save a try
        try:
            data_key = wrapped.unwrap(passphrase)
        except WrongPassphrase:
            note(county_file, actor, WRONG_PASSPHRASE)
            if not count.is_full():
                raise
            note(county_file, actor, LOCKED)
            raise DoorLocked(file=county_file.name) from None
        count.forget()
    return data_key


def notes_path(county_file: Path) -> Path:
    """Where the notes of a county file are kept."""
    return county_file.with_name(county_file.name + ".door")


def note(county_file: Path, actor: str, what: str) -> None:
    """Add a line: the moment (UTC), the log-in, what happened. A folder that can not be written keeps none."""
    path, is_a_try = notes_path(county_file), what in (WRONG_PASSPHRASE, TRIED_WHEN_LOCKED)
    try:
        if not is_a_try or not path.exists() or path.stat().st_size < MOST_KEPT:
            with path.open("a", encoding="utf-8") as out:
                out.write(f"{clock.now().isoformat(timespec='seconds')} {actor}: {what}\n")
    except OSError:
        return


def notes(county_file: Path) -> list[str]:
    """The lines kept so far, oldest first."""
    try:
        return notes_path(county_file).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def forget_notes(county_file: Path) -> None:
    """Remove the lines once they are in the log."""
    notes_path(county_file).unlink(missing_ok=True)
