"""The search of privacy reference 1.4 as it stands, small and plain, to hold ours against on the same tables.

Nothing of `ddj_desktop/disclosure` is used. A table with its totals is a circulation: with the sign of the totals
turned every row and every column comes to nothing, so how far a hidden number can move is a greatest flow between its
row and its column through the other hidden numbers, in whole numbers. The pass rule is the one the reference's figures
were made with: upper end at least k, width at least k - 1, exact totals. Where k + 1 is asked, the fixpoint asks it.

Where the reference leaves a choice open it is made so: the fixpoint adds the smallest number that is not zero, inner
cells before totals; the gain of a number is what it adds to the target's upper end and width as far as they are asked
for, its cost the people it counts (with one for every number the shares come out the same to a tenth); where no number
helps alone, the smallest total of the target's row or column is hidden and the fixpoint gone through again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tests.disclosure.oracle import Cell, Grid


@dataclass(frozen=True)
class Reach:
    """How far a hidden number can go up and down, each counted only as far as it is asked for."""

    up: int
    down: int


@dataclass
class ReferenceSearch:
    """One table with its totals and the threshold. `solve()` gives the hidden numbers."""

    grid: Grid
    threshold: int
    high: int
    """What the upper end of a hidden number must reach: the threshold, or one more."""

    def __post_init__(self) -> None:
        self.rows, self.columns = len(self.grid) - 1, len(self.grid[0]) - 1
        self.cells = [(r, c) for r in range(self.rows + 1) for c in range(self.columns + 1)]
        self.small = frozenset(cell for cell in self.cells if 0 < self._value(cell) < self.threshold)

    def solve(self) -> frozenset[Cell]:
        """Primary, fixpoint, cover the worst first, prune."""
        hidden = self._fixpoint(self.small)
        while (worst := self._worst(hidden)) is not None:
            hidden = self._covered(worst, hidden)
        for cell in sorted(hidden - self.small, key=lambda cell: (-self._value(cell), cell)):
            if self._worst(hidden - {cell}) is None:
                hidden = hidden - {cell}
        return hidden

    def unsafe(self, hidden: frozenset[Cell]) -> list[Cell]:
        """Small numbers whose range is too low or too narrow."""
        return [cell for cell in sorted(self.small) if self._short(cell, hidden)]

    def exact(self, hidden: frozenset[Cell]) -> list[Cell]:
        """Small numbers that can be worked out."""
        return [cell for cell in sorted(self.small) if self._reach(cell, hidden) == Reach(0, 0)]

    def totals(self, hidden: Iterable[Cell]) -> list[Cell]:
        """The totals among hidden numbers."""
        return [cell for cell in hidden if not self._inner(cell)]

    def _value(self, cell: Cell) -> int:
        return self.grid[cell[0]][cell[1]]

    def _inner(self, cell: Cell) -> bool:
        return cell[0] < self.rows and cell[1] < self.columns

    def _lines(self) -> list[list[Cell]]:
        across = [[cell for cell in self.cells if cell[0] == r] for r in range(self.rows + 1)]
        return across + [[cell for cell in self.cells if cell[1] == c] for c in range(self.columns + 1)]

    def _fixpoint(self, hidden: frozenset[Cell]) -> frozenset[Cell]:
        """No line with one number hidden, and what is hidden of each line comes to what must be reached."""
        changed = True
        while changed:
            changed = False
            for line in self._lines():
                there = [cell for cell in line if cell in hidden]
                free = [cell for cell in line if cell not in hidden and self._value(cell)]
                if there and free and (len(there) == 1 or self._sum(line, there) < self.high):
                    hidden |= {min(free, key=lambda cell: (not self._inner(cell), self._value(cell), cell))}
                    changed = True
        return hidden

    def _sum(self, line: list[Cell], there: list[Cell]) -> int:
        """What is hidden of a line; a hidden total of it bounds nothing."""
        return self.high if line[-1] in there else sum(self._value(cell) for cell in there)

    def _short(self, cell: Cell, hidden: frozenset[Cell]) -> int:
        """By how much the range falls short of what is asked: upper end and width together."""
        reach = self._reach(cell, hidden)
        high = max(self.high - self._value(cell) - reach.up, 0)
        return high + max(self.threshold - 1 - reach.up - reach.down, 0)

    def _worst(self, hidden: frozenset[Cell]) -> Cell | None:
        """The unsafe number with the smallest upper end, then the narrowest range."""
        ranked = []
        for cell in self.unsafe(hidden):
            reach = self._reach(cell, hidden)
            ranked.append((self._value(cell) + reach.up, reach.up + reach.down, cell))
        return min(ranked)[2] if ranked else None

    def _covered(self, target: Cell, hidden: frozenset[Cell]) -> frozenset[Cell]:
        near = [
            cell for cell in self.cells
            if (cell[0] == target[0] or cell[1] == target[1]) and cell not in hidden and self._value(cell)
        ]  # fmt: skip
        before = self._short(target, hidden)
        for inner in (True, False):
            gains = {cell: before - self._short(target, hidden | {cell}) for cell in near if self._inner(cell) == inner}
            helping = [cell for cell, gain in gains.items() if gain > 0]
            if helping:
                return hidden | {min(helping, key=lambda cell: (-gains[cell] / self._value(cell), cell))}
        totals = [cell for cell in self.cells if cell not in hidden and not self._inner(cell) and self._value(cell)]
        return self._fixpoint(hidden | {min(totals, key=lambda cell: (cell not in near, self._value(cell), cell))})

    def _reach(self, target: Cell, hidden: frozenset[Cell]) -> Reach:
        return Reach(self._flow(target, hidden, up=True), self._flow(target, hidden, up=False))

    def _flow(self, target: Cell, hidden: frozenset[Cell], *, up: bool) -> int:
        """The greatest flow that lets the target move one way, no further than is asked for."""
        asked = self.high if up else self._value(target)
        room: list[dict[int, int]] = [{} for _ in range(self.rows + self.columns + 2)]
        for cell in hidden - {target}:
            row, column = cell[0], self.rows + 1 + cell[1]
            free, left = self.high * len(self.cells), self._value(cell)
            room[row][column], room[column][row] = (free, left) if self._turned(cell) == 1 else (left, free)
        start, end = self.rows + 1 + target[1], target[0]
        if up != (self._turned(target) == 1):
            start, end = end, start
        moved = 0
        while moved < asked and (way := _way(room, start, end)):
            step = min(asked - moved, *(room[here][there] for here, there in way))
            for here, there in way:
                room[here][there] -= step
                room[there][here] += step
            moved += step
        return moved

    def _turned(self, cell: Cell) -> int:
        return 1 if (cell[0] == self.rows) == (cell[1] == self.columns) else -1


def _way(room: list[dict[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The shortest way with room on every step; empty where there is none."""
    came = {start: start}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there, left in room[here].items():
            if left and there not in came:
                came[there] = here
                waiting.append(there)
    way = []
    here = end
    while here in came and here != start:
        way.append((came[here], here))
        here = came[here]
    return way
