"""The contacts of events whose rows all speak of one contact, a column at a time; nearly all events of a file are such.

What the rows of an event agree on is taken over from the column; where they do not, `contacts.Maker` settles that one
thing of that one event. Events about several people are left to it whole, so that there is one rule for each thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ddj_desktop.intake.cleaning import moments
from ddj_desktop.intake.cleaning_dates import Birth
from ddj_desktop.intake.coded import Coded, grouped
from ddj_desktop.intake.keys import MANY_PEOPLE, people_of
from ddj_desktop.intake.kinds import AT_A_JAIL, at_jail, is_subject
from ddj_desktop.kernel.ids import derived_ids
from ddj_desktop.store.columns import Array

if TYPE_CHECKING:
    from ddj_desktop.intake.contacts import Maker

_FIRST, _LAST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""Not-a-time as a number, and what stands for it where the smallest counts."""


def contacts_at_once(maker: Maker) -> list[tuple[int, list[int]]]:
    """Make the contacts of all events whose rows speak of one. Returns the other events: number and rows."""
    mine = np.flatnonzero(~maker.rows.people_only)
    if not mine.size:
        return []
    codes, firsts = grouped(maker.rows.groups[mine])
    events = _Events(maker, mine[np.argsort(codes, kind="stable")], np.bincount(codes), maker.rows.groups[mine[firsts]])
    names = events.names()
    alone = np.array([name is not None for name in names])
    started = events.starts != _LAST
    chosen = np.flatnonzero(alone & started)
    if chosen.size:
        events.only(chosen).make([names[event] or "" for event in chosen.tolist()])
    left = np.flatnonzero(~alone & started).tolist()
    return [(int(events.numbers[event]), events.places(event)) for event in left]


