"""The order of the queue: pairs that can change the list first, then the doubtful before the clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ddj_desktop.cohort.case import Material, material_for, work_through
from ddj_desktop.cohort.contacts import Numbers
from ddj_desktop.cohort.definitions import standing_definition
from ddj_desktop.cohort.errors import NoDefinition
from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.together import would_be_members
from ddj_desktop.linkage.queue import PairToReview, queue
from ddj_desktop.store.lane import Lane
from ddj_desktop.workflow.lists import default_month


@dataclass(frozen=True)
class Queue:
    """Open pairs: first those that can change the list, each part most doubtful first, not-sure ones last."""

    pairs: tuple[PairToReview, ...]
    matter: frozenset[tuple[int, int]]
    """Pairs that can change who is on the list, by their two records."""
    as_of: date | None
    """The date of the list that was asked; None where there is no list to change."""
    on_list: int = 0
    """People on that list as they are matched now."""
    effect: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Of each pair that can change the list, how many more (or fewer) people it holds if the pair is answered otherwise
    than it stands now."""


def review_queue(lane: Lane) -> Queue:
    """The open pairs in the order in which a person should look at them.

    A pair can change the list where the number of people on it differs between the two answers: for two people, put
    together against apart; for a weakly held record, taken out against left in. Asked of the standing definition at
    the end of the newest full month. A list of addresses is changed by nobody's matching.
    """
    pairs, month = queue(lane), default_month(lane)
    try:
        rule = parse_rule(standing_definition(lane).rule_text)
    except NoDefinition:
        return Queue(tuple(pairs), frozenset(), None)
    if month is None or rule.unit != "person":
        return Queue(tuple(pairs), frozenset(), None)
    as_of = month.span.last
    material = material_for(lane, rule)
    answers = _Answers(lane, material, pairs)
    now = work_through(rule, as_of, material).chosen
    trial = would_be_members(rule, as_of, material, answers.units)
    effect = {
        (pair.left_record, pair.right_record): int(trial[answers.of_pair[place]].sum()) - int(now[found].sum())
        for place, (pair, found) in enumerate(zip(pairs, answers.people, strict=True))
    }
    matter = frozenset(pair for pair, more in effect.items() if more)
    order = sorted(
        pairs, key=lambda p: (p.not_sure, (p.left_record, p.right_record) not in matter, abs(p.weight))
    )  # sorted keeps the queue's own order among equals
    return Queue(tuple(order), matter, as_of, int(now.sum()), effect)


class _Answers:
    """For each pair the people it is about, and the units there would be if it were answered the other way."""

    def __init__(self, lane: Lane, material: Material, pairs: Sequence[PairToReview]) -> None:
        contacts = material.contacts
        self._rows_of = _rows_by_record(lane, contacts.contact_id)
        self._first = np.searchsorted(contacts.unit, np.arange(len(contacts.ids) + 1))
        self._ids = contacts.ids
        self.units: list[Numbers] = []
        self.people: list[list[int]] = []
        self.of_pair: list[list[int]] = []
        for pair in pairs:
            self._add(pair)

    def _add(self, pair: PairToReview) -> None:
        people = [at for side in (pair.left, pair.right) if (at := self._place(side.get("person_id"))) is not None]
        people = sorted(set(people))
        theirs = [np.arange(self._first[at], self._first[at + 1], dtype=np.int64) for at in people]
        if pair.left.get("person_id") == pair.right.get("person_id") and theirs:
            own = self._held(pair, theirs[0])
            parts = [own, np.setdiff1d(theirs[0], own)]
        else:
            parts = [np.concatenate(theirs)] if theirs else []
        parts = [part for part in parts if len(part)]
        self.people.append(people)
        self.of_pair.append(list(range(len(self.units), len(self.units) + len(parts))))
        self.units += parts

    def _held(self, pair: PairToReview, theirs: Numbers) -> Numbers:
        """The contacts of the record that hangs on this pair: of the two the one with fewer contacts."""
        sides = [self._rows_of.get(record, np.zeros(0, np.int64)) for record in (pair.left_record, pair.right_record)]
        fewer = min(sides, key=len)
        return np.intersect1d(fewer, theirs)

    def _place(self, person: object) -> int | None:
        at = int(np.searchsorted(self._ids, person)) if isinstance(person, int) else len(self._ids)
        return at if at < len(self._ids) and self._ids[at] == person else None


def _rows_by_record(lane: Lane, contact_id: Numbers) -> dict[int, Numbers]:
    """For each record the places of its contacts."""
    found = lane.columns("SELECT contact_id, record_id FROM contact WHERE record_id IS NOT NULL ORDER BY contact_id")
    ids, record = (np.asarray(found[name], np.int64) for name in ("contact_id", "record_id"))
    at = np.minimum(np.searchsorted(ids, contact_id), max(0, len(ids) - 1))
    order = np.argsort(record[at], kind="stable") if len(ids) else np.zeros(0, np.int64)
    names, first = np.unique(record[at][order], return_index=True) if len(ids) else (order, order)
    return dict(zip(names.tolist(), np.split(order, first[1:]), strict=True)) if len(names) else {}
