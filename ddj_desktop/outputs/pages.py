"""The pages of a packet, each answering one question from protected figures. A page without figures says so instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ddj_desktop.disclosure.safe import SafeFigure, SafeMonth, SafeTable
from ddj_desktop.kernel.dates import Month
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.content import (
    Audience,
    BarChart,
    Block,
    Comparison,
    CoverageCalendar,
    FlowBar,
    Headline,
    Headlines,
    LineChart,
    PacketFacts,
    Page,
    Paragraph,
    Points,
    ShareBars,
    SourceTable,
    UseRow,
    UseTable,
)
from ddj_desktop.outputs.findings import known_to_several, shares, stands_out, three_things
from ddj_desktop.outputs.notes import method_notes
from ddj_desktop.outputs.wording_matching import matching_words
from ddj_desktop.outputs.wording_rows import ROWS_NOTE

BY_MONTH = "by_month"
JAIL_DAYS = "jail_days_by_month"
ON_LIST = "On the list"
ATTRITION = "attrition"
CONCENTRATION = ("concentration_bookings_top_", "concentration_jail_days_top_")
SYSTEMS = "systems"
COMBINATIONS = "combinations"
PAIRS = "pairs"
MONTHS_SHOWN = 13
METHOD = "Method"
MOST_ROWS_ON_A_PAGE = 30
"""Rows of a comparison, headings included, that fit on one page with its notes; hidden rows are then only named."""


@dataclass(frozen=True)
class Draft:
    """What every page is built from, and the running number of tables and figures."""

    safe: SafeMonth
    facts: PacketFacts
    audience: Audience
    numbers: Iterator[int]

    def figure(self, name: str) -> SafeFigure | None:
        """A figure by its catalogue name, None where the month has none."""
        return self.safe.figures.get(name)

    def table(self, name: str) -> SafeTable | None:
        """A table by its catalogue name, None where the month has none or it has no rows."""
        table = self.safe.tables.get(name)
        return table if table is not None and table.rows and table.columns else None

    @property
    def number(self) -> int:
        """The next number for a table or figure."""
        return next(self.numbers)


def headlines_page(draft: Draft) -> Page:
    """Page 1: five numbers, three things to know, what is asked for, and what to be careful about."""
    safe = draft.safe
    on_list = draft.figure("people_on_list")
    blocks: list[Block] = []
    if draft.facts.recipient is not None:
        blocks.append(Paragraph(wording.recipient_sentence(draft.facts.recipient), lead="Made for."))
    items = _headline_items(draft)
    if items:
        notes = (f"{item.label}: {item.figure.note}" for item in items if item.figure and item.figure.note)
        note = " ".join(dict.fromkeys(notes))
        blocks.append(Headlines(draft.number, wording.headlines_figure(safe, len(items)), items, note))
    else:
        blocks.append(Paragraph(wording.left_out("The row of headline numbers")))
    if draft.audience in ("leadership", "public"):
        blocks.append(Paragraph(safe.definition_sentence, lead="Who is on the list."))
    things = _things(draft)
    blocks.append(Points(wording.things_heading(len(things)), things) if things else Paragraph(wording.TOO_FEW))
    if draft.audience in ("meeting", "leadership") and draft.facts.decisions:
        blocks.append(Points("Decisions we ask for today", draft.facts.decisions))
    if safe.warnings:
        blocks.append(Points("Read these numbers with care", safe.warnings, look="boxed"))
    if draft.audience == "leadership":
        blocks.append(Points("How to read these pages", method_notes(safe), look="small"))
    return Page("Headlines", wording.list_title(on_list, safe.month), wording.subtitle(safe), tuple(blocks))


_HEADLINES = (
    ("People on the list", "people_on_list", ON_LIST),
    ("New this month", "people_new", "New"),
    ("Left the list", "people_left", "Left"),
)


def _headline_items(draft: Draft) -> tuple[Headline, ...]:
    months, days = draft.table(BY_MONTH), draft.table(JAIL_DAYS)
    items = [
        Headline(label, figure, months, column)
        for label, name, column in _HEADLINES
        if (figure := draft.figure(name)) is not None
    ]
    if days and ON_LIST in days.columns:
        items.append(Headline(f"Jail days in {draft.safe.month.in_words().split(' ')[0]}", None, days, ON_LIST))
    used = [name for name in ("days_jail", "contacts_jail", "contacts_ems", "contacts_dispatch", "contacts_hospital")]
    used += [name for name in draft.safe.figures if name.startswith(("contacts_", "days_")) and name not in used]
    for name in used:
        figure = draft.figure(name)
        if figure is not None and len(items) < 5:
            amount, _, kind = name.partition("_")
            words = f"{wording.kind_adjective(kind)} {amount}"
            items.append(Headline(f"{words[:1].upper()}{words[1:]}, twelve months", figure))
    return tuple(items)


def _things(draft: Draft) -> tuple[str, ...]:
    several = known_to_several(draft.table(SYSTEMS), draft.figure("people_on_list"))
    before = draft.figure("people_on_list_last_month"), "last month"
    return three_things(draft.safe, kinds(draft.safe), several, stands_out(characteristics(draft)), before)


def flow_page(draft: Draft) -> Page:
    """Page 2: the definition in words, who joined and left, thirteen months, and how many people each step left."""
    safe = draft.safe
    new, left = draft.figure("people_new"), draft.figure("people_left")
    blocks: list[Block] = [Paragraph(safe.definition_sentence, lead="The definition.")]
    parts = tuple(
        (label, figure)
        for label, name in (
            ("Stayed on the list", "people_continuing"),
            ("New", "people_new"),
            ("Returned", "people_returned"),
            ("Left", "people_left"),
        )
        if (figure := draft.figure(name)) is not None
    )
    if any(figure.count is not None or figure.missing for _, figure in parts):
        blocks.append(FlowBar(draft.number, wording.FLOW_FIGURE, parts))
    elif parts:
        blocks.append(Paragraph(wording.too_small_to_show([wording.FLOW_FIGURE])))
    months = draft.table(BY_MONTH)
    if months:
        note = "The line breaks where a number is hidden or there are no data." if _has_gaps(months) else ""
        blocks.append(
            LineChart(draft.number, months.words, months, months.columns[:1], f"{months.note} {note}".strip())
        )
    steps = draft.table(ATTRITION)
    if steps:
        blocks.append(BarChart(draft.number, steps.words, steps, "none", steps.note))
    if not (parts or months or steps):
        blocks.append(Paragraph(wording.left_out("This page")))
    return Page("The list", wording.flow_title(new, left, safe.month), wording.flow_subtitle(safe), tuple(blocks))


def _has_gaps(table: SafeTable) -> bool:
    return any(row[0] is None for row in table.cells)


def use_page(draft: Draft) -> Page:
    """Page 3: what people on the list used in each system, and how concentrated use is."""
    safe = draft.safe
    rows = tuple(
        UseRow(
            wording.kind_words(kind),
            draft.figure(f"people_{kind}"),
            draft.figure(f"contacts_{kind}"),
            draft.figure(f"days_{kind}"),
        )
        for kind in kinds(safe)
    )
    blocks: list[Block] = []
    if rows:
        period = next(f.period for row in rows for f in (row.contacts, row.people, row.days) if f)
        figures = (figure for row in rows for figure in (row.contacts, row.people, row.days) if figure)
        note = " ".join(dict.fromkeys(figure.note for figure in figures if figure.note))
        blocks.append(UseTable(draft.number, f"What people on the list used, {period.in_words()}", rows, note))
    tops = concentration(safe)
    if tops:
        blocks.append(ShareBars(draft.number, wording.CONCENTRATION_FIGURE, tops))
    if not blocks:
        blocks.append(Paragraph(wording.left_out("This page")))
    title = wording.use_title(shares(safe, kinds(safe)))
    return Page("Use", title, wording.use_subtitle(safe), tuple(blocks))


def who_page(draft: Draft) -> Page:
    """Page 4: characteristics of people on the list beside everyone else."""
    tables = characteristics(draft)
    shown = [table for table in tables if _says_something(table)]
    blocks: list[Block] = []
    if shown:
        notes = [f"{' · '.join(names)}: {note}" for note, names in _by_note(shown).items()]
        listed = shown
        if sum(1 + len(table.rows) for table in shown) > MOST_ROWS_ON_A_PAGE:
            listed = [only_shown(table) for table in shown]
            notes += [wording.not_listed(_rows_gone(shown, listed))]
        blocks.append(Comparison(draft.number, wording.WHO_FIGURE, tuple(listed), " ".join(notes).strip()))
    if len(shown) < len(tables):
        small = [table.words for table in tables if table not in shown]
        blocks.append(Paragraph(wording.too_small_to_show(small)))
    if not tables:
        blocks.append(Paragraph(wording.left_out("This page")))
    group = stands_out(tables)
    title = wording.who_title(group.label, group.on_list, group.others) if group else wording.who_title("", "", "")
    return Page("Who they are", title, wording.who_subtitle(draft.safe), tuple(blocks))


def _rows_gone(tables: list[SafeTable], listed: list[SafeTable]) -> list[str]:
    """The rows that only_shown took away, by table: `Age: 45 to 59, 60 and over`."""
    gone = []
    for before, after in zip(tables, listed, strict=True):
        rows = [row for row in before.rows if row not in after.rows]
        if rows:
            gone.append(f"{before.words}: {', '.join(rows)}")
    return gone


def _by_note(tables: list[SafeTable]) -> dict[str, list[str]]:
    """Each note once, with the tables it goes with."""
    found: dict[str, list[str]] = {}
    for table in tables:
        if table.note:
            found.setdefault(table.note, []).append(table.words)
    return found


def only_shown(table: SafeTable) -> SafeTable:
    """The table without the rows that hold nobody or are hidden: one word for both, so that neither gives itself away.

    Rows without data stay.
    """
    kept = [r for r, row in enumerate(table.cells) if any(row) or any((r, c) in table.missing for c in range(len(row)))]
    places = {r: new for new, r in enumerate(kept)}
    return replace(
        table,
        rows=tuple(table.rows[r] for r in kept),
        cells=tuple(table.cells[r] for r in kept),
        missing=frozenset((places[r], c) for r, c in table.missing if r in places),
        row_totals=None if table.row_totals is None else tuple(table.row_totals[r] for r in kept),
    )


def concentration(safe: SafeMonth) -> tuple[tuple[str, SafeFigure], ...]:
    """The shares of the few who used most, in the catalogue's order, with their words."""
    found = [figure for start in CONCENTRATION for name, figure in safe.figures.items() if name.startswith(start)]
    return tuple((figure.words.replace(" %", "%"), figure) for figure in found)


