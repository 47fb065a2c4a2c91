"""A column as numbers into its different values: what is done with a value is done once, however often it stands.

A county's sheet of 100,000 lines has few different towns, dates and charges; all of intake's work on cells runs over
these and comes back to the lines as one look-up of an array.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from ddj_desktop.store.columns import Array

_ROOM = 1 << 62
"""Combinations of codes are told apart by one whole number below this."""


@dataclass(eq=False)
class Coded:
    """A value for each row: `words[codes[row]]`. The words differ from each other; some may be in no row."""

    codes: Array
    words: list[Any]

    @staticmethod
    def of(values: Iterable[Hashable]) -> Coded:
        """A column from its values in their order."""
        column = values if isinstance(values, list | tuple) else list(values)
        words = list(dict.fromkeys(column))
        place = dict(zip(words, range(len(words)), strict=True))
        return Coded(np.fromiter(map(place.__getitem__, column), np.int32, len(column)), words)

    @staticmethod
    def same(value: object, size: int) -> Coded:
        """One value on every row."""
        return Coded(np.zeros(size, np.int32), [value])

    def __len__(self) -> int:
        return len(self.codes)

    def whole(self) -> list[Any]:
        """The value of each row."""
        return list(map(self.words.__getitem__, self.codes.tolist()))

    def change(self, form: Callable[[Any], Hashable]) -> Coded:
        """The column of another form of each value, made once a value."""
        return self.onto(list(map(form, self.words)))

    def onto(self, forms: Sequence[Hashable]) -> Coded:
        """The column with each word replaced by the form at its place; forms may be alike."""
        other = Coded.of(forms)
        if len(other.words) == len(forms):
            return Coded(self.codes, other.words)
        return Coded(other.codes[self.codes], other.words)

    def where(self, test: Callable[[Any], object]) -> Array:
        """For each row whether its value passes a test."""
        return np.fromiter(map(bool, map(test, self.words)), bool, len(self.words))[self.codes]

    def known(self) -> Array:
        """For each row whether anything is said."""
        return self.where(lambda word: word is not None)

    def at(self, places: Array | slice) -> Coded:
        """The rows at these places."""
        return Coded(self.codes[places], self.words)

    def only(self, places: Array) -> Coded:
        """The rows at these places with no other words: a stretch of a large column is worked on as a small one."""
        codes = self.codes[places]
        if len(codes) >= len(self.words):
            return Coded(codes, self.words)
        used, codes = np.unique(codes, return_inverse=True)
        return Coded(codes.astype(np.int32), [self.words[code] for code in used.tolist()])

    def spread(self, of_words: Iterable[Any], kind: Any) -> Array:
        """A number of each word brought to the rows."""
        return np.fromiter(of_words, kind, len(self.words))[self.codes]

    def counts(self) -> dict[Any, int]:
        """Each value some row has, with how many have it, in the words' order."""
        often = np.bincount(self.codes, minlength=len(self.words)).tolist()
        return {word: count for word, count in zip(self.words, often, strict=True) if count}


def end_to_end(parts: Sequence[Coded]) -> Coded:
    """Several columns as one, each after the other."""
    if len(parts) == 1:
        return parts[0]
    words = list(dict.fromkeys(word for part in parts for word in part.words))
    place = dict(zip(words, range(len(words)), strict=True))
    codes = [part.spread(map(place.__getitem__, part.words), np.int32) for part in parts]
    return Coded(np.concatenate(codes) if codes else np.zeros(0, np.int32), words)


def grouped(numbers: Array) -> tuple[Array, Array]:
    """For each row the place of its number among the different ones, ascending; and the first row with each."""
    _, firsts, codes = np.unique(numbers, return_index=True, return_inverse=True)
    return codes.astype(np.int32), firsts


def nth_alike(numbers: Array) -> Array:
    """For each row how many rows before it have its number."""
    order = np.argsort(numbers, kind="stable")
    sizes = np.unique(numbers, return_counts=True)[1]
    nth = np.empty(len(numbers), np.int64)
    nth[order] = np.arange(len(numbers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return nth


def pairs(one: Array, other: Array) -> Array:
    """One number for each pair of two columns' numbers."""
    firsts, seconds = grouped(one)[0].astype(np.int64), grouped(other)[0]
    return firsts * (int(seconds.max(initial=0)) + 1) + seconds


def combined(columns: Sequence[Coded]) -> tuple[Array, Array]:
    """For each row the number of its combination of values; and the first row with each combination."""
    codes, reach = columns[0].codes.astype(np.int64), len(columns[0].words)
    for column in columns[1:]:
        if len(column.words) == 1:
            continue
        if reach * len(column.words) >= _ROOM:
            codes, firsts = grouped(codes)
            codes, reach = codes.astype(np.int64), len(firsts)
        codes = codes * len(column.words) + column.codes
        reach *= len(column.words)
    return _few(codes, reach) if reach <= 4 * len(codes) else grouped(codes)


def _few(codes: Array, reach: int) -> tuple[Array, Array]:
    """`grouped` for numbers below a bound not far above how many there are: no sorting is needed."""
    first = np.full(reach, -1, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    used = first >= 0
    place = np.cumsum(used, dtype=np.int32) - 1
    return place[codes].astype(np.int32), first[used]


def together(form: Callable[..., Hashable], *columns: Coded) -> Coded:
    """The column made of several, each combination of their values put together once."""
    codes, firsts = combined(columns)
    values = zip(*(column.at(firsts).whole() for column in columns), strict=True)
    return Coded(codes, list(repeat(None, len(firsts)))).onto([form(*those) for those in values])
