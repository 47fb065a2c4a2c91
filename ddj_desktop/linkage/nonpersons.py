"""Names that name nobody: placeholders, roles, units, businesses. Known by list; used as evidence for nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ddj_desktop.intake.words import word_set
from ddj_desktop.linkage.standardise_names import fold

# Surnames that say the person is not known. A mention with one is never linked by the program.
UNKNOWN_LAST = word_set(
    "DOE UNKNOWN UNK UNKN UNKNWN ANONYMOUS ANON UNIDENTIFIED UNNAMED NONAME REFUSED DECLINED WITHHELD NOTGIVEN "
    "NOTPROVIDED NOTAVAILABLE TESTPATIENT TEST CALLER"
)

# Words for a role, a relation or a number in place of a name: that part of the name is worth nothing.
ROLE_WORDS = word_set(
    "UNKNOWN UNK ANONYMOUS ANON REFUSED DECLINED WITHHELD ADULT MALE FEMALE CHILD CHILDREN KID KIDS MINOR INFANT BABY "
    "BABYBOY BABYGIRL NEWBORN TODDLER TEEN JUVENILE BOY GIRL MAN WOMAN LADY GUY PERSON SUBJECT PATIENT CLIENT INMATE "
    "PRISONER RESIDENT TENANT OCCUPANT OWNER RENTER LODGER GUEST VISITOR STUDENT ROOMMATE BOARDER FRIEND MOTHER "
    "FATHER MOM DAD PARENT SON DAUGHTER BROTHER SISTER SIBLING HUSBAND WIFE SPOUSE PARTNER GRANDSON GRANDDAUGHTER "
    "GRANDCHILD GRANDMOTHER GRANDFATHER GRANDPARENT NEPHEW NIECE AUNT UNCLE COUSIN FAMILY HOUSE HOUSEHOLD HOME CALLER "
    "REPORTING PARTY VICTIM WITNESS SUSPECT NAME NONAME SURNAME FIRST LAST SAME ONE TWO THREE FOUR FIVE SIX SEVEN "
    "EIGHT NINE TEN ELDERLY OLDER YOUNG TEST TESTPATIENT NOBODY SOMEONE NOTGIVEN NOTPROVIDED DONOTKNOW DONTKNOW ABOVE "
    "BELOW OTHER THE A IN OF THAT THIS GRAND PERSONNEL HOMELESS TRANSIENT DONTKNOW JANITOR SECRETARY"
)

# Words that only a unit, agency, carrier or business has in its name, or that say nobody was named (domain notes,
# quirk 19).
BUSINESS_WORDS = word_set(
    "UNIVERSITY EMS RESCUE AMB AMBULANCE UNITS DPS REHABILITATION REHAB INC LLC LLP CORP LTD COMPANY VERIZON SPRINT "
    "TMOBILE ATT BLDG BUILDING DEPARTMENT DEPT JAIL ADT HOSPITAL CLINIC PHARMACY APARTMENTS APTS MOTEL SHELTER "
    "WALMART ALARM SERVICES WIRELESS DISPATCH RESTAURANT SUPERMARKET CASINO COMMUNICATIONS JCSO PARAMEDIC BATTALION "
    "LIFELINE LIFEALERT ONSTAR BRINKS SAFELINK METROPCS TRACFONE MCDONALDS WALGREENS CVS QUIKTRIP QUIK KWIK SONIC "
    "SUBWAY STARBUCKS AUTOZONE COSTCO SAFEWAY HANGUP ABANDONED MISDIAL PASSERBY BYSTANDER BYSTANDERS ELEMENTARY "
    "DETENTION CORRECTIONAL NURSING HOSPICE SOCIETY BAPTIST METHODIST LUTHERAN CATHOLIC PRESBYTERIAN MINISTRIES "
    "FOUNDATION ASSOCIATION COOPERATIVE COOP ENTERPRISES INDUSTRIES PROPERTIES INSURANCE TRAUMA ZZTEST ZZZTEST "
    "TESTPATIENT TESTRECORD REFUSED DECLINED WITHHELD UNIDENTIFIED UNNAMED NONAME NOTGIVEN TACO TRUCKING CONSTRUCTION "
    "ROOFING PLUMBING ELECTRIC SALON LAUNDROMAT LIBRARY COURTHOUSE"
)
# Words that are surnames or given names too: they mark a non-person only beside another such word or a number.
_ALSO_SURNAMES = word_set(
    "COLLEGE CHURCH BANK HOUSE INN STATE CITY COUNTY MARKET STORE HOME CENTER STATION SHERIFF SHERIFFS POLICE LADDER "
    "ENGINE SO PD SECURITY SCHOOL HOTEL MEDIC UNIT CAR TRUCK SQUAD TANKER BRUSH MANOR VIEW DOLLAR GENERAL OFFICE LIFE "
    "ALERT OPEN LINE CALL CALLS COMFORT SUITES STOP LOVES TRIP GAS MOBILE TREE LODGE COURT FIRE HIGH MIDDLE "
    "CARE LIVING GROUP TOWING PIZZA GRILL CAFE BAR STREET TRAFFIC CONTROL GOODWILL SALVATION ARMY PARTS AUTO CRICKET "
    "DILLONS KROGER ALDI LOWES DOT"
)
_BODY = re.compile(r"\b(STATE|CITY|COUNTY|TOWN|VILLAGE|CHURCH|BANK) OF\b")
_AGENCY = re.compile(r"[B-DF-HJ-NP-TV-XZ]{1,3}(SO|PD|FD)")
"""Agencies' short names: consonants alone before the ending, as no person's name has."""


@lru_cache(maxsize=200_000)
def is_role(word: str) -> bool:
    """True when a part of a name is a role or placeholder: INMATE, BABY, TWO, UNKNOWN, a lone A or X repeated."""
    return bool(word) and (word in ROLE_WORDS or (len(word) > 2 and len(set(word)) == 1))


class Part(NamedTuple):
    """What one cell of a name holds, counted: words, words that are roles or marks of an unknown part, words only a
    business has (`marks`, of them `sure` ones), digits; and whether its first, last or joined words say UNKNOWN."""

    words: int = 0
    roles: int = 0
    marks: int = 0
    sure: int = 0
    number: int = 0
    doe: int = 0
    comma: int = 0
    starts: int = 0
    ends: int = 0
    unknown: int = 0


def part_of(text: str) -> Part:
    """The facts of one cell; nothing in it gives all zeros."""
    if text.isalpha() and text.isascii() and text.upper() not in _telling() and not _AGENCY.fullmatch(text.upper()):
        return _ONE_NAME
    words = fold(text).split()
    if not words:
        return Part(number=any(c.isdigit() for c in text))
    sure = sum(word in BUSINESS_WORDS or _AGENCY.fullmatch(word) is not None for word in words)
    sure += _BODY.search(" ".join(words)) is not None or (len(words) > 1 and "".join(words) in BUSINESS_WORDS)
    return Part(
        words=len(words), roles=sum(word in ROLE_WORDS or word in SHORT for word in words),
        marks=sure + sum(word in _ALSO_SURNAMES for word in words), sure=sure, number=any(c.isdigit() for c in text),
        doe="DOE" in words, comma="," in text, starts=words[0] in UNKNOWN_LAST, ends=words[-1] in UNKNOWN_LAST,
        unknown="".join(words) in UNKNOWN_LAST,
    )  # fmt: skip


SHORT = word_set(
    "UNK UNKN FNU LNU NMN NFN NLN X XX XXX N NA NO NONE NULL NOT GIVEN GIVE PROVIDED PROVIDE TO WOULD WONT DID KNOWN "
    "AVAILABLE STATED LISTED ENTERED BY PASSER DECEASED"
)
"""Marks of an unknown part; a name of nothing else names nobody."""
_ONE_NAME = Part(words=1)


@cache
def _telling() -> frozenset[str]:
    """Every word that tells more of a cell it stands alone in than that it is one word."""
    return UNKNOWN_LAST | ROLE_WORDS | BUSINESS_WORDS | _ALSO_SURNAMES | SHORT
