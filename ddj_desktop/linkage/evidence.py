"""Why two records look like one person or not: weights by field that add up, and one sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ddj_desktop.linkage.model import BY_NAME, FIELDS
from ddj_desktop.linkage.types import Ints, Linked

PHRASES = {
    ("given", "exact"): "the same first name",
    ("given", "nickname"): "first names that are forms of one name",
    ("given", "close"): "first names spelled nearly alike",
    ("given", "similar"): "first names that only resemble each other",
    ("given", "initial"): "a first name and its initial",
    ("given", "middle"): "a first name that is the other's middle name",
    ("given", "swapped"): "first and last name changed over",
    ("given", "crossed"): "a first name that is the other's last name",
    ("given", "different"): "different first names",
    ("surname", "exact"): "the same last name",
    ("surname", "half"): "one half of a double last name in common",
    ("surname", "close"): "last names spelled nearly alike",
    ("surname", "similar"): "last names that only resemble each other",
    ("surname", "different"): "different last names",
    ("middle", "exact"): "the same middle name",
    ("middle", "initial"): "middle names that fit",
    ("middle", "different"): "different middle names",
    ("birth", "exact"): "the same birth date",
    ("birth", "digit"): "birth dates one slip apart",
    ("birth", "swap"): "birth dates with day and month changed over",
    ("birth", "two parts"): "birth dates that share two parts of three",
    ("birth", "two digits"): "birth dates that differ in two digits",
    ("birth", "age fits"): "an age that fits",
    ("birth", "age near"): "an age a year or two off",
    ("birth", "years apart"): "birth dates years apart",
    ("birth", "age off"): "an age years off",
    ("birth", "near year"): "birth years near each other but different birth dates",
    ("birth", "different"): "different birth dates",
    ("sex", "same"): "the same sex",
    ("sex", "different"): "different sex",
    ("ssn", "exact"): "the same social security number",
    ("ssn", "last four"): "the same last four of the social security number",
    ("ssn", "near four"): "last four of the social security number one slip apart",
    ("ssn", "slip"): "social security numbers one slip apart",
    ("ssn", "different"): "different social security numbers",
    ("address", "exact"): "the same address",
    ("address", "close"): "nearly the same address",
    ("address", "street"): "the same street",
    ("address", "different"): "different addresses",
    ("place", "same"): "the same town",
    ("place", "close"): "towns spelled nearly alike",
    ("place", "different"): "different towns",
    ("birth_place", "same"): "the same birth place",
    ("birth_place", "close"): "birth places spelled nearly alike",
    ("birth_place", "different"): "different birth places",
    ("occupation", "same"): "the same occupation",
    ("occupation", "different"): "different occupations",
    ("phone", "same"): "the same phone",
    ("phone", "different"): "different phones",
    ("email", "same"): "the same e-mail",
    ("email", "close"): "nearly the same e-mail",
    ("email", "different"): "different e-mails",
    ("suffix", "same"): "the same suffix",
    ("suffix", "different"): "different suffixes",
    ("key", "same"): "the same number in one system",
    ("key", "different"): "two numbers in one system",
}


BEYOND_FIELDS = {
    "names alone": "nothing else speaks for it", "contradiction": "both can not be true of one person",
}  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """What one field says: bits for (above 0) or against."""

    field: str
    level: str
    bits: float


def waterfalls(linked: Linked, places: Ints) -> list[list[Weight]]:
    """The waterfall of each of some pairs: start, every field that says anything, and a contradiction if there is one.

    Each is rounded to hundredths; the pair's weight is their sum, so it adds up as printed.
    """
    weights, levels = linked.weigh(places), linked.compared.at(places)
    out = [[Weight("start", "two records at random", round(linked.prior, 2))] for _ in places]
    for field in FIELDS:
        for steps, level, bits in zip(out, levels[field.name].tolist(), weights[field.name], strict=True):
            if level:
                steps.append(Weight(field.name, field.levels[level - 1], round(float(bits), 2)))
    for name, words in BEYOND_FIELDS.items():
        for steps, bits in zip(out, weights[name].tolist(), strict=True):
            if round(bits, 2):
                steps.append(Weight(name, words, round(bits, 2)))
    return out


def total_of(weights: list[Weight]) -> float:
    """Sum of the weights, to hundredths of a bit."""
    return round(sum(weight.bits for weight in weights), 2)


def to_json(weights: list[Weight]) -> str:
    """For the county file."""
    return json.dumps([{"field": w.field, "level": w.level, "weight": w.bits} for w in weights])


def from_json(text: str) -> list[Weight]:
    """From the county file."""
    return [Weight(entry["field"], entry["level"], float(entry["weight"])) for entry in json.loads(text)]


def sentence(weights: list[Weight]) -> str:
    """One sentence: what speaks for one person, then what speaks against. Names no value."""
    told = [w for w in weights if (w.field, w.level) in PHRASES]
    order = sorted(told, key=lambda w: (-abs(w.bits), w.field))
    plus = [PHRASES[w.field, w.level] for w in order if _agrees(w)][:4]
    minus = [PHRASES[w.field, w.level] for w in order if not _agrees(w)][:3]
    if plus and minus:
        return f"For: {_listed(plus)}; against: {_listed(minus)}."
    if plus:
        return f"For: {_listed(plus)}; against: nothing, but this is little to go by."
    return f"Against: {_listed(minus)}." if minus else "There is hardly anything to compare."


def _agrees(weight: Weight) -> bool:
    against = ("different", "similar", "near year", "age off", "years apart")
    return weight.level not in against and (weight.bits >= 0 or weight.level in BY_NAME[weight.field].levels[-1:])


def _listed(phrases: list[str]) -> str:
    return phrases[0] if len(phrases) == 1 else ", ".join(phrases[:-1]) + " and " + phrases[-1]
