"""The cheapest numbers to hide in a table by itself, where the search of `suppress` may have hidden one too many.

Hiding more only widens ranges. So where a set leaves a small number open, one of the numbers outside it must be hidden
as well, and the fewer those are the more that says: the set is first made as large as it can be with that number still
open. The cheapest set that meets every condition found so far is tried; the first that leaves nothing open is the
cheapest of all (the implicit hitting sets of Moreno-Centeno and Karp 2013; Fischetti and Salazar 2001 solve cell
suppression by conditions of this kind).

Ranges are those with fractions allowed, never narrower than the true ones, so every condition holds; in a table of two
groupings they are the true ones. What is found is a proposal: the audit of `suppress` decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import highspy
import numpy as np

from ddj_desktop.disclosure.reader import Reader
from ddj_desktop.disclosure.solver import Fills, engine, program
from ddj_desktop.disclosure.system import System

MOST_NUMBERS = 400
"""In a larger table the search stands as it is."""
MOST_RANGES = 4_000
"""After so many questions to the solver too. A count and no clock: the same table always comes out the same."""
MOST_BRANCHES = 10_000
"""Of one choice among the conditions."""


class Least:
    """The conditions found so far for one system and all its readers. `below()` looks for a cheaper set."""

    def __init__(self, system: System, must: frozenset[int], readers: Sequence[Reader]) -> None:
        """`must` is hidden anyway. Zeros and what is printed nowhere are no cover."""
        quantities = system.quantities
        self._must = must
        self._cost = {place: q.cost for place, q in enumerate(quantities) if place not in must and q.value}
        self._column = {place: at for at, place in enumerate(self._cost)}
        self._watched = [_Watched(system, reader) for reader in readers]
        self._in_conditions: Counter[int] = Counter()
        self._choice = engine()
        self._choice.setOptionValue("mip_max_nodes", MOST_BRANCHES)
        self._choice.setOptionValue("presolve", "on")
        size = len(self._cost)
        chosen = program([], [], np.zeros(size), np.ones(size), list(self._cost.values()))
        chosen.integrality_ = [highspy.HighsVarType.kInteger] * size
        self._choice.passModel(chosen)

    def below(self, cost: float) -> frozenset[int] | None:
        """The cheapest numbers to hide besides what must be; None where they cost no less than `cost`, and where the
        table is too large to tell."""
        if len(self._must) + len(self._cost) > MOST_NUMBERS:
            return None
        while self._asked() < MOST_RANGES:
            tried = self._cheapest()
            if tried is None or sum(self._cost[place] for place in tried) >= cost:
                return None
            found = self._conditions(self._must | tried)
            if not found:
                return tried
            for condition in found:
                self._in_conditions.update(condition)
                ones = np.ones(len(condition))
                places = np.array([self._column[place] for place in condition], dtype=np.int32)
                self._choice.addRow(1.0, highspy.kHighsInf, len(condition), places, ones)
        return None

    def _cheapest(self) -> frozenset[int] | None:
        """The cheapest set that meets every condition found so far."""
        self._choice.run()
        if self._choice.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        chosen = np.asarray(self._choice.getSolution().col_value) > 0.5
        return frozenset(place for place, taken in zip(self._cost, chosen, strict=True) if taken)

    def _conditions(self, hidden: frozenset[int]) -> list[tuple[int, ...]]:
        """For each number left open, numbers of which one at least must be hidden; each list once."""
        found: dict[tuple[int, ...], None] = {}
        for watched in self._watched:
            for target in watched.needs:
                if watched.open(target, hidden):
                    found[self._condition(watched, target, hidden)] = None
                    if self._asked() >= MOST_RANGES:
                        return list(found)
        return list(found)

    def _asked(self) -> int:
        return sum(watched.asked for watched in self._watched)

    def _condition(self, watched: _Watched, target: int, hidden: frozenset[int]) -> tuple[int, ...]:
        # Cheap numbers are hidden first, and those of earlier conditions: what is left then costs much and is new.
        order = sorted(
            (place for place in self._cost if place not in hidden),
            key=lambda place: (self._cost[place], -self._in_conditions[place], place),
        )
        outside = []
        for place in order:
            if watched.open(target, hidden | {place}):
                hidden |= {place}
            else:
                outside.append(place)
        return tuple(outside)


class _Watched:
    """One reader's ranges under any choice of hidden numbers: all numbers as one program, kept between questions."""

    def __init__(self, system: System, reader: Reader) -> None:
        quantities = system.quantities
        self.needs = reader.needs
        self.asked = 0
        self._value = np.array([quantity.value for quantity in quantities], dtype=np.int64)
        self._printed = np.array([quantity.when_printed for quantity in quantities], dtype=np.int64)
        self._hidden = np.array([quantity.when_hidden for quantity in quantities], dtype=np.int64)
        known = sorted(reader.known)
        self._printed[known] = self._hidden[known] = self._value[known, None]
        low, high = self._printed.T
        self._fills = Fills(system.equations, [0] * len(system.equations), low, high)

    def open(self, target: int, hidden: frozenset[int]) -> bool:
        """Whether the reader narrows `target` more than it may be narrowed."""
        covered = np.zeros(len(self._value), dtype=bool)
        covered[list(hidden)] = True
        low, high = np.where(covered[:, None], self._hidden, self._printed).T
        self._fills.within(low, high)
        need, value = self.needs[target], int(self._value[target])
        self.asked += 1
        highest = self._fills.end(target, up=True)
        if highest < need.high or highest < need.width:
            return True
        if highest - value >= need.width:
            return False
        self.asked += 1
        return highest - self._fills.end(target, up=False) < need.width
