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

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ddj_desktop.cohort.contacts import Contacts, Flags, Mask, Numbers
from ddj_desktop.cohort.types import AnyMonths, BeforeLast, Measure
from ddj_desktop.cohort.windows import Rolling, day_number, months_back, rolling, span_of
from ddj_desktop.registers.costs import CostTable

_STRIDE = 1 << 21
"""Room for the days of one unit in a key that orders by unit, then day."""
_ZERO_DAY = 1 << 20
"""Added to a day number so that days before 1970 stay positive (the years before 900 and after 4800 do not fit)."""


@dataclass(frozen=True)
class Counted:
    """What was counted for every unit."""

    value: Numbers
    """Contacts, days, systems, kinds; cents for cost."""
    window_end: Numbers
    """Last day of the window that gave the value: of equally high windows that were tried the latest, which for
    contacts, systems and kinds ends on the day of a contact."""
    open_stays: Numbers
    """Stays among those counted that had not ended by the as-of date."""


@dataclass(frozen=True)
class _Points:
    """Start days as keys in ascending order; each adds `worth`."""

    keys: Numbers
    worth: int

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        found = np.searchsorted(self.keys, upto, "right") - np.searchsorted(self.keys, after, "right")
        return found * self.worth


@dataclass(frozen=True)
class _Spells:
    """Stretches of days that neither overlap nor touch, in ascending order; each day adds `worth`."""

    first: Numbers
    last: Numbers
    worth: int

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        return (self._upto(upto) - self._upto(after)) * self.worth

    def _upto(self, keys: Numbers) -> Numbers:
        if not len(self.first):
            return np.zeros(len(keys), np.int64)
        lengths = self.last - self.first + 1
        before = np.concatenate([[0], np.cumsum(lengths)])
        at = np.searchsorted(self.first, keys, "right") - 1
        inside = np.clip(keys - self.first[at] + 1, 0, lengths[at])
        return np.where(at < 0, 0, before[at] + inside)


@dataclass(frozen=True)
class _Presence:
    """One for any of the start days."""

    keys: Numbers

    def between(self, after: Numbers, upto: Numbers) -> Numbers:
        found = np.searchsorted(self.keys, upto, "right") > np.searchsorted(self.keys, after, "right")
        return found.astype(np.int64)


_Part = _Points | _Spells | _Presence
_NOTHING: Numbers = np.zeros(0, np.int64)


KEPT = 64
"""Counts a county keeps for the next question: at 60,000 people about 90 MB at most."""


@dataclass(frozen=True)
class Counts:
    """The contacts of a county, what a contact costs, and every count made of them so far.

    A threshold is no part of a count, so that trying another one counts nothing again.
    """

    contacts: Contacts
    costs: CostTable
    flags: dict[str, Flags]
    """Of every attribute a measure narrows by."""
    made: dict[tuple[Measure, date], Counted] = field(default_factory=dict)

    def of(self, measure: Measure, as_of: date) -> Counted:
        """Count one measure for every unit on `as_of`, or give the count made before.

        A rolling window gives the maximum over every window of N months inside the look-back (`windows.Rolling`). It
        is exact: no end day between those tried can give more.
        """
        key = (measure, as_of)
        found = self.made.pop(key, None) or _count(self, measure, as_of)
        while len(self.made) >= KEPT:
            self.made.pop(next(iter(self.made)))
        self.made[key] = found
        return found

    def scope(self, measure: Measure, as_of: date) -> Mask:
        """Which contacts a measure counts, its window apart: none that starts after `as_of`."""
        scope = self.contacts.in_scope(measure.sources, measure.exclude, measure.only)
        scope = scope & (self.contacts.first_day <= day_number(as_of))
        if measure.flag:
            flagged = np.zeros(len(scope), np.bool_)
            flagged[self.flags[measure.flag].yes] = True
            scope &= flagged
        return scope


