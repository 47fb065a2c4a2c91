"""A file is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ddj_desktop.outputs import atomic
from ddj_desktop.outputs.atomic import Sink, sweep, write_whole
from ddj_desktop.outputs.errors import CannotSave, NoRoom, NotAsWritten

WORDS = b"all of it " * 1000


def fill(out: Sink) -> None:
    out.write(WORDS)


def test_written_and_named_with_its_digest(tmp_path: Path) -> None:
    digest = write_whole(tmp_path / "a.pdf", fill)
    assert (tmp_path / "a.pdf").read_bytes() == WORDS
    assert digest == hashlib.sha256(WORDS).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def broken(out: Sink) -> None:
    out.write(WORDS)
    raise ValueError("half way")


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    with pytest.raises(ValueError, match="half way"):
        write_whole(target, broken)
    assert not list(tmp_path.iterdir())
    target.write_bytes(b"before")
    with pytest.raises(ValueError, match="half way"):
        write_whole(target, broken)
    with pytest.raises(ZeroDivisionError):
        write_whole(target, fill, check=lambda written: divmod(1, 0) and None)
    assert target.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match=r"a\.pdf can not be written"):
        write_whole(tmp_path / "none" / "a.pdf", fill)


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    def full(out: Sink) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(NoRoom, match="disk is full"):
        write_whole(tmp_path / "a.pdf", full)
    assert not list(tmp_path.iterdir())


def test_a_file_that_reads_back_otherwise_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_digest", lambda path: "something else")
    with pytest.raises(NotAsWritten):
        write_whole(tmp_path / "a.pdf", fill)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_rows_about_people_are_for_the_writer_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", fill, private=True)
    assert (tmp_path / "a.csv").stat().st_mode & 0o077 == 0


def test_leftovers_of_a_killed_program_go_and_others_stay(tmp_path: Path) -> None:
    ours, fresh, old = tmp_path / ".a.pdf.00.ddj-part", tmp_path / ".b.pdf.00.ddj-part", tmp_path / ".c.pdf.00.ddj-part"
    for path in (ours, fresh, old, tmp_path / ".hidden", tmp_path / "note.ddj-part"):
        path.write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    write_whole(tmp_path / "a.pdf", fill)
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", ".b.pdf.00.ddj-part", ".hidden", "note.ddj-part"}
    sweep(tmp_path / "none")


SLOW_WRITER = """
import sys, time
from pathlib import Path
from ddj_desktop.outputs.atomic import write_whole
def fill(out):
    for _ in range(400):
        out.write(b"x" * 4096)
        time.sleep(0.001)
print("begun", flush=True)
write_whole(Path(sys.argv[1]), fill)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2])
def test_killed_while_writing_leaves_the_old_file_and_the_next_write_clears_up(tmp_path: Path, wait: float) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"before")
    writer = subprocess.Popen([sys.executable, "-c", SLOW_WRITER, str(target)], stdout=subprocess.PIPE)
    assert writer.stdout
    assert writer.stdout.readline() == b"begun\n"
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    assert target.read_bytes() == b"before"
    write_whole(target, fill)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
