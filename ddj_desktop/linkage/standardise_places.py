"""Addresses and towns made comparable: abbreviations, directions, units, and words that mean no address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddj_desktop.linkage.standardise_names import fold

# USPS Publication 28, appendix C (street suffixes) and directionals, the common ones, to their short forms.
SHORT_FORMS = {
    "STREET": "ST", "STR": "ST", "AVENUE": "AVE", "AV": "AVE", "AVN": "AVE", "ROAD": "RD", "DRIVE": "DR",
    "DRV": "DR", "LANE": "LN", "COURT": "CT", "CIRCLE": "CIR", "BOULEVARD": "BLVD", "PLACE": "PL",
    "TERRACE": "TER", "PARKWAY": "PKWY", "HIGHWAY": "HWY", "TRAIL": "TRL", "SQUARE": "SQ", "CRESCENT": "CRES",
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "NORTHEAST": "NE", "NORTHWEST": "NW",
    "SOUTHEAST": "SE", "SOUTHWEST": "SW", "COUNTY": "CO", "ROUTE": "RT", "RTE": "RT", "MOUNT": "MT",
    "SAINT": "ST", "FORT": "FT", "TURNPIKE": "TPKE", "ALLEY": "ALY", "CROSSING": "XING", "HEIGHTS": "HTS",
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH",
    "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
NO_ADDRESS = re.compile(
    r"\b(HOMELESS|TRANSIENT|TRANS|UNHOUSED|GENERAL DELIVERY|GEN DELIVERY|GENERAL DEL|AT LARGE|NO FIXED|NFA|NONE|"
    r"UNKNOWN|UNK|REFUSED|NOT PROVIDED|NULL|NAN|^STREETS?$|NO ADDRESS|COUNTY JAIL|DETENTION|CORRECTIONAL|SHELTER|"
    r"HOSPITAL|LAST KNOWN)\b"
)
_UNIT = re.compile(r"\b(?:APT|APARTMENT|UNIT|STE|SUITE|LOT|RM|ROOM|TRLR|SPC|SPACE|BLDG|FL|NO)\b\.?\s*#?\s*\w+|#\s*\w+")
_PO_BOX = re.compile(r"^P\s*O\s*BOX\s*(\w+)")


@dataclass(frozen=True)
class Place:
    """An address in two comparable parts; both "" where there is none to go by."""

    house: str
    street: str


def standard_address(text: str) -> Place:
    """House number and street with short forms, without unit; `456 North Main Street Apt 2` gives 456, N MAIN ST."""
    plain = re.sub(r"[.,'’]", " ", text.upper())
    plain = " ".join(plain.split())
    if not plain or NO_ADDRESS.search(plain):
        return Place("", "")
    box = _PO_BOX.match(plain)
    if box:
        return Place(box.group(1), "PO BOX")
    plain = _UNIT.sub(" ", plain)
    words = [SHORT_FORMS.get(word, word) for word in re.sub(r"[^0-9A-ZÀ-ɏ/&]", " ", plain).split()]
    if len(words) > 1 and words[0][0].isdigit() and words[0] not in ("1ST", "2ND", "3RD"):
        return Place(words[0].lstrip("0") or "0", " ".join(words[1:]))
    return Place("", " ".join(words))


def standard_town(text: str) -> str:
    """A town or suburb, folded, without spaces."""
    return "" if NO_ADDRESS.search(text.upper()) else fold(text).replace(" ", "")


def standard_zip(text: str) -> str:
    """The first five letters or digits of a postal code; all zeros or nines give ""."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    plain = plain[:-1] if re.fullmatch(r"\d+\.0", text) else plain
    return "" if len(set(plain)) <= 1 else plain[:5]
