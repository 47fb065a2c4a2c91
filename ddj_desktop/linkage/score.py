"""From levels to bits: the weight of every field of every pair, the relatives rule, and contradictions.

The weights of a pair, the prior among them, add up to its total: nothing else goes into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.frequency import Frequencies
from ddj_desktop.linkage.grouping import stretches
from ddj_desktop.linkage.model import BY_NAME, FIELDS, Model
from ddj_desktop.linkage.types import Bits, Compared, Flags, Floats, Ints, Levels, Pairs, Weights

AT_HOME = ("address", "place", "phone")
"""What the people of one house share."""
SHARED_IN_A_FAMILY = ("surname", "address", "place", "phone", "birth_place")
NAMES_ALONE = -2.0
"""Bits of a pair that nothing but names speaks for: names run in families, towns and generations, so that two
strangers share both more often than the shares of each name say."""
ONE_NAME = -6.0
"""Bits a pair has at most that only a surname, or only a given name, speaks for: that never makes one person."""
BEYOND_NAMES = ("ssn", "address", "phone", "email", "key", "birth_place")
NEIGHBOURHOOD = 6.0
"""Bits from which a town or postal code tells people apart: one of hundreds, not one of a county's dozen."""
CONTRADICTION = -8.0
"""Bits a pair has at most when two of its facts can not both be true of one person."""


UNKNOWN = -2.0
"""Bits a pair counts between two groups at most against them, where nothing in it contradicts: not to know is mild."""

TIED = 10.0
"""Bits from which two mentions with one number are one person whatever slip a third fact holds (a thousand to one)."""


EXCLUDES = {"birth": -6.0, "ssn": -6.0, "middle": -3.5, "given": -3.5}
"""Bits down to which a difference must weigh before it can exclude that two mentions are one person. In a file whose
birth dates or numbers are often wrong, as its own pairs show, two of them exclude nobody."""


@dataclass(frozen=True)
class OwnFact:
    """Pairs that exclude one another in one fact, and pairs that agree in it."""

    against: Flags
    agree: Flags

    def at(self, places: Ints) -> OwnFact:
        """The same of some."""
        return OwnFact(self.against[places], self.agree[places])


def of_relatives(levels: dict[str, Levels], model: Model) -> Flags:
    """Where given name or birth date plainly contradicts: what relatives share counts nothing in favour there.

    Unless the social security number agrees and only one of the two contradicts: relatives do not share that. Where
    given names agree, only a generation between the birth dates contradicts: brothers and sisters have names of their
    own, a parent and a child may have one. In a file without families nobody shares a home, and every field weighs what
    it weighs.
    """
    if not model.families:
        return np.zeros(len(levels["given"]), np.bool_)
    name, birth = other_given(levels), other_birth(levels)
    birth &= ~same_given(levels) | a_generation_apart(levels)
    return np.where(_number(levels), name & birth, name | birth)


def other_given(levels: dict[str, Levels]) -> Flags:
    """Pairs with two plainly different given names."""
    code = BY_NAME["given"].code
    return np.asarray((levels["given"] == code("different")) | (levels["given"] == code("similar")), np.bool_)


def same_given(levels: dict[str, Levels]) -> Flags:
    """Pairs whose given names agree, but for a slip or a short form."""
    return np.asarray(levels["given"] >= BY_NAME["given"].code("close"), np.bool_)


def a_generation_apart(levels: dict[str, Levels]) -> Flags:
    """Pairs whose birth dates or ages are a generation apart."""
    code = BY_NAME["birth"].code
    return np.asarray((levels["birth"] == code("different")) | (levels["birth"] == code("age off")), np.bool_)


def other_birth(levels: dict[str, Levels]) -> Flags:
    """Pairs with two plainly different birth dates, or an age years off."""
    code = BY_NAME["birth"].code
    return np.asarray((levels["birth"] >= code("different")) & (levels["birth"] <= code("near year")), np.bool_)


def contradicted(levels: dict[str, Levels], model: Model) -> Flags:
    """Pairs that can hardly be one person, however much else agrees.

    Those whose own facts exclude one another; two sexes with given names that do not agree; and twins: one birth date
    and surname, two given names, no social security number in common.
    """
    surname, birth, given = (BY_NAME[name].code for name in ("surname", "birth", "given"))
    name = other_given(levels)
    sexes = (levels["sex"] == 1) & (name | (levels["given"] == given("initial")))
    twins = (levels["birth"] == birth("exact")) & (levels["surname"] >= surname("half")) & name
    twins &= excludes(model, "given")[given("different")]
    return np.asarray(excluded(own_facts(levels, model)) | sexes | (twins & ~_number(levels)), np.bool_)


def excluded(facts: Sequence[OwnFact]) -> Flags:
    """Pairs that exclude one another in any of their own facts."""
    return np.asarray(np.any([fact.against for fact in facts], axis=0), np.bool_)


