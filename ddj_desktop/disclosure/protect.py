"""Figures to figures that may leave: every number of a month made safe as one system."""

from __future__ import annotations

from ddj_desktop.disclosure import need, safe
from ddj_desktop.disclosure.errors import BadThreshold, CannotProtect
from ddj_desktop.disclosure.release import Release
from ddj_desktop.disclosure.safe import SafeMonth, SafeTable
from ddj_desktop.disclosure.suppress import Suppression, TooHard
from ddj_desktop.measures.types import CountTable, MonthFigures


def protect(table: CountTable, threshold: int = need.FLOOR, *, population: int | None = None) -> SafeTable:
    """One table made safe by itself; numbers known elsewhere are not looked at (`protect_month` does).

    Counts of 1 to threshold-1 people are hidden, sums with fewer people behind them or made by one or two of them
    (`need`), and whatever gives those away. Raises BadThreshold below the floor of 11, CannotProtect where no proof
    is found within 20 seconds.
    """
    release = Release(_checked(threshold), population, [], [table])
    hidden = _solved(release, f"The table “{table.words}”", "one with fewer rows or columns")
    return release.table(table, hidden)


def protect_month(figures: MonthFigures, threshold: int = need.FLOOR) -> SafeMonth:
    """Every figure and table of a month made safe together, ties between them included.

    Tables that stay in the building and estimates are no part of it.

    The same input gives the same output. Raises BadThreshold below the floor of 11, CannotProtect after 20 seconds.
    """
    tables = {name: table for name, table in figures.tables.items() if not table.inside}
    release = Release(
        _checked(threshold), figures.population, list(figures.figures.values()), list(tables.values()), figures.links
    )
    what = f"The packet of {figures.month.in_words()}"
    hidden = _solved(release, what, "a packet with fewer tables, or wider groups")
    return SafeMonth(
        county=figures.county, state=figures.state, population=figures.population, month=figures.month,
        as_of=figures.as_of, definition_name=figures.definition_name,
        definition_version=figures.definition_version, definition_state=figures.definition_state,
        definition_sentence=figures.definition_sentence, agreed=figures.agreed, threshold=threshold,
        figures={name: release.figure(figure, hidden) for name, figure in figures.figures.items()},
        tables={name: release.table(table, hidden) for name, table in tables.items()},
        warnings=figures.warnings, key=safe._KEY,
    )  # fmt: skip


def _checked(threshold: int) -> int:
    if threshold < need.FLOOR:
        raise BadThreshold(threshold=threshold, why=f"Nothing from a county file leaves below {need.FLOOR}.")
    return threshold


def _solved(release: Release, what: str, coarser: str) -> frozenset[str]:
    """The names of the numbers to hide."""
    system, names = release.builder.done()
    try:
        places = Suppression(system).solve()
    except TooHard as error:
        raise CannotProtect(table=what, why=str(error), coarser=coarser) from None
    return frozenset(name for name, place in names.items() if place in places)
