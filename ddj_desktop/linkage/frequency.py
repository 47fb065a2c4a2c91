"""How common each value is among people: agreeing on SMITH says less than agreeing on ZYGMUNT."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.grouping import combined, holders
from ddj_desktop.linkage.keys import of_words
from ddj_desktop.linkage.model import BY_NAME, Field, Model
from ddj_desktop.linkage.types import Floats, Ints, Standard

RAREST_GAIN = 12.0
"""Most bits a rare value may add over its field's ordinary agreement."""


class Frequencies:
    """Shares of people that hold each value, people being the groups as far as they are known.

    f(v) = (people with v - 1 + seen) / (people + seen / base): the chance that a stranger has v, for someone known to
    have it (the mean of a Dirichlet posterior, the person left out). The prior keeps chance in a small file from
    making a value look rarer or commoner than such values are.
    """

    def __init__(self, standard: Standard, person: Ints) -> None:
        whole = combined(standard.house.codes, standard.street.codes)
        town = np.where(standard.place.codes >= 0, standard.place.codes + len(standard.zip.words), -1)
        self._values: dict[str, Ints] = {
            "given": standard.given.codes,
            "surname": standard.surname.codes,
            "middle": standard.middle.codes,
            "birth": np.where(standard.birth > 0, standard.birth, -1),
            "ssn": standard.ssn.codes,
            "address": whole,
            "place": np.where(standard.zip.codes >= 0, standard.zip.codes, town),
            "phone": standard.phone.codes,
            "email": standard.email.codes,
        }
        self._share = {name: _shares(codes, person, BY_NAME[name]) for name, codes in self._values.items()}

    def adjusted(self, name: str, model: Model, left: Ints, right: Ints) -> Floats:
        """Weight in bits of agreeing on the very value, for pairs of mentions that do."""
        m = float(model.m[name][BY_NAME[name].common])
        share = np.maximum(self._share[name][left], self._share[name][right])
        ordinary = float(model.bits(name)[BY_NAME[name].common])
        return np.asarray(np.clip(np.log2(m / share), -2.0, ordinary + RAREST_GAIN), np.float64)

    def has(self, name: str) -> bool:
        """True for a field whose values have frequencies."""
        return name in self._values


def _shares(codes: Ints, person: Ints, field: Field) -> Floats:
    """For each mention the chance that a stranger has its value; 1 where it is unknown."""
    out = np.full(len(codes), 1.0)
    known = np.flatnonzero(codes >= 0)
    if len(known):
        everybody = max(len(np.unique(person[known])), 2)
        counts = holders(codes, person)[known]
        out[known] = np.maximum((counts - 1 + field.seen) / (everybody + field.seen / field.base), field.base / 2)
    return out


def stand_in_people(standard: Standard) -> Ints:
    """People before anyone is matched: mentions alike in the start of both names and the birth year are one."""
    start = of_words(standard.given, lambda word: word[:2])
    end = of_words(standard.surname, lambda word: word[:3])
    year = np.where(standard.birth > 0, standard.birth // 10000, -1)
    proxy = combined(start + 1, end + 1, year + 1)
    nothing = (start < 0) & (end < 0) & (year < 0)
    return np.where(nothing, np.arange(standard.size) + int(proxy.max(initial=0)) + 1, proxy)
