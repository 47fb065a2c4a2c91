"""Who may be on a list at all, before any clause: old enough, living here, alive, and free to have contacts.

A home is where the record of a contact says its person lives, known where it gives a town or a ZIP code; the last one
by the day of the contact holds (inside before outside on the same day).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ddj_desktop.cohort.clauses import STATES, placed, state_of
from ddj_desktop.cohort.contacts import Contacts, Flags, Mask, Numbers
from ddj_desktop.cohort.counts import Counts
from ddj_desktop.cohort.types import AttributeClause, FromTo, Measure, Rule
from ddj_desktop.cohort.windows import day_number, day_of, span_of
from ddj_desktop.cohort.words import residents_in_words
from ddj_desktop.kernel.dates import Span
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_STRIDE, _ZERO_DAY = 1 << 22, 1 << 21
NOT_SAID = 10_000_000
"""A birth day number nobody has."""


@dataclass(frozen=True)
class Births:
    """For each person the birth date most of their records give (of equally frequent ones the later, so that nobody is
    taken for older than shown), and the last day of the latest birth year that their records allow; NOT_SAID where they
    say nothing."""

    day: Numbers
    year_end: Numbers


@dataclass(frozen=True)
class Known:
    """What a population may ask, read once; None where the rule does not ask it."""

    births: Births | None = None
    homes: Flags | None = None
    deaths: Flags | None = None
    """The day a death was known, as `state`."""


@dataclass(frozen=True)
class Asked:
    """One thing asked of the population, answered."""

    words: str
    met: Mask
    not_shown: str = ""
    """A sentence where some are left out because nothing shows the answer; '' where there is none."""


def load_births(
    lane: Lane, contacts: Contacts, person_of: Callable[[Numbers, Numbers], Numbers] | None = None
) -> Births:
    """Read when people were born. `person_of` gives records another person than the county file does, from both."""
    found = lane.columns(sql("cohort", "ages"))
    person = np.asarray(found["person_id"], np.int64)
    if person_of:
        person = person_of(np.asarray(found["record_id"], np.int64), person)
    at = np.minimum(np.searchsorted(contacts.ids, person), max(0, len(contacts.ids) - 1))
    known = contacts.ids[at] == person if len(contacts.ids) else np.zeros(0, np.bool_)
    at = at[known]
    born = np.ma.filled(np.ma.asarray(found["born"], np.int64), NOT_SAID)[known].astype(np.int64)
    year = np.ma.filled(np.ma.asarray(found["birth_year_high"], np.int64), 0)[known]
    day, last_year = np.full(len(contacts.ids), NOT_SAID, np.int64), np.zeros(len(contacts.ids), np.int64)
    np.maximum.at(last_year, at, np.where((year >= 1) & (year <= 9999), year, 0))
    said = born != NOT_SAID
    keys, times = np.unique(at[said] * _STRIDE + (born[said] + _ZERO_DAY), return_counts=True)
    order = np.lexsort((keys, times, keys // _STRIDE))
    day[keys[order] // _STRIDE] = keys[order] % _STRIDE - _ZERO_DAY  # the last of a person: most often, then latest
    year_end = [day_number(date(y, 12, 31)) if y else NOT_SAID for y in last_year.tolist()]
    return Births(day, np.array(year_end, np.int64))


def load_known(lane: Lane, contacts: Contacts, rule: Rule, births: Births | None = None) -> Known:
    """Read what the rule's population asks; `births` where they are at hand."""
    homes = deaths = None
    if rule.residents:
        places = [place.strip().casefold() for place in rule.residents]
        found = lane.columns(sql("cohort", "homes"), places=places)
        inside = np.ma.filled(np.ma.asarray(found["inside"], np.bool_), False)
        homes = placed(contacts, np.asarray(found["contact_id"], np.int64), inside.astype(np.int64) + 1)
    if "deceased" in rule.leave_out:
        found = lane.columns(sql("cohort", "deaths"))
        deaths = placed(contacts, np.asarray(found["contact_id"], np.int64), np.asarray(found["day"], np.int64))
    if rule.min_age is not None:
        births = births or load_births(lane, contacts)
    return Known(births if rule.min_age is not None else None, homes, deaths)


def asked_of(rule: Rule, as_of: date, counts: Counts, known: Known, base: Mask) -> tuple[Asked, ...]:
    """Every question of the rule's population, answered for every unit, in the order they are printed."""
    found = []
    if rule.min_age is not None and known.births:
        found.append(_age(rule.min_age, as_of, counts.contacts, known.births, base))
    if known.homes:
        found.append(_residents(rule, as_of, counts.contacts, known.homes, base))
    if known.deaths:
        alive = np.ones(len(base), np.bool_)
        dead = known.deaths.place[known.deaths.state <= day_number(as_of)]
        alive[counts.contacts.unit[dead]] = False
        found.append(Asked("not called dead by any source", alive))
    if "in_custody_throughout" in rule.leave_out:
        found.append(_at_liberty(rule, as_of, counts, len(base)))
    return tuple(found)


def widest(rule: Rule, as_of: date) -> Span | None:
    """From the first to the last day that any window of the rule holds; None where it has none."""
    windows = [measure.window for measure in rule.measures]
    windows += [leaf.window for _, leaf in rule.leaves if isinstance(leaf, AttributeClause) and leaf.window]
    spans = [span for window in windows if (span := span_of(window, as_of)).days]
    return Span(min(span.first for span in spans), max(span.last for span in spans)) if spans else None


def _at_liberty(rule: Rule, as_of: date, counts: Counts, units: int) -> Asked:
    free, span = np.ones(units, np.bool_), widest(rule, as_of)
    if span:
        measure = Measure("days", ("jail",), (), FromTo(span.first, span.last))
        free = counts.of(measure, as_of).value < span.days
    return Asked("not in jail on every day of the widest window", free)


def _residents(rule: Rule, as_of: date, contacts: Contacts, homes: Flags, base: Mask) -> Asked:
    state = state_of(contacts, AttributeClause("home", "yes", "last", False, None), as_of, homes)
    here = (state == STATES.index("yes")) | (rule.unknown_residence_counts & (state == 0))
    unknown = int((base & (state == 0)).sum())
    what = "counted as living here" if rule.unknown_residence_counts else "left out"
    said = f"{unknown:,} people for whom no source gives a home are {what}." if unknown else ""
    return Asked(residents_in_words(rule), here, said)


def _age(min_age: int, as_of: date, contacts: Contacts, births: Births, base: Mask) -> Asked:
    """Who is shown to be old enough.

    By the birth date most of their records give. Where none gives one: by the latest birth year they allow, as if
    born on its last day, or by the age a contact states, plus the whole years since. Who can not be shown to be old
    enough is left out, as in doubt a child must not stand on a list of adults.
    """
    born_by = day_number(_years_before(as_of, min_age))
    dated = births.day != NOT_SAID
    stated = (contacts.age >= 0) & (contacts.first_day <= day_number(as_of)) & ~dated[contacts.unit]
    age = np.full(len(base), -1, np.int64)
    np.maximum.at(age, contacts.unit[stated], contacts.age[stated] + _whole_years(contacts.first_day[stated], as_of))
    shown = np.where(dated, births.day <= born_by, (births.year_end <= born_by) | (age >= min_age))
    unknown = int((base & ~dated & (births.year_end == NOT_SAID) & (age < 0)).sum())
    said = f"{unknown:,} people of unknown age are left out." if unknown else ""
    return Asked(f"aged {min_age} or older", shown, said)


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
