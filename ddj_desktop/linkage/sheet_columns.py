"""Which column of a loose sheet of people holds what: by any usual heading, then by content, or as the person says.

Builds on the headings intake knows; `data/loose_headings.toml` adds those of sheets that are no export of a county
system (suburb, soc_sec_id, Emp Last, apellido) and leaves out what only a contact has.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from ddj_desktop.intake import looks
from ddj_desktop.intake.columns import Column
from ddj_desktop.intake.fields import KINDS, NEVER, known_names
from ddj_desktop.intake.mapping import suggest_columns
from ddj_desktop.intake.types import Sure
from ddj_desktop.intake.words import key, word_set
from ddj_desktop.linkage.errors import NoSuchColumn, NoSuchField
from ddj_desktop.linkage.nickname_table import has_forms
from ddj_desktop.linkage.standardise_names import fold, words_between

KIND = "shelter"
"""The kind whose headings are those of people at home: `Address` is where somebody lives."""

PERSON_FIELDS = (
    "record_key", "full_name", "first_name", "middle_name", "last_name", "second_last_name", "other_last_name",
    "suffix", "birth_date",
    "birth_year", "birth_month", "birth_day", "age", "sex", "ssn", "ssn_last4", "address", "house_number", "street",
    "city", "zip", "phone", "email", "source", "birth_place", "occupation",
)  # fmt: skip
SHORT_NAMES = {"first": "first_name", "middle": "middle_name", "last": "last_name", "surname": "last_name",
               "name": "full_name", "dob": "birth_date", "birth": "birth_date", "given": "first_name",
               "gender": "sex", "key": "record_key", "postcode": "zip", "suburb": "city", "town": "city",
               "year": "birth_year", "month": "birth_month", "day": "birth_day"}  # fmt: skip
"""Other names by which a person may force a column (`last=Emp Last`)."""

_WHOSE = word_set(
    "emp employee inmate client patient person personal student voter customer cust member applicant subject pat "
    "individual guest resident head respondent worker legal primary current home mailing patron consumer participant "
    "pers perss beneficiary claimant enrollee recipient offender defendant probationer household hh self staff caller "
    "contact ee w2 mail perm res deft decedent party residence residential physical permanent"
)
_BESIDE = word_set(
    "1 c1 code description lbl label text txt value fake raw clean cleaned std standardized orig original reported "
    "full field col column current cd latest known one v1"
)
"""Words that change nothing about what a heading means."""
_NAME_FIELDS = frozenset({"full_name", "first_name", "last_name", "second_last_name", "other_last_name"})
_NOT_OF_THE_PERSON = (NEVER - {"count", "hash", "caller"}) | word_set("hold size people children adults")
"""Words that make a heading speak of something else; a caller may be the person."""
_ROW_UNIQUE = 0.98
"""A number that hardly ever returns names the row, not the person: worth nothing."""
_COMPARED = 2_000
"""Rows in which a whole name is held against its parts."""
_RANGES: Mapping[str, tuple[int, int]] = {"birth_year": (1500, 2100), "birth_month": (1, 12), "birth_day": (1, 31)}


_ELSEWHERE = word_set(
    "seen visit visited location known day time employer school grade status pet event incident arrest offense court "
    "updated modified admit discharge release charge place aid responder provider doctor clinician worker emergency "
    "agency facility program referral referred group account plan company business team supervisor"
)
"""Words beside which `First`, `Last`, `Name` or `Address` speak of something else."""
_STRICT: Mapping[str, Callable[[str], bool]] = {
    "first_name": looks.name_part, "last_name": looks.name_part, "middle_name": looks.name_part,
    "full_name": looks.full_name, "birth_date": looks.date, "age": looks.age, "sex": looks.sex, "ssn": looks.ssn,
    "ssn_last4": looks.last_four, "address": looks.street_address, "city": looks.place, "zip": looks.zip_code,
    "phone": looks.phone, "street": looks.wordy,
}  # fmt: skip
"""Fields taken from a heading that only contains their name, and what their values must then look like."""
_ANY_KIND = frozenset(
    {"full_name", "first_name", "middle_name", "last_name", "suffix", "birth_date", "age", "sex", "ssn", "ssn_last4"}
)
"""Fields whose headings mean the person in every kind of source; an address may be that of an event."""


@cache
def _table() -> dict[str, frozenset[tuple[str, ...]]]:
    text = files("ddj_desktop.linkage").joinpath("data", "loose_headings.toml").read_text("utf-8")
    return {name: frozenset(_key(one) for one in names.split(";")) for name, names in tomllib.loads(text).items()}


@cache
def _known(name: str) -> frozenset[tuple[str, ...]]:
    own = _table().get(name, frozenset())
    beyond = name in ("email", "source", "other_last_name") or name in _RANGES
    others = frozenset().union(*(keys for other, keys in _table().items() if other != name))
    kinds = KINDS if name in _ANY_KIND else (KIND,)
    return own if beyond else own.union(*(known_names(name, kind) for kind in kinds)) - (others - own)


@cache
def _key(heading: str) -> tuple[str, ...]:
    """The words of a heading in any order: accents folded, a number glued to its end parted."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c))
    plain = re.sub(r"head[ _]*of[ _]*house[ _]*hold", "head", plain.replace("ß", "ss"), flags=re.IGNORECASE)
    return key(re.sub(r"(?<=[A-Za-z]{4})(?=1$)", " ", plain))


