"""A rule worked through on one date: every answer as whole columns, from which lists, counts and grids are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from ddj_desktop.cohort.clauses import Answer, Flags, answer, combined, load_all_flags
from ddj_desktop.cohort.contacts import Contacts, Mask, Numbers, load
from ddj_desktop.cohort.counts import Counted, count
from ddj_desktop.cohort.relative import Cut, choose, tiers_of
from ddj_desktop.cohort.types import CountClause, Rule
from ddj_desktop.cohort.windows import day_number, day_of
from ddj_desktop.registers.costs import NO_COSTS, CostTable, cost_table
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

NOT_SAID = 10_000_000
"""A birth day number nobody has."""


@dataclass(frozen=True)
class Births:
    """For each person the birth date most of their records give, and the last day of the latest birth year that their
    records allow; NOT_SAID where they say nothing."""

    day: Numbers
    year_end: Numbers


@dataclass(frozen=True)
class Material:
    """What a rule is worked through on, read once: good for any date and any threshold."""

    contacts: Contacts
    flags: dict[str, Flags]
    costs: CostTable
    births: Births | None = None


@dataclass(frozen=True)
class Case:
    """A rule worked through on `as_of`. Masks and columns are over `material.contacts.ids`."""

    rule: Rule
    as_of: date
    material: Material
    base: Mask
    """Units with at least one contact by the as-of date."""
    of_age: Mask
    age_not_shown: int
    """People of the base left out because nothing shows their age."""
    answers: tuple[Answer, ...]
    met: Mask
    """Of the base, of age, and the clauses hold."""
    ranked: Counted | None = None
    chosen: Mask = field(default_factory=lambda: np.zeros(0, np.bool_))
    """The members."""
    cut: Cut | None = None
    tier: Numbers | None = None


def material_for(lane: Lane, rule: Rule, contacts: Contacts | None = None) -> Material:
    """Read what a rule needs. `contacts` may be given where they are at hand (of the same unit)."""
    contacts = contacts or load(lane, rule.unit)
    measures = [leaf.measure for _, leaf in rule.leaves if isinstance(leaf, CountClause)]
    measures += [rule.top.by] if rule.top else []
    costs = cost_table(lane) if any(measure.count == "cost" for measure in measures) else NO_COSTS
    births = _births(lane, contacts) if rule.min_age is not None else None
    return Material(contacts, load_all_flags(lane, contacts, rule), costs, births)


def work_through(rule: Rule, as_of: date, material: Material) -> Case:
    """Answer every clause, combine, rank and band. Nothing after `as_of` is seen."""
    contacts = material.contacts
    base = np.zeros(len(contacts.ids), np.bool_)
    base[contacts.unit[contacts.first_day <= day_number(as_of)]] = True
    of_age, not_shown = _of_age(rule, as_of, material, base)
    answers = tuple(
        answer(contacts, number, leaf, as_of, material.flags, material.costs) for number, leaf in rule.leaves
    )
    met = base & of_age & combined(rule, {found.number: found.met for found in answers}, len(base))
    return _rank(Case(rule, as_of, material, base, of_age, not_shown, answers, met))


def with_clauses(case: Case, met: dict[str, Mask]) -> Case:
    """The case with some clauses answered otherwise: for trying thresholds without counting again."""
    answers = {found.number: found.met for found in case.answers} | met
    everyone = case.base & case.of_age & combined(case.rule, answers, len(case.base))
    return _rank(replace(case, met=everyone))


def _rank(case: Case) -> Case:
    rule, by = case.rule, case.rule.ranking
    if by is None or not (rule.top or rule.tiers):
        return replace(case, chosen=case.met)
    ranked = case.ranked or count(case.material.contacts, by, case.as_of, case.material.costs)
    chosen, cut = case.met, None
    if rule.top:
        chosen, cut = choose(rule.top, ranked.value, case.met, rule.unit)
    ties = rule.top.ties if rule.top else "include"
    tier = tiers_of(rule.tiers, ranked.value, case.met, chosen, ties, by.count == "cost")
    return replace(case, ranked=ranked, chosen=chosen, cut=cut, tier=tier)


def _births(lane: Lane, contacts: Contacts) -> Births:
    found = lane.columns(sql("cohort", "ages"))
    day = np.ma.filled(np.ma.asarray(found["born"], np.int64), NOT_SAID)
    year = np.ma.filled(np.ma.asarray(found["birth_year_high"], np.int64), 0)
    year_end = [day_number(date(y, 12, 31)) if 1 <= y <= 9999 else NOT_SAID for y in year.tolist()]
    at = np.searchsorted(np.asarray(found["person_id"], np.int64), contacts.ids)  # whoever has a contact has a record
    return Births(day[at].astype(np.int64), np.array(year_end, np.int64)[at])


def _of_age(rule: Rule, as_of: date, material: Material, base: Mask) -> tuple[Mask, int]:
    """Who is shown to be old enough, and how many of the base have nothing that shows their age.

    By the birth date most of their records give. Where none gives one: by the latest birth year they allow, as if
    born on its last day, or by the age a contact states, plus the whole years since. Who can not be shown to be old
    enough is left out, as in doubt a child must not stand on a list of adults.
    """
    if rule.min_age is None or material.births is None:
        return np.ones(len(base), np.bool_), 0
    born_by = day_number(_years_before(as_of, rule.min_age))
    dated = material.births.day != NOT_SAID
    contacts = material.contacts
    stated = (contacts.age >= 0) & (contacts.first_day <= day_number(as_of)) & ~dated[contacts.unit]
    age = np.full(len(base), -1, np.int64)
    np.maximum.at(age, contacts.unit[stated], contacts.age[stated] + _whole_years(contacts.first_day[stated], as_of))
    shown = np.where(
        dated, material.births.day <= born_by, (material.births.year_end <= born_by) | (age >= rule.min_age)
    )
    unknown = base & ~dated & (material.births.year_end == NOT_SAID) & (age < 0)
    return shown, int(unknown.sum())


def _whole_years(first_day: Numbers, as_of: date) -> Numbers:
    days, place = np.unique(first_day, return_inverse=True)
    years = [_full_years(day_of(day), as_of) for day in days.tolist()]
    return np.array(years, np.int64)[place] if years else np.zeros(0, np.int64)


def _full_years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def _years_before(as_of: date, years: int) -> date:
    """The latest birth date of somebody `years` old on `as_of`: who was born on Feb 29 has the birthday on Mar 1 in a
    common year."""
    try:
        return as_of.replace(year=as_of.year - years)
    except ValueError:  # Feb 29 and no such day so many years before: Feb 28 is the last that had its birthday
        return as_of.replace(year=as_of.year - years, day=28)
