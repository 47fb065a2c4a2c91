"""The only home of HiGHS: how low and how high a hidden number can be, and the cheapest way to blur one.

A range is believed only where a fill of whole numbers proves it: every solution is rounded and checked against the
equations in whole-number arithmetic. The relaxed answer (fractions allowed) is taken as it is only when it is whole;
otherwise the whole-number program is solved to proven optimality (privacy reference 1.4, 'Exactness').
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from ddj_desktop.disclosure.system import System, Term
from ddj_desktop.kernel.errors import OurFault

Numbers = NDArray[np.int64]


def _engine() -> Any:
    """A quiet solver that gives the same answer every time: one thread, fixed seed, no gap allowed."""
    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0),
        ("presolve", "off"), ("solver", "simplex"),
    ):  # fmt: skip
        engine.setOptionValue(name, value)
    return engine


def _program(rows: Sequence[Sequence[Term]], right: Sequence[int], low: Any, high: Any, cost: Any) -> Any:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(cost), len(rows)
    program.col_cost_ = np.asarray(cost, dtype=np.float64)
    program.col_lower_ = np.asarray(low, dtype=np.float64)
    program.col_upper_ = np.asarray(high, dtype=np.float64)
    program.row_lower_ = program.row_upper_ = np.asarray(right, dtype=np.float64)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)])
    program.a_matrix_.index_ = np.array([place for row in rows for place, _ in row], dtype=np.int32)
    program.a_matrix_.value_ = np.array([coefficient for row in rows for _, coefficient in row], dtype=np.float64)
    return program


class Fills:
    """Every fill of one block of hidden numbers, in whole numbers from 0 to their caps, that the equations allow."""

    def __init__(self, rows: Sequence[Sequence[Term]], right: Sequence[int], caps: Sequence[int]) -> None:
        """`rows` use places 0..len(caps)-1; `right` is what each row must come to."""
        self._right, self._caps = np.asarray(right, dtype=np.int64), np.asarray(caps, dtype=np.int64)
        self._row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._place = np.array([place for row in rows for place, _ in row], dtype=np.int64)
        self._coefficient = np.array([coefficient for row in rows for _, coefficient in row], dtype=np.int64)
        size = len(caps)
        self._program = _program(rows, right, np.zeros(size), self._caps, np.zeros(size))
        self._relaxed = _engine()
        self._relaxed.passModel(self._program)
        self._whole: Any = None

    def extreme(self, place: int, *, up: bool) -> Numbers:
        """The fill in which the number at `place` is as high (or low) as it can be. Raises OurFault when none is."""
        found = self._solve(self._relaxed, place, up)
        if found is None:
            found = self._solve(self._whole_engine(), place, up)
        if found is None:
            raise OurFault(what="the audit of a table found no answer")
        return found

    def _whole_engine(self) -> Any:
        if self._whole is None:
            self._program.integrality_ = [highspy.HighsVarType.kInteger] * len(self._caps)
            self._whole = _engine()
            self._whole.passModel(self._program)
        return self._whole

    def _solve(self, engine: Any, place: int, up: bool) -> Numbers | None:
        engine.changeColCost(place, -1.0 if up else 1.0)
        engine.run()
        status = engine.getModelStatus()
        fill = np.rint(np.asarray(engine.getSolution().col_value)).astype(np.int64)
        best = abs(engine.getInfo().objective_function_value)
        engine.changeColCost(place, 0.0)  # only after reading: it clears the answer
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        return fill if abs(best - fill[place]) < 0.5 and self._holds(fill) else None

    def _holds(self, fill: Numbers) -> bool:
        """Whole-number check of every equation and every cap: no trust in fractions."""
        if (fill < 0).any() or (fill > self._caps).any():
            return False
        sums = np.zeros(len(self._right), dtype=np.int64)
        np.add.at(sums, self._row, self._coefficient * fill[self._place])
        return bool((sums == self._right).all())


class Cover:
    """The cheapest way to let one number vary: which others must vary with it.

    The flow model of Kelly, Golden and Assad: find a change of the whole system that keeps every equation, moves the
    target by a given amount and costs least, where a number already hidden moves free. What moves becomes hidden.
    A shown zero never moves: a reader may know that it must be zero.
    """

    def __init__(self, system: System, fixed: frozenset[int]) -> None:
        """`fixed` are the numbers this reader knows anyway: they can not be cover."""
        self._system = system
        self._size = len(system.quantities)
        self._values = np.array([quantity.value for quantity in system.quantities], dtype=np.int64)
        caps = np.array([quantity.cap for quantity in system.quantities], dtype=np.int64)
        self._high = np.concatenate([caps - self._values, self._values]).astype(np.float64)
        stuck = np.array([place in fixed for place in range(self._size)], dtype=bool)
        self._high[np.concatenate([stuck, stuck])] = 0.0
        rows = [[*row, *((place + self._size, -coefficient) for place, coefficient in row)] for row in system.equations]
        self._engine = _engine()
        zeros = np.zeros(2 * self._size)
        self._engine.passModel(_program(rows, [0] * len(rows), zeros, self._high, zeros))

    def cheapest(self, target: int, amount: int, hidden: frozenset[int]) -> list[int] | None:
        """The quantities to hide so that `target` can move by `amount` (down when negative); None when it can not."""
        cost, high = self._prices(hidden)
        low = np.zeros(2 * self._size)
        along, back = (target, target + self._size) if amount > 0 else (target + self._size, target)
        if abs(amount) > self._high[along]:
            return None
        low[along] = high[along] = abs(amount)
        high[back] = 0.0
        every = np.arange(2 * self._size, dtype=np.int32)
        self._engine.changeColsBounds(len(every), every, low, high)
        best: list[int] | None = None
        for _ in range(3):
            moved = self._move(cost)
            if moved is None:
                return best
            found = [int(place) for place in np.flatnonzero(moved) if int(place) not in hidden]
            if best is None or self._price(found) < self._price(best):
                best = found
            cost = self._reprice(moved, hidden)
        return best

    def _price(self, places: list[int]) -> float:
        return sum(self._system.quantities[place].cost for place in places)

    def _prices(self, hidden: frozenset[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        cost, high = np.zeros(2 * self._size), self._high.copy()
        for place, quantity in enumerate(self._system.quantities):
            if place not in hidden:
                cost[place] = cost[place + self._size] = quantity.cost
                if quantity.value == 0:
                    high[place] = 0.0
        return cost, high

    def _move(self, cost: NDArray[np.float64]) -> NDArray[np.float64] | None:
        every = np.arange(2 * self._size, dtype=np.int32)
        self._engine.changeColsCost(len(every), every, cost)
        self._engine.run()
        if self._engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        both = np.asarray(self._engine.getSolution().col_value)
        moves = both[: self._size] + both[self._size :]
        return np.asarray(np.where(moves > 1e-6, moves, 0.0))

    def _reprice(self, moved: NDArray[np.float64], hidden: frozenset[int]) -> NDArray[np.float64]:
        """Slope scaling: hiding costs once, whatever the amount, so price what moved by its whole cost."""
        cost = np.zeros(2 * self._size)
        for place, quantity in enumerate(self._system.quantities):
            if place not in hidden:
                each = quantity.cost / moved[place] if moved[place] else quantity.cost
                cost[place] = cost[place + self._size] = each
        return cost
