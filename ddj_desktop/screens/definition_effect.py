"""What a definition does, in rows to show: a grid of thresholds, two definitions side by side, how sure a list is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ddj_desktop.cohort.case import Material
from ddj_desktop.cohort.certainty import Certainty
from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.evaluate import Grid, grid
from ddj_desktop.cohort.types import CountClause, Rule, TrailingMonths
from ddj_desktop.cohort.words import noun
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.screens.wording import many, share
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.comparing import Share, SideBySide, Use

MONTHS_TRIED = (3, 6, 9, 12, 18, 24, 36, 48, 60)
RUNGS = 12
"""Thresholds tried on each axis of the grid."""


@dataclass(frozen=True)
class Axis:
    """A number of a clause that can be moved: its threshold, or how many months back it looks."""

    spot: int
    """The clause's place."""
    words: str
    value: int | float
    months: bool = False

    @property
    def number(self) -> str:
        """The clause's number as `cohort.evaluate.grid` has it."""
        return str(self.spot + 1)

    @property
    def values(self) -> list[int | float]:
        """What to try: thresholds from 1 up, or around the present one where that is further up; usual stretches of
        months, the present one among them."""
        if self.months:
            return sorted({*MONTHS_TRIED, self.value})
        first = 1 if self.value <= RUNGS else int(self.value) - RUNGS // 2
        values: list[int | float] = list(range(first, first + RUNGS))
        return values if self.value in values else sorted([*values[:-1], self.value])


def axes(rule: Rule) -> list[Axis]:
    """The thresholds of a rule's clauses that ask for so many or more, then how far back each of them looks."""
    clauses = [
        (spot, clause)
        for spot, clause in enumerate(rule.clauses)
        if isinstance(clause, CountClause) and clause.op != "between" and not isinstance(clause.value, tuple)
    ]
    thresholds = [
        Axis(spot, f"rule {spot + 1}: {noun(clause.measure)}", clause.value)
        for spot, clause in clauses
        if not isinstance(clause.value, tuple)
    ]
    windows = [
        Axis(spot, f"rule {spot + 1}: months back", clause.measure.window.months, months=True)
        for spot, clause in clauses
        if isinstance(clause.measure.window, TrailingMonths)
    ]
    return [*thresholds, *windows]


def grid_of(lane: Lane, rule: Rule, as_of: date, across: Axis, down: Axis, material: Material) -> Grid:
    """How many people each pair of numbers would give."""
    sizes = [(axis.number, axis.values, axis.months) for axis in (across, down)]
    return grid(lane, rule, as_of, *sizes[0][:2], *sizes[1][:2], material, (sizes[0][2], sizes[1][2]))


def grid_headings(grid: Grid) -> list[str]:
    """The headings of the grid as a table: a blank one for the thresholds down, then those across."""
    return ["", *(f"{value:,}" for value in grid.values_x)]


def grid_rows(grid: Grid) -> list[tuple[str, ...]]:
    """The grid as rows of text; the rule as it stands is in square brackets."""
    rows = []
    for y, value in enumerate(grid.values_y):
        cells = [f"[{n:,}]" if (y, x) == grid.current else f"{n:,}" for x, n in enumerate(grid.people[y])]
        rows.append((f"{value:,}", *cells))
    return rows


def state_words(kept: Definition) -> str:
    """What a version is: `Agreed Jun 12, 2026 by DDJ team (6 agencies), in the June meeting`, and what that means."""
    if kept.state == "agreed":
        agencies = f" ({kept.agencies})" if kept.agencies else ""
        meeting = f", {kept.meeting}" if kept.meeting else ""
        return f"Agreed {kept.agreed}{agencies}{meeting}. It can not be changed; a change is kept as a new version."
    if kept.state == "proposed":
        when = f" on {day_in_words(kept.proposed_at.date())}" if kept.proposed_at else ""
        return f"Proposed to the agencies{when}; not agreed yet."
    if kept.state == "retired":
        return "Retired: kept on record and used for nothing. To use it again, keep it as a new version."
    return "Draft: nobody has agreed to it yet."


def sure_words(found: Certainty) -> str:
    """`97 people, or 94 to 101 by how possible matches turn out: …`; where no doubt touches the list, that."""
    if not found.weak_records and not found.possible_pairs:
        return "No match behind this list is in doubt."
    doubt = many(found.possible_pairs, "possible match waits", "possible matches wait")
    weak = many(found.weak_records, "record is", "records are")
    range_ = f"{found.low:,} to {found.high:,}" if found.low != found.high else f"{found.matched:,} either way"
    return (
        f"By how sure matching is: {range_}. On sound links only {found.sound:,} ({weak} weakly held); "
        f"as matched {found.matched:,}; with every possible match taken as true {found.with_possible:,} ({doubt} to be "
        "decided)."
    )


def share_words(share: Share) -> str:
    """`29 % (402 of 1,386)`; `none` where there is nothing to share."""
    return "none" if share.percent is None else f"{share.percent:.0f} % ({share.part:,} of {share.whole:,})"


def comparison_rows(found: SideBySide) -> list[tuple[str, str, str, str]]:
    """People and mix: what, on the first list only, on both, on the second only."""
    sides = (found.found.only_a, found.found.both, found.found.only_b)
    a, both, b = (f"{len(side):,}" for side in sides)
    rows = [("People", a, both, b)]
    for words, lines in found.mix.items():
        rows += [(f"{words}: {group}", f"{one:,}", f"{two:,}", f"{other:,}") for group, one, two, other in lines]
    return rows


def comparison_sentence(found: SideBySide, name_a: str, name_b: str) -> str:
    """How much the lists overlap, and how much of the bookings and days each covers, each with n of N."""
    both, either = len(found.found.both), len(found.found.either)
    percent = f" ({share(both, either)})" if share(both, either) else ""
    said = f"{both:,} of {either:,} on any of the two lists are on both{percent}."
    said = said if either else "Nobody is on any of them."
    for name, use in ((name_a, found.a), (name_b, found.b)):
        if use:
            said += f" {name}: {_covers(use)}."
    return said


def _covers(use: Use) -> str:
    return (
        f"{many(use.people, 'person', 'people')} with {share_words(use.bookings)} of jail bookings and "
        f"{share_words(use.days)} of days in jail of these 12 months"
    )


def effect_words(found: SideBySide, before: str) -> str:
    """What a new version does to the list: who comes on and who leaves, against the one before."""
    comes, leaves = len(found.found.only_a), len(found.found.only_b)
    return (
        f"Against {before}: {many(comes, 'person comes', 'people come')} on the list, "
        f"{many(leaves, 'leaves', 'leave')}, {len(found.found.both):,} stay."
    )


def versions_to_compare(known: Sequence[Definition], current: Rule) -> list[Definition]:
    """Kept versions a rule may be held against, of the same unit and saying something else; those in use first."""
    order = {"agreed": 0, "proposed": 1, "draft": 2, "retired": 3}
    others = [kept for kept in known if kept.rule.unit == current.unit and kept.rule != current]
    return sorted(others, key=lambda kept: (order[kept.state], -kept.definition_id))
