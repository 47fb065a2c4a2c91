"""Killed while rows with names are written, nothing readable is left anywhere, and no file is half there."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ddj_desktop.intake.unlock import ENCRYPTED
from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.checking import check_county
from tests.cli.running import PASSPHRASE, ROOT, here, recovery_code
from tests.flow.test_kills import kill
from tests.workflow.sharing_rows import BOOKED

SHARE = ("share", "Pine.ddj", "--partner", "Clinic", "--level", "identified", "--out", "out", "--month", "2026-09")
KILLS = 30


def approved(folder: Path) -> None:
    """Everything up to the second person's yes."""
    file = folder / "Pine.ddj"
    for name, text in (("rule.toml", BOOKED), ("paper.pdf", "signed"), ("phrase.txt", "bob alone knows this"),
                       ("code.txt", " ".join(recovery_code(folder)))):  # fmt: skip
        (folder / name).write_text(text, "utf-8")
    steps = (
        ("define", file, "--rule", folder / "rule.toml", "--agree", "us, 2026-06-12"),
        ("agreement", file, "--partner", "Clinic", "--title", "MOU", "--level", "identified", "--purpose", "care",
         "--source", "jail", "--starts", "2026-01-01", "--ends", "2199-12-31", "--signed-on", "2026-01-01",
         "--signatory", "A", "--privacy-officer", "B", "--basis", "justice_duties", "--document", folder / "paper.pdf",
         "--column", "last_name", "--column", "first_name", "--column", "jail_count"),
        ("allow", file, "--partner", "Clinic", "--stated-by", "C", "--source", "jail", "--level", "identified"),
        ("allow", file, "--partner", "Clinic", "--stated-by", "C", "--basis", "justice_duties", "--until", "2199-1-1"),
        ("approver", file, "--enrol", "bob", "--phrase-file", folder / "phrase.txt", "--recovery-code-file",
         folder / "code.txt"),
    )  # fmt: skip
    for words in steps:
        ran = here(*words)
        assert ran.code == 0, ran.err
    assert "Request 1 waits" in here(SHARE[0], file, *SHARE[2:], "--reason", "a hand-over").sentence
    assert here("approve", file, "1", "--approver", "bob", "--phrase-file", folder / "phrase.txt").code == 0


def begin(folder: Path, temporary: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *SHARE, "--passphrase-file", "-"], cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    return child


def releases_in(folder: Path) -> int:
    county = CountyFile.open(folder / "Pine.ddj", PASSPHRASE, "checker")
    try:
        check_county(county)
        return int(county.lane().value("SELECT count(*) FROM release WHERE kind = 'names'"))
    finally:
        county.close()


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_no_name_and_no_half_file(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ann")
    before = Path(shutil.copytree(finished, tmp_path / "before"))
    approved(before)
    for sheet in (*before.glob("*.xlsx"), *before.glob("*.csv")):
        sheet.unlink()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    shutil.copytree(before, tmp_path / "whole")
    began = time.monotonic()
    child = begin(tmp_path / "whole", temporary)
    said, wrong = child.communicate(timeout=300)
    assert child.returncode == 0, wrong
    assert "The password: " in said
    seconds, chance = time.monotonic() - began, random.Random(5)
    county = CountyFile.open(tmp_path / "whole" / "Pine.ddj", PASSPHRASE, "checker")
    names = {str(name).encode() for (name,) in county.lane().rows("SELECT DISTINCT last_name FROM record") if name}
    county.close()
    long = {name for name in names if len(name) > 5}
    assert len(long) > 10
    ended = []
    for point in range(KILLS):
        folder = Path(shutil.copytree(before, tmp_path / str(point)))
        child = begin(folder, temporary)
        time.sleep(chance.uniform(0.3, 1.1) * seconds)
        kill(child)
        for path in (*folder.rglob("*"), *temporary.rglob("*")):
            data = path.read_bytes() if path.is_file() and not path.name.startswith("Pine") else b""
            assert not [name for name in long if name in data], path.name
        out = folder / "out"
        seen = [path for path in out.iterdir() if not path.name.startswith(".")] if out.exists() else []
        for path in seen:
            data = path.read_bytes()
            assert ENCRYPTED in data if path.suffix == ".xlsx" else json.loads(data)["rows"] > 50
        ended.append(releases_in(folder))
        assert not seen or ended[-1] == 1, "no file without its line in the ledger"
        shutil.rmtree(folder)
    assert set(ended) <= {0, 1}
    sys.stdout.write(f"killed {KILLS} times: {sum(ended)} after the act, {KILLS - sum(ended)} before\n")
