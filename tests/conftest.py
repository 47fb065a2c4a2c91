"""What every test shares: no screen needed, a real encrypted county file, a clock that stands still."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ddj_desktop.kernel import clock
from ddj_desktop.store.county_file import County, CountyFile

PASSPHRASE = "made-up people only"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[CountyFile]:
    """A real, empty, encrypted county file."""
    file, _ = CountyFile.create(tmp_path / "Pine.ddj", PASSPHRASE, County("Pine", "KS", 14_000), "tester")
    yield file
    file.close()


@pytest.fixture
def on_nov_3() -> Iterator[None]:
    """The clock standing at November 3, 2026, 9:42."""
    with clock.standing_at(datetime(2026, 11, 3, 9, 42)):
        yield
