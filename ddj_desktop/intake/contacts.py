"""From rows to contacts, the records they name, their flags and charges.

Everything here is a function of the set of rows of an event (and of the people rows of the persons it names): the
order in which rows or files came does not matter. Ties are broken by the values themselves.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from ddj_desktop.intake import charges as charge_words
from ddj_desktop.intake.cleaning_text import address_says_homeless, homeless_by_living
from ddj_desktop.intake.fields import FLAGS
from ddj_desktop.intake.keys import MANY_PEOPLE, person_text
from ddj_desktop.intake.kinds import HAS_LENGTH, NO_LENGTH, at_jail, contact_kind, is_subject
from ddj_desktop.intake.records import Record, completeness, records_of
from ddj_desktop.intake.reports import join_reports
from ddj_desktop.intake.row_set import RowSet
from ddj_desktop.kernel.ids import derived_id
from ddj_desktop.registers.crosswalks import as_code
from ddj_desktop.store.columns import Array


class Charge(NamedTuple):
    """One charge of a booking or arrest."""

    description: str | None
    code: str | None
    severity: str | None
    group: str


class Contact(NamedTuple):
    """One booking, call, run, visit or stay of one person (or of nobody named)."""

    contact_id: int
    contact_key: str | None
    kind: str
    starts: datetime
    ends: datetime | None
    has_length: bool
    record_id: int | None
    address: str | None
    age: int | None
    attributes: str
    flags: tuple[tuple[str, str], ...]
    charges: tuple[Charge, ...]


@dataclass
class Derived:
    """What rows became."""

    contacts: list[Contact] = field(default_factory=list)
    records: dict[int, Record] = field(default_factory=dict)
    contact_of: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    """For each row its contact; -1 where it has none."""
    record_of: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    """For each row its record; -1 where it has none."""


ATTRIBUTES = (
    "nature", "disposition", "release_type", "agency", "facility", "severity", "kind_code", "living_situation",
)  # fmt: skip
"""Fields kept with a contact as they are, for counting."""


Meanings = Mapping[str, Mapping[str, str]]
"""Coded field to the source's codes and what the county said they mean."""

_HOMELESS = {"unsheltered": "yes", "sheltered": "yes", "temporary": "no", "institution": "no", "housed": "no"}
"""What a living situation says of homelessness, as HUD groups them."""


def derive(
    rows: RowSet, source_id: int, kind: str, ends_apart: bool = False, meanings: Meanings | None = None
) -> Derived:
    """The contacts, records, flags and charges that rows of one source stand for.

    `ends_apart`: ends come in a report of their own, so that a contact it does not name is still open. `meanings`: what
    the county said the source's codes mean, which goes before what the program takes them for.
    """
    done = Derived()
    rows = join_reports(rows, kind not in MANY_PEOPLE)
    done.record_of = records_of(rows, source_id, done.records)
    done.contact_of = np.full(len(rows), -1, np.int64)
    members: dict[int, list[int]] = defaultdict(list)
    mine = np.flatnonzero(~rows.people_only)
    for place, group in zip(mine.tolist(), rows.groups[mine].tolist(), strict=True):
        members[group].append(place)
    maker = _Maker(rows, kind, done, ends_apart, meanings or {})
    for group in sorted(members):
        maker.event(group, members[group])
    return done


