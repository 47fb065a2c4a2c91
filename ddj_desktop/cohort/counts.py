"""Counting: contacts, days, systems, kinds and cost of every unit, in one window or the highest of many.

What a day is. A stay counts every calendar day it touches, from the day it starts to the day it ends, both
included: any part of a day in custody is a day (the rule by which jail time is credited and bed-days are charged),
and a stay of three hours takes a bed and a booking as much as a longer one. A midnight headcount would call it 0.
Days of stays of one person that overlap or touch on the same calendar day count once. A stay without an end, or
with one after the as-of date, lasts to the as-of date and is called open. Days are clipped to the window, so a stay
that began before it gives the days it has inside. A contact counts on its start day, and only where that day is not
after the as-of date. A call or a visit has no days.

An episode is a stretch of days of stays in one kind of source: stays that overlap, or of which one begins at the latest
the day after the other ends, are one (a transfer out and in, a release at 23:59 and a booking at 0:01). It counts on
its first day; a contact without length is an episode of its own. Points are contacts, each worth what the rule says.

Systems are kinds of source: two files of the same jail are one system. Cost is in cents inside, the unit cost of a
contact for each contact and that of a day for each day of a source kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from ddj_desktop.cohort.contacts import NO_END, Contacts, Flags, Mask, Numbers
from ddj_desktop.cohort.tallies import (
    NO_DAY,
    STRIDE,
    ZERO_DAY,
    Part,
    Points,
    Rolled,
    Spells,
    apart,
    highest_of,
    key,
    parts_of,
)
from ddj_desktop.cohort.types import AnyMonths, BeforeEach, BeforeLast, Measure, Since, TrailingMonths
from ddj_desktop.cohort.windows import day_number, first_to_move, months_back, span_of
from ddj_desktop.registers.costs import CostTable

KEPT = 64
"""Counts a county keeps for the next question: at 60,000 people about 60 MB at most."""
KEPT_TALLIES = 8
"""Measures a county keeps laid out, whatever their windows: at 1,000,000 contacts about 30 MB each."""
_AHEAD = 4_096
"""Windows are laid out to the next of so many days, so that asking for a later date seldom lays them out again."""


@dataclass(frozen=True)
class Tally:
    """One measure laid out without its window: what it adds up, and the sums of rolling windows made so far."""

    contacts: Contacts
    scope: Mask
    parts: tuple[Part, ...]
    rolled: dict[tuple[int, int], Rolled] = field(default_factory=dict)

    def within(self, after: int, upto: int) -> Numbers:
        """How much each unit has after one day and up to another."""
        units = len(self.contacts.ids)
        return sum((part.within(after, upto, units) for part in self.parts), np.zeros(units, np.int64))

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        """How much each unit has after its own day and up to its own other."""
        everyone = np.arange(len(self.contacts.ids), dtype=np.int64)
        low, high = key(everyone, after), key(everyone, upto)
        return sum((part.between(low, high) for part in self.parts), np.zeros(len(everyone), np.int64))

    def highest_before(self, unit: Numbers, days: Numbers, months: int) -> tuple[Numbers, Numbers]:
        """The highest sum over the windows of so many months that end on some days of units (units ascending), and the
        latest end that gives it; 0 and NO_DAY for a unit without any."""
        after, upto = key(unit, months_back(days, months)), key(unit, days)
        sums = sum((part.between(after, upto) for part in self.parts), np.zeros(len(unit), np.int64))
        nothing = NO_DAY + ZERO_DAY
        best = highest_of(unit, sums * STRIDE + (days + ZERO_DAY), len(self.contacts.ids), nothing)
        return best // STRIDE, best % STRIDE - ZERO_DAY

    def highest(self, window: AnyMonths, as_of: date) -> tuple[Numbers, Numbers]:
        """The highest sum over all windows of a rolling rule, and the latest window end that gives it: exact, no end
        day between those tried can give more.

        Windows that end while the look-back still cuts their beginning only grow, so the last of them is the highest;
        all others are sums over whole windows, made once for every date.
        """
        units, today = len(self.contacts.ids), day_number(as_of)
        floor, still = first_to_move(window, as_of)
        rolled = self._rolled(window.any_months, today)
        stretches = any(isinstance(part, Spells) for part in self.parts)
        cut = np.full(units, still, np.int64) if stretches else rolled.last_end(floor, still, units)
        tried = [(self.within(floor, still), cut), rolled.highest(still, today, units)]
        if stretches and still < today:
            before = int(months_back(np.array([today], np.int64), window.any_months)[0])
            tried.append((self.within(before, today), np.full(units, today, np.int64)))
        nothing = np.full(units, today + ZERO_DAY, np.int64)
        best = np.maximum.reduce([nothing, *(value * STRIDE + (end + ZERO_DAY) for value, end in tried)])
        return best // STRIDE, best % STRIDE - ZERO_DAY

    def _rolled(self, months: int, today: int) -> Rolled:
        last = (today // _AHEAD + 1) * _AHEAD
        if (months, last) not in self.rolled:
            self.rolled.clear()
            self.rolled[months, last] = Rolled.of(self.parts, months, last)
        return self.rolled[months, last]


@dataclass(frozen=True)
class Counted:
    """What was counted for every unit."""

    value: Numbers
    """Contacts, days, systems, kinds; cents for cost."""
    window_end: Numbers
    """Last day of the window that gave the value: of equally high windows that were tried the latest, which for
    contacts, systems and kinds ends on the day of a contact."""
    tally: Tally
    after: Numbers | int
    upto: Numbers | int
    """The days looked at: after one and up to another, of each unit or the same for all."""
    today: int
    touching: bool
    """Whether stays count by their days, and not by the day they begin."""

    @cached_property
    def open_stays(self) -> Numbers:
        """Stays among those counted that had not ended by the as-of date, of every unit."""
        contacts = self.tally.contacts
        stays = np.flatnonzero(self.tally.scope & contacts.has_length & (contacts.last_day > self.today))
        unit, began = contacts.unit[stays], contacts.first_day[stays]
        after, upto = (days if isinstance(days, int) else days[unit] for days in (self.after, self.upto))
        counted = (began <= np.minimum(upto, self.today)) & ((began > after) | self.touching)
        return np.bincount(unit[counted & (after < upto)], minlength=len(contacts.ids))


@dataclass(frozen=True)
class Counts:
    """The contacts of a county, what a contact costs, and every count made of them so far.

    A threshold is no part of a count, so that trying another one counts nothing again; nor is a window part of a tally.
    """

    contacts: Contacts
    costs: CostTable
    flags: dict[str, Flags]
    """Of every attribute a measure narrows by."""
    made: dict[tuple[Measure, date], Counted] = field(default_factory=dict)
    tallies: dict[tuple[Measure, int], Tally] = field(default_factory=dict)

    def of(self, measure: Measure, as_of: date) -> Counted:
        """Count one measure for every unit on `as_of`, or give the count made before."""
        kept = (measure, as_of)
        found = self.made.pop(kept, None) or self._count(measure, as_of)
        while len(self.made) >= KEPT:
            self.made.pop(next(iter(self.made)))
        self.made[kept] = found
        return found

    def last_day(self, sources: tuple[str, ...], exclude: tuple[str, ...], as_of: date) -> Numbers:
        """The day of each unit's last contact with some sources up to `as_of`; NO_DAY where there is none."""
        return self._points(sources, exclude, as_of).last(day_number(as_of), len(self.contacts.ids))

    def _points(self, sources: tuple[str, ...], exclude: tuple[str, ...], as_of: date) -> Points:
        """The days on which contacts with some sources began."""
        tally = self._tally(Measure("contacts", sources, exclude, _NO_WINDOW), as_of)
        (points,) = (part for part in tally.parts if isinstance(part, Points))
        return points

    def _count(self, measure: Measure, as_of: date) -> Counted:
        tally, span, today = self._tally(measure, as_of), span_of(measure.window, as_of), day_number(as_of)
        by_day = measure.count in ("days", "cost")
        if isinstance(measure.window, BeforeEach):
            return self._before_each(tally, measure.window, as_of, by_day)
        if isinstance(measure.window, BeforeLast):
            last = self.last_day(measure.window.of, (), as_of)
            before = np.where(last > NO_DAY, months_back(last, measure.window.months), last)
            return Counted(tally.between(before, last), last, tally, before, last, today, by_day)
        after, upto = day_number(span.first) - 1, day_number(span.last)
        if isinstance(measure.window, AnyMonths):
            value, end = tally.highest(measure.window, as_of)
        else:
            value, end = tally.within(after, upto), np.full(len(self.contacts.ids), upto, np.int64)
        return Counted(value, end, tally, after, upto, today, by_day)

    def _before_each(self, tally: Tally, window: BeforeEach, as_of: date, by_day: bool) -> Counted:
        today, unit_days = day_number(as_of), apart(self._points(window.of, (), as_of).keys)
        floor = day_number(span_of(TrailingMonths(window.within_months), as_of).first)
        inside = (unit_days[1] >= floor) & (unit_days[1] <= today)
        value, end = tally.highest_before(unit_days[0][inside], unit_days[1][inside], window.months)
        before = np.where(end > NO_DAY, months_back(end, window.months), end)
        return Counted(value, end, tally, before, end, today, by_day)

    def _tally(self, measure: Measure, as_of: date) -> Tally:
        """A measure laid out without its window; costs as they hold in the year of `as_of`."""
        kept = replace(measure, window=_NO_WINDOW), as_of.year if measure.count == "cost" else 0
        found = self.tallies.pop(kept, None)
        if found is None:
            scope = self._scope(measure)
            found = Tally(self.contacts, scope, parts_of(self.contacts, measure, scope, self.costs, as_of.year))
        while len(self.tallies) >= KEPT_TALLIES:
            self.tallies.pop(next(iter(self.tallies)))
        self.tallies[kept] = found
        return found

    def _scope(self, measure: Measure) -> Mask:
        scope = self.contacts.in_scope(measure.sources, measure.exclude, measure.only)
        scope = scope & (abs(self.contacts.first_day) < NO_END)
        if measure.flag:
            flagged = np.zeros(len(scope), np.bool_)
            flagged[self.flags[measure.flag].yes] = True
            scope &= flagged
        return scope


_NO_WINDOW = Since(date.min)
"""In the place of a window, where it is none of a tally's business."""
