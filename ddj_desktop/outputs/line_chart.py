"""Months as lines. A line breaks at a hidden or missing month: it never falls to 0 and never bridges the gap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine, Rect
from reportlab.lib.colors import white

from ddj_desktop.disclosure.safe import HIDDEN, SafeTable
from ddj_desktop.outputs.content import LineChart
from ddj_desktop.outputs.fonts import fit, width
from ddj_desktop.outputs.grid_cells import NO_DATA, count_cell
from ddj_desktop.outputs.ink import BLACK, DASHES, MUTED, RULE, SMALL, STEPS, STROKES, rule, sheet, word

_LINE_STEPS = (0, 1, 0, 1)
_TOP, _BOTTOM = 14.0, 30.0


def draw_lines(block: LineChart, room: float, height: float = 190.0) -> Any:
    """Up to four columns of a table of months as lines, each labelled at its end, the last value beside the name."""
    table = block.table
    columns = [table.columns.index(name) for name in block.drawn if name in table.columns][:4]
    ceiling = nice_ceiling(max((v for c in columns for v in values(table, c) if v is not None), default=0.0))
    labels = [_end_label(table, c) for c in columns]
    right = min(room * 0.34, max((width(label, SMALL) for label in labels), default=0.0) + 12)
    left = max(34.0, width(f"{ceiling:,.0f}", SMALL) + 8)
    drawing = sheet(room, height)
    plot = _Plot(drawing, left, room - left - right, height - _TOP - _BOTTOM, len(table.rows), ceiling)
    _axis(plot, table)
    _gap_words(plot, table, columns)
    for order, column in enumerate(columns):
        _line(plot, values(table, column), order)
    _end_labels(plot, table, columns, labels, right)
    return drawing


def has_points(block: LineChart) -> bool:
    """Whether there is anything to draw; a chart without a point would be an empty frame."""
    columns = [block.table.columns.index(name) for name in block.drawn if name in block.table.columns]
    return any(value is not None for column in columns for value in values(block.table, column))


def values(table: SafeTable, column: int) -> list[float | None]:
    """A column's numbers, None where hidden or missing."""
    return [row[column] for row in table.cells]


def runs(series: Sequence[float | None]) -> list[list[int]]:
    """The places that may be joined: stretches of neighbours that all have a number."""
    out: list[list[int]] = [[]]
    for place, value in enumerate(series):
        if value is None:
            out.append([])
        else:
            out[-1].append(place)
    return [run for run in out if run]


def nice_ceiling(highest: float) -> float:
    """The top of the axis: the next of 4, 10, 20, 40, 100 … whose quarters are whole numbers where they can be."""
    if highest <= 4:
        return 4.0
    power = 10.0 ** math.floor(math.log10(highest))
    for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        top = step * power
        if top >= highest and (top / 4).is_integer():
            return top
    return 10 * power if (10 * power / 4).is_integer() else 20 * power


def draw_spark(series: Sequence[float | None], room: float, height: float) -> Any:
    """A small line without axis, from 0; its last point marked. Gaps stay gaps."""
    drawing = sheet(room, height)
    highest = max((v for v in series if v is not None), default=0.0) or 1.0
    step = (room - 6) / max(1, len(series) - 1)
    rule(drawing, 0, 1, room, 1, RULE)
    for run in runs(series):
        points = [(3 + i * step, 2 + (series[i] or 0.0) / highest * (height - 6)) for i in run]
        if len(points) > 1:
            drawing.add(PolyLine([n for p in points for n in p], strokeColor=STEPS[1], strokeWidth=1.1))
        if len(points) == 1 or run[-1] == len(series) - 1:
            drawing.add(Circle(*points[-1], 1.8, fillColor=STEPS[0], strokeColor=None))
    return drawing


class _Plot:
    """Where a month and a value lie on the sheet."""

    def __init__(self, drawing: Any, left: float, wide: float, high: float, months: int, ceiling: float) -> None:
        self.drawing, self.left, self.wide, self.high = drawing, left, wide, high
        self.months, self.ceiling = months, ceiling

    def x(self, month: int) -> float:
        return self.left + self.wide * (month + 0.5) / max(1, self.months)

    def y(self, value: float) -> float:
        return _BOTTOM + self.high * value / self.ceiling

    @property
    def right(self) -> float:
        return self.left + self.wide


