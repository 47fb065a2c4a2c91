"""Blocking keys: what two mentions must share to be compared at all. Several passes, each forgiving another error.

Several columns of one pass share one numbering. Each pass names the fields its key fixes: EM leaves those out when it
learns from the pass's pairs. Passes on an address or a household alone are not learned from (there EM learns "same
household" as "same person").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.grouping import mixed
from ddj_desktop.linkage.types import Coded, Ints, Standard

MENTIONS_A_NEIGHBOURHOOD = 30
"""Mentions a postal code has at most, on the mean, for it to name a neighbourhood and not a town."""


@dataclass(frozen=True)
class Pass:
    """One blocking pass. `keys` gives one or more key columns (-1: not in this pass)."""

    name: str
    fixes: frozenset[str]
    learns: bool
    keys: Callable[[KeyParts], list[Ints]]
    loose: bool = False
    """Many strangers share its key: it may give fewer pairs for each mention."""


@dataclass
class KeyParts:
    """Parts keys are made of, one entry a mention."""

    standard: Standard
    given: Ints
    formal: list[Ints]
    surname: Ints
    halves: list[Ints]
    given_sound: Ints
    surname_sound: Ints
    given_start: Ints
    surname_start: Ints
    initial: Ints
    surname_initial: Ints
    birth: Ints
    year: Ints
    month_day: Ints
    day_month_free: Ints
    year_month: Ints
    either_order: Ints
    address: Ints
    town: Ints
    post: Ints
    """Postal code, where there are so many that one names a neighbourhood."""
    post_area: Ints
    """Its area (all but the last three letters and figures)."""
    birth_place: Ints
    occupation: Ints


_SOUND_GROUPS = {
    **dict.fromkeys("BFPV", "1"), **dict.fromkeys("CGJKQSX", "2"), **dict.fromkeys("DT", "3"),
    "L": "4", **dict.fromkeys("MN", "5"), "R": "6",
}  # fmt: skip


def sound(word: str) -> str:
    """A short code of how a name sounds: first letter kept, vowels dropped, letters grouped as in Soundex.

    Source: the Soundex groups of Odell and Russell (US patents 1261167, 1435663), here without a length limit
    of three digits but four, and with PH, GH, CK, SCH folded first.
    """
    if not word:
        return ""
    for old, new in (("SCH", "S"), ("PH", "F"), ("GH", "G"), ("CK", "K"), ("KN", "N"), ("WR", "R"), ("Z", "S")):
        word = word.replace(old, new)
    out, last = word[0], _SOUND_GROUPS.get(word[0], "")
    for letter in word[1:]:
        code = _SOUND_GROUPS.get(letter, "")
        if code and code != last:
            out += code
        if letter not in "HW":
            last = code
    return out[:5]


def of_words(column: Coded, change: Callable[[str], str]) -> Ints:
    """A column of another form of each word, as numbers; -1 where that form is empty."""
    known: dict[str, int] = {"": -1}
    table = [known.setdefault(change(word), len(known) - 1) for word in column.words]
    return np.array([*table, -1], np.int64)[column.codes]


def key_parts(standard: Standard) -> KeyParts:
    """Everything the passes need, computed once."""
    given, surname, birth = standard.given, standard.surname, standard.birth
    known = birth > 0
    year, month, day = _birth_year(standard), birth // 100 % 100, birth % 100
    low, high = np.minimum(month, day), np.maximum(month, day)
    town = np.where(standard.place.codes >= 0, standard.place.codes + 10**7, -1)
    return KeyParts(
        standard, given.codes, [column.codes for column in standard.canonical],
        surname.codes, [half.codes for half in standard.halves],
        of_words(given, sound), of_words(surname, sound),
        of_words(given, lambda word: word[:3] if len(word) > 1 else ""), of_words(surname, lambda word: word[:4]),
        of_words(given, lambda word: word[:1]), of_words(surname, lambda word: word[:1]),
        np.where(known, birth, -1), np.where(year > 0, year, -1), np.where(known, birth % 10000, -1),
        np.where(known, (year * 100 + low) * 100 + high, -1), np.where(known, birth // 100, -1),
        _either_order(standard), mixed(standard.house.codes, standard.street.codes),
        np.where(standard.zip.codes >= 0, standard.zip.codes, town), *_post(standard),
        standard.birth_place.codes, standard.occupation.codes,
    )  # fmt: skip


def _birth_year(standard: Standard) -> Ints:
    """The year of the birth date, or the one in the middle where a year alone is known (see `placeholder_days`)."""
    low, high = standard.birth_low, standard.birth_high
    alone = np.where((low > 0) & (high - low == 2), low + 1, 0)
    return np.where(standard.birth > 0, standard.birth // 10000, alone)


def _post(standard: Standard) -> tuple[Ints, Ints]:
    codes = standard.zip
    if len(codes.words) * MENTIONS_A_NEIGHBOURHOOD < standard.size:
        nothing = np.full(standard.size, -1, np.int64)
        return nothing, nothing
    return codes.codes, of_words(codes, lambda word: "" if word.isdigit() else word[:-3])


def _either_order(standard: Standard) -> Ints:
    """A key of both names that is the same when first and last are swapped."""
    vocabulary = {word: code for code, word in enumerate(standard.surname.words)}
    table = [vocabulary.setdefault(word, len(vocabulary)) for word in standard.given.words]
    given = np.array([*table, -1], np.int64)[standard.given.codes]
    surname = standard.surname.codes
    both = (given >= 0) & (surname >= 0)
    low, high = np.minimum(given, surname), np.maximum(given, surname)
    return mixed(np.where(both, low, -1), high)


_NAME, _BORN = frozenset({"given", "surname"}), frozenset({"birth"})
_FIRST, _LAST, _NONE = frozenset({"given"}), frozenset({"surname"}), frozenset[str]()


def passes() -> list[Pass]:
    """The passes. The first is the one that most pairs of one person share; the order of the others does not matter."""
    return [*_by_name_and_birth(), *_by_number(), *_by_home(), *_by_origin()]


def _by_name_and_birth() -> list[Pass]:
    return [
        Pass("sound of both names", _NAME, False, lambda k: [mixed(k.given_sound, k.surname_sound)]),
        Pass("given and surname", _NAME, True, lambda k: _joint(k.formal, [k.surname, *k.halves])),
        Pass("surname sound and birth date", _LAST | _BORN, True, lambda k: [mixed(k.surname_sound, k.birth)]),
        Pass("given and birth date", _FIRST | _BORN, True, lambda k: _joint(k.formal, [k.birth])),
        Pass("names in either order", _NAME, False, lambda k: [k.either_order]),
        Pass("surname start and birth month", _LAST | _BORN, True, lambda k: [mixed(k.surname_start, k.year_month)]),
        Pass("given start and birth month", _FIRST | _BORN, True,
             lambda k: [mixed(k.given_start, k.year_month)], loose=True),
        Pass("initial and birth date in either order", _BORN, False, lambda k: [mixed(k.initial, k.day_month_free)]),
        Pass("surname and month and day", _LAST | _BORN, True,
             lambda k: [mixed(k.surname_sound, k.month_day)], loose=True),
        Pass("given and month and day", _FIRST | _BORN, True,
             lambda k: [mixed(k.given_start, k.month_day)], loose=True),
        Pass("given and birth year", _FIRST | _BORN, False,
             lambda k: [mixed(k.given_sound, k.year, k.surname_initial)], loose=True),
        Pass("birth date", _BORN, True, lambda k: [k.birth], loose=True),
    ]  # fmt: skip


def _by_number() -> list[Pass]:
    return [
        Pass("ssn", frozenset({"ssn"}), True, lambda k: [k.standard.ssn.codes]),
        Pass("last four and birth year", frozenset({"ssn"}), False,
             lambda k: [mixed(k.standard.ssn_last4.codes, k.year)]),
        Pass("last four and surname", frozenset({"ssn"}), False,
             lambda k: [mixed(k.standard.ssn_last4.codes, k.surname_start)]),
        Pass("last four and given", frozenset({"ssn"}), False,
             lambda k: [mixed(k.standard.ssn_last4.codes, k.given_start)]),
        Pass("phone", frozenset({"phone"}), False, lambda k: [k.standard.phone.codes]),
        Pass("email", frozenset({"email"}), True, lambda k: [k.standard.email.codes]),
        Pass("the source's own number", frozenset({"key"}), False, lambda k: [k.standard.key.codes]),
    ]  # fmt: skip


def _by_home() -> list[Pass]:
    return [
        Pass("given and address", _FIRST | {"address"}, False, lambda k: [mixed(k.given_start, k.address)]),
        Pass("address and birth month", _BORN | {"address"}, False, lambda k: [mixed(k.address, k.year_month)]),
        Pass("given and street", _FIRST | {"address"}, False,
             lambda k: [mixed(k.given, k.standard.street.codes)]),
        Pass("surname and street", _LAST | {"address"}, False,
             lambda k: [mixed(k.surname, k.standard.street.codes, k.initial)]),
        Pass("given and postal code", _FIRST, False, lambda k: [mixed(k.given_start, k.post)]),
        Pass("surname and postal code", _LAST, False, lambda k: [mixed(k.surname_start, k.post)]),
        Pass("birth year and postal code", _BORN, False, lambda k: [mixed(k.year, k.post)]),
        Pass("given and postal area", _FIRST, False, lambda k: [mixed(k.given_start, k.post_area, k.surname_initial)]),
        Pass("surname and postal area", _LAST, False, lambda k: [mixed(k.surname_start, k.post_area)]),
        Pass("given and town and birth year", _FIRST | _BORN, False,
             lambda k: [mixed(k.given_start, k.town, k.year)], loose=True),
        Pass("surname and town and initial", _NONE, False, lambda k: [mixed(k.surname, k.town, k.initial)], loose=True),
    ]  # fmt: skip


def _by_origin() -> list[Pass]:
    """Passes on what registers of the past say beside names: where somebody was born and what they did."""
    origin = frozenset({"birth_place"})
    return [
        Pass("surname and birth place", _LAST | origin, False,
             lambda k: [mixed(k.surname_sound, k.birth_place)], loose=True),
        Pass("given and birth place", _FIRST | origin, False,
             lambda k: [mixed(k.given_start, k.birth_place)], loose=True),
        Pass("birth year and birth place", _BORN | origin, False,
             lambda k: [mixed(k.year, k.birth_place)], loose=True),
        Pass("occupation and birth place", origin | {"occupation"}, False,
             lambda k: [mixed(k.occupation, k.birth_place)], loose=True),
        Pass("surname and occupation", _LAST | {"occupation"}, False,
             lambda k: [mixed(k.surname_sound, k.occupation)], loose=True),
        Pass("postal code", frozenset({"place"}), False, lambda k: [k.post], loose=True),
    ]  # fmt: skip


def _joint(left: list[Ints], right: list[Ints]) -> list[Ints]:
    """Every combination of a left with a right column, over one numbering, so that they meet one another."""
    return [mixed(a, b) for a in left for b in right]
