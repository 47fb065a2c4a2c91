"""How common each value is among people: agreeing on SMITH says less than agreeing on ZYGMUNT."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.model import BY_NAME, Field, Model
from ddj_desktop.linkage.standardise import combined
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
        self._standard = standard
        self._person = person
        self._people = max(len(np.unique(person)), 2)
        whole = combined(standard.house.codes, standard.street.codes)
        self._values: dict[str, Ints] = {
            "given": standard.given.codes,
            "surname": standard.surname.codes,
            "middle": standard.middle.codes,
            "birth": np.where(standard.birth > 0, standard.birth, -1),
            "ssn": standard.ssn.codes,
            "address": whole,
            "place": np.where(standard.zip.codes >= 0, standard.zip.codes, standard.place.codes + 10**7),
            "phone": standard.phone.codes,
            "email": standard.email.codes,
        }
        self._share = {name: self._shares(codes, BY_NAME[name]) for name, codes in self._values.items()}

    def _shares(self, codes: Ints, field: Field) -> Floats:
        known = codes >= 0
        out = np.full(len(codes), 1.0)
        if known.any():
            values, dense = np.unique(codes[known], return_inverse=True)
            held = np.unique(np.stack([dense, self._person[known]]), axis=1)
            counts = np.bincount(held[0], minlength=len(values))
            holders = max(len(np.unique(self._person[known])), 2)
            share = (counts - 1 + field.seen) / (holders + field.seen / field.base)
            out[known] = np.maximum(share, field.base / 2)[dense]
        return out

    def adjusted(self, name: str, model: Model, left: Ints, right: Ints, at: Ints) -> Floats:
        """Weight in bits of agreeing on the very value, for the pairs at the given positions."""
        field = BY_NAME[name]
        m = float(model.m[name][field.common])
        share = np.maximum(self._share[name][left[at]], self._share[name][right[at]])
        ordinary = float(model.bits(name)[field.common])
        return np.asarray(np.clip(np.log2(m / share), -2.0, ordinary + RAREST_GAIN), np.float64)

    def has(self, name: str) -> bool:
        """True for a field whose values have frequencies."""
        return name in self._values


def stand_in_people(standard: Standard) -> Ints:
    """People before anyone is matched: mentions alike in the start of both names and the birth year are one."""
    from ddj_desktop.linkage.keys import of_words

    start = of_words(standard.given, lambda word: word[:2])
    end = of_words(standard.surname, lambda word: word[:3])
    year = np.where(standard.birth > 0, standard.birth // 10000, -1)
    proxy = combined(start + 1, end + 1, year + 1)
    nothing = (start < 0) & (end < 0) & (year < 0)
    return np.where(nothing, np.arange(standard.size) + int(proxy.max(initial=0)) + 1, proxy)