def own_facts(levels: dict[str, Levels], model: Model) -> list[OwnFact]:
    """What a person has one of, and where two mentions exclude one another or agree in it.

    - two suffixes, unless social security number and birth date agree;
    - two social security numbers, unless names and birth date agree and so does something a person has for themselves
      (an address, a phone, an e-mail, a source's own number): one of the two numbers is then a wrong one;
    - two birth dates years apart, unless a number or the e-mail agrees, or they are less than a generation apart and
      names and something of their own agree;
    - two middle names, unless the birth date or a number agrees.

    What differs between mentions of one person too often to weigh as `EXCLUDES` says excludes nobody here.
    """
    birth, address = BY_NAME["birth"].code, BY_NAME["address"].code
    number, key, born = _number(levels), levels["key"] == 2, levels["birth"] >= birth("swap")
    own = key | (levels["address"] >= address("close")) | (levels["phone"] == 2) | (levels["email"] >= 2)
    named = ~other_given(levels)
    dates = (levels["birth"] == birth("different")) | ((levels["birth"] == birth("years apart")) & ~(own & named))
    dates &= excludes(model, "birth")[levels["birth"]]
    numbers = (levels["ssn"] == 1) & ~(own & born & named) & excludes(model, "ssn")[1]
    return [
        OwnFact((levels["suffix"] == 1) & ~(number & born), levels["suffix"] == 2),
        OwnFact(numbers, number),
        OwnFact(dates & ~number & ~key & (levels["email"] < 2), born),
        OwnFact((levels["middle"] == 1) & ~born & ~number & ~key & excludes(model, "middle")[1], levels["middle"] > 1),
    ]


def in_groups(total: Bits, compared: Compared, model: Model) -> Bits:
    """The bits of pairs as two groups weigh them: a pair that lacks agreement speaks no more against them than what
    differs in it, and at most `UNKNOWN` where nothing does. A row that holds little so hinders nobody's others."""
    levels = compared.levels
    differs = np.sum([np.minimum(model.bits(name), 0.0).take(level) for name, level in levels.items()], axis=0)
    least = np.where(contradicted(levels, model), -np.inf, np.minimum(differs, UNKNOWN)).astype(np.float32)
    return np.maximum(total, least.take(compared.pattern))


def excludes(model: Model, name: str) -> Flags:
    """Which levels of a field weigh so much against a match that they can exclude one."""
    return np.asarray(model.bits(name) <= EXCLUDES[name], np.bool_)


def tied(compared: Compared, total: Bits, facts: Sequence[OwnFact]) -> Flags:
    """Pairs held by a number of the person's own: the social security number or a source's, and by all the rest."""
    levels = compared.levels
    number = (levels["ssn"] == BY_NAME["ssn"].code("exact")) | (levels["key"] == 2)
    return np.asarray((number & ~excluded(facts))[compared.pattern] & (total >= TIED), np.bool_)


def _number(levels: dict[str, Levels]) -> Flags:
    """Pairs whose social security numbers agree, but for a slip or as far as they are known."""
    return np.asarray(levels["ssn"] > BY_NAME["ssn"].code("near four"), np.bool_)


@dataclass(frozen=True)
class Scored:
    """Pairs with the sum of their fields' bits; from it, with the prior, their total."""

    bits: Bits
    home: Bits
    """Of these, what address, town and phone say in favour."""
    alone: Flags
    """Nothing but names speaks for the pair."""
    one_name: Flags
    """And it is only one name."""
    against: Flags
    """Two of its facts can not both be true of one person."""

    def at(self, places: Ints | slice) -> Scored:
        """The same of some pairs."""
        return Scored(*(getattr(self, field.name)[places] for field in fields(self)))

    @staticmethod
    def all_of(parts: list[Scored]) -> Scored:
        """Pairs scored in several turns, one after the other."""
        return Scored(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Scored)))

    def total(self, model: Model) -> Bits:
        """log2 odds of a match. Adds "names alone" and "contradiction" to the bits and the prior."""
        out = np.empty(len(self.bits), np.float32)
        for part in stretches(len(out)):
            here = self.at(part)
            out[part] = here.bits + model.prior + sum(here.beyond(model))
        return out

    def beyond(self, model: Model) -> tuple[Floats, Floats]:
        """The weights "names alone" and "contradiction": what a pair has at most however much agrees."""
        total = self.bits.astype(np.float64) + model.prior
        names = np.where(self.alone, np.minimum(model.most_by_names - total, NAMES_ALONE), 0.0)
        names = np.where(self.one_name, np.minimum(ONE_NAME - total, NAMES_ALONE), names)
        return names, np.where(self.against, np.minimum(CONTRADICTION - total - names, 0.0), 0.0)


