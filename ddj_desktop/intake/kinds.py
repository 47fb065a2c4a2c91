"""What a source's kind means for its contacts: their name, whether their days count, whose they are, what they need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ddj_desktop.intake.charges import jail_kind
from ddj_desktop.intake.words import words

HAS_LENGTH = frozenset({"jail", "shelter", "treatment", "probation", "admission"})
"""Kinds whose contacts have days: all of these sources, and of a hospital's contacts the admissions."""

NEEDS_PERSON = frozenset({"jail", "arrest", "hospital", "shelter", "treatment", "court", "probation"})
"""Kinds whose contacts mean nothing without a person. A call or run that names nobody is still a call or run."""

AT_A_JAIL = frozenset({"dispatch", "ems"})
"""Kinds whose contacts are of another kind where they took place at a jail."""

_ONE_KIND = {
    "dispatch": "call", "co_responder": "response", "ems": "run", "shelter": "stay", "treatment": "episode",
    "court": "case", "probation": "supervision",
}  # fmt: skip
_CITATION = re.compile(r"\bcit(?:e|ed|ation)\b|summons|ticket|notice to appear|cite and release|\bnta\b")
_ADMISSION = re.compile(r"inpatient|in-patient|\badmit|admission|\bip\b")
_NOT_SUBJECTS = re.compile(
    r"\b(?:vic(?:tim)?|v|vi|witness|wit|w|wi|call(?:er|ing)?|rp|r/p|reporting|reporter|reported by|complainant|comp|"
    r"cp|cpl|"
    r"complaining|owner|parent|guardian|mother|father|spouse|next of kin|nok|officer|ofc|clinician|staff|driver of tow|"
    r"business|informant|contact person|emergency contact|passenger|bystander|other|mentioned|"
    r"v[ií]ctima|testigo|llamante|denunciante)\b"
)
_SUBJECTS = re.compile(
    r"\b(?:subj(?:ect)?|susp(?:ect)?|arrest\w*|offender|patient|pt|client|defendant|person of concern|involved)\b"
)


def is_subject(role: str | None) -> bool:
    """True where a person's role makes the contact theirs: no role given, or a subject, suspect, arrestee, patient.

    Victims, witnesses and callers are not counted for a call (the domain reference: role matters).
    """
    if role is None:
        return True
    low = role.casefold()
    return _SUBJECTS.search(low) is not None or _NOT_SUBJECTS.search(low) is None


_STAYS_ON = frozenset(words("entry enrollment start project admit move information begin"))


def one_night_a_line(kind: str, headers: Mapping[str, str]) -> bool:
    """True where each line of a shelter's sheet is one night: it gives no end, and its date is of no entry.

    A list of who slept there is; HMIS Enrollment.csv, whose exits stand in a file of their own, is not.
    `headers`: field to heading.
    """
    return kind == "shelter" and "ends" not in headers and not _STAYS_ON & set(words(headers.get("starts", "")))


_AT_JAIL = re.compile(r"\b(?:jail|detention|correction(?:s|al)|sheriff'?s? office|law enforcement center|lec)\b")


def at_jail(place: str) -> bool:
    """True where a place is a jail by its words. A jail calls ambulances and officers to people it already holds: a
    small county's jail is often among the addresses with most runs (the reference on exports, quirk 25)."""
    return _AT_JAIL.search(place.casefold()) is not None


# RecordType of HMIS Services.csv (data standards FY26): 200 is a bed night, every other one a service or referral.
_HMIS_SERVICES = frozenset({"12", "13", "141", "142", "143", "144", "151", "152", "161", "210", "300"})
OUTREACH = "outreach contact"
"""The type of the lines of HMIS CurrentLivingSituation.csv: somebody was met; nobody slept anywhere by them."""
NO_LENGTH = frozenset({"service", "outreach"})
"""Kinds whose contacts have no days, whatever their source."""


def _shelter_kind(codes: Sequence[str]) -> str:
    if any("outreach contact" in code.casefold() for code in codes):
        return "outreach"
    return "service" if codes and all(code in _HMIS_SERVICES for code in codes) else "stay"


def contact_kind(
    kind: str, codes: Sequence[str], charges: Sequence[str], dispositions: Sequence[str], jailed: bool = False
) -> str:
    """The finer kind of a contact, by its source's kind and its own words; `jailed` where its place is a jail."""
    if jailed and kind in AT_A_JAIL:
        return f"jail_{_ONE_KIND[kind]}"
    if kind == "jail":
        return jail_kind(list(codes), list(charges))
    said = " ".join([*codes, *dispositions]).casefold()
    if kind == "shelter":
        return _shelter_kind(codes)
    if kind == "arrest":
        return "citation" if _CITATION.search(said) else "arrest"
    if kind == "hospital":
        return "admission" if _ADMISSION.search(" ".join(codes).casefold()) else "visit"
    return _ONE_KIND[kind]
