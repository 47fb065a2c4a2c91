"""Contacts as whole columns, one unit (person or address) after the other: what every clause counts on.

Loading is one query; a clause is then a few passes over arrays. A screen may load once and ask many times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ddj_desktop.cohort.addresses import institutions, one_spelling
from ddj_desktop.kernel.ids import derived_id
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
NO_END = 1_000_000
"""Last day of a stay without an end: a day number in the year 4707."""


@dataclass(frozen=True)
class SourceInfo:
    """A source as clauses name it."""

    source_id: int
    name: str
    kind: str

    def named_in(self, sources: tuple[str, ...]) -> bool:
        """True where a clause that names `sources` (kinds or names, in any case; none named means all) means it."""
        wanted = {name.strip().casefold() for name in sources}
        return not wanted or self.kind in wanted or self.name.casefold() in wanted


@dataclass(frozen=True)
class Flags:
    """Where one attribute was recorded: contacts as places in `Contacts`, and 1 for no, 2 for yes."""

    place: Numbers
    state: Numbers

    @property
    def yes(self) -> Numbers:
        """Places of the contacts at which it was recorded as yes."""
        places: Numbers = self.place[self.state == 2]
        return places


@dataclass(frozen=True)
class Contacts:
    """All contacts of all units, ordered by unit and start day. Days are whole days since Jan 1, 1970."""

    ids: Numbers
    """Person ids, ascending; for addresses a number derived from the address."""
    unit: Numbers
    """For each contact the place of its unit in `ids`."""
    contact_id: Numbers
    first_day: Numbers
    last_day: Numbers
    """Never before first_day; NO_END where the file holds no end."""
    has_length: Mask
    source: Numbers
    """Place in `sources`."""
    kind: Numbers
    """Place in `kinds`."""
    age: Numbers
    """Age at the contact as the source said it; -1 where it did not."""
    sources: tuple[SourceInfo, ...]
    kinds: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    """For addresses: each unit's standardised address."""
    left_out: tuple[str, ...] = field(default=())
    """For addresses: the institutions' addresses that were left out."""

    @cached_property
    def first_seen(self) -> Numbers:
        """The day of each unit's first contact; later than any where it has none."""
        found = np.full(len(self.ids), 1 << 40, np.int64)
        np.minimum.at(found, self.unit, self.first_day)
        return found

    def in_scope(self, sources: tuple[str, ...], exclude: tuple[str, ...], only: tuple[str, ...] = ()) -> Mask:
        """Which contacts belong to the named sources (kinds or names, in any case; none named means all), are of no
        excluded kind and, where `only` names kinds, of one of those."""
        of_source = np.array([source.named_in(sources) for source in self.sources] or [False])
        of_kind = np.array([kind not in exclude and (not only or kind in only) for kind in self.kinds] or [False])
        if of_source.all() and of_kind.all():
            return np.ones(len(self.unit), np.bool_)
        allowed: Mask = of_source[self.source] & of_kind[self.kind]
        return allowed


def load_people(lane: Lane) -> Contacts:
    """Every contact of a known person."""
    found = lane.columns(sql("cohort", "person_contacts"))
    person = np.asarray(found["unit_id"], np.int64)
    starts_unit = np.concatenate([[True], person[1:] != person[:-1]]) if len(person) else np.zeros(0, np.bool_)
    return _contacts(lane, found, ids=person[starts_unit], unit=np.cumsum(starts_unit) - 1)


def load_addresses(lane: Lane) -> Contacts:
    """Every contact that says where it happened, by standardised address, institutions left out."""
    found = lane.columns(sql("cohort", "address_contacts"))
    raw = np.asarray(found["address"], object)
    standard = {text: one_spelling(text) for text in set(raw.tolist())}
    address = np.array([standard[text] for text in raw.tolist()], object)
    left_out = institutions(address, np.asarray(found["source_id"]), np.asarray(found["source_kind"], object))
    keep = np.array([text != "" and text not in left_out for text in address.tolist()], np.bool_)
    names = sorted(set(address[keep].tolist()))
    numbered = sorted((derived_id("address", name), name) for name in names)
    place = {name: index for index, (_, name) in enumerate(numbered)}
    unit = np.array([place[name] for name in address[keep].tolist()], np.int64)
    kept = {name: np.asarray(column)[keep] for name, column in found.items()}
    order = np.lexsort((kept["contact_id"], kept["first_day"], unit))
    return _contacts(
        lane,
        {name: column[order] for name, column in kept.items()},
        ids=np.array([number for number, _ in numbered], np.int64),
        unit=unit[order],
        addresses=tuple(name for _, name in numbered),
        left_out=tuple(sorted(left_out)),
    )


def load(lane: Lane, unit: str) -> Contacts:
    """Contacts for a rule's unit, person or address."""
    return load_addresses(lane) if unit == "address" else load_people(lane)


def _contacts(
    lane: Lane,
    found: dict[str, NDArray[Any]],
    *,
    ids: Numbers,
    unit: Numbers,
    addresses: tuple[str, ...] = (),
    left_out: tuple[str, ...] = (),
) -> Contacts:
    listed = lane.rows("SELECT source_id, name, kind FROM source ORDER BY source_id")
    sources = tuple(SourceInfo(*row) for row in listed)
    kinds = tuple(row[0] for row in lane.rows("SELECT DISTINCT kind FROM contact ORDER BY kind"))
    source_ids = np.array([source.source_id for source in sources], np.int64)
    first = np.asarray(found["first_day"], np.int64)
    ages = found.get("age")
    return Contacts(
        ids=ids,
        unit=unit.astype(np.int64),
        contact_id=np.asarray(found["contact_id"], np.int64),
        first_day=first,
        last_day=np.maximum(np.asarray(found["last_day"], np.int64), first),
        has_length=np.asarray(found["has_length"], np.bool_),
        source=np.searchsorted(source_ids, np.asarray(found["source_id"], np.int64)).astype(np.int64),
        kind=np.asarray(found["kind"], np.int64),
        age=np.full(len(first), -1, np.int64) if ages is None else np.asarray(ages, np.int64),
        sources=sources,
        kinds=kinds,
        addresses=addresses,
        left_out=left_out,
    )