def _says_something(table: SafeTable) -> bool:
    """Whether any number about people on the list (the first column) is there to be seen."""
    return any(row[0] for row in table.cells)


def overlap_page(draft: Draft) -> Page:
    """Page 5: how many systems know each person on the list, and which together."""
    safe = draft.safe
    blocks: list[Block] = []
    systems, combinations, pairs = draft.table(SYSTEMS), draft.table(COMBINATIONS), draft.table(PAIRS)
    small = []
    for table in (systems, combinations, pairs):
        if table is None:
            continue
        if not _says_something(table):
            small.append(table.words)
        elif table is systems:
            blocks.append(Comparison(draft.number, table.words, (table,), table.note))
        else:
            listed = only_shown(table)
            note = f"{table.note} {wording.NOT_LISTED}".strip() if len(listed.rows) < len(table.rows) else table.note
            percent: Literal["column", "none"] = "column" if table is combinations else "none"
            note = f"{wording.of_the_list(draft.figure('people_on_list'))} {note}".strip()
            blocks.append(BarChart(draft.number, table.words, listed, percent, note))
    if small:
        blocks.append(Paragraph(wording.too_small_to_show(small)))
    if not blocks:
        blocks.append(Paragraph(wording.left_out("This page")))
    several = known_to_several(systems, draft.figure("people_on_list"))
    title = wording.overlap_title(*several) if several else wording.overlap_title(None, None, "")
    return Page("Overlap", title, wording.overlap_subtitle(safe), tuple(blocks))


