"""What the county's systems say of each person's race, and one answer for each person by the rule in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.kernel.dates import Span
from ddj_desktop.measures.crosstab import Mask, Numbers
from ddj_desktop.measures.race import DISAGREE, GROUPS, MORE_THAN_ONE, NOT_RECORDED, UNCLEAR, Code, codes
from ddj_desktop.registers.race_rules import race_rule, self_reported_sources
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

_PLACE = {group: place for place, group in enumerate(GROUPS)}


@dataclass(frozen=True)
class RaceSaid:
    """Every record of everyone known whose codes say a group: by person, the last seen first."""

    rule: str
    codes: tuple[Code, ...]
    person: Numbers
    code: Numbers
    """Place in `codes`."""
    self_reported: Mask
    _settled: dict[str, dict[int, str]] = field(default_factory=dict)
    """By rule, what was settled already: several tables ask for the same."""

    def settled(self, rule: str | None = None, labels: Sequence[str] | None = None) -> dict[int, str]:
        """One group for each person of whom anything is said, by the rule in force or another one.

        `labels` are the codes' groups under another standard than SPD-15 (2024). A code that is unclear counts only
        where nothing clear is said.
        """
        rule = rule or self.rule
        if labels is None and rule in self._settled:
            return self._settled[rule]
        names = list(dict.fromkeys([*GROUPS, *(labels or ())]))
        of_code = np.array([names.index(label) for label in labels or [c.group for c in self.codes]] or [0], np.int64)
        group = of_code[self.code]
        said = group != names.index(NOT_RECORDED)
        unclear = group == names.index(UNCLEAR)
        clear = said & ~unclear
        chosen = _first(self.person, unclear, np.arange(len(group)), group)
        if rule == "most_frequent":
            chosen |= _most_frequent(self.person, clear, group)
        else:
            first = np.where(self.self_reported, 0, 1) if rule == "self_reported" else np.zeros(len(group), np.int64)
            chosen |= _first(self.person, clear, first * len(group) + np.arange(len(group)), group)
        if rule in ("any_mention", "conflicting"):
            several = names.index(MORE_THAN_ONE if rule == "any_mention" else DISAGREE)
            chosen |= dict.fromkeys(_with_several(self.person[clear], group[clear]), several)
        found = {person: names[place] for person, place in chosen.items()}
        if labels is None:
            self._settled[rule] = found
        return found

    def by_source(self, source_id: int) -> dict[int, str]:
        """The last clear group one source says of each person it knows."""
        of_code = np.array([_PLACE[code.group] for code in self.codes] or [0], np.int64)
        mine = np.array([code.source_id == source_id for code in self.codes] or [False])
        group = of_code[self.code]
        clear = mine[self.code] & (group != _PLACE[NOT_RECORDED]) & (group != _PLACE[UNCLEAR])
        found = _first(self.person, clear, np.arange(len(group)), group)
        return {person: GROUPS[place] for person, place in found.items()}

    def named(self, group: str) -> Numbers:
        """People of whom any record names a group, alone or in combination."""
        naming = np.array([group in code.every_group for code in self.codes] or [False])
        return np.unique(self.person[naming[self.code]])


def race_said(lane: Lane, members: Sequence[int], window: Span) -> RaceSaid:
    """Load what is said of everyone with a contact in the window, or on the list."""
    known = tuple(codes(lane))
    found = lane.columns(
        sql("measures", "race_said"), members=list(members), first=window.first, last=window.last,
        sources=[code.source_id for code in known], races=[code.race for code in known],
        ethnicities=[code.ethnicity for code in known],
    )  # fmt: skip
    asked = self_reported_sources(lane)
    self_said = np.array([asked[code.source_id] for code in known] or [False])
    person, code = np.asarray(found["person_id"], np.int64), np.asarray(found["place"], np.int64)
    return RaceSaid(race_rule(lane), known, person, code, self_said[code])


def _first(person: Numbers, chosen: Mask, order: Numbers, group: Numbers) -> dict[int, int]:
    """For each person the group of their chosen record that comes first."""
    at = np.flatnonzero(chosen)
    at = at[np.lexsort((order[at], person[at]))]
    people, places = np.unique(person[at], return_index=True)
    return dict(zip(people.tolist(), group[at][places].tolist(), strict=True))


def _most_frequent(person: Numbers, chosen: Mask, group: Numbers) -> dict[int, int]:
    """For each person the group most of their chosen records say; of those level, the one said last."""
    at = np.flatnonzero(chosen)
    if not len(at):
        return {}
    pair = person[at] * len(_PLACE) * 4 + group[at]
    _, first, counts = np.unique(pair, return_index=True, return_counts=True)
    where = at[first]
    order = np.lexsort((where, -counts, person[where]))
    people, places = np.unique(person[where][order], return_index=True)
    return dict(zip(people.tolist(), group[where][order][places].tolist(), strict=True))


def _with_several(person: Numbers, group: Numbers) -> list[int]:
    """People of whom more than one group is said."""
    pairs = np.unique(np.stack([person, group], axis=1), axis=0)[:, 0]
    people, counts = np.unique(pairs, return_counts=True)
    found: list[int] = people[counts > 1].tolist()
    return found
