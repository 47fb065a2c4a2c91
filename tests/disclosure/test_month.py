"""A month's figures and tables protected together, attacked with everything that is printed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ddj_desktop.cohort.definitions import save_definition
from ddj_desktop.cohort.evaluate import member_ids
from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.kernel.dates import Month
from ddj_desktop.measures.month import month_figures
from ddj_desktop.measures.types import TOTAL, At, CountTable, Figure, Link, MonthFigures, RowsKey
from ddj_desktop.registers.programmes import Enrolment, enrol, fix_outcome, keep_programme
from ddj_desktop.store.county_file import CountyFile
from tests.disclosure.attack import WORK, Attack, equations_of, printed_at, small_numbers, truths
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
    names = ("continuing", "new", "returned", "left")
    ends = [truths(safe.figures[name].count) for name in names]
    may = [range(low, min(high, 130) + 1) for low, high in ends]
    on_list, last = truths(safe.figures["on_list"].count), truths(safe.figures["last"].count)
    fills = np.stack(np.meshgrid(*may[:3], indexing="ij"), axis=-1, dtype=np.int16).reshape(-1, 3)
    now = fills.sum(axis=1)
    fewest = np.maximum(last[0] - fills[:, 0], may[3][0])  # who left, for each (continuing, new, returned)
    most = np.minimum(last[-1] - fills[:, 0], may[3][-1])
    agree = (now >= on_list[0]) & (now <= on_list[-1]) & (fewest <= most)
    fills, fewest, most = fills[agree], fewest[agree], most[agree]
    assert (fills == truth[:3]).all(axis=1).any()
    lows, highs = [*fills.min(axis=0), fewest.min()], [*fills.max(axis=0), most.max()]
    for at, name in enumerate(names):
        assert lows[at] <= truth[at] <= highs[at]
        if 0 < truth[at] < 13:
            assert safe.figures[name].count is None
            assert highs[at] >= 14, name
            assert highs[at] - lows[at] >= 12, name


def test_tables_with_the_same_total_hide_or_show_it_together() -> None:
    tables = [one_way("by_age", [20, 30, 4]), one_way("by_sex", [25, 29])]
    links = tuple(Link((At("on_list"),), (At(name, TOTAL, 0),)) for name in ("by_age", "by_sex"))
    safe = protect_month(month([figure("on_list", 54)], tables, links))
    assert safe.figures["on_list"].count == safe.tables["by_age"].total == safe.tables["by_sex"].total == 55
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


def attack_on(figures: MonthFigures, safe: SafeMonth) -> tuple[Attack, set[At]]:
    """All that one packet prints, and its small numbers."""
    labels = {name: table.rows for name, table in figures.tables.items() if not table.inside}
    figures = replace(figures, tables={name: figures.tables[name] for name in labels})
    values, rows = equations_of(figures)
    units = {name: f.unit for name, f in figures.figures.items()} | {n: t.unit for n, t in figures.tables.items()}
    attack = Attack()
    for at in values:
        attack.learn(at, *truths(printed_at(safe, at, labels), units[at.name] in WORK))
    for row in rows:
        attack.tie(row.items())
    for name, f in figures.figures.items():
        if f.count is not None and f.of is not None:
            attack.rest(At(name, of=True), At(name), f"rest of {name}")
    return attack, small_numbers(figures, values)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_small_number_of_a_whole_month_can_be_worked_out(county: CountyFile, seed: int) -> None:
    """Everything printed is put into one system, apart from the one that hid it: every range is wide enough."""
    lane = put(county, make(random.Random(seed), 250 * seed, 2500 * seed, date(2023, 9, 1), OCTOBER.span.last))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
        programme = keep_programme(lane, "Bridge housing", None, date(2025, 6, 1), None)
        fix_outcome(lane, "Bridge housing", "ems", "contact", 180, "tester")
        for day in (date(2025, 6, 30), date(2025, 12, 31), date(2026, 8, 31)):
            for person in member_ids(lane, definition.rule, day)[::2]:
                enrol(lane, Enrolment(programme.programme_id, person, day, None, None))
    figures = month_figures(lane, definition, OCTOBER)
    assert {"outcome_followed_1_enrolled", "outcome_followed_1_as_if"} <= figures.figures.keys()
    safe = protect_month(figures)
    attack, small = attack_on(figures, safe)
    assert len(small) > 20
    for at, (low, high) in attack.ranges(sorted(small, key=repr)).items():
        assert high >= 14, at
        assert high - low >= 12, at
    assert protect_month(figures) == safe


def test_numbers_shown_are_the_true_ones(county: CountyFile) -> None:
    lane = put(county, make(random.Random(8), 400, 4000, date(2023, 9, 1), OCTOBER.span.last))
    with lane.transaction():
        definition = save_definition(lane, RULE, "tester")
    figures = month_figures(lane, definition, OCTOBER)
    safe = protect_month(figures)
    shown = 0
    for name, f in figures.figures.items():
        for printed, true in ((safe.figures[name].count, f.count), (safe.figures[name].of, f.of)):
            exact = f.unit in WORK
            assert printed is None or (printed == true if exact else abs(printed - (true or 0)) <= 2)
    for name, table in safe.tables.items():
        t = figures.tables[name]
        for row, cells in zip(table.rows, table.cells, strict=True):
            if row in t.rows:
                truth = t.counts[t.rows.index(row)]
                for cell, true in zip(cells, truth[: len(cells)], strict=True):
                    assert cell is None or (cell % 5 == 0 and abs(cell - (true or 0)) <= 2 and (cell > 0) == (true > 0))
                shown += sum(cell is not None for cell in cells)
    assert shown > 40
    on_list = safe.figures["people_on_list"].count
    assert on_list is not None
    assert abs(on_list - (figures.figures["people_on_list"].count or 0)) <= 2


def test_a_count_without_data_is_missing_and_not_hidden() -> None:
    safe = protect_month(month([replace(figure("people_new", 0, 90), count=None)]))
    assert safe.figures["people_new"].missing


def sensitive(mine: tuple[int, int, int]) -> MonthFigures:
    others = (300, 500, 100)
    table = CountTable(
        "by_mental_health", "Mental health", "Group", ("Yes", "No", "Not recorded"), "", ("On the list", "Others"),
        tuple(zip(mine, others, strict=True)), "people", OCTOBER.span, True, True,
    )  # fmt: skip
    links = (Link((At("people_on_list"),), (At("by_mental_health", TOTAL, 0),)),)
    return month([figure("people_on_list", sum(mine))], [table], links)


@pytest.mark.parametrize(("mine", "told"), [((60, 0, 0), False), ((0, 60, 0), False), ((40, 20, 0), True)])
def test_what_is_true_of_everybody_on_the_list_is_not_told_where_it_is_of_their_health(
    mine: tuple[int, int, int], told: bool
) -> None:
    """'All 60 have a mental health need' tells it of each of them (privacy reference 1.4, zeros and 100 %)."""
    figures = sensitive(mine)
    safe = protect_month(figures)
    cells = [row[0] for row in safe.tables["by_mental_health"].cells]
    assert cells == (list(mine) if told else [None, None, None])
    if not told:
        attack = Attack()
        values, rows = equations_of(figures)
        labels = {"by_mental_health": figures.tables["by_mental_health"].rows}
        for at in values:
            attack.learn(at, *truths(printed_at(safe, at, labels)))
        for row in rows:
            attack.tie(row.items())
        zeros = [At("by_mental_health", r, 0) for r in range(3) if not mine[r]]
        assert attack.too_narrow(zeros) == {}


def test_a_zero_that_was_told_before_they_were_all_of_one_kind_is_known() -> None:
    """40 and 20 and nobody without an answer; then late records make all 60 say yes. That nobody lacks one was told."""
    first = protect_month(sensitive((40, 20, 0)))
    again = protect_month(sensitive((60, 0, 0)), earlier=[first.held])
    assert [row[0] for row in again.tables["by_mental_health"].cells] == [None, None, 0]


def test_that_nobody_was_asked_is_told_of_everybody() -> None:
    safe = protect_month(sensitive((0, 0, 60)))
    assert [row[0] for row in safe.tables["by_mental_health"].cells] == [0, 0, 60]


def test_all_of_a_group_in_treatment_is_not_told() -> None:
    safe = protect_month(month([figure("people_treatment", 60, 60), figure("people_ems", 60, 60)]))
    shown = safe.figures["people_treatment"]
    assert None in (shown.count, shown.of)
    assert (safe.figures["people_ems"].count, safe.figures["people_ems"].of) == (60, 60)
