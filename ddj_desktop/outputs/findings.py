"""What stands out in a month's protected figures: the material of titles and of 'three things to know'.

Only numbers that are printed take part. Ties go to the earlier one in the catalogue's order.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.disclosure.safe import SafeFigure, SafeMonth, SafeTable
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.grid_cells import LEAST_BASE, count_cell, percent_cell

UNRANKED = ("race", "ethnicity")
"""Never put into a title or a finding: a packet ranks no groups of people by race (ux.md 4.2, page 6)."""

NOT_A_GROUP = ("not ", "unknown", "other", "another", "total", "no ", "none")


@dataclass(frozen=True)
class Finding:
    """A group that is more common on the list than among everyone else."""

    label: str
    on_list: str
    others: str
    count: str


def shares(safe: SafeMonth, kinds: tuple[str, ...]) -> list[tuple[str, SafeFigure]]:
    """Every figure of use with the words of its whole: ('jail days', figure), contacts first, then days, by source."""
    found = []
    for amount in ("days", "contacts"):
        for kind in kinds:
            figure = safe.figures.get(f"{amount}_{kind}")
            if figure is not None:
                found.append((f"{wording.kind_adjective(kind)} {amount}", figure))
    return found


def stands_out(tables: list[SafeTable]) -> Finding | None:
    """The row whose percent on the list exceeds that of everyone else by most percentage points, at least ten."""
    best: tuple[float, Finding] | None = None
    for table in tables:
        if any(word in table.name for word in UNRANKED) or len(table.columns) < 2 or table.column_totals is None:
            continue
        listed, others = table.column_totals[0], table.column_totals[1]
        if listed is None or others is None or min(listed, others) < LEAST_BASE or not _well_recorded(table):
            continue
        for r, label in enumerate(table.rows):
            here, there = table.cells[r][0], table.cells[r][1]
            if here is None or there is None or f"{label.lower()} ".startswith(NOT_A_GROUP):
                continue
            gap = here / listed - there / others
            if gap >= 0.10 and (best is None or gap > best[0]):
                percents = percent_cell(here, listed).text, percent_cell(there, others).text
                count = f"{count_cell(here).text} of {count_cell(listed).text}"
                best = (gap, Finding(_group_words(table, label), *percents, count))
    return best[1] if best else None


def _well_recorded(table: SafeTable) -> bool:
    """Whether at least half of either side is recorded, and that can be seen.

    Where nobody asked, a 'yes' on the list beside few among everyone else says who was asked, not who they are.
    """
    if table.column_totals is None:
        return False
    for r, label in enumerate(table.rows):
        if label.lower() in ("not recorded", "unknown"):
            sides = zip(table.cells[r][:2], table.column_totals[:2], strict=True)
            return all(count is not None and whole and count / whole <= 0.5 for count, whole in sides)
    return True


def _group_words(table: SafeTable, label: str) -> str:
    if label.lower() == "yes":
        return table.words
    return f"{table.words} {label}" if label[:1].isdigit() else label


def known_to_several(table: SafeTable | None, of: SafeFigure | None) -> tuple[float, float, str] | None:
    """(how many, of how many, 'three or more systems') from a one-way table by number of systems.

    Rows begin with the number: 'Three', '4 or more'; other rows are left aside. The first column is the list's. None
    where a number needed is hidden or missing.
    """
    total = wording.shown(of)
    if table is None or total is None:
        return None
    counted: list[tuple[int, int | None]] = []
    for r, label in enumerate(table.rows):
        first = label.split(" ")[0].rstrip("+").lower()
        systems = int(first) if first.isdigit() else _NUMBERS.get(first)
        if systems is not None:
            counted.append((systems, None if (r, 0) in table.missing else table.cells[r][0]))
    least = 3 if any(systems >= 3 for systems, _ in counted) else 2
    several = [count for systems, count in counted if systems >= least]
    known = [count for count in several if count is not None]
    if not several or len(known) < len(several):
        return None
    return float(sum(known)), total, f"{ {2: 'two', 3: 'three'}[least] } or more systems".strip()


def _concentrated(safe: SafeMonth) -> SafeFigure | None:
    """The share of jail days, else of bookings, of the five percent with most; else of the ten percent."""
    for name in ("jail_days_top_5", "bookings_top_5", "jail_days_top_10", "bookings_top_10"):
        figure = safe.figures.get(f"concentration_{name}")
        if figure is not None and wording.shown(figure) and figure.of:
            return figure
    return None


_NUMBERS = {"none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def three_things(
    safe: SafeMonth,
    kinds: tuple[str, ...],
    several: tuple[float, float, str] | None,
    group: Finding | None,
    before: tuple[SafeFigure | None, str],
) -> tuple[str, ...]:
    """Up to three sentences a commissioner should leave with, the weightiest first; none where too little is shown."""
    sentences = []
    found_shares = shares(safe, kinds)
    largest = wording.largest_share([pair for pair in found_shares if pair[0] == wording.JAIL_DAYS])
    largest = largest or wording.largest_share(found_shares)
    if largest and largest[1].count:
        sentences.append(wording.share_sentence(*largest))
    top = _concentrated(safe)
    if top:
        sentences.append(wording.concentration_sentence(top.words.replace(" %", "%"), top))
    if several and several[1]:
        sentences.append(wording.overlap_sentence(*several))
    if group:
        sentences.append(wording.group_sentence(group.label, group.on_list, group.others, group.count))
    change = wording.change_sentence(safe.figures.get("people_on_list"), *before)
    if change:
        sentences.append(change)
    rest = [pair for pair in found_shares if largest is None or pair[1] is not largest[1]]
    for _ in range(len(rest)):
        found = wording.largest_share(rest)
        if found is None or not found[1].count:
            break
        sentences.append(wording.share_sentence(*found))
        rest = [pair for pair in rest if pair[1] is not found[1]]
    return tuple(sentences[:3])
