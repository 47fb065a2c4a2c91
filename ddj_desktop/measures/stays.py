"""Days of every stay of known people, read once and summed in as many spans as a month needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.crosstab import Mask, Numbers
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class PersonDays:
    """Days of some stays in a span, by person; only people with any."""

    person: Numbers
    days: Numbers
    stays: Numbers
    """In how many stays the days are."""

    def of(self, chosen: Mask) -> PersonDays:
        """Some of the people."""
        return PersonDays(self.person[chosen], self.days[chosen], self.stays[chosen])

    @property
    def top_two(self) -> list[int]:
        """The two largest numbers of days of one person each."""
        return sorted(self.days.tolist(), reverse=True)[:2]


@dataclass(frozen=True)
class Stays:
    """Every stay, by person; days since 1970, both ends included."""

    kinds: tuple[str, ...]
    person: Numbers
    kind: Numbers
    first: Numbers
    last: Numbers

    def has(self, kind: str) -> bool:
        """True where there is any stay of the kind, in whatever days."""
        return kind in self.kinds and bool((self.kind == self.kinds.index(kind)).any())

    def days(self, kind: str, span: Span) -> PersonDays:
        """Days in one kind of source inside the span."""
        low, high = span.first.toordinal() - _EPOCH, span.last.toordinal() - _EPOCH
        here = self.kind == (self.kinds.index(kind) if kind in self.kinds else -1)
        here &= (self.first <= np.minimum(self.last, high)) & (self.last >= low)
        person = self.person[here]
        each = np.minimum(self.last[here], high) - np.maximum(self.first[here], low) + 1
        people, place, stays = np.unique(person, return_inverse=True, return_counts=True)
        return PersonDays(people, np.bincount(place, each, len(people)).astype(np.int64), stays.astype(np.int64))


def load_stays(lane: Lane, last: date, kinds: Sequence[str]) -> Stays:
    """Read every stay begun up to the last day."""
    found = lane.columns(sql("measures", "stays"), last=last, kinds=list(kinds))
    person, kind, first, until = (np.asarray(found[name], np.int64) for name in ("person_id", "kind", "first", "last"))
    return Stays(tuple(kinds), person, kind, first, until)
