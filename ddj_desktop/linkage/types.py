"""What passes between the steps of matching: mentions, their standard form, pairs with evidence, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger]
Levels = NDArray[np.int8]
Floats = NDArray[np.floating]
Bits = NDArray[np.float32]
"""Bits of very many pairs: seven digits are plenty, and take half the room."""
Flags = NDArray[np.bool_]
Texts = list[str]

TEXT_FIELDS = (
    "full_name", "first", "middle", "last", "suffix", "sex", "ssn",
    "address", "city", "zip", "phone", "email", "record_key", "birth_place", "occupation",
)  # fmt: skip


@dataclass(frozen=True)
class Coded:
    """A column as numbers into its vocabulary; -1 where nothing is known."""

    codes: Ints
    words: Texts

    @cached_property
    def lengths(self) -> Ints:
        """Letters in each word."""
        return np.fromiter(map(len, self.words), np.int64, len(self.words))

    @cached_property
    def initials(self) -> Ints:
        """The first letter of each word, as its number in Unicode."""
        return np.fromiter((ord(word[0]) for word in self.words), np.int64, len(self.words))

    @cached_property
    def _objects(self) -> NDArray[np.object_]:
        return np.array([*self.words, None], np.object_)[:-1]

    def said(self, codes: Ints) -> Texts:
        """The words with the given numbers."""
        words: Texts = self._objects.take(codes).tolist()
        return words

    def of(self, keep: Flags) -> Coded:
        """The same column with everything outside `keep` unknown."""
        return Coded(np.where(keep, self.codes, -1), self.words)

    def at(self, order: Ints) -> Coded:
        """The same column of the entries at the given places."""
        return Coded(self.codes[order], self.words)


def coded(words: Iterable[str]) -> Coded:
    """A text column as numbers into its vocabulary, in the order words first come; "" is unknown."""
    column = words if isinstance(words, list) else list(words)
    known = dict.fromkeys(column)
    known.pop("", None)
    numbers = dict(zip(known, range(len(known)), strict=True))
    numbers[""] = -1
    return Coded(np.fromiter(map(numbers.__getitem__, column), np.int64, len(column)), list(known))


def recoded(column: Coded, change: Callable[[str], str]) -> Coded:
    """A column of another form of each word; unknown where that form is empty."""
    forms = coded(map(change, column.words))
    return Coded(np.append(forms.codes, -1)[column.codes], forms.words)


@dataclass
class Mentions:
    """Mentions of people, one column a field, as they came: each different word of a column is held once.

    `birth` is a whole number yyyymmdd, 0 where unknown; it may be no date of the calendar, a slip stays to be
    compared. `birth_low` and `birth_high` are years, 0 where unknown. `source` numbers the systems the mentions
    come from; `stable` orders mentions the same way however they were read (record ids, or a digest of the row).
    """

    size: int
    text: dict[str, Coded]
    birth: Ints
    birth_low: Ints
    birth_high: Ints
    source: Ints
    stable: Ints

    def column(self, name: str) -> Coded:
        """One text column; all unknown where the mentions do not have it."""
        return self.text.get(name) or Coded(np.full(self.size, -1, np.int64), [])

    def at(self, order: Ints) -> Mentions:
        """The mentions at the given places, in that order."""
        text = {name: column.at(order) for name, column in self.text.items()}
        return Mentions(
            len(order), text, self.birth[order], self.birth_low[order], self.birth_high[order], self.source[order],
            self.stable[order],
        )  # fmt: skip


@dataclass
class Standard:
    """Mentions made comparable. Every array has one entry a mention."""

    size: int
    given: Coded
    middle: Coded
    surname: Coded
    """The whole surname without spaces."""
    halves: tuple[Coded, Coded]
    """First and last part of a double surname; -1 for a simple one."""
    suffix: Coded
    sex: Coded
    birth: Ints
    birth_low: Ints
    birth_high: Ints
    ssn: Coded
    """Nine digits (or as many as the source has), without punctuation."""
    ssn_last4: Coded
    house: Coded
    street: Coded
    place: Coded
    zip: Coded
    phone: Coded
    email: Coded
    birth_place: Coded
    occupation: Coded
    key: Coded
    """The source's own number of the person, kept apart by source."""
    linkable: Flags
    """False for placeholders, non-persons and rows with nothing usable: never linked by the program."""
    usable: Flags
    """False where a row holds nothing to go by at all."""
    nicknames: NicknamePairs = field(default_factory=lambda: NicknamePairs(np.empty(0, np.int64), 0))
    canonical: tuple[Coded, ...] = ()
    """Formal names a given name may stand for, one column each; -1 where there are no more."""


