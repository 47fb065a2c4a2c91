"""What a value looks like: the content tests of the fields. Cheap, and never asked to be strict.

Each test takes one cell's text, stripped and not blank, and says whether it could be what the field holds. They
serve suggestions only; reading a value for good is `cleaning`'s work.
"""

from __future__ import annotations

import re

from ddj_desktop.intake.words import word_set

NOTHING = frozenset(
    {"", "-", "--", "n/a", "na", "nan", "null", "none", "unk", "unknown", ".", "?", "not recorded", "not specified"}
)
"""Texts that stand for no value at all (reference: quirk 24 of the export catalogue)."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m?\.?)?"
_DATE = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}[- ]{_MONTH}[- ,]\s*\d{{2,4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
    rf"|(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{{4}}|\d{{6}})?"
    rf"|(?:0?[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d{{2}})"
    rf"(?:[T ,]\s*(?:{_CLOCK}|\d{{4}}|\d{{6}})(?:Z|[+-]\d{{2}}:?\d{{2}})?)?",
    re.IGNORECASE,
)
# Systems that keep a time of day alone write it behind day 0 or 1 of their calendar; midnight there is a real day.
_DUMMY = re.compile(r"(?:1899-12-3[01]|1900-01-0[01])[T ](?!00:00(?::00)?(?:\.0+)?$)")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
_TIME = re.compile(rf"(?:(?:1899-12-3[01]|1900-01-0[01])[T ])?{_CLOCK}|\d{{3,4}}|\d{{5,6}}", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@#/\\<>=]*", re.UNICODE)
_FULL = re.compile(r"[^\W\d_][^\d@/\\<>=]*(?:,\s*|\s+)[^\W\d_][^@/\\<>=]*", re.UNICODE)
_CASE_TITLE = re.compile(
    r"\bvs\b|\b(?:state of|people of|commonwealth of|city of|county of|united states)\b.*\bv\b", re.IGNORECASE
)
_HOUSE = re.compile(r"\d+[a-z]?(?:\s*-\s*\d+)?\s+\S*[a-z]", re.IGNORECASE)
_STREET = re.compile(
    r"^(?:\d+[a-z]?(?:\s*-\s*\d+)?\s+\S*[a-z]|p\.?\s*o\.?\s*box|rr\s*\d|\d+xx\s)|"
    r"\b(?:homeless|transient|general delivery|street|st|ave|avenue|rd|road|dr|ln|blvd|hwy|highway|mm|exit)\b",
    re.IGNORECASE,
)
_SEXES = frozenset({"m", "f", "x", "u", "male", "female", "man", "woman", "nonbinary", "non-binary", "other", "0", "1",
                    "2", "transgender", "t", "8", "9", "99"})  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "4th", "i", "esq"})
_YES_NO = word_set("y n yes no true false t f 0 1 8 9 99 u x declined refused homeless veteran") | {
    "not homeless",
    "not a veteran",
    "data not collected",
}
_STATES = word_set(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa "
    "ri sc sd tn tx ut vt va wa wv wi wy dc pr vi gu as mp"
) | frozenset(
    {
        "alabama",
        "alaska",
        "arizona",
        "arkansas",
        "california",
        "colorado",
        "connecticut",
        "delaware",
        "florida",
        "georgia",
        "hawaii",
        "idaho",
        "illinois",
        "indiana",
        "iowa",
        "kansas",
        "kentucky",
        "louisiana",
        "maine",
        "maryland",
        "massachusetts",
        "michigan",
        "minnesota",
        "mississippi",
        "missouri",
        "montana",
        "nebraska",
        "nevada",
        "new hampshire",
        "new jersey",
        "new mexico",
        "new york",
        "north carolina",
        "north dakota",
        "ohio",
        "oklahoma",
        "oregon",
        "pennsylvania",
        "rhode island",
        "south carolina",
        "south dakota",
        "tennessee",
        "texas",
        "utah",
        "vermont",
        "virginia",
        "washington",
        "west virginia",
        "wisconsin",
        "wyoming",
        "puerto rico",
    }
)
_RACE = re.compile(
    r"\b(?:white|black|african|asian|indian|native|hawaiian|pacific|islander|caucasian|hispanic|latin\w*|other|"
    r"two or more|multi\w*|mixed|middle eastern|alaskan?)\b",
    re.IGNORECASE,
)
_RACE_CODES = word_set("w b a i h o u p c l m n x k am ai as an af wh bl aa nh hi ia pi ot un wm z")
_ETHNIC = re.compile(r"hispanic|latin|^(?:h|n|u|nh|y|yes|no|e|0|1|8|9|99)$", re.IGNORECASE)
_SEVERITY = re.compile(
    r"^(?:f|m|i|o|v|p|fel\w*|misd\w*|infr\w*|ordin\w*|viol\w*|petty|gross\w*|"
    r"(?:class|level|degree|deg)\s*\w+|[fmipg][0-9a-z]{1,2}|[fm]\s*-?\s*[0-9a-z]|[1-5]|\d(?:st|nd|rd|th).*|.*"
    r"(?:felony|misdemeanor).*)$",
    re.IGNORECASE,
)


def date(text: str) -> bool:
    """A day, with or without a time of day, in any usual writing; not a time of day behind a dummy date."""
    return _DATE.fullmatch(text) is not None and _DUMMY.match(text) is None


def date_or_serial(text: str) -> bool:
    """A day, or the day number a spreadsheet keeps (such as 45000)."""
    return date(text) or _SERIAL.fullmatch(text) is not None


def has_clock(text: str) -> bool:
    """A day together with a time of day."""
    return date(text) and (":" in text or re.search(r"[T ]\d{4,6}$", text) is not None)


def time(text: str) -> bool:
    """A time of day alone: 14:05, 2:05 PM, 10:30a, 1405, with or without a dummy date before it."""
    if _TIME.fullmatch(text) is None:
        return False
    if not text.isdigit():
        return True
    digits = text.zfill(4) if len(text) <= 4 else text.zfill(6)
    return (int(digits[:2]) < 24 and int(digits[2:4]) < 60) or text in {"333333", "999999", "2400"}


def half_of_day(text: str) -> bool:
    """AM or PM, by themselves."""
    return text.lower().replace(".", "") in ("am", "pm")


def name_part(text: str) -> bool:
    """One part of a name: letters, no digits."""
    return _NAME.fullmatch(text) is not None and len(text) <= 40


def full_name(text: str) -> bool:
    """A whole name: two or more words, or `LAST, FIRST`; not a court case's title (`STATE vs SMITH`)."""
    return _FULL.fullmatch(text) is not None and len(text) <= 90 and _CASE_TITLE.search(text) is None


