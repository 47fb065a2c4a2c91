"""The PDF: its words, its footer, its fonts, its bytes; and nothing in it that the protected month does not hold."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from ddj_desktop.disclosure.safe import HIDDEN, SafeMonth
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.content import Audience, Recipient, numbered
from ddj_desktop.outputs.fonts import LEAST
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.line_chart import nice_ceiling
from ddj_desktop.outputs.packet import packet_content
from ddj_desktop.outputs.pdf import check_pdf, pdf_bytes, write_pdf
from ddj_desktop.outputs.wording import DEMO_MARK
from tests.outputs import sample

AUDIENCES: tuple[Audience, ...] = ("meeting", "leadership", "public", "partner")


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def drawn(safe: SafeMonth, audience: Audience = "meeting", **more: Any) -> PdfReader:
    return reader(pdf_bytes(packet_content(safe, sample.facts(**more), audience))[0])


def words(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(("audience", "pages"), [("meeting", 6), ("leadership", 2), ("public", 4)])
def test_each_audience_has_its_pages(audience: Audience, pages: int) -> None:
    assert len(drawn(sample.safe_month(), audience).pages) == pages


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_carries_the_whole_footer_and_the_mark_of_made_up_people(audience: Audience) -> None:
    pdf = drawn(sample.safe_month(late=True), audience, late=True)
    for place, page in enumerate(pdf.pages, start=1):
        text = " ".join(page.extract_text().split())
        for part in (
            "October 2026", "version 3, agreed Jun 12, 2025 by 6 agencies",
            "Data to Oct 31, 2026; Pine EMS to Sep 30, 2026",
            "Aggregate, counts under 13 hidden, rounded to 5", "made Nov 3, 2026 9:42", "log 128-9f3ab21c44d0e7aa",
            f"page {place} of {len(pdf.pages)}", DEMO_MARK,
        ):  # fmt: skip
            assert part in text, part


def test_a_real_county_has_no_mark_of_made_up_people() -> None:
    assert DEMO_MARK not in words(drawn(sample.safe_month(), demo=False))


def numbers_that_may_appear(safe: SafeMonth) -> set[str]:
    """Every printed number a reader may meet, worked out from the protected month without the packet's own code."""
    whole: set[int] = set()
    for figure in safe.figures.values():
        whole |= {round(n) for n in (figure.count, figure.of) if n is not None}
    for table in safe.tables.values():
        whole |= {n for row in table.cells for n in row if n is not None}
        whole |= {n for n in (*(table.column_totals or ()), *(table.row_totals or ()), table.total) if n is not None}
    shown = {f"{n:,}" for n in whole}
    averages = {
        f"{int(contacts.count / people.count * 10 + 0.5) / 10:,.1f}"
        for name, people in safe.figures.items()
        if name.startswith("people_") and people.count
        and (contacts := safe.figures.get("contacts_" + name.removeprefix("people_"))) and contacts.count is not None
    }  # fmt: skip
    several = safe.tables["systems"].cells
    sums = (
        {f"{sum(row[0] for row in several[2:4] if row[0] is not None):,}"} if several[2][0] and several[3][0] else set()
    )
    highest = max((row[0] for row in safe.tables["by_month"].cells if row[0] is not None), default=0)
    axis = {f"{nice_ceiling(highest) * quarter / 4:,.0f}" for quarter in range(5)}
    return shown | averages | sums | axis


def numbers_without_meaning() -> set[str]:
    """Numbers of dates, pages, figures, axes, labels and the county's own files."""
    facts = sample.facts()
    assert facts.matching
    made = {
        "2025",
        "2026",
        "11",
        "13",
        "9",
        "42",
        "3",
        "6",
        "128",
        "30",
        "31",
        "12",
        "10",
        "1",
        "2",
        "4",
        "18",
        "5",
        "8",
        "7",
    }
    made |= {str(n) for n in range(0, 14)} | {"29", "44", "45", "59", "60", "17", "911", "0", "25", "50", "75", "100"}
    matching = facts.matching
    rows = [matching.records, *(n for s in facts.sources for n in (s.rows, s.set_aside))]
    made |= {f"{50 * ((n + 25) // 50):,}" for n in rows}
    return made | {f"{n:,}" for n in (matching.people, matching.pairs_decided, matching.pairs_to_review)}