def _axis(plot: _Plot, table: SafeTable) -> None:
    for quarter in range(5):
        value = plot.ceiling * quarter / 4
        y = plot.y(value)
        rule(plot.drawing, plot.left, y, plot.right, y, MUTED if quarter == 0 else RULE)
        word(plot.drawing, plot.left - 5, y - 3, f"{value:,.0f}", SMALL, anchor="end", color=MUTED)
    shown_every = math.ceil(26 / (plot.wide / max(1, plot.months)))
    last = plot.months - 1
    for place, label in enumerate(table.rows):
        if (last - place) % shown_every:
            continue
        month, _, year = label.partition(" ")
        word(plot.drawing, plot.x(place), _BOTTOM - 12, month[:4], SMALL, anchor="middle", color=MUTED)
        if place == last or (last - place) // shown_every == last // shown_every or month[:3] == "Jan":
            word(plot.drawing, plot.x(place), _BOTTOM - 23, year, SMALL, anchor="middle", color=MUTED)


def _gap_words(plot: _Plot, table: SafeTable, columns: list[int]) -> None:
    """Where no line has a point, say why: striped months for 'no data', the marker for a hidden one."""
    begun: int | None = None
    for place in range(len(table.rows) + 1):
        gone = place < len(table.rows) and all((place, c) in table.missing for c in columns)
        if gone and begun is None:
            begun = place
        elif not gone and begun is not None:
            _hatch(plot, begun, place - 1)
            begun = None
        if place < len(table.rows) and not gone and all(table.cells[place][c] is None for c in columns):
            word(plot.drawing, plot.x(place), plot.y(0) + 4, HIDDEN, SMALL, anchor="middle", color=MUTED)


def _hatch(plot: _Plot, first: int, last: int) -> None:
    """Neighbouring months without data as one striped stretch with its words once."""
    half = plot.wide / max(1, plot.months) * 0.35
    x, y = plot.x(first) - half, plot.y(0)
    wide = plot.x(last) + half - x
    plot.drawing.add(Rect(x, y, wide, plot.high, fillColor=None, strokeColor=RULE, strokeWidth=0.5))
    start = -plot.high
    while start < wide:  # stripes at 45 degrees, cut at the stretch's edges
        low, high = max(0.0, start), min(wide, start + plot.high)
        if high > low:
            stripe = Line(x + low, y + low - start, x + high, y + high - start, strokeColor=RULE, strokeWidth=0.6)
            plot.drawing.add(stripe)
        start += 9.0
    middle = x + wide / 2
    words = [NO_DATA] if wide > width(NO_DATA, SMALL) + 6 else NO_DATA.split(" ")
    room = max(width(part, SMALL) for part in words) + 4
    plot.drawing.add(Rect(middle - room / 2, y + 2, room, 9.0 * len(words) + 3, fillColor=white, strokeColor=None))
    for i, part in enumerate(reversed(words)):
        word(plot.drawing, middle, y + 5 + 9 * i, part, SMALL, anchor="middle")


def _line(plot: _Plot, series: list[float | None], order: int) -> None:
    color = STEPS[_LINE_STEPS[order]]
    for run in runs(series):
        points = [n for i in run for n in (plot.x(i), plot.y(series[i] or 0.0))]
        if len(run) > 1:
            line = PolyLine(points, strokeColor=color, strokeWidth=STROKES[order])
            if DASHES[order]:
                line.strokeDashArray = DASHES[order]
            plot.drawing.add(line)
        for i in run:
            if len(run) == 1 or i == len(series) - 1:
                _mark(plot.drawing, plot.x(i), plot.y(series[i] or 0.0), order, color)


def _mark(drawing: Any, x: float, y: float, order: int, color: Any) -> None:
    """Each line its own shape: circle, square, triangle, open circle."""
    if order == 1:
        drawing.add(Rect(x - 2.4, y - 2.4, 4.8, 4.8, fillColor=color, strokeColor=None))
    elif order == 2:
        drawing.add(Polygon([x - 3, y - 2.4, x + 3, y - 2.4, x, y + 3], fillColor=color, strokeColor=None))
    else:
        fill = color if order == 0 else None
        drawing.add(Circle(x, y, 2.6, fillColor=fill, strokeColor=color, strokeWidth=1))


def _end_label(table: SafeTable, column: int) -> str:
    last = len(table.rows) - 1
    if last < 0:
        return table.columns[column]
    value = count_cell(table.cells[last][column], (last, column) in table.missing).text
    return f"{table.columns[column] or table.unit.capitalize()} {value}"


def _end_labels(plot: _Plot, table: SafeTable, columns: list[int], labels: list[str], room: float) -> None:
    """Name each line at its end, pushed apart so that no two labels touch."""
    wanted = []
    for order, (column, label) in enumerate(zip(columns, labels, strict=True)):
        seen = [v for v in values(table, column) if v is not None]
        wanted.append((plot.y(seen[-1]) if seen else plot.y(0), order, label))
    below = math.inf
    for y, _, label in sorted(wanted, reverse=True):
        at = min(y - 3, below - 10.5)
        below = at
        word(plot.drawing, plot.right + 6, at, fit(label, room - 8, SMALL), SMALL, bold=False, color=BLACK)
