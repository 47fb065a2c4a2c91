"""A sheet as columns is the sheet word for word, however its lines came and wherever blocks of them end."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ddj_desktop.intake import handover
from ddj_desktop.intake.coded import Coded, combined, end_to_end, nth_alike, together
from ddj_desktop.intake.table import Table, TableMaker

CELL = st.sampled_from(["", " ", "A", "B", "José", '"', "line\nbreak"]) | st.text("xyz", max_size=3)
LINES = st.lists(st.lists(CELL, min_size=1, max_size=5).filter(any), max_size=12)
COLUMN = st.lists(st.sampled_from(["", "a", "b", None]), max_size=20)


@given(LINES, st.integers(1, 4))
def test_lines_handed_over_in_blocks_are_the_lines(cells: list[list[str]], size: int) -> None:
    lines = [(number * 3 + 1, one) for number, one in enumerate(cells)]
    maker = TableMaker()
    for start in range(0, len(lines), size):
        maker.add(handover.packed(lines[start : start + size]))
    table, expected = maker.table(), tuple((number, tuple(one)) for number, one in lines)
    assert table == expected
    assert Table.of(expected) == table
    assert table[1:3] == expected[1:3]
    assert [table[place] for place in range(len(expected))] == list(expected)
    assert table.filled().tolist() == [sum(bool(cell.strip()) for cell in one) for _, one in expected]
    for index in range(6):
        assert table.column(index).whole() == [one[index] if index < len(one) else "" for _, one in expected]


def test_two_tables_that_differ_in_one_cell_or_in_length_are_not_equal() -> None:
    table = Table.of(((1, ("a", "b")), (2, ("c",))))
    assert table != ((1, ("a", "b")), (2, ("c", "")))
    assert table != ((1, ("a", "b")),)
    assert table != ((1, ("a", "b")), (3, ("c",)))


def test_many_lines_make_several_blocks() -> None:
    lines = [(number, [f"{number}"]) for number in range(handover.BLOCK + 1)]
    assert len(list(handover.blocks(lines))) == 2


@given(COLUMN, COLUMN)
def test_columns_together_say_on_each_row_what_their_values_say(one: list[str | None], other: list[str | None]) -> None:
    size = min(len(one), len(other))
    left, right = Coded.of(one[:size]), Coded.of(other[:size])
    both = together(lambda a, b: f"{a}|{b}", left, right)
    assert both.whole() == [f"{a}|{b}" for a, b in zip(one[:size], other[:size], strict=True)]
    codes, firsts = combined([left, right])
    rows = list(zip(one[:size], other[:size], strict=True))
    assert [rows[firsts[code]] for code in codes.tolist()] == rows
    assert len(set(rows)) == len(firsts)
    assert end_to_end([left, right]).whole() == one[:size] + other[:size]
    assert left.counts() == {word: one[:size].count(word) for word in dict.fromkeys(one[:size])}
    assert [rows[:place].count(rows[place]) for place in range(size)] == nth_alike(codes).tolist()


def test_combinations_beyond_what_a_number_holds_are_told_apart() -> None:
    wide = [Coded(np.arange(4, dtype=np.int32), [f"{column}{row}" for row in range(100_000)]) for column in range(9)]
    codes, firsts = combined(wide)
    assert codes.tolist() == [0, 1, 2, 3]
    assert firsts.tolist() == [0, 1, 2, 3]
