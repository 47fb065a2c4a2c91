"""The fields intake knows: what each is called, what systems call it, what its values look like, who needs it.

The known names stand in `known_names.toml`: the layouts gathered in the reference on exports (jail, dispatch,
ambulance, hospital, HMIS and court systems) and what their makers usually print. They are compared as words
(`intake.words`), so that one entry covers `BKG_NO`, `Booking #` and `bookingNumber`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ddj_desktop.intake import looks
from ddj_desktop.intake.words import WHOSE, key, word_set

KINDS: Mapping[str, str] = {
    "jail": "Jail",
    "arrest": "Arrests",
    "dispatch": "911 dispatch",
    "co_responder": "Co-responder",
    "ems": "Ambulance",
    "hospital": "Hospital",
    "shelter": "Shelter and housing",
    "treatment": "Treatment",
    "court": "Court",
    "probation": "Probation",
}
"""Source kinds with the name a person reads."""

HMIS_RACES = (
    "hmis_am_ind_ak_native",
    "hmis_asian",
    "hmis_black",
    "hmis_hispanic",
    "hmis_mid_east",
    "hmis_native_hi_pacific",
    "hmis_white",
)
FLAGS = ("homeless", "mental_health", "substance_use", "veteran")
"""Yes or no at a contact."""

NEVER = word_set(
    """consent flag count quality hash estimated expected projected scheduled sentence anticipated earliest maximum
    tentative eligible parole officer judge attorney victim witness complainant reporting employer emergency bond bail
    fine amount fee updated modified user operator badge next previous prev kin spouse mother father guardian relative
    vehicle caller license dl driver insurance payer latitude longitude deleted height weight hair eyes
    attending prov physician nurse rp"""
)
"""Words that make a heading mean something else: `Email consent`, `Est release date`, `Officer name`."""


@dataclass(frozen=True)
class Field:
    """One thing a column can hold."""

    name: str
    label: str
    """What the person reads."""
    fits: Callable[[str], bool]
    """Content test, from `intake.looks`."""
    telling: bool = False
    """True where content alone says something, even under a heading that does not."""

    @property
    def is_date(self) -> bool:
        """True where the values are days, with or without a time of day."""
        return self.name in ("birth_date", "starts", "ends")


_PERSON_FIELDS: tuple[Field, ...] = (
    Field("record_key", "Person number", looks.key_like),
    Field("full_name", "Name", looks.full_name, telling=True),
    Field("first_name", "First name", looks.name_part),
    Field("middle_name", "Middle name", looks.name_part),
    Field("last_name", "Last name", looks.name_part),
    Field("second_last_name", "Second last name", looks.name_part),
    Field("suffix", "Suffix", looks.suffix),
    Field("alias", "Other names", looks.wordy),
    Field("birth_date", "Birth date", looks.date_or_serial, telling=True),
    Field("age", "Age", looks.age),
    Field("sex", "Sex", looks.sex),
    Field("ssn", "Social Security number", looks.ssn, telling=True),
    Field("ssn_last4", "Last four of the Social Security number", looks.last_four),
    Field("address", "Home address", looks.street_address, telling=True),
    Field("house_number", "House number", looks.short_text),
    Field("street", "Street", looks.wordy),
    Field("apartment", "Apartment", looks.short_text),
    Field("city", "City", looks.place),
    Field("state", "State", looks.state),
    Field("zip", "ZIP code", looks.zip_code),
    Field("phone", "Phone", looks.phone),
    Field("race", "Race", looks.race),
    Field("ethnicity", "Ethnicity", looks.ethnicity),
    Field("hmis_am_ind_ak_native", "American Indian or Alaska Native (HMIS)", looks.hmis_code),
    Field("hmis_asian", "Asian (HMIS)", looks.hmis_code),
    Field("hmis_black", "Black or African American (HMIS)", looks.hmis_code),
    Field("hmis_hispanic", "Hispanic or Latino (HMIS)", looks.hmis_code),
    Field("hmis_mid_east", "Middle Eastern or North African (HMIS)", looks.hmis_code),
    Field("hmis_native_hi_pacific", "Native Hawaiian or Pacific Islander (HMIS)", looks.hmis_code),
    Field("hmis_white", "White (HMIS)", looks.hmis_code),
)
_CONTACT_FIELDS: tuple[Field, ...] = (
    Field("contact_key", "Contact number", looks.key_like),
    Field("parent_key", "Number of the event it belongs to", looks.key_like),
    Field("starts", "Start date", looks.date_or_serial, telling=True),
    Field("starts_time", "Start time", looks.time),
    Field("starts_half", "AM or PM of the start", looks.half_of_day),
    Field("ends", "End date", looks.date_or_serial, telling=True),
    Field("ends_time", "End time", looks.time),
    Field("ends_half", "AM or PM of the end", looks.half_of_day),
    Field("kind_code", "Type of contact", looks.code),
    Field("charge_number", "Charge sequence", looks.count_like),
    Field("charge_code", "Charge code", looks.code),
    Field("charge_description", "Charge", looks.wordy),
    Field("severity", "Charge level", looks.severity),
    Field("nature", "Reason for the call", looks.anything),
    Field("disposition", "Disposition", looks.anything),
    Field("release_type", "Release type", looks.anything),
    Field("agency", "Agency", looks.anything),
    Field("role", "Role of the person", looks.code),
    Field("location", "Place of the event", looks.anything),
    Field("facility", "Facility", looks.anything),
    Field("homeless", "Homeless", looks.yes_no),
    Field("mental_health", "Mental health", looks.yes_no),
    Field("substance_use", "Alcohol or drugs", looks.yes_no),
    Field("veteran", "Veteran", looks.yes_no),
    Field("living_situation", "Living situation", looks.anything),
    Field("never_wanted", "Not to be taken in", looks.anything),
)

FIELDS: Mapping[str, Field] = {field.name: field for field in _PERSON_FIELDS + _CONTACT_FIELDS}

_LABELS_BY_KIND: Mapping[str, Mapping[str, str]] = {
    "jail": {"contact_key": "Booking number", "starts": "Booking date", "starts_time": "Booking time",
             "ends": "Release date", "ends_time": "Release time", "kind_code": "Booking type or hold"},
    "arrest": {"contact_key": "Arrest number", "starts": "Arrest date", "starts_time": "Arrest time"},
    "dispatch": {"contact_key": "Incident number", "starts": "Call date", "starts_time": "Call time",
                 "ends": "Cleared date", "ends_time": "Cleared time"},
    "co_responder": {"contact_key": "Contact number", "starts": "Contact date", "starts_time": "Contact time"},
    "ems": {"contact_key": "Run number", "starts": "Run date", "starts_time": "Run time"},
    "hospital": {"contact_key": "Visit number", "starts": "Arrival date", "starts_time": "Arrival time",
                 "ends": "Discharge date", "ends_time": "Discharge time", "record_key": "Patient number"},
    "shelter": {"contact_key": "Stay number", "starts": "Entry date", "ends": "Exit date"},
    "treatment": {"contact_key": "Episode number", "starts": "Admission date", "ends": "Discharge date"},
    "court": {"contact_key": "Case number", "starts": "Filing date", "ends": "Disposition date"},
    "probation": {"contact_key": "Case number", "starts": "Start date", "ends": "End date"},
}  # fmt: skip

Alternative = tuple[str, ...]
"""Fields that satisfy a need together."""
Need = tuple[Alternative, ...]
"""Any one of these is enough."""

_PERSON: Need = (("full_name",), ("last_name",), ("record_key",))
_START: Need = (("starts",),)
# An HMIS or clinic export keeps people and stays in two files, joined by the person's own number there.
_START_OR_PEOPLE: Need = (("starts",), ("record_key", "last_name"), ("record_key", "full_name"))
_WHICH: Need = (
    ("contact_key",),
    ("full_name", "starts"),
    ("last_name", "starts"),
    ("record_key", "starts"),
)
_NEEDS: Mapping[str, tuple[Need, ...]] = {
    "jail": (_PERSON, _START, _WHICH),
    "arrest": (_PERSON, _START, _WHICH),
    "dispatch": ((("contact_key",),), _START),
    "co_responder": (_START, _WHICH),
    "ems": (_START, _WHICH),
    "hospital": (_PERSON, _START_OR_PEOPLE),
    "shelter": (_PERSON, _START_OR_PEOPLE),
    "treatment": (_PERSON, _START_OR_PEOPLE),
    "court": (_PERSON, _START, _WHICH),
    "probation": (_PERSON, _START, _WHICH),
}


def label(name: str, kind: str | None = None) -> str:
    """The plain name of a field; a source kind may have its own word (`starts` in a jail is Booking date)."""
    own = _LABELS_BY_KIND.get(kind or "", {})
    return own.get(name) or FIELDS[name].label


def needs(kind: str) -> tuple[Need, ...]:
    """What a sheet of this kind must hold: each need is met by any one of its alternatives, whole."""
    return _NEEDS[kind]


def unmet(kind: str, mapped: Collection[str]) -> list[Need]:
    """The needs that the mapped fields do not meet."""
    return [need for need in _NEEDS[kind] if not any(set(option) <= set(mapped) for option in need)]


def people_only(mapped: Collection[str]) -> bool:
    """True where a sheet holds people and no contacts (HMIS Client.csv): a person number, a name, and no start."""
    has_name = "last_name" in mapped or "full_name" in mapped
    return "record_key" in mapped and has_name and "starts" not in mapped


def _keys(names: Mapping[str, str]) -> dict[str, frozenset[tuple[str, ...]]]:
    return {field: frozenset(key(name) for name in text.split(";")) for field, text in names.items()}


_NOT_ALONE = frozenset(map(key, ("in", "out", "call", "run", "service", "start", "begin", "end", "visit", "contact")))
"""Words that say when only beside `date` or `time`."""


def _of_moments(kind: str, moments: Mapping[str, str]) -> dict[str, frozenset[tuple[str, ...]]]:
    """Headings made of a kind's words for how its contacts start and end (`release`): date, time, reason of each."""
    said = {side: moments.get(side, "").split(";") for side in ("starts", "ends")}

    def made(side: str, tails: str) -> frozenset[tuple[str, ...]]:
        made_up = (key(f"{word} {tail}") for word in said[side] if word for tail in tails.split(";"))
        return frozenset(heading for heading in made_up if heading not in _NOT_ALONE)

    return {
        "starts": made("starts", "date;date time;time;on"),
        "starts_time": made("starts", "time"),
        "ends": made("ends", "date;date time;time;on"),
        "ends_time": made("ends", "time"),
        "release_type" if kind == "jail" else "disposition": made("ends", "type;reason;code;method;disposition"),
    }


