"""Which numbers to hide so that no small one can be worked out: hide, cover, give back, audit.

The algorithm of privacy reference 1.4. A hidden number is safe when a reader's best range for it reaches its Need:
upper end at least k + 1 (nobody, not even one of the people counted, can prove the cell small) and width at least
k - 1. Hiding more only widens ranges, so what is safe once stays safe until something is given back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.disclosure.solver import Cover, Fills, Numbers
from ddj_desktop.disclosure.system import System
from ddj_desktop.kernel.errors import DdjError

SECONDS = 20.0
"""After this the table is refused and a coarser one offered (privacy reference 1.4, step 4)."""

BLOCKS_KEPT = 200
"""Solvers held at once; each is small."""


class TooHard(DdjError):
    """Told inside this package only; the caller turns it into a refusal that names the table."""

    sentence = "{why}"


@dataclass
class _Reader:
    """What one reader can work out: the numbers they know besides the printed ones, and fills found so far."""

    system: System
    known: frozenset[int]
    cover: Cover
    fills: Numbers
    """Proved fills, one a row. Each shows, for every number, one value a reader can not exclude."""
    _groups: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    """For each unknown its block: the unknowns tied to it, and the equations that tie them."""
    _made: dict[tuple[int, ...], Fills] = field(default_factory=dict)
    """Blocks made so far, by their unknowns: a block not touched by a change is the same block."""

    def forget(self) -> None:
        """What is hidden has changed: the blocks of unknowns are no longer these."""
        self._groups.clear()

    def forget_all(self) -> None:
        """Start from nothing: no block and no fill found earlier is believed."""
        self._groups.clear()
        self._made.clear()
        self.fills = self.fills[:1]

    def range(self, target: int, hidden: frozenset[int]) -> tuple[int, int]:
        """The exact range of `target` over all whole-number fills."""
        block, places = self._block(target, hidden)
        ends = []
        for up in (False, True):
            fill = block.extreme(places[target], up=up)
            whole = self.fills[0].copy()
            whole[list(places)] = fill
            self._remember(whole)
            ends.append(int(whole[target]))
        return ends[0], ends[1]

    def _remember(self, fill: Numbers) -> None:
        """Keep a fill that shows something new."""
        if (fill < self.fills.min(axis=0)).any() or (fill > self.fills.max(axis=0)).any():
            self.fills = np.vstack([self.fills, fill])

    def seen(self, target: int) -> tuple[int, int]:
        """The range proved so far; never wider than the true one."""
        column = self.fills[:, target]
        return int(column.min()), int(column.max())

    def _block(self, target: int, hidden: frozenset[int]) -> tuple[Fills, dict[int, int]]:
        if not self._groups:
            for group in _blocks(self.system, hidden - self.known):
                self._groups.update(dict.fromkeys(group[0], group))
        unknowns, rows = self._groups[target]
        places = {place: at for at, place in enumerate(unknowns)}
        key = tuple(unknowns)
        if key not in self._made:
            if len(self._made) >= BLOCKS_KEPT:
                self._made.clear()
            self._made[key] = self._fills(places, rows)
        return self._made[key], places

    def _fills(self, places: dict[int, int], rows: list[int]) -> Fills:
        left, right = [], []
        for row in rows:
            terms = self.system.equations[row]
            left.append([(places[place], coefficient) for place, coefficient in terms if place in places])
            right.append(-sum(c * self.system.quantities[place].value for place, c in terms if place not in places))
        return Fills(left, right, [self.system.quantities[place].cap for place in places])


def _blocks(system: System, unknown: frozenset[int]) -> list[tuple[list[int], list[int]]]:
    """Unknowns tied to each other, with the equations that tie them; known numbers cut the ties."""
    root = {place: place for place in unknown}

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    held: list[tuple[int, int]] = []
    for row, terms in enumerate(system.equations):
        inside = [place for place, _ in terms if place in root]
        for place in inside[1:]:
            root[find(place)] = find(inside[0])
        if inside:
            held.append((row, inside[0]))
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for place in sorted(unknown):
        groups.setdefault(find(place), ([], []))[0].append(place)
    for row, place in held:
        groups[find(place)][1].append(row)
    return list(groups.values())


@dataclass(frozen=True)
class Audited:
    """One hidden number after the audit: its range for the reader who can narrow it most."""

    low: int
    high: int
    safe: bool


@dataclass
class Suppression:
    """The work on one system for all its readers. `solve()` gives the numbers to hide."""

    system: System
    knowns: tuple[frozenset[int], ...] = (frozenset(),)
    """What each reader knows besides what is printed; the public knows nothing more."""
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        self._deadline = time.monotonic() + self.seconds
        truth = np.array([[quantity.value for quantity in self.system.quantities]], dtype=np.int64)
        self._readers = [
            _Reader(self.system, known, Cover(self.system, known), truth) for known in dict.fromkeys(self.knowns)
        ]
        quantities = self.system.quantities
        self.targets = tuple(place for place, quantity in enumerate(quantities) if quantity.need)
        self.hidden = frozenset(p for p, quantity in enumerate(quantities) if quantity.need or not quantity.printed)
        self._must = self.hidden

    def solve(self) -> frozenset[int]:
        """Hide, cover, give back, audit. Raises TooHard after `seconds` or where no cover can be found."""
        for reader in self._readers:
            for target in self._worst_first(reader):
                self._make_safe(reader, target)
        self._give_back()
        self._check_all()
        return self.hidden

    def audit(self, places: list[int]) -> dict[int, Audited]:
        """The narrowest exact range any reader can work out for each of `places`, and whether it is wide enough."""
        found: dict[int, Audited] = {}
        for place in places:
            ranges = [r.range(place, self.hidden) for r in self._readers if place not in r.known]
            if not ranges:
                value = self.system.quantities[place].value
                ranges = [(value, value)]
            low, high = min(ranges, key=lambda ends: (ends[1] - ends[0], ends[1]))
            found[place] = Audited(low, high, all(self._enough(place, *ends) for ends in ranges))
        return found

    def _enough(self, place: int, low: int, high: int) -> bool:
        need = self.system.quantities[place].need
        return need is None or (high >= need.high and high - low >= need.width)

    def _worst_first(self, reader: _Reader) -> list[int]:
        ranked = []
        for target in self.targets:
            if not self._safe(reader, target):
                low, high = reader.seen(target)  # `_safe` has just found the exact ends
                ranked.append((high, high - low, target))
            self._in_time()
        return [target for *_, target in sorted(ranked)]

    def _safe(self, reader: _Reader, target: int) -> bool:
        if target in reader.known or self._enough(target, *reader.seen(target)):
            return True
        return self._enough(target, *reader.range(target, self.hidden))

    def _make_safe(self, reader: _Reader, target: int) -> None:
        quantity = self.system.quantities[target]
        assert quantity.need is not None
        while not self._safe(reader, target):
            self._in_time()
            low, high = reader.seen(target)
            up = max(quantity.need.high - quantity.value, 0)
            if high < quantity.need.high:
                found = reader.cover.cheapest(target, up, self.hidden)
            else:
                short = quantity.need.width - (high - low)
                down = min(quantity.value, quantity.value - low + short)
                found = reader.cover.cheapest(target, -down, self.hidden) or reader.cover.cheapest(
                    target, high - quantity.value + short, self.hidden
                )
            self._hide(found or self._any_cover(reader, target))

    def _any_cover(self, reader: _Reader, target: int) -> list[int]:
        """Where fractions would do and whole numbers do not: the cheapest shown number tied to the target's block."""
        block = next(g for g, _ in _blocks(self.system, self.hidden - reader.known) if target in g)
        tied = {
            place for terms in self.system.equations if any(place in block for place, _ in terms) for place, _ in terms
        }
        quantities = self.system.quantities
        free = [p for p in tied - self.hidden - reader.known if quantities[p].value]
        if not free:
            raise TooHard(why="what is known besides it gives small numbers away whatever is hidden")
        return [min(free, key=lambda place: (quantities[place].cost, quantities[place].value, place))]

    def _hide(self, places: list[int]) -> None:
        self._set_hidden(self.hidden | frozenset(places))

    def _set_hidden(self, hidden: frozenset[int]) -> None:
        self.hidden = hidden
        for reader in self._readers:
            reader.forget()

    def _give_back(self) -> None:
        """Show again each cover that is not needed, the dearest and largest first."""
        quantities = self.system.quantities
        covers = sorted(
            self.hidden - self._must, key=lambda place: (-quantities[place].cost, -quantities[place].value, place)
        )
        for place in covers:
            self._in_time()
            before, fills = self.hidden, [reader.fills for reader in self._readers]
            self._set_hidden(self.hidden - {place})
            for reader in self._readers:
                reader.fills = reader.fills[reader.fills[:, place] == quantities[place].value]
            if not all(self._safe(reader, target) for reader in self._readers for target in self.targets):
                self._set_hidden(before)
                for reader, old in zip(self._readers, fills, strict=True):
                    reader.fills = old

    def _check_all(self) -> None:
        """The last audit, from the start and without earlier findings: nothing leaves on a remembered answer."""
        # A fill found for one target proves others too, so that each is not solved for anew.
        for reader in self._readers:
            reader.forget_all()
            for target in self.targets:
                self._in_time()
                if not self._safe(reader, target):
                    raise TooHard(why="the last audit found a number that can be worked out")

    def _in_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise TooHard(why=f"it takes more than {self.seconds:.0f} seconds to prove it safe")
