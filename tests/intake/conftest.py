"""What the tests of taking files in share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from ddj_desktop.intake import read
from tests.intake.warm_reader import WarmReader


@pytest.fixture(scope="module")
def warm() -> Iterator[None]:
    """Children that start in a hundredth of a second; none of them may ever hold a gigabyte."""
    if not hasattr(os, "fork"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        reader = WarmReader(read._started)
        patch.setattr(read, "_started", reader.start)
        yield
    assert 0 < reader.stop() < 1_000
