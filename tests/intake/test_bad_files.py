"""Every bad file: one plain sentence that names the file, in little time, nothing left behind."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ddj_desktop.intake import errors, read
from ddj_desktop.intake.read import read_file
from ddj_desktop.kernel.errors import PersonCanFix, Stopped
from ddj_desktop.kernel.progress import Progress
from tests.intake.bad_files import plain_workbook, text_cell, workbook


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(errors.NoSuchSpreadsheet):
        read_file(tmp_path / "none.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(errors.NoSuchSpreadsheet):
        read_file(tmp_path)


def test_columns_formatted_to_the_last_row_do_no_harm(tmp_path: Path) -> None:
    """A last row of empty, coloured cells is what deleting by hand leaves behind."""
    rows = f'<row r="1">{text_cell("A1", "x")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path = tmp_path / "formatted.xlsx"
    path.write_bytes(workbook(rows))
    assert read_file(path).sheets[0].lines == ((1, ("x",)),)


def test_a_child_that_dies_gives_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(plain_workbook())
    monkeypatch.setattr(read, "_child", lambda *_: [sys.executable, "-c", "import os; os.abort()"])
    with pytest.raises(errors.ReaderStopped):
        read_file(path)


def test_a_child_that_stops_in_the_middle_gives_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(plain_workbook())
    script = "import os; os.write(1, (50).to_bytes(8, 'big') + b'{\"sheet\"')"
    monkeypatch.setattr(read, "_child", lambda *_: [sys.executable, "-c", script])
    with pytest.raises(errors.ReaderStopped):
        read_file(path)


def test_a_child_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(plain_workbook())
    monkeypatch.setattr(read, "_child", lambda *_: [sys.executable, "-c", "import time; time.sleep(60)"])
    began = time.monotonic()
    with pytest.raises(errors.TooSlow):
        read_file(path, timeout=1)
    assert time.monotonic() - began < 10


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(plain_workbook(3000))
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        read_file(path, progress=progress)


def test_the_child_cannot_take_more_memory_than_allowed() -> None:
    """More than a gigabyte asked for in a process limited as the worker is, where the system knows such limits."""
    script = "from ddj_desktop.intake import worker; worker._limit(10); b = bytearray(1_200_000_000)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ("MemoryError" in ran.stderr) == (importlib.util.find_spec("resource") is not None)


@pytest.mark.parametrize("seed", range(24))
def test_bytes_changed_at_random_are_read_or_refused(seed: int, tmp_path: Path) -> None:
    """Whatever chance does to a file: rows, or one sentence; never another error."""
    dice = random.Random(seed)
    text = "Name,DOB,Booked\n" + "".join(f'"ROE, J",01/0{n % 9 + 1}/1980,02/03/2024\n' for n in range(40))
    data = bytearray(plain_workbook(40) if seed % 2 else text.encode())
    for _ in range(dice.randrange(1, 15)):
        place = dice.randrange(len(data))
        data[place : place + dice.randrange(3)] = dice.randbytes(dice.randrange(4))
    path = tmp_path / "changed.bin"
    path.write_bytes(data)
    try:
        outcome = "rows" if read_file(path).sheets[0].lines else "nothing"
    except PersonCanFix as told:
        outcome = str(told)
    assert outcome == "rows" or outcome.endswith(".")
