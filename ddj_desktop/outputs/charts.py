"""Bars, concentration bars and the calendar of data as vector drawings, for paper and (through `svg`) for the screen.

Bars start at 0. Every bar stands beside its number, so there is no legend and no axis. A hidden number has the
marker where its bar would begin, a missing one the words 'no data': neither is ever drawn as a bar of length 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Polygon, Rect

from ddj_desktop.disclosure.safe import HIDDEN, SafeFigure, SafeTable
from ddj_desktop.kernel.dates import Month
from ddj_desktop.outputs.content import (
    BarChart,
    Comparison,
    Completeness,
    CoverageCalendar,
    FlowBar,
    OutcomeTable,
    ShareBars,
    UseTable,
)
from ddj_desktop.outputs.fonts import BOLD, TEXT, clean, fit, lines, width
from ddj_desktop.outputs.grid_cells import LEAST_BASE, NO_DATA, Cell, Grid, Row, percent_cell
from ddj_desktop.outputs.grids import COMPLETENESS_WORDS, comparison_grid, grid_of, table_grid
from ddj_desktop.outputs.ink import BLACK, BODY, MUTED, RULE, SMALL, STEPS, WASH, box, frame, rule, sheet, word
from ddj_desktop.outputs.outcome_grid import judged

MOST_ROWS = 22
"""A drawing can not break over pages, so a longer calendar is drawn in pieces of so many rows."""

TALLEST = 500.0
"""Likewise for bars, in points."""

_MANY = 9
"""Longer charts stand closer, so that a page's question still fits on one page."""

_LABEL_LINES = 4
_INDENT = 8.0
_GAP = 10.0
_LEAST_BARS = 90.0


@dataclass(frozen=True)
class Bar:
    """One bar: its length as a part of the whole scale (0 to 1), or the word that stands instead."""

    part: float | None
    instead: str = ""


@dataclass(frozen=True)
class BarRow:
    """One row of a chart: label, one bar a series, and the numbers printed beside them."""

    label: str
    bars: tuple[Bar, ...]
    numbers: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Bars:
    """Rows of bars beside their numbers."""

    headings: tuple[str, ...]
    rows: tuple[BarRow, ...]
    series: tuple[str, ...]
    track: bool = False
    """Draw the whole (100 %) as an outline behind each bar."""
    steps: tuple[int, ...] = (0, 3)
    close: bool = False
    """Rows closer together, with the totals as headings of the rows below them."""


def bars_of(block: BarChart | Comparison | FlowBar | ShareBars | UseTable | OutcomeTable) -> Bars:
    """What a block shows as bars."""
    match block:
        case BarChart():
            return _counts(block)
        case Comparison():
            return _comparison(block)
        case FlowBar():
            return _flow(block)
        case ShareBars():
            return _shares(block)
        case UseTable():
            return _use_shares(block)
        case OutcomeTable():
            return _outcome(block)


def draw_bars(bars: Bars, room: float, rows: Sequence[BarRow] | None = None) -> Any:
    """Draw all rows, or those given of them, `room` points wide."""
    rows = bars.rows if rows is None else rows
    columns = _column_widths(bars)
    label_room = _label_room(bars, room - sum(columns))
    bars_room = room - sum(columns) - label_room - _GAP
    heights = [_row_height(bars, row, label_room) for row in rows]
    head = 18.0 if bars.series or bars.headings else 2.0
    drawing = sheet(room, sum(heights) + head)
    y = sum(heights)
    _bars_head(drawing, bars, y, label_room, bars_room, columns)
    for row, height in zip(rows, heights, strict=True):
        y -= height
        _bar_row(drawing, bars, row, y, height, label_room, bars_room, columns)
    return drawing


def bars_pieces(bars: Bars, room: float) -> list[Any]:
    """The whole chart in as many drawings as it needs, broken before a heading where there is one."""
    label_room = _label_room(bars, room - sum(_column_widths(bars)))
    pieces: list[list[BarRow]] = [[]]
    for part in _kept_together(bars):
        tall = sum(_row_height(bars, row, label_room) for row in [*pieces[-1], *part])
        if tall > TALLEST and pieces[-1]:
            pieces.append([])
        pieces[-1] += part
    return [draw_bars(bars, room, piece) for piece in pieces if piece]


