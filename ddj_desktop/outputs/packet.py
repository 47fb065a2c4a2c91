"""What each audience's packet holds, from protected figures alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from ddj_desktop.disclosure.safe import SafeMonth
from ddj_desktop.outputs import notes, wording
from ddj_desktop.outputs.content import Audience, Notes, Packet, PacketFacts, Page, Paragraph, Points, numbered_blocks
from ddj_desktop.outputs.grids import grid_of
from ddj_desktop.outputs.measure_pages import cost_page, jail_page, race_page
from ddj_desktop.outputs.outcome_page import outcome_page
from ddj_desktop.outputs.pages import (
    METHOD,
    Draft,
    flow_page,
    headlines_page,
    method_page,
    overlap_page,
    use_page,
    who_page,
)


def packet_content(safe: SafeMonth, facts: PacketFacts, audience: Audience) -> Packet:
    """The pages of one audience's packet. The same input gives the same packet.

    Meeting: headlines, the list, use, cost, jail, who, overlap, race, outcomes, method. Leadership: two pages. Public:
    headlines, use, who, race and how to read them, in plainer words and without decisions. Partner: a meeting's without
    decisions, cost and outcomes, for whom and under which agreement (`facts.recipient`). Outcomes are for the meeting
    alone: those round the table know what the programme was, others would read a cause into them (decision 12).
    """
    draft = Draft(safe, facts, audience, count(1))
    county = wording.county_words(safe)
    name = wording.packet_words(audience, facts.recipient)
    return Packet(
        audience=audience,
        county=county,
        title=f"{county}: {name[:1].lower()}{name[1:]}, {safe.month.in_words()}",
        kicker=f"{county} · Data-Driven Justice · {name} · {safe.month.in_words()}",
        footer=wording.footer(safe, name, facts.sources, facts.made_at, facts.audit_head),
        pages=_pages(draft),
        demo=facts.demo,
        made_at=facts.made_at,
    )


def _pages(draft: Draft) -> tuple[Page, ...]:
    first, *rest = [page for make in _MAKERS[draft.audience] if (page := make(draft)) is not None]
    kept = [page for page in rest if page.name == METHOD or numbered_blocks(page)]
    found = [wording.contents_line(page.name, page.title) for page in kept]
    found += [wording.page_left_out(page.name, _reasons(page)) for page in rest if page not in kept]
    if draft.audience != "leadership" or len(kept) < len(rest):
        first = replace(first, blocks=(*first.blocks, Points("In these pages", tuple(found), look="small")))
    return tuple(_with_note(page, draft.safe) for page in (first, *kept))


def _with_note(page: Page, safe: SafeMonth) -> Page:
    """A page with numbers says at its foot that they are rounded, and what the marker means where it prints it."""
    blocks = numbered_blocks(page)
    said = any(notes.small_note(safe) in block.sentences for block in page.blocks if isinstance(block, Points))
    if said or not blocks:
        return page
    note = notes.foot_note(safe, any(grid_of(block).hidden for block in blocks))
    return replace(page, blocks=(*page.blocks, Notes((note,))))


def _reasons(page: Page) -> str:
    return " ".join(block.text for block in page.blocks if isinstance(block, Paragraph) and not block.lead)


_MAKERS: dict[Audience, tuple[Callable[[Draft], Page | None], ...]] = {
    "meeting": (
        headlines_page,
        flow_page,
        use_page,
        cost_page,
        jail_page,
        who_page,
        overlap_page,
        race_page,
        outcome_page,
        method_page,
    ),
    "leadership": (headlines_page, use_page),
    "public": (headlines_page, use_page, who_page, race_page, method_page),
    "partner": (
        headlines_page,
        flow_page,
        use_page,
        jail_page,
        who_page,
        overlap_page,
        race_page,
        method_page,
    ),
}
