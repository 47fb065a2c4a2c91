"""What if contacts were somebody else's: the rule asked of people who are put together or taken apart on trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from ddj_desktop.cohort.case import Case, Material, work_through
from ddj_desktop.cohort.contacts import Contacts, Flags, Mask, Numbers
from ddj_desktop.cohort.counts import Counts
from ddj_desktop.cohort.population import Known
from ddj_desktop.cohort.types import Rule


def would_be_members(rule: Rule, as_of: date, material: Material, units: Sequence[Numbers]) -> Mask:
    """Which units would be on the list if each had exactly these contacts, everybody else being as they are.

    A unit is places in `material.contacts`, which may stand in several units; none is empty. For a top rule a unit is
    in where it has as much as the least of those who are in now; tiers are left aside.
    """
    if not units:
        return np.zeros(0, np.bool_)
    on_trial = replace(rule, top=None, tiers=())
    case = work_through(on_trial, as_of, _regrouped(material, units))
    if rule.top is None:
        return case.chosen
    return case.chosen & _reaches_the_cut(rule, as_of, material, case)


def _reaches_the_cut(rule: Rule, as_of: date, material: Material, case: Case) -> Mask:
    now = work_through(rule, as_of, material)
    if rule.top is None or now.cut is None or now.cut.lowest is None:
        return np.zeros(len(case.chosen), np.bool_)
    by = rule.top.by
    value = case.material.counts.of(by, as_of).value
    enough: Mask = value >= now.cut.lowest * (100 if by.count == "cost" else 1)
    return enough


def _regrouped(material: Material, units: Sequence[Numbers]) -> Material:
    """The same contacts under other units, numbered from 0. A unit is as old as the person of its first contact."""
    contacts = material.contacts
    unit = np.repeat(np.arange(len(units), dtype=np.int64), [len(rows) for rows in units])
    row = np.concatenate(units).astype(np.int64)
    order = np.lexsort((contacts.contact_id[row], contacts.first_day[row], unit))
    unit, row = unit[order], row[order]
    first = np.searchsorted(unit, np.arange(len(units)))
    known, size = material.known, len(contacts.unit)
    births = known.births
    if births is not None:
        person = contacts.unit[row[first]]
        births = replace(births, day=births.day[person], year_end=births.year_end[person])
    homes, deaths = (None if found is None else _flags(found, row, size) for found in (known.homes, known.deaths))
    flags = {name: _flags(found, row, size) for name, found in material.flags.items()}
    regrouped = _of_rows(contacts, row, unit, len(units))
    return Material(regrouped, Counts(regrouped, material.costs, flags), Known(births, homes, deaths))


def _of_rows(contacts: Contacts, row: Numbers, unit: Numbers, size: int) -> Contacts:
    return replace(
        contacts, ids=np.arange(size, dtype=np.int64), unit=unit, contact_id=contacts.contact_id[row],
        first_day=contacts.first_day[row], last_day=contacts.last_day[row], has_length=contacts.has_length[row],
        source=contacts.source[row], kind=contacts.kind[row], age=contacts.age[row], addresses=(), left_out=(),
    )  # fmt: skip


def _flags(found: Flags, row: Numbers, size: int) -> Flags:
    """Where an attribute was recorded, by the new places; yes before no where a contact says both."""
    state = np.zeros(size, np.int64)
    np.maximum.at(state, found.place, found.state)
    place = np.flatnonzero(state[row])
    return Flags(place, state[row][place])
