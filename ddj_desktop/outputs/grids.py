"""The numbers of a block as rows and columns, once for paper and spreadsheet alike, so that the two can not differ.

Each cell knows how it is printed: a number, the marker of a hidden number, or 'no data'. A hidden or missing number
is never 0 and never leaves a percent or an average behind it.
"""

from __future__ import annotations

from typing import Literal

from ddj_desktop.disclosure.need import roughly
from ddj_desktop.disclosure.safe import HIDDEN, SafeFigure, SafeTable
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.outputs.content import (
    BarChart,
    Comparison,
    CostTable,
    CoverageCalendar,
    FlowBar,
    Headline,
    Headlines,
    LineChart,
    Numbered,
    OutcomeTable,
    ShareBars,
    SourceTable,
    StageTable,
    TableBlock,
    UseTable,
)
from ddj_desktop.outputs.grid_cells import (
    EMPTY_CELL,
    MISSING_CELL,
    NO_DATA,
    Cell,
    Grid,
    Heading,
    Row,
    average_cell,
    count_cell,
    percent_cell,
)
from ddj_desktop.outputs.measure_grids import measure_grid
from ddj_desktop.outputs.wording_rows import FEW_ROWS

MONTHS = 13
"""A series holds the packet's month and the twelve before it, so its first is the same month a year earlier."""

COMPLETENESS_WORDS = {"full": "data", "part": "part", "none": NO_DATA}


def figure_words(figure: SafeFigure) -> str:
    """A figure for a line of text: `1,024 of 3,310 (31%)`, `6 of 21`, `93`, the marker, or 'no data'."""
    count = count_cell(figure.count, figure.missing, figure.unit)
    if figure.missing or figure.of is None:
        return count.text
    percent = percent_cell(figure.count, figure.of)
    tail = f" ({percent.text})" if percent.text not in ("", HIDDEN) else ""
    return f"{count.text} of {count_cell(figure.of, unit=figure.unit).text}{tail}"


def grid_of(block: Numbered) -> Grid:
    """The rows and columns of any numbered block."""
    match block:
        case Headlines():
            return _headlines(block)
        case TableBlock():
            return table_grid(block.table, block.percent, block.totals)
        case BarChart():
            return table_grid(block.table, block.percent, totals=True)
        case Comparison():
            return comparison_grid(block)
        case LineChart():
            return table_grid(block.table, "none", totals=False)
        case FlowBar():
            return _figures("", block.parts)
        case ShareBars():
            return _figures("", block.rows)
        case UseTable():
            return _use(block)
        case CoverageCalendar():
            return _calendar(block)
        case SourceTable():
            return _sources(block)
        case StageTable() | CostTable() | OutcomeTable():
            return measure_grid(block)


def table_grid(table: SafeTable, percent: Literal["column", "row", "none"], totals: bool) -> Grid:
    """A protected table as printed, with a percent beside each count where asked and a base allows it."""
    names = [name or table.unit.capitalize() for name in table.columns]
    headings: list[Heading] = []
    for name in names:
        headings.append(Heading(name))
        if percent != "none":
            headings.append(Heading("%", "percent"))
    rows = [Row(label, tuple(_table_cells(table, r, percent))) for r, label in enumerate(table.rows)]
    if totals and table.column_totals is not None:
        rows.append(Row("Total", tuple(_total_cells(table, percent)), total=True))
    if totals and table.row_totals is not None and len(table.columns) > 1:
        headings.append(Heading("Total"))
        rows = _with_row_totals(table, rows)
    return _without_empty_columns(Grid(table.row_title, tuple(headings), tuple(rows)))


def comparison_grid(block: Comparison) -> Grid:
    """Each table's total under its own name, then its rows; all have the columns of the first."""
    first = block.tables[0]
    headings = tuple(h for name in first.columns for h in (Heading(name), Heading("%", "percent")))
    rows: list[Row] = []
    for table in block.tables:
        totals = _total_cells(table, "column") or [EMPTY_CELL] * len(headings)
        rows.append(Row(comparison_head(block, table), tuple(totals), total=True))
        rows += [Row(label, tuple(_table_cells(table, r, "column"))) for r, label in enumerate(table.rows)]
    return Grid("", headings, tuple(rows))


def comparison_head(block: Comparison, table: SafeTable) -> str:
    """The heading of a table's rows: its own words, or 'Everyone' where the title above says them already."""
    return table.words if len(block.tables) > 1 else "Everyone"


def _table_cells(table: SafeTable, r: int, percent: str) -> list[Cell]:
    cells: list[Cell] = []
    for c, count in enumerate(table.cells[r]):
        missing = (r, c) in table.missing
        cells.append(count_cell(count, missing, table.unit))
        if percent == "column":
            base = None if table.column_totals is None or _any_missing(table, c) else table.column_totals[c]
            unknown = table.column_totals is None or (base is None and _any_missing(table, c))
            cells.append(EMPTY_CELL if unknown else percent_cell(count, base, missing))
        elif percent == "row":
            cells.append(percent_cell(count, table.row_totals[r], missing) if table.row_totals else EMPTY_CELL)
    return cells


