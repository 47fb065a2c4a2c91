"""What each audience's packet holds, and that it says only what the protected month says."""

from __future__ import annotations

from dataclasses import replace

from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.measures import people
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.content import (
    Audience,
    Comparison,
    CoverageCalendar,
    FlowBar,
    Headlines,
    Notes,
    Packet,
    Page,
    Paragraph,
    Points,
    Recipient,
    SourceTable,
    UseTable,
    numbered,
    numbered_blocks,
)
from ddj_desktop.outputs.grid_cells import EMPTY_CELL
from ddj_desktop.outputs.grids import grid_of, headline_cells
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pages import MOST_ROWS_ON_A_PAGE
from tests.outputs import sample


def packet(audience: Audience = "meeting", listed: int = 93) -> Packet:
    return packet_content(sample.safe_month(listed), sample.facts(), audience)


def sentences(page: Page) -> str:
    texts: list[str] = []
    for block in page.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Points | Notes):
            texts += block.sentences
    return " ".join(texts)


def test_the_pages_of_each_audience() -> None:
    names = {
        audience: [page.name for page in packet(audience).pages] for audience in ("meeting", "leadership", "public")
    }
    assert names == {
        "meeting": ["Headlines", "The list", "Use", "Who they are", "Overlap", "Method"],
        "leadership": ["Headlines", "Use"],
        "public": ["Headlines", "Use", "Who they are", "Method"],
    }


def test_a_partners_summary_says_whose_it_is_and_what_for() -> None:
    facts = replace(sample.facts(), recipient=Recipient("Pine Valley Hospital", "DUA 7", "planning of services"))
    made = packet_content(sample.safe_month(), facts, "partner")
    assert [page.name for page in made.pages] == ["Headlines", "The list", "Use", "Who they are", "Overlap", "Method"]
    assert "Summary for Pine Valley Hospital" in made.kicker
    assert made.footer[0].startswith("Summary for Pine Valley Hospital October 2026")
    assert made.title.endswith("summary for Pine Valley Hospital, October 2026")
    first = sentences(made.pages[0])
    assert all(words in first for words in ("Pine Valley Hospital", "DUA 7", "planning of services"))
    assert all("Ask EMS" not in sentences(page) for page in made.pages)
    assert not any(isinstance(block, SourceTable) for block in numbered(made))


def test_decisions_and_rows_of_files_stay_out_of_what_is_public() -> None:
    meeting, public = packet("meeting"), packet("public")
    assert any(isinstance(block, SourceTable) for block in numbered(meeting))
    assert not any(isinstance(block, SourceTable) for block in numbered(public))
    assert "Ask EMS" in sentences(meeting.pages[0])
    assert all("Ask EMS" not in sentences(page) for page in public.pages)


def test_every_packet_says_who_is_on_the_list_and_what_the_marker_means() -> None:
    for audience in ("meeting", "leadership", "public", "partner"):
        made = packet(audience)  # type: ignore[arg-type]
        texts = " ".join(sentences(page) for page in made.pages)
        assert sample.safe_month().definition_sentence in texts
        for page in made.pages:
            if any(grid_of(block).hidden for block in numbered_blocks(page)):
                assert sum(sentences(page).count(mark) for mark in (f"{HIDDEN} hides a number",)) == 1, page.name


def test_the_five_numbers_are_the_months_own() -> None:
    safe = sample.safe_month()
    block = next(one for one in numbered(packet()) if isinstance(one, Headlines))
    cells = {item.label: headline_cells(item) for item in block.items}
    months, jail = safe.tables["by_month"], safe.tables["jail_days_by_month"]
    on_list = cells["People on the list"]
    assert on_list[0].value == safe.figures["people_on_list"].count == 95
    assert (on_list[3].value, on_list[4].value) == (months.cells[-2][0], months.cells[0][0])
    days = cells["Jail days in October"]
    assert (days[0].value, days[1]) == (jail.cells[-1][0], EMPTY_CELL)
    assert (jail.columns, jail.row_totals) == (("On the list",), None)
    assert cells["Jail days, twelve months"][3:] == (EMPTY_CELL, EMPTY_CELL)
    assert len(cells) == 5


