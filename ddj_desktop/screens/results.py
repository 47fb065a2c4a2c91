"""The figures of a month as a list to look through: groups, titles that say the finding, bars, tables."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.measures.types import CountTable, Figure, MonthFigures, RowsKey
from ddj_desktop.screens.wording import MISSING, many, number, share

GROUPS = (
    ("people", "The list"), ("contacts", "Use of services"), ("days", "Use of services"), ("share", "Share of all"),
    ("per_person", "Use of services"), ("concentration", "Share of all"), ("cost", "Use of services"),
)  # fmt: skip
TABLES = "Tables"
OTHER = "More figures"
MOST_BARS = 24


@dataclass(frozen=True)
class Listed:
    """One line of the list of measures."""

    name: str
    words: str
    group: str
    short: str
    """The answer in a few letters: '67', '29 %', '4 rows'."""
    is_table: bool


def listed(figures: MonthFigures) -> list[Listed]:
    """Every figure and table, in groups, in the catalogue's order."""
    found = [
        Listed(
            name, figure.words, _group(name), share(figure.count, figure.of) or number(figure.count, figure.unit), False
        )
        for name, figure in figures.figures.items()
    ]
    found += [
        Listed(name, table.words, TABLES, many(len(table.rows), "row", "rows"), True)
        for name, table in figures.tables.items()
    ]
    order = list(dict.fromkeys([*(words for _, words in GROUPS), OTHER, TABLES]))
    return sorted(found, key=lambda line: order.index(line.group))


def _group(name: str) -> str:
    return next((words for start, words in GROUPS if name.startswith(start)), OTHER)


def finding(figure: Figure) -> str:
    """The figure as a sentence: `67 of 180 people (37 %)`, `No data to answer`."""
    if figure.count is None:
        return "The data do not allow an answer"
    unit = "" if figure.unit == "dollars" else f" {figure.unit}"
    if figure.of is None:
        return f"{number(figure.count, figure.unit)}{unit}"
    percent = share(figure.count, figure.of)
    said = f"{number(figure.count, figure.unit)} of {number(figure.of, figure.unit)}{unit}"
    return f"{said} ({percent})" if percent else said


def how_worked_out(figure: Figure | CountTable, figures: MonthFigures) -> str:
    """One paragraph: period, sources, what to know, the definition."""
    parts = [f"Period: {figure.period.in_words()}."]
    if figure.sources:
        parts.append(f"Sources: {', '.join(figure.sources)}.")
    if figure.note:
        parts.append(figure.note)
    state = f"agreed {figures.agreed}" if figures.agreed else figures.definition_state
    parts.append(f"Definition: {figures.definition_name}, version {figures.definition_version}, {state}.")
    return " ".join(parts)


def bars_title(table: CountTable) -> str:
    """What the bars show: the column's name where there are several."""
    return table.columns[0] if table.row_title == "Month" and len(table.columns) > 1 else ""


def as_bars(table: CountTable) -> list[tuple[str, float | None, str]]:
    """A one-way table, or the row sums of one whose columns add up, as bars: label, length, words. [] where it can
    not be drawn so."""
    if len(table.rows) > MOST_BARS:
        return []
    if len(table.columns) == 1:
        return [(row, cells[0], number(cells[0])) for row, cells in zip(table.rows, table.counts, strict=True)]
    if table.row_title == "Month":  # the first column over time: the list, a source
        return [(row, cells[0], number(cells[0])) for row, cells in zip(table.rows, table.counts, strict=True)]
    if table.columns_add_up:
        sums = [None if None in cells else sum(cell or 0 for cell in cells) for cells in table.counts]
        return [(row, total, number(total)) for row, total in zip(table.rows, sums, strict=True)]
    return []


def table_rows(table: CountTable) -> list[tuple[object, ...]]:
    """The table as rows of cells, with totals where they are true ones."""
    rows: list[tuple[object, ...]] = []
    for name, cells in zip(table.rows, table.counts, strict=True):
        total: tuple[object, ...] = ()
        if _has_row_totals(table):
            total = (MISSING if None in cells else sum(cell or 0 for cell in cells),)
        rows.append((name, *(MISSING if cell is None else cell for cell in cells), *total))
    if table.rows_add_up and len(table.rows) > 1:
        columns = list(zip(*table.counts, strict=True))
        sums: list[object] = [MISSING if None in cells else sum(cell or 0 for cell in cells) for cells in columns]
        if _has_row_totals(table):
            sums.append(MISSING if MISSING in sums else sum(int(str(each)) for each in sums))
        rows.append(("All", *sums))
    return rows


def table_headings(table: CountTable) -> list[str]:
    """Headings that go with `table_rows`."""
    columns = [column or table.unit.capitalize() for column in table.columns]
    return [table.row_title, *columns, *(["All"] if _has_row_totals(table) else [])]


def _has_row_totals(table: CountTable) -> bool:
    return table.columns_add_up and len(table.columns) > 1


def key_of(table: CountTable, row: int, column: int) -> RowsKey | None:
    """How to open the cell in that row and column of `table_rows`; None for totals and where rows are not kept."""
    if table.keys is None or row >= len(table.rows) or not 1 <= column <= len(table.columns):
        return None
    return table.keys[row][column - 1]


def rows_sentence(words: str, said: float | None, rows: int, amount: float, unit: str) -> str:
    """`People on the list: 93 people = these 93 rows`, or with the days the rows add up to."""
    if said is None:
        return f"{words}: {many(rows, 'row', 'rows')}"
    shown = f"{words}: {number(said, unit)}" + ("" if unit == "dollars" else f" {unit}")
    if float(said) == float(rows):
        return f"{shown} = {'this row' if rows == 1 else f'these {number(rows)} rows'}"
    if abs(float(said) - amount) < 0.05:
        return f"{shown} = the sum of {'this row' if rows == 1 else f'these {number(rows)} rows'}"
    return f"{shown}; {many(rows, 'row', 'rows')} stand behind it"
