"""A county file of before approvers and seals: its requests wait for an approver, its log goes on under a seal."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddj_desktop.kernel import clock
from ddj_desktop.registers.requests import request_numbered
from ddj_desktop.store import audit, migrate
from ddj_desktop.store.county_file import County, CountyFile
from tests.conftest import PASSPHRASE


def test_an_older_file_keeps_its_requests_and_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, every = tmp_path / "Pine.ddj", migrate.steps()
    monkeypatch.setattr(migrate, "steps", lambda: [step for step in every if step[0] < 12])
    monkeypatch.setattr(audit, "_next_key", lambda _lane: None)  # there were no seals then
    file, _ = CountyFile.create(path, PASSPHRASE, County("Pine", "KS", 14_000), "tester")
    lane = file.lane()
    with lane.transaction():
        lane.run(
            "INSERT INTO share_request VALUES "
            "(1, 'f', 1, 'extract', '2026-09', 'why', 'ann', $at, 'bob', $at, NULL, NULL)",
            at=clock.now(),
        )
    file.close()
    monkeypatch.undo()
    file = CountyFile.open(path, PASSPHRASE, "tester")
    asked = request_numbered(file.lane(), 1)
    assert (asked.is_open, asked.approved_by, asked.approver_id) == (True, "bob", None)
    begun = file.begin_seal()
    with file.act(file.lane(), "setting"):
        pass
    assert begun.first_line == 4
    assert file.check([f"4-{'-'.join(begun.groups)}"]).sealed == 1
    file.close()
