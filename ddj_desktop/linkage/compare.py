"""How far two mentions agree, field by field: a level a pair and field. Strings are compared once a pair of values."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import numpy as np

from ddj_desktop.linkage.compare_dates import birth_levels
from ddj_desktop.linkage.compare_words import Judged, similarity, slips
from ddj_desktop.linkage.grouping import holders
from ddj_desktop.linkage.model import BY_NAME
from ddj_desktop.linkage.nickname_table import has_forms
from ddj_desktop.linkage.types import Coded, Flags, Ints, Levels, Standard

CLOSE = 0.92
"""Jaro-Winkler similarity from which two names are a slip of one another."""
SIMILAR = 0.82
WELL_KNOWN = 8
"""Surnames beside which a first name stands (or the other way about), from which it is a name and no slip of one."""
SAME_EMAIL = 0.88
_JUDGED = ("given", "surname", "either name", "ssn", "last four", "email", "street", "place", "birth_place")


class Vocabularies:
    """What the comparisons need to know of each word, found once: initials, numbers shared by two columns; and of pairs
    of words what was judged."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.judged = {name: Judged() for name in _JUDGED}
        self.known_given = _known(standard.given, standard.surname.codes, has_forms)
        self.known_family = _known(standard.surname, standard.given.codes)
        self.single_given = _flags(standard.given, lambda word: len(word) == 1)
        self.single_middle = _flags(standard.middle, lambda word: len(word) == 1)
        self.middle_initial = _numbers(standard.middle, lambda word: ord(word[0]))
        self.middle_as_family = _numbers_in(standard.middle, standard.surname)
        self.given_as_family = _numbers_in(standard.given, standard.surname)
        self.given_letter = _numbers(standard.given, lambda word: ord(word[0]))
        self.family_letter = _numbers(standard.surname, lambda word: ord(word[0]))
        self.post_area = _areas(standard.zip)
        self.key_source = _key_sources(standard.key)
        self.either_name = Coded(standard.surname.codes, [*standard.surname.words, *standard.given.words])
        self.email_name = _numbers(standard.email, lambda word: hash_of(word.partition("@")[0]))

    def forgetful(self) -> Vocabularies:
        """The same for pairs whose words hardly ever meet again: what is judged is not kept."""
        out = copy(self)
        out.judged = {name: Judged(keeps=False) for name in _JUDGED}
        return out


def _known(column: Coded, beside: Ints, listed: Callable[[str], bool] = lambda word: False) -> Flags:
    """Words of a column that are names people have, not slips of one: listed, or standing with several others."""
    seen = np.zeros(len(column.words), np.int64)
    has = np.flatnonzero(column.codes >= 0)
    seen[column.codes[has]] = holders(column.codes, beside)[has]
    return (seen >= WELL_KNOWN) | np.array([listed(word) for word in column.words], np.bool_)


def _flags(column: Coded, judge: Callable[[str], bool]) -> Flags:
    """For each mention, what is true of its word; False where it is unknown."""
    return np.array([*map(judge, column.words), False], np.bool_)[column.codes]


def _numbers(column: Coded, number: Callable[[str], int]) -> Ints:
    """For each mention a number of its word; -1 where it is unknown."""
    return np.array([*map(number, column.words), -1], np.int64)[column.codes]


def _numbers_in(column: Coded, other: Coded) -> Ints:
    """For each mention its word as a number of another column's vocabulary; -1 where that does not have it."""
    table = {word: code for code, word in enumerate(other.words)}
    return _numbers(column, lambda word: table.get(word, -1))


def _key_sources(keys: Coded) -> Ints:
    known: dict[str, int] = {}
    return _numbers(keys, lambda word: known.setdefault(word.partition("\x1f")[0], len(known)))


