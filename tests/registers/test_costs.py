"""Unit costs with their year, who pays and who said so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ddj_desktop.registers.costs import UnitCost, all_unit_costs, cost_table, set_unit_cost
from ddj_desktop.registers.errors import BadCost, UnknownKind
from ddj_desktop.store.county_file import CountyFile


def cost(dollars: str, year: int, kind: str = "jail", unit: str = "day") -> UnitCost:
    return UnitCost(kind, unit, Decimal(dollars), year, "county", "budget office")


def test_a_cost_of_the_same_kind_unit_and_year_is_replaced(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        for one in (cost("85", 2024), cost("92.505", 2026), cost("90", 2026), cost("700", 2025, "ems", "contact")):
            set_unit_cost(lane, one)
    assert all_unit_costs(lane) == [cost("700.00", 2025, "ems", "contact"), cost("85.00", 2024), cost("90.00", 2026)]


def test_the_price_of_a_year_is_the_latest_stated_by_then(county: CountyFile) -> None:
    lane = county.lane()
    with lane.transaction():
        for one in (cost("85", 2024), cost("92.50", 2026)):
            set_unit_cost(lane, one)
    table = cost_table(lane)
    assert [table.cents("jail", "day", year) for year in (2023, 2024, 2025, 2026, 2030)] == [
        8500, 8500, 8500, 9250, 9250,
    ]  # fmt: skip
    assert table.cents("jail", "contact", 2026) == 0
    assert (table.knows("jail"), table.knows("ems")) == (True, False)


@pytest.mark.parametrize(
    ("one", "error"),
    [
        (cost("1", 2026, "bank"), UnknownKind),
        (cost("1", 2026, unit="hour"), BadCost),
        (cost("-1", 2026), BadCost),
        (cost("NaN", 2026), BadCost),
        (cost("1", 26), BadCost),
    ],
)
def test_what_a_cost_can_not_be(county: CountyFile, one: UnitCost, error: type[Exception]) -> None:
    lane = county.lane()
    with pytest.raises(error):
        set_unit_cost(lane, one)
    assert all_unit_costs(lane) == []