def read_headings() -> None:
    """Read the headings that come along, so that they are at hand."""
    for name in PERSON_FIELDS:
        _known(name)


def columns_of_people(found: Sequence[Column], file: str, forced: Mapping[str, str] | None = None) -> dict[str, int]:
    """Field to column index. `forced` (field to heading) goes before everything else.

    Raises NoSuchField, NoSuchColumn.
    """
    chosen = _forced(found, file, forced or {})
    left = [column for column in found if column.index not in chosen.values() and column.filled]
    for name in PERSON_FIELDS:
        fits = [column for column in left if _named(column, name) and _content(column, name)]
        if name not in chosen and fits:
            best = max(fits, key=lambda column: (_key(column.header) in _known(name), column.filled, -column.index))
            chosen[name] = best.index
            left.remove(best)
    _loosely(chosen, left)
    _suggested(chosen, left)
    if not any(column.named for column in found):
        _by_values(chosen, [column for column in left if column.index not in chosen.values()])
    _settle_names(chosen, {column.index: column for column in found}, forced or {})
    if not {"birth_year"} & set(chosen) or "birth_date" in chosen:
        for name in ("birth_year", "birth_month", "birth_day"):
            chosen.pop(name, None)
    return chosen


def _loosely(chosen: dict[str, int], left: list[Column]) -> None:
    """Take headings that say the field beside words nobody knows (`Owner First`, `Susp Last`), where the values are
    nothing else, and a column named for a person alone (`Customer`) that holds whole names."""
    for name, fits in _strict().items():
        for column in left:
            loose = _loosely_named(column, name) and column.share(fits) >= 0.9 and _content(column, name)
            if loose and name not in chosen and (name not in _NAME_FIELDS or column.different >= 5):
                chosen[name] = column.index
                left.remove(column)
                break


@cache
def _strict() -> dict[str, Callable[[str], bool]]:
    return {**_STRICT, **{part: _within(*edges) for part, edges in _RANGES.items()}}


def _loosely_named(column: Column, name: str) -> bool:
    words = _key(column.header) if column.named else ()
    if not words or set(words) & (_NOT_OF_THE_PERSON | _ELSEWHERE):
        return False
    if name == "full_name" and set(words) <= _WHOSE:
        return True
    said = tuple(word for word in words if word in _said_anywhere() and word not in _WHOSE)
    return said in _known(name)


@cache
def _said_anywhere() -> frozenset[str]:
    """Every word of a heading that means something."""
    return frozenset(word for name in PERSON_FIELDS for known in _known(name) for word in known) - _BESIDE


def _suggested(chosen: dict[str, int], left: Sequence[Column]) -> None:
    """What intake's own suggestion makes of the columns that are left."""
    left = [column for column in left if not set(_key(column.header)) & _NOT_OF_THE_PERSON or not column.named]
    for guess in suggest_columns(left, KIND):
        if guess.field in PERSON_FIELDS and guess.field not in chosen and guess.sure is not Sure.GUESS:
            column = next(column for column in left if column.index == guess.index)
            if _content(column, str(guess.field)):
                chosen[str(guess.field)] = guess.index


