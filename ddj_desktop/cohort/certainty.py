"""The list by how sure matching is: on sound links only, as matched, and with every possible match taken as true.

A record is weakly held where only a doubtful pair that nobody has decided ties it to its person (linkage keeps for
each record its strongest pair, and marks it for review where it is in doubt). On sound links only, each such record is
a person of its own; where all records of a person are weakly held, the first keeps the person's number. With possible
matches, the people of every pair that waits for a decision are one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ddj_desktop.cohort.case import work_through
from ddj_desktop.cohort.contacts import Contacts, Numbers
from ddj_desktop.cohort.types import Rule
from ddj_desktop.cohort.workbench import Grouping, Workbench
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql


@dataclass(frozen=True)
class Certainty:
    """How many are on the list under each reading of the links."""

    sound: int
    matched: int
    with_possible: int
    weak_records: int
    possible_pairs: int

    @property
    def low(self) -> int:
        """The least of the three."""
        return min(self.sound, self.matched, self.with_possible)

    @property
    def high(self) -> int:
        """The most of the three."""
        return max(self.sound, self.matched, self.with_possible)


class Apart(Grouping):
    """Weakly held records as people of their own."""

    def __init__(self, lane: Lane) -> None:
        rows = lane.rows(sql("cohort", "weak_records"))
        size = Counter(person for (person,) in lane.rows("SELECT person_id FROM person_record")) if rows else Counter()
        weak = Counter(person for _, person in rows)
        new = max(size, default=0)
        self.own: dict[int, int] = {}
        kept: set[int] = set()
        for record, person in rows:
            if weak[person] == size[person] and person not in kept:
                kept.add(person)
                continue
            new += 1
            self.own[record] = new
        contacts = lane.columns(
            "SELECT contact_id, record_id FROM contact WHERE record_id IN (SELECT unnest($records::BIGINT[]))",
            records=list(self.own),
        )
        self._of_contact = dict(zip(contacts["contact_id"].tolist(), contacts["record_id"].tolist(), strict=True))

    def contacts(self, contacts: Contacts) -> Contacts:
        """The same contacts by their new people."""
        if not self.own:
            return contacts
        owner = contacts.ids[contacts.unit]
        places = np.flatnonzero(np.isin(contacts.contact_id, np.array(list(self._of_contact), np.int64)))
        records = [self._of_contact[number] for number in contacts.contact_id[places].tolist()]
        owner[places] = [self.own[record] for record in records]
        return regrouped(contacts, owner)

    def people(self, records: Numbers, people: Numbers) -> Numbers:
        """The person of each record."""
        each = zip(records.tolist(), people.tolist(), strict=True)
        return np.array([self.own.get(record, person) for record, person in each], np.int64)


class Together(Grouping):
    """The people of every possible match as one, under the smallest of their numbers."""

    def __init__(self, lane: Lane) -> None:
        self.root: dict[int, int] = {}
        self.pairs = [(int(one), int(other)) for one, other in lane.rows(sql("cohort", "possible_pairs"))]
        for one, other in self.pairs:
            a, b = sorted((self._find(one), self._find(other)))
            self.root[b] = a

    def _find(self, person: int) -> int:
        while self.root.get(person, person) != person:
            person = self.root[person]
        return person

    def contacts(self, contacts: Contacts) -> Contacts:
        """The same contacts by their new people."""
        if not self.pairs:
            return contacts
        ids = np.array([self._find(person) for person in contacts.ids.tolist()], np.int64)
        return regrouped(contacts, ids[contacts.unit])

    def people(self, records: Numbers, people: Numbers) -> Numbers:
        """The person of each record."""
        return np.array([self._find(person) for person in people.tolist()], np.int64)


def regrouped(contacts: Contacts, owner: Numbers) -> Contacts:
    """Contacts with another owner each."""
    ids, unit = np.unique(owner, return_inverse=True)
    order = np.lexsort((contacts.contact_id, contacts.first_day, unit))
    columns = ("contact_id", "first_day", "last_day", "has_length", "source", "kind", "age")
    moved = {name: getattr(contacts, name)[order] for name in columns}
    return replace(contacts, ids=ids, unit=unit[order].astype(np.int64), **moved)


class CertaintyBench:
    """The county under the two other readings of its links, read once."""

    def __init__(self) -> None:
        self._benches: tuple[Apart, Workbench, Together, Workbench] | None = None

    def counts(self, lane: Lane, rule: Rule, as_of: date, matched: int) -> Certainty:
        """How many are on the list under each reading; `matched` is the number as matched. For addresses all are the
        same, as no link decides where a contact happened."""
        if self._benches is None:
            apart, together = Apart(lane), Together(lane)
            self._benches = (apart, Workbench(apart), together, Workbench(together))
        apart, apart_bench, together, together_bench = self._benches
        sound = with_possible = matched
        if rule.unit == "person" and apart.own:
            sound = int(work_through(rule, as_of, apart_bench.material(lane, rule)).chosen.sum())
        if rule.unit == "person" and together.pairs:
            with_possible = int(work_through(rule, as_of, together_bench.material(lane, rule)).chosen.sum())
        return Certainty(sound, matched, with_possible, len(apart.own), len(together.pairs))
