"""Pages on time in jail, race and cost: every number from protected figures, ratios from printed numbers alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ddj_desktop.disclosure.protect import protect_month
from ddj_desktop.measures.statistics import rate_ratio
from ddj_desktop.outputs.content import CostTable, Packet, PacketFacts, Page, StageTable, numbered_blocks
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.registers.costs import UnitCost
from tests.outputs import sample

STAGES = ("Known to any system", "Booked into jail", "Booked and on the list")
GROUPS = ("Asian or Pacific Islander", "Black or African American", "White", "Not recorded")
COUNTS: list[list[int | None]] = [[60, 30, 4], [300, 120, 40], [2800, 900, 45], [200, 40, 14]]
RESIDENTS = {"Asian": 150, "Native Hawaiian or Pacific Islander": 50, "Black or African American": 800, "White": 11_000}


def packet(facts: PacketFacts, audience: str = "meeting") -> Packet:
    month = sample.month_figures()
    stages = sample.table("race_stages", "Race, stage by stage", GROUPS, STAGES, COUNTS, row_title="Race or ethnicity")
    returns = sample.table(
        "returns", "How soon people were booked again", ("Within 30 days", "31 to 90 days", "Not back by the last day"),
        ("On the list", "Everyone else"), [[40, 100], [30, 140], [23, 800]], row_title="Booked again",
    )  # fmt: skip
    tables = {**month.tables, "race_stages": replace(stages, columns_add_up=False), "returns": returns}
    return packet_content(protect_month(replace(month, tables=tables)), facts, audience)  # type: ignore[arg-type]


def page(made: Packet, name: str) -> Page:
    return next(page for page in made.pages if page.name == name)


def test_ratios_come_from_the_numbers_printed_beside_them() -> None:
    facts = replace(sample.facts(), residents=RESIDENTS, residents_from="Residents: census, 2024.")
    (block,) = numbered_blocks(page(packet(facts), "Race and ethnicity"))
    assert isinstance(block, StageTable)
    assert "Residents: census, 2024." in block.note
    grid = grid_of(block)
    rows = {row.label: [cell.text for cell in row.cells] for row in grid.rows}
    assert [heading.text for heading in grid.headings] == [
        "Residents", "Booked", "Per 1,000", "Ratio to White", "On the list", "Of booked", "Ratio to White",
    ]  # fmt: skip
    first, second = rate_ratio(120, 800, 900, 11_000), rate_ratio(40, 120, 45, 900)
    assert first is not None
    assert second is not None
    assert rows["Black or African American"] == [
        "800", "120", "150.0", f"{first.value:.1f} ({first.low:.1f} to {first.high:.1f})", "40", "33%",
        f"{second.value:.1f} ({second.low:.1f} to {second.high:.1f})",
    ]  # fmt: skip
    assert rows["White"][3] == rows["White"][6] == ""
    assert rows["Asian or Pacific Islander"][0] == "200", "the three groups a source leaves undivided are one"
    assert rows["Asian or Pacific Islander"][4:] == ["—", "—", "—"], "a hidden count leaves no share and no ratio"


def test_without_residents_the_page_says_so() -> None:
    made = page(packet(sample.facts()), "Race and ethnicity")
    assert any("nobody entered" in getattr(block, "text", "") for block in made.blocks)
    (block,) = numbered_blocks(made)
    assert "Residents" not in [heading.text for heading in grid_of(block).headings]


def test_cost_is_printed_units_times_the_price_with_its_source() -> None:
    prices = (
        UnitCost("jail", "day", Decimal("85.50"), 2025, "county", "sheriff", "average", Decimal("70"), Decimal("110"),
                 "budget / ADP"),
        UnitCost("dispatch", "contact", Decimal("40"), 2025, None, None, "marginal"),
    )  # fmt: skip
    made = packet(replace(sample.facts(), prices=prices))
    (block,) = numbered_blocks(page(made, "Cost"))
    assert isinstance(block, CostTable)
    jail, calls = grid_of(block).rows
    assert (jail.label, calls.label) == ("Jail days, average", "911 contacts, marginal")
    days = jail.cells[0].value
    assert days
    assert jail.cells[2].text == f"${days * 85.5 + 0.0001:,.0f}"
    assert jail.cells[3].text == f"${days * 70:,.0f} to ${days * 110:,.0f}"
    assert "budget / ADP, 2025, paid by county" in block.note
    assert "source not stated" in block.note
    assert "Cost" not in [page.name for page in packet(sample.facts()).pages]


def test_a_title_tells_how_many_came_back_and_none_ranks_a_race() -> None:
    made = packet(sample.facts())
    assert page(made, "Time in jail").title == "74% of people on the list were booked again within 90 days"
    titles = " ".join(page.title for page in made.pages)
    assert not any(group in titles for group in GROUPS)


@pytest.mark.parametrize(("audience", "names"), [("leadership", {"Use"}), ("public", {"Use", "Race and ethnicity"})])
def test_who_gets_which_page(audience: str, names: set[str]) -> None:
    found = {page.name for page in packet(sample.facts(), audience).pages}
    assert names <= found
    assert ("Race and ethnicity" in found) is (audience == "public")
    assert "Time in jail" not in found
