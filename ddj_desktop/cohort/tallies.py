"""What is counted, without any window: keys laid in order of unit and day once, to be asked for any date.

A key is a unit's place times a stride plus a day number. A part answers two questions: how much each unit had up to
one day (`on`), and how much lies between two keys (`between`). So the month lists of two years are forty-nine questions
to the same keys, and a rolling window's sums are made once for every date (`Rolled`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ddj_desktop.cohort.contacts import NO_END, Contacts, Mask, Numbers
from ddj_desktop.cohort.types import Measure
from ddj_desktop.cohort.windows import months_back, whole_turns
from ddj_desktop.registers.costs import CostTable

STRIDE = 1 << 21
"""Room for the days of one unit in a key that orders by unit, then day."""
ZERO_DAY = 1 << 20
"""Added to a day number so that days before 1970 stay positive (the years before 900 and after 4800 do not fit)."""
NO_DAY = -(1 << 18)
"""A day number before any contact."""


def key(unit: Numbers, day: Numbers | int) -> Numbers:
    """Keys of units and days."""
    return unit * STRIDE + (day + ZERO_DAY)


def apart(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The unit and the day number of each key."""
    return keys // STRIDE, keys % STRIDE - ZERO_DAY


def highest_of(unit: Numbers, amount: Numbers, units: int, least: int) -> Numbers:
    """The highest amount of each of so many units, `least` where it has none. Units come in ascending order."""
    found = np.full(units, least, np.int64)
    if len(unit):
        begins = np.flatnonzero(np.concatenate([[True], unit[1:] != unit[:-1]]))
        found[unit[begins]] = np.maximum.reduceat(amount, begins)
    return found


@dataclass(frozen=True)
class Points:
    """Start days as keys in ascending order; each adds `worth`, or any of them one where `presence` is asked."""

    keys: Numbers
    worth: int = 1
    presence: bool = False

    @cached_property
    def _apart(self) -> tuple[Numbers, Numbers]:
        return apart(self.keys)

    @property
    def fronts(self) -> Numbers:
        """Keys of the last days of what adds."""
        return self.keys

    @property
    def backs(self) -> Numbers:
        """Keys of the first days of what adds."""
        return self.keys

    def within(self, after: int, upto: int, units: int) -> Numbers:
        """How much each unit has after one day and up to another."""
        unit, day = self._apart
        return self._worth(np.bincount(unit[(day > after) & (day <= upto)], minlength=units))

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        """How much lies between keys."""
        return self._worth(np.searchsorted(self.keys, upto, "right") - np.searchsorted(self.keys, after, "right"))

    def last(self, upto: int, units: int) -> Numbers:
        """The last day up to `upto` of each unit; NO_DAY where there is none."""
        unit, day = self._apart
        seen = day <= upto
        return highest_of(unit[seen], day[seen], units, NO_DAY)

    def _worth(self, found: Numbers) -> Numbers:
        return (found > 0).astype(np.int64) if self.presence else found * self.worth


@dataclass(frozen=True)
class Spells:
    """Stretches of days that neither overlap nor touch, in ascending order; each day adds `worth`."""

    first: Numbers
    last: Numbers
    worth: int = 1

    @property
    def fronts(self) -> Numbers:
        """Keys of the last days of what adds."""
        return self.last

    @property
    def backs(self) -> Numbers:
        """Keys of the first days of what adds."""
        return self.first

    @cached_property
    def _apart(self) -> tuple[Numbers, Numbers, Numbers]:
        return *apart(self.first), apart(self.last)[1]

    def within(self, after: int, upto: int, units: int) -> Numbers:
        """How much each unit has after one day and up to another."""
        unit, first, last = self._apart
        inside = np.flatnonzero((last > after) & (first <= upto))
        days = np.minimum(last[inside], upto) - np.maximum(first[inside], after + 1) + 1
        # Whole days as weights are exact: a sum of them stays far below 2 to the 53
        return np.bincount(unit[inside], np.maximum(days, 0), units).astype(np.int64) * self.worth

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        """How much lies between keys."""
        return (self._upto(upto) - self._upto(after)) * self.worth

    def over(self, days: Numbers) -> Numbers:
        """Keys of those of some days, ascending, that lie in a stretch."""
        unit, first, last = self._apart
        begins, ends = np.searchsorted(days, first, "left"), np.searchsorted(days, last, "right")
        each = ends - begins
        place = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each) + np.repeat(begins, each)
        return key(np.repeat(unit, each), days[place])

    def _upto(self, keys: Numbers) -> Numbers:
        if not len(self.first):
            return np.zeros(len(keys), np.int64)
        lengths = self.last - self.first + 1
        before = np.concatenate([[0], np.cumsum(lengths)])
        at = np.searchsorted(self.first, keys, "right") - 1
        inside = np.clip(keys - self.first[at] + 1, 0, lengths[at])
        return np.where(at < 0, 0, before[at] + inside)


Part = Points | Spells


def joined(begin: Numbers, end: Numbers, worth: int = 1) -> Spells:
    """Stretches of keys, both ends included, joined where they overlap or follow one another."""
    if not len(begin):
        return Spells(begin, end, worth)
    order = np.argsort(begin, kind="stable")
    begin, end = begin[order], np.maximum.accumulate(end[order])
    fresh = np.concatenate([[True], begin[1:] > end[:-1] + 1])
    last_of = np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(begin) - 1]])
    return Spells(begin[fresh], end[last_of], worth)