def _areas(codes: Coded) -> Ints:
    """Areas of postal codes that mix letters and figures: all but the last three (Royal Mail: the outward code)."""
    known: dict[str, int] = {}
    return _numbers(codes, lambda word: -1 if word.isdigit() else known.setdefault(word[:-3], len(known)))


def hash_of(word: str) -> int:
    """A number for a word that is the same in every run (Python's own hash is not)."""
    return int.from_bytes(word.encode("utf-8")[-12:].rjust(12, b"\0")[-7:], "big") * 31 + len(word)


def compare(v: Vocabularies, left: Ints, right: Ints) -> dict[str, Levels]:
    """Levels of every field for pairs of mentions given by position."""
    s = v.standard
    left, right = left.astype(np.intp, copy=False), right.astype(np.intp, copy=False)  # once, not at every look-up
    given = _given(v, left, right)
    surname = _surname(v, left, right)
    _changed_over(v, left, right, given, surname)
    address = _address(v, left, right)
    place = _place(v, left, right)
    place[address >= BY_NAME["address"].code("close")] = 0
    return {
        "given": given,
        "surname": surname,
        "middle": _middle(v, left, right),
        "birth": birth_levels(s, left, right),
        "sex": _equal(s.sex, left, right),
        "ssn": _ssn(v, left, right),
        "address": address,
        "place": place,
        "phone": _equal(s.phone, left, right),
        "email": _email(v, left, right),
        "birth_place": _town(v, s.birth_place, "birth_place", left, right),
        "occupation": _equal(s.occupation, left, right),
        "suffix": _equal(s.suffix, left, right),
        "key": _key(v, left, right),
    }


