"""Every number of a release as one system: whole numbers from zero up, tied by equations a reader can write down.

The model is the one of privacy reference 1.4: whatever is printed is a known value, whatever is hidden is an unknown,
and a reader may use every equation between them (a total is the sum of its parts, the list is who stayed plus who
came). A number that is never printed but can be worked out (the 5 people *not* counted in '85 of 90') is in the
system as well, always hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ddj_desktop.kernel.errors import OurFault

Term = tuple[int, int]
"""(number of the quantity, its coefficient)."""


@dataclass(frozen=True)
class Need:
    """What a reader's best range for a hidden number must reach: its upper end, and its width."""

    high: int
    width: int


@dataclass(frozen=True)
class Quantity:
    """One number of the release."""

    key: str
    """Its name: the same number printed in five places is one quantity with one key."""
    value: int
    cap: int
    """The largest value a reader must hold possible (the county's population, for people)."""
    need: Need | None
    """What hiding it must achieve; None when it may be shown."""
    printed: bool
    """False for a number that can be worked out but is printed nowhere."""
    cost: float
    """What is lost by hiding it as cover: inner cells little, totals more, headline figures most."""
    seen: tuple[int, int] | None = None
    """Lowest and highest value a reader can hold possible once it is printed; None where the value itself is printed,
    two ends where it is printed rounded."""
    low: int = 0
    """The smallest value a reader must hold possible even while it is hidden: above 0 where an earlier release told."""

    @property
    def when_printed(self) -> tuple[int, int]:
        """The range that is left to a reader by printing it."""
        return self.seen or (self.value, self.value)

    @property
    def when_hidden(self) -> tuple[int, int]:
        """The range that is left to a reader while it is hidden, before any equation is used."""
        return self.low, self.cap


@dataclass(frozen=True)
class System:
    """The quantities of a release and the equations between them, each `sum of coefficient x quantity = 0`."""

    quantities: tuple[Quantity, ...]
    equations: tuple[tuple[Term, ...], ...]


@dataclass
class Builder:
    """Collects quantities under names, ties and equalities, then makes the system."""

    names: dict[str, int] = field(default_factory=dict)
    _quantities: list[Quantity] = field(default_factory=list)
    _same: list[int] = field(default_factory=list)
    _equations: list[list[Term]] = field(default_factory=list)

    def add(self, quantity: Quantity) -> int:
        """Add one quantity; its key must be new. Returns its number."""
        if quantity.key in self.names:
            raise OurFault(what="two numbers of a release share a name")
        self.names[quantity.key] = len(self._quantities)
        self._same.append(len(self._quantities))
        self._quantities.append(quantity)
        return len(self._quantities) - 1

    def tie(self, wholes: Sequence[int], parts: Sequence[int]) -> None:
        """Tie: the sum of `wholes` is the sum of `parts`. One against one is the same number printed twice."""
        if sum(map(self.value, parts)) != sum(map(self.value, wholes)):
            raise OurFault(what=f"parts do not add up to {self._quantities[wholes[0]].key}")
        if len(parts) == len(wholes) == 1:
            self._same[self._root(wholes[0])] = self._root(parts[0])
        else:
            self._equations.append([*((whole, -1) for whole in wholes), *((part, 1) for part in parts)])

    def equation(self, terms: Sequence[Term]) -> None:
        """Add an equation `sum of coefficient x quantity = 0` as it is."""
        if sum(coefficient * self.value(number) for number, coefficient in terms):
            raise OurFault(what="an equation between numbers of a release does not hold")
        self._equations.append(list(terms))

    def dearer(self, number: int, cost: float) -> None:
        """Hiding this quantity as cover costs at least so much."""
        here = self._quantities[number]
        self._quantities[number] = replace(here, cost=max(here.cost, cost))

    def _root(self, number: int) -> int:
        while self._same[number] != number:
            number = self._same[number]
        return number

    def value(self, number: int) -> int:
        """The true value of a quantity."""
        return self._quantities[number].value

    def done(self) -> tuple[System, dict[str, int]]:
        """The system with equal numbers made one, and the number of each name in it."""
        roots = [self._root(number) for number in range(len(self._quantities))]
        keys: dict[int, str] = {}
        for number, root in enumerate(roots):
            keys[root] = min(keys.get(root, self._quantities[number].key), self._quantities[number].key)
        # Places by name, so that the answer does not hang on the order in which rows or tables came.
        order = {root: place for place, root in enumerate(sorted(keys, key=keys.__getitem__))}
        merged: list[Quantity | None] = [None] * len(order)
        for number, root in enumerate(roots):
            place = order[root]
            before = merged[place]
            here = self._quantities[number]
            merged[place] = here if before is None else _merge(before, here)
        equations = set()
        for terms in self._equations:
            sums: dict[int, int] = {}
            for number, coefficient in terms:
                place = order[roots[number]]
                sums[place] = sums.get(place, 0) + coefficient
            equations.add(tuple(sorted((place, c) for place, c in sums.items() if c)))
        names = {name: order[roots[number]] for name, number in self.names.items()}
        kept = tuple(quantity for quantity in merged if quantity is not None)
        return System(kept, tuple(sorted(equation for equation in equations if equation))), names


def _merge(one: Quantity, other: Quantity) -> Quantity:
    needs = [need for need in (one.need, other.need) if need]
    need = Need(max(n.high for n in needs), max(n.width for n in needs)) if needs else None
    seen = (
        max(one.when_printed[0], other.when_printed[0]), min(one.when_printed[1], other.when_printed[1]),
    )  # fmt: skip
    return replace(
        one, key=min(one.key, other.key), cap=min(one.cap, other.cap), need=need, printed=one.printed or other.printed,
        cost=max(one.cost, other.cost), seen=seen, low=max(one.low, other.low),
    )  # fmt: skip
