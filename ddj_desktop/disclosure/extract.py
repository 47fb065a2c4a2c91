"""Rows about people made safe: coarsened no further than needed, small classes left out, or refused.

Rules (privacy reference 1.6): at least 11 rows, or as many more as an agreement asks for, in every class of the
quasi-identifiers, "not recorded" being a value like any other; in each class at least two values of every sensitive
column and none on more than 80 % of its rows; at most 20 % of people left out, and their number is 0 or at least 11,
because counts of excluded people count too. Where codes stay the same from one file to the next, classes are those of
all the files together (`told_before`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ddj_desktop.disclosure.errors import NotSafeAsRows
from ddj_desktop.disclosure.extract_columns import COLUMNS, K, in_order
from ddj_desktop.disclosure.told_before import NOTHING, History, are_mixed, is_mixed
from ddj_desktop.kernel.errors import OurFault

MOST_LEFT_OUT = 0.2
LEAST_CLASSES = 5
"""Fewer people than make so many classes are no file (privacy reference 1.6: 55 people for classes of 11)."""
_KEY = object()

Classes = dict[tuple[tuple[str, ...], ...], list[int]]
"""What the quasi-identifiers say, in this file and in those before, to the places of the rows that say it."""


@dataclass(frozen=True)
class SafeExtract:
    """Rows that may leave under a permit. Only this module makes them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Without pseudonyms: those are put on when the file is written. In no order that means anything."""
    people: tuple[int, ...]
    """Whose row each is; stays in the building."""
    transforms: tuple[tuple[str, str], ...]
    """Every column asked for and what was done to it, for the codebook."""
    people_in: int
    costs_most: str
    """The column that alone makes the most rows stand out, when shown at its finest."""
    key: object = None

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise OurFault(what="rows about people tried to leave without the checks")

    @property
    def left_out(self) -> int:
        """People whose rows were left out: 0, or at least eleven."""
        return self.people_in - len(self.rows)


@dataclass(frozen=True)
class _Material:
    """Values by column, finest first, and everybody's place."""

    people: tuple[int, ...]
    steps: Mapping[str, tuple[tuple[str, ...], ...]]
    """Column to its values at each step."""
    history: History
    least: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        return in_order(tuple(self.steps))


State = dict[str, int]
"""Column to its step; the number of its steps where it is left out."""


def make_safe(
    people: Sequence[int], values: Mapping[str, Sequence[str]], history: History = NOTHING, least: int = K
) -> SafeExtract:  # fmt: skip
    """Coarsen until every rule holds, then give detail back where it still does. Deterministic.

    `values` are by column of the list, one a person, at their finest; `history` is what the same codes told before;
    `least` rows have to look alike. Raises NotSafeAsRows where nothing that is still a table of anything would be safe.
    """
    steps = {
        name: tuple(tuple(step(values[name])) for _, step in COLUMNS[name].steps) for name in in_order(tuple(values))
    }
    material = _Material(tuple(people), steps, history, least)
    state, order = dict.fromkeys(material.names, 0), []
    while (kept := _kept(material, state)) is None:
        name = _next_to_coarsen(material, state)
        if name is None:
            raise NotSafeAsRows
        state[name] += 1
        order.append(name)
    for name in reversed(order):
        finer = {**state, name: state[name] - 1}
        better = _kept(material, finer) if state[name] else None
        if better is not None:
            state, kept = finer, better
    if not shown(material, state):
        raise NotSafeAsRows
    return _made(material, state, kept)


def shown(material: _Material, state: State) -> tuple[str, ...]:
    """The columns that are still shown."""
    return tuple(name for name in material.names if state[name] < len(material.steps[name]))


def _made(material: _Material, state: State, kept: list[int]) -> SafeExtract:
    names = shown(material, state)
    transforms = []
    for name in material.names:
        steps = COLUMNS[name].steps
        transforms.append(
            (
                name,
                steps[state[name]][0]
                if state[name] < len(steps)
                else "left out: with it too few rows would look alike",
            )
        )
    return SafeExtract(
        headings=names,
        rows=tuple(tuple(material.steps[name][state[name]][place] for name in names) for place in kept),
        people=tuple(material.people[place] for place in kept),
        transforms=tuple(transforms),
        people_in=len(material.people),
        costs_most=_costs_most(material),
        key=_KEY,
    )