def _count(counts: Counts, measure: Measure, as_of: date) -> Counted:
    contacts, units = counts.contacts, len(counts.contacts.ids)
    window = span_of(measure.window, as_of)
    first, last, today = day_number(window.first), day_number(window.last), day_number(as_of)
    if last < first or not units:
        return Counted(np.zeros(units, np.int64), np.full(units, last), np.zeros(units, np.int64))
    after, upto = np.full(units, first - 1), np.full(units, last)
    if isinstance(measure.window, BeforeLast):
        after, upto = _anchored(contacts, measure.window, as_of)
        first, last = int(after.min()) + 1, today
    scope = counts.scope(measure, as_of)
    began, ends = contacts.first_day, contacts.last_day
    if isinstance(measure.window, BeforeLast):
        started = scope & (began > after[contacts.unit]) & (began <= upto[contacts.unit])
        touched = scope & contacts.has_length & (began <= upto[contacts.unit]) & (ends > after[contacts.unit])
    else:
        started = scope & (began >= first) & (began <= last)
        touched = scope & contacts.has_length & (began <= last) & (ends >= first)
    stays = touched if measure.count in ("days", "cost") else started & contacts.has_length
    open_stays = np.bincount(contacts.unit[stays & (ends > today)], minlength=units)
    if measure.count == "episodes":
        started = scope
    parts = _parts(contacts, measure, started, touched, (first, last, today), counts.costs, as_of)
    if isinstance(measure.window, AnyMonths):
        value, end = _highest(contacts, parts, rolling(measure.window, as_of))
    else:
        everyone = np.arange(units, dtype=np.int64)
        value, end = _sum(parts, _key(everyone, after), _key(everyone, upto)), upto
    return Counted(value, end, open_stays)


def _anchored(contacts: Contacts, window: BeforeLast, as_of: date) -> tuple[Numbers, Numbers]:
    """For each unit the day before its window and the last day of it; the same day twice where it has no event."""
    today = day_number(as_of)
    events = contacts.in_scope(window.of, ()) & (contacts.first_day <= today)
    last = np.full(len(contacts.ids), -(1 << 18), np.int64)
    np.maximum.at(last, contacts.unit[events], contacts.first_day[events])
    days, place = np.unique(last, return_inverse=True)
    before = np.array(
        [day if day == -(1 << 18) else months_back(day, window.months) for day in days.tolist()], np.int64
    )
    return before[place], last


def _key(unit: Numbers, day: Numbers | int) -> Numbers:
    return unit * _STRIDE + (day + _ZERO_DAY)


def _sum(parts: list[_Part], after: Numbers, upto: Numbers) -> Numbers:
    total = np.zeros(len(upto), np.int64)
    for part in parts:
        total += part.between(after, upto)
    return total


def _parts(
    contacts: Contacts,
    measure: Measure,
    started: Mask,
    touched: Mask,
    days: tuple[int, int, int],
    costs: CostTable,
    as_of: date,
) -> list[_Part]:
    if measure.count == "contacts":
        return [_points(contacts, started, 1)]
    if measure.count == "days":
        return [_spells(contacts, touched, days, 1)]
    if measure.count == "episodes":
        return _episodes(contacts, started, days)
    if measure.count == "points":
        return _weighted(contacts, measure, started)
    if measure.count == "kinds":
        present = np.unique(contacts.kind[started])
        return [_Presence(_keys(contacts, started & (contacts.kind == kind))) for kind in present]
    kinds = sorted({source.kind for source in contacts.sources})
    of_kind = {kind: np.array([source.kind == kind for source in contacts.sources])[contacts.source] for kind in kinds}
    if measure.count == "systems":
        return [_Presence(_keys(contacts, started & mask)) for mask in of_kind.values() if (started & mask).any()]
    parts: list[_Part] = []
    for kind, mask in of_kind.items():
        parts.append(_points(contacts, started & mask, costs.cents(kind, "contact", as_of.year)))
        parts.append(_spells(contacts, touched & mask, days, costs.cents(kind, "day", as_of.year)))
    return [part for part in parts if not isinstance(part, _Presence) and part.worth]


