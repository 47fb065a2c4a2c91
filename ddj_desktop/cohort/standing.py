"""One person and the definition: whether they are on the list on a date, why or what is missing, and since when."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ddj_desktop.cohort.case import Case, Material, material_for, work_through
from ddj_desktop.cohort.contacts import Contacts, load_people
from ddj_desktop.cohort.population import widest
from ddj_desktop.cohort.reasons import reason, what_they_have
from ddj_desktop.cohort.types import Rule
from ddj_desktop.kernel.dates import Month, Span
from ddj_desktop.store.lane import Lane

MOST_MONTHS = 24
"""How far back is looked for the month in which somebody came on the list."""


@dataclass(frozen=True)
class Standing:
    """How one person stands to the list of a month."""

    month: Month
    on_list: bool
    why: str
    """On the list: what they met. Not on it: what they have of each clause, and what it needs. '' for nobody known."""
    since: Month | None
    """The first month of those in a row up to this one whose list they are on; None where they are not."""
    at_least_since: bool
    """True where the months looked at end before that: they may have been on it longer."""
    window: Span | None
    """The days the rule looks at, from the first of any window to the last."""


def standing(lane: Lane, rule: Rule, person_id: int, month: Month) -> Standing:
    """Where somebody stands on the last day of `month`, and in the months before."""
    window = widest(rule, month.span.last)
    if rule.unit != "person":
        return Standing(month, False, "", None, False, window)
    contacts = load_people(lane)
    ranks = rule.top is not None or any(tier.value is None for tier in rule.tiers)
    material = material_for(lane, rule, contacts if ranks else _only(contacts, person_id))
    case = work_through(rule, month.span.last, material)
    place = _place(material, person_id)
    if place is None or not case.base[place]:
        return Standing(month, False, "", None, False, window)
    if not case.chosen[place]:
        return Standing(month, False, _short(case, place), None, False, window)
    first = month
    for back in range(1, MOST_MONTHS + 1):
        earlier = month.plus(-back)
        if not work_through(rule, earlier.span.last, material).chosen[place]:
            return Standing(month, True, reason(case, place), first, False, window)
        first = earlier
    return Standing(month, True, reason(case, place), first, True, window)


def _only(contacts: Contacts, person_id: int) -> Contacts:
    mask = contacts.ids[contacts.unit] == person_id
    columns = ("contact_id", "first_day", "last_day", "has_length", "source", "kind", "age")
    kept = {name: getattr(contacts, name)[mask] for name in columns}
    ids = contacts.ids[contacts.ids == person_id]
    return replace(contacts, ids=ids, unit=np.zeros(int(mask.sum()), np.int64), **kept)


def _place(material: Material, person_id: int) -> int | None:
    found = np.flatnonzero(material.contacts.ids == person_id)
    return int(found[0]) if len(found) else None


def _short(case: Case, place: int) -> str:
    missing = [asked.words for asked in case.population if not asked.met[place]]
    said = what_they_have(case, place)
    if missing:
        said = f"not {'; not '.join(missing)}; {said}" if said else f"not {'; not '.join(missing)}"
    return said
