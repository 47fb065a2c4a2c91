"""Rows and columns of the tables that work further on protected counts: disparity by stage, and cost.

Everything here is worked out from numbers as they are printed, and from public ones: nothing hidden is used.
"""

from __future__ import annotations

from ddj_desktop.measures.disparity import BOOKED, LISTED
from ddj_desktop.measures.race import MORE_THAN_ONE, WHITE
from ddj_desktop.measures.statistics import rate, rate_ratio
from ddj_desktop.outputs.content import CostRow, CostTable, OutcomeTable, StageTable
from ddj_desktop.outputs.grid_cells import (
    EMPTY_CELL,
    HIDDEN_CELL,
    Cell,
    Grid,
    Heading,
    Row,
    count_cell,
    percent_cell,
    ratio_words,
)
from ddj_desktop.outputs.outcome_grid import outcome_grid

LEAST_RESIDENTS = 100
"""No rate on fewer residents (reference: packet rules)."""
NOT_COMPARED = frozenset({WHITE, MORE_THAN_ONE, "Other", "Not recorded", "Unclear code", "Systems disagree"})


def measure_grid(block: StageTable | CostTable | OutcomeTable) -> Grid:
    """The rows and columns of any of them."""
    match block:
        case StageTable():
            return _stage_grid(block)
        case CostTable():
            return _cost_grid(block)
        case OutcomeTable():
            return outcome_grid(block)


def _stage_grid(block: StageTable) -> Grid:
    """Residents, people booked with their rate, people on the list with their share, each with its ratio to White."""
    table = block.table
    white: tuple[int | None, ...] = (None, None, None)
    if WHITE in table.rows:
        white = table.cells[table.rows.index(WHITE)]
    rows = []
    for label, cells in zip(table.rows, table.cells, strict=True):
        residents, booked, listed = block.residents.get(label), cells[BOOKED], cells[LISTED]
        first = _ratio(label, booked, residents, white[BOOKED], block.residents.get(WHITE))
        second = _ratio(label, listed, booked, white[LISTED], white[BOOKED])
        rows.append(
            Row(label, (count_cell(residents) if residents else EMPTY_CELL, count_cell(booked),
                        _rate(booked, residents), first, count_cell(listed), percent_cell(listed, booked), second))
        )  # fmt: skip
    headings = (
        Heading("Residents"), Heading("Booked"), Heading("Per 1,000", "average"), Heading("Ratio to White", "text"),
        Heading("On the list"), Heading("Of booked", "percent"), Heading("Ratio to White", "text"),
    )  # fmt: skip
    keep = [c for c in range(len(headings)) if any(row.cells[c].text for row in rows)]
    return Grid(
        table.row_title, tuple(headings[c] for c in keep),
        tuple(Row(row.label, tuple(row.cells[c] for c in keep)) for row in rows),
    )  # fmt: skip


def _rate(count: int | None, residents: int | None) -> Cell:
    if not residents or residents < LEAST_RESIDENTS:
        return EMPTY_CELL
    if count is None:
        return HIDDEN_CELL
    found = rate(count, residents)
    assert found is not None
    return Cell(f"{found.value:,.1f}", round(found.value, 1), "average")


def _ratio(label: str, count: int | None, base: int | None, white: int | None, white_base: int | None) -> Cell:
    """A ratio with its range, from printed numbers alone; the marker where one of them is hidden."""
    if label in NOT_COMPARED or base == 0 or white_base == 0:
        return EMPTY_CELL
    if base is None or white_base is None:  # residents nobody entered leave the column empty, hidden counts do not
        return EMPTY_CELL if count is not None else HIDDEN_CELL
    if count is None or white is None:
        return HIDDEN_CELL
    found = rate_ratio(count, base, white, white_base)
    return Cell(ratio_words(found)) if found else EMPTY_CELL


def _cost_grid(block: CostTable) -> Grid:
    """Units, what one costs, and dollars with the stated range."""
    headings = (Heading("Units"), Heading("Each", "text"), Heading("Dollars", "dollars"), Heading("Range", "text"))
    return Grid("", headings, tuple(Row(row.label, _cost_cells(row)) for row in block.rows))


def _cost_cells(row: CostRow) -> tuple[Cell, ...]:
    price, count = row.price, row.figure.count
    each = Cell(f"${price.dollars:,.2f}")
    units = count_cell(count, row.figure.missing)
    if count is None:
        return units, each, units, EMPTY_CELL
    dollars = count_cell(float(price.dollars) * count, unit="dollars")
    if price.low is None and price.high is None:
        return units, each, dollars, EMPTY_CELL
    low, high = (count_cell(float(end if end is not None else price.dollars) * count, unit="dollars").text
                 for end in (price.low, price.high))  # fmt: skip
    return units, each, dollars, Cell(f"{low} to {high}")
