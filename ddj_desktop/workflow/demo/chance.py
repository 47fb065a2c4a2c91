"""Random draws that the same seed and purpose always repeat, whatever was drawn for other purposes before."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Chance(random.Random):
    """A random generator of its own for one purpose."""

    @staticmethod
    def of(seed: int, *purpose: object) -> Chance:
        """The generator of this seed and purpose. Seeding by text does not depend on Python's hash seed."""
        return Chance("/".join(str(part) for part in (seed, *purpose)))

    def yes(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things, all alike likely."""
        return things[int(self.random() * len(things))]

    def digits(self, count: int) -> str:
        """So many random digits."""
        return "".join(self.pick("0123456789") for _ in range(count))

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def moment(self, first: date, last: date) -> datetime:
        """A minute of a day from `first` to `last`; evenings are fuller than mornings."""
        hour = self.pick((0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20, 21, 21, 22, 22, 23))
        day = self.day(first, last)
        return datetime(day.year, day.month, day.day, hour, self.randrange(60))


@dataclass(frozen=True)
class Weighted(Generic[Thing]):
    """Things with their weights, ready for quick draws."""

    things: tuple[Thing, ...]
    sums: tuple[float, ...]

    @staticmethod
    def of(pairs: Sequence[tuple[Thing, float]]) -> Weighted[Thing]:
        """From (thing, weight) pairs."""
        return Weighted(tuple(thing for thing, _ in pairs), tuple(accumulate(weight for _, weight in pairs)))

    def draw(self, chance: Chance) -> Thing:
        """One thing, as likely as its weight says."""
        return self.things[min(bisect(self.sums, chance.random() * self.sums[-1]), len(self.things) - 1)]
