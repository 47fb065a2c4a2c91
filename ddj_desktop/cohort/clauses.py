"""Each clause of a rule answered for every unit: met or not, and the value that says why.

An attribute is known at a contact where it was recorded there, yes or no. `any`: over the contacts that start in the
window, yes where one says yes, no where some say no and none yes, unknown where none says anything. `ever`: the same
over every contact up to the as-of date. `last`: what the last day on which it was recorded says (yes before no on the
same day), in the window where one is given; unknown where it was never recorded. A rolling window is its whole
look-back here, as an attribute has no highest stretch. `unknown_counts` lets the unknown pass as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.cohort.contacts import Contacts, Flags, Mask, Numbers
from ddj_desktop.cohort.counts import Counted, Counts
from ddj_desktop.cohort.tallies import NO_DAY
from ddj_desktop.cohort.types import (
    AtLeast,
    AttributeClause,
    Combine,
    CountClause,
    Group,
    LeafClause,
    RecencyClause,
    Rule,
)
from ddj_desktop.cohort.windows import day_number, day_of, span_of
from ddj_desktop.kernel.dates import trailing_days
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

STATES = ("unknown", "no", "yes")


@dataclass(frozen=True)
class Answer:
    """One clause answered for every unit."""

    number: str
    clause: LeafClause
    met: Mask
    value: Numbers
    """The count (cents for cost); for an attribute its place in STATES; for recency the day number of the last
    contact, or 0 where there is none."""
    counted: Counted | None = None

    def of(self, place: int) -> float | str | date | None:
        """The value of one unit as a person reads it: number, dollars, yes/no/unknown, or a day."""
        value = int(self.value[place])
        match self.clause:
            case CountClause():
                return value / 100 if self.clause.measure.count == "cost" else value
            case AttributeClause():
                return STATES[value]
            case RecencyClause():
                return day_of(value) if value else None


def load_flags(lane: Lane, contacts: Contacts, name: str) -> Flags:
    """Read where one attribute was recorded."""
    found = lane.columns(sql("cohort", "flags"), name=name)
    return placed(contacts, np.asarray(found["contact_id"], np.int64), np.asarray(found["yes"], np.int64) + 1)


def placed(contacts: Contacts, ids: Numbers, state: Numbers) -> Flags:
    """States of contacts by their ids, as places; contacts of nobody known are dropped."""
    if not len(ids) or not len(contacts.contact_id):
        return Flags(np.zeros(0, np.int64), np.zeros(0, np.int64))
    order = np.argsort(contacts.contact_id, kind="stable")
    at = np.minimum(np.searchsorted(contacts.contact_id, ids, sorter=order), len(order) - 1)
    place = order[at]
    known = contacts.contact_id[place] == ids
    return Flags(place[known], state[known])


def attributes_of(rule: Rule) -> set[str]:
    """The attributes a rule asks for or narrows by."""
    asked = {leaf.attribute for _, leaf in rule.leaves if isinstance(leaf, AttributeClause)}
    return asked | {measure.flag for measure in rule.measures if measure.flag}


def answer(counts: Counts, number: str, clause: LeafClause, as_of: date) -> Answer:
    """Answer one clause on `as_of`."""
    contacts = counts.contacts
    match clause:
        case CountClause():
            counted = counts.of(clause.measure, as_of)
            return Answer(number, clause, holds(clause, counted.value), counted.value, counted)
        case AttributeClause():
            state = state_of(contacts, clause, as_of, counts.flags[clause.attribute])
            met = state == STATES.index(clause.is_)
            return Answer(number, clause, met | (state == 0) if clause.unknown_counts else met, state)
        case RecencyClause():
            return _recency(counts, number, clause, as_of)


def holds(clause: CountClause, value: Numbers) -> Mask:
    """Which values pass the clause's threshold."""
    unit = 100 if clause.measure.count == "cost" else 1
    if isinstance(clause.value, tuple):
        low, high = clause.value
        inside: Mask = (value >= low * unit) & (value <= high * unit)
        return inside
    passed: Mask = value >= clause.value * unit if clause.op == ">=" else value > clause.value * unit
    return passed


def state_of(contacts: Contacts, clause: AttributeClause, as_of: date, flags: Flags) -> Numbers:
    """The place in STATES of every unit: what was recorded of it by the rule of the clause."""
    day = contacts.first_day[flags.place]
    seen = day <= day_number(as_of)
    if clause.window:
        span = span_of(clause.window, as_of)
        seen &= (day >= day_number(span.first)) & (day <= day_number(span.last))
    unit, state, day = contacts.unit[flags.place][seen], flags.state[seen], day[seen]
    rank = (day + (1 << 20)) * 4 + state if clause.when == "last" else state
    best = np.zeros(len(contacts.ids), np.int64)
    np.maximum.at(best, unit, rank)
    found: Numbers = best % 4
    return found


def _recency(counts: Counts, number: str, clause: RecencyClause, as_of: date) -> Answer:
    last = counts.last_day(clause.sources, clause.exclude, as_of)
    recent = last >= day_number(trailing_days(as_of, clause.days).first)
    return Answer(number, clause, recent, np.where(last > NO_DAY, last, 0))


def clause_masks(rule: Rule, answers: dict[str, Mask]) -> list[Mask]:
    """Which units meet each clause of the rule, a group as one."""
    parts = []
    for index, clause in enumerate(rule.clauses, 1):
        if isinstance(clause, Group):
            inner = [answers[f"{index}.{place}"] for place in range(1, len(clause.clauses) + 1)]
            parts.append(_combine(clause.combine, inner))
        else:
            parts.append(answers[str(index)])
    return parts


def combined(rule: Rule, answers: dict[str, Mask], units: int) -> Mask:
    """Which units meet the clauses, groups and all; everyone where the rule has none."""
    parts = clause_masks(rule, answers)
    return _combine(rule.combine, parts) if parts else np.ones(units, np.bool_)


def _combine(combine: Combine, parts: list[Mask]) -> Mask:
    if combine == "none":
        nobody: Mask = ~np.logical_or.reduce(parts)
        return nobody
    needed = combine.clauses if isinstance(combine, AtLeast) else len(parts) if combine == "all" else 1
    met = np.zeros(len(parts[0]), np.int64)
    for part in parts:
        met += part
    enough: Mask = met >= needed
    return enough
