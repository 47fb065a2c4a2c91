"""Which column of a loose sheet of people holds what: by any usual heading, then by content, or as the person says.

Builds on the headings intake knows; adds those of sheets that are no export of a county system (suburb, soc_sec_id,
e-mail, Emp Last) and leaves out what only a contact has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ddj_desktop.intake import looks
from ddj_desktop.intake.columns import Column
from ddj_desktop.intake.fields import known_names
from ddj_desktop.intake.mapping import suggest_columns
from ddj_desktop.intake.types import Sure
from ddj_desktop.intake.words import key, word_set
from ddj_desktop.linkage.errors import NoSuchColumn, NoSuchField

KIND = "shelter"
"""The kind whose headings are those of people at home: `Address` is where somebody lives."""

PERSON_FIELDS = (
    "record_key", "full_name", "first_name", "middle_name", "last_name", "second_last_name", "suffix", "birth_date",
    "age", "sex", "ssn", "ssn_last4", "address", "house_number", "street", "city", "zip", "phone", "email", "source",
)  # fmt: skip
SHORT_NAMES = {"first": "first_name", "middle": "middle_name", "last": "last_name", "surname": "last_name",
               "name": "full_name", "dob": "birth_date", "birth": "birth_date", "given": "first_name",
               "gender": "sex", "key": "record_key", "postcode": "zip", "suburb": "city"}  # fmt: skip
"""Other names by which a person may force a column (`last=Emp Last`)."""

_MORE: Mapping[str, str] = {
    "ssn": "social security id; soc sec id; social id; national id; national insurance number; sin; ssn id; ssn full",
    "ssn_last4": "ssn last 4; last 4 ssn; ssn4",
    "city": "suburb; town; locality; village; city town; place of residence; municipality",
    "zip": "postcode; post code; postal; zip5",
    "house_number": "house; house #; street number; street no; st number; number street; address number",
    "street": "street; street name; road; street nm",
    "email": "email; e mail; email address; mail; emailaddress; e mail address",
    "phone": "phone; telephone; mobile; cell; phone number; tel no; contact number",
    "source": "source; system; data source; source system; dataset; source name; origin system",
    "birth_date": "dob; birthdate; date of birth; birth; date birth; born; birth dt; dateofbirth; fecha de nacimiento",
    "first_name": "given name; first; forename; fname; givenname; first names; given",
    "last_name": "surname; last; family name; lname; lastname; paternal surname; first surname; primer apellido",
    "second_last_name": "second last name; second surname; maternal surname; segundo apellido; last name 2",
    "middle_name": "middle; middle initial; mid; mname; other names",
    "sex": "sex; gender",
    "age": "age; age years",
    "suffix": "suffix; generation; name suffix",
}  # fmt: skip
_WHOSE = word_set(
    "emp employee inmate client patient person personal student voter customer cust member applicant subject "
    "individual guest resident head respondent worker legal primary current home mailing"
)
_NAME_FIELDS = frozenset({"full_name", "first_name", "last_name", "second_last_name"})
_ROW_UNIQUE = 0.98
"""A number that hardly ever returns names the row, not the person: worth nothing."""


@cache
def _known(name: str) -> frozenset[tuple[str, ...]]:
    own = frozenset(key(heading) for heading in _MORE.get(name, "").split(";") if heading.strip())
    return own | (known_names(name, KIND) if name not in ("email", "source") else frozenset())


def columns_of_people(found: Sequence[Column], file: str, forced: Mapping[str, str] | None = None) -> dict[str, int]:
    """Field to column index. `forced` (field to heading) goes before everything else.

    Raises NoSuchField, NoSuchColumn.
    """
    chosen = _forced(found, file, forced or {})
    left = [column for column in found if column.index not in chosen.values() and column.filled]
    for name in PERSON_FIELDS:
        fits = [column for column in left if _named(column, name) and _content(column, name)]
        if name not in chosen and fits:
            best = max(fits, key=lambda column: (key(column.header) in _known(name), column.filled, -column.index))
            chosen[name] = best.index
            left.remove(best)
    for guess in suggest_columns(left, KIND):
        if guess.field in PERSON_FIELDS and guess.field not in chosen and guess.sure is not Sure.GUESS:
            column = next(column for column in left if column.index == guess.index)
            if _content(column, str(guess.field)):
                chosen[str(guess.field)] = guess.index
    if "first_name" in chosen or "last_name" in chosen:
        chosen.pop("full_name", None)
    return chosen


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
    if not column.named:
        return False
    whole = key(column.header)
    bare = tuple(word for word in whole if word not in _WHOSE)
    return whole in _known(name) or (bool(bare) and bare in _known(name))


def _content(column: Column, name: str) -> bool:
    """False where the values plainly are not what the heading says."""
    if name in _NAME_FIELDS:
        return column.share(looks.wordy) >= 0.5
    if name == "record_key":
        return column.distinct_share < _ROW_UNIQUE
    if name in ("ssn", "phone", "birth_date", "age"):
        return column.share(_has_digit) >= 0.5
    if name == "source":
        return column.different <= max(40, column.filled // 50)
    return True


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
