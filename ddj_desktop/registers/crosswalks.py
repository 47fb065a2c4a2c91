"""What a source means by its own codes, decided by the county. One source's meanings never read another's codes.

The same letter stands for different things in different systems (`H`: Hispanic or Hawaiian; `C`: Caucasian or Chinese),
so every meaning belongs to one source, one field and one code, with who decided it and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import NoCode, UnknownCodedField, UnknownMeaning
from ddj_desktop.registers.sources import source_numbered
from ddj_desktop.store.lane import Lane

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "race": {
        "aian": "American Indian or Alaska Native", "asian": "Asian", "black": "Black or African American",
        "hispanic": "Hispanic or Latino", "mena": "Middle Eastern or North African",
        "nhpi": "Native Hawaiian or Pacific Islander", "white": "White", "api": "Asian or Pacific Islander, undivided",
        "other": "Other", "multiracial": "More than one, not said which", "unknown": "Unknown", "refused": "Refused",
        "not_asked": "Not asked",
    },
    "ethnicity": {
        "hispanic": "Hispanic or Latino", "not_hispanic": "Not Hispanic or Latino", "unknown": "Unknown",
        "refused": "Refused", "not_asked": "Not asked",
    },
    "sex": {"M": "Male", "F": "Female", "X": "Another", "unknown": "Unknown"},
    "charge": {
        "violent": "Violent", "property": "Property", "drug_alcohol": "Drug or alcohol", "public_order": "Public order",
        "probation_parole": "Probation or parole", "failure_to_appear": "Failure to appear", "hold": "Hold",
        "other": "Other",
    },
    "kind_code": {
        "booking": "Booking", "protective_custody": "Protective custody", "federal_hold": "Federal hold",
        "weekender": "Weekender", "other_hold": "Hold for another agency", "arrest": "Arrest", "citation": "Citation",
        "visit": "Visit", "admission": "Admission",
    },
    "nature": {
        "mental_health": "Mental health crisis", "suicide": "Suicide threat or attempt", "overdose": "Overdose",
        "intoxication": "Alcohol or drugs", "welfare_check": "Welfare check", "unknown_problem": "Unknown problem",
        "disturbance": "Disturbance", "domestic": "Domestic", "homelessness": "Homelessness", "medical": "Medical",
        "violent": "Violence", "property": "Property", "traffic": "Traffic", "assist": "Assist or service",
        "administrative": "Administrative", "other": "Other",
    },
    "disposition": {
        "arrested": "Arrested", "cited": "Cited", "transported": "Taken to a hospital",
        "crisis_care": "Taken to crisis care or treatment", "referred": "Referred", "settled": "Settled on scene",
        "refused": "Care refused", "not_found": "Gone or not found", "no_event": "Cancelled, duplicate or unfounded",
        "other": "Other",
    },
    "living_situation": {
        "unsheltered": "Homeless, not sheltered", "sheltered": "Homeless, sheltered", "temporary": "Temporary housing",
        "institution": "Institution", "housed": "Housed", "unknown": "Unknown",
    },
}  # fmt: skip
"""Coded field to the meanings a code may have, each with the words a person reads.

Races: SPD-15 (2024) and what older codes leave undivided (domain reference 5.2). Charges: the groups of the CSG
Justice Center's county jail work (2.2 there). Living situations: HUD's groups of the HMIS data standards (FY26).
"""
_SEVERAL = frozenset({"race"})
"""Fields whose codes may mean several things at once (`K`: Black and Hispanic)."""


@dataclass(frozen=True)
class Meaning:
    """What one code of one source means."""

    source_id: int
    field: str
    code: str
    meaning: str
    """A name of `MEANINGS`; several of race parted by semicolons, in that table's order."""
    decided_by: str
    decided_at: datetime

    @property
    def parts(self) -> tuple[str, ...]:
        """The single names of the meaning."""
        return tuple(self.meaning.split(";"))


def as_code(text: str) -> str:
    """A code as it is compared: capitals, single spaces, none outside (exports pad their codes)."""
    return " ".join(text.split()).upper()


def set_meaning(lane: Lane, source_id: int, field: str, code: str, meaning: str, decided_by: str) -> Meaning:
    """Keep what a source means by a code, instead of what was kept before. Several races are parted by semicolons.

    Raises NoSuchSource, UnknownCodedField, NoCode, UnknownMeaning.
    """
    source_numbered(lane, source_id)
    known = _known(field)
    code = as_code(code)
    if not code:
        raise NoCode(field=field)
    asked = {part.strip() for part in meaning.split(";")}
    if not asked <= known.keys() or (len(asked) > 1 and field not in _SEVERAL):
        raise UnknownMeaning(meaning=meaning, field=field, known=", ".join(known))
    forget_meaning(lane, source_id, field, code)
    kept = Meaning(source_id, field, code, ";".join(name for name in known if name in asked), decided_by, clock.now())
    lane.run(
        "INSERT INTO value_crosswalk VALUES ($source, $field, $code, $meaning, $by, $at)",
        source=source_id, field=field, code=code, meaning=kept.meaning, by=decided_by, at=kept.decided_at,
    )  # fmt: skip
    return kept


def forget_meaning(lane: Lane, source_id: int, field: str, code: str) -> None:
    """Let a source's code mean again what the program takes it for. Raises UnknownCodedField."""
    _known(field)
    lane.run(
        "DELETE FROM value_crosswalk WHERE source_id = $source AND field = $field AND code = $code",
        source=source_id, field=field, code=as_code(code),
    )  # fmt: skip


def all_meanings(lane: Lane, field: str | None = None) -> list[Meaning]:
    """Every meaning kept, of one field or of all, by source, field and code."""
    return [
        Meaning(*row)
        for row in lane.rows(
            "SELECT source_id, field, code, meaning, decided_by, decided_at FROM value_crosswalk "
            "WHERE $field IS NULL OR field = $field ORDER BY source_id, field, code",
            field=field,
        )
    ]


def meanings_of(lane: Lane, source_id: int) -> dict[str, dict[str, str]]:
    """What one source's codes mean: field to code (as `as_code` gives it) to meaning. Fields without any are absent."""
    found: dict[str, dict[str, str]] = {}
    for one in all_meanings(lane):
        if one.source_id == source_id:
            found.setdefault(one.field, {})[one.code] = one.meaning
    return found


def _known(field: str) -> Mapping[str, str]:
    if field not in MEANINGS:
        raise UnknownCodedField(field=field, known=", ".join(MEANINGS))
    return MEANINGS[field]
