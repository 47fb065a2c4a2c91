"""The made-up county, taken down the whole line once by the documented command, for every test that looks at it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ddj


@dataclass(frozen=True)
class Made:
    """Where the demo put things and what it said."""

    folder: Path
    told: dict[str, Any]

    @property
    def file(self) -> Path:
        return self.folder / "Pine.ddj"

    def table(self, name: str) -> list[dict[str, str]]:
        """A table of the truth."""
        with open(self.folder / "truth" / f"{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def sheet(self, command: str, *words: str) -> list[dict[str, str]]:
        """The lines of an identified sheet a command writes."""
        out = self.folder / f"{command}.csv"
        ran = ddj(command, self.file, *words, "--out", out, "--reason", "a test")
        assert ran.code == 0, ran.err
        with open(out, newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The county of the default seed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-county"
    ran = ddj("demo", "--out", folder, "--json", passphrase=None)
    assert ran.code == 0, ran.err
    return Made(folder, json.loads(ran.out))


@pytest.fixture(scope="session")
def crosswalk(made_up: Made) -> list[dict[str, str]]:
    """Which row became which person."""
    return made_up.sheet("crosswalk")
