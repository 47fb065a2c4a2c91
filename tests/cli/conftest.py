"""A small county taken down the line once by the commands themselves; tests that change it copy it first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import here
from tests.flow.sheets import made_up_people, write_ems, write_jail


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a county with two sources, matched, with an agreed definition. Read only."""
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
def county_folder(finished: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(finished, tmp_path / "county"))