_TABLES = tomllib.loads((files("ddj_desktop.intake") / "known_names.toml").read_text("utf-8"))
_MOMENTS = {kind: _of_moments(kind, said) for kind, said in _TABLES.pop("moments").items()}
_STAND_IN = {kind: _keys(names) for kind, names in _TABLES.pop("stand_in").items()}
_KNOWN = {kind: _keys(names) for kind, names in _TABLES.items()}
_USUAL = {kind: {field: key(text.split(";")[0]) for field, text in names.items()} for kind, names in _TABLES.items()}
for _kind, _made in _MOMENTS.items():
    _said = {_heading for _table in (_KNOWN[_kind], _KNOWN["any"]) for _names in _table.values() for _heading in _names}
    for _field, _names in _made.items():  # what a heading is said to mean goes before what it is made up to mean
        _KNOWN[_kind][_field] = _KNOWN[_kind].get(_field, frozenset()) | (_names - _said)


@cache
def known_names(name: str, kind: str) -> frozenset[tuple[str, ...]]:
    """Headings that name a field in sources of a kind, as `words.key` gives them.

    A heading that this kind uses for another field is not among them (`Address` is the place in dispatch).
    """
    own = _KNOWN[kind]
    taken = frozenset().union(*(known for other, known in own.items() if other != name))
    mine = own.get(name, frozenset()) | (_KNOWN["any"].get(name, frozenset()) - taken)
    return mine | (_renumbered(mine) - _taken(kind)) if name in _NUMBERS else mine


