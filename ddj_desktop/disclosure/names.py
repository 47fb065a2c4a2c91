"""Names of the numbers of a release: where each stands, and what it says wherever it stands."""

from __future__ import annotations

from ddj_desktop.disclosure.need import MOVES_TABLE
from ddj_desktop.measures.outcome_words import COHORT_WORDS, ENROLLED
from ddj_desktop.measures.types import TOTAL, At, CountTable, MonthFigures

FIXED_TRAITS = ("by_sex", "by_race")
"""Tables of what does not change from one month to the next in a person."""
TABLES_OF_TRAIT = {"by_sex": ("by_sex",), "by_race": ("by_race", "race_stages")}
"""For each of them, the tables that tell it of the people on the list."""
OF_LIST = "|column On the list"

WAS = "was|"
"""Before the meaning of a number of an earlier release that a later one was held against."""
TRUE = "true|"
"""Before the meaning of a number that was printed as an earlier packet had it: the truth of then, which nobody was
told."""

OUTCOMES, FOLLOWED = "outcome_", "outcome_followed_"
"""Figures and tables of a programme's outcome, and of them the people followed. The same people are followed month
after month, a few more each time, so that in whichever packet they stand they are the same numbers, grown a little;
those of people enrolled under whichever definition."""


def key_of(at: At) -> str:
    """The name of a number in the system: the figure, or the table with row and column."""
    if at.row is None:
        return f"figure\x1f{at.name}\x1f{'of' if at.of else 'count'}"
    return f"table\x1f{at.name}\x1f{at.row:04d}\x1f{at.column if at.column is not None else 0:04d}"


def plain(meaning: str) -> str:
    """A meaning without what stands before it."""
    while meaning.startswith((WAS, TRUE)):
        meaning = meaning.removeprefix(WAS).removeprefix(TRUE)
    return meaning


def programme_of(name: str) -> str:
    """The number of the programme whose outcome a figure or table tells; '' for any other."""
    return name.removeprefix(OUTCOMES).split("_")[1] if name.startswith(OUTCOMES) else ""


def meanings(figures: MonthFigures) -> dict[str, str]:
    """By the name of a number in its release: what it says, in words that are the same in every release.

    A number under the same definition with the same meaning is the same number. The pooled row of a table has none:
    what is in it differs from packet to packet.
    """
    found = {}
    for name in figures.figures:
        whose = "" if name.startswith(FOLLOWED) and name.endswith(ENROLLED) else figures.definition_id
        here = f"{whose}|{'' if name.startswith(OUTCOMES) else figures.month}"
        for at in (At(name), At(name, of=True)):
            found[key_of(at)] = f"{here}|{name}|{'of' if at.of else 'count'}"
    for table in figures.tables.values():
        for r in (*range(len(table.rows)), TOTAL):
            for c in (*range(len(table.columns)), TOTAL):
                found[key_of(At(table.name, r, c))] = _of_cell(table, r, c, figures)
    return found


def _of_cell(table: CountTable, r: int, c: int, figures: MonthFigures) -> str:
    row = "total" if r == TOTAL else f"row {table.rows[r]}"
    column = "total" if c == TOTAL else f"column {table.columns[c]}"
    # A month of the list, or of a programme, says the same in whichever packet it stands.
    when = "" if table.name == MOVES_TABLE or table.name.startswith(OUTCOMES) else str(figures.month)
    whose = str(figures.definition_id)
    if table.name.startswith(OUTCOMES) and c != TOTAL and table.columns[c] == COHORT_WORDS[ENROLLED]:
        whose = ""
    return f"{whose}|{when}|{table.name}|{row}|{column}"
