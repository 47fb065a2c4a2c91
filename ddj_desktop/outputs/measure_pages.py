"""Pages of the packet on time in jail and on race and ethnicity, and the table of cost."""

from __future__ import annotations

from ddj_desktop.disclosure.safe import SafeTable
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.measures.disparity import residents_by_label
from ddj_desktop.outputs import wording, wording_measures
from ddj_desktop.outputs.content import Block, Comparison, CostRow, CostTable, Page, Paragraph, StageTable
from ddj_desktop.outputs.grid_cells import ALIKE, UNSTABLE
from ddj_desktop.outputs.pages import Draft, only_shown
from ddj_desktop.registers.costs import UnitCost

JAIL_TABLES = ("jail_kinds", "jail_stay_lengths", "jail_charges")
RETURNS = "returns"
STAGES = "race_stages"
AMOUNTS = {"contact": "contacts", "day": "days"}


def jail_page(draft: Draft) -> Page | None:
    """What brought people into jail, for how long, on what charge, and how soon they were back."""
    tables = [table for name in JAIL_TABLES if (table := draft.table(name)) is not None]
    returns = draft.table(RETURNS)
    if not tables and returns is None:
        return None
    blocks: list[Block] = []
    shown = [only_shown(table) for table in tables if _says_something(table)]
    if shown:
        note = " ".join(dict.fromkeys(f"{table.words}: {table.note}" for table in shown if table.note))
        note += _gone(tables, shown)
        blocks.append(
            Comparison(draft.number, "Time in jail, people on the list and everyone else", tuple(shown), note)
        )
    if returns is not None and _says_something(returns):
        listed = only_shown(returns)
        blocks.append(Comparison(draft.number, returns.words, (listed,), f"{returns.note}{_gone([returns], [listed])}"))
    small = [t.words for t in [*tables, *([returns] if returns else [])] if not _says_something(t)]
    if small:
        blocks.append(Paragraph(wording.too_small_to_show(small)))
    subtitle = f"Jail contacts in the twelve months to {day_in_words(draft.safe.as_of)}; holds apart from bookings."
    return Page("Time in jail", wording_measures.jail_title(returns), subtitle, tuple(blocks))


def race_page(draft: Draft) -> Page | None:
    """Race and ethnicity stage by stage. Groups are not ranked, and no finding is drawn from them in the title."""
    table = draft.table(STAGES)
    if table is None:
        return None
    subtitle = f"People booked and on the list in the twelve months to {day_in_words(draft.safe.as_of)}, by group."
    blocks: list[Block] = []
    if any(cell for row in table.cells for cell in row[1:]):
        shown = only_shown(table)
        note = " ".join(
            part for part in (
                draft.facts.residents_from, wording.NOT_LISTED if len(shown.rows) < len(table.rows) else "",
                f"{UNSTABLE} Unstable: fewer than 20 people on one side.",
                f"{ALIKE} Cannot be distinguished from no difference.", table.note,
            ) if part
        )  # fmt: skip
        residents = residents_by_label(draft.facts.residents, table.rows) if draft.facts.residents else {}
        blocks.append(StageTable(draft.number, "Race and ethnicity, stage by stage", shown, residents, note))
        blocks.append(Paragraph(wording_measures.RACE_BASES, lead="How to read it."))
        if not residents:
            blocks.append(Paragraph(wording_measures.NO_RESIDENTS))
    else:
        blocks.append(Paragraph(wording.too_small_to_show([table.words])))
    blocks.append(Paragraph(wording_measures.RACE_LIMITS, lead="What it can not say."))
    return Page("Race and ethnicity", wording_measures.RACE_TITLE, subtitle, tuple(blocks))


def cost_page(draft: Draft) -> Page | None:
    """Priced contacts and days of people on the list; None where nobody entered a price."""
    rows = []
    for price in draft.facts.prices:
        amount = AMOUNTS[price.unit]
        figure = draft.figure(f"{amount}_{price.source_kind}")
        if figure is not None:
            words = f"{wording.kind_adjective(price.source_kind)} {amount}, {price.basis}"
            rows.append(CostRow(f"{words[:1].upper()}{words[1:]}", figure, price))
    if not rows:
        return None
    sources = "; ".join(dict.fromkeys(_told(row.price) for row in rows))
    table = CostTable(draft.number, "Contacts and days of people on the list, times unit costs", tuple(rows), sources)
    subtitle = f"People on the list on {day_in_words(draft.safe.as_of)}, their contacts and days of twelve months."
    how = Paragraph(wording_measures.COST_NOTE, lead="How to read it.")
    return Page("Cost", wording_measures.COST_TITLE, subtitle, (table, how))


def _told(price: UnitCost) -> str:
    from_where = price.source or "source not stated"
    payer = f"paid by {price.payer}" if price.payer else "who pays is not stated"
    what = f"{wording.kind_adjective(price.source_kind)} {AMOUNTS[price.unit]}, {price.basis}"
    return f"{what}: {from_where}, {price.year}, {payer}"


def _gone(before: list[SafeTable], listed: list[SafeTable]) -> str:
    """A sentence for rows that are not listed, '' where all are."""
    gone = sum(len(table.rows) for table in before if _says_something(table)) > sum(len(table.rows) for table in listed)
    return f" {wording.NOT_LISTED}" if gone else ""


def _says_something(table: SafeTable) -> bool:
    return any(row[0] for row in table.cells)