_NUMBERS = ("record_key", "contact_key", "parent_key")
_NUMBER_WORDS = ("id", "number", "reference", "key")


def _renumbered(names: Collection[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """The same names with another word for the number: makers use any of them."""
    found = set()
    for name in names:
        rest = [word for word in name if word not in _NUMBER_WORDS]
        if len(rest) == len(name) - 1 and rest:
            found |= {tuple(sorted([*rest, word])) for word in _NUMBER_WORDS}
    return frozenset(found)


@cache
def _taken(kind: str) -> frozenset[tuple[str, ...]]:
    """Every heading that sources of a kind use for some field, or that may stand in for one."""
    tables = (_KNOWN[kind], _KNOWN["any"], _STAND_IN.get(kind, {}), _STAND_IN["any"])
    return frozenset().union(*(names for table in tables for names in table.values()))


def is_usual(heading: tuple[str, ...], name: str, kind: str) -> bool:
    """True for the name of a field that sources of a kind use most: the first of its known names."""
    return heading == _USUAL[kind].get(name, _USUAL["any"].get(name))


@cache
def stand_ins(name: str, kind: str) -> frozenset[tuple[str, ...]]:
    """Headings that may stand in for a field where no better column is (`Date`); never more than Likely."""
    return _STAND_IN.get(kind, {}).get(name, frozenset()) | _STAND_IN["any"].get(name, frozenset())


@cache
def _names_anywhere() -> frozenset[tuple[str, ...]]:
    return frozenset().union(*(known_names(name, kind) | stand_ins(name, kind) for kind in KINDS for name in FIELDS))


def is_known_anywhere(heading: str) -> bool:
    """True where some kind of source knows the heading as that of some field, with or without words of whose it is."""
    whole = key(heading)
    return bool({whole, tuple(word for word in whole if word not in WHOSE)} & _names_anywhere())
