"""What a cell prints: the marker, 'no data', percents on a fair base, and nothing that gives a hidden number away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.disclosure import safe
from ddj_desktop.disclosure.safe import HIDDEN, SafeFigure, SafeTable
from ddj_desktop.outputs.content import FlowBar, TableBlock
from ddj_desktop.outputs.grid_cells import NO_DATA, average_cell, count_cell, percent_cell
from ddj_desktop.outputs.grids import figure_words, grid_of, table_grid
from tests.outputs.sample import WINDOW


def figure(count: float | None, of: float | None = None, missing: bool = False, unit: str = "people") -> SafeFigure:
    return SafeFigure("f", "words", unit, count, of, WINDOW, missing, "", safe._KEY)


def table(cells: tuple[tuple[int | None, ...], ...], **more: object) -> SafeTable:
    given_values = {
        "name": "t", "words": "Words", "row_title": "Group", "rows": tuple(f"row {i}" for i in range(len(cells))),
        "column_title": "", "columns": ("On the list", "Everyone else")[: len(cells[0])], "cells": cells,
        "missing": frozenset(), "row_totals": None, "column_totals": None, "total": None, "unit": "people",
        "period": WINDOW, "note": "", "hidden": 0, "key": safe._KEY,
    }  # fmt: skip
    return SafeTable(**{**given_values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "of", "printed"),
    [
        (41, 93, "41 of 93 (44%)"),
        (6, 21, "6 of 21"),
        (0, 93, "0 of 93 (0%)"),
        (1, 1000, "1 of 1,000 (<1%)"),
        (999, 1000, "999 of 1,000 (>99%)"),
        (93, 93, "93 of 93 (100%)"),
        (None, 93, f"{HIDDEN} of 93"),
        (93, None, "93"),
    ],
)
def test_a_figure_is_n_of_n_with_percent_on_a_fair_base(count: float | None, of: float | None, printed: str) -> None:
    assert figure_words(figure(count, of)) == printed


def test_missing_is_no_data_and_hidden_is_the_marker_and_neither_is_zero() -> None:
    assert figure_words(figure(None, 40, missing=True)) == NO_DATA
    assert count_cell(None).text == HIDDEN
    assert count_cell(0).text == "0"
    assert count_cell(None, missing=True).text == NO_DATA
    assert count_cell(1234.5, unit="dollars").text == "$1,235"


def test_no_percent_or_average_of_a_hidden_number() -> None:
    assert percent_cell(None, 93).text == HIDDEN
    assert percent_cell(40, None).text == HIDDEN
    assert average_cell(40, None).text == HIDDEN
    assert average_cell(None, 40).text == HIDDEN
    assert average_cell(0, 0).text == ""


@given(st.integers(0, 10**7), st.integers(30, 10**7))
def test_percent_is_the_nearest_whole_one(count: int, of: int) -> None:
    count = min(count, of)
    cell = percent_cell(count, of)
    exact = Fraction(100 * count, of)
    if cell.text == "<1%":
        assert 0 < exact < Fraction(1, 2)
    elif cell.text == ">99%":
        assert Fraction(199, 2) <= exact < 100
    else:
        assert abs(exact - int(cell.text.rstrip("%"))) <= Fraction(1, 2)


def test_a_hidden_cell_leaves_no_percent_and_its_column_keeps_its_total() -> None:
    made = table(((50, 900), (None, None), (None, 300)), column_totals=(93, 1500))
    rows = {row.label: [cell.text for cell in row.cells] for row in table_grid(made, "column", totals=True).rows}
    assert rows["row 0"] == ["50", "54%", "900", "60%"]
    assert rows["row 1"] == [HIDDEN] * 4
    assert rows["row 2"] == [HIDDEN, HIDDEN, "300", "20%"]
    assert rows["Total"] == ["93", "100%", "1,500", "100%"]


def test_a_column_with_a_gap_has_neither_total_nor_percent() -> None:
    made = table(((50,), (None,)), missing=frozenset({(1, 0)}), column_totals=(None,))
    rows = {row.label: [cell.text for cell in row.cells] for row in table_grid(made, "column", totals=True).rows}
    assert rows == {"row 0": ["50"], "row 1": [NO_DATA], "Total": [NO_DATA]}


def test_row_totals_stand_in_a_last_column() -> None:
    made = table(((50, 20), (30, None)), row_totals=(70, None), column_totals=(80, None), total=None)
    grid = table_grid(made, "none", totals=True)
    assert [heading.text for heading in grid.headings] == ["On the list", "Everyone else", "Total"]
    assert [cell.text for cell in grid.rows[0].cells] == ["50", "20", "70"]
    assert [cell.text for cell in grid.rows[2].cells] == ["80", HIDDEN, HIDDEN]


def test_bare_counts_get_no_column_for_a_whole() -> None:
    block = FlowBar(1, "Flow", (("Stayed", figure(74)), ("Returned", figure(None))))
    grid = grid_of(block)
    assert [heading.text for heading in grid.headings] == ["Number"]
    assert [row.cells[0].text for row in grid.rows] == ["74", HIDDEN]


def test_only_disclosure_makes_what_a_block_holds() -> None:
    made = table(((50,),), columns=("",))
    with pytest.raises(Exception, match="without protection"):
        replace(made, key=None)
    assert grid_of(TableBlock(1, "T", made)).headings[0].text == "People"
