"""A rule worked through on one date: every answer as whole columns, from which lists, counts and grids are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from ddj_desktop.cohort.clauses import Answer, answer, attributes_of, combined, load_flags
from ddj_desktop.cohort.contacts import Contacts, Flags, Mask, Numbers, load
from ddj_desktop.cohort.counts import Counted, Counts
from ddj_desktop.cohort.population import Asked, Known, asked_of, load_known
from ddj_desktop.cohort.relative import Cut, choose, tiers_of
from ddj_desktop.cohort.types import Measure, Rule
from ddj_desktop.cohort.windows import day_number
from ddj_desktop.registers.costs import NO_COSTS, CostTable, cost_table
from ddj_desktop.store.lane import Lane


@dataclass(frozen=True)
class Material:
    """What a rule is worked through on, read once: good for any date and any threshold."""

    contacts: Contacts
    counts: Counts
    known: Known

    @property
    def flags(self) -> dict[str, Flags]:
        """Where each attribute the rule asks for was recorded."""
        return self.counts.flags

    @property
    def costs(self) -> CostTable:
        """What a contact or a day costs."""
        return self.counts.costs


@dataclass(frozen=True)
class Case:
    """A rule worked through on `as_of`. Masks and columns are over `material.contacts.ids`."""

    rule: Rule
    as_of: date
    material: Material
    base: Mask
    """Units with at least one contact by the as-of date."""
    population: tuple[Asked, ...]
    eligible: Mask
    """Of the base, who meets all that is asked of the population."""
    answers: tuple[Answer, ...]
    met: Mask
    """Of the eligible, for whom the clauses hold."""
    ranked: Counted | None = None
    chosen: Mask = field(default_factory=lambda: np.zeros(0, np.bool_))
    """The members."""
    cut: Cut | None = None
    tier: Numbers | None = None


def counts_money(measures: tuple[Measure, ...]) -> bool:
    """True where any of the measures is a cost."""
    return any(measure.count == "cost" for measure in measures)


def material_for(lane: Lane, rule: Rule, contacts: Contacts | None = None) -> Material:
    """Read what a rule needs. `contacts` may be given where they are at hand (of the same unit)."""
    contacts = contacts or load(lane, rule.unit)
    costs = cost_table(lane) if counts_money(rule.measures) else NO_COSTS
    flags = {name: load_flags(lane, contacts, name) for name in sorted(attributes_of(rule))}
    return Material(contacts, Counts(contacts, costs, flags), load_known(lane, contacts, rule))


def work_through(rule: Rule, as_of: date, material: Material) -> Case:
    """Answer every clause, combine, rank and band. Nothing after `as_of` is seen."""
    contacts, counts = material.contacts, material.counts
    base = contacts.first_seen <= day_number(as_of)
    population = asked_of(rule, as_of, counts, material.known, base)
    eligible = base.copy()
    for asked in population:
        eligible &= asked.met
    answers = tuple(answer(counts, number, leaf, as_of) for number, leaf in rule.leaves)
    met = eligible & combined(rule, {found.number: found.met for found in answers}, len(base))
    return _rank(Case(rule, as_of, material, base, population, eligible, answers, met))


def with_clauses(case: Case, met: dict[str, Mask]) -> Case:
    """The case with some clauses answered otherwise: for trying thresholds without counting again."""
    answers = {found.number: found.met for found in case.answers} | met
    everyone = case.eligible & combined(case.rule, answers, len(case.base))
    return _rank(replace(case, met=everyone))


def _rank(case: Case) -> Case:
    rule, by = case.rule, case.rule.ranking
    if by is None or not (rule.top or rule.tiers):
        return replace(case, chosen=case.met)
    ranked = case.ranked or case.material.counts.of(by, case.as_of)
    chosen, cut = case.met, None
    if rule.top:
        chosen, cut = choose(rule.top, ranked.value, case.met, rule.unit)
    ties = rule.top.ties if rule.top else "include"
    tier = tiers_of(rule.tiers, ranked.value, case.met, chosen, ties, by.count == "cost")
    return replace(case, ranked=ranked, chosen=chosen, cut=cut, tier=tier)