def parts_of(contacts: Contacts, measure: Measure, scope: Mask, costs: CostTable, year: int) -> tuple[Part, ...]:
    """What a measure adds up, of the contacts in its scope, whatever its window."""
    if measure.count == "contacts":
        return (_points(contacts, scope),)
    if measure.count == "days":
        return (_spells(contacts, scope & contacts.has_length),)
    if measure.count == "points":
        return _weighted(contacts, measure, scope)
    if measure.count == "kinds":
        return tuple(_points(contacts, scope & (contacts.kind == kind), presence=True)
                     for kind in np.unique(contacts.kind[scope]))  # fmt: skip
    kinds = sorted({source.kind for source in contacts.sources})
    of_kind = {
        kind: scope & np.array([source.kind == kind for source in contacts.sources])[contacts.source] for kind in kinds
    }
    if measure.count == "systems":
        return tuple(_points(contacts, mask, presence=True) for mask in of_kind.values() if mask.any())
    parts: list[Part] = []
    if measure.count == "episodes":
        parts.append(_points(contacts, scope & ~contacts.has_length))
        parts += [Points(_spells(contacts, mask & contacts.has_length).first) for mask in of_kind.values()]
        return tuple(parts)
    for kind, mask in of_kind.items():
        parts.append(_points(contacts, mask, costs.cents(kind, "contact", year)))
        parts.append(_spells(contacts, mask & contacts.has_length, costs.cents(kind, "day", year)))
    return tuple(part for part in parts if part.worth)


def _weighted(contacts: Contacts, measure: Measure, scope: Mask) -> tuple[Part, ...]:
    """Contacts of each source, worth what the measure says; of sources it does not name, nothing."""
    parts: list[Part] = []
    for place, source in enumerate(contacts.sources):
        worth = next((points for name, points in measure.points if source.named_in((name,))), 0)
        if worth:
            parts.append(_points(contacts, scope & (contacts.source == place), worth))
    return tuple(parts)


def _points(contacts: Contacts, mask: Mask, worth: int = 1, *, presence: bool = False) -> Points:
    return Points(key(contacts.unit[mask], contacts.first_day[mask]), worth, presence)


def _spells(contacts: Contacts, mask: Mask, worth: int = 1) -> Spells:
    unit = contacts.unit[mask]
    last = np.minimum(contacts.last_day[mask], NO_END)
    return joined(key(unit, contacts.first_day[mask]), key(unit, last), worth)


@dataclass(frozen=True)
class Rolled:
    """The sums of windows of `months` months for every unit and every last day at which one may be highest.

    As a window moves on by a day, its sum rises only by what the new day brings and falls only by what drops out
    behind. So it can stop rising only on the day a contact starts or a stretch of days ends, on the last day before
    a contact or the beginning of a stretch drops out, or inside a stretch where the calendar makes the beginning move
    on faster. Of single days alone, some highest window ends on one of them.
    """

    unit: Numbers
    end: Numbers
    value: Numbers

    @classmethod
    def of(cls, parts: Sequence[Part], months: int, last: int) -> Rolled:
        """Lay out the windows that may be highest; `last` is a day after which none is asked for."""
        ends = [part.fronts for part in parts]
        if any(isinstance(part, Spells) for part in parts):
            ends += [_last_holding(part.backs, months) for part in parts]
            fronts = [apart(part.backs)[1] for part in parts]
            earliest = min((int(day.min()) for day in fronts if len(day)), default=last)
            turns = whole_turns(earliest, last, months)
            ends += [part.over(turns) for part in parts if isinstance(part, Spells)]
        upto = _in_order(ends)
        unit, end = apart(upto)
        after = key(unit, months_back(end, months))
        value = np.zeros(len(upto), np.int64)
        for part in parts:
            value += part.between(after, upto)
        return cls(unit, end, value)

    def highest(self, after: int, upto: int, units: int) -> tuple[Numbers, Numbers]:
        """The highest of the windows that end after one day and up to another, and the latest such end; -1 and NO_DAY
        where there is none."""
        inside = np.flatnonzero((self.end > after) & (self.end <= upto))
        score = key(self.value[inside], self.end[inside])
        return apart(highest_of(self.unit[inside], score, units, -STRIDE + (NO_DAY + ZERO_DAY)))

    def last_end(self, after: int, upto: int, units: int) -> Numbers:
        """The latest end after one day and up to another; NO_DAY where there is none."""
        inside = np.flatnonzero((self.end > after) & (self.end <= upto))
        return highest_of(self.unit[inside], self.end[inside], units, NO_DAY)


def _in_order(keys: Sequence[Numbers]) -> Numbers:
    """Keys of several lists, each once, ascending. Lists come in order, which a merge sort makes use of."""
    found = np.concatenate([np.zeros(0, np.int64), *keys])
    found.sort(kind="stable")
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = found[1:] != found[:-1]
    return found[fresh]


def _last_holding(keys: Numbers, months: int) -> Numbers:
    """Keys of the last days of the last windows that still hold each of some days."""
    unit, day = apart(keys)
    if not len(day):
        return keys
    ends = np.arange(int(day.min()), int(day.max()) + 31 * months + 1, dtype=np.int64)
    begins = months_back(ends, months)
    held = ends[np.searchsorted(begins, np.arange(ends[0], int(day.max()) + 1), "left") - 1]
    return key(unit, held[day - ends[0]])
