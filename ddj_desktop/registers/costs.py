"""What a contact or a day costs: average and marginal apart, with range, year, who pays, where it is from, who said so.

Average is all spending over all units (a budget over its bed-days): what the service costs. Marginal is what one unit
more or less changes in a year (food, medicine, a run's fuel): what fewer contacts would free. They answer two questions
and are never added or mixed (domain research 4.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ddj_desktop.registers.errors import BadCost, UnknownKind
from ddj_desktop.registers.sources import SOURCE_KINDS
from ddj_desktop.store.lane import Lane

UNITS = ("contact", "day")
BASES = ("average", "marginal")


@dataclass(frozen=True)
class UnitCost:
    """Dollars for one contact or one day of a source kind."""

    source_kind: str
    unit: str
    dollars: Decimal
    year: int
    payer: str | None
    stated_by: str | None
    basis: str = "average"
    low: Decimal | None = None
    """The range stated with it; None where none was."""
    high: Decimal | None = None
    source: str | None = None
    """Where the number is from: a budget, a contract, a report."""


@dataclass(frozen=True)
class CostTable:
    """Every average unit cost, to look one up."""

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
    """Keep a unit cost; one already kept for the same kind, unit, basis and year is replaced.

    Raises BadCost, UnknownKind.
    """
    _check(cost)
    key = {"kind": cost.source_kind, "unit": cost.unit, "basis": cost.basis, "year": cost.year}
    lane.run(
        "DELETE FROM unit_price WHERE source_kind = $kind AND unit = $unit AND basis = $basis AND year = $year", **key
    )
    lane.run(
        "INSERT INTO unit_price VALUES ($kind, $unit, $basis, $dollars, $low, $high, $year, $payer, $source, $by)",
        **key, dollars=_cents(cost.dollars), low=_cents(cost.low), high=_cents(cost.high), payer=cost.payer,
        source=cost.source, by=cost.stated_by,
    )  # fmt: skip


def _check(cost: UnitCost) -> None:
    if cost.source_kind not in SOURCE_KINDS:
        raise UnknownKind(kind=cost.source_kind, known=", ".join(SOURCE_KINDS))
    if cost.unit not in UNITS:
        raise BadCost(why=f"the unit {cost.unit!r} is neither contact nor day")
    if cost.basis not in BASES:
        raise BadCost(why=f"the basis {cost.basis!r} is neither average nor marginal")
    for dollars in (cost.dollars, cost.low, cost.high):
        if dollars is not None and (not dollars.is_finite() or not 0 <= dollars < 10**10):
            raise BadCost(why="the dollars must be a number from 0 up")
    if not (cost.low or cost.dollars) <= cost.dollars <= (cost.high or cost.dollars):
        raise BadCost(why="the dollars must lie inside the stated range")
    if not 1990 <= cost.year <= 2200:
        raise BadCost(why=f"{cost.year} is no year it could be of")


def _cents(dollars: Decimal | None) -> Decimal | None:
    return None if dollars is None else dollars.quantize(Decimal("0.01"), ROUND_HALF_UP)


def all_unit_costs(lane: Lane) -> list[UnitCost]:
    """Every unit cost, by kind, unit, basis and year."""
    return [
        UnitCost(*row)
        for row in lane.rows(
            "SELECT source_kind, unit, dollars, year, payer, stated_by, basis, low, high, source FROM unit_price "
            "ORDER BY source_kind, unit, basis, year"
        )
    ]


def prices_of(costs: list[UnitCost], basis: str, year: int) -> dict[tuple[str, str], UnitCost]:
    """(source kind, unit) to the price that holds in a year: the latest stated by then, else the earliest stated."""
    found: dict[tuple[str, str], UnitCost] = {}
    for cost in costs:  # years ascending
        key = (cost.source_kind, cost.unit)
        if cost.basis == basis and (key not in found or cost.year <= year):
            found[key] = cost
    return found


def cost_table(lane: Lane) -> CostTable:
    """Every average unit cost, to look one up."""
    found: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {}
    for cost in all_unit_costs(lane):
        if cost.basis == "average":
            key = (cost.source_kind, cost.unit)
            found[key] = (*found.get(key, ()), (cost.year, int(cost.dollars * 100)))
    return CostTable(found)