def last_first(text: str) -> bool:
    """`LAST, FIRST`: a whole name by its comma."""
    return "," in text and full_name(text)


def ssn_with_marks(text: str) -> bool:
    """Nine digits in the writing no other number has."""
    return "-" in text and ssn(text)


def suffix(text: str) -> bool:
    """Jr, Sr, II, III and the like."""
    return text.lower().rstrip(".") in _SUFFIXES


def age(text: str) -> bool:
    """A whole number of years from 0 to 120 (`38.0` too)."""
    return re.fullmatch(r"\d{1,3}(?:\.0+)?", text) is not None and float(text) <= 120


def sex(text: str) -> bool:
    """A code or word for sex."""
    return text.lower() in _SEXES


def ssn(text: str) -> bool:
    """Nine digits, with or without hyphens; hidden digits may be X or *."""
    return re.fullmatch(r"[\dXx*]{3}[- ]?[\dXx*]{2}[- ]?\d{4}|\d{8}|[0-9a-fA-F]{64}", text) is not None


def last_four(text: str) -> bool:
    """Four digits (up to three leading zeros may be lost), hidden ones before them or not."""
    return re.fullmatch(r"(?:[Xx*]{3}-?[Xx*]{2}-?)?\d{1,4}", text) is not None


def street_address(text: str) -> bool:
    """A house number and street, a post box, or a word such as HOMELESS that stands in an address's place."""
    return _STREET.search(text) is not None


def house_and_street(text: str) -> bool:
    """A house number and a street."""
    return _HOUSE.match(text) is not None


def short_text(text: str) -> bool:
    """Anything of up to 60 characters."""
    return len(text) <= 60


def place(text: str) -> bool:
    """A town: letters."""
    return _NAME.fullmatch(text) is not None and len(text) <= 40


def state(text: str) -> bool:
    """A state's two letters or its name."""
    return text.lower() in _STATES


def zip_code(text: str) -> bool:
    """Five digits or nine; four where a leading zero was lost."""
    return re.fullmatch(r"\d{4,5}(?:-?\d{4})?(?:\.0)?", text) is not None


def phone(text: str) -> bool:
    """Ten digits (seven without the area code), with the usual marks."""
    digits = re.sub(r"\D", "", text)
    return len(digits) in (7, 10, 11) and re.fullmatch(r"[\d\s().+x-]+", text) is not None


def race(text: str) -> bool:
    """A code or words for race."""
    return text.strip().lower() in _RACE_CODES or _RACE.search(text) is not None


def ethnicity(text: str) -> bool:
    """Hispanic or not."""
    return _ETHNIC.search(text) is not None


def hmis_code(text: str) -> bool:
    """0, 1, or HMIS's codes for not known."""
    return text in {"0", "1", "8", "9", "99"}


def number_like(text: str) -> bool:
    """An id: no more than 40 characters, at least one digit, no blanks inside but around marks."""
    return len(text) <= 40 and any(mark.isdigit() for mark in text) and len(text.split()) <= 3 and not date(text)


def key_like(text: str) -> bool:
    """An id that may be letters alone (a hash or code)."""
    return number_like(text) or (len(text) <= 64 and " " not in text and not date(text))


def count_like(text: str) -> bool:
    """A small whole number."""
    return re.fullmatch(r"\d{1,3}(?:\.0+)?", text) is not None


def code(text: str) -> bool:
    """A code or a few words: up to 40 characters."""
    return len(text) <= 40 and not date(text)


def severity(text: str) -> bool:
    """Felony, misdemeanor, or a class letter and number."""
    return _SEVERITY.match(text) is not None


def yes_no(text: str) -> bool:
    """Yes, no, or a code for either or for not known."""
    return text.lower() in _YES_NO


def wordy(text: str) -> bool:
    """Text with letters in it."""
    return any(mark.isalpha() for mark in text) and not date(text)


def several_words(text: str) -> bool:
    """Two words or more."""
    return " " in text.strip()


def anything(text: str) -> bool:
    """Any value."""
    return bool(text)