def _kept(material: _Material, state: State) -> list[int] | None:
    """Places of the rows that may stay; None where the rules do not hold however rows are left out."""
    good, bad = _sorted_at(material, state)
    good.sort(key=len)
    out = [place for places in bad for place in places]
    while (more := _next_out(good, out, material)) is not None:
        good.remove(more)
        out += more
    too_few, too_many = 0 < len(out) < material.least, len(out) > MOST_LEFT_OUT * len(material.people)
    if not good or too_few or too_many or material.history.broken(out, material.least):
        return None
    return sorted(place for places in good for place in places)


def _next_out(good: Sequence[list[int]], out: Sequence[int], material: _Material) -> list[int] | None:
    """The class to leave out as well: the smallest, where too few are left out to be told; else the smallest of those
    of whom others' codes would be missing alone."""
    if 0 < len(out) < material.least:
        return good[0] if good else None
    history = material.history
    for told in history.broken(out, material.least):
        fitting = next((places for places in good if history.of(places[0]).quasi == told.quasi), None)
        if fitting:
            return fitting
    return None


def _sorted_at(material: _Material, state: State) -> tuple[list[list[int]], list[list[int]]]:
    names = shown(material, state)
    columns = [material.steps[name][state[name]] for name in names]
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(material.people)
    return sorted_out(names, rows, material.history, material.least)


def sorted_out(
    names: Sequence[str], rows: Sequence[Sequence[str]], history: History = NOTHING, least: int = K
) -> tuple[list[list[int]], list[list[int]]]:
    """Classes that meet the rules and classes that do not, each as places of rows; in order of what they say."""
    good: list[list[int]] = []
    bad: list[list[int]] = []
    for _, places in sorted(classes(names, rows, history).items()):
        here = class_is_safe(names, [rows[place] for place in places], least)
        safe = here and are_mixed(list(map(history.of, places)))
        (good if safe else bad).append(places)
    return good, bad


def classes(names: Sequence[str], rows: Sequence[Sequence[str]], history: History = NOTHING) -> Classes:
    """Rows that look alike in every quasi-identifier, here and in the files before."""
    quasi = [at for at, name in enumerate(names) if COLUMNS[name].role == "quasi"]
    found: Classes = defaultdict(list)
    for place, row in enumerate(rows):
        found[tuple(row[at] for at in quasi), *history.of(place).quasi].append(place)
    return found


def class_is_safe(names: Sequence[str], rows: Sequence[Sequence[str]], least: int = K) -> bool:
    """True where the class has at least so many rows and no sensitive column gives its people away."""
    if len(rows) < least:
        return False
    sensitive = [at for at, name in enumerate(names) if COLUMNS[name].role == "sensitive"]
    return all(is_mixed([row[at] for row in rows]) for at in sensitive)


def _next_to_coarsen(material: _Material, state: State) -> str | None:
    """The column whose next step leaves the fewest rows outside; among equals the one with most steps left, then the
    last of the file's order, so that sensitive columns that say little go before what describes people."""
    best: tuple[int, int, int] | None = None
    chosen = None
    for place, name in enumerate(material.names):
        left = len(material.steps[name]) - state[name]
        if left:
            rank = (_outside(material, {**state, name: state[name] + 1}), -left, -place)
            if best is None or rank < best:
                best, chosen = rank, name
    return chosen


def _outside(material: _Material, state: State) -> int:
    return sum(len(places) for places in _sorted_at(material, state)[1])


def _costs_most(material: _Material) -> str:
    """The column without which the fewest rows would stand out, the others being at their finest."""
    finest = dict.fromkeys(material.names, 0)
    without = {name: _outside(material, {**finest, name: len(material.steps[name])}) for name in material.names}
    return min(material.names, key=lambda name: (without[name], name))