def test_a_page_without_figures_is_left_out_and_the_first_page_says_why() -> None:
    safe = sample.hidden(sample.safe_month())
    made = packet_content(safe, sample.facts(), "meeting")
    assert [page.name for page in made.pages] == ["Headlines", "The list", "Use", "Method"]
    assert "Who they are: left out. Not shown, because every number" in sentences(made.pages[0])
    bare = packet_content(replace(safe, figures={}, tables={}), replace(sample.facts(), sources=()), "meeting")
    assert [page.name for page in bare.pages] == ["Headlines", "Method"]
    assert "Use: left out. This page can not be filled: this month's data hold no figures" in sentences(bare.pages[0])


def test_a_flow_without_a_number_is_a_sentence() -> None:
    safe = sample.safe_month()
    moves = ("people_new", "people_continuing", "people_returned", "people_left")
    figures = {name: replace(one, count=None) if name in moves else one for name, one in safe.figures.items()}
    made = packet_content(replace(safe, figures=figures), sample.facts(), "meeting")
    assert not any(isinstance(block, FlowBar) for block in numbered(made))
    assert wording.FLOW_FIGURE in sentences(made.pages[1])


def test_more_rows_than_a_page_holds_are_named_where_they_hide() -> None:
    safe = sample.safe_month()
    race = safe.tables["by_race"]
    groups = tuple(f"Group {n}" for n in range(10))
    cells = tuple((20, 300) if n % 2 else (None, None) for n in range(10))
    table = replace(race, rows=groups, cells=cells, missing=frozenset(), row_totals=(None,) * 10)
    made = packet_content(replace(safe, tables={**safe.tables, "by_race": table}), sample.facts(), "meeting")
    block = next(one for one in numbered(made) if isinstance(one, Comparison))
    assert sum(1 + len(one.rows) for one in block.tables) <= MOST_ROWS_ON_A_PAGE
    assert "Race and ethnicity: Group 0, Group 2, Group 4, Group 6, Group 8" in block.note
    assert [row for row in groups if any(row in one.rows for one in block.tables)] == list(groups[1::2])


def test_use_in_every_system_the_month_has_and_calendar_of_every_source() -> None:
    made = packet()
    use = next(one for one in numbered(made) if isinstance(one, UseTable))
    assert [row.label for row in use.rows] == ["Jail", "911", "Co-responder", "EMS", "Hospital", "Shelter"]
    calendar = next(one for one in numbered(made) if isinstance(one, CoverageCalendar))
    assert [name for name, _ in calendar.rows] == [facts.name for facts in sample.facts().sources]
    assert dict(calendar.rows)["911 dispatch"].count("none") == 1


def test_rows_are_printed_so_roughly_that_a_few_late_ones_do_not_show() -> None:
    """What came in since an earlier packet bounds every change between the two: it must be able to be 14 and more."""
    block = next(one for one in numbered(packet()) if isinstance(one, SourceTable))
    came_in = {facts.name: (facts.rows, facts.set_aside) for facts in sample.facts().sources}
    few = 0
    for row in grid_of(block).rows:
        for cell, amount in zip(row.cells[:2], came_in[row.label], strict=True):
            if cell.value is None:
                few += 1
                assert (cell.text, 0 < amount < 25) == ("under 25", True)
            else:
                assert cell.value % 50 == 0
                assert abs(cell.value - amount) <= 25
                assert bool(cell.value) == bool(amount)
    assert few > 0


def test_one_word_for_one_kind_of_source() -> None:
    assert wording.KIND_WORDS == people.KIND_WORDS


def test_the_same_month_gives_the_same_packet() -> None:
    assert packet() == packet()
