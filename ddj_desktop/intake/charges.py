"""What group a charge belongs to, and what its words say about the kind of a stay in jail.

The groups and their order are those of the CSG Justice Center's county jail work in New Hampshire (2022): violent,
property, drug or alcohol, public order, probation or parole, failure to appear, hold; the first that fits counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

GROUPS = (
    "violent", "property", "drug_alcohol", "public_order", "probation_parole", "failure_to_appear", "hold", "other",
)  # fmt: skip
"""From the gravest down."""

# The words are looked for in this order: a warrant for failure to appear on an assault is no violence now.
_WORDS: tuple[tuple[str, str], ...] = (
    ("failure_to_appear", r"fail(?:ure|ed|ing)?(?: ?to| 2)? ?appear|\bfta\b|bail jump|breach of bail|contempt|"
                          r"bench warrant|"
     r"fail(?:ure)? to (?:pay|comply)|\bftp\b|\bftc\b|capias|bond revo|revocation of bond|violat\w* .*bail|"
     r"bail violat"),
    ("probation_parole", r"probation|parole|\bpv\b|\bvop\b|post.?release|supervised release|community correction|"
                         r"revocation"),
    ("hold", r"\bhold\b|\bholding\b|detainer|transport|out of county|courtesy|\bice\b|immigration|marshal|usms|"
             r"fugitive|"
     r"extradit|protective custody|commitment|serv\w* (?:time|sentence)|weekend"),
    ("violent", r"murder|homicide|manslaughter|assault|batter|domestic|\bdv\b|robb|kidnap|rape|sex(?:ual)?|molest|"
                r"indecent lib|"
     r"threat|terroris|strangul|stalk|abuse|endanger|weapon|firearm|\bgun\b|arson|carjack|violen|menac|child neglect|"
     r"protect\w* order|restraining|criminal confinement|false imprison"),
    ("property", r"theft|larcen|burgl|stol|shoplift|fraud|forg|bad check|worthless check|embezzl|vandal|"
                 r"criminal damage|"
     r"damage to prop|trespass|identity|receiving|counterfeit|unauthori[sz]ed use|criminal mischief|\bmvt\b|tamper|"
     r"deception|deprivation of property|financial card|joyrid"),
    ("drug_alcohol", r"drug|narcot|controlled sub|marijuana|cannabis|meth|cocaine|heroin|opiate|fentanyl|paraphern|"
                     r"\bdui\b|"
     r"\bdwi\b|\bowi\b|\boui\b|intox|drunk|liquor|alcohol|open container|\bminor in\b|\bmip\b|distribut|\bposs\b|"
     r"possession of (?:a )?(?:c/?s|sched)|inhal|under the influence|schedule (?:i|ii|iii|iv|v)\b"),
    ("public_order", r"disorder|disturb|peace|obstruct|resist|interfer|loiter|prostitut|elud|flee|escape|"
                     r"false (?:report|info|"
     r"name)|harass|lewd|indecent|nuisance|camping|begging|panhandl|traffic|driv|licen[sc]e|suspended|registration|"
     r"insurance|speed|reckless|hit.?and.?run|leaving the scene|littering|public urin|gambl|curfew|noise|perjur|bribe|"
     r"giving false|trash|animal|seat ?belt|open burn|plate|careless|ordinance|accident"),
)  # fmt: skip
_PATTERNS = tuple((group, re.compile(words)) for group, words in _WORDS)


@lru_cache(maxsize=8192)
def charge_group(description: str | None) -> str:
    """The group of a charge by its words; `other` where none is known or there are none."""
    low = (description or "").lower()
    return next((group for group, words in _PATTERNS if words.search(low)), "other")


_PROTECTIVE = re.compile(
    r"protective custody|\bp\.?c\.? hold|^p\.?/?c\.?$|intox\w* (?:hold|person|detention)|\bdetox|sober\w* hold|"
    r"civil protective|"
    r"protective hold|drunk hold|incapacitated",
)
_FEDERAL = re.compile(
    r"federal|\bfed\b|u\.?s\.? ?marshal|usms|marshal'?s? hold|\bi\.?c\.?e\.?\b|immigration|border patrol|\bbop\b|"
    r"\bfbi\b|"
    r"\bins\b hold|homeland"
)
_WEEKENDER = re.compile(r"weekend|week-end|intermittent")
_OTHER_HOLD = re.compile(r"out of county|other agency|courtesy hold|hold for (?!court|bond)|agency hold|contract|"
                         r"boarder|"
                         r"state prison|doc hold|transport|interstate")  # fmt: skip


@lru_cache(maxsize=8192)
def _kind_of(text: str) -> str | None:
    if _PROTECTIVE.search(text):
        return "protective_custody"
    if _FEDERAL.search(text):
        return "federal_hold"
    if _WEEKENDER.search(text):
        return "weekender"
    return "other_hold" if _OTHER_HOLD.search(text) else None


def jail_kind(kind_codes: list[str], charges: list[str]) -> str:
    """booking, protective_custody, federal_hold, weekender or other_hold, by the type of booking or its charges.

    The type decides where it says something; the charges only where every one of them says the same: a federal hold
    beside a local charge is a booking.
    """
    for code in kind_codes:
        found = _kind_of(code.lower())
        if found:
            return found
    kinds = {_kind_of(charge.lower()) for charge in charges if charge}
    only = kinds.pop() if len(kinds) == 1 else None
    return only or "booking"


class Charge(NamedTuple):
    """One charge of a booking or arrest."""

    description: str | None
    code: str | None
    severity: str | None
    group: str


Sorted = tuple[float, str, str, str, str]
"""A charge as it is sorted: rank of its number, number, words, code, severity."""


def charges_of(number: str | None, code: str | None, words: str | None, severity: str | None) -> list[Sorted]:
    """The charges one row names."""
    if not code and not words:
        return []
    number = number or ""
    rank = float(number) if number.isdigit() else float("inf")
    return [(rank, number, one, part, severity or "") for one, part in _parallel(words or "", code or "")]


def _parallel(words: str, codes: str) -> list[tuple[str, str]]:
    """Several charges in one cell, parted by semicolons, bars or lines, each with its code where they run parallel."""
    if ";" not in words and "|" not in words and "\n" not in words:
        return [(words, codes)]
    parts = [part.strip() for part in words.replace("|", ";").replace("\n", ";").split(";") if part.strip()]
    if len(parts) < 2:
        return [(words, codes)]
    own = [code.strip() for code in codes.replace("|", ";").replace("\n", ";").split(";")]
    return list(zip(parts, own if len(own) == len(parts) else [""] * len(parts), strict=True))
