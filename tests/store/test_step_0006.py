"""A county file of before unit costs had a basis keeps its costs, as average ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ddj_desktop.registers.costs import UnitCost, all_unit_costs
from ddj_desktop.store import audit, migrate
from ddj_desktop.store.county_file import County, CountyFile


def test_costs_of_an_older_file_are_average_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Pine.ddj"
    every = migrate.steps()
    monkeypatch.setattr(migrate, "steps", lambda: [step for step in every if step[0] < 6])
    monkeypatch.setattr(audit, "_next_key", lambda _lane: None)  # there were no seals then
    file, _ = CountyFile.create(path, "made-up people only", County("Pine", "KS", 14_000), "tester")
    lane = file.lane()
    with lane.transaction():
        lane.run("INSERT INTO unit_cost VALUES ('jail', 'day', 85.5, 2024, 'county', 'budget office')")
    file.close()
    monkeypatch.undo()
    file = CountyFile.open(path, "made-up people only", "tester")
    assert all_unit_costs(file.lane()) == [UnitCost("jail", "day", Decimal("85.50"), 2024, "county", "budget office")]
    file.close()
