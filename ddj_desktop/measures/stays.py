"""Days of every stay of known people, worked out once and summed in as many spans as a month needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.cohort.contacts import NO_END, Contacts
from ddj_desktop.cohort.tallies import NO_DAY, key
from ddj_desktop.cohort.windows import day_number
from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.crosstab import Mask, Numbers


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
        low, high = day_number(span.first), day_number(span.last)
        here = self.kind == (self.kinds.index(kind) if kind in self.kinds else -1)
        here &= (self.first <= np.minimum(self.last, high)) & (self.last >= low)
        person = self.person[here]
        each = np.minimum(self.last[here], high) - np.maximum(self.first[here], low) + 1
        people, place, stays = np.unique(person, return_inverse=True, return_counts=True)
        return PersonDays(people, np.bincount(place, each, len(people)).astype(np.int64), stays.astype(np.int64))


def stays_of(contacts: Contacts, last: date, kinds: Sequence[str]) -> Stays:
    """Every stay of known people begun up to the last day, with the days it adds to those their earlier stays in the
    same kind of source already cover: the view `stay_days`, worked out on contacts that are at hand."""
    kind_of = np.array([kinds.index(s.kind) if s.kind in kinds else -1 for s in contacts.sources] or [-1], np.int64)
    today = day_number(last)
    kind = kind_of[contacts.source]
    at = np.flatnonzero(contacts.has_length & (contacts.first_day <= today) & (kind >= 0))
    ends = np.minimum(contacts.last_day, NO_END)
    at = at[np.lexsort((contacts.contact_id[at], ends[at], contacts.first_day[at], contacts.unit[at], kind[at]))]
    whose = kind[at] * len(contacts.ids) + contacts.unit[at]
    reached = np.maximum.accumulate(key(whose, ends[at])) if len(at) else at
    before = np.full(len(at), NO_DAY, np.int64)
    goes_on = whose[1:] == whose[:-1]
    before[1:][goes_on] = reached[:-1][goes_on] - key(whose[1:][goes_on], 0)
    first = np.maximum(contacts.first_day[at], before + 1)
    person = contacts.ids[contacts.unit[at]]
    return Stays(tuple(kinds), person, kind[at], first, np.minimum(ends[at], today))
