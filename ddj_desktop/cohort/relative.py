"""The top so many per cent, and tiers: who is in, and the cut as a number that can be printed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ddj_desktop.cohort.contacts import Mask, Numbers
from ddj_desktop.cohort.types import Tier, Top
from ddj_desktop.cohort.words import amount_in_words, noun, size_in_words


@dataclass(frozen=True)
class Cut:
    """What a relative rule came to on a date."""

    base: int
    """How many there were to choose from: those who met everything else and had any of what is ranked by."""
    wanted: int
    """How many the rule asks for."""
    chosen: int
    """How many it gave, after ties."""
    lowest: float | None
    """The least anyone chosen has; None where nobody was chosen."""
    left_at_lowest: int
    """How many have as much and were not chosen (capped ties)."""
    sentence: str
    means: str = ""
    """What the cut came to, without saying of how many: `4 or more jail bookings`; '' where nobody was chosen."""


def wanted_of(base: int, percent: int | float | None, n: int | None) -> int:
    """How many a relative rule asks for: n, or the whole people in so many per cent of the base, never more than the
    percentage, but at least one where there is anyone."""
    if percent is None:
        return min(n or 0, base)
    return max(int(Fraction(str(percent)) * base / 100), min(1, base))


def highest(value: Numbers, eligible: Mask, wanted: int, ties: str) -> Mask:
    """Which units are the `wanted` highest by `value`; units come in the order of their ids, which decides a cap."""
    places = np.flatnonzero(eligible)
    chosen = np.zeros(len(value), np.bool_)
    if not wanted or not len(places):
        return chosen
    order = places[np.argsort(-value[places], kind="stable")]
    if wanted >= len(order) or ties == "cap":
        chosen[order[:wanted]] = True
        return chosen
    last = value[order[wanted - 1]]
    fits = value[order[wanted]] < last
    inside: Mask = eligible & (value >= last if ties == "include" or fits else value > last)
    return inside


def choose(top: Top, value: Numbers, met: Mask, unit: str) -> tuple[Mask, Cut]:
    """The units a top rule takes among those who met the rest, and the cut. `value` is in cents for cost."""
    eligible = met & (value > 0)
    base = int(eligible.sum())
    wanted = wanted_of(base, top.percent, top.n)
    chosen = highest(value, eligible, wanted, top.ties)
    number, size = int(chosen.sum()), size_in_words(top.percent, top.n)
    noun_of_unit = "addresses" if unit == "address" else "people"
    if not number:
        why = "nobody has any" if not base else f"the first {wanted:,} are level with others, who do not all fit"
        return chosen, Cut(base, wanted, 0, None, 0, f"The {size} here is 0 of {base:,} {noun_of_unit}: {why}.")
    least = int(value[chosen].min())
    left = int((eligible & ~chosen & (value == least)).sum())
    lowest = least / 100 if top.by.count == "cost" else float(least)
    means = f"{amount_in_words(top.by, lowest)} or more {noun(top.by)}"
    sentence = f"The {size} here means {means}: {number:,} of {base:,} {noun_of_unit}"
    sentence += f"; {left:,} more have as many and were left out." if left else "."
    return chosen, Cut(base, wanted, number, lowest, left, sentence, means)


def tiers_of(tiers: tuple[Tier, ...], value: Numbers, met: Mask, chosen: Mask, ties: str, cents: bool) -> Numbers:
    """The place of each unit's tier, -1 for none. The first tier that takes a unit keeps it.

    Percentages and numbers are of the same base a top rule has: those who met everything else and have any.
    """
    eligible = met & (value > 0)
    base = int(eligible.sum())
    place = np.full(len(value), -1, np.int64)
    for index, tier in enumerate(tiers):
        if tier.value is not None:
            inside = eligible & (value >= tier.value * (100 if cents else 1))
        else:
            inside = highest(value, eligible, wanted_of(base, tier.percent, tier.n), ties)
        place[inside & chosen & (place < 0)] = index
    return place
