"""Months stand as an earlier packet told them.

Late records change past months a little in nearly every packet. Each new telling of a month would be one more system of
equations tied to all the tellings before it, and what lies between any two of them is people. So a month that was told
stands: it is printed as it was, all its numbers together, and nothing new is known of it (decision 15). What the newest
month says of the length of the list a month ago is held against the length that was told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ddj_desktop.disclosure.held import Held
from ddj_desktop.disclosure.names import key_of, meanings
from ddj_desktop.disclosure.need import MOVES_TABLE
from ddj_desktop.measures.types import At, CountTable, Link, MonthFigures

LAST_MONTH = At("people_on_list_last_month")
Row = tuple[int | None, ...]


@dataclass(frozen=True)
class Series:
    """The figures of a month with the months before it as they were told."""

    figures: MonthFigures
    most: int = 0
    """The largest change that late records made to a number of those months; above the threshold where one that could
    not be said can be said now."""
    again: dict[str, str] = field(default_factory=dict)
    """By the name of a number that stands in this packet: what an earlier one said of the same."""


def as_told(figures: MonthFigures, earlier: Sequence[Held], threshold: int) -> Series:
    """Each month of the series but the newest as the last packet that told it anew had it; what none told stays as it
    is. A note says which lack late records, and links to what those changed are left out.

    The length of the list a month ago is told by the newest month in any case: where it moved by more than the
    threshold, it is told anew in its row as well.
    """
    table = figures.tables.get(MOVES_TABLE)
    if table is None or len(table.rows) < 2:
        return Series(figures)
    names, told = meanings(figures), _told(earlier)
    rows = [_row(table, r, names, told) for r in range(len(table.rows) - 1)]
    most = max(_change(now, then, threshold) for now, then in zip(table.counts, rows, strict=False))
    length = table.counts[len(rows) - 1][0]
    if _change((length,), rows[-1][:1], threshold) > threshold:
        rows[-1] = (length, *rows[-1][1:])
    stands = _with_rows(table, (*rows, table.counts[-1]))
    made = replace(figures, tables={**figures.tables, MOVES_TABLE: stands})
    made = replace(made, links=tuple(link for link in figures.links if _as_counted(link, made, figures)))
    return Series(made, most, _again(made, names, threshold))


def _told(earlier: Sequence[Held]) -> dict[str, int]:
    """By what it says, the number that was told last."""
    return {meaning: number.value for held in earlier for number in held.numbers for meaning in number.meanings}


def _with_rows(table: CountTable, rows: tuple[Row, ...]) -> CountTable:
    """The table with these months, and a note on those that are not as they are counted now."""
    late = [label for label, now, then in zip(table.rows, table.counts, rows, strict=True) if now != then]
    note = f"As earlier packets told them, without the late records since: {', '.join(late)}." if late else ""
    return replace(table, counts=rows, note=f"{table.note} {note}".strip())


def _row(table: CountTable, row: int, names: Mapping[str, str], told: Mapping[str, int]) -> Row:
    """A month as it was told; as it is counted now where nobody was told."""
    now = table.counts[row]
    then = [told.get(names[key_of(At(table.name, row, c))]) for c in range(len(now))]
    if all(amount is None for amount in then):
        return now
    return tuple(None if count is None else amount for count, amount in zip(now, then, strict=True))


def _change(now: Row, then: Row, threshold: int) -> int:
    """The largest change of a number; an answer that was not there before is as good as a large one."""
    pairs = [(count, amount) for count, amount in zip(now, then, strict=True) if count is not None]
    return max((threshold + 1 if amount is None else abs(count - amount) for count, amount in pairs), default=0)


def _as_counted(link: Link, made: MonthFigures, counted: MonthFigures) -> bool:
    """Whether each number of a link is as it is counted now. Others add up by chance alone; what held between them when
    they were told is in what is held of that packet."""
    return all(
        _amount(made, at) == _amount(counted, at) for at in (*link.wholes, *link.parts) if at.name == MOVES_TABLE
    )


def _amount(figures: MonthFigures, at: At) -> int | None:
    if at.row is None:
        figure = figures.figures[at.name]
        amount = figure.of if at.of else figure.count
        return None if amount is None else round(amount)
    return figures.tables[at.name].counts[at.row][at.column or 0]


def _again(made: MonthFigures, names: Mapping[str, str], threshold: int) -> dict[str, str]:
    """What the newest month says of the length of the list a month ago is that month's number once more, changed a
    little by late records."""
    if LAST_MONTH.name not in made.figures:
        return {}
    then = At(MOVES_TABLE, len(made.tables[MOVES_TABLE].rows) - 2, 0)
    now, before = _amount(made, LAST_MONTH), _amount(made, then)
    near = now is not None and before is not None and 0 < abs(now - before) <= threshold
    return {key_of(LAST_MONTH): names[key_of(then)]} if near else {}
