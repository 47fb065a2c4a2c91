"""How far two mentions agree, field by field: a level a pair and field. Strings are compared once a pair of values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from ddj_desktop.linkage.compare_dates import birth_levels
from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.types import Coded, Flags, Floats, Ints, Levels, Standard

CLOSE = 0.92
"""Jaro-Winkler similarity from which two names are a slip of one another."""
SIMILAR = 0.82
SAME_EMAIL = 0.88


def compare(standard: Standard, left: Ints, right: Ints) -> dict[str, Levels]:
    """Levels of every field for pairs of mentions given by position."""
    s = standard
    given = _given(s, left, right)
    surname = _surname(s, left, right)
    _changed_over(s, left, right, given, surname)
    address = _address(s, left, right)
    place = _place(s, left, right)
    place[address >= BY_NAME["address"].code("close")] = 0
    return {
        "given": given,
        "surname": surname,
        "middle": _middle(s, left, right),
        "birth": birth_levels(s, left, right),
        "sex": _equal(s.sex.codes, left, right),
        "ssn": _ssn(s, left, right),
        "address": address,
        "place": place,
        "phone": _equal(s.phone.codes, left, right),
        "email": _email(s, left, right),
        "suffix": _equal(s.suffix.codes, left, right),
        "key": _key(s, left, right),
    }


def _equal(codes: Ints, left: Ints, right: Ints) -> Levels:
    a, b = codes[left], codes[right]
    return np.where((a < 0) | (b < 0), 0, np.where(a == b, 2, 1)).astype(np.int8)


def by_value(column: Coded, left: Ints, right: Ints, judge: Callable[[Coded, Ints, Ints], Levels]) -> Levels:
    """Judge each different pair of values once. Gives 0 where either is unknown; `judge` sees unequal pairs only
    with low < high, and equal ones are left at 0 for the caller."""
    a, b = column.codes[left], column.codes[right]
    out = np.zeros(len(left), np.int8)
    differ = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
    if not len(differ):
        return out
    size = len(column.words)
    both = np.minimum(a[differ], b[differ]) * size + np.maximum(a[differ], b[differ])
    values, back = np.unique(both, return_inverse=True)
    out[differ] = judge(column, values // size, values % size)[back]
    return out


def similarity(column: Coded, low: Ints, high: Ints) -> Floats:
    """Jaro-Winkler similarity of pairs of values, 0 to 1."""
    a, b = [column.words[i] for i in low.tolist()], [column.words[i] for i in high.tolist()]
    return np.asarray(process.cpdist(a, b, scorer=JaroWinkler.normalized_similarity), np.float64)


def slips(column: Coded, low: Ints, high: Ints, most: int = 2) -> Ints:
    """Optimal string alignment distance of pairs of values, swapped neighbours as one slip; above `most`: most + 1."""
    a, b = [column.words[i] for i in low.tolist()], [column.words[i] for i in high.tolist()]
    return np.asarray(process.cpdist(a, b, scorer=OSA.distance, score_cutoff=most), np.int64)


def lengths(column: Coded) -> Ints:
    """Letters in each word of a column."""
    return np.fromiter((len(word) for word in column.words), np.int64, len(column.words))


def _near(column: Coded, low: Ints, high: Ints) -> tuple[Flags, Flags]:
    """(close, similar) for pairs of names."""
    alike, distance = similarity(column, low, high), slips(column, low, high, 1)
    short = np.minimum(lengths(column)[low], lengths(column)[high])
    return (alike >= CLOSE) | ((distance <= 1) & (short >= 4)), alike >= SIMILAR


def _given(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["given"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, similar = _near(column, low, high)
        words = column.words
        size = lengths(column)
        pairs = zip(low.tolist(), high.tolist(), strict=True)
        starts = np.fromiter((words[b].startswith(words[a]) or words[a].startswith(words[b]) for a, b in pairs),
                             np.bool_, len(low))  # fmt: skip
        one_letter = np.minimum(size[low], size[high]) == 1
        level = np.full(len(low), code("different"), np.int8)
        level[similar] = code("similar")
        level[close | (starts & (np.minimum(size[low], size[high]) >= 3))] = code("close")
        level[s.nicknames.hold(low, high)] = code("nickname")
        level[one_letter] = np.where(starts[one_letter], code("initial"), code("different"))
        return level

    out = by_value(s.given, left, right, judge)
    a, b = s.given.codes[left], s.given.codes[right]
    same = (a >= 0) & (a == b)
    single = np.array([*(len(word) == 1 for word in s.given.words), False])
    out[same] = np.where(single[a[same]], code("initial"), code("exact"))
    used = ((a >= 0) & (a == s.middle.codes[right])) | ((b >= 0) & (b == s.middle.codes[left]))
    full = ~single[a] & ~single[b]
    out[used & full & (out > 0) & (out < code("initial"))] = code("middle")
    return out


def _surname(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["surname"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, similar = _near(column, low, high)
        level = np.full(len(low), code("different"), np.int8)
        level[similar] = code("similar")
        level[close] = code("close")
        return level

    out = by_value(s.surname, left, right, judge)
    a, b = s.surname.codes[left], s.surname.codes[right]
    out[(a >= 0) & (a == b)] = code("exact")
    half = np.zeros(len(left), np.bool_)
    for column in s.halves:
        x, y = column.codes[left], column.codes[right]
        half |= ((x >= 0) & (x == b)) | ((y >= 0) & (y == a))
        for other in s.halves:
            half |= (x >= 0) & (x == other.codes[right])
    out[half & (out > 0) & (out < code("half"))] = code("half")
    return out


def _changed_over(s: Standard, left: Ints, right: Ints, given: Levels, surname: Levels) -> None:
    """Mark first and last name changed over: both ways, or one way with the other side unknown or different.

    The surname then says nothing of its own: the given field carries the evidence.
    """
    code = BY_NAME["given"].code
    size = len(s.given.words)
    words = Coded(np.concatenate([s.given.codes, np.where(s.surname.codes < 0, -1, s.surname.codes + size)]),
                  [*s.given.words, *s.surname.words])  # fmt: skip
    there = _same_word(words, left, right + s.size)
    back = _same_word(words, right, left + s.size)
    weak = (given < code("close")) & (surname < BY_NAME["surname"].code("close"))
    both = there & back & weak
    known = (s.given.codes[left] >= 0) & (s.surname.codes[left] >= 0)
    known &= (s.given.codes[right] >= 0) & (s.surname.codes[right] >= 0)
    one = (there | back) & weak & ~both & ~(known & (given == 0))
    given[both], given[one] = code("swapped"), code("crossed")
    surname[both | one] = 0


def _same_word(words: Coded, left: Ints, right: Ints) -> Flags:
    """True where two words are the same or one slip apart, of four letters or more."""

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        size = np.minimum(lengths(column)[low], lengths(column)[high])
        distance = slips(column, low, high, 1)
        return np.asarray((distance == 0) | ((distance == 1) & (size >= 4)), np.int8)

    return np.asarray(by_value(words, left, right, judge) == 1, np.bool_)


def _middle(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["middle"].code
    a, b = s.middle.codes[left], s.middle.codes[right]
    initials = np.array([*(ord(word[0]) for word in s.middle.words), -1], np.int64)
    single = np.array([*(len(word) == 1 for word in s.middle.words), False])
    one = single[a] | single[b]
    out = np.where(a == b, np.where(one, code("initial"), code("exact")), code("different"))
    out = np.where((a != b) & one & (initials[a] == initials[b]), code("initial"), out)
    out[_family_name(s, left, right) | _family_name(s, right, left)] = 0
    return np.where((a < 0) | (b < 0), 0, out).astype(np.int8)


def _family_name(s: Standard, left: Ints, right: Ints) -> Flags:
    """True where the middle name of one is part of the other's last name: `Garcia, Edgar Rojas` of a ROJAS GARCIA."""
    table = {word: code for code, word in enumerate(s.surname.words)}
    middle = np.array([*(table.get(word, -1) for word in s.middle.words), -1], np.int64)[s.middle.codes[left]]
    parts = [column.codes[right] for column in (s.surname, *s.halves)]
    return np.asarray((middle >= 0) & np.any([middle == part for part in parts], axis=0), np.bool_)