@dataclass(frozen=True)
class NicknamePairs:
    """Pairs of given names of the vocabulary that are forms of one name: sorted low * size + high."""

    keys: Ints
    size: int

    def hold(self, left: Ints, right: Ints) -> Flags:
        """True where the two names are forms of one name."""
        low, high = np.minimum(left, right), np.maximum(left, right)
        wanted = low * self.size + high
        at = np.searchsorted(self.keys, wanted)
        at[at == len(self.keys)] = 0
        return self.keys[at] == wanted if len(self.keys) else np.zeros(len(wanted), np.bool_)


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs, left < right, sorted. `taught` holds, for each blocking pass that is learned from, the places of
    its pairs (some of them, where it has very many)."""

    left: Ints
    right: Ints
    taught: dict[int, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.left)

    def at(self, places: Ints | Flags) -> Pairs:
        """The pairs at the given places."""
        return Pairs(self.left[places], self.right[places])

    @staticmethod
    def all_of(parts: list[Pairs]) -> Pairs:
        """Pairs found in several turns, one after the other."""
        return Pairs(np.concatenate([part.left for part in parts]), np.concatenate([part.right for part in parts]))


@dataclass(frozen=True)
class Compared:
    """Pairs compared: the agreement pattern of each (the comparison vector of Fellegi and Sunter, 1969), and the levels
    of each pattern. Millions of pairs hold some ten thousand patterns."""

    pattern: Ints
    """One entry a pair."""
    levels: dict[str, Levels]
    """By field; one entry a pattern."""

    @property
    def different(self) -> int:
        """How many patterns there are."""
        return len(next(iter(self.levels.values())))

    def at(self, places: Ints | slice) -> dict[str, Levels]:
        """The levels of the pairs at the given places, by field."""
        pattern = self.pattern[places]
        return {name: levels[pattern] for name, levels in self.levels.items()}

    def of(self, places: Ints) -> Compared:
        """The pairs at the given places."""
        return Compared(self.pattern[places], self.levels)

    @staticmethod
    def all_of(parts: list[Compared]) -> Compared:
        """Pairs compared in several turns, one after the other. The same pattern may then stand twice."""
        before = np.cumsum([0, *(part.different for part in parts)])
        pattern = [part.pattern + first for part, first in zip(parts, before.tolist(), strict=False)]
        levels = {name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels}
        return Compared(np.concatenate(pattern).astype(np.int32), levels)

    def counts(self) -> Ints:
        """How many pairs there are of each pattern."""
        return np.bincount(self.pattern, minlength=self.different)


Weights = dict[str, Floats]
"""Bits for and against by field, one entry a pair."""


@dataclass(frozen=True)
class Constraints:
    """Decisions that bind, as positions of mentions: pairs that are one person, pairs that are not."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Linked:
    """The engine's answer: a group for each mention, and the pairs with their evidence."""

    group: Ints
    """Position of the group's first mention (in stable order)."""
    pairs: Pairs
    compared: Compared
    total: Bits
    """Bits for a match with the prior counted in: log2 of the odds."""
    prior: float
    """log2 of the odds that two mentions taken at random are one person."""
    standard: Standard
    model: dict[str, object]
    notes: tuple[str, ...]
    contradictions: tuple[tuple[int, int], ...]
    """Pairs whose standing decisions do not go together; the `different` was kept."""
    looked_at: Flags
    """Mentions whose group was found in this run; the others stayed as they were given."""
    weigh: Callable[[Ints], Weights]
    """Bits by field of the pairs at the given places, "names alone" and "contradiction" among them: with the prior they
    add up to the total."""


def probability(bits: Floats) -> Floats:
    """The probability that goes with log2 odds."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))), np.float64)
