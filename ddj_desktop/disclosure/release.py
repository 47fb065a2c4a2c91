"""Figures and tables on their way into one system of numbers, and back out of it as they may be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ddj_desktop.disclosure import need, safe
from ddj_desktop.disclosure.names import FOLLOWED, key_of
from ddj_desktop.disclosure.safe import SafeFigure, SafeTable
from ddj_desktop.disclosure.system import Builder, Need, Quantity
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.measures.people import NOT_RECORDED
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link

INNER, SIDE, GRAND, FIGURE, DENOMINATOR = 1.0, 30.0, 300.0, 60.0, 300.0
"""What hiding costs as cover: inner cells go first, headlines and totals last (privacy reference 1.4, step 4)."""


@dataclass
class Release:
    """All numbers of one release. Raises OurFault where a tie between them does not hold."""

    threshold: int
    population: int | None
    figures: Sequence[Figure]
    tables: Sequence[CountTable]
    links: Iterable[Link] = ()
    rounding: bool = False
    """True for a recurring packet: counts of people, contacts, days and dollars are printed to the nearest five."""
    builder: Builder = field(default_factory=Builder)
    people: dict[str, int] = field(default_factory=dict)
    """By the name of a number: how many people stand behind it."""
    units: dict[str, str] = field(default_factory=dict)
    """By the name of a number: its unit."""
    pooled: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By table: the rows that became one."""

    def __post_init__(self) -> None:
        self._cap = _caps(self.figures, self.tables, self.population)
        for figure in self.figures:
            self._add_figure(figure)
        for table in self.tables:
            self._add_table(table)
        units = {figure.name: figure.unit for figure in self.figures} | {t.name: t.unit for t in self.tables}
        for link in self.links:
            self._add_link(link, units)

    def _number(
        self, key: str, amount: int, unit: str, people: int, cost: float, *,
        top_two: tuple[float, float] = (0.0, 0.0), printed: bool = True, zero_too: bool = False,
    ) -> int:  # fmt: skip
        self.people[key], self.units[key] = people, unit
        wanted = self._need(unit, amount, people, top_two, zero_too)
        seen = need.behind(need.rounded(amount)) if self._rounds(unit) else None
        return self.builder.add(Quantity(key, amount, self._cap(unit), wanted, printed, cost, seen))

    def _rounds(self, unit: str) -> bool:
        return self.rounding and unit not in need.FACTS_OF_WORK

    def _need(self, unit: str, amount: int, people: int, top_two: tuple[float, float], zero_too: bool) -> Need | None:
        if unit in need.FACTS_OF_WORK:
            return None
        if unit == "people":
            return need.of_people(amount, self.threshold, zero_too=zero_too)
        return need.of_sum(amount, people, self.threshold, top_two)

    def _add_figure(self, figure: Figure) -> None:
        """A count and what it is of. Of people followed the whole is hidden first: rates rest on the count."""
        count: list[int] = []
        cost, of_cost = (SIDE, INNER) if figure.name.startswith(FOLLOWED) else (FIGURE, DENOMINATOR)
        if figure.count is not None:
            key = key_of(At(figure.name))
            number = self._number(
                key, round(figure.count), figure.unit, figure.people, cost, top_two=figure.top_two,
                zero_too=self.rounding and figure.name in need.MOVES,
            )  # fmt: skip
            count = [number]
        if figure.of is not None:
            behind = figure.of_people if figure.of_people is not None else figure.people
            of = self._number(
                key_of(At(figure.name, of=True)), round(figure.of), figure.unit, behind, of_cost
            )  # fmt: skip
            if count:
                everybody = figure.name in need.SENSITIVE and figure.count == figure.of and bool(figure.count)
                self._rest([of], count, figure.unit, behind - figure.people, zero_too=everybody)

    def _rest(self, wholes: list[int], parts: list[int], unit: str, people: int, *, zero_too: bool = False) -> None:
        """The number nobody prints but anybody can subtract: 90 on the list less 85 seen by EMS."""
        amount = sum(map(self.builder.value, wholes)) - sum(map(self.builder.value, parts))
        if amount < 0:
            raise OurFault(what="a part of a release is larger than its whole")
        rest = self._number(
            f"rest {len(self.builder.names):05d}", amount, unit, max(people, 0), 0.0, printed=False, zero_too=zero_too
        )
        self.builder.tie(wholes, [*parts, rest])

    def _add_table(self, table: CountTable) -> None:
        small = self.pooled[table.name] = self._to_pool(table)
        of_one_kind = _of_one_kind(table)
        for r, row in enumerate(table.counts):
            for c, amount in enumerate(row):
                if amount is not None:
                    people = table.people[r][c] if table.people else amount
                    top_two = table.top_two[r][c] if table.top_two else (0.0, 0.0)
                    self._number(
                        key_of(At(table.name, r, c)), amount, table.unit, people, INNER, top_two=top_two,
                        printed=r not in small and _is_printed(table, c),
                        zero_too=c in of_one_kind or self._moves(table, c),
                    )  # fmt: skip
        rows, columns = range(len(table.rows)), range(len(table.columns))
        if small:
            self._margin(table, At(table.name, len(table.rows), 0), [At(table.name, r, 0) for r in small], INNER)
        if _has_row_totals(table):
            for r in rows:
                self._margin(table, At(table.name, r, TOTAL), [At(table.name, r, c) for c in columns], SIDE)
        if table.rows_add_up:
            for c in columns:
                self._margin(table, At(table.name, TOTAL, c), [At(table.name, r, c) for r in rows], SIDE)
        if table.rows_add_up and _has_row_totals(table):
            grand = At(table.name, TOTAL, TOTAL)
            self._margin(table, grand, [At(table.name, r, TOTAL) for r in rows], GRAND)
            self._tie([grand], [At(table.name, TOTAL, c) for c in columns])

    def _moves(self, table: CountTable, column: int) -> bool:
        return self.rounding and table.name == need.MOVES_TABLE and table.columns[column] in need.MOVES_COLUMNS

    def _to_pool(self, table: CountTable) -> tuple[int, ...]:
        """Rows that become one: 'recode before you hide' (privacy reference 1.4, step 0)."""
        if not table.pool_small_into or len(table.columns) != 1 or table.unit != "people":
            return ()
        small = tuple(r for r, (amount,) in enumerate(table.counts) if need.of_people(amount or 0, self.threshold))
        return small if len(small) > 1 else ()

    def _margin(self, table: CountTable, whole: At, parts: list[At], cost: float) -> None:
        """A total, unless a part of it is missing: a sum of what is there would pass for the whole."""
        numbers = self._numbers(parts)
        if numbers:
            amount = sum(map(self.builder.value, numbers))
            people = amount if table.unit == "people" else _people_of_margin(table, whole)
            printed = _is_printed(table, whole.column)
            self.builder.tie([self._number(key_of(whole), amount, table.unit, people, cost, printed=printed)], numbers)

    def _numbers(self, places: Sequence[At]) -> list[int]:
        """The numbers at these places; none where one of them has no data."""
        names = self.builder.names
        return [names[key_of(at)] for at in places] if all(key_of(at) in names for at in places) else []

    def _tie(self, wholes: Sequence[At], parts: Sequence[At]) -> None:
        left, right = self._numbers(wholes), self._numbers(parts)
        if left and right:
            self.builder.tie(left, right)

    def _add_link(self, link: Link, units: dict[str, str]) -> None:
        if len(link.wholes) == 1 and (link.rest or len(link.parts) > 1):
            for whole in self._numbers(link.wholes):  # what others add up to is a total, wherever it stands
                self.builder.dearer(whole, SIDE)
        if not link.rest:
            self._tie(link.wholes, link.parts)
            return
        left, right = self._numbers(link.wholes), self._numbers(link.parts)
        if left and right:
            self._rest(left, right, units[link.wholes[0].name], link.rest_people)

    def figure(self, figure: Figure, printed: Mapping[str, int | None]) -> SafeFigure:
        """The figure as it may be printed, given what may be printed of each number: itself, rounded, or None."""

        def shown(at: At, truth: float | None) -> float | None:
            number = printed.get(key_of(at))
            return truth if number is not None and number == round(truth or 0.0) else number

        return SafeFigure(
            name=figure.name, words=figure.words, unit=figure.unit, count=shown(At(figure.name), figure.count),
            of=shown(At(figure.name, of=True), figure.of), period=figure.period, missing=figure.count is None,
            note=figure.note, key=safe._KEY,
        )  # fmt: skip

    def table(self, table: CountTable, printed: Mapping[str, int | None]) -> SafeTable:
        """The table as it may be printed, given what may be printed of each number."""
        small, count = self.pooled[table.name], len(table.rows)

        def shown(row: int, column: int) -> int | None:
            return printed.get(key_of(At(table.name, row, column)))

        rows = [r for r in range(count) if r not in small] + ([count] if small else [])
        labels = (*table.rows, table.pool_small_into)
        columns = [c for c in range(len(table.columns)) if _is_printed(table, c)]
        totals = _has_row_totals(table) and _is_printed(table, TOTAL)
        keys = {key_of(At(table.name, r, c)) for r in (*rows, TOTAL) for c in (*columns, TOTAL)
                if _is_printed(table, c)} & set(printed)  # fmt: skip
        return SafeTable(
            name=table.name, words=table.words, row_title=table.row_title, rows=tuple(labels[r] for r in rows),
            column_title=table.column_title, columns=tuple(table.columns[c] for c in columns),
            cells=tuple(tuple(shown(r, c) for c in columns) for r in rows),
            missing=frozenset(
                (at, c) for at, r in enumerate(rows) for c in columns if r < count and table.counts[r][c] is None
            ),
            row_totals=tuple(shown(r, TOTAL) for r in rows) if totals else None,
            column_totals=tuple(shown(TOTAL, c) for c in columns) if table.rows_add_up else None,
            total=_grand(table, shown), unit=table.unit, period=table.period, note=table.note,
            hidden=sum(printed[key] is None for key in keys), key=safe._KEY,
        )  # fmt: skip