def _kept_together(bars: Bars) -> list[list[BarRow]]:
    """Rows that should not be parted: a heading and the rows under it, as long as they fit on a page."""
    parts: list[list[BarRow]] = []
    for row in bars.rows:
        if parts and bars.close and not row.total and len(parts[-1]) < MOST_ROWS:
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts


def draw_calendar(block: CoverageCalendar, room: float, start: int = 0) -> Any:
    """Sources by month: filled where data came in, striped where only part did, 'no data' in words where none did."""
    rows = block.rows[start : start + MOST_ROWS]
    label_room = min(130.0, max((width(clean(name), BODY) for name, _ in rows), default=0.0) + _GAP)
    step = (room - label_room) / max(1, len(block.months))
    height, head = 19.0, 26.0
    drawing = sheet(room, height * len(rows) + head)
    top = height * len(rows)
    for c, month in enumerate(block.months):
        _month_head(drawing, label_room + step * (c + 0.5), top, month, c == 0 or month.number == 1)
    for r, (name, states) in enumerate(rows):
        y = top - height * (r + 1)
        word(drawing, 0, y + 7, fit(name, label_room - 6, BODY))
        for c, state in enumerate(states):
            _calendar_cell(drawing, label_room + step * c + 1, y + 1, step - 2, height - 2, state)
    return drawing


def calendar_pieces(block: CoverageCalendar, room: float) -> list[Any]:
    """The whole calendar in as many drawings as it needs."""
    return [draw_calendar(block, room, start) for start in range(0, len(block.rows), MOST_ROWS)]


def _month_head(drawing: Any, x: float, y: float, month: Month, with_year: bool) -> None:
    word(drawing, x, y + 5, _MONTHS[month.number - 1], SMALL, anchor="middle", color=MUTED)
    if with_year:
        word(drawing, x, y + 16, str(month.year), SMALL, bold=True, anchor="middle", color=MUTED)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _calendar_cell(drawing: Any, x: float, y: float, w: float, h: float, state: Completeness) -> None:
    if state == "full":
        box(drawing, x, y, w, h, 3)
        return
    frame(drawing, x, y, w, h, STEPS[0])
    if state == "part":
        drawing.add(Polygon([x, y, x + w, y, x, y + h], fillColor=STEPS[3], strokeColor=STEPS[0], strokeWidth=0.5))
        word(drawing, x + w / 2, y + h / 2 - 3, COMPLETENESS_WORDS["part"], SMALL, bold=True, anchor="middle")
        return
    first, second = NO_DATA.split(" ")
    word(drawing, x + w / 2, y + h / 2 + 1.2, first, SMALL, bold=True, anchor="middle")
    word(drawing, x + w / 2, y + h / 2 - 7.4, second, SMALL, bold=True, anchor="middle")


def _counts(block: BarChart) -> Bars:
    table = block.table
    grid = table_grid(table, block.percent, totals=True)
    highest = max((count for row in table.cells for count in row if count is not None), default=0)
    rows = []
    for r, row in enumerate(grid.rows):
        bars = (
            ()
            if row.total
            else tuple(_count_bar(table, block.percent, r, c, highest) for c in range(len(table.columns)))
        )
        rows.append(BarRow(row.label, bars, tuple(cell.text for cell in row.cells), row.total))
    series = tuple(name for name in table.columns if name) if len(table.columns) > 1 else ()
    return Bars(tuple(h.text for h in grid.headings), tuple(rows), series, steps=_steps(len(table.columns)))


