"""Sentences of the pages on time in jail, race and ethnicity, and cost."""

from __future__ import annotations

from ddj_desktop.disclosure.safe import SafeTable
from ddj_desktop.outputs.grid_cells import percent_cell
from ddj_desktop.outputs.wording import short

RACE_TITLE = "Race and ethnicity at each stage"

RACE_BASES = (
    "Booked is compared with residents, because it is the first contact. On the list is compared with people booked, "
    "the stage before, so that a difference made earlier is not counted again. A ratio above 1 means a higher rate "
    "than that of White people; its range holds the true ratio 95 times in 100."
)

RACE_LIMITS = (
    "Race is what systems wrote down, often what an officer saw, and not every system has a code for every group. "
    "Visitors are in the counts and not among residents. A difference says where to look, not why it is there."
)

NO_RESIDENTS = (
    "Rates of residents are not shown, because nobody entered how many people of each group live in the county."
)

COST_TITLE = "What this use costs, on average and at the margin"

COST_NOTE = (
    "Average cost is all spending over all units; fewer contacts would not free that much. Marginal cost is what one "
    "unit more or less changes within a year. They are never added."
)


def jail_title(returns: SafeTable | None) -> str:
    """The finding on how soon people on the list are back, where it can be shown."""
    instead = "What brought people into jail, and how soon they came back"
    if returns is None or returns.column_totals is None or not returns.column_totals[0]:
        return instead
    whole = returns.column_totals[0]
    soon = [row[0] for label, row in zip(returns.rows, returns.cells, strict=True) if label in _WITHIN_90]
    if len(soon) < len(_WITHIN_90) or None in soon:
        return instead
    percent = percent_cell(sum(cell or 0 for cell in soon), whole).text
    return short(f"{percent} of people on the list were booked again within 90 days", instead) if percent else instead


_WITHIN_90 = ("Within 30 days", "31 to 90 days")
