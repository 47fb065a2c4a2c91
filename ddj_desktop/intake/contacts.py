"""From rows to contacts, the records they name, their flags and charges.

Everything here is a function of the set of rows of an event (and of the people rows of the persons it names): the
order in which rows or files came does not matter. Ties are broken by the values themselves.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ddj_desktop.intake.charges import Charge, Sorted, charge_group, charges_of
from ddj_desktop.intake.cleaning_text import address_says_homeless, homeless_by_living
from ddj_desktop.intake.coded import combined
from ddj_desktop.intake.contacts_at_once import contacts_at_once
from ddj_desktop.intake.fields import FLAGS
from ddj_desktop.intake.keys import MANY_PEOPLE, person_text
from ddj_desktop.intake.kinds import AT_A_JAIL, HAS_LENGTH, NO_LENGTH, at_jail, contact_kind, is_subject
from ddj_desktop.intake.records import Record, completeness, records_of
from ddj_desktop.intake.reports import join_reports
from ddj_desktop.intake.row_set import RowSet
from ddj_desktop.kernel.ids import derived_id
from ddj_desktop.registers.crosswalks import as_code
from ddj_desktop.store.columns import Array


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

Told = tuple[tuple[str, str], ...]
"""Names of attributes or flags with what is told of them."""
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
    maker = Maker(rows, kind, done, ends_apart, meanings or {})
    for group, places in contacts_at_once(maker):
        maker.event(group, places)
    return done


class Maker:
    """Makes the contacts of one event after another."""

    def __init__(self, rows: RowSet, kind: str, done: Derived, ends_apart: bool, meanings: Meanings) -> None:
        self.kind, self.done, self.ends_apart = kind, done, ends_apart
        self.rows, self.of = rows, _Whole(rows)
        self.kind_of, self.group_of, self.living = (
            meanings.get(name, {}) for name in ("kind_code", "charge", "living_situation")
        )
        self.said = {name for name in _USED if rows.clean.of(name).known().any()}
        self.attributes = [name for name in ATTRIBUTES if name in self.said]
        self.flags = [name for name in FLAGS if name in self.said or name == "homeless"]
        # What returns in contact after contact is made once: wordings of attributes, kinds, charges, addresses.
        self.wordings: dict[tuple[tuple[str, str], ...], str] = {}
        self.kinds: dict[tuple[tuple[str, ...], ...], str] = {}
        self.kinds_told: dict[tuple[tuple[int, ...], int, bool], str] = {}
        self.told: dict[tuple[int, ...], tuple[Told, Told]] = {}
        self.charges_of_cells: dict[tuple[int, ...], tuple[Charge, ...]] = {}
        self.charges_known: dict[tuple[Sorted, ...], tuple[Charge, ...]] = {}
        self.no_home: dict[str, bool] = {}
        self.sayings = self._sayings()
        self.charge_cells, firsts = combined([rows.clean.of(name) for name in _CHARGE])
        cells = zip(*(rows.clean.of(name).at(firsts).whole() for name in _CHARGE), strict=True)
        self.charges_in = [charges_of(*those) for those in cells]

    @cached_property
    def record_ids(self) -> list[int]:
        """The record each row mentions; -1 for nobody."""
        ids: list[int] = self.done.record_of.tolist()
        return ids

    @cached_property
    def has_ends(self) -> list[bool]:
        """For each row whether its report has a column for the end."""
        has: list[bool] = self.rows.reports.where(lambda report: report.has_ends).tolist()
        return has

    def _sayings(self) -> Array:
        """For each row a number for what it says of attributes and flags: rows alike in these have the same."""
        names = dict.fromkeys((*self.attributes, *self.flags, "living_situation"))
        columns = [self.rows.clean.of(name) for name in names]
        no_home = self.rows.clean.of("address").change(lambda text: text is not None and self._no_home(text))
        return combined([*columns, no_home])[0]

    def event(self, group: int, places: list[int]) -> None:
        """One event: one contact for each person it is about, or one without a person.

        An event whose start no report has given yet is no contact; its rows wait.
        """
        begins = min(self.given("starts", places), default=None)
        if begins is None:
            return
        if self.kind not in MANY_PEOPLE:
            self._contact(derived_id(group, "one"), places, places, begins)
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
            self._contact(derived_id(group, "nobody"), places, [], begins)
            return
        first = min(derived_id(group, *who) for who in persons)
        for who in sorted(persons):
            self._contact(derived_id(group, *who), persons[who], persons[who], begins, rest)
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

    def _contact(
        self, contact_id: int, places: list[int], named: list[int], begins: datetime, more: Sequence[int] = ()
    ) -> None:
        """Add one contact. `named` are the rows that name its person; `more` rows say only what happened.

        `begins`: when the event begins, where neither says a start.
        """
        record_id = self.record(named)
        self.done.contact_of[places] = contact_id
        if record_id >= 0:
            self.done.record_of[places] = [own if (own := self.record_ids[place]) >= 0 else record_id
                                           for place in places]  # fmt: skip
        everything = [*places, *more]
        starts = min(self.given("starts", places) or self.given("starts", everything), default=begins)
        charges = self.charges(self.charge_cells[places].tolist())
        attributes = self._attributes(everything)
        kind = self._kind(everything, charges, self._at_jail(everything))
        end = self._end(places if self.given("starts", places) else everything)
        self.add(
            contact_id, self.most("contact_key", places), kind, starts, end, record_id, self._where(everything),
            min(self.given("age", places), default=None), attributes, self._flags(places), charges,
        )  # fmt: skip

    def add(
        self, contact_id: int, key: str | None, kind: str, starts: datetime, end: tuple[datetime | None, bool],
        record_id: int, where: str | None, age: int | None, attributes: Told, flags: Told, charges: tuple[Charge, ...],
    ) -> None:  # fmt: skip
        """Add a contact of which all is known. `end`: when it ended, and whether it ended at a time not known."""
        ends, has_length, unknown = self._length(kind, starts, *end)
        if unknown:
            attributes = (*attributes, ("end", "unknown"))
        self.done.contacts.append(
            Contact(
                contact_id, key, kind, starts, ends, has_length, record_id if record_id >= 0 else None, where, age,
                self._wording(attributes), flags, charges,
            )
        )  # fmt: skip

    def told_by(self, told: tuple[int, ...], places: Callable[[], list[int]]) -> tuple[Told, Told]:
        """Attributes and flags of the contact these rows make, found once for what rows say. `told`: their sayings."""
        known = self.told.get(told)
        if known is None:
            known = self.told[told] = self._attributes(places()), self._flags(places())
        return known

    def _attributes(self, places: Sequence[int]) -> Told:
        return tuple([(name, said) for name in self.attributes if (said := self.most(name, places))])

    def kind_told(
        self, told: tuple[int, ...], charges: tuple[Charge, ...], places: Callable[[], list[int]], jailed: bool
    ) -> str:
        """The kind of a contact, found once for what its rows and charges say. `jailed`: it took place at a jail."""
        same = told, id(charges), jailed  # charges that are alike are one and the same
        found = self.kinds_told.get(same)
        if found is None:
            found = self.kinds_told[same] = self._kind(places(), charges, jailed)
        return found

    def _at_jail(self, everything: list[int]) -> bool:
        return self.kind in AT_A_JAIL and any(map(at_jail, self._texts("location", everything)))

    def _kind(self, everything: list[int], charges: tuple[Charge, ...], jailed: bool) -> str:
        if jailed:
            return contact_kind(self.kind, (), (), (), jailed=True)
        said = (
            tuple(self._texts("kind_code", everything)), tuple(charge.description or "" for charge in charges),
            tuple(self._texts("disposition", everything)),
        )  # fmt: skip
        found = self.kinds.get(said)
        if found is None:
            meant = [self.kind_of[code] for text in said[0] if (code := as_code(text)) in self.kind_of]
            found = self.kinds[said] = meant[0] if meant else contact_kind(self.kind, *said)
        return found

    def _wording(self, attributes: tuple[tuple[str, str], ...]) -> str:
        found = self.wordings.get(attributes)
        if found is None:
            found = self.wordings[attributes] = _TO_JSON(dict(attributes))
        return found

    def record(self, named: Sequence[int]) -> int:
        """The fullest mention among the rows of a contact; -1 where none mentions anybody."""
        ids = {found for place in named if (found := self.record_ids[place]) >= 0}
        if len(ids) < 2:
            return min(ids, default=-1)
        return max(ids, key=lambda found: (completeness(self.done.records[found]), found))

    def _end(self, places: list[int]) -> tuple[datetime | None, bool]:
        """When rows say it ended, and whether it ended at a time not known."""
        told = [place for place in places if self.has_ends[place]]
        unknown = any(self.given("end_unknown", told or places)) and not (self.ends_apart and not told)
        return max(self.given("ends", places), default=None), unknown

    def _length(
        self, kind: str, starts: datetime, ends: datetime | None, unknown: bool
    ) -> tuple[datetime | None, bool, bool]:
        """When it ended; whether its days count; whether it ended at a time not known.

        A stay whose end can not be told has no length: it counts as a contact and adds no days.
        """
        if kind in NO_LENGTH or (self.kind not in HAS_LENGTH and kind not in HAS_LENGTH):
            return ends, False, False
        if ends is None:
            return None, not unknown, unknown
        return (None, False, True) if ends < starts else (ends, True, False)

    def given(self, name: str, places: Iterable[int]) -> list[Any]:
        """What rows say of a field, one after another, without those that say nothing."""
        if name not in self.said:
            return []
        values = self.of[name]
        return [values[place] for place in places if values[place] is not None]

    def _texts(self, name: str, places: Iterable[int]) -> list[str]:
        given = self.given(name, places)
        return sorted(set(given)) if len(given) > 1 else given

    def most(self, name: str, places: Iterable[int]) -> str | None:
        """What most rows say; of equals the first by spelling."""
        given = self.given(name, places)
        if not given:
            return None
        if len(given) == 1 or given.count(given[0]) == len(given):
            return str(given[0])
        return str(min(Counter(given).items(), key=lambda item: (-item[1], str(item[0])))[0])

    def _where(self, places: list[int]) -> str | None:
        return self.most("location", places) or (self.most("address", places) if self.kind == "dispatch" else None)

    def _flags(self, places: list[int]) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for name in self.flags:
            given = self.given(name, places)
            if name == "homeless":
                given += [said for text in self.given("living_situation", places) if (said := self._homeless_by(text))]
                given += ["yes" for text in self.given("address", places) if self._no_home(text)]
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
        return (self.group_of and self.group_of.get(as_code(charge))) or charge_group(charge)

    def charges(self, cells: Sequence[int]) -> tuple[Charge, ...]:
        """The charges in the order of their numbers; the same charge said twice (a line a housing move) is one.

        `cells`: of each row the number of what it says of charges.
        """
        alike = tuple(cells)
        known = self.charges_of_cells.get(alike)
        if known is None:
            ordered = tuple(sorted({charge for one in alike for charge in self.charges_in[one]}))
            known = self.charges_of_cells[alike] = self.charges_known.setdefault(
                ordered,
                tuple(
                    Charge(words or None, code or None, severity or None, self._group(words or code))
                    for _, _, words, code, severity in ordered
                ),
            )
        return known


class _Whole(dict[str, list[Any]]):
    """Fields as one value a row, made when they are first asked for."""

    def __init__(self, rows: RowSet) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, name: str) -> list[Any]:
        self[name] = self._rows.clean.of(name).whole()
        return self[name]


_TO_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

_USED = (
    *ATTRIBUTES, *FLAGS, "contact_key", "record_key", "name", "birth", "ssn", "role", "starts", "ends", "end_unknown",
    "age", "location", "address",
)  # fmt: skip
_CHARGE = ("charge_number", "charge_code", "charge_description", "severity")