def _comparison(block: Comparison) -> Bars:
    grid = comparison_grid(block)
    rows, place = [], 0
    for table in block.tables:
        columns = range(len(table.columns))
        rows.append(BarRow(grid.rows[place].label, (), _texts(grid.rows[place]), total=True))
        for r, label in enumerate(table.rows):
            bars = tuple(_count_bar(table, "column", r, c, 0.0) for c in columns)
            rows.append(BarRow(label, bars, _texts(grid.rows[place + 1 + r])))
        place += 1 + len(table.rows)
    series = block.tables[0].columns
    return Bars(_headings(grid), tuple(rows), series, steps=_steps(len(series)), close=True)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _count_bar(table: SafeTable, percent: str, r: int, c: int, highest: float) -> Bar:
    count = table.cells[r][c]
    if (r, c) in table.missing:
        return Bar(None, NO_DATA)
    if count is None:
        return Bar(None, HIDDEN)
    if percent == "column" and table.column_totals is not None:
        total = table.column_totals[c]
        if total is None:
            return Bar(None, HIDDEN)
        if total < LEAST_BASE and len(table.columns) > 1:
            return Bar(None, "")  # a bar beside another one is a percent, and none is worked out on so few
        return Bar(count / total if total else 0.0)
    return Bar(count / highest if highest else 0.0)


def _flow(block: FlowBar) -> Bars:
    grid = grid_of(block)
    highest = max((figure.count for _, figure in block.parts if figure.count is not None), default=0.0)
    rows = []
    for (label, figure), row in zip(block.parts, grid.rows, strict=True):
        part = None if figure.count is None or figure.missing else figure.count / highest if highest else 0.0
        rows.append(BarRow(label, (Bar(part, _instead(figure)),), tuple(cell.text for cell in row.cells)))
    return Bars(("People",) if len(grid.headings) == 1 else _headings(grid), tuple(rows), ())


def _shares(block: ShareBars) -> Bars:
    grid = grid_of(block)
    rows = []
    for (label, figure), row in zip(block.rows, grid.rows, strict=True):
        rows.append(BarRow(label, (_share_bar(figure),), tuple(cell.text for cell in row.cells)))
    return Bars(_headings(grid), tuple(rows), (), track=True)


def _use_shares(block: UseTable) -> Bars:
    days = any(use.days for use in block.rows)
    rows = []
    for use in block.rows:
        figures = (use.contacts, use.days) if days else (use.contacts,)
        texts = tuple(
            percent_cell(f.count, f.of, f.missing).text if f and (f.of is not None or f.missing) else ""
            for f in figures
        )
        rows.append(BarRow(use.label, tuple(_share_bar(figure) for figure in figures), texts))
    series = ("Share of contacts", "Share of days") if days else ("Share of contacts",)
    return Bars(("Contacts", "Days") if days else ("Contacts",), tuple(rows), series, track=True)


def _outcome(block: OutcomeTable) -> Bars:
    cohorts = judged(block)
    values = [value for cohort in cohorts for value in (cohort.before.value, cohort.after.value) if value is not None]
    highest = max(values, default=0.0)

    def bar(cell: Cell) -> Bar:
        return Bar(None, cell.text) if cell.value is None else Bar(cell.value / highest if highest else 0.0)

    rows = [BarRow(one.words, (bar(one.before), bar(one.after)), (one.before.text, one.after.text)) for one in cohorts]
    return Bars(("Before, a year", "After, a year"), tuple(rows), ("Before", "After"))


def _share_bar(figure: SafeFigure | None) -> Bar:
    if figure is None:
        return Bar(None, "")
    if figure.missing or figure.count is None or figure.of is None:
        return Bar(None, _instead(figure))
    return Bar(min(1.0, figure.count / figure.of) if figure.of else 0.0)


def _instead(figure: SafeFigure) -> str:
    return NO_DATA if figure.missing else HIDDEN


def _headings(grid: Grid) -> tuple[str, ...]:
    return tuple(heading.text for heading in grid.headings)


def _steps(series: int) -> tuple[int, ...]:
    return {1: (0,), 2: (0, 3), 3: (0, 2, 3)}.get(series, (0, 1, 2, 3))


def _column_widths(bars: Bars) -> list[float]:
    widths = []
    for c, heading in enumerate(bars.headings):
        texts = [row.numbers[c] for row in bars.rows if c < len(row.numbers)]
        head = max((width(line, SMALL) for line in lines(heading, 78, SMALL)), default=0.0)
        widths.append(max([head, *(width(text, BODY, BOLD) for text in texts)]) + _GAP)
    return widths


