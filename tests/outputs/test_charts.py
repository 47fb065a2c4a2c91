"""Charts: a gap stays a gap, a hidden number is no bar, bars start at 0, the screen's SVG holds what the paper does."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Group, PolyLine, Rect, String

from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.kernel.dates import Month
from ddj_desktop.outputs.charts import bars_of, bars_pieces, draw_bars, draw_calendar
from ddj_desktop.outputs.content import BarChart, Comparison, CoverageCalendar, LineChart, ShareBars, UseRow, UseTable
from ddj_desktop.outputs.fonts import LEAST, width
from ddj_desktop.outputs.grid_cells import NO_DATA
from ddj_desktop.outputs.line_chart import draw_lines, nice_ceiling, runs
from ddj_desktop.outputs.svg import to_svg
from tests.outputs import sample
from tests.outputs.test_grids import figure, table

ROOM = 504.0


def shapes(drawing: Any, kind: type) -> list[Any]:
    found = []
    for shape in drawing.contents:
        if isinstance(shape, Group):
            found += shapes(shape, kind)
        elif isinstance(shape, kind):
            found.append(shape)
    return found


def texts(drawing: Any) -> list[str]:
    return [shape.text for shape in shapes(drawing, String)]


def filled(drawing: Any) -> list[Any]:
    return [shape for shape in shapes(drawing, Rect) if shape.fillColor is not None]


def test_bars_begin_at_one_line_and_are_as_long_as_their_share() -> None:
    made = table(((50,), (25,), (25,)), columns=("",), column_totals=(100,))
    bars = filled(draw_bars(bars_of(BarChart(1, "T", made)), ROOM))
    assert len({bar.x for bar in bars}) == 1
    longest, *others = sorted((bar.width for bar in bars), reverse=True)
    assert all(abs(other / longest - 0.5) < 1e-6 for other in others)


def test_a_hidden_number_is_a_marker_a_missing_one_words_and_neither_a_bar() -> None:
    made = table(
        ((50,), (None,), (None,), (0,)), columns=("",), missing=frozenset({(2, 0)}), column_totals=(None,)
    )  # fmt: skip
    drawing = draw_bars(bars_of(BarChart(1, "T", made, percent="none")), ROOM)
    assert len(filled(drawing)) == 1
    assert texts(drawing).count(HIDDEN) == 2  # where the bar would begin, and in the column of numbers
    assert texts(drawing).count(NO_DATA) >= 2
    assert "0" in texts(drawing)


def test_no_bar_beside_another_on_a_base_that_allows_no_percent() -> None:
    made = table(((11, 900), (7, 600)), column_totals=(18, 1500))
    bars = bars_of(Comparison(1, "T", (made,)))
    assert [bar.part is None for row in bars.rows if row.bars for bar in row.bars] == [True, False, True, False]


def test_use_without_days_has_one_bar() -> None:
    rows = (
        UseRow("Jail", figure(20, 40), figure(100, 400, unit="contacts"), figure(10, 100, unit="days")),
        UseRow("911", figure(20, 40), figure(100, 400, unit="contacts"), None),
        UseRow("EMS", figure(20, 40), figure(None, None, missing=True), None),
    )
    bars = bars_of(UseTable(1, "T", rows))
    assert [[bar.part for bar in row.bars] for row in bars.rows] == [[0.25, 0.1], [0.25, None], [None, None]]
    assert texts(draw_bars(bars, ROOM)).count(NO_DATA) == 2


def test_a_long_chart_comes_in_pieces_that_fit_a_page() -> None:
    made = table(tuple((n, 2 * n) for n in range(31, 91)), column_totals=(3000, 6000))
    pieces = bars_pieces(bars_of(BarChart(1, "T", made)), ROOM)
    assert len(pieces) > 1
    assert all(piece.height <= 540 for piece in pieces)
    assert sum(text.startswith("row ") for piece in pieces for text in texts(piece)) == 60


def test_every_word_of_a_chart_stays_inside_it_and_is_large_enough() -> None:
    long = "A group with a name so long that no column of any page could ever hold it on one line alone"
    months = table(((50,), (None,)), rows=("Oct 2025", "Nov 2025"), columns=(long,))
    made = table(((50, 900), (None, None)), rows=(long, "short"), column_totals=(93, 1500))
    for drawing in (
        draw_bars(bars_of(BarChart(1, "T", made)), ROOM),
        draw_bars(bars_of(ShareBars(1, "T", ((long, figure(5, 90)),))), ROOM),
        draw_lines(LineChart(1, "T", months, (long,)), ROOM),
    ):
        for shape in shapes(drawing, String):
            wide = width(shape.text, shape.fontSize, shape.fontName)
            left = {"start": shape.x, "middle": shape.x - wide / 2, "end": shape.x - wide}[shape.textAnchor]
            assert left >= -0.5, shape.text
            assert left + wide <= drawing.width + 0.5, shape.text
            assert shape.fontSize >= LEAST


@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=13))
def test_lines_never_cross_a_gap(series: list[int | None]) -> None:
    joined = runs(series)
    assert [place for run in joined for place in run] == [i for i, v in enumerate(series) if v is not None]
    assert all(b == a + 1 for run in joined for a, b in pairwise(run))
    assert all(before[-1] + 1 < after[0] for before, after in pairwise(joined))


def test_a_missing_month_breaks_the_line_and_says_so() -> None:
    months = sample.safe_month().tables["by_month"]
    drawing = draw_lines(LineChart(1, "T", months, months.columns[:1]), ROOM)
    lines = shapes(drawing, PolyLine)
    assert len(lines) == 2
    assert sum(len(line.points) // 2 for line in lines) == 12
    assert {"no", "data"} <= set(texts(drawing))


def test_neighbouring_months_without_data_are_one_stretch() -> None:
    rows = tuple(f"{month} 2025" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun"))
    made = table(
        ((None,),) * 4 + ((50,), (52,)), rows=rows, missing=frozenset((r, 0) for r in range(4)), columns=("On",)
    )
    drawing = draw_lines(LineChart(1, "T", made, ("On",)), ROOM)
    assert texts(drawing).count(NO_DATA) == 1
    assert HIDDEN not in texts(drawing)


def test_a_hidden_month_is_marked_at_the_foot() -> None:
    made = table(((50,), (None,), (52,)), rows=("Oct 2025", "Nov 2025", "Dec 2025"), columns=("On the list",))
    drawing = draw_lines(LineChart(1, "T", made, ("On the list",)), ROOM)
    assert not shapes(drawing, PolyLine)
    assert HIDDEN in texts(drawing)
    assert "On the list 52" in texts(drawing)


@given(st.floats(0, 1e9))
def test_the_axis_reaches_the_highest_value_and_counts_in_whole_steps(highest: float) -> None:
    top = nice_ceiling(highest)
    assert top >= highest
    assert (top / 4).is_integer()
    assert highest < 4 or top <= 2.6 * highest


def test_the_calendar_says_no_data_in_words() -> None:
    months = (Month(2026, 8), Month(2026, 9), Month(2026, 10))
    drawing = draw_calendar(CoverageCalendar(1, "T", months, (("EMS", ("full", "part", "none")),)), ROOM)
    assert texts(drawing)[-3:] == ["part", "no", "data"]


def test_the_screen_gets_svg_without_what_qt_draws_wrong() -> None:
    months = sample.safe_month().tables["by_month"]
    svg = to_svg(draw_lines(LineChart(1, "T", months, months.columns[:1]), ROOM))
    assert "clipPath" not in svg
    assert "fill: None" not in svg
    assert all('fill="none"' in tag for tag in re.findall(r"<(?:path|polyline|polygon) [^>]*>", svg))
    assert "On the list 95" in svg