def _ssn(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["ssn"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        near = slips(column, low, high, 1) <= 1
        return np.where(near, code("slip"), code("different")).astype(np.int8)

    def judge_four(column: Coded, low: Ints, high: Ints) -> Levels:
        return np.asarray(slips(column, low, high, 1) <= 1, np.int8)

    out = by_value(s.ssn, left, right, judge)
    a, b = s.ssn.codes[left], s.ssn.codes[right]
    out[(a >= 0) & (a == b)] = code("exact")
    x, y = s.ssn_last4.codes[left], s.ssn_last4.codes[right]
    part = (out == 0) & (x >= 0) & (y >= 0)
    near = by_value(s.ssn_last4, left, right, judge_four) == 1
    out[part] = np.where(x[part] == y[part], code("last four"), np.where(near[part], code("near four"), 1))
    return out


def _email(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["email"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        near = similarity(column, low, high) >= SAME_EMAIL
        before = np.array([hash_of(word.partition("@")[0]) for word in column.words], np.int64)
        near |= before[low] == before[high]
        return np.where(near, code("close"), code("different")).astype(np.int8)

    out = by_value(s.email, left, right, judge)
    a, b = s.email.codes[left], s.email.codes[right]
    out[(a >= 0) & (a == b)] = code("same")
    return out


def hash_of(word: str) -> int:
    """A number for a word that is the same in every run (Python's own hash is not)."""
    return int.from_bytes(word.encode("utf-8")[-12:].rjust(12, b"\0")[-7:], "big") * 31 + len(word)


def _address(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["address"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        alike, distance = similarity(column, low, high), slips(column, low, high, 2)
        size = np.minimum(lengths(column)[low], lengths(column)[high])
        near = (distance <= np.where(size >= 7, 2, 1)) | (alike >= CLOSE)
        return near.astype(np.int8)

    street_near = by_value(s.street, left, right, judge) == 1
    a, b = s.street.codes[left], s.street.codes[right]
    street_same = (a >= 0) & (a == b)
    h, k = s.house.codes[left], s.house.codes[right]
    house_same = (h >= 0) & (h == k)
    no_house = (h < 0) | (k < 0)
    out = np.full(len(left), code("different"), np.int8)
    out[street_same & ~house_same] = code("street")
    out[(street_near & house_same)] = code("close")
    out[street_same & house_same] = code("exact")
    out[(a < 0) | (b < 0)] = 0
    out[no_house & (out == code("different"))] = 0
    return out


def _place(s: Standard, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["place"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, _ = _near(column, low, high)
        return np.where(close, code("close"), code("different")).astype(np.int8)

    town = by_value(s.place, left, right, judge)
    a, b = s.place.codes[left], s.place.codes[right]
    town[(a >= 0) & (a == b)] = code("same")
    y, z = s.zip.codes[left], s.zip.codes[right]
    post = np.where((y < 0) | (z < 0), 0, np.where(y == z, code("same"), code("different"))).astype(np.int8)
    return np.maximum(town, post)


def _key(s: Standard, left: Ints, right: Ints) -> Levels:
    """Same number, or another number of the same source; across sources nothing."""
    a, b = s.key.codes[left], s.key.codes[right]
    owner = {name: n for n, name in enumerate(sorted({word.partition("\x1f")[0] for word in s.key.words}))}
    source = np.array([*(owner[word.partition("\x1f")[0]] for word in s.key.words), -1], np.int64)
    known = (a >= 0) & (b >= 0) & (source[a] == source[b])
    return np.where(~known, 0, np.where(a == b, 2, 1)).astype(np.int8)
