"""The county read once for a person who tries one rule after another: what has been read and counted stays at hand.

A workbench sees the county file as it stood when it was read; whoever keeps one drops it when the file changes. It is
used by one thread at a time.
"""

from __future__ import annotations

from typing import Protocol

from ddj_desktop.cohort.case import Material, counts_money
from ddj_desktop.cohort.clauses import attributes_of, load_flags
from ddj_desktop.cohort.contacts import Contacts, Flags, Numbers, load
from ddj_desktop.cohort.counts import Counts
from ddj_desktop.cohort.coverage import DailyContacts, daily_contacts
from ddj_desktop.cohort.population import Births, load_births, load_known
from ddj_desktop.cohort.types import Rule
from ddj_desktop.registers.costs import NO_COSTS, CostTable, cost_table
from ddj_desktop.store.lane import Lane


class Grouping(Protocol):
    """Another reading of which records are one person than the county file's own."""

    def contacts(self, contacts: Contacts) -> Contacts:
        """The same contacts by their new people."""

    def people(self, records: Numbers, people: Numbers) -> Numbers:
        """The new person of each record, given the one in the county file."""


class Workbench:
    """What rules are worked through on. `material(lane, rule)` reads only what no rule before has needed."""

    def __init__(self, grouping: Grouping | None = None) -> None:
        self._grouping = grouping
        self._contacts: dict[str, Contacts] = {}
        self._flags: dict[tuple[str, str], Flags] = {}
        self._counts: dict[tuple[str, bool], Counts] = {}
        self._births: Births | None = None
        self._costs: CostTable | None = None
        self._days: DailyContacts | None = None

    def days(self, lane: Lane) -> DailyContacts:
        """How many contacts each source has on each day."""
        self._days = self._days or daily_contacts(lane)
        return self._days

    def contacts(self, lane: Lane, unit: str) -> Contacts:
        """Every contact, by person or address."""
        if unit not in self._contacts:
            found = load(lane, unit)
            regroups = self._grouping if unit == "person" else None
            self._contacts[unit] = regroups.contacts(found) if regroups else found
        return self._contacts[unit]

    def material(self, lane: Lane, rule: Rule) -> Material:
        """What a rule is worked through on, with every count made before."""
        contacts, money = self.contacts(lane, rule.unit), counts_money(rule.measures)
        counts = self._counts.get((rule.unit, money))
        if counts is None:
            counts = self._counts[rule.unit, money] = Counts(contacts, self._cost_table(lane, money), {})
        for name in attributes_of(rule):
            if (rule.unit, name) not in self._flags:
                self._flags[rule.unit, name] = load_flags(lane, contacts, name)
            counts.flags[name] = self._flags[rule.unit, name]
        if rule.min_age is not None:
            self._births = self._births or load_births(
                lane, contacts, self._grouping.people if self._grouping else None
            )
        return Material(contacts, counts, load_known(lane, contacts, rule, self._births))

    def _cost_table(self, lane: Lane, money: bool) -> CostTable:
        if money and self._costs is None:
            self._costs = cost_table(lane)
        return self._costs if money and self._costs else NO_COSTS
