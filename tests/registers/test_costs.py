"""Unit costs with their year, who pays and who said so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ddj_desktop.registers.costs import UnitCost, all_unit_costs, cost_table, prices_of, set_unit_cost
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


def test_average_and_marginal_are_kept_apart(county: CountyFile) -> None:
    lane = county.lane()
    marginal = UnitCost("jail", "day", Decimal("18.00"), 2025, "county", "jail administrator", "marginal",
                        Decimal("12.00"), Decimal("25.00"), "food and medicine contracts")  # fmt: skip
    with lane.transaction():
        for one in (cost("85", 2024), cost("92.50", 2026), marginal):
            set_unit_cost(lane, one)
    assert cost_table(lane).cents("jail", "day", 2026) == 9250, "definitions count in average costs"
    kept = all_unit_costs(lane)
    assert prices_of(kept, "marginal", 2030) == {("jail", "day"): marginal}
    assert prices_of(kept, "average", 2025)["jail", "day"].year == 2024
    assert prices_of(kept, "average", 2020)["jail", "day"].year == 2024, "no earlier one is stated"


@pytest.mark.parametrize(
    "one",
    [
        UnitCost("jail", "day", Decimal("85"), 2025, None, None, "exact"),
        UnitCost("jail", "day", Decimal("85"), 2025, None, None, low=Decimal("90")),
        UnitCost("jail", "day", Decimal("85"), 2025, None, None, high=Decimal("80")),
    ],
)
def test_a_range_holds_its_middle(county: CountyFile, one: UnitCost) -> None:
    with pytest.raises(BadCost):
        set_unit_cost(county.lane(), one)
