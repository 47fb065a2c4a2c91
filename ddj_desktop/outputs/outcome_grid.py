"""Rates before and after enrolment, worked out from numbers as they are printed: nothing hidden is used."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.disclosure.safe import SafeFigure, SafeTable
from ddj_desktop.measures.outcome_words import PART_WORDS
from ddj_desktop.measures.outcomes import YEAR, counted_words
from ddj_desktop.measures.statistics import Ratio, rate_ratio, ratio_of_ratios
from ddj_desktop.outputs.content import OutcomeTable
from ddj_desktop.outputs.grid_cells import (
    EMPTY_CELL,
    HIDDEN_CELL,
    Cell,
    Grid,
    Heading,
    Row,
    average_cell,
    count_cell,
    ratio_words,
)


@dataclass(frozen=True)
class Judged:
    """One cohort as printed."""

    words: str
    figure: SafeFigure
    uses: tuple[int | None, int | None]
    jail: tuple[int | None, int | None] | None
    """Days in jail; None where no day is left out for them."""
    years: tuple[float | None, float | None]
    """Person-years at risk; None where a number they rest on is hidden."""

    @property
    def before(self) -> Cell:
        """Use for each year at risk before enrolment."""
        return average_cell(self.uses[0], self.years[0])

    @property
    def after(self) -> Cell:
        """Use for each year at risk from enrolment on."""
        return average_cell(self.uses[1], self.years[1])

    @property
    def hidden(self) -> bool:
        """Whether a number that the rates rest on is hidden."""
        return None in self.uses or None in self.years

    @property
    def change(self) -> Ratio | None:
        """The rate after over the rate before; None where a number it rests on is hidden, or nobody is there."""
        (before, after), (first, second) = self.uses, self.years
        if before is None or after is None or first is None or second is None:
            return None
        return rate_ratio(after, second, before, first)


def judged(block: OutcomeTable) -> tuple[Judged, Judged]:
    """People enrolled, and the as-if cohort."""
    one, other = (_cohort(block, column) for column in range(2))
    return one, other


def compared(block: OutcomeTable) -> Ratio | None:
    """The change of people enrolled over that of the as-if cohort; None where either is hidden or on too few."""
    one, other = (cohort.change for cohort in judged(block))
    return ratio_of_ratios(one, other) if one and other else None


def _cohort(block: OutcomeTable, column: int) -> Judged:
    figure, jail = block.followed[column], None if block.in_jail is None else _column(block.in_jail, column)
    whole = None if figure.count is None else figure.count * (block.programme.outcome_days or 0)
    first, second = (None if whole is None or out is None else max(whole - out, 0.0) / YEAR for out in (jail or (0, 0)))
    return Judged(block.use.columns[column], figure, _column(block.use, column), jail, (first, second))


def _column(table: SafeTable, column: int) -> tuple[int | None, int | None]:
    before, after = (row[column] for row in table.cells)
    return before, after


def outcome_grid(block: OutcomeTable) -> Grid:
    """Each cohort with its people and its change, then its two parts."""
    rows = []
    for cohort in judged(block):
        people, of = count_cell(cohort.figure.count), count_cell(cohort.figure.of)
        change = cohort.change
        said = Cell(ratio_words(change, 2)) if change else HIDDEN_CELL if cohort.hidden else EMPTY_CELL
        rows.append(Row(cohort.words, (people, of, *[EMPTY_CELL] * 4, said), total=True))
        for at, rate in enumerate((cohort.before, cohort.after)):
            jail = EMPTY_CELL if cohort.jail is None else count_cell(cohort.jail[at])
            label = f"{block.programme.outcome_days} days {tuple(PART_WORDS)[at]}"
            cells = (count_cell(cohort.uses[at]), jail, _years(cohort.years[at]), rate)
            rows.append(Row(label, (EMPTY_CELL, EMPTY_CELL, *cells, EMPTY_CELL)))
    headings = (
        Heading("Followed"), Heading("Of"), Heading(counted_words(block.programme)), Heading("Days in jail"),
        Heading("Years at risk", "average"), Heading("A year at risk", "average"),
        Heading("After over before", "text"),
    )  # fmt: skip
    keep = [c for c in range(len(headings)) if any(row.cells[c].text for row in rows)]
    return Grid(
        "", tuple(headings[c] for c in keep),
        tuple(Row(row.label, tuple(row.cells[c] for c in keep), row.total) for row in rows),
    )  # fmt: skip


def _years(years: float | None) -> Cell:
    return HIDDEN_CELL if years is None else Cell(f"{years:,.1f}", round(years, 1), "average")
