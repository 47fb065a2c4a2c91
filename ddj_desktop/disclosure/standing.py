"""Months stand as an earlier packet told them.

Late records change past months a little in nearly every packet. Each new telling of a month would be one more system of
equations tied to all the tellings before it, and what lies between any two of them is people. So a month that was told
stands: it is printed as it was, all its numbers together, and nothing new is known of it (decision 15). What the newest
month says of the length of the list a month ago is held against the length that was told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ddj_desktop.disclosure.held import Held, HeldNumber
from ddj_desktop.disclosure.names import key_of, meanings
from ddj_desktop.disclosure.need import MOVES_TABLE
from ddj_desktop.measures.types import TOTAL, At, CountTable, Link, MonthFigures

JAIL_DAYS, YEAR = "jail_days_by_month", At("days_jail", of=True)
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
    stands = _with_rows(table, (*rows, table.counts[-1]), "As earlier packets told them")
    made = replace(figures, tables={**figures.tables, MOVES_TABLE: stands})
    made = replace(made, links=tuple(link for link in figures.links if _as_counted(link, made, figures)))
    return Series(made, most, _again(made, names, threshold))


def days_as_told(figures: MonthFigures, earlier: Sequence[Held], threshold: int) -> MonthFigures:
    """Days in jail of everyone in a month as an earlier packet told them, where late records changed them by no more
    than the threshold, or those of no more people: what that is more or less goes to those not on the list, and to the
    year. Left as it is where a number would then be larger than its whole.

    How many people changed is not known, but how many more there are, and at least so many changed: one late release
    adds a month of days and nobody. Several small changes in a row add up to the one that is told at last; each of them
    may be all of it, and so must be able to reach the threshold and one more (`need`)."""
    table = figures.tables.get(JAIL_DAYS)
    if table is None or table.people is None:
        return figures
    names, told = meanings(figures), _told(earlier)
    months = [_Days(row[0], row[1], sum(people)) for row, people in zip(table.counts, table.people, strict=True)]
    as_told = [days.as_told(told.get(names[key_of(At(JAIL_DAYS, r, TOTAL))]), threshold)
               for r, days in enumerate(months)]  # fmt: skip
    year = sum(then.total - now.total for now, then in zip(months[1:], as_told[1:], strict=True))
    wholes = _same_as(YEAR, figures.links)
    shifted = {
        name: replace(figure, of=figure.of + year) if At(name, of=True) in wholes and figure.of is not None else figure
        for name, figure in figures.figures.items()
    }
    if any(f.count is not None and f.of is not None and f.of < f.count for f in shifted.values()):
        return figures
    stands = _with_rows(table, tuple(days.row for days in as_told), "Days of everyone as earlier packets told them")
    mine = [people[0] for people in table.people]
    stands = replace(stands, people=tuple((m, max(0, t.people - m)) for m, t in zip(mine, as_told, strict=True)))
    return replace(figures, figures=shifted, tables={**figures.tables, JAIL_DAYS: stands})


@dataclass(frozen=True)
class _Days:
    """A month's days in jail of people on the list and of everyone else, and how many people all of them are."""

    mine: int | None
    others: int | None
    people: int

    @property
    def row(self) -> Row:
        return self.mine, self.others

    @property
    def total(self) -> int:
        return (self.mine or 0) + (self.others or 0)

    def as_told(self, told: HeldNumber | None, threshold: int) -> _Days:
        if self.mine is None or self.others is None or told is None or told.value < self.mine:
            return self
        change, more = self.total - told.value, self.people - told.people
        if abs(change) > threshold and (more if change > 0 else -more) > threshold:
            return self
        return _Days(self.mine, told.value - self.mine, told.people)


def _told(earlier: Sequence[Held]) -> dict[str, HeldNumber]:
    """By what it says, the number that was told last."""
    return {meaning: number for held in earlier for number in held.numbers for meaning in number.meanings}


def _with_rows(table: CountTable, rows: tuple[Row, ...], words: str) -> CountTable:
    """The table with these months, and a note on those that are not as they are counted now."""
    late = [label for label, now, then in zip(table.rows, table.counts, rows, strict=True) if now != then]
    note = f"{words}, without the late records since: {', '.join(late)}." if late else ""
    return replace(table, counts=rows, note=f"{table.note} {note}".strip())


def _same_as(place: At, links: Sequence[Link]) -> frozenset[At]:
    """The numbers that links make one with this one."""
    pairs = [
        {*link.wholes, *link.parts} for link in links if not link.rest and len(link.wholes) == len(link.parts) == 1
    ]
    same = {place}
    while more := {at for pair in pairs if pair & same for at in pair} - same:
        same |= more
    return frozenset(same)


def _row(table: CountTable, row: int, names: Mapping[str, str], told: Mapping[str, HeldNumber]) -> Row:
    """A month as it was told; as it is counted now where nobody was told."""
    now = table.counts[row]
    then = [told.get(names[key_of(At(table.name, row, c))]) for c in range(len(now))]
    if all(number is None for number in then):
        return now
    return tuple(None if count is None or number is None else number.value for count, number in
                 zip(now, then, strict=True))  # fmt: skip


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
