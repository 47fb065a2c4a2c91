"""A long list given to a statement costs what it should: the engine does not look for pandas once a value."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec

import pytest

from ddj_desktop.store.county_file import CountyFile


class Watch:
    """A finder that finds nothing and counts what is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        self.asked.append(name)
        return None


def test_a_list_of_numbers_sets_off_no_search_for_modules(county: CountyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    lane, watch = county.lane(), Watch()
    monkeypatch.setattr(sys, "meta_path", [watch, *sys.meta_path])
    assert (
        lane.value("SELECT sum(n) FROM (SELECT unnest($numbers::BIGINT[]) AS n)", numbers=list(range(500))) == 124_750
    )
    assert len(watch.asked) < 20