@dataclass(frozen=True)
class _OfPatterns:
    """What a model says of each agreement pattern, before the frequency of values."""

    bits: Weights
    """0 where the very values agree."""
    agree: dict[str, Flags]
    """Fields in which the very values agree, and frequency tells what that weighs."""
    relatives: Flags

    @staticmethod
    def of(levels: dict[str, Levels], model: Model, frequencies: Frequencies) -> _OfPatterns:
        """Of patterns with these levels."""
        counted = [field for field in FIELDS if field.common and frequencies.has(field.name)]
        agree = {field.name: levels[field.name] == field.common for field in counted}
        agree = {name: very for name, very in agree.items() if very.any()}
        bits: Weights = {field.name: model.bits(field.name).take(levels[field.name]) for field in FIELDS}
        for name, very in agree.items():
            bits[name][very] = 0.0
        relatives = of_relatives(levels, model)
        for name in SHARED_IN_A_FAMILY:
            bits[name][relatives] = np.minimum(bits[name][relatives], 0.0)
        return _OfPatterns(bits, agree, relatives)


@dataclass(frozen=True)
class _Sums:
    """What the weights of some patterns, or pairs, add up to."""

    bits: Floats
    home: Floats
    """Of these, what address, town and phone say in favour."""
    names: Floats
    born: Flags
    """The birth date or age speaks for it."""
    other: Flags
    """Another field that tells people apart speaks for it."""

    @staticmethod
    def of(weights: Weights) -> _Sums:
        """Of all fields' weights."""
        nothing, none = np.zeros(len(weights["given"])), np.zeros(len(weights["given"]), np.bool_)
        out = _Sums(nothing, nothing.copy(), nothing.copy(), none, none.copy())
        for name, weight in weights.items():
            out.add(name, slice(None), weight)
        return out

    def add(self, name: str, at: Ints | slice, weight: Floats) -> None:
        """Add one field's weights of some."""
        self.bits[at] += weight
        if name in AT_HOME:
            self.home[at] += np.maximum(weight, 0.0)
        if name in ("given", "surname"):
            self.names[at] += weight
        elif name == "birth":
            self.born[at] |= weight > 0
        elif name in BEYOND_NAMES:
            self.other[at] |= weight > 0
        elif name == "place":
            self.other[at] |= weight >= NEIGHBOURHOOD

    def at(self, places: Ints) -> _Sums:
        """The same of some."""
        return _Sums(*(getattr(self, field.name).take(places) for field in fields(self)))

    def alone(self) -> Flags:
        """Those with names for them, no birth date or age that agrees, and no other field that tells people apart."""
        return np.asarray((self.names > 0) & ~self.born & ~self.other, np.bool_)


@dataclass(frozen=True)
class Scorer:
    """A model and value frequencies, ready to weigh pairs."""

    model: Model
    frequencies: Frequencies

    @cached_property
    def _agreeing(self) -> dict[str, Floats]:
        """By field, for each mention, the weight of agreeing on its very value."""
        return {name: self.frequencies.agreeing(name, self.model) for name in self.frequencies.share}

    def weigh(self, compared: Compared, left: Ints, right: Ints) -> Weights:
        """Bits by field of pairs of mentions given by position, before the prior."""
        known = _OfPatterns.of(compared.levels, self.model, self.frequencies)
        out = {name: bits.take(compared.pattern) for name, bits in known.bits.items()}
        for name, at, weight in self._by_values(known, compared.pattern, left, right):
            out[name][at] = weight
        return out

    def _by_values(
        self, known: _OfPatterns, pattern: Ints, left: Ints, right: Ints
    ) -> Iterator[tuple[str, Ints, Floats]]:
        """Field by field the pairs that agree on the very value, and what that weighs (of a town and a postal code, the
        commoner value)."""
        for name, very in known.agree.items():
            at = np.flatnonzero(very.take(pattern))
            if len(at):
                agreeing = self._agreeing[name]
                weight = np.minimum(agreeing.take(left[at]), agreeing.take(right[at]))
                if name in SHARED_IN_A_FAMILY:
                    weight = np.where(known.relatives.take(pattern[at]), np.minimum(weight, 0.0), weight)
                yield name, at, weight

    def score(self, pairs: Pairs, compared: Compared, against: Flags, progress: Progress) -> Scored:
        """The sum of the weights of every pair, and what bounds it; weighed in stretches. `against`: by pattern.
        Raises Stopped."""
        size, levels = len(pairs), compared.levels
        nothing = np.zeros(size, np.bool_)
        out = Scored(
            np.zeros(size, np.float32), np.zeros(size, np.float32), nothing, nothing.copy(), against[compared.pattern]
        )
        known = _OfPatterns.of(levels, self.model, self.frequencies)
        sums, one_name = _Sums.of(known.bits), (levels["given"] == 0) | (levels["surname"] == 0)

        def weigh(part: slice) -> None:
            progress.check()
            ends = compared.pattern[part], pairs.left[part], pairs.right[part]
            pattern, left, right = (one.astype(np.intp) for one in ends)  # once, not at every look-up
            here = sums.at(pattern)
            for name, at, weight in self._by_values(known, pattern, left, right):
                here.add(name, at, weight)
            out.bits[part], out.home[part], out.alone[part] = here.bits, here.home, here.alone()
            out.one_name[part] = out.alone[part] & one_name.take(pattern)

        for _ in side_by_side(weigh, stretches(size)):
            pass
        return out