def _label_room(bars: Bars, room: float) -> float:
    wanted = (
        max((width(clean(row.label), BODY, BOLD) for row in bars.rows), default=0.0)
        + _GAP
        + (_INDENT if bars.close else 0.0)
    )
    return max(60.0, min(wanted, room * 0.5, room - _LEAST_BARS))


def _row_height(bars: Bars, row: BarRow, label_room: float) -> float:
    indent = _INDENT if bars.close else 0.0
    broken = len(lines(row.label, label_room - 6 - indent, BODY, BOLD if row.total else TEXT, _LABEL_LINES))
    drawn = max(len(row.bars), 1) * (5.0 if bars.close else 7.0) + (3.2 if bars.close else 6.0)
    least = 13.2 if bars.close else 15.0 if len(bars.rows) > _MANY else 17.0
    return max(least, drawn, 2.2 + broken * 11.0)


def _drawn(row: BarRow) -> list[tuple[int, Bar]]:
    """The bars to draw with their series; one marker stands for all where none has a number."""
    there = [(i, bar) for i, bar in enumerate(row.bars) if bar.part is not None or bar.instead]
    same = {bar.instead for _, bar in there if bar.part is None}
    return there[:1] if len(same) == 1 and all(bar.part is None for _, bar in there) else there


def _bars_head(drawing: Any, bars: Bars, y: float, label: float, room: float, columns: Sequence[float]) -> None:
    x = label
    for name, step in zip(bars.series, bars.steps, strict=False):
        box(drawing, x, y + 6, 7, 7, step)
        word(drawing, x + 10, y + 6, fit(name, room / len(bars.series) - 14, SMALL), SMALL, color=MUTED)
        x += 20 + width(fit(name, room / len(bars.series) - 14, SMALL), SMALL)
    x = label + room + _GAP
    for heading, column in zip(bars.headings, columns, strict=True):
        x += column
        broken = lines(heading, 78, SMALL)
        for i, line in enumerate(broken):
            word(drawing, x, y + 6 + 10 * (len(broken) - 1 - i) * 0.9, line, SMALL, anchor="end", color=MUTED)
    rule(drawing, 0, y, drawing.width, y, MUTED)


def _bar_row(
    drawing: Any, bars: Bars, row: BarRow, y: float, height: float, label: float, room: float, columns: Sequence[float]
) -> None:
    heading = bars.close and row.total
    if heading:
        drawing.add(Rect(0, y, drawing.width, height, fillColor=WASH, strokeColor=None))
    rule(drawing, 0, y, drawing.width, y, RULE)
    indent = 0.0 if not bars.close else 2.0 if heading else _INDENT
    broken = lines(row.label, label - 6 - indent, BODY, BOLD if row.total else TEXT, _LABEL_LINES)
    middle = y + height / 2
    for i, line in enumerate(broken):
        word(drawing, indent, middle - 3.3 + 5.5 * (len(broken) - 1) - 11 * i, line, BODY, bold=row.total)
    drawn = _drawn(row)
    thick = 9.0 if len(row.bars) == 1 else 4.6 if bars.close else 6.0
    pitch = thick + (0.4 if bars.close else 1.0)
    top = middle + pitch * len(drawn) / 2
    for place, (i, bar) in enumerate(drawn):
        _bar(drawing, bars, bar, label, top - pitch * (place + 1) + 0.5, room, thick, bars.steps[i % len(bars.steps)])
    x = label + room + _GAP
    for text, column in zip(row.numbers, columns, strict=True):
        x += column
        color = MUTED if text in (NO_DATA, HIDDEN) else BLACK
        word(drawing, x, middle - 3.3, text, BODY, bold=row.total, anchor="end", color=color)


def _bar(drawing: Any, bars: Bars, bar: Bar, x: float, y: float, room: float, thick: float, step: int) -> None:
    if bar.part is None:
        if bar.instead:
            word(drawing, x + 1, y + thick / 2 - 3, bar.instead, SMALL, color=MUTED)
        return
    if bars.track:
        frame(drawing, x, y, room, thick, RULE)
    if bar.part > 0:
        box(drawing, x, y, max(0.8, room * min(1.0, bar.part)), thick, step)
