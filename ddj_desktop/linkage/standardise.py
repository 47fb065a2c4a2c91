"""Mentions in their standard form: every field as numbers into a vocabulary, placeholders taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np

from ddj_desktop.linkage import placeholders
from ddj_desktop.linkage.nickname_table import formal_columns, nickname_pairs
from ddj_desktop.linkage.nonpersons import is_role, names_nobody
from ddj_desktop.linkage.standardise_names import Name, standard_name
from ddj_desktop.linkage.standardise_numbers import standard_email, standard_phone, standard_sex, standard_ssn
from ddj_desktop.linkage.standardise_places import standard_address, standard_town, standard_zip
from ddj_desktop.linkage.types import Coded, Flags, Ints, Mentions, Standard

LEAST_HALF = 3
"""Letters a half of a double surname must have to stand for it."""


def coded(words: Iterable[str]) -> Coded:
    """A text column as numbers into its sorted vocabulary."""
    column = np.array(list(words), dtype=object)
    if not len(column):
        return Coded(np.empty(0, np.int64), [])
    vocabulary, codes = np.unique(column.astype(str), return_inverse=True)
    names = [str(word) for word in vocabulary]
    if names and names[0] == "":
        return Coded(codes.astype(np.int64) - 1, names[1:])
    return Coded(codes.astype(np.int64), names)


def together(*columns: list[str]) -> list[Coded]:
    """Several text columns over one vocabulary, so that their numbers can be compared with one another."""
    every = coded([word for column in columns for word in column])
    edges = np.cumsum([0, *(len(column) for column in columns)])
    return [Coded(every.codes[a:b], every.words) for a, b in pairwise(edges.tolist())]


def combined(*parts: Ints) -> Ints:
    """One number for each combination of values; -1 where any part is unknown."""
    known = np.all([part >= 0 for part in parts], axis=0)
    out = np.zeros(len(parts[0]), np.int64)
    for part in parts:
        _, dense = np.unique(part, return_inverse=True)
        out = out * (int(dense.max(initial=0)) + 1) + dense
        _, out = np.unique(out, return_inverse=True)
        out = out.astype(np.int64)
    return np.where(known, out, -1)


def standardise(mentions: Mentions) -> Standard:
    """Everything comparable about the mentions. Values that name nobody become unknown."""
    names = _names(mentions)
    given_words, surname_words, linkable = _name_words(mentions, names)
    given, middle, *_ = together(given_words, [name.middle for name in names])
    whole = ["".join(words) for words in surname_words]
    pair = [words if len(words) > 1 and len(words[0]) >= LEAST_HALF and len(words[-1]) >= LEAST_HALF else ("", "")
            for words in surname_words]  # fmt: skip
    surname, front, back = together(whole, [words[0] for words in pair], [words[-1] for words in pair])
    # Given names and surnames share one vocabulary for the swapped names; the codes are joined in `compare`.
    birth, low, high = _births(mentions, given, surname)
    family = surname.codes
    ssn, last4 = _ssn(mentions, family)
    house, street = _addresses(mentions, family)
    standard = Standard(
        mentions.size, given, middle, surname, (front, back),
        coded(name.suffix for name in names), _column(mentions, "sex", standard_sex), birth, low, high, ssn, last4,
        house, street, _column(mentions, "city", standard_town), _column(mentions, "zip", standard_zip),
        placeholders.without_crowded(
            _column(mentions, "phone", standard_phone), family, placeholders.MOST_SURNAMES_AT_A_NUMBER),
        placeholders.without_crowded(
            _column(mentions, "email", standard_email), family, placeholders.MOST_SURNAMES_AT_A_NUMBER),
        _keys(mentions), linkable, np.zeros(mentions.size, np.bool_),
    )  # fmt: skip
    standard.nicknames = nickname_pairs(given.words)
    standard.canonical = formal_columns(given)
    standard.usable = _usable(standard)
    standard.linkable = standard.linkable & standard.usable
    return standard


def _names(mentions: Mentions) -> list[Name]:
    parts = (mentions.column(field) for field in ("full_name", "first", "middle", "last", "suffix"))
    return [standard_name(*words) for words in zip(*parts, strict=True)]


def _name_words(mentions: Mentions, names: list[Name]) -> tuple[list[str], list[tuple[str, ...]], Flags]:
    raw = zip(mentions.column("full_name"), mentions.column("first"), mentions.column("last"), strict=True)
    nobody = np.fromiter((names_nobody(*words) for words in raw), np.bool_, mentions.size)
    given = ["" if is_role(name.first) else name.first for name in names]
    lasts = [() if is_role("".join(name.last)) else name.last for name in names]
    return given, lasts, ~nobody


def _column(mentions: Mentions, field: str, standard: Callable[[str], str]) -> Coded:
    return coded(standard(text) if text else "" for text in mentions.column(field))


def _births(mentions: Mentions, given: Coded, surname: Coded) -> tuple[Ints, Ints, Ints]:
    holder = combined(given.codes, surname.codes)
    nothing, year_only = placeholders.placeholder_days(mentions.birth, holder)
    year = mentions.birth // 10000
    low = np.where(year_only, year - 1, mentions.birth_low)
    high = np.where(year_only, year + 1, mentions.birth_high)
    full = (mentions.birth > 0) & ~nothing & ~year_only
    return np.where(full, mentions.birth, 0), np.where(full, 0, low), np.where(full, 0, high)


def _ssn(mentions: Mentions, family: Ints) -> tuple[Coded, Coded]:
    words = [standard_ssn(text) if text else "" for text in mentions.column("ssn")]
    full = placeholders.without_crowded(
        coded(word if len(word) > 4 else "" for word in words), family, placeholders.MOST_SURNAMES_AT_A_NUMBER
    )
    fine = full.codes >= 0
    last4 = coded(word[-4:] if len(word) == 4 or ok else "" for word, ok in zip(words, fine.tolist(), strict=True))
    return full, last4


def _addresses(mentions: Mentions, family: Ints) -> tuple[Coded, Coded]:
    places = [standard_address(text) for text in mentions.column("address")]
    house, street = coded(place.house for place in places), coded(place.street for place in places)
    whole = np.where(street.codes >= 0, combined(house.codes + 1, street.codes), -1)
    fine = ~placeholders.shared_by_too_many(whole, family, placeholders.MOST_SURNAMES_AT_AN_ADDRESS)
    bare = (house.codes < 0) & (street.codes >= 0)
    return house.of(fine), street.of(fine | bare)


def _keys(mentions: Mentions) -> Coded:
    keys = mentions.column("record_key")
    return coded(f"{source}\x1f{key.strip()}" if key.strip() else ""
                 for source, key in zip(mentions.source.tolist(), keys, strict=True))  # fmt: skip


def _usable(standard: Standard) -> Flags:
    columns = (standard.given, standard.surname, standard.ssn, standard.phone, standard.email, standard.key)
    return np.asarray(np.any([column.codes >= 0 for column in columns], axis=0), np.bool_)
