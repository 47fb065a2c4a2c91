"""Addresses and towns made comparable: abbreviations, directions, units, and words that mean no address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

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
_UNIT = re.compile(
    r"\b(?:APT|APARTMENT|UNIT|STE|SUITE|LOT|RM|ROOM|TRLR|TRAILER|SPC|SPACE|BLDG|BUILDING|FL|FLOOR|FLR|NO|PH|SLIP)\b\.?\s*#?"
    r"\s*(?:[A-Z]{0,2}-?\d+-?[A-Z]?|[A-Z])\b|\b(?:BSMT|BASEMENT|UPPR|LOWR|REAR)\b|#\s*[\w-]+"
)
_PO_BOX = re.compile(r"^(?:P\s*O\s*|POST OFFICE\s+|PO\s*)?BOX\s*#?\s*(\w+)")
_RURAL = re.compile(r"^(?:RR|R R|RURAL ROUTE|RURAL RT|RFD)\s*#?\s*(\d+)\s*(?:BOX\s*#?\s*(\w+))?$")
_BLOCK = re.compile(r"^(\d+)\s*(?:BLK|BLOCK)(?:\s+OF)?\s+(.+)$|^(\d+)XX\s+(.+)$")
_COMMON = re.compile(r"0*([1-9][0-9]*) ([0-9A-Z]+(?: [0-9A-Z]+)*)")
"""A house number and words, without a mark between them."""
_UNIT_AT_END = re.compile(r" (?:APT|UNIT|STE|LOT|RM|TRLR|SPC) [0-9]+$")
_HOUSE = re.compile(r"^(\d+)(?:-?[A-Z]|-\d{1,2}| 1/2)?\s+(?=\S)")
_CORNER = re.compile(r"\s*(?:/|&|@|\bAND\b|\bAT\b)\s*")
_HIGHWAY = re.compile(
    r"\b(?:(?:US|U S|STATE|ST|KS|K|INTERSTATE|FEDERAL)[ -]*)?(?:HIGHWAY|HIWAY|HWY|HWAY|RTE|ROUTE)[ -]*(\d+)\b|"
    r"\b(?:US|U S|INTERSTATE|I|K|SH|SR)[ -](\d+)\b"
)
_MARKS = re.compile(r"[.'’]")
_LETTERS = re.compile(r"[A-Z ]*")
_NO_LETTER = re.compile(r"[^0-9A-ZÀ-ɏ]")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)\b")
_COUNTY_ROAD = re.compile(r"\b(?:C ?R|COUNTY ROAD|COUNTY RD)[ -](?=\d)")
_LOOKALIKES = str.maketrans("OIL|SZB", "0111528")
_SIDES = frozenset({"N", "S", "E", "W", "NE", "NW", "SE", "SW"})


class Place(NamedTuple):
    """An address in two comparable parts; both "" where there is none to go by."""

    house: str
    street: str

    @property
    def said(self) -> str:
        """The address as people write it, the side of the town in front: 456 N MAIN ST."""
        words = self.street.split()
        if len(words) > 1 and words[-1] in _SIDES and words[0] != "RR":
            words = [words[-1], *words[:-1]]
        return " ".join([self.house, *words]).strip()


def standard_address(text: str) -> Place:
    """House number and street with short forms, without unit; `456 North Main Street Apt 2` gives 456, MAIN ST N.

    A crossing is its two streets in the order of the alphabet; a block (`12XX MAIN`, `1200 BLOCK OF MAIN`) has no
    house; town
    and state behind a comma fall away.
    """
    plain = text.upper()
    common = _COMMON.fullmatch(plain)
    if common and "BL" not in plain and "XX" not in plain:  # most of them
        street = _behind_a_house(common[2])
        return Place("", "") if street is None else Place(common[1], street)
    plain = _MARKS.sub(" ", plain)
    first, _, rest = plain.partition(",")
    plain = " ".join(
        (first if first.strip() and (first.strip()[0].isdigit() or not rest) else f"{first} {rest}").split()
    )
    house, numbered = _HOUSE.match(plain), _ORDINAL.match(plain)
    if house and not numbered and "BL" not in plain and "XX" not in plain:
        street = _behind_a_house(plain[house.end() :])
        return Place("", "") if street is None else Place(house.group(1).lstrip("0") or "0", street)
    if not plain or NO_ADDRESS.search(plain):
        return Place("", "")
    box = _PO_BOX.match(plain)
    if box:
        return Place(box.group(1), "PO BOX")
    rural = _RURAL.match(plain)
    if rural:
        return Place(rural.group(2) or "", f"RR {rural.group(1)}")
    block = _BLOCK.match(plain)
    if block:
        number = block.group(1) or f"{block.group(3)}00"
        return Place("", f"{number} BLK {_street(block.group(2) or block.group(4))}")
    corner = [_street(part) for part in _CORNER.split(plain)] if numbered or not plain[0].isdigit() else []
    if len(corner) == 2 and all(corner):
        return Place("", " & ".join(sorted(corner)))
    if house and not numbered:
        return Place(house.group(1).lstrip("0") or "0", _street(plain[house.end() :]))
    first, _, rest = plain.partition(" ")
    if rest and not numbered and any(c.isdigit() for c in first):  # 35O5, |433: a digit read as a letter
        return Place(re.sub(r"[^0-9A-Z]", "", first.translate(_LOOKALIKES)).lstrip("0"), _street(rest))
    return Place("", _street(plain))


@lru_cache(maxsize=20_000)
def _behind_a_house(text: str) -> str | None:
    """The street behind a house number; None where the words mean no address. Most streets have many houses, and a
    building many units."""
    unit = _UNIT_AT_END.search(text)
    if unit and unit.start() and "#" not in text:
        return _behind_a_house(text[: unit.start()])
    return None if NO_ADDRESS.search(f"0 {text}") else _street(text)


def _street(text: str) -> str:
    """A street's name in short forms, its side of the town behind it: a missing one then changes little."""
    plain = _UNIT.sub(" ", text)
    if not _LETTERS.fullmatch(plain):  # only a road with a number, or a mark, needs a closer look
        plain = _COUNTY_ROAD.sub("CO RD ", plain)
        plain = _NO_LETTER.sub(" ", _HIGHWAY.sub(lambda found: f"HWY {found.group(1) or found.group(2)}", plain))
    words = [SHORT_FORMS.get(word, word) for word in plain.split()]
    if len(words) > 1 and words[0] in _SIDES:
        words = [*words[1:], words[0]]
    return " ".join(words)


def standard_town(text: str) -> str:
    """A town or suburb, folded, without spaces."""
    return "" if NO_ADDRESS.search(text.upper()) else fold(text).replace(" ", "")


def standard_zip(text: str) -> str:
    """A postal code without spaces, of figures alone the first five; all zeros or nines give ""."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    plain = plain[:-1] if re.fullmatch(r"\d+\.0", text) else plain
    return "" if len(set(plain)) <= 1 else plain[:5] if plain.isdigit() else plain