def _sides(codes: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    return codes.take(left), codes.take(right)


def _equal(column: Coded, left: Ints, right: Ints) -> Levels:
    """2 where both are known and the same, 1 where they differ, 0 where either is unknown."""
    if not column.words:
        return np.zeros(len(left), np.int8)
    a, b = _sides(column.codes, left, right)
    out: Levels = (a == b).astype(np.int8)
    out += 1
    out *= np.minimum(a, b) >= 0
    return out


def _near(column: Coded, low: Ints, high: Ints, known: Flags | None = None) -> tuple[Flags, Flags]:
    """(close, similar) for pairs of names. Two words that are both known names are two names however close."""
    alike, distance = similarity(column, low, high), slips(column, low, high, 2)
    size = column.lengths
    shorter = np.minimum(size[low], size[high])
    similar = alike >= SIMILAR
    close = (alike >= CLOSE) | ((distance <= 1) & (shorter >= 4))
    if known is None:
        return close, similar
    both = known[low] & known[high]
    return ~both & (close | (similar & (distance <= 2) & (shorter >= 5))), similar | close


def _starts(column: Coded, low: Ints, high: Ints) -> Flags:
    """True where one word begins with the other."""
    both = zip(column.said(low), column.said(high), strict=True)
    return np.fromiter((a.startswith(b) or b.startswith(a) for a, b in both), np.bool_, len(low))


def _given(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    s, code = v.standard, BY_NAME["given"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, similar = _near(column, low, high, v.known_given)
        shorter = np.minimum(column.lengths[low], column.lengths[high])
        one_initial = column.initials[low] == column.initials[high]
        level = np.full(len(low), code("different"), np.int8)
        level[similar] = code("similar")
        level[close] = code("close")
        maybe = np.flatnonzero(one_initial & (shorter >= 3))
        level[maybe[_starts(column, low[maybe], high[maybe])]] = code("close")
        level[s.nicknames.hold(low, high)] = code("nickname")
        one_letter = shorter == 1
        level[one_letter] = np.where(one_initial[one_letter], code("initial"), code("different"))
        return level

    a, b = _sides(s.given.codes, left, right)
    out = v.judged["given"].of(s.given, a, b, judge)
    same = np.flatnonzero((a >= 0) & (a == b))
    out[same] = np.where(v.single_given[left[same]], code("initial"), code("exact"))
    weak = np.flatnonzero((out > 0) & (out < code("initial")))
    i, j = left[weak], right[weak]
    used = (a[weak] == s.middle.codes[j]) | (b[weak] == s.middle.codes[i])
    out[weak[used & ~v.single_given[i] & ~v.single_given[j]]] = code("middle")
    return out


def _surname(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    s, code = v.standard, BY_NAME["surname"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, similar = _near(column, low, high, v.known_family)
        level = np.full(len(low), code("different"), np.int8)
        level[similar] = code("similar")
        level[close] = code("close")
        return level

    a, b = _sides(s.surname.codes, left, right)
    out = v.judged["surname"].of(s.surname, a, b, judge)
    out[(a >= 0) & (a == b)] = code("exact")
    double = s.halves[0].codes >= 0
    at = np.flatnonzero((out > 0) & (out < code("half")) & (double[left] | double[right]))
    parts = [(column.codes[left[at]], column.codes[right[at]]) for column in s.halves]
    half = np.zeros(len(at), np.bool_)
    for x, y in parts:
        half |= ((x >= 0) & (x == b[at])) | ((y >= 0) & (y == a[at]))
        for _, other in parts:
            half |= (x >= 0) & (x == other)
    out[at[half]] = code("half")
    return out


def _changed_over(v: Vocabularies, left: Ints, right: Ints, given: Levels, surname: Levels) -> None:
    """Mark first and last name changed over: both ways, or one way with the other side unknown or different.

    The surname then says nothing of its own: the given field carries the evidence.
    """
    s, code = v.standard, BY_NAME["given"].code
    weak = (given < code("close")) & (surname < BY_NAME["surname"].code("close"))
    at = np.flatnonzero(weak)
    there = v.given_letter[left[at]] == v.family_letter[right[at]]
    back = v.given_letter[right[at]] == v.family_letter[left[at]]
    at = at[there | back]
    i, j = left[at], right[at]
    there, back = _same_word(v, i, j), _same_word(v, j, i)
    both = there & back
    known = (s.given.codes[i] >= 0) & (s.surname.codes[i] >= 0)
    known &= (s.given.codes[j] >= 0) & (s.surname.codes[j] >= 0)
    one = (there | back) & ~both & ~(known & (given[at] == 0))
    given[at[both]], given[at[one]] = code("swapped"), code("crossed")
    surname[at[both | one]] = 0


def _same_word(v: Vocabularies, left: Ints, right: Ints) -> Flags:
    """True where one's first name is the other's last, but for one slip in words of four letters or more."""
    s = v.standard
    size = len(s.surname.words)

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        shorter = np.minimum(column.lengths[low], column.lengths[high])
        return np.asarray((slips(column, low, high, 1) <= 1) & (shorter >= 4), np.int8)

    a, b = s.given.codes[left], s.surname.codes[right]
    exact = (b >= 0) & (v.given_as_family[left] == b)
    near = v.judged["either name"].of(v.either_name, np.where(a >= 0, a + size, -1), b, judge) == 1
    return np.asarray(exact | near, np.bool_)


def _middle(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    code = BY_NAME["middle"].code
    a, b = _sides(v.standard.middle.codes, left, right)
    out = np.zeros(len(a), np.int8)
    at = np.flatnonzero((a >= 0) & (b >= 0))
    i, j = left[at], right[at]
    same = a[at] == b[at]
    one = v.single_middle[i] | v.single_middle[j]
    level = np.where(same, np.where(one, code("initial"), code("exact")), code("different"))
    level[~same & one & (v.middle_initial[i] == v.middle_initial[j])] = code("initial")
    level[_family_name(v, i, j) | _family_name(v, j, i)] = 0
    out[at] = level
    return out


def _family_name(v: Vocabularies, left: Ints, right: Ints) -> Flags:
    """True where the middle name of one is part of the other's last name: `Garcia, Edgar Rojas` of a ROJAS GARCIA."""
    middle = v.middle_as_family[left]
    parts = [column.codes[right] for column in (v.standard.surname, *v.standard.halves)]
    return np.asarray((middle >= 0) & np.any([middle == part for part in parts], axis=0), np.bool_)


def _ssn(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    s, code = v.standard, BY_NAME["ssn"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        near = slips(column, low, high, 1) <= 1
        return np.where(near, code("slip"), code("different")).astype(np.int8)

    def judge_four(column: Coded, low: Ints, high: Ints) -> Levels:
        near = slips(column, low, high, 1) <= 1
        return np.where(near, code("near four"), code("different")).astype(np.int8)

    a, b = _sides(s.ssn.codes, left, right)
    out = v.judged["ssn"].of(s.ssn, a, b, judge)
    out[(a >= 0) & (a == b)] = code("exact")
    at = np.flatnonzero((a < 0) | (b < 0))
    x, y = _sides(s.ssn_last4.codes, left[at], right[at])
    four = v.judged["last four"].of(s.ssn_last4, x, y, judge_four)
    four[(x >= 0) & (x == y)] = code("last four")
    out[at] = four
    return out


def _email(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    s, code = v.standard, BY_NAME["email"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        near = similarity(column, low, high) >= SAME_EMAIL
        return np.where(near, code("close"), code("different")).astype(np.int8)

    if not s.email.words:
        return np.zeros(len(left), np.int8)
    a, b = _sides(s.email.codes, left, right)
    out = v.judged["email"].of(s.email, a, b, judge)
    out[(out > 0) & (v.email_name[left] == v.email_name[right])] = code("close")
    out[(a >= 0) & (a == b)] = code("same")
    return out


def _address(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    s, code = v.standard, BY_NAME["address"].code

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        alike, distance = similarity(column, low, high), slips(column, low, high, 2)
        size = np.minimum(column.lengths[low], column.lengths[high])
        near = (distance <= np.where(size >= 7, 2, 1)) | (alike >= CLOSE)
        return near.astype(np.int8)

    a, b = _sides(s.street.codes, left, right)
    h, k = _sides(s.house.codes, left, right)
    known, no_house = (a >= 0) & (b >= 0), (h < 0) | (k < 0)
    house_same = ~no_house & (h == k)
    same = known & (a == b)
    out = np.where(known & (~no_house | same), code("different"), 0).astype(np.int8)
    out[same] = code("street")
    out[same & house_same] = code("exact")
    at = np.flatnonzero(known & house_same & ~same)
    out[at[v.judged["street"].of(s.street, a[at], b[at], judge) == 1]] = code("close")
    return out


def _place(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    """The better of town and postal code; of postal codes of letters and figures, the same area is close."""
    s, code = v.standard, BY_NAME["place"].code
    town = _town(v, s.place, "place", left, right)
    post = _equal(s.zip, left, right)
    post[post == 2] = code("same")
    area = v.post_area[left]
    post[(post == code("different")) & (area >= 0) & (area == v.post_area[right])] = code("close")
    return np.maximum(town, post)


def _town(v: Vocabularies, column: Coded, field: str, left: Ints, right: Ints) -> Levels:
    code = BY_NAME[field].code
    if not column.words:
        return np.zeros(len(left), np.int8)

    def judge(column: Coded, low: Ints, high: Ints) -> Levels:
        close, _ = _near(column, low, high)
        return np.where(close, code("close"), code("different")).astype(np.int8)

    a, b = _sides(column.codes, left, right)
    out = v.judged[field].of(column, a, b, judge)
    out[(a >= 0) & (a == b)] = code("same")
    return out


def _key(v: Vocabularies, left: Ints, right: Ints) -> Levels:
    """Same number, or another number of the same source; across sources nothing."""
    out = _equal(v.standard.key, left, right)
    out[v.key_source[left] != v.key_source[right]] = 0
    return out
