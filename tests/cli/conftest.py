"""A county taken down the line, to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def county_folder(finished: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(finished, tmp_path / "county"))
