"""What a contact or a day costs, with the year, who pays and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ddj_desktop.registers.errors import BadCost, UnknownKind
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.lane import Lane

UNITS = ("contact", "day")


@dataclass(frozen=True)
class UnitCost:
    """Dollars for one contact or one day of a source kind."""

    source_kind: str
    unit: str
    dollars: Decimal
    year: int
    payer: str | None
    stated_by: str | None


@dataclass(frozen=True)
class CostTable:
    """Every unit cost, to look one up."""

    by_key: Mapping[tuple[str, str], tuple[tuple[int, int], ...]]
    """(source kind, unit) to (year, cents), years ascending."""

    def cents(self, source_kind: str, unit: str, year: int) -> int:
        """Cents for a contact or a day: of the latest stated year up to `year`, else of the earliest stated one;
        0 where nobody has stated any. One year's price for a whole window, so that sums are in one money."""
        stated = self.by_key.get((source_kind, unit), ())
        earlier = [cents for of_year, cents in stated if of_year <= year]
        return earlier[-1] if earlier else stated[0][1] if stated else 0

    def knows(self, source_kind: str) -> bool:
        """True where a contact or a day of the kind has a price."""
        return any(kind == source_kind for kind, _ in self.by_key)


NO_COSTS = CostTable({})


def set_unit_cost(lane: Lane, cost: UnitCost) -> None:
    """Keep a unit cost; one already kept for the same kind, unit and year is replaced. Raises BadCost, UnknownKind."""
    if cost.source_kind not in SOURCE_KINDS:
        raise UnknownKind(kind=cost.source_kind, known=", ".join(SOURCE_KINDS))
    if cost.unit not in UNITS:
        raise BadCost(why=f"the unit {cost.unit!r} is neither contact nor day")
    if not cost.dollars.is_finite() or not 0 <= cost.dollars < 10**10:
        raise BadCost(why="the dollars must be a number from 0 up")
    if not 1990 <= cost.year <= 2200:
        raise BadCost(why=f"{cost.year} is no year it could be of")
    key = {"kind": cost.source_kind, "unit": cost.unit, "year": cost.year}
    lane.run("DELETE FROM unit_cost WHERE source_kind = $kind AND unit = $unit AND year = $year", **key)
    lane.run(
        "INSERT INTO unit_cost VALUES ($kind, $unit, $dollars, $year, $payer, $stated_by)",
        **key, dollars=cost.dollars.quantize(Decimal("0.01"), ROUND_HALF_UP), payer=cost.payer,
        stated_by=cost.stated_by,
    )  # fmt: skip


def all_unit_costs(lane: Lane) -> list[UnitCost]:
    """Every unit cost, by kind, unit and year."""
    return [
        UnitCost(*row)
        for row in lane.rows(
            "SELECT source_kind, unit, dollars, year, payer, stated_by FROM unit_cost ORDER BY source_kind, unit, year"
        )
    ]


def cost_table(lane: Lane) -> CostTable:
    """Every unit cost, to look one up."""
    found: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {}
    for cost in all_unit_costs(lane):
        key = (cost.source_kind, cost.unit)
        found[key] = (*found.get(key, ()), (cost.year, int(cost.dollars * 100)))
    return CostTable(found)
