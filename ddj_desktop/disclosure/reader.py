"""What one reader of a release can work out from what is printed, what they know besides, and every equation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.disclosure.cover import Cover
from ddj_desktop.disclosure.solver import Fills, Numbers
from ddj_desktop.disclosure.system import Need, System

BLOCKS_KEPT = 200
"""Solvers held at once; each is small."""

FILLS_KEPT = 100
"""So many fills are kept even where they prove nothing new."""

Block = tuple[list[int], list[int]]
"""Unknowns tied to each other, and the equations that tie them."""


@dataclass(frozen=True)
class Proved:
    """Fills found so far, one a row, the truth first, and the ends they prove for each number."""

    fills: Numbers
    lowest: Numbers
    highest: Numbers

    @classmethod
    def by(cls, fills: Numbers) -> Proved:
        """With the ends worked out."""
        return cls(fills, fills.min(axis=0), fills.max(axis=0))

    def and_also(self, fill: Numbers) -> Proved:
        """With one more."""
        return Proved(
            np.vstack([self.fills, fill]), np.minimum(self.lowest, fill), np.maximum(self.highest, fill)
        )  # fmt: skip


@dataclass
class Reader:
    """The numbers a reader knows besides the printed ones, and what was found of the others."""

    system: System
    known: frozenset[int]
    needs: dict[int, Need] = field(init=False)
    """By target, what this reader's range must reach."""
    cover: Cover = field(init=False)
    proved: Proved = field(init=False)
    """Each fill shows, for every number, one value that this reader can not exclude."""
    found: list[Numbers] = field(init=False, default_factory=list)
    """Fills found since the list was last emptied, for other readers to look at."""
    _ends: Numbers = field(init=False)
    """What is left possible of each number before any equation is used: low and high."""
    _unknown: frozenset[int] = field(init=False, default=frozenset())
    _blocks: dict[int, Block] = field(init=False, default_factory=dict)
    _made: dict[tuple[int, ...], Fills] = field(init=False, default_factory=dict)
    """Blocks made so far, by their unknowns."""

    def __post_init__(self) -> None:
        quantities = self.system.quantities
        self.needs = {place: quantity.need for place, quantity in enumerate(quantities)
                      if quantity.need and place not in self.known}  # fmt: skip
        self.cover = Cover(self.system, self.known)
        self.proved = Proved.by(np.array([[quantity.value for quantity in quantities]], dtype=np.int64))
        self._printed = np.array([quantity.when_printed for quantity in quantities], dtype=np.int64).reshape(-1, 2)
        self._hidden = np.array([quantity.when_hidden for quantity in quantities], dtype=np.int64).reshape(-1, 2)
        places = sorted(self.known)
        self._printed[places] = self._hidden[places] = self.proved.fills[0, places][:, None]
        self._ends = np.full_like(self._printed, -1)

    def told(self, hidden: frozenset[int]) -> None:
        """From now on these numbers are hidden and the others printed. Fills that no longer agree are dropped."""
        covered = np.zeros(len(self._printed), dtype=bool)
        covered[list(hidden)] = True
        ends = np.where(covered[:, None], self._hidden, self._printed)
        changed = np.flatnonzero((ends != self._ends).any(axis=1))
        self._ends = ends
        part = self.proved.fills[:, changed]
        agree = ((part >= ends[changed, 0]) & (part <= ends[changed, 1])).all(axis=1)
        if not agree.all():
            self.proved = Proved.by(self.proved.fills[agree])
        if (self._ends[changed, 0] < self._ends[changed, 1]).any() or self._unknown & set(changed.tolist()):
            self._look_for_unknowns()

    def _look_for_unknowns(self) -> None:
        unknown = frozenset(np.flatnonzero(self._ends[:, 0] < self._ends[:, 1]).tolist())
        if unknown != self._unknown:
            self._unknown = unknown
            self._blocks.clear()

    def hear(self, fill: Numbers) -> None:
        """A fill found for another reader; kept where it agrees with all that this one knows."""
        if ((fill >= self._ends[:, 0]) & (fill <= self._ends[:, 1])).all():
            self._keep(fill)

    def forget(self) -> None:
        """Start from nothing: no block and no fill found earlier is believed."""
        self._blocks.clear()
        self._made.clear()
        self.found.clear()
        self.proved = Proved.by(self.proved.fills[:1])

    def seen(self, target: int) -> tuple[int, int]:
        """The range proved so far; never wider than the true one."""
        return int(self.proved.lowest[target]), int(self.proved.highest[target])

    def range(self, target: int) -> tuple[int, int]:
        """The range of `target` over all whole-number fills; narrower where the solver had no proof in time."""
        if target not in self._unknown:
            return self.seen(target)
        fills, places = self._fills(target)
        at = places.index(target)
        for up in (False, True):
            self._remember(places, fills.extreme(at, up=up))
        return self.seen(target)

    def enough(self, target: int) -> bool:
        """Whether the fills found so far prove this target safe."""
        need, (low, high) = self.needs.get(target), self.seen(target)
        return need is None or (high >= need.high and high - low >= need.width)

    def push(self, targets: Iterable[int]) -> None:
        """Look for fills that prove many targets at once: all as high as each needs, then all as low."""
        by_block: dict[int, list[int]] = {}
        for target in targets:
            if target in self._unknown:
                by_block.setdefault(self._block(target)[0][0], []).append(target)
        for group in by_block.values():
            fills, places = self._fills(group[0])
            at = [places.index(target) for target in group]
            needs = [self.needs[target] for target in group]
            value = self.proved.fills[0, group]
            high = np.maximum([need.high for need in needs], value)
            self._remember(places, fills.push(at, high, up=True))
            reached = np.array([max(need.high, self.seen(t)[1]) for need, t in zip(needs, group, strict=True)])
            low = np.minimum(reached - [need.width for need in needs], value)
            self._remember(places, fills.push(at, low, up=False))

    def block(self, target: int) -> list[int]:
        """The unknowns tied to `target`, itself among them; none where this reader knows it."""
        return self._block(target)[0] if target in self._unknown else []

    def _remember(self, places: list[int], fill: Numbers | None) -> None:
        if fill is None:
            return
        whole = self.proved.fills[0].copy()
        whole[places] = fill
        if self._keep(whole):
            self.found.append(whole)

    def _keep(self, fill: Numbers) -> bool:
        """Keep a fill that shows something new, and others as well while there are few: what proves a number twice
        still proves it when one of the two no longer agrees."""
        new = bool((fill < self.proved.lowest).any() or (fill > self.proved.highest).any())
        if new or len(self.proved.fills) < FILLS_KEPT:
            self.proved = self.proved.and_also(fill)
        return new

    def _block(self, target: int) -> Block:
        if not self._blocks:
            for block in blocks(self.system, self._unknown):
                self._blocks.update(dict.fromkeys(block[0], block))
        return self._blocks[target]

    def _fills(self, target: int) -> tuple[Fills, list[int]]:
        unknowns, rows = self._block(target)
        key = tuple(unknowns)
        if key not in self._made:
            if len(self._made) >= BLOCKS_KEPT:
                self._made.clear()
            self._made[key] = self._make(unknowns, rows)
        made = self._made[key]
        made.within(self._ends[unknowns, 0], self._ends[unknowns, 1])
        return made, unknowns

    def _make(self, unknowns: list[int], rows: list[int]) -> Fills:
        places = {place: at for at, place in enumerate(unknowns)}
        left, right = [], []
        for row in rows:
            terms = self.system.equations[row]
            left.append([(places[place], coefficient) for place, coefficient in terms if place in places])
            right.append(-sum(c * self.system.quantities[place].value for place, c in terms if place not in places))
        return Fills(left, right, self._ends[unknowns, 0], self._ends[unknowns, 1])


def blocks(system: System, unknown: frozenset[int]) -> list[Block]:
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
    groups: dict[int, Block] = {}
    for place in sorted(unknown):
        groups.setdefault(find(place), ([], []))[0].append(place)
    for row, place in held:
        groups[find(place)][1].append(row)
    return list(groups.values())
