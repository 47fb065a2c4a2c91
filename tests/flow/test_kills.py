"""Killed at any moment, the county file is as it was before the act or as after it, and no output is half there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ddj_desktop.store.county_file import CountyFile
from ddj_desktop.workflow.checking import check_county
from tests.cli.running import PASSPHRASE, ROOT, ddj
from tests.flow.sheets import made_up_people, write_ems, write_jail

State = tuple[tuple[str, int], ...]
ACTS = ("import", "match", "packet")


def state_of(file: Path) -> State:
    """How many rows each table holds, after everything was read and checked."""
    county = CountyFile.open(file, PASSPHRASE, "checker")
    try:
        return tuple(sorted(check_county(county).rows.items()))
    finally:
        county.close()


@dataclass(frozen=True)
class Scene:
    """A county ready for one act: the folder to copy, the words of the act, the states before and after it."""

    folder: Path
    words: tuple[str, ...]
    before: State
    after: State
    seconds: float


def words_of(act: str) -> tuple[str, ...]:
    return {
        "import": ("import", "Pine.ddj", "jail.xlsx", "--json"),
        "match": ("match", "Pine.ddj", "--json"),
        "packet": ("packet", "Pine.ddj", "--month", "2026-09", "--audience", "meeting", "--out", "out", "--json"),
    }[act]


def start(folder: Path, words: tuple[str, ...]) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words, "--passphrase-file", "-"], cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ},
        start_new_session=True,
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(PASSPHRASE + "\n")
    child.stdin.flush()
    return child


def kill(child: subprocess.Popen[str]) -> None:
    """End the command and its reading child at once, with no chance to tidy up."""
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, 9)
    child.communicate()


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Scene]:
    """Each act's scene, made once when first asked for."""
    home = tmp_path_factory.mktemp("scenes")
    people = made_up_people(150, 5)
    made: dict[str, Scene] = {}

    def base() -> Path:
        folder = home / "base"
        if not folder.exists():
            folder.mkdir()
            assert ddj("new", folder / "Pine.ddj", "--county", "Pine", "--state", "KS").code == 0
            write_jail(folder / "jail.xlsx", people, 3_000, 5)
            write_ems(folder / "ems.csv", people, 800, 5)
            assert ddj("import", folder / "Pine.ddj", folder / "ems.csv").code == 0
        return folder

    def prepared(act: str) -> Path:
        folder = home / f"{act}-before"
        shutil.copytree(base(), folder)
        if act != "import":
            assert ddj("import", folder / "Pine.ddj", folder / "jail.xlsx").code == 0
        if act == "packet":
            assert ddj("match", folder / "Pine.ddj").code == 0
            template = ("--template", "Pine County definition", "--agree", "all, 2026-06-12")
            assert ddj("define", folder / "Pine.ddj", *template).code == 0
        return folder

    def scene(act: str) -> Scene:
        if act not in made:
            before = prepared(act)
            after = home / f"{act}-after"
            shutil.copytree(before, after)
            began = time.monotonic()
            child = start(after, words_of(act))
            _, told = child.communicate(timeout=300)
            assert child.returncode == 0, told
            seconds = time.monotonic() - began
            made[act] = Scene(
                before, words_of(act), state_of(before / "Pine.ddj"), state_of(after / "Pine.ddj"), seconds
            )
        return made[act]

    return scene


def kill_once(scene: Scene, folder: Path, delay: float) -> str:
    shutil.copytree(scene.folder, folder)
    child = start(folder, scene.words)
    time.sleep(delay)
    kill(child)
    state = state_of(folder / "Pine.ddj")
    assert state in (scene.before, scene.after), f"killed after {delay:.3f} s: neither before nor after"
    no_half_output(folder / "out")
    return "before" if state == scene.before else "after"


def no_half_output(out: Path) -> None:
    if not out.exists():
        return
    from zipfile import ZipFile

    from pypdf import PdfReader

    for path in out.iterdir():
        if path.name.startswith("."):
            continue
        if path.suffix == ".pdf":
            assert len(PdfReader(path).pages) >= 2
        else:
            assert ZipFile(path).testzip() is None


def campaign(scene: Scene, tmp_path: Path, points: int, seed: int) -> None:
    chance = random.Random(seed)
    for point in range(points):
        folder = tmp_path / str(point)
        kill_once(scene, folder, chance.uniform(0.2, 1.1) * scene.seconds)
        shutil.rmtree(folder)


@pytest.mark.parametrize("act", ACTS)
def test_a_few_kills(scenes: Callable[[str], Scene], tmp_path: Path, act: str) -> None:
    scene = scenes(act)
    assert scene.before != scene.after
    campaign(scene, tmp_path, 2, 11)


@pytest.mark.slow
@pytest.mark.parametrize("act", ACTS)
def test_fifty_kills(scenes: Callable[[str], Scene], tmp_path: Path, act: str) -> None:
    campaign(scenes(act), tmp_path, 50, 12)


@pytest.mark.parametrize("act", ACTS)
def test_after_a_kill_the_same_act_works(scenes: Callable[[str], Scene], tmp_path: Path, act: str) -> None:
    scene = scenes(act)
    folder = tmp_path / "again"
    shutil.copytree(scene.folder, folder)
    child = start(folder, scene.words)
    time.sleep(0.7 * scene.seconds)
    kill(child)
    child = start(folder, scene.words)
    _, told = child.communicate(timeout=300)
    assert child.returncode == 0, told
    assert [path.name for path in folder.rglob(".ddj*")] == []
