"""Numbers grouped: distinct values, one number for a combination, how many different holders a value has.

Sorting is done on one array that holds value and position side by side: several times as fast as sorting positions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ddj_desktop.linkage.types import Flags, Ints

AT_ONCE = 100_000
"""Pairs worked on at a time: keeps memory even and the Cancel button quick."""
_ROOM = 63
"""Bits of a whole number that can be used without a sign."""


def first_of_runs(ordered: Ints) -> Flags:
    """True at the first of each run of equal numbers."""
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def ordered(values: Ints) -> tuple[Ints, Flags]:
    """The places of the entries in ascending order of their values (equal ones as they came), and True at the first
    of each run of equal ones."""
    size = len(values)
    if size < 2:
        return np.arange(size), np.ones(size, np.bool_)
    low = int(values.min())
    place = (size - 1).bit_length()
    if (int(values.max()) - low).bit_length() + place > _ROOM:
        at = np.argsort(values, kind="stable")
        return at, first_of_runs(values[at])
    packed = (values - low) << place
    packed |= np.arange(size)
    packed.sort(kind="stable")  # quicker where much is in order already, as in round after round of joining groups
    at = packed & ((1 << place) - 1)
    packed >>= place
    return at, first_of_runs(packed)


def distinct(values: Ints) -> tuple[Ints, Ints]:
    """The different values, ascending, and for each entry which of them it is."""
    at, new = ordered(values)
    back = np.empty(len(values), np.int64)
    back[at] = np.cumsum(new) - 1
    return values[at[new]], back


def combined(*parts: Ints) -> Ints:
    """One number for each combination of values; -1 where any part is unknown (below 0)."""
    known = np.all([part >= 0 for part in parts], axis=0)
    out = np.zeros(len(parts[0]), np.int64)
    reach = 1
    for part in parts:
        width = int(part.max(initial=0)) + 1
        if reach * width >= 1 << _ROOM:
            values, out = distinct(out)
            reach = len(values)
            if reach * width >= 1 << _ROOM:
                values, part = distinct(np.maximum(part, -1))
                width = len(values)
        out = out * width + np.maximum(part, 0)
        reach *= width
    return np.where(known, out, -1)


def mixed(*parts: Ints) -> Ints:
    """A number of 62 bits for each combination of values, scattered evenly; -1 where any part is unknown.

    Two combinations may share a number (for a million of them about once in a million columns): good for bringing
    pairs together, never for telling them apart. The mixing is the finaliser of SplitMix64 (Steele, Lea and Flood,
    Fast splittable pseudorandom number generators, OOPSLA 2014).
    """
    known = np.all([part >= 0 for part in parts], axis=0)
    out = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        out ^= part.astype(np.uint64)
        out += np.uint64(0x9E3779B97F4A7C15)
        out ^= out >> np.uint64(30)
        out *= np.uint64(0xBF58476D1CE4E5B9)
        out ^= out >> np.uint64(27)
        out *= np.uint64(0x94D049BB133111EB)
        out ^= out >> np.uint64(31)
    return np.where(known, (out >> np.uint64(2)).astype(np.int64), -1)


def holders(codes: Ints, holder: Ints) -> Ints:
    """For each entry, how many different holders share its value; 0 where the value is unknown.

    Entries whose holder is unknown (below 0) count for nobody.
    """
    out = np.zeros(len(codes), np.int64)
    has = np.flatnonzero(codes >= 0)
    if not len(has):
        return out
    value = small(codes[has])
    known = holder[has] >= 0
    who = small(holder[has][known])
    width = int(who.max(initial=0)) + 1
    held = value[known] * width + who
    if int(value.max()) * width + width <= 1 << 32:
        held = held.astype(np.uint32)  # sorted in half the time
    held.sort()
    out[has] = np.bincount(held[first_of_runs(held)] // width, minlength=int(value.max()) + 1)[value]
    return out


def small(values: Ints) -> Ints:
    """The same numbers where none is large for how many there are, else their ranks. None is below 0."""
    return values if int(values.max(initial=0)) <= 4 * len(values) + 1000 else distinct(values)[1]


def together(group: Ints, left: Ints, right: Ints) -> Flags:
    """Which pairs of mentions are of one group."""
    out = np.zeros(len(left), np.bool_)
    for part in stretches(len(left)):
        out[part] = group[left[part]] == group[right[part]]
    return out


def stretches(size: int) -> Iterator[slice]:
    """The places 0 to `size` in stretches of at most `AT_ONCE`."""
    for start in range(0, size, AT_ONCE):
        yield slice(start, min(start + AT_ONCE, size))
