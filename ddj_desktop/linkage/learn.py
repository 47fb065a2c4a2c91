"""m, u and the prior from the county's own mentions; the shipped values where these are too few to say.

u comes from random pairs of different people; m from EM (Dempster, Laird and Rubin, 1977) on the pairs of one
blocking pass at a time, over the fields that the pass does not fix; passes are weighed by the matches they hold.
The shipped values count as a handful of pairs of their own, so a small file leans on them and a large one does not.
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.grouping import distinct, stretches
from ddj_desktop.linkage.keys import Pass
from ddj_desktop.linkage.model import BY_NAME, FIELDS, FIXED, NEVER, Model
from ddj_desktop.linkage.types import Bits, Compared, Flags, Floats, Ints, Levels, Pairs

RANDOM_PAIRS = 120_000
SHIPPED_U_COUNTS_AS = 300.0
SHIPPED_M_COUNTS_AS = 60.0
FEWEST_PAIRS = 60
ROUNDS = 30
STEPS_A_BIT = 256
"""How finely pairs are sorted by their bits for finding the prior."""
ENOUGH_OF_A_HOME = 40
A_NEIGHBOURHOOD = 0.005
"""Chance that two strangers have one postal code, below which the code is as good as an address."""
KNOWS_NAMES = 1_000
"""People from which a file begins to know which names are rare: one met once among fewer may be common. Ours."""
A_FAMILY = 0.25
"""Share of pairs of one home with two birth dates, to those with one, below which no families are seen (made-up towns
and counties: .9 to 2.2; a set of people without families: .05)."""


def random_pairs(linkable: Ints) -> Pairs:
    """Pairs of two mentions drawn with a fixed seed (the order of mentions is canonical)."""
    count = len(linkable)
    if count < 2:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64))
    draw = np.random.default_rng(20260101)
    wanted = min(RANDOM_PAIRS, 20_000 + 100 * count)
    left, right = draw.integers(0, count, wanted), draw.integers(0, count, wanted)
    two = left != right
    return Pairs(linkable[left[two]], linkable[right[two]])


def shares(levels: Levels, weight: Floats | None, prior: Floats, strength: float) -> Floats:
    """Share of each level among the known, with the prior values counting as `strength` observations."""
    counts = np.bincount(levels, weights=weight, minlength=len(prior)).astype(np.float64)[: len(prior)]
    counts[0] = 0.0
    known = counts.sum()
    out = (counts + strength * np.where(np.arange(len(prior)) > 0, prior, 0.0)) / (known + strength)
    out[0] = 1.0
    return np.asarray(np.maximum(out, NEVER), np.float64)


def learn_u(model: Model, levels: dict[str, Levels], apart: Flags) -> None:
    """Set u from the levels of random pairs, as far as they are of different people."""
    for field in FIELDS:
        if field.name not in FIXED:
            model.u[field.name] = shares(levels[field.name][apart], None, model.u[field.name], SHIPPED_U_COUNTS_AS)


def learn_m(model: Model, pairs: Pairs, compared: Compared, passes: list[Pass], believed: Floats | None = None) -> None:
    """Set m by EM on each pass that may be learned from. Notes the passes that could not say.

    A field no pass could say anything of (of two names and a birth date each pass leaves too little beside it) is
    learned from the matches `believed` in so far, if any: by agreement pattern, how many of its pairs are one person.
    """
    totals: dict[str, Floats] = {field.name: np.zeros(len(field.m) + 1) for field in FIELDS}
    weights: dict[str, float] = dict.fromkeys(totals, 0.0)
    for number, blocking in enumerate(passes):
        if not blocking.learns:
            continue
        at = pairs.taught.get(number, np.empty(0, np.int64))
        names = [f.name for f in FIELDS if f.name not in FIXED and f.name not in blocking.fixes]
        if len(at) < FEWEST_PAIRS:
            continue
        counts = np.bincount(compared.pattern[at], minlength=compared.different)
        some = np.flatnonzero(counts)
        counts, levels = counts[some], {name: compared.levels[name][some] for name in names}
        found = em(levels, counts, model)
        if found is None:
            model.notes.append(f"The pass on {blocking.name} could not tell people apart and was not learned from.")
            continue
        m, matches = found
        for name in names:
            known = matches * float(counts[levels[name] > 0].sum() / counts.sum())
            totals[name] += m[name] * known
            weights[name] += known
    model.untold = tuple(f.name for f in FIELDS if not weights[f.name] and compared.levels[f.name].any())
    if believed is not None and believed.sum() >= FEWEST_PAIRS:
        for name in model.untold:
            of_level = np.bincount(compared.levels[name], weights=believed, minlength=len(totals[name]))
            totals[name][1:], weights[name] = of_level[1:], float(of_level[1:].sum())
    _settle(model, totals, weights)


def _settle(model: Model, totals: dict[str, Floats], weights: dict[str, float]) -> None:
    if not any(weights.values()):
        model.notes.append("Too few records to learn from: the shipped values were used.")
        return
    for field in FIELDS:
        name = field.name
        if field.name in FIXED or weights[name] <= 0:
            continue
        learned = (totals[name] + SHIPPED_M_COUNTS_AS * model.m[name]) / (weights[name] + SHIPPED_M_COUNTS_AS)
        learned[0] = 1.0
        best = int(np.flatnonzero(model.m[name] > NEVER)[-1])
        if learned[best] <= model.u[name][best]:
            model.notes.append(f"Agreement on {name} says nothing here: the shipped value was used.")
        else:
            model.m[name] = learned


def em(levels: dict[str, Levels], counts: Ints, model: Model) -> tuple[dict[str, Floats], float] | None:
    """m of the given fields and the number of matches among the pairs; None when the pairs show no two kinds.

    `levels` are of patterns of agreement, `counts` says how many pairs have each: a tenth or less of the pairs.
    """
    names = [name for name in levels if (levels[name] > 0).any()]
    if len(names) < 2:
        return None
    patterns, counts = _patterns([levels[name] for name in names], counts)
    m = {name: model.m[name].copy() for name in names}
    share = 0.3
    for _ in range(ROUNDS):
        odds = np.full(len(counts), np.log(share / (1 - share)))
        for row, name in zip(patterns, names, strict=True):
            odds += np.log(m[name] / model.u[name])[row]
        match = counts / (1 + np.exp(-np.clip(odds, -50, 50)))
        share = float(match.sum() / counts.sum())
        if not 0.0005 < share < 0.9995:
            break
        for row, name in zip(patterns, names, strict=True):
            m[name] = shares(row, match, model.m[name], SHIPPED_M_COUNTS_AS / 3)
    if share <= 0.0005:
        return None
    full = {name: m.get(name, model.m[name]) for name in levels}
    return full, float(match.sum())


def _patterns(levels: list[Levels], counts: Ints) -> tuple[list[Levels], Ints]:
    """The different combinations of levels, field by field, and how many pairs have each of them."""
    radix = [int(level.max(initial=0)) + 1 for level in levels]
    packed = np.zeros(len(levels[0]), np.int64)
    for level, width in zip(levels, radix, strict=True):
        packed = packed * width + level
    packed, which = distinct(packed)
    counts = np.bincount(which, weights=counts).astype(np.int64)
    out = []
    for width in reversed(radix):
        packed, level = np.divmod(packed, width)
        out.append(level.astype(np.int8))
    return out[::-1], counts


def learn_families(model: Model, compared: Compared) -> None:
    """Set whether the mentions hold families: pairs of one surname and home with two given names and two birth dates,
    beside those with one birth date. Only plain evidence that they do not makes it so. A home is an address or, where
    no addresses are known, a postal code that strangers hardly ever share."""
    levels, counts = compared.levels, compared.counts()
    home = levels["address"] >= BY_NAME["address"].code("close")
    same = BY_NAME["place"].code("same")
    if not levels["address"].any() and model.u["place"][same] < A_NEIGHBOURHOOD:
        home = levels["place"] == same
    home &= levels["surname"] >= BY_NAME["surname"].code("close")
    home &= levels["given"] == BY_NAME["given"].code("different")
    birth = BY_NAME["birth"].code
    one = int(counts[home & (levels["birth"] == birth("exact"))].sum())
    other = [birth(level) for level in ("different", "years apart", "age off")]
    two = int(counts[home & np.isin(levels["birth"], other)].sum())
    model.families = one < ENOUGH_OF_A_HOME or two >= A_FAMILY * one


def most_by_names(people: int) -> float:
    """Bits a pair has at most that nothing but names speaks for, in a file of so many people. Six rows that hold
    JOHN SMITH and no more, in a file of three hundred people, may be six men."""
    return float(np.log2(max(people, 1) / KNOWS_NAMES))


def learn_prior(bits: Bits, size: int) -> float:
    """log2 odds that two mentions at random are one person, such that it agrees with the pairs it gives rise to.

    Iterates prior = sum of match probabilities / all pairs. Kept between one match a hundred mentions and eight a
    mention, so that neither an empty nor a muddled file runs away.
    """
    every = max(size * (size - 1) / 2, 1.0)
    matches = max(0.3 * size, 1.0)
    steps = np.zeros(120 * STEPS_A_BIT + 1, np.int64)
    for part in stretches(len(bits)):
        here = np.round((np.clip(bits[part], -60, 60) + 60) * STEPS_A_BIT).astype(np.int64)
        steps += np.bincount(here, minlength=len(steps))
    at = np.arange(len(steps)) / STEPS_A_BIT - 60
    for _ in range(40):
        prior = _log_odds(matches, every)
        now = float(np.sum(steps / (1.0 + np.exp2(-(at + prior)))))
        now = max(min(max(now, 0.01 * size), 8.0 * size, every / 2), 0.5)
        if abs(now - matches) < 1e-6 * every / max(size, 1):
            break
        matches = now
    return _log_odds(matches, every)


def _log_odds(matches: float, every: float) -> float:
    return float(np.log2(matches / max(every - matches, 1.0)))
