"""From levels to bits: the weight of every field of every pair, the relatives rule, and contradictions.

The weights of a pair, the prior among them, add up to its total: nothing else goes into it.
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.frequency import Frequencies
from ddj_desktop.linkage.model import BY_NAME, FIELDS, Model
from ddj_desktop.linkage.types import Flags, Floats, Levels, Pairs, Weights

SHARED_IN_A_FAMILY = ("surname", "address", "place", "phone")
NAMES_ALONE = -2.0
"""Bits of a pair that nothing but names speaks for: names run in families, towns and generations, so that two
strangers share both more often than the shares of each name say."""
BEYOND_NAMES = ("ssn", "address", "phone", "email", "key")
CONTRADICTION = -8.0
"""Bits a pair has at most when two of its facts can not both be true of one person."""


def weigh(model: Model, pairs: Pairs, levels: dict[str, Levels], frequencies: Frequencies) -> Weights:
    """Bits by field, before the prior."""
    out: Weights = {}
    for field in FIELDS:
        level = levels[field.name]
        bits = model.bits(field.name)[level]
        if field.common and frequencies.has(field.name):
            at = np.flatnonzero(level == field.common)
            bits[at] = frequencies.adjusted(field.name, model, pairs.left, pairs.right, at)
        out[field.name] = bits
    relatives_rule(levels, out)
    return out


def relatives_rule(levels: dict[str, Levels], weights: Weights) -> None:
    """Where given name or birth date plainly contradicts, what relatives share counts nothing in favour.

    Unless the social security number agrees and only one of the two contradicts: relatives do not share that.
    """
    name, birth = other_given(levels), other_birth(levels)
    number = levels["ssn"] > BY_NAME["ssn"].code("different")
    apart = np.where(number, name & birth, name | birth)
    for field in SHARED_IN_A_FAMILY:
        weights[field][apart & (weights[field] > 0)] = 0.0


def other_given(levels: dict[str, Levels]) -> Flags:
    """Pairs with two plainly different given names."""
    code = BY_NAME["given"].code
    return np.asarray((levels["given"] == code("different")) | (levels["given"] == code("similar")), np.bool_)


def other_birth(levels: dict[str, Levels]) -> Flags:
    """Pairs with two plainly different birth dates."""
    code = BY_NAME["birth"].code
    return np.asarray((levels["birth"] == code("different")) | (levels["birth"] == code("near year")), np.bool_)


def contradicted(levels: dict[str, Levels]) -> Flags:
    """Pairs that can hardly be one person, however much else agrees.

    Two suffixes; two full social security numbers and another name or birth date; two sexes with two given names;
    twins: one birth date and surname, two given names.
    """
    surname, birth, ssn = (BY_NAME[name].code for name in ("surname", "birth", "ssn"))
    name, date = other_given(levels), other_birth(levels)
    suffix = levels["suffix"] == 1
    numbers = (levels["ssn"] == ssn("different")) & (name | date)
    sexes = (levels["sex"] == 1) & name
    twins = (levels["birth"] == birth("exact")) & (levels["surname"] >= surname("half")) & name
    return np.asarray(suffix | numbers | sexes | (twins & (levels["ssn"] <= ssn("different"))), np.bool_)


def names_alone(levels: dict[str, Levels], weights: Weights) -> Flags:
    """Pairs with names for them, no birth date or age to compare, and no other field that tells people apart."""
    other = np.any([weights[name] > 0 for name in BEYOND_NAMES], axis=0)
    return np.asarray((weights["given"] + weights["surname"] > 0) & (levels["birth"] == 0) & ~other, np.bool_)


def total_bits(weights: Weights, prior: float, levels: dict[str, Levels]) -> Floats:
    """Sum of the weights and the prior; adds the weights "names alone", where nothing else speaks for a pair, and
    "contradiction", where two facts exclude one another."""
    weights["names alone"] = np.where(names_alone(levels, weights), NAMES_ALONE, 0.0)
    total = prior + weights["names alone"]
    for field in FIELDS:
        total += weights[field.name]
    against = np.where(contradicted(levels), np.minimum(CONTRADICTION - total, 0.0), 0.0)
    weights["contradiction"] = against
    return np.asarray(total + against, np.float64)
