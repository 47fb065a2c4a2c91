"""Cases in which other tools were found to fail (issues of sdcTools/UserSupport), as fixed cases."""

from __future__ import annotations

import random

import pytest

from ddj_desktop.disclosure.errors import BadThreshold
from ddj_desktop.disclosure.protect import protect
from ddj_desktop.disclosure.safe import SafeTable
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.types import CountTable
from tests.disclosure.oracle import every_fill, unsafe, with_totals

Inner = list[list[int]]


def table(inner: Inner, rows: list[str] | None = None, columns: list[str] | None = None, **more: object) -> CountTable:
    facts: dict[str, object] = {
        "name": "t", "words": "A table", "row_title": "Group",
        "rows": tuple(rows or [f"r{r}" for r in range(len(inner))]), "column_title": "",
        "columns": tuple(columns or [f"c{c}" for c in range(len(inner[0]))]),
        "counts": tuple(map(tuple, inner)), "unit": "people", "period": Month(2026, 10).span, "rows_add_up": True,
        "columns_add_up": True,
    }  # fmt: skip
    return CountTable(**(facts | more))  # type: ignore[arg-type]


def hidden_of(safe: SafeTable) -> set[tuple[int, int]]:
    """Hidden places with totals as the last row and column."""
    assert safe.row_totals is not None
    assert safe.column_totals is not None
    grid = [[*cells, total] for cells, total in zip(safe.cells, safe.row_totals, strict=True)]
    grid.append([*safe.column_totals, safe.total])
    return {(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell is None}


def assert_proved(inner: Inner) -> SafeTable:
    safe = protect(table(inner))
    hidden = hidden_of(safe)
    small = {(r, c) for r, row in enumerate(inner) for c, amount in enumerate(row) if 0 < amount < 11}
    assert small <= hidden
    grid = with_totals(inner)
    assert unsafe(grid, every_fill(grid, hidden, grid[-1][-1] + 20), 11) == []
    return safe


def test_135_three_ones_in_a_row_cover_each_other_badly() -> None:
    assert_proved([[1, 1, 1, 20], [14, 12, 15, 13]])


def test_135_two_ones_in_a_row() -> None:
    assert_proved([[1, 1, 22], [14, 12, 15]])


def test_160_a_range_of_two_values_is_no_protection() -> None:
    """10 and 1 in one row: 'at least two hidden' holds, and the 1 could be 0 to 11 at most."""
    safe = assert_proved([[10, 1, 25, 30], [20, 15, 25, 30]])
    assert safe.hidden > 4


def test_115_a_zero_is_never_cover() -> None:
    rng = random.Random(115)
    for _ in range(60):
        inner = [[rng.choice((0, 0, 3, 8, 14, 30)) for _ in range(4)] for _ in range(3)]
        safe = protect(table(inner))
        for r, c in hidden_of(safe):
            if r < 3 and c < 4:
                assert inner[r][c] > 0
        assert all(safe.cells[r][c] == 0 for r in range(3) for c in range(4) if inner[r][c] == 0)


def test_315_the_same_table_gives_the_same_pattern_whatever_its_order() -> None:
    rng = random.Random(315)
    for _ in range(20):
        inner = [[rng.randint(0, 40) for _ in range(4)] for _ in range(4)]
        first = protect(table(inner))
        assert protect(table(inner)) == first
        assert hidden_of(protect(table(inner))) == hidden_of(first)


def test_34_inner_cells_are_hidden_before_totals() -> None:
    safe = assert_proved([[3, 20, 30], [25, 14, 22], [18, 17, 16]])
    assert safe.row_totals == (53, 61, 51)
    assert safe.column_totals == (46, 51, 68)
    assert safe.total == 165
    assert safe.hidden == 4


def test_136_a_cell_given_away_by_the_total_of_the_others() -> None:
    one_way = table([[40], [5], [30]], columns=[""])
    safe = protect(one_way)
    assert safe.row_totals is None
    assert safe.cells[1] == (None,)
    assert sum(cell is None for (cell,) in safe.cells) == 2
    assert safe.total == 75


def test_without_totals_only_the_small_cells_are_hidden() -> None:
    safe = protect(table([[40, 5], [3, 30]], rows_add_up=False, columns_add_up=False))
    assert safe.cells == ((40, None), (None, 30))
    assert (safe.row_totals, safe.column_totals, safe.total) == (None, None, None)


def test_no_data_is_not_hidden_and_has_no_total() -> None:
    inner = [[40, 20], [30, 25]]
    counts = ((40, None), (30, 25))
    safe = protect(table(inner, counts=counts))
    assert safe.missing == {(0, 1)}
    assert safe.row_totals == (None, 55)
    assert safe.column_totals == (70, None)
    assert safe.hidden == 0


@pytest.mark.parametrize(
    ("amount", "people", "top_two", "shown"),
    [
        (500, 10, (60.0, 55.0), False),  # few people behind it
        (500, 11, (60.0, 55.0), True),
        (0, 0, (0.0, 0.0), True),  # nothing is nothing
        (500, 40, (300.0, 160.0), False),  # 40 left of 300: under 15 %
        (500, 40, (250.0, 100.0), True),
        (500, 40, (220.0, 200.0), False),  # two make 84 % of it
    ],
)
def test_sums_by_people_and_by_the_largest_two(
    amount: int, people: int, top_two: tuple[float, float], shown: bool
) -> None:
    one = table(
        [[amount], [900]], columns=[""], unit="days", people=((people,), (80,)),
        top_two=((top_two,), ((30.0, 20.0),)), rows_add_up=False,
    )  # fmt: skip
    assert (protect(one).cells[0][0] is not None) == shown


def test_small_rows_become_one_where_the_table_says_so() -> None:
    one = table([[40], [5], [30], [9], [2]], columns=["On the list"], pool_small_into="All others")
    safe = protect(one)
    assert safe.rows == ("r0", "r2", "All others")
    assert safe.cells == ((40,), (30,), (16,))
    assert safe.total == 86
    assert safe.hidden == 0


def test_pooled_rows_too_few_together_are_hidden_with_cover() -> None:
    safe = protect(table([[40], [5], [30], [2]], columns=["On the list"], pool_small_into="All others"))
    assert safe.rows[-1] == "All others"
    assert safe.cells[-1] == (None,)
    assert sum(cell is None for (cell,) in safe.cells) == 2


def test_nothing_leaves_below_eleven() -> None:
    with pytest.raises(BadThreshold, match="below 11"):
        protect(table([[40, 20]]), threshold=10)
    assert protect(table([[14, 40], [50, 60]]), threshold=15).cells[0][0] is None
