"""What people on the list cost: contacts and days times the county's unit costs, average and marginal apart."""

from __future__ import annotations

from decimal import Decimal

from ddj_desktop.measures.frame import Frame
from ddj_desktop.measures.people import kind_words
from ddj_desktop.measures.types import Estimate, Figure
from ddj_desktop.registers.costs import BASES, UnitCost, all_unit_costs, prices_of
from ddj_desktop.store.lane import Lane

GROUP = "Cost"
MEANS = {
    "average": "Average cost: all spending over all units. Fewer contacts would not free this much.",
    "marginal": "Marginal cost: what one unit more or less changes within a year.",
}
FIGURE_OF = {"contact": "contacts", "day": "days"}


def add_cost(lane: Lane, frame: Frame) -> None:
    """cost_<basis>_<kind>_<unit> for everything that has a price and was counted, and cost_<basis>_total."""
    costs = all_unit_costs(lane)
    for basis in BASES:
        parts = []
        for (kind, unit), price in prices_of(costs, basis, frame.as_of.year).items():
            figure = frame.figures.get(f"{FIGURE_OF[unit]}_{kind}")
            if figure is not None and figure.count is not None:
                parts.append(_cost(frame, figure, kind, price))
        for part in parts:
            frame.add_estimate(part)
        if len(parts) > 1:
            frame.add_estimate(_total(frame, basis, parts))


def _cost(frame: Frame, figure: Figure, kind: str, price: UnitCost) -> Estimate:
    units, of = Decimal(round(figure.count or 0)), Decimal(round(figure.of or 0))
    low, high = price.low, price.high
    told = [f"{units:,} {FIGURE_OF[price.unit]} at ${price.dollars:,} each ({price.year})."]
    told += [f"Source: {price.source}."] if price.source else ["Its source is not stated."]
    told += [f"Paid by: {price.payer}."] if price.payer else ["Who pays is not stated."]
    return Estimate(
        name=f"cost_{price.basis}_{kind}_{price.unit}",
        words=f"{price.basis.capitalize()} cost of {kind_words(kind)} {FIGURE_OF[price.unit]}, people on the list",
        group=GROUP, unit="dollars", value=float(units * price.dollars),
        low=float(units * (low if low is not None else price.dollars)) if low or high else None,
        high=float(units * (high if high is not None else price.dollars)) if low or high else None,
        spread="stated range", count=float(units * price.dollars), of=float(of * price.dollars),
        counted="dollars for people on the list, of dollars for everyone known", period=frame.window,
        rows=figure.rows, opens=round(figure.count or 0) if figure.stays is None else figure.stays,
        note=" ".join([*told, MEANS[price.basis], figure.note]).strip(), sources=figure.sources,
    )  # fmt: skip


def _total(frame: Frame, basis: str, parts: list[Estimate]) -> Estimate:
    ranged = any(part.low is not None for part in parts)
    return Estimate(
        name=f"cost_{basis}_total", words=f"{basis.capitalize()} cost of people on the list, everything priced",
        group=GROUP, unit="dollars", value=sum(part.value or 0.0 for part in parts),
        low=sum(part.low if part.low is not None else part.value or 0.0 for part in parts) if ranged else None,
        high=sum(part.high if part.high is not None else part.value or 0.0 for part in parts) if ranged else None,
        spread="stated range", count=sum(part.count or 0.0 for part in parts),
        of=sum(part.of or 0.0 for part in parts),
        counted="dollars for people on the list, of dollars for everyone known", period=frame.window, rows=None,
        opens=0, note=f"The sum of {len(parts)} priced lines; what has no price costs nothing here. {MEANS[basis]}",
    )  # fmt: skip
