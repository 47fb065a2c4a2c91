"""Five wrong passphrases within fifteen minutes lock the door; no restart, clock or killed program gains a try."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ddj_desktop.kernel import clock
from ddj_desktop.store import keys
from ddj_desktop.store.door import (
    KEY_RENEWED,
    LOCKED,
    MOST_KEPT,
    TRIED_WHEN_LOCKED,
    WRONG_PASSPHRASE,
    key_by_passphrase,
    note,
    notes,
)
from ddj_desktop.store.errors import BadKeyFile, DoorLocked, NoKeyFile, WrongPassphrase
from ddj_desktop.store.keys import key_path
from ddj_desktop.store.tries import MOST_TRIES, TRIES_WITHIN, forget_tries, tries_path
from tests.conftest import PASSPHRASE

NOON = datetime(2026, 11, 3, 12)
KEY = bytes(range(32))
WRONG = "a guess at it"


def with_quick_key(path: Path) -> Path:
    """A place for a county file with a real key file beside it, whose way from passphrase to key is a short one."""
    salt, nonce, costs = b"s" * 16, b"n" * 12, (1, 8, 1)
    wrapped = AESGCM(keys._stretch(PASSPHRASE, salt, *costs)).encrypt(nonce, KEY, b"ddj-key-1")
    kdf = dict(zip("tmp", costs, strict=True))
    content = {"ddj_key": 1, "kdf": kdf, "salt": salt.hex(), "nonce": nonce.hex(), "wrapped": wrapped.hex()}
    key_path(path).write_text(json.dumps(content), "ascii")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return with_quick_key(tmp_path / "Pine.ddj")


def tried(file: Path, passphrase: str = WRONG, minutes: float = 0, run: float | None = None) -> object:
    """What a try says, so many minutes after noon on a computer that ran `run` minutes, else an hour more than that."""
    ran = 60 * (60 + minutes if run is None else run)
    with clock.standing_at(NOON + timedelta(minutes=minutes), ran):
        try:
            return key_by_passphrase(file, passphrase, "ann")
        except (WrongPassphrase, DoorLocked) as error:
            return type(error)


def locked_at(file: Path, *moments: tuple[float, float]) -> list[bool]:
    """Whether each wrong try, as minutes by the clock and minutes the computer ran, found or left the door locked."""
    return [tried(file, minutes=minutes, run=run) is DoorLocked for minutes, run in moments]


def test_the_fifth_wrong_one_locks_and_then_no_passphrase_opens(file: Path) -> None:
    assert [tried(file) for _ in range(MOST_TRIES)] == [WrongPassphrase] * 4 + [DoorLocked]
    assert tried(file, PASSPHRASE) is DoorLocked
    kept = tries_path(file).read_bytes()
    for minutes in (16, 24 * 60, -24 * 60, 60 * 24 * 400):
        assert tried(file, PASSPHRASE, minutes, run=1) is DoorLocked, "however long, and after a restart"
    assert tries_path(file).read_bytes() == kept, "what is refused is not counted"
    said = [line.split(": ")[1] for line in notes(file)]
    assert said == [WRONG_PASSPHRASE] * 5 + [LOCKED] + [TRIED_WHEN_LOCKED] * 5
    with pytest.raises(DoorLocked) as error:
        key_by_passphrase(file, PASSPHRASE, "ann")
    for words in ("Pine.ddj is locked", "five wrong passphrases", "recovery code", "restore Pine.ddj --recovery"):
        assert words in str(error.value)


def test_tries_without_end_do_not_crowd_out_what_needs_a_key(file: Path) -> None:
    with clock.standing_at(NOON):
        while len("\n".join(notes(file))) < MOST_KEPT:
            note(file, "eve", TRIED_WHEN_LOCKED)
        before = notes(file)
        for what in (WRONG_PASSPHRASE, TRIED_WHEN_LOCKED, KEY_RENEWED):
            note(file, "ann", what)
    assert notes(file) == [*before, f"2026-11-03T12:00:00 ann: {KEY_RENEWED}"]


def test_a_right_one_and_the_recovery_code_begin_anew_and_leave_nothing(file: Path) -> None:
    for _ in range(3):
        assert [tried(file) for _ in range(4)] == [WrongPassphrase] * 4
        assert tried(file, PASSPHRASE) == KEY
        assert not tries_path(file).exists()
    for _ in range(MOST_TRIES):
        tried(file)
    forget_tries(file)
    assert not tries_path(file).exists()
    assert tried(file) is WrongPassphrase


def test_fewer_than_five_in_any_fifteen_minutes_never_lock(file: Path) -> None:
    apart = TRIES_WITHIN / timedelta(minutes=4)
    assert not any(tried(file, minutes=apart * number) is DoorLocked for number in range(40))
    assert tried(file, minutes=apart * 39 + 3.74) is DoorLocked, "the four before it and this one: a second too soon"


def test_a_clock_set_back_counts_as_no_time_gone(file: Path) -> None:
    day = 24 * 60
    assert locked_at(file, (0, 60), (-day, 61), (-2 * day, 62), (-3 * day, 63), (-4 * day, 64))[-1]


def test_a_clock_set_forward_counts_only_what_the_computer_ran(file: Path) -> None:
    assert locked_at(file, (0, 60), (20, 61), (40, 62), (60, 63), (80, 64)) == [False] * 4 + [True]


def test_after_a_restart_only_what_it_ran_since_counts(file: Path) -> None:
    assert locked_at(file, (0, 900), (100, 1), (200, 1), (300, 1), (400, 1)) == [False] * 4 + [True]
    forget_tries(file)
    assert not any(locked_at(file, (0, 900), (100, 30), (200, 25), (300, 20), (400, 16)))


def test_each_county_file_has_a_count_of_its_own_of_times_alone(tmp_path: Path) -> None:
    pine, oak = (with_quick_key(tmp_path / name) for name in ("Pine.ddj", "Oak.ddj"))
    for _ in range(MOST_TRIES):
        tried(pine)
    assert (tried(oak), tried(oak, PASSPHRASE)) == (WrongPassphrase, KEY)
    assert tries_path(pine).read_text("ascii") == "2026-11-03T12:00:00 3600\n" * 5


def test_a_program_killed_while_it_tries_has_used_the_try_up(file: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from ddj_desktop.store import door, keys; "
        "keys.WrappedKey.unwrap = lambda *_: os.kill(os.getpid(), 9); "
        "door.key_by_passphrase(Path(sys.argv[1]), 'a guess at it', 'eve')"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", killed, str(file)], check=False)
        assert done.returncode != 0
    assert len(tries_path(file).read_bytes().splitlines()) == 2
    lines = [f"{clock.now().isoformat(timespec='seconds')} {int(clock.running())}"] * 3
    tries_path(file).write_text("\n".join(lines) + "\n", "ascii")
    with pytest.raises(WrongPassphrase):
        key_by_passphrase(file, WRONG, "eve")
    with pytest.raises(DoorLocked):
        key_by_passphrase(file, WRONG, "eve")


def test_tries_side_by_side_are_counted_one_after_the_other(file: Path) -> None:
    def many(passphrase: str, at_once: int) -> list[object]:
        def one(_: int) -> object:
            try:
                return key_by_passphrase(file, passphrase, "ann")
            except (WrongPassphrase, DoorLocked) as error:
                return type(error)

        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(one, range(at_once)))

    assert many(PASSPHRASE, 12) == [KEY] * 12, "right ones beside each other lock nothing"
    said = many(WRONG, 12)
    assert (said.count(WrongPassphrase), said.count(DoorLocked)) == (4, 8)


def test_where_a_try_can_not_be_counted_a_right_one_opens_and_a_lock_holds(file: Path) -> None:
    tries_path(file).mkdir()
    assert [tried(file) for _ in range(7)] == [WrongPassphrase] * 7
    assert tried(file, PASSPHRASE) == KEY
    tries_path(file).rmdir()
    for _ in range(MOST_TRIES):
        tried(file)
    lines = tries_path(file).read_text("ascii")
    for spoiled in ("\x00\x00" + lines[2:], lines.replace(" 3600", ""), "2026-11-03T12:00:00+05:00 9\n" * 5, "x\n" * 5):
        tries_path(file).write_text(spoiled, "ascii")
        assert tried(file, PASSPHRASE) is DoorLocked, "a line that can not be read is a try"


def test_a_key_file_that_is_missing_or_damaged_is_no_try(file: Path) -> None:
    kept = key_path(file).read_bytes()
    for broken, error in ((b"no key", BadKeyFile), (None, NoKeyFile)):
        key_path(file).unlink() if broken is None else key_path(file).write_bytes(broken)
        for _ in range(MOST_TRIES + 1):
            with pytest.raises(error):
                key_by_passphrase(file, PASSPHRASE, "ann")
    key_path(file).write_bytes(kept)
    assert not tries_path(file).exists()
    assert tried(file, PASSPHRASE) == KEY


def test_the_running_time_goes_on_and_a_set_one_stands() -> None:
    first = clock.running()
    assert clock.running() >= first > 0
    with clock.standing_at(NOON):
        assert clock.running() >= first
        with clock.standing_at(NOON, 7):
            assert clock.running() == 7
    assert clock.running() >= first