def _is_printed(table: CountTable, column: int | None) -> bool:
    return not table.first_alone or column == 0


def _of_one_kind(table: CountTable) -> frozenset[int]:
    """Columns of a sensitive table whose people are all in one row; not where that is what nobody recorded."""
    if table.name not in need.SENSITIVE:
        return frozenset()
    found = set()
    for c in range(len(table.columns)):
        full = [label for label, row in zip(table.rows, table.counts, strict=True) if row[c]]
        if len(full) == 1 and full != [NOT_RECORDED]:
            found.add(c)
    return frozenset(found)


def _people_of_margin(table: CountTable, whole: At) -> int:
    """The fewest people who can stand behind a total: one may stand behind several of its cells."""
    if table.people is None:
        return 0
    rows = range(len(table.rows)) if whole.row == TOTAL else [whole.row or 0]
    columns = range(len(table.columns)) if whole.column == TOTAL else [whole.column or 0]
    return max((table.people[r][c] for r in rows for c in columns), default=0)


def _grand(table: CountTable, shown: Callable[[int, int], int | None]) -> int | None:
    if not table.rows_add_up or table.first_alone:
        return None
    if _has_row_totals(table):
        return shown(TOTAL, TOTAL)
    return shown(TOTAL, 0) if len(table.columns) == 1 else None


def _has_row_totals(table: CountTable) -> bool:
    return table.columns_add_up and len(table.columns) > 1


def _caps(figures: Sequence[Figure], tables: Sequence[CountTable], population: int | None) -> Callable[[str], int]:
    """The largest value a reader must hold possible, by unit: the population for people, else far above the largest."""
    largest: dict[str, int] = {}
    for figure in figures:
        for amount in (figure.count, figure.of):
            largest[figure.unit] = max(largest.get(figure.unit, 0), round(amount or 0))
    for table in tables:
        there = sum(amount for row in table.counts for amount in row if amount is not None)
        largest[table.unit] = max(largest.get(table.unit, 0), there)

    def cap(unit: str) -> int:
        if unit == "people" and population:
            return max(population, largest.get(unit, 0))
        return 10 * largest.get(unit, 0) + 1000

    return cap