def _by_values(chosen: dict[str, int], left: list[Column]) -> None:
    """Columns of a sheet without headings, by their values alone: numbers and addresses by their form, the given name
    by the names people are known to have, the last name beside it."""
    for name in ("ssn", "phone", "sex", "address"):
        fits = [column for column in left if column.share(_STRICT[name]) >= 0.9 and _content(column, name)]
        if name not in chosen and fits:
            chosen[name] = fits[0].index
            left.remove(fits[0])
    names = [column for column in left if column.share(looks.name_part) >= 0.9 and column.different >= 5]
    if len(names) < 2 or set(chosen) & _NAME_FIELDS:
        return
    first = max(names, key=lambda column: column.share(_is_given))
    others = [column for column in names if column is not first]
    if first.share(_is_given) > 2 * max(column.share(_is_given) for column in others):
        chosen["first_name"] = first.index
        chosen["last_name"] = min(others, key=lambda column: abs(column.index - first.index)).index


def _is_given(text: str) -> bool:
    return has_forms(text.strip().upper())


def _settle_names(chosen: dict[str, int], column: Mapping[int, Column], forced: Mapping[str, str]) -> None:
    """`Name` beside `Surname` is the given name; a lone `Nombre` of two words is a whole name; parts go before it."""
    have = set() if forced else set(chosen) & _NAME_FIELDS
    if have == {"full_name", "last_name"} and column[chosen["full_name"]].share(looks.several_words) < 0.5:
        chosen["first_name"] = chosen.pop("full_name")
    elif have in ({"first_name"}, {"last_name"}):
        (only,) = have
        if column[chosen[only]].share(looks.full_name) >= 0.7:
            chosen["full_name"] = chosen.pop(only)
    parts = [column[chosen[name]] for name in ("first_name", "last_name") if name in chosen]
    if parts and "full_name" in chosen:
        whole = column[chosen["full_name"]]
        if forced or len(parts) < 2 or "middle_name" in chosen or not _tells_more(whole, parts):
            del chosen["full_name"]


def _tells_more(whole: Column, parts: Sequence[Column]) -> bool:
    """True where most whole names hold a part of their row, so that they are of the same person, and some tell further
    names. Else they are a doctor's, a co-borrower's, a deputy's, or the parts once more."""
    told = zip(*(one.values.at(slice(_COMPARED)).whole() for one in (whole, *parts)), strict=True)
    rows = [row for row in told if row[0].strip()]
    own = sum(bool({*fold(full).split()} & {*fold(f"{first} {last}").split()}) for full, first, last in rows)
    return own > 0.5 * len(rows) and any(words_between(*row) for row in rows)


def _forced(found: Sequence[Column], file: str, forced: Mapping[str, str]) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for field, heading in forced.items():
        name = SHORT_NAMES.get(field, field)
        if name not in PERSON_FIELDS:
            raise NoSuchField(field=field, known=", ".join(PERSON_FIELDS))
        same = [c for c in found if c.header.strip().casefold() == heading.strip().casefold()]
        same = same or [c for c in found if key(c.header) == key(heading)]
        if not same:
            raise NoSuchColumn(file=file, header=heading)
        chosen[name] = same[0].index
    return chosen


def _named(column: Column, name: str) -> bool:
    """Whether the heading says the field, as it stands or without words for whose it is and words that add nothing."""
    if not column.named:
        return False
    whole, known = _key(column.header), _known(name)
    forms = [whole, tuple(word for word in whole if word not in _BESIDE), tuple(w for w in whole if w not in _WHOSE)]
    forms.append(tuple(word for word in forms[1] if word not in _WHOSE or (word,) in known))  # the mail of a customer
    forms.append(tuple(word for word in forms[1] if word not in _WHOSE))
    return any(form in known for form in forms if form)


def _content(column: Column, name: str) -> bool:
    """False where the values plainly are not what the heading says."""
    if name in _NAME_FIELDS:
        return column.share(looks.wordy) >= 0.5
    if name == "record_key":
        return column.distinct_share < _ROW_UNIQUE and column.different > 2
    if name in _RANGES:
        return column.share(_within(*_RANGES[name])) >= 0.8
    if name == "birth_date" and column.share(_within(*_RANGES["birth_day"])) >= 0.8:
        return False
    if name in ("ssn", "phone", "birth_date", "age", "house_number", "ssn_last4"):
        return column.share(_has_digit) >= 0.5
    if name == "source":
        return column.different <= max(40, column.filled // 50)
    if name in ("sex", "suffix"):
        return column.different <= 40
    return True


@cache
def _within(low: int, high: int) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        plain = text.removesuffix(".0")
        return plain.isdecimal() and low <= int(plain) <= high

    return fits


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
