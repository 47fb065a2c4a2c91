"""A county file of before releases were kept number by number: its ledger stays, and the next packet is kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddj_desktop.disclosure.ledger import earlier_releases, record_release
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.store import audit, migrate
from ddj_desktop.store.county_file import County, CountyFile
from ddj_desktop.store.lane import Lane
from tests.disclosure.test_month import figure, month


def kept(lane: Lane, safe: SafeMonth | None) -> int:
    return record_release(
        lane, actor="tester", kind="packet", recipient="meeting", level="table", reason="packet", files=[], safe=safe
    )


def test_releases_of_an_older_file_stay_and_later_ones_tell_what_they_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Pine.ddj"
    every = migrate.steps()
    monkeypatch.setattr(migrate, "steps", lambda: [step for step in every if step[0] < 7])
    monkeypatch.setattr(audit, "_next_key", lambda _lane: None)  # there were no seals then
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 14_000), "tester")
    lane = file.lane()
    with lane.transaction():
        assert kept(lane, None) == 1
    file.close()
    monkeypatch.undo()
    file = CountyFile.open(path, "made-up people only", "tester")
    lane = file.lane()
    assert lane.value("SELECT count(*) FROM release") == 1
    assert earlier_releases(lane) == []
    safe = protect_month(month([figure("people_on_list", 90, 400)]))
    with lane.transaction():
        assert kept(lane, safe) == 2
    assert earlier_releases(lane) == [safe.held]
    file.close()
    file = CountyFile.open(path, "made-up people only", "tester")
    assert earlier_releases(file.lane()) == [safe.held]
    file.close()