def method_page(draft: Draft) -> Page:
    """Page 6: sources, months of data, matching, the rule for small counts, known limits, how to read."""
    safe, facts = draft.safe, draft.facts
    months = calendar_months(safe)
    blocks: list[Block] = []
    if facts.sources:
        if draft.audience == "meeting":
            blocks.append(SourceTable(draft.number, "What was taken in", facts.sources, ROWS_NOTE))
        rows = tuple(
            (source.name, tuple(dict(source.months).get(m, "none") for m in months)) for source in facts.sources
        )
        title = f"Months with data, {months[0].in_words()} to {months[-1].in_words()}"
        blocks.append(CoverageCalendar(draft.number, title, months, rows))
    else:
        blocks.append(Paragraph(wording.left_out("The table of sources")))
    if facts.matching and draft.audience == "meeting":
        blocks.append(Paragraph(matching_words(facts.matching, safe), lead="Matching."))
    blocks.append(Points("Known limits", wording.limits(safe), look="small"))
    blocks.append(Points("How to read these pages", method_notes(safe), look="small"))
    title = wording.method_title(facts.sources, months)
    return Page(METHOD, title, wording.METHOD_SUBTITLE, tuple(blocks))


def calendar_months(safe: SafeMonth) -> tuple[Month, ...]:
    """Thirteen months up to and including the packet's."""
    return tuple(safe.month.plus(back) for back in range(1 - MONTHS_SHOWN, 1))


def characteristics(draft: Draft) -> list[SafeTable]:
    """Tables that set people on the list against everyone else, in the catalogue's order."""
    names = [name for name in draft.safe.tables if name.startswith("by_") and name != BY_MONTH]
    return [table for name in names if (table := draft.table(name)) is not None]


def kinds(safe: SafeMonth) -> tuple[str, ...]:
    """The source kinds that have figures of use, in the county's usual order."""
    found = {name.partition("_")[2] for name in safe.figures if name.startswith(("contacts_", "days_"))}
    known = [kind for kind in wording.KIND_WORDS if kind in found]
    return (*known, *sorted(found - set(known)))