def _episodes(contacts: Contacts, scope: Mask, days: tuple[int, int, int]) -> list[_Part]:
    """The first days of episodes in the window: of the stays of each kind of source, joined, whenever they began, and
    of contacts without length."""
    first, last, today = days
    inside = (contacts.first_day >= first) & (contacts.first_day <= last)
    parts: list[_Part] = [_points(contacts, scope & inside & ~contacts.has_length, 1)]
    for kind in sorted({source.kind for source in contacts.sources}):
        of_kind = np.array([source.kind == kind for source in contacts.sources])[contacts.source]
        mask = scope & contacts.has_length & of_kind
        unit = contacts.unit[mask]
        end = np.minimum(contacts.last_day[mask], today)
        begins = joined(_key(unit, contacts.first_day[mask]), _key(unit, end)).first
        day = begins % _STRIDE - _ZERO_DAY
        parts.append(_Points(begins[(day >= first) & (day <= last)], 1))
    return parts


def _weighted(contacts: Contacts, measure: Measure, started: Mask) -> list[_Part]:
    """Contacts of each source, worth what the measure says; of sources it does not name, nothing."""
    parts: list[_Part] = []
    for place, source in enumerate(contacts.sources):
        worth = next((points for name, points in measure.points if source.named_in((name,))), 0)
        if worth:
            parts.append(_points(contacts, started & (contacts.source == place), worth))
    return parts


def _keys(contacts: Contacts, mask: Mask) -> Numbers:
    return _key(contacts.unit[mask], contacts.first_day[mask])


def _points(contacts: Contacts, mask: Mask, worth: int) -> _Points:
    return _Points(_keys(contacts, mask), worth)


def _spells(contacts: Contacts, mask: Mask, days: tuple[int, int, int], worth: int) -> _Spells:
    """Stays clipped to the window and the as-of date, joined where they overlap or touch."""
    first, last, today = days
    unit = contacts.unit[mask]
    begin = _key(unit, np.maximum(contacts.first_day[mask], first))
    end = _key(unit, np.minimum(np.minimum(contacts.last_day[mask], today), last))
    return joined(begin, end, worth)


def joined(begin: Numbers, end: Numbers, worth: int = 1) -> _Spells:
    """Stretches of keys, both ends included, joined where they overlap or follow one another."""
    if not len(begin):
        return _Spells(begin, end, worth)
    order = np.argsort(begin, kind="stable")
    begin, end = begin[order], np.maximum.accumulate(end[order])
    fresh = np.concatenate([[True], begin[1:] > end[:-1] + 1])
    last_of = np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(begin) - 1]])
    return _Spells(begin[fresh], end[last_of], worth)


def _highest(contacts: Contacts, parts: list[_Part], windows: Rolling) -> tuple[Numbers, Numbers]:
    """The highest sum over all windows, and the latest window end that gives it."""
    unit, end = _ends_to_try(parts, windows)
    value = _sum(parts, _key(unit, windows.before_of(end)), _key(unit, end))
    best = np.full(len(contacts.ids), windows.last_end + _ZERO_DAY, np.int64)
    np.maximum.at(best, unit, value * _STRIDE + (end + _ZERO_DAY))
    return best // _STRIDE, best % _STRIDE - _ZERO_DAY


def _ends_to_try(parts: list[_Part], windows: Rolling) -> tuple[Numbers, Numbers]:
    """Units and window ends among which the maximum must be.

    As a window moves on by a day, its sum rises only by what the new day brings and falls only by what drops out
    behind. So it can stop rising only on the day a contact starts or a stretch of days ends, on the last day before
    a contact or the beginning of a stretch drops out, or where the calendar makes the beginning move on faster
    (`turns`).
    """
    fronts = [part.last if isinstance(part, _Spells) else part.keys for part in parts]
    if not any(isinstance(part, _Spells) for part in parts):  # single days: some highest window ends on one of them
        return _apart(fronts[0] if len(fronts) == 1 else np.unique(np.concatenate([_NOTHING, *fronts])))
    units, ends = (list(column) for column in zip(*map(_apart, fronts), strict=True))
    for part in parts:
        unit, day = _apart(part.first if isinstance(part, _Spells) else part.keys)
        units.append(unit)
        ends.append(windows.last_end_holding(day))
    anyone = np.unique(np.concatenate(units))
    units.append(np.repeat(anyone, len(windows.turns)))
    ends.append(np.tile(windows.turns, len(anyone)))
    return _apart(np.unique(_key(np.concatenate(units), np.concatenate(ends))))


def _apart(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The unit and the day number of each key."""
    return keys // _STRIDE, keys % _STRIDE - _ZERO_DAY
