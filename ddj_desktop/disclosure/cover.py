"""The cheapest way to let a hidden number vary: which other numbers must be hidden with it."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from ddj_desktop.disclosure.solver import engine, program
from ddj_desktop.disclosure.system import System, Term

Costs = NDArray[np.float64]


class Cover:
    """The flow model of Kelly, Golden and Assad: find a change of the whole system that keeps every equation, moves
    the target by a given amount and costs least.

    A number moves free within the range that is left to the reader anyway: all of it where it is hidden, a few where it
    is printed rounded, nothing where it is printed as it is. What moves further becomes hidden. A printed zero never
    moves: a reader may know that it must be zero.
    """

    def __init__(self, system: System, fixed: frozenset[int]) -> None:
        """`fixed` are the numbers this reader knows anyway: they can not be cover."""
        self._system, self._fixed = system, fixed
        quantities = system.quantities
        self._size = len(quantities)
        value = np.array([quantity.value for quantity in quantities], dtype=np.float64)
        free = np.array([place not in fixed for place in range(self._size)], dtype=np.float64)
        self._zero = np.array([quantity.value == 0 for quantity in quantities], dtype=bool)
        self._price = np.array([quantity.cost for quantity in quantities], dtype=np.float64)
        hidden = np.array([quantity.when_hidden for quantity in quantities], dtype=np.float64).reshape(-1, 2)
        printed = np.array([quantity.when_printed for quantity in quantities], dtype=np.float64).reshape(-1, 2)
        self._room_hidden = np.stack([hidden[:, 1] - value, value - hidden[:, 0]]) * free
        self._room_printed = np.stack([printed[:, 1] - value, value - printed[:, 0]]) * free
        self._engine = engine()
        rows = [_four(row, self._size) for row in system.equations]
        zeros = np.zeros(4 * self._size)
        self._engine.passModel(program(rows, [0] * len(rows), zeros, zeros, zeros))

    def cheapest(self, target: int, amount: int, hidden: frozenset[int]) -> list[int] | None:
        """The quantities to hide so that `target` can move by `amount` (down when negative); None when it can not."""
        covered = np.zeros(self._size, dtype=bool)
        covered[list(hidden)] = True
        at_once = np.where(covered, self._room_hidden, self._room_printed)
        paid = np.where(covered | self._zero, 0.0, self._room_hidden - self._room_printed)
        high = np.concatenate([at_once[0], at_once[1], paid[0], paid[1]])
        along, back = (target, target + self._size) if amount > 0 else (target + self._size, target)
        if abs(amount) > high[along]:
            return None
        low = np.zeros(4 * self._size)
        low[along] = high[along] = abs(amount)
        high[back] = 0.0
        every = np.arange(4 * self._size, dtype=np.int32)
        self._engine.changeColsBounds(len(every), every, low, high)
        return self._search(np.where(covered, 0.0, self._price))

    def _search(self, price: Costs) -> list[int] | None:
        best: list[int] | None = None
        each = price
        for _ in range(3):
            moved = self._move(each)
            if moved is None:
                return best
            found = [int(place) for place in np.flatnonzero(moved)]
            if best is None or self._sum(found) < self._sum(best):
                best = found
            # Slope scaling: hiding costs once, whatever the amount, so what moved is priced by its whole cost.
            each = np.where(moved > 0, price / np.maximum(moved, 1e-6), price)
        return best

    def _sum(self, places: list[int]) -> float:
        return float(self._price[places].sum())

    def _move(self, each: Costs) -> Costs | None:
        """How far each number moves beyond its free range, in the cheapest change at these prices."""
        cost = np.concatenate([np.zeros(2 * self._size), each, each])
        every = np.arange(len(cost), dtype=np.int32)
        self._engine.changeColsCost(len(every), every, cost)
        self._engine.run()
        if self._engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        moves = np.asarray(self._engine.getSolution().col_value)
        paid: Costs = moves[2 * self._size : 3 * self._size] + moves[3 * self._size :]
        return np.where(paid > 1e-6, paid, 0.0)


def _four(row: tuple[Term, ...], size: int) -> list[Term]:
    """An equation between changes: free and paid, up and down."""
    signs = (1, -1, 1, -1)
    return [(place + part * size, sign * coefficient) for part, sign in enumerate(signs) for place, coefficient in row]
