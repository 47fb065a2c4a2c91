"""The only home of HiGHS: how low and how high a hidden number can be.

A range is believed only where a fill of whole numbers proves it: every solution is rounded and checked against the
equations in whole-number arithmetic. The relaxed answer (fractions allowed) is taken as it is only when it is whole;
otherwise the whole-number program is solved to proven optimality (privacy reference 1.4, 'Exactness').
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from ddj_desktop.disclosure.system import Term
from ddj_desktop.kernel.errors import OurFault

Numbers = NDArray[np.int64]

LONGEST_PROOF = 5.0
"""Seconds for one whole-number program; a number without a proof by then is no safe number."""


def engine() -> Any:
    """A quiet solver that gives the same answer every time: one thread, fixed seed, no gap allowed."""
    made: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0),
        ("presolve", "off"), ("solver", "simplex"),
    ):  # fmt: skip
        made.setOptionValue(name, value)
    return made


def program(rows: Sequence[Sequence[Term]], right: Sequence[int], low: Any, high: Any, cost: Any) -> Any:
    """A linear program: each of `rows` comes to its `right`, every column within `low` and `high`."""
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = len(cost), len(rows)
    made.col_cost_ = np.asarray(cost, dtype=np.float64)
    made.col_lower_ = np.asarray(low, dtype=np.float64)
    made.col_upper_ = np.asarray(high, dtype=np.float64)
    made.row_lower_ = made.row_upper_ = np.asarray(right, dtype=np.float64)
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)])
    made.a_matrix_.index_ = np.array([place for row in rows for place, _ in row], dtype=np.int32)
    made.a_matrix_.value_ = np.array([coefficient for row in rows for _, coefficient in row], dtype=np.float64)
    return made


class Fills:
    """Every fill of one block of unknown numbers, in whole numbers within their bounds, that the equations allow."""

    def __init__(self, rows: Sequence[Sequence[Term]], right: Sequence[int], low: Numbers, high: Numbers) -> None:
        """`rows` use places 0..len(low)-1; `right` is what each row must come to."""
        self._right, self._low, self._high = np.asarray(right, dtype=np.int64), low, high
        self._row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._place = np.array([place for row in rows for place, _ in row], dtype=np.int64)
        self._coefficient = np.array([coefficient for row in rows for _, coefficient in row], dtype=np.int64)
        self._every = np.arange(len(low), dtype=np.int32)
        self._program = program(rows, right, low, high, np.zeros(len(low)))
        self._relaxed = engine()
        self._relaxed.passModel(self._program)
        self._whole: Any = None

    def within(self, low: Numbers, high: Numbers) -> None:
        """From now on with these bounds."""
        if (low == self._low).all() and (high == self._high).all():
            return
        self._low, self._high = low, high
        for made in (self._relaxed, self._whole):
            if made is not None:
                made.changeColsBounds(len(low), self._every, low.astype(np.float64), high.astype(np.float64))

    def extreme(self, place: int, *, up: bool) -> Numbers | None:
        """The fill in which the number at `place` is as high (or low) as it can be; None where no proof was found.

        Raises OurFault when there is no fill at all.
        """
        cost = np.zeros(len(self._low))
        cost[place] = -1.0 if up else 1.0
        found = self._solve(self._relaxed, cost)
        return self._solve(self._whole_engine(), cost) if found is None else found

    def end(self, place: int, *, up: bool) -> int:
        """How high (or low) the number at `place` can be with fractions allowed: never nearer than the true end."""
        cost = np.zeros(len(self._low))
        cost[place] = -1.0 if up else 1.0
        found = self._run(self._relaxed, cost)
        if found is None:
            return int((self._high if up else self._low)[place])
        exact = float(found[place])
        return math.floor(exact + 1e-6) if up else math.ceil(exact - 1e-6)

    def push(self, places: Sequence[int], ends: Numbers, *, up: bool) -> Numbers | None:
        """One fill in which as many as can be of `places` go up (or down) to `ends`, and none of them beyond.

        There must be a fill in which none is beyond its end. None where no proof was found.
        """
        low, high, cost = self._low.copy(), self._high.copy(), np.zeros(len(self._low))
        at = np.asarray(places)
        if up:
            high[at], cost[at] = np.minimum(high[at], ends), -1.0
        else:
            low[at], cost[at] = np.maximum(low[at], ends), 1.0
        before = self._low, self._high
        self.within(low, high)
        found = self._solve(self._relaxed, cost)
        self.within(*before)
        return found

    def _whole_engine(self) -> Any:
        if self._whole is None:
            self._program.integrality_ = [highspy.HighsVarType.kInteger] * len(self._low)
            self._program.col_lower_ = self._low.astype(np.float64)
            self._program.col_upper_ = self._high.astype(np.float64)
            self._whole = engine()
            self._whole.passModel(self._program)
        self._whole.setOptionValue("time_limit", self._whole.getRunTime() + LONGEST_PROOF)
        return self._whole

    def _solve(self, made: Any, cost: NDArray[np.float64]) -> Numbers | None:
        exact = self._run(made, cost)
        if exact is None:
            return None
        fill = np.rint(exact).astype(np.int64)
        return fill if np.abs(exact - fill).max(initial=0.0) < 0.01 and self._holds(fill) else None

    def _run(self, made: Any, cost: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The solver's answer as it is, fractions and all; None where it found no best one."""
        made.changeColsCost(len(cost), self._every, cost)
        made.run()
        if made.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise OurFault(what="the audit of a table found no answer")
        if made.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found: NDArray[np.float64] = np.asarray(made.getSolution().col_value)
        return found

    def _holds(self, fill: Numbers) -> bool:
        """Whole-number check of every equation and every bound: no trust in fractions."""
        if (fill < self._low).any() or (fill > self._high).any():
            return False
        sums = np.zeros(len(self._right), dtype=np.int64)
        np.add.at(sums, self._row, self._coefficient * fill[self._place])
        return bool((sums == self._right).all())