@pytest.mark.parametrize("listed", [93, 40, 18, 400])
def test_every_number_on_paper_is_in_the_protected_month(listed: int) -> None:
    safe = sample.safe_month(listed, seed=listed)
    text = re.sub(r"log 128-[0-9a-f]+", "", words(drawn(safe)))
    allowed = numbers_that_may_appear(safe) | numbers_without_meaning()
    sentence = set(re.findall(r"[\d,]*\d(?:\.\d)?", safe.definition_sentence))
    printed = set(re.findall(r"(?<![\d.,])\d[\d,]*(?:\.\d)?(?![\d%])", text)) - sentence
    strange = {number.rstrip(",") for number in printed} - allowed
    assert not strange


def test_hidden_stays_hidden_and_missing_is_said() -> None:
    safe = sample.safe_month()
    gone = words(drawn(sample.hidden(safe)))
    for name in ("people_on_list", "contacts_jail", "days_jail"):
        figure = safe.figures[name]
        assert figure.count is not None
        assert f" {figure.count:,.0f} " not in f" {' '.join(gone.split())} "
    assert HIDDEN in gone
    nothing = words(drawn(sample.missing(safe)))
    assert "no data" in nothing
    assert "No data say who met the definition" in " ".join(nothing.split())


def test_the_same_packet_gives_the_same_bytes() -> None:
    packets = [packet_content(sample.safe_month(), sample.facts(), "meeting") for _ in range(2)]
    assert pdf_bytes(packets[0]) == pdf_bytes(packets[1])


def test_fonts_are_embedded_and_no_letter_is_too_small() -> None:
    pdf = drawn(sample.safe_month())
    smallest = []
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"], font["/BaseFont"]

        def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
            if text.strip():
                smallest.append(size * abs(tm[3] * cm[3]))

        page.extract_text(visitor_text=note)
    assert min(smallest) >= LEAST - 1e-6


def test_title_language_and_bookmarks() -> None:
    pdf = drawn(sample.safe_month())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Pine County, KS: meeting packet, October 2026"
    assert pdf.trailer["/Root"]["/Lang"] == "en-US"
    assert [str(entry.title).split(":")[0] for entry in pdf.outline] == [
        "Headlines", "The list", "Use", "Who they are", "Overlap", "Method",
    ]  # fmt: skip


def test_every_figure_is_numbered_once_and_in_order() -> None:
    packet = packet_content(sample.safe_month(), sample.facts(), "meeting")
    assert [block.number for block in numbered(packet)] == list(range(1, len(numbered(packet)) + 1))
    text = words(drawn(sample.safe_month()))
    for block in numbered(packet):
        assert f"Figure {block.number}." in text
        for row in grid_of(block).rows:
            assert row.label.split(" ")[0] in text


def test_a_name_like_markup_is_printed_as_it_stands() -> None:
    safe = replace(sample.safe_month(), definition_name="<unknown> & <img src='http://x'> \u202eabc")
    text = " ".join(words(drawn(safe)).split())
    assert "<unknown> & <img src='http://x'> abc" in text


def test_written_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    packet = packet_content(sample.safe_month(), sample.facts(), "public")
    pages = write_pdf(packet, tmp_path / "packet.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["packet.pdf"]
    assert len(PdfReader(tmp_path / "packet.pdf").pages) == pages


def test_a_cut_pdf_is_refused() -> None:
    data, pages = pdf_bytes(packet_content(sample.safe_month(), sample.facts(), "public"))
    check_pdf(data, pages)
    with pytest.raises(OurFault):
        check_pdf(data[:-20], pages)
    with pytest.raises(OurFault):
        check_pdf(data, pages + 1)


def test_extremes_are_drawn() -> None:
    long = "Consolidated Northern Plains Regional Behavioral Health and Emergency Services Authority " * 3
    safe = sample.safe_month(1_234_567 // 100)
    for month in (
        sample.hidden(safe),
        sample.missing(safe),
        replace(safe, figures={}, tables={}, warnings=(long,) * 6),
    ):
        for audience in AUDIENCES:
            facts = sample.facts(sources=10)
            facts = replace(
                facts, sources=tuple(replace(one, name=long) for one in facts.sources), decisions=(long,) * 5,
                recipient=Recipient(long, long, long) if audience == "partner" else None,
            )  # fmt: skip
            packet = packet_content(replace(month, county=long, definition_name=long), facts, audience)
            data, pages = pdf_bytes(packet)
            check_pdf(data, pages)
