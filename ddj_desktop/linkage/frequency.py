"""How common each value is among people: agreeing on SMITH says less than agreeing on ZYGMUNT."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.grouping import combined, distinct, holders, mixed, small
from ddj_desktop.linkage.keys import of_words
from ddj_desktop.linkage.model import BY_NAME, Field, Model
from ddj_desktop.linkage.types import Coded, Floats, Ints, Standard

RAREST_GAIN = 12.0
"""Most bits a rare value may add over its field's ordinary agreement."""


@dataclass(frozen=True)
class ValueCounts:
    """How many people held each value of a field at a training. Values are known by their digests alone."""

    digests: Ints
    """Ascending."""
    people: Ints
    everybody: int
    """People with any value of the field."""


@dataclass(frozen=True)
class Frequencies:
    """For each field, and each mention, the chance that a stranger has its value.

    f(v) = (people with v - 1 + seen) / (people + seen / base): the chance that a stranger has v, for someone known to
    have it (the mean of a Dirichlet posterior, the person left out). The prior keeps chance in a small file from
    making a value look rarer or commoner than such values are.
    """

    share: Mapping[str, Floats]

    def agreeing(self, name: str, model: Model) -> Floats:
        """For each mention the weight in bits of agreeing on its very value."""
        common = BY_NAME[name].common
        ordinary = float(model.bits(name)[common])
        weight = np.log2(float(model.m[name][common])) - np.log2(self.share[name])
        return np.asarray(np.clip(weight, -2.0, ordinary + RAREST_GAIN), np.float64)

    def has(self, name: str) -> bool:
        """True for a field whose values have frequencies."""
        return name in self.share


def by_people(standard: Standard, person: Ints) -> Frequencies:
    """Frequencies among the people of the mentions themselves."""
    values, who = _values(standard), small(person)

    def shares(name: str) -> Floats:
        codes = values[name]
        known = np.flatnonzero(codes >= 0)
        everybody, different = (int(np.count_nonzero(np.bincount(small(one[known])))) for one in (who, codes))
        return _shares(BY_NAME[name], codes, known, holders(codes, who)[known], everybody, different)

    return Frequencies(dict(zip(values, side_by_side(shares, values), strict=True)))


def as_counted(standard: Standard, counts: Mapping[str, ValueCounts]) -> Frequencies:
    """Frequencies as they were at a training; a value not met then counts as one person's."""
    out = {}
    for name, digests in _digests(standard).items():
        known = np.flatnonzero(digests >= 0)
        then = counts[name]
        people = np.ones(len(known), np.int64)
        if len(then.digests):
            at = np.minimum(np.searchsorted(then.digests, digests[known]), len(then.digests) - 1)
            people = np.where(then.digests[at] == digests[known], then.people[at], people)
        out[name] = _shares(BY_NAME[name], digests, known, people, then.everybody, len(then.digests))
    return Frequencies(out)


def counted(standard: Standard, person: Ints) -> dict[str, ValueCounts]:
    """How many people hold each value, to be kept with a training."""
    out = {}
    for name, digests in _digests(standard).items():
        known = np.flatnonzero(digests >= 0)
        values, first = np.unique(digests[known], return_index=True)
        people = holders(digests, person)[known[first]]
        out[name] = ValueCounts(values, people, len(distinct(person[known])[0]))
    return out


def _shares(field: Field, codes: Ints, known: Ints, people: Ints, everybody: int, different: int) -> Floats:
    """For each mention the chance that a stranger has its value; 1 where it is unknown. A value is never held to be
    rarer than half of what rare values of the field are, or than half an even share of the values there are."""
    out = np.full(len(codes), 1.0)
    share = (people - 1 + field.seen) / (max(everybody, 2) + field.seen / field.base)
    out[known] = np.maximum(share, min(field.base, 1 / max(different, 1)) / 2)
    return out


def _values(standard: Standard) -> dict[str, Ints]:
    """By field a number for each mention's value; -1 where it is unknown."""
    town = np.where(standard.place.codes >= 0, standard.place.codes + len(standard.zip.words), -1)
    return {
        "given": standard.given.codes,
        "surname": standard.surname.codes,
        "middle": standard.middle.codes,
        "birth": np.where(standard.birth > 0, standard.birth, -1),
        "ssn": standard.ssn.codes,
        "address": combined(standard.house.codes, standard.street.codes),
        "place": np.where(standard.zip.codes >= 0, standard.zip.codes, town),
        "phone": standard.phone.codes,
        "email": standard.email.codes,
        "birth_place": standard.birth_place.codes,
        "occupation": standard.occupation.codes,
    }


def _digests(standard: Standard) -> dict[str, Ints]:
    """The same by numbers that stay the same from one run to the next."""

    def of(column: Coded, mark: str = "") -> Ints:
        return np.array([*(_digest(mark + word) for word in column.words), -1], np.int64)[column.codes]

    post, town = of(standard.zip, "zip "), of(standard.place)
    return {
        "given": of(standard.given),
        "surname": of(standard.surname),
        "middle": of(standard.middle),
        "birth": np.where(standard.birth > 0, standard.birth, -1),
        "ssn": of(standard.ssn),
        "address": mixed(of(standard.house), of(standard.street)),
        "place": np.where(post >= 0, post, town),
        "phone": of(standard.phone),
        "email": of(standard.email),
        "birth_place": of(standard.birth_place),
        "occupation": of(standard.occupation),
    }


def _digest(word: str) -> int:
    """62 bits of a word's BLAKE2b digest: the same in every run."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()) >> 2


def stand_in_people(standard: Standard) -> Ints:
    """People before anyone is matched: mentions alike in the start of both names and the birth year are one."""
    start = of_words(standard.given, lambda word: word[:2])
    end = of_words(standard.surname, lambda word: word[:3])
    year = np.where(standard.birth > 0, standard.birth // 10000, -1)
    proxy = combined(start + 1, end + 1, year + 1)
    nothing = (start < 0) & (end < 0) & (year < 0)
    return np.where(nothing, np.arange(standard.size) + int(proxy.max(initial=0)) + 1, proxy)