class _Events:
    """Events with their rows, one event's after another's."""

    def __init__(self, maker: Maker, order: Array, sizes: Array, numbers: Array) -> None:
        self.maker, self.clean = maker, maker.rows.clean
        self.order, self.sizes, self.numbers = order, sizes, numbers
        self.begins = np.cumsum(sizes) - sizes
        self.starts = self._least(moments(self.clean.of("starts").at(order)).view(np.int64))

    def only(self, chosen: Array) -> _Events:
        """Some of the events."""
        kept = np.zeros(len(self.sizes), bool)
        kept[chosen] = True
        return _Events(self.maker, self.order[np.repeat(kept, self.sizes)], self.sizes[chosen], self.numbers[chosen])

    def places(self, event: int) -> list[int]:
        """The rows of one event."""
        begin = self.begins[event]
        rows: list[int] = self.order[begin : begin + self.sizes[event]].tolist()
        return rows

    def _least(self, numbers: Array) -> Array:
        """The smallest number of each event's rows, the lowest of all standing for none."""
        least: Array = np.minimum.reduceat(np.where(numbers == _FIRST, _LAST, numbers), self.begins)
        return least

    def _any(self, rows: Array) -> Array:
        """For each event whether any of its rows is marked."""
        marked: Array = np.logical_or.reduceat(rows, self.begins)
        return marked

    def _range(self, numbers: Array) -> tuple[Array, Array]:
        return np.minimum.reduceat(numbers, self.begins), np.maximum.reduceat(numbers, self.begins)

    def names(self) -> list[str | None]:
        """What tells each event's only contact from others of the event; None where it may have several."""
        if self.maker.kind not in MANY_PEOPLE:
            return ["one"] * len(self.sizes)
        people = people_of(self.clean)
        about = people.where(bool) & self.clean.of("role").where(is_subject) & (self.maker.done.record_of >= 0)
        low, high = self._range(people.codes[self.order])
        births = self.clean.of("birth")
        born = births.spread(map(_birth_day, births.words), np.int64)[self.order]
        first, last = self._least(born), np.maximum.reduceat(born, self.begins)
        one = ~self._any(~about[self.order]) & (low == high) & ((last == _FIRST) | (first == last))
        nobody = ~self._any(about[self.order])
        return [
            "nobody" if unnamed else f"{people.words[code]}\x1f" if alone else None
            for unnamed, alone, code in zip(nobody.tolist(), one.tolist(), low.tolist(), strict=True)
        ]

    def make(self, names: Sequence[str]) -> None:
        """Add the only contact of each event, and note it with the event's rows."""
        maker = self.maker
        numbers = zip(self.numbers.tolist(), names, strict=True)
        ids = derived_ids([f"{number}\x1f{name}" for number, name in numbers])
        records = self._records(np.array([name != "nobody" for name in names]))
        maker.done.contact_of[self.order] = np.repeat(np.array(ids, np.int64), self.sizes)
        jailed = self._any(self.clean.of("location").where(_at_jail)[self.order]) if maker.kind in AT_A_JAIL else None
        sayings, charges = self._numbers(maker.sayings), self._numbers(maker.charge_cells)
        whole = zip(
            ids, self._most("contact_key"), self.starts.view("datetime64[us]").tolist(), self._ends(), records,
            self._where(), self._ages(), sayings, charges, strict=True,
        )  # fmt: skip
        for event, (contact, key, starts, end, record, where, age, told, cells) in enumerate(whole):
            charged, places = maker.charges(cells), partial(self.places, event)
            attributes, flags = maker.told_by(told, places)
            kind = maker.kind_told(told, charged, places, jailed is not None and bool(jailed[event]))
            maker.add(contact, key, kind, starts, end, record, where, age, attributes, flags, charged)

    def _records(self, named: Array) -> list[int]:
        """The record of each event's contact, which its rows without one of their own take over."""
        own = self.maker.done.record_of[self.order]
        low = np.minimum.reduceat(np.where(own < 0, _LAST, own), self.begins)
        high = np.maximum.reduceat(own, self.begins)
        found = np.where(named, high, -1)
        for event in np.flatnonzero(named & (low < high)).tolist():
            found[event] = self.maker.record(self.places(event))
        self.maker.done.record_of[self.order] = np.where(own < 0, np.repeat(found, self.sizes), own)
        records: list[int] = found.tolist()
        return records

    def _ends(self) -> list[tuple[Any, bool]]:
        """When each event ended, and whether it ended at a time not known."""
        given = moments(self.clean.of("ends").at(self.order)).view(np.int64)
        ends = np.maximum.reduceat(given, self.begins).view("datetime64[us]")
        unknown = self.clean.of("end_unknown").where(bool)[self.order]
        has_ends = np.array(self.maker.has_ends)[self.order]
        told = self._any(has_ends)
        lost = np.where(told, self._any(unknown & has_ends), self._any(unknown) & (not self.maker.ends_apart))
        return list(zip(ends.tolist(), lost.tolist(), strict=True))

    def _most(self, name: str) -> list[str | None]:
        """What most rows of each event say of a field."""
        return self._agreed(name, lambda places: self.maker.most(name, places))

    def _agreed(self, name: str, settle: Callable[[list[int]], object]) -> list[Any]:
        """What the rows of each event agree on; where they do not, what `settle` makes of them."""
        column = self.clean.of(name).at(self.order)
        if len(column.words) == 1:
            return [column.words[0]] * len(self.sizes)
        low, high = self._range(column.codes)
        found: list[Any] = Coded(low, column.words).whole()
        for event in np.flatnonzero(low != high).tolist():
            found[event] = settle(self.places(event))
        return found

    def _where(self) -> list[str | None]:
        places = self._most("location")
        if self.maker.kind != "dispatch":
            return places
        return [place or home for place, home in zip(places, self._most("address"), strict=True)]

    def _ages(self) -> list[int | None]:
        return self._agreed("age", lambda places: min(self.maker.given("age", places), default=None))

    def _numbers(self, numbers: Array) -> list[tuple[int, ...]]:
        """Each event's numbers: one where its rows have the same."""
        low, high = self._range(numbers[self.order])
        found: list[tuple[int, ...]] = [(one,) for one in low.tolist()]
        for event in np.flatnonzero(low != high).tolist():
            begin = self.begins[event]
            found[event] = tuple(numbers[self.order[begin : begin + self.sizes[event]]].tolist())
        return found


def _birth_day(birth: Birth | None) -> int:
    """The day of a birth as a number; the lowest there is where it is not known."""
    return birth.day.toordinal() if birth and birth.day else int(_FIRST)


def _at_jail(place: str | None) -> bool:
    return place is not None and at_jail(place)