class _Maker:
    """Makes the contacts of one event after another."""

    def __init__(self, rows: RowSet, kind: str, done: Derived, ends_apart: bool, meanings: Meanings) -> None:
        self.kind, self.done, self.ends_apart = kind, done, ends_apart
        self.record_ids: list[int] = done.record_of.tolist()
        self.has_ends = rows.reports.where(lambda report: report.has_ends).tolist()
        self.kind_of, self.group_of, self.living = (
            meanings.get(name, {}) for name in ("kind_code", "charge", "living_situation")
        )
        self.of = {name: rows.clean.of(name).whole() for name in _USED}
        self.said = {name for name in _USED if rows.clean.of(name).known().any()}
        self.attributes = [name for name in ATTRIBUTES if name in self.said]
        self.flags = [name for name in FLAGS if name in self.said or name == "homeless"]
        # What returns in contact after contact is made once: wordings of attributes, kinds, charges, addresses.
        self.wordings: dict[tuple[tuple[str, str], ...], str] = {}
        self.kinds: dict[tuple[tuple[str, ...], ...], str] = {}
        self.kinds_told: dict[tuple[_Told, int], str] = {}
        self.told: dict[_Told, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]] = {}
        self.parted: dict[tuple[str | None, ...], list[_Sorted]] = {}
        self.charges: dict[tuple[_Sorted, ...], tuple[Charge, ...]] = {}
        self.no_home: dict[str, bool] = {}
        self.jails: dict[str, bool] = {}
        self.sayings = self._sayings()

    def _sayings(self) -> list[int]:
        """For each row a number for what it says of attributes and flags: rows alike in these have the same."""
        no_home = {text: text is not None and self._no_home(text) for text in set(self.of["address"])}
        columns = [self.of[name] for name in dict.fromkeys([*self.attributes, *self.flags, "living_situation"])]
        numbers: dict[tuple[Any, ...], int] = {}
        rows = zip(*columns, map(no_home.__getitem__, self.of["address"]), strict=True)
        return [numbers.setdefault(said, len(numbers)) for said in rows]

    def event(self, group: int, places: list[int]) -> None:
        """One event: one contact for each person it is about, or one without a person.

        An event whose start no report has given yet is no contact; its rows wait.
        """
        if not self._given("starts", places):
            return
        if self.kind not in MANY_PEOPLE:
            self._contact(derived_id(group, "one"), places, places)
            return
        about = defaultdict(list)
        rest = []
        for place in places:
            person = self._person(place)
            if person and is_subject(self.of["role"][place]) and self.record_ids[place] >= 0:
                about[person].append(place)
            else:
                rest.append(place)
        persons = self._parted(about)
        if not persons:
            self._contact(derived_id(group, "nobody"), places, [])
            return
        first = min(derived_id(group, *who) for who in persons)
        for who in sorted(persons):
            self._contact(derived_id(group, *who), persons[who], persons[who], rest)
        self.done.contact_of[rest] = first

    def _person(self, place: int) -> str:
        return person_text(self.of["record_key"][place], self.of["name"][place], self.of["ssn"][place])

    def _parted(self, about: dict[str, list[int]]) -> dict[tuple[str, str], list[int]]:
        """People of one name in one event are parted where their birth dates differ: a father and his son."""
        persons: dict[tuple[str, str], list[int]] = {}
        for person, places in about.items():
            births = {str(birth.day) for place in places if (birth := self.of["birth"][place]) and birth.day}
            if len(births) < 2:
                persons[person, ""] = places
                continue
            for place in places:
                birth = self.of["birth"][place]
                born = str(birth.day) if birth and birth.day else min(births)
                persons.setdefault((person, born), []).append(place)
        return persons

    def _contact(self, contact_id: int, places: list[int], named: list[int], more: Sequence[int] = ()) -> None:
        """Add one contact. `named` are the rows that name its person; `more` rows say only what happened."""
        record_id = self._record(named)
        self.done.contact_of[places] = contact_id
        if record_id is not None:
            self.done.record_of[places] = [own if (own := self.record_ids[place]) >= 0 else record_id
                                           for place in places]  # fmt: skip
        everything = [*places, *more] if more else places
        starts = min(self._given("starts", places) or self._given("starts", everything))
        charges = self._charges(places)
        told = self.sayings[places[0]] if len(places) == 1 else tuple([self.sayings[place] for place in places])
        known = self.told.get(told) if not more else None
        if known is None:
            said_of = tuple([(name, said) for name in self.attributes if (said := self._most(name, everything))])
            known = said_of, self._flags(places)
            if not more:
                self.told[told] = known
        attributes, flags = known
        kind = self._kind(everything, charges) if more else self._kind_told(told, everything, charges)
        ends, has_length, unknown = self._end(places if self._given("starts", places) else everything, starts, kind)
        if unknown:
            attributes = (*attributes, ("end", "unknown"))
        self.done.contacts.append(
            Contact(
                contact_id, self._most("contact_key", places), kind, starts,
                ends, has_length, record_id, self._where(everything), min(self._given("age", places), default=None),
                self._wording(attributes), flags, charges,
            )
        )  # fmt: skip

    def _kind_told(self, told: _Told, places: list[int], charges: tuple[Charge, ...]) -> str:
        """The kind, where no more rows speak of the contact: found once for what rows and charges say."""
        if self.kind in _AT_A_JAIL:
            return self._kind(places, charges)
        same = told, id(charges)  # charges that are alike are one and the same
        found = self.kinds_told.get(same)
        if found is None:
            found = self.kinds_told[same] = self._kind(places, charges)
        return found

    def _kind(self, everything: list[int], charges: tuple[Charge, ...]) -> str:
        said = (
            tuple(self._texts("kind_code", everything)), tuple(charge.description or "" for charge in charges),
            tuple(self._texts("disposition", everything)),
        )  # fmt: skip
        if self._at_jail(everything):
            return contact_kind(self.kind, *said, jailed=True)
        found = self.kinds.get(said)
        if found is None:
            meant = [self.kind_of[code] for text in said[0] if (code := as_code(text)) in self.kind_of]
            found = self.kinds[said] = meant[0] if meant else contact_kind(self.kind, *said)
        return found

    def _at_jail(self, everything: list[int]) -> bool:
        if self.kind not in _AT_A_JAIL:
            return False
        for place in self._given("location", everything):
            if place not in self.jails:
                self.jails[place] = at_jail(place)
            if self.jails[place]:
                return True
        return False

    def _wording(self, attributes: tuple[tuple[str, str], ...]) -> str:
        found = self.wordings.get(attributes)
        if found is None:
            found = self.wordings[attributes] = _TO_JSON(dict(attributes))
        return found

    def _record(self, named: list[int]) -> int | None:
        """The fullest mention among the rows of a contact."""
        ids = {found for place in named if (found := self.record_ids[place]) >= 0}
        if len(ids) < 2:
            return min(ids, default=None)
        return max(ids, key=lambda found: (completeness(self.done.records[found]), found), default=None)

    def _end(self, places: list[int], starts: datetime, kind: str) -> tuple[datetime | None, bool, bool]:
        """When it ended; whether its days count; whether it ended at a time not known.

        A stay whose end can not be told has no length: it counts as a contact and adds no days.
        """
        given = self._given("ends", places)
        told = [place for place in places if self.has_ends[place]]
        unknown = any(self._given("end_unknown", told or places)) and not (self.ends_apart and not told)
        if kind in NO_LENGTH or (self.kind not in HAS_LENGTH and kind not in HAS_LENGTH):
            return max(given, default=None), False, False
        if not given and unknown:
            return None, False, True
        ends = max(given, default=None)
        return (None, False, True) if ends is not None and ends < starts else (ends, True, False)

    def _given(self, name: str, places: Iterable[int]) -> list[Any]:
        if name not in self.said:
            return []
        values = self.of[name]
        return [values[place] for place in places if values[place] is not None]

    def _texts(self, name: str, places: Iterable[int]) -> list[str]:
        given = self._given(name, places)
        return sorted(set(given)) if len(given) > 1 else given

    def _most(self, name: str, places: Iterable[int]) -> str | None:
        """What most rows say; of equals the first by spelling."""
        given = self._given(name, places)
        if not given:
            return None
        if len(given) == 1 or given.count(given[0]) == len(given):
            return str(given[0])
        return str(min(Counter(given).items(), key=lambda item: (-item[1], str(item[0])))[0])

    def _where(self, places: list[int]) -> str | None:
        return self._most("location", places) or (self._most("address", places) if self.kind == "dispatch" else None)

    def _flags(self, places: list[int]) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for name in self.flags:
            given = self._given(name, places)
            if name == "homeless":
                given += [said for text in self._given("living_situation", places) if (said := self._homeless_by(text))]
                given += ["yes" for text in self._given("address", places) if self._no_home(text)]
            if given:
                found[name] = "yes" if "yes" in given else "no"
        return tuple(sorted(found.items()))

    def _homeless_by(self, living: str) -> object:
        meant = self.living.get(as_code(living))
        return _HOMELESS.get(meant) if meant else homeless_by_living(living)[0]

    def _no_home(self, address: str) -> bool:
        found = self.no_home.get(address)
        if found is None:
            found = self.no_home[address] = address_says_homeless(address)
        return found

    def _group(self, charge: str) -> str:
        return (self.group_of and self.group_of.get(as_code(charge))) or charge_words.charge_group(charge)

    def _charges(self, places: list[int]) -> tuple[Charge, ...]:
        """The charges in the order of their numbers; the same charge said twice (a line a housing move) is one."""
        columns = [self.of[name] for name in ("charge_number", "charge_code", "charge_description", "severity")]
        found: set[_Sorted] = set()
        for place in places:
            cells = tuple([values[place] for values in columns])
            parts = self.parted.get(cells)
            if parts is None:
                parts = self.parted[cells] = _charges_of(*cells)
            found.update(parts)
        ordered = tuple(sorted(found))
        charges = self.charges.get(ordered)
        if charges is None:
            charges = self.charges[ordered] = tuple(
                Charge(words or None, code or None, severity or None, self._group(words or code))
                for _, _, words, code, severity in ordered
            )
        return charges


