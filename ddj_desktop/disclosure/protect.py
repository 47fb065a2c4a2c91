"""Figures to figures that may leave: every number of a month made safe as one system."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ddj_desktop.disclosure import need, safe
from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect
from ddj_desktop.disclosure.safe import SafeFigure, SafeMonth, SafeTable
from ddj_desktop.disclosure.suppress import SECONDS, Suppression, TooHard
from ddj_desktop.disclosure.system import Builder, Need, Quantity
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link, MonthFigures

INNER, SIDE, GRAND, FIGURE, DENOMINATOR = 1.0, 30.0, 300.0, 60.0, 300.0
"""What hiding costs as cover: inner cells go first, headlines and totals last (privacy reference 1.4, step 4)."""


def protect(table: CountTable, threshold: int = need.FLOOR, *, population: int | None = None) -> SafeTable:
    """One table made safe by itself; numbers known elsewhere are not looked at (`protect_month` does).

    Raises BadThreshold below the floor of 11, CannotProtect where no proof is found in time.
    """
    release = _Release(_checked(threshold), population, [], [table])
    hidden = release.solved(f"The table “{table.words}”", "one with fewer rows or columns")
    return release.table(table, hidden)


def protect_month(figures: MonthFigures, threshold: int = need.FLOOR) -> SafeMonth:
    """Every figure and table of a month made safe together, ties between them included.

    The same input gives the same output. Raises BadThreshold below the floor of 11, CannotProtect after 20 seconds.
    """
    tables = list(figures.tables.values())
    release = _Release(_checked(threshold), figures.population, list(figures.figures.values()), tables, figures.links)
    hidden = release.solved(f"The packet of {figures.month.in_words()}", "a packet with fewer tables, or wider groups")
    return SafeMonth(
        county=figures.county, state=figures.state, population=figures.population, month=figures.month,
        as_of=figures.as_of, definition_name=figures.definition_name,
        definition_version=figures.definition_version, definition_state=figures.definition_state,
        definition_sentence=figures.definition_sentence, agreed=figures.agreed, threshold=threshold,
        figures={name: release.figure(figure, hidden) for name, figure in figures.figures.items()},
        tables={name: release.table(table, hidden) for name, table in figures.tables.items()},
        warnings=figures.warnings, key=safe._KEY,
    )  # fmt: skip


def _checked(threshold: int) -> int:
    if threshold < need.FLOOR:
        raise BadThreshold(threshold=threshold, why=f"Nothing from a county file leaves below {need.FLOOR}.")
    return threshold


@dataclass
class _Release:
    """Figures and tables on their way into one system, and back out of it."""

    threshold: int
    population: int | None
    figures: list[Figure]
    tables: list[CountTable]
    links: Iterable[Link] = ()
    builder: Builder = field(default_factory=Builder)

    def __post_init__(self) -> None:
        self._cap = _caps(self.figures, self.tables, self.population)
        for figure in self.figures:
            self._add_figure(figure)
        for table in self.tables:
            self._add_table(table)
        for link in self.links:
            self._add_link(link)

    def solved(self, what: str, coarser: str) -> frozenset[str]:
        """The names of the numbers to hide. Raises CannotProtect."""
        system, names = self.builder.done()
        try:
            places = Suppression(system, seconds=SECONDS).solve()
        except TooHard as error:
            raise CannotProtect(table=what, why=str(error), coarser=coarser) from None
        return frozenset(name for name, place in names.items() if place in places)

    def _quantity(
        self, key: str, value: int, unit: str, wanted: Need | None, cost: float, *, printed: bool = True
    ) -> int:
        return self.builder.add(Quantity(key, value, self._cap(unit), wanted, printed, cost))

    def _need(self, unit: str, amount: int, people: int, top_two: tuple[float, float] = (0.0, 0.0)) -> Need | None:
        if unit in need.FACTS_OF_WORK:
            return None
        if unit == "people":
            return need.of_people(amount, self.threshold)
        return need.of_sum(amount, people, self.threshold, top_two)

    def _add_figure(self, figure: Figure) -> None:
        at = At(figure.name)
        if figure.count is not None:
            amount = round(figure.count)
            wanted = self._need(figure.unit, amount, figure.people, figure.top_two)
            count = self._quantity(_key(at), amount, figure.unit, wanted, FIGURE)
        if figure.of is not None:
            whole = round(figure.of)
            behind = figure.of_people if figure.of_people is not None else figure.people
            wanted = self._need(figure.unit, whole, behind)
            of = self._quantity(_key(At(figure.name, of=True)), whole, figure.unit, wanted, DENOMINATOR)
            if figure.count is not None:
                self._rest(of, [count], figure.unit, behind - figure.people)

    def _rest(self, whole: int, parts: list[int], unit: str, people: int) -> None:
        """The number nobody prints but anybody can subtract: 90 on the list less 85 seen by EMS."""
        amount = self.builder.value(whole) - sum(self.builder.value(part) for part in parts)
        key = f"rest {len(self.builder.names)}"
        wanted = self._need(unit, amount, max(people, 0))
        self.builder.total(whole, [*parts, self._quantity(key, amount, unit, wanted, 0.0, printed=False)])

    def _add_table(self, table: CountTable) -> None:
        for r, row in enumerate(table.counts):
            for c, amount in enumerate(row):
                if amount is not None:
                    people = table.people[r][c] if table.people else amount
                    top_two = table.top_two[r][c] if table.top_two else (0.0, 0.0)
                    wanted = self._need(table.unit, amount, people, top_two)
                    self._quantity(_key(At(table.name, r, c)), amount, table.unit, wanted, INNER)
        rows, columns = range(len(table.rows)), range(len(table.columns))
        if _has_row_totals(table):
            for r in rows:
                self._margin(table, At(table.name, r, TOTAL), [At(table.name, r, c) for c in columns], SIDE)
        if table.rows_add_up:
            for c in columns:
                self._margin(table, At(table.name, TOTAL, c), [At(table.name, r, c) for r in rows], SIDE)
        if table.rows_add_up and _has_row_totals(table):
            grand = At(table.name, TOTAL, TOTAL)
            self._margin(table, grand, [At(table.name, r, TOTAL) for r in rows], GRAND)
            self._tie(grand, [At(table.name, TOTAL, c) for c in columns])

    def _margin(self, table: CountTable, whole: At, parts: list[At], cost: float) -> None:
        """A total, unless a part of it is missing: a sum of what is there would pass for the whole."""
        names = self.builder.names
        if not parts or not all(_key(part) in names for part in parts):
            return
        numbers = [names[_key(part)] for part in parts]
        amount = sum(self.builder.value(number) for number in numbers)
        wanted = self._need(table.unit, amount, self._people_of_margin(table, whole))
        self.builder.total(self._quantity(_key(whole), amount, table.unit, wanted, cost), numbers)

    def _people_of_margin(self, table: CountTable, whole: At) -> int:
        """The fewest people who can stand behind a total: one may stand behind several of its cells."""
        if table.people is None:
            return 0
        rows = range(len(table.rows)) if whole.row == TOTAL else [whole.row or 0]
        columns = range(len(table.columns)) if whole.column == TOTAL else [whole.column or 0]
        return max((table.people[r][c] for r in rows for c in columns), default=0)

    def _tie(self, whole: At, parts: list[At]) -> None:
        names = self.builder.names
        if _key(whole) in names and all(_key(part) in names for part in parts):
            self.builder.total(names[_key(whole)], [names[_key(part)] for part in parts])

    def _add_link(self, link: Link) -> None:
        names = self.builder.names
        if not link.rest:
            self._tie(link.whole, list(link.parts))
        elif _key(link.whole) in names and all(_key(part) in names for part in link.parts):
            self._rest(names[_key(link.whole)], [names[_key(part)] for part in link.parts], "people", 0)

    def figure(self, figure: Figure, hidden: frozenset[str]) -> SafeFigure:
        """The figure as it may be printed."""
        return SafeFigure(
            name=figure.name, words=figure.words, unit=figure.unit,
            count=None if _key(At(figure.name)) in hidden else figure.count,
            of=None if _key(At(figure.name, of=True)) in hidden else figure.of,
            period=figure.period, missing=figure.count is None, note=figure.note, key=safe._KEY,
        )  # fmt: skip

    def table(self, table: CountTable, hidden: frozenset[str]) -> SafeTable:
        """The table as it may be printed."""
        names = self.builder.names

        def shown(row: int, column: int) -> int | None:
            key = _key(At(table.name, row, column))
            return None if key in hidden or key not in names else self.builder.value(names[key])

        rows, columns = range(len(table.rows)), range(len(table.columns))
        own = {_key(At(table.name, r, c)) for r in (*rows, TOTAL) for c in (*columns, TOTAL)}
        two_way = _has_row_totals(table)
        return SafeTable(
            name=table.name, words=table.words, row_title=table.row_title, rows=table.rows,
            column_title=table.column_title, columns=table.columns,
            cells=tuple(tuple(shown(r, c) for c in columns) for r in rows),
            missing=frozenset((r, c) for r in rows for c in columns if table.counts[r][c] is None),
            row_totals=tuple(shown(r, TOTAL) for r in rows) if two_way else None,
            column_totals=tuple(shown(TOTAL, c) for c in columns) if table.rows_add_up else None,
            total=_grand(table, shown), unit=table.unit, period=table.period, note=table.note,
            hidden=len(own & hidden), key=safe._KEY,
        )  # fmt: skip


def _grand(table: CountTable, shown: Callable[[int, int], int | None]) -> int | None:
    if not table.rows_add_up:
        return None
    return shown(TOTAL, TOTAL) if _has_row_totals(table) else shown(TOTAL, 0) if len(table.columns) == 1 else None


def _has_row_totals(table: CountTable) -> bool:
    return table.columns_add_up and len(table.columns) > 1


def _key(at: At) -> str:
    if at.row is None:
        return f"figure\x1f{at.name}\x1f{'of' if at.of else 'count'}"
    return f"table\x1f{at.name}\x1f{at.row:04d}\x1f{at.column if at.column is not None else 0:04d}"


def _caps(figures: list[Figure], tables: list[CountTable], population: int | None) -> Callable[[str], int]:
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
