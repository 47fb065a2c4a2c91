"""A month's figures and tables protected together, attacked with everything that is printed."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link, MonthFigures, RowsKey
from ddj_desktop.store.county_file import CountyFile
from tests.measures.small_county import RULE, make, put

OCTOBER = Month(2026, 10)


def figure(name: str, count: int, of: int | None = None) -> Figure:
    return Figure(name, name, "people", count, of, count, of, OCTOBER.span, RowsKey("people"))


def month(figures: list[Figure], tables: list[CountTable] | None = None, links: tuple[Link, ...] = ()) -> MonthFigures:
    return MonthFigures(
        "Pine", "KS", 14_000, OCTOBER, OCTOBER.span.last, 1, "Rule", 1, "agreed", "People who …", "",
        {f.name: f for f in figures}, {t.name: t for t in tables or []}, links,
    )  # fmt: skip


def one_way(name: str, counts: list[int], **more: bool) -> CountTable:
    adds_up = more.get("adds_up", True)
    return CountTable(
        name, name, "Group", tuple(f"r{r}" for r in range(len(counts))), "", ("On the list",),
        tuple((amount,) for amount in counts), "people", OCTOBER.span, adds_up, True,
    )  # fmt: skip


def test_the_complement_of_n_of_n_is_a_number_too() -> None:
    """85 of 90 tells of 5. One of the two is hidden, and the 5 can not be worked out."""
    safe = protect_month(month([figure("people_ems", 85, 90)]))
    shown = safe.figures["people_ems"]
    assert (shown.count is None) != (shown.of is None)
    assert protect_month(month([figure("people_ems", 70, 90)])).figures["people_ems"].count == 70
    everyone = protect_month(month([figure("people_ems", 90, 90)])).figures["people_ems"]
    assert (everyone.count, everyone.of) == (90, 90)


def flow(continuing: int, new: int, returned: int, left: int) -> MonthFigures:
    on_list, last = continuing + new + returned, continuing + left
    numbers = [
        figure("on_list", on_list), figure("last", last), figure("continuing", continuing, last),
        figure("new", new, on_list), figure("returned", returned, on_list), figure("left", left, last),
    ]  # fmt: skip
    links = (
        Link((At("on_list"),), (At("continuing"), At("new"), At("returned"))),
        Link((At("last"),), (At("continuing"), At("left"))),
        *(Link((At("on_list"),), (At(name, of=True),)) for name in ("new", "returned")),
        *(Link((At("last"),), (At(name, of=True),)) for name in ("continuing", "left")),
    )
    return month(numbers, [], links)


@pytest.mark.parametrize("seed", range(40))
def test_the_flow_of_the_list_by_listing_every_possible_month(seed: int) -> None:
    """Every (continuing, new, returned, left) up to 130 that agrees with what is printed."""
    rng = random.Random(seed)
    truth = (rng.randint(11, 60), rng.randint(0, 14), rng.choice((0, 3, 7, 12)), rng.randint(0, 15))
    safe = protect_month(flow(*truth))
    printed = {name: safe.figures[name].count for name in ("on_list", "last", "continuing", "new", "returned", "left")}
    for name in ("continuing", "left"):
        assert safe.figures[name].of == printed["last"]
    fills: list[tuple[int, int, int, int]] = []
    spans = [[value] if value is not None else range(131)
             for value in (printed["continuing"], printed["new"], printed["returned"])]  # fmt: skip
    for c, n, r in itertools.product(*spans):
        if printed["on_list"] not in (None, c + n + r):
            continue
        lefts = (
            [printed["left"]]
            if printed["left"] is not None
            else [printed["last"] - c]
            if printed["last"] is not None
            else range(131)
        )
        fills += [(c, n, r, f) for f in lefts if f >= 0 and printed["last"] in (None, c + f)]
    assert truth in fills
    for at, name in enumerate(("continuing", "new", "returned", "left")):
        if 0 < truth[at] < 11:
            assert printed[name] is None
            values = [fill[at] for fill in fills]
            assert max(values) >= 12, name
            assert max(values) - min(values) >= 10, name


def test_tables_with_the_same_total_hide_or_show_it_together() -> None:
    tables = [one_way("by_age", [20, 30, 4]), one_way("by_sex", [25, 29])]
    links = tuple(Link((At("on_list"),), (At(name, TOTAL, 0),)) for name in ("by_age", "by_sex"))
    safe = protect_month(month([figure("on_list", 54)], tables, links))
    assert safe.figures["on_list"].count == safe.tables["by_age"].total == safe.tables["by_sex"].total == 54
    assert sum(cell is None for (cell,) in safe.tables["by_age"].cells) == 2


def test_two_tables_that_give_each_other_away() -> None:
    """Rows of one table are sums of rows of another: hiding in one alone would leave the other to tell."""
    fine, coarse = one_way("fine", [3, 20, 25, 30]), one_way("coarse", [23, 55])
    links = (
        Link((At("coarse", 0, 0),), (At("fine", 0, 0), At("fine", 1, 0))),
        Link((At("coarse", 1, 0),), (At("fine", 2, 0), At("fine", 3, 0))),
        Link((At("coarse", TOTAL, 0),), (At("fine", TOTAL, 0),)),
    )
    safe = protect_month(month([], [fine, coarse], links))
    assert safe.tables["fine"].cells[0] == (None,)
    covers = [safe.tables["fine"].cells[1][0], safe.tables["coarse"].cells[0][0]]
    assert None in covers


def numbers_of(figures: MonthFigures) -> dict[At, int]:
    """Every number that has data, by its place; margins are not among them yet."""
    values: dict[At, int] = {}
    for name, f in figures.figures.items():
        for at, value in ((At(name), f.count), (At(name, of=True), f.of)):
            if value is not None:
                values[at] = int(value)
    for name, t in figures.tables.items():
        for r, row in enumerate(t.counts):
            values |= {At(name, r, c): amount for c, amount in enumerate(row) if amount is not None}
    return values


def sums_of(t: CountTable) -> list[tuple[At, list[At]]]:
    """Every total a table prints, with its parts."""
    down, across = range(len(t.rows)), range(len(t.columns))
    sums = [(At(t.name, TOTAL, c), [At(t.name, r, c) for r in down]) for c in across] if t.rows_add_up else []
    if t.columns_add_up and len(t.columns) > 1:
        sums += [(At(t.name, r, TOTAL), [At(t.name, r, c) for c in across]) for r in down]
        if t.rows_add_up:
            sums.append((At(t.name, TOTAL, TOTAL), [At(t.name, TOTAL, c) for c in across]))
    return sums


def equations_of(figures: MonthFigures) -> tuple[dict[At, int], list[dict[At, int]]]:
    """Every number of the month by its place, and every equation, drawn up anew from the types alone."""
    values, rows = numbers_of(figures), []
    for whole, parts in [pair for t in figures.tables.values() for pair in sums_of(t)]:
        if all(part in values for part in parts):
            values[whole] = sum(values[part] for part in parts)
            rows.append({whole: -1, **dict.fromkeys(parts, 1)})
    for link in figures.links:
        if not link.rest and all(at in values for at in (*link.wholes, *link.parts)):
            terms: dict[At, int] = {}
            for at, sign in [*((at, -1) for at in link.wholes), *((at, 1) for at in link.parts)]:
                terms[at] = terms.get(at, 0) + sign
            rows.append(terms)
    return values, rows


def small_numbers(figures: MonthFigures, values: dict[At, int]) -> set[At]:
    """Counts of 1 to 10 people, and sums that 1 to 10 people stand behind."""
    everything = {**figures.figures, **figures.tables}
    small = {at for at, value in values.items() if everything[at.name].unit == "people" and 0 < value < 11}
    for name, f in figures.figures.items():
        if f.unit in ("contacts", "days") and f.count and f.people < 11:
            small.add(At(name))
    for name, t in figures.tables.items():
        for r, row in enumerate(t.people or ()):
            small |= {At(name, r, c) for c, people in enumerate(row) if t.counts[r][c] and people < 11}
    return small


def printed_at(safe: SafeMonth, at: At, labels: dict[str, tuple[str, ...]]) -> bool:
    """Whether the number at this place is printed."""
    if at.row is None:
        shown = safe.figures[at.name]
        return (shown.of if at.of else shown.count) is not None
    table = safe.tables[at.name]
    assert at.column is not None
    if at.row == TOTAL:
        if at.column == TOTAL:
            return table.total is not None
        return table.column_totals is not None and table.column_totals[at.column] is not None
    label = labels[at.name][at.row]
    if label not in table.rows:
        return False  # gone into the pooled row
    place = table.rows.index(label)
    if at.column == TOTAL:
        return table.row_totals is not None and table.row_totals[place] is not None
    return table.cells[place][at.column] is not None


def determined(unknowns: list[At], rows: list[dict[At, int]]) -> set[At]:
    """Unknowns that the equations fix exactly: a row of the reduced matrix with one entry (exact fractions)."""
    matrix = [[Fraction(row.get(at, 0)) for at in unknowns] for row in rows]
    matrix = [row for row in matrix if any(row)]
    done = 0
    for column in range(len(unknowns)):
        pivot = next((r for r in range(done, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        lead = matrix[done][column]
        matrix[done] = [entry / lead for entry in matrix[done]]
        for r in range(len(matrix)):
            if r != done and matrix[r][column]:
                factor = matrix[r][column]
                matrix[r] = [a - factor * b for a, b in zip(matrix[r], matrix[done], strict=True)]
        done += 1
    return {unknowns[next(i for i, entry in enumerate(row) if entry)] for row in matrix[:done]
            if sum(1 for entry in row if entry) == 1}  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_small_number_of_a_whole_month_can_be_worked_out(county: CountyFile, seed: int) -> None:
    """Everything printed is put into one matrix, apart from the solver: no hidden small number comes out exactly."""
    lane = put(county, make(random.Random(seed), 250 * seed, 2500 * seed, date(2023, 9, 1), OCTOBER.span.last))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, OCTOBER)
    safe = protect_month(figures)
    assert not [name for name in safe.tables if figures.tables[name].inside], "a table left that stays in the building"
    figures = replace(figures, tables={name: t for name, t in figures.tables.items() if not t.inside})
    labels = {name: table.rows for name, table in figures.tables.items()}
    values, rows = equations_of(figures)
    unknowns = [at for at in values if not printed_at(safe, at, labels)]
    small = small_numbers(figures, values)
    assert small
    assert small <= set(unknowns), "a number of 1 to 10 people is printed"
    assert not determined(unknowns, rows) & small
    assert protect_month(figures) == safe


def test_numbers_shown_are_the_true_ones(county: CountyFile) -> None:
    lane = put(county, make(random.Random(8), 400, 4000, date(2023, 9, 1), OCTOBER.span.last))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, OCTOBER)
    safe = protect_month(figures)
    shown = 0
    for name, f in figures.figures.items():
        assert safe.figures[name].count in (None, f.count)
        assert safe.figures[name].of in (None, f.of)
    for name, t in figures.tables.items():
        if t.inside:
            continue
        for row, cells in zip(safe.tables[name].rows, safe.tables[name].cells, strict=True):
            if row in t.rows:
                truth = t.counts[t.rows.index(row)]
                assert all(cell in (None, true) for cell, true in zip(cells, truth, strict=True))
                shown += sum(cell is not None for cell in cells)
    assert shown > 50
    assert safe.figures["people_on_list"].count == figures.figures["people_on_list"].count


def test_a_count_without_data_is_missing_and_not_hidden() -> None:
    safe = protect_month(month([replace(figure("people_new", 0, 90), count=None)]))
    assert safe.figures["people_new"].missing
