"""What every test shares: no screen needed, a real encrypted county file, a clock that stands still."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ddj_desktop.kernel import clock
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.keys import key_path, read_key_file
from tests.cli.running import here
from tests.flow.sheets import made_up_people, write_ems, write_jail

PASSPHRASE = "made-up people only"


@pytest.fixture(scope="session")
def empty_county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A real, empty, encrypted county file made once, and its data key; tests work on copies of it."""
    path = tmp_path_factory.mktemp("empty") / "Pine.ddj"
    file, _ = CountyFile.create(path, PASSPHRASE, County("Pine", "KS", 14_000), "tester")
    file.close()
    return path, read_key_file(key_path(path), PASSPHRASE)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a county with two sources, matched, with an agreed definition, made once by the commands themselves.
    Read only: tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("county")
    people = made_up_people(160, 3)
    write_jail(folder / "jail.xlsx", people, 700, 3)
    write_ems(folder / "ems.csv", people, 420, 3)
    file = folder / "Pine.ddj"
    assert here("new", file, "--county", "Pine", "--state", "KS", "--population", "14000").code == 0
    ran = here("import", file, folder / "jail.xlsx", folder / "ems.csv")
    assert ran.code == 0, ran.err
    assert here("match", file).code == 0
    agreed = here("define", file, "--template", "Pine County definition", "--agree", "6 agencies, 2026-06-12")
    assert agreed.code == 0, agreed.err
    return folder


@pytest.fixture
def county(empty_county: tuple[Path, bytes], tmp_path: Path) -> Iterator[CountyFile]:
    """A real, empty, encrypted county file of its own."""
    made, data_key = empty_county
    for path in (made, key_path(made)):
        shutil.copyfile(path, tmp_path / path.name)
    file = CountyFile(tmp_path / made.name, data_key, "tester")
    yield file
    file.close()


@pytest.fixture
def on_nov_3() -> Iterator[None]:
    """The clock standing at November 3, 2026, 9:42."""
    with clock.standing_at(datetime(2026, 11, 3, 9, 42)):
        yield