def _total_cells(table: SafeTable, percent: str) -> list[Cell]:
    cells: list[Cell] = []
    for c, total in enumerate(table.column_totals or ()):
        cells.append(count_cell(total, _any_missing(table, c), table.unit))
        if percent == "column":
            cells.append(percent_cell(total, total) if total else EMPTY_CELL)
        elif percent == "row":
            cells.append(percent_cell(total, table.total))
    return cells


def _any_missing(table: SafeTable, c: int) -> bool:
    """A column with a gap has no total: a sum of what is there would pass for the whole."""
    return any((r, c) in table.missing for r in range(len(table.rows)))


def _with_row_totals(table: SafeTable, rows: list[Row]) -> list[Row]:
    totals = [*(table.row_totals or ())]
    last = [table.total] if len(rows) > len(totals) else []
    return [
        Row(row.label, (*row.cells, count_cell(total, unit=table.unit)), row.total)
        for row, total in zip(rows, [*totals, *last], strict=True)
    ]


def _without_empty_columns(grid: Grid) -> Grid:
    keep = [c for c in range(len(grid.headings)) if any(row.cells[c].text for row in grid.rows)]
    return Grid(
        grid.row_title,
        tuple(grid.headings[c] for c in keep),
        tuple(Row(row.label, tuple(row.cells[c] for c in keep), row.total) for row in grid.rows),
    )


def headline_cells(item: Headline) -> tuple[Cell, Cell, Cell, Cell, Cell]:
    """A headline's number, what it is of, its percent, and the number a month and a year earlier."""
    earlier = series_cell(item, 2), series_cell(item, MONTHS)
    if item.figure is not None:
        return (*_figure_cells(item.figure, item.figure.of is not None), *earlier)
    return series_cell(item, 1), EMPTY_CELL, EMPTY_CELL, *earlier


def series_cell(item: Headline, back: int) -> Cell:
    """The number of a headline's series so many places from its end (1 is the packet's month); empty without one."""
    series = item.series
    if series is None or item.column not in series.columns or len(series.rows) < back:
        return EMPTY_CELL
    r, c = len(series.rows) - back, series.columns.index(item.column)
    return count_cell(series.cells[r][c], (r, c) in series.missing, series.unit)


def _headlines(block: Headlines) -> Grid:
    rows = [Row(item.label, headline_cells(item)) for item in block.items]
    headings = (*_FIGURE_HEADINGS, Heading("Last month"), Heading("Same month last year"))
    return _without_empty_columns(Grid("Headline", headings, tuple(rows)))


_FIGURE_HEADINGS = (Heading("Number"), Heading("Of"), Heading("Share", "percent"))


def _figure_cells(figure: SafeFigure | None, part: bool) -> tuple[Cell, Cell, Cell]:
    """Count, whole and percent; the count alone unless the figure is a `part` of something."""
    if figure is None:
        return EMPTY_CELL, EMPTY_CELL, EMPTY_CELL
    count = count_cell(figure.count, figure.missing, figure.unit)
    if not part:
        return count, EMPTY_CELL, EMPTY_CELL
    return (
        count,
        count_cell(figure.of, figure.missing, figure.unit),
        percent_cell(figure.count, figure.of, figure.missing),
    )


def _figures(row_title: str, rows: tuple[tuple[str, SafeFigure], ...]) -> Grid:
    part = any(figure.of is not None for _, figure in rows)
    cells = tuple(Row(label, _figure_cells(figure, part)) for label, figure in rows)
    return _without_empty_columns(Grid(row_title, _FIGURE_HEADINGS, cells))


def _use(block: UseTable) -> Grid:
    rows = []
    for use in block.rows:
        people = count_cell(use.people.count, use.people.missing) if use.people else EMPTY_CELL
        each = EMPTY_CELL
        if use.people and use.contacts:
            missing = use.people.missing or use.contacts.missing
            each = average_cell(use.contacts.count, use.people.count, missing)
        cells = (people, *_figure_cells(use.contacts, part=True), each, *_figure_cells(use.days, part=True))
        rows.append(Row(use.label, cells))
    headings = (
        Heading("People"),
        Heading("Contacts"),
        Heading("Of all"),
        Heading("Share", "percent"),
        Heading("Per person", "average"),
        Heading("Days"),
        Heading("Of all days"),
        Heading("Share of days", "percent"),
    )
    return _without_empty_columns(Grid("System", headings, tuple(rows)))


def _calendar(block: CoverageCalendar) -> Grid:
    headings = tuple(Heading(str(month), "text") for month in block.months)
    rows = tuple(Row(name, tuple(Cell(COMPLETENESS_WORDS[state]) for state in states)) for name, states in block.rows)
    return Grid("Source", headings, rows)


def _work_cell(amount: int) -> Cell:
    near = roughly(amount)
    return Cell(FEW_ROWS) if near is None else count_cell(near)


def _sources(block: SourceTable) -> Grid:
    rows = []
    for facts in block.rows:
        last = Cell(day_in_words(facts.last_day)) if facts.last_day else MISSING_CELL
        rows.append(Row(facts.name, (_work_cell(facts.rows), _work_cell(facts.set_aside), last)))
    headings = (Heading("Rows taken in"), Heading("Set aside"), Heading("Last day in the data", "text"))
    return Grid("Source", headings, tuple(rows))
