"""Mentions in their standard form: every field as numbers into a vocabulary, placeholders taken out.

Each different cell of a column is made comparable once, however many mentions hold it.
"""

from __future__ import annotations

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import placeholders
from ddj_desktop.linkage.grouping import combined
from ddj_desktop.linkage.name_columns import name_columns
from ddj_desktop.linkage.nickname_table import formal_columns, nickname_pairs
from ddj_desktop.linkage.standardise_names import fold
from ddj_desktop.linkage.standardise_numbers import standard_email, standard_phone, standard_sex, standard_ssn
from ddj_desktop.linkage.standardise_places import standard_address, standard_town, standard_zip
from ddj_desktop.linkage.types import Coded, Flags, Ints, Mentions, Standard, coded, recoded


def standardise(mentions: Mentions, progress: Progress) -> Standard:
    """Everything comparable about the mentions. Values that name nobody become unknown. Raises Stopped."""
    names = name_columns(mentions, progress)
    family = names.surname.codes
    progress.check()
    birth, low, high = _births(mentions, names.given, names.surname)
    ssn, last4 = _ssn(mentions, family)
    house, street = _addresses(mentions, family, progress)
    progress.check()
    most = placeholders.MOST_SURNAMES_AT_A_NUMBER
    phone, email = (
        placeholders.without_crowded(recoded(mentions.column(name), standard), family, most)
        for name, standard in (("phone", standard_phone), ("email", standard_email))
    )
    progress.check()
    sex = recoded(mentions.column("sex"), standard_sex)
    crowded = placeholders.names_of_too_many(names.given.codes, family, birth, sex.codes)
    standard = Standard(
        mentions.size, names.given, names.middle, names.surname, names.halves, names.suffix,
        sex, birth, low, high, ssn, last4, house, street,
        recoded(mentions.column("city"), standard_town), recoded(mentions.column("zip"), standard_zip),
        phone, email, recoded(mentions.column("birth_place"), standard_town),
        recoded(mentions.column("occupation"), fold), _keys(mentions), ~(names.nobody | crowded),
        np.zeros(mentions.size, np.bool_),
    )  # fmt: skip
    standard.nicknames = nickname_pairs(names.given.words)
    standard.canonical = formal_columns(names.given)
    standard.usable = _usable(standard)
    standard.linkable = standard.linkable & standard.usable
    return standard


def _births(mentions: Mentions, given: Coded, surname: Coded) -> tuple[Ints, Ints, Ints]:
    holder = combined(given.codes, surname.codes)
    nothing, year_only = placeholders.placeholder_days(mentions.birth, holder)
    year = mentions.birth // 10000
    low = np.where(year_only, year - 1, mentions.birth_low)
    high = np.where(year_only, year + 1, mentions.birth_high)
    full = (mentions.birth > 0) & ~nothing & ~year_only
    return np.where(full, mentions.birth, 0), np.where(full, 0, low), np.where(full, 0, high)


def _ssn(mentions: Mentions, family: Ints) -> tuple[Coded, Coded]:
    numbers = recoded(mentions.column("ssn"), standard_ssn)
    long = np.array([*(len(word) > 4 for word in numbers.words), False])[numbers.codes]
    full = placeholders.without_crowded(numbers.of(long), family, placeholders.MOST_SURNAMES_AT_A_NUMBER)
    return full, recoded(numbers.of((full.codes >= 0) | ~long), lambda word: word[-4:])


def _addresses(mentions: Mentions, family: Ints, progress: Progress) -> tuple[Coded, Coded]:
    raw = mentions.column("address")
    places = [standard_address(text) for text in progress.through(raw.words)]
    houses, streets = coded(place.house for place in places), coded(place.street for place in places)
    house, street = (Coded(np.append(form.codes, -1)[raw.codes], form.words) for form in (houses, streets))
    whole = np.where(street.codes >= 0, combined(house.codes + 1, street.codes), -1)
    fine = ~placeholders.shared_by_too_many(whole, family, placeholders.MOST_SURNAMES_AT_AN_ADDRESS)
    bare = (house.codes < 0) & (street.codes >= 0)
    return house.of(fine), street.of(fine | bare)


def _keys(mentions: Mentions) -> Coded:
    """The source's own numbers, kept apart by source."""
    raw = recoded(mentions.column("record_key"), str.strip)
    width = max(len(raw.words), 1)
    both = np.where(raw.codes >= 0, mentions.source * width + raw.codes, -1)
    used, at = np.unique(both, return_inverse=True)
    words = [f"{code // width}\x1f{raw.words[code % width]}" for code in used.tolist() if code >= 0]
    return Coded(at - (len(used) - len(words)), words)


def _usable(standard: Standard) -> Flags:
    columns = (standard.given, standard.surname, standard.ssn, standard.phone, standard.email, standard.key)
    return np.asarray(np.any([column.codes >= 0 for column in columns], axis=0), np.bool_)
