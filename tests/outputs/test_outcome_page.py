"""The page on programmes: rates from printed numbers alone, regression to the mean said, few people hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.measures.outcome_words import COHORT_WORDS, PART_WORDS, REGRESSION
from ddj_desktop.measures.outcomes import YEAR
from ddj_desktop.measures.statistics import rate_ratio, ratio_of_ratios
from ddj_desktop.outputs.content import OutcomeTable, Packet, Page, numbered_blocks
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.outcome_grid import compared
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import pdf_bytes
from ddj_desktop.registers.programmes import Programme
from tests.outputs import sample

BRIDGE = Programme(
    1, "Bridge housing", None, date(2025, 6, 28), None, "jail", "contact", 180, datetime(2025, 6, 2), "committee"
)


def made(followed: tuple[int, int], use: list[list[int]], jail: list[list[int]], audience: str = "meeting") -> Packet:
    """A packet of the sample month with a programme: people followed, contacts and days in jail of the two cohorts."""
    month = sample.month_figures()
    figures = [
        sample.figure(f"outcome_followed_1_{cohort}", count, count + 20)
        for cohort, count in zip(COHORT_WORDS, followed, strict=True)
    ]
    rows, columns = tuple(PART_WORDS.values()), tuple(COHORT_WORDS.values())
    behind = tuple(tuple(min(count - 2, amount) for count, amount in zip(followed, row, strict=True)) for row in use)
    tables = [
        replace(sample.table(name, name, rows, columns, counts, adds_up=False, unit=unit), people=behind)
        for name, counts, unit in (("outcome_contacts_1", use, "contacts"), ("outcome_jail_1", jail, "days"))
    ]
    month = replace(
        month, figures=month.figures | {one.name: one for one in figures},
        tables=month.tables | {one.name: one for one in tables},
    )  # fmt: skip
    facts = replace(sample.facts(), programmes=(BRIDGE,))
    return packet_content(protect_month(month), facts, audience)  # type: ignore[arg-type]


def page(packet: Packet) -> Page:
    return next(page for page in packet.pages if page.name == "Outcomes")


@pytest.fixture(scope="module")
def bridge() -> Page:
    return page(made((45, 25), [[145, 55], [95, 40]], [[1165, 490], [935, 225]]))


def test_rates_are_worked_out_from_the_numbers_printed_beside_them(bridge: Page) -> None:
    (block,) = numbered_blocks(bridge)
    grid = grid_of(block)
    rows = [[row.label, *(cell.text for cell in row.cells)] for row in grid.rows]
    before, after = (45 * 180 - 1165) / YEAR, (45 * 180 - 935) / YEAR
    change = rate_ratio(95, after, 145, before)
    assert change is not None
    assert [heading.text for heading in grid.headings] == [
        "Followed", "Of", "Jail contacts", "Days in jail", "Years at risk", "A year at risk", "After over before",
    ]  # fmt: skip
    assert rows[:3] == [
        ["People enrolled", "45", "65", "", "", "", "", f"{change.value:.2f} ({change.low:.2f} to {change.high:.2f})"],
        ["180 days before", "", "", "145", "1,165", f"{before:.1f}", f"{145 / before:.1f}", ""],
        ["180 days after", "", "", "95", "935", f"{after:.1f}", f"{95 / after:.1f}", ""],
    ]
    assert rows[3][:3] == ["As-if cohort", "25", "45"]


def test_the_as_if_cohort_and_regression_to_the_mean_stand_beside_every_figure(bridge: Page) -> None:
    (block,) = numbered_blocks(bridge)
    assert isinstance(block, OutcomeTable)
    assert REGRESSION in block.note
    one = rate_ratio(95, 45 * 180 - 935, 145, 45 * 180 - 1165)
    other = rate_ratio(40, 25 * 180 - 225, 55, 25 * 180 - 490)
    assert one
    assert other
    both = ratio_of_ratios(one, other)
    assert both is not None
    assert both.value is not None
    found = compared(block)
    assert found is not None
    assert found.value == pytest.approx(both.value)
    said = " ".join(getattr(block, "text", "") for block in bridge.blocks)
    assert f"is {both.value:.2f} ({both.low:.2f} to {both.high:.2f}) times that of the as-if cohort" in said
    assert "No difference made by the programme can be told." in said
    assert bridge.title == "Bridge housing: no difference from people without it can be told"
    assert "fixed on Jun 2, 2025, before anybody was enrolled" in said


def test_a_difference_is_told_without_claiming_its_cause() -> None:
    bridge = page(made((145, 125), [[900, 600], [200, 580]], [[1000, 900], [900, 800]]))
    assert bridge.title == "Bridge housing: less use afterwards than people like them"
    assert any("these numbers alone do not say" in getattr(block, "text", "") for block in bridge.blocks)


def test_few_people_hide_the_number_and_all_that_rests_on_it() -> None:
    bridge = page(made((45, 14), [[145, 30], [95, 9]], [[1165, 490], [935, 225]]))
    (block,) = numbered_blocks(bridge)
    rows = [[cell.text for cell in row.cells] for row in grid_of(block).rows]
    assert rows[5][2] == rows[5][5] == "—", "nine contacts can not be shown, nor their rate"
    assert rows[3][-1] == "—"
    assert bridge.title == "What programmes changed, beside people without them"


def test_a_programme_of_few_says_so_and_prints_no_number() -> None:
    packet = made((9, 8), [[30, 20], [10, 12]], [[90, 80], [70, 60]])
    assert "Outcomes" not in [page.name for page in packet.pages]
    first = " ".join(sentence for block in packet.pages[0].blocks for sentence in getattr(block, "sentences", ()))
    assert "Outcomes" in first
    assert "jail contacts before and after enrolment" in first


def test_nobody_on_the_list_a_year_before_is_no_hidden_number() -> None:
    bridge = page(made((45, 0), [[145, 0], [95, 0]], [[1165, 0], [935, 0]]))
    (block,) = numbered_blocks(bridge)
    as_if = [cell.text for cell in grid_of(block).rows[3].cells]
    assert (as_if[0], as_if[-1]) == ("0", "")
    assert compared(block) is None  # type: ignore[arg-type]


def test_an_outcome_in_days_counts_every_day() -> None:
    """Days in jail can not be left out of days in jail."""
    month = sample.month_figures()
    uses = sample.table("outcome_days_1", "x", tuple(PART_WORDS.values()), tuple(COHORT_WORDS.values()),
                        [[1165, 490], [935, 225]], adds_up=False, unit="days")  # fmt: skip
    figures = [sample.figure(f"outcome_followed_1_{cohort}", 45, 65) for cohort in COHORT_WORDS]
    safe = protect_month(
        replace(month, figures=month.figures | {one.name: one for one in figures},
                tables=month.tables | {uses.name: replace(uses, people=((40, 40), (40, 40)))})
    )  # fmt: skip
    facts = replace(sample.facts(), programmes=(replace(BRIDGE, outcome_unit="day"),))
    (block,) = numbered_blocks(page(packet_content(safe, facts, "meeting")))
    grid = grid_of(block)
    assert [heading.text for heading in grid.headings][:4] == ["Followed", "Of", "Jail days", "Years at risk"]
    assert [cell.text for cell in grid.rows[1].cells][2:5] == ["1,165", f"{45 * 180 / YEAR:.1f}", "52.5"]


@pytest.mark.parametrize("audience", ["leadership", "public"])
def test_outcomes_are_for_the_meeting_alone(audience: str) -> None:
    packet = made((45, 25), [[145, 55], [95, 40]], [[1165, 490], [935, 225]], audience)
    assert "Outcomes" not in [page.name for page in packet.pages]
    assert "Bridge" not in repr(packet)


def test_the_page_is_one_sheet_of_paper() -> None:
    packet = made((45, 25), [[145, 55], [95, 40]], [[1165, 490], [935, 225]])
    _, pages = pdf_bytes(replace(packet, pages=(page(packet),)))
    assert pages == 1
