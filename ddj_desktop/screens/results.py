"""The figures of a month as a list to look through: groups, titles that say the finding, bars, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

from ddj_desktop.measures.revised import RevisedFigure
from ddj_desktop.measures.types import CountTable, Estimate, Figure, MonthFigures, RowsKey
from ddj_desktop.screens.wording import MISSING, many, number, share

GROUPS = (
    ("people_known", "The data"), ("people_", "The list"), ("by_month", "The list"), ("list_flow", "The list"),
    ("attrition", "The list"), ("contacts_", "Use of services"), ("days_", "Use of services"),
    ("jail_days", "Use of services"), ("concentration", "Share of all"), ("race", "Race and ethnicity"),
    ("by_", "Who they are"), ("flag_", "Who they are"),
    ("systems", "Overlap of systems"), ("combinations", "Overlap of systems"),
    ("pairs_to", "The data"), ("pairs", "Overlap of systems"), ("jail", "Time in jail"), ("returns", "Time in jail"),
    ("hours_", "Time of day and week"), ("bookings_mental", "Stepping Up"), ("connected", "Stepping Up"),
    ("rebooked", "Stepping Up"), ("cost", "Cost"), ("outcome", "Outcomes"), ("coverage", "The data"),
    ("records", "The data"),
)  # fmt: skip
"""The first that a name begins with says its group."""
ORDER = (
    "The list", "Use of services", "Share of all", "Who they are", "Overlap of systems", "Time in jail",
    "Time of day and week", "Stepping Up", "Race and ethnicity", "Disparity", "Cost", "Outcomes", "The data",
)  # fmt: skip
OTHER = "More figures"
MOST_BARS = 24
ALL = "All"
"""A row or column of totals."""


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
        Listed(name, table.words, _group(name), many(len(table.rows), "row", "rows"), True)
        for name, table in figures.tables.items()
    ]
    found += [
        Listed(name, estimate.words, estimate.group, amount(estimate.value, estimate.unit), False)
        for name, estimate in figures.estimates.items()
    ]
    order = [*ORDER, OTHER]
    return sorted(found, key=lambda line: order.index(line.group) if line.group in order else len(order))


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


def amount(value: float | None, unit: str) -> str:
    """An estimate's value with its unit: `62 %`, `12.4 days`, `1.86`, `$1,200`."""
    if value is None:
        return MISSING
    if unit == "dollars":
        return number(value, unit)
    if isinf(value):
        return "no upper end"
    text = f"{value:,.0f}" if unit == "%" else f"{value:,.2f}" if unit in ("ratio", "kappa") else f"{value:,.1f}"
    return text if unit in ("ratio", "kappa") else f"{text} {unit}"


def estimate_sentence(estimate: Estimate) -> str:
    """The estimate as a sentence: `12.4 days (half of the stays lie between 1.0 days and 9.0 days)`."""
    if estimate.value is None and estimate.low is None:
        return "The data do not allow an answer"
    said = amount(estimate.value, estimate.unit)
    if estimate.low is None or estimate.high is None:
        return said
    low, high = amount(estimate.low, estimate.unit), amount(estimate.high, estimate.unit)
    joined = f"{low} to {high}" if estimate.spread.endswith(("interval", "range")) else f"{low} and {high}"
    return f"{said} ({estimate.spread} {joined})"


def estimate_detail(estimate: Estimate) -> str:
    """What was counted, and that it is unstable where it is."""
    parts = []
    if estimate.count is not None and estimate.of is not None:
        parts.append(f"{number(estimate.count)} of {number(estimate.of)}: {estimate.counted}.")
    if estimate.unstable:
        parts.append("Unstable: fewer than 20 events. Read it as a rough guide.")
    return " ".join(parts)


def how_worked_out(figure: Figure | CountTable | Estimate, figures: MonthFigures) -> str:
    """One paragraph: period, sources, what to know, the definition."""
    parts = [f"Period: {figure.period.in_words()}."]
    if isinstance(figure, Estimate):
        parts.insert(0, estimate_detail(figure))
    if figure.sources:
        parts.append(f"Sources: {', '.join(figure.sources)}.")
    if figure.note:
        parts.append(figure.note)
    state = f"agreed {figures.agreed}" if figures.agreed else figures.definition_state
    parts.append(f"Definition: {figures.definition_name}, version {figures.definition_version}, {state}.")
    return " ".join(part for part in parts if part)


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
        rows.append((ALL, *sums))
    return rows


def table_headings(table: CountTable) -> list[str]:
    """Headings that go with `table_rows`."""
    columns = [column or table.unit.capitalize() for column in table.columns]
    return [table.row_title, *columns, *([ALL] if _has_row_totals(table) else [])]


def _has_row_totals(table: CountTable) -> bool:
    return table.columns_add_up and len(table.columns) > 1


@dataclass(frozen=True)
class Opened:
    """A number of a table that can be opened: its words, itself, and the cells whose rows make it."""

    words: str
    said: int | None
    """None where the data give no answer."""
    keys: tuple[RowsKey, ...]


def opened_at(table: CountTable, row: int, column: int) -> Opened | None:
    """The number in that row and column of `table_rows`, a total as well; None where rows are not kept one by one."""
    wide, totals = len(table.columns), _has_row_totals(table)
    down = table.rows_add_up and len(table.rows) > 1
    if table.keys is None or not 0 <= row < len(table.rows) + down or not 1 <= column <= wide + totals:
        return None
    rows = range(row, row + 1) if row < len(table.rows) else range(len(table.rows))
    columns = range(column - 1, column) if column <= wide else range(wide)
    counts = [table.counts[r][c] for r in rows for c in columns]
    said = None if None in counts else sum(count or 0 for count in counts)
    place = table.rows[row] if row < len(table.rows) else ALL, table.columns[column - 1] if column <= wide else ALL
    words = " · ".join(part for part in (table.words, *place) if part)
    return Opened(words, said, tuple(table.keys[r][c] for r in rows for c in columns))


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


SHOWN_REVISED = 4


def revised_sentence(revised: Sequence[RevisedFigure]) -> str:
    """`Revised since the month was closed. People on the list: 93 then, 94 now.`; '' where nothing changed."""
    if not revised:
        return ""
    said = [
        f"{one.words}: {_then(one.then, one.unit)} then, {_then(one.now, one.unit)} now"
        for one in revised[:SHOWN_REVISED]
    ]
    more = len(revised) - len(said)
    rest = f"; and {many(more, 'more number', 'more numbers')}" if more else ""
    return f"Revised since the month was closed. {'; '.join(said)}{rest}."


def _then(amount: float | None, unit: str) -> str:
    return "no answer" if amount is None else number(amount, unit)