_Told = int | tuple[int, ...]
"""What the rows of a contact say of attributes and flags, by the numbers of their sayings."""
_AT_A_JAIL = frozenset({"dispatch", "ems"})
"""Kinds whose contacts are of another kind where they took place at a jail."""
_Sorted = tuple[float, str, str, str, str]
"""A charge as it is sorted: rank of its number, number, words, code, severity."""


def _charges_of(number: str | None, code: str | None, words: str | None, severity: str | None) -> list[_Sorted]:
    """The charges one row names."""
    if not code and not words:
        return []
    number = number or ""
    rank = float(number) if number.isdigit() else float("inf")
    return [(rank, number, one, part, severity or "") for one, part in _parallel(words or "", code or "")]


def _parallel(words: str, codes: str) -> list[tuple[str, str]]:
    """Several charges in one cell, parted by semicolons, bars or lines, each with its code where they run parallel."""
    if ";" not in words and "|" not in words and "\n" not in words:
        return [(words, codes)]
    parts = [part.strip() for part in words.replace("|", ";").replace("\n", ";").split(";") if part.strip()]
    if len(parts) < 2:
        return [(words, codes)]
    own = [code.strip() for code in codes.replace("|", ";").replace("\n", ";").split(";")]
    return list(zip(parts, own if len(own) == len(parts) else [""] * len(parts), strict=True))


_TO_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

_USED = (
    *ATTRIBUTES, *FLAGS, "contact_key", "record_key", "name", "birth", "ssn", "role", "starts", "ends", "end_unknown",
    "age", "location", "address", "charge_number", "charge_code", "charge_description",
)  # fmt: skip
