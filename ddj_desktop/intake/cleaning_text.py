"""Cleaning of ids, codes and short texts, one function a field: the text of a cell to what it says, or why not.

Each function is given a text without blanks around it that is not a word for nothing (`is_nothing`), and gives a
value and a problem code, either of which may be None. Nothing here guesses from looks what a column is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ddj_desktop.intake.words import LONGEST

Cleaned = tuple[object, str | None]
"""A value (None: nothing) and the code of a problem (None: none)."""

NOTHING = frozenset(
    {"", "-", "--", "---", "n/a", "na", "n.a.", "nan", "nat", "null", "none", "nil", "(null)", "<null>", "(blank)", ".",
     "?", "not recorded", "not specified", "not entered", "#n/a", "#null!", "#value!", "#ref!", "#name?", "#div/0!",
     "none given", "not available", "no data"}
)  # fmt: skip
"""Texts that stand for no value (quirk 24 of the export catalogue; the errors a workbook shows). `NA` is a name to
some, so names have a shorter list of their own."""

_BLANKS = re.compile(r"\s+")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DIGITS = re.compile(r"\D")


def tidy(text: str) -> str:
    """The text with blanks (also the unbreakable ones) made single and none at its ends, every letter in its one plain
    writing (wide ones, accents of their own), without marks that cannot be seen or that turn the rest round."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")
    if text.isprintable() and "  " not in text:  # of all blanks only the plain one is printable: nearly every text
        return text.strip()
    return _BLANKS.sub(" ", text).strip()


def is_nothing(text: str) -> bool:
    """True where the text stands for no value at all."""
    return text.lower() in NOTHING


def key(text: str) -> Cleaned:
    """An id as text: 210498250.0 is 210498250; 1.23E+11 has lost digits in the file and names nothing any more.

    A number of more than 15 digits that ends in zeros was rounded by a spreadsheet: lost as well.
    """
    if _SCIENTIFIC.fullmatch(text):
        return None, "lost_digits"
    whole = _WHOLE_FLOAT.fullmatch(text)
    text = whole[1] if whole else text
    if text.isdigit() and len(text) > 15 and text[15:].strip("0") == "":
        return None, "lost_digits"
    if text.strip("0") == "" or text.upper() in {"UNKNOWN", "PENDING", "TBD"}:
        return None, None
    return text, None


def text(value: str) -> Cleaned:
    """A text as it stands."""
    return value, None


def sex(value: str) -> Cleaned:
    """M, F or X. HMIS codes: 0 female, 1 male; 2 and above other; 8, 9, 99 not known (HUD data standards FY24+)."""
    word = value.lower().rstrip(".")
    found = _SEX.get(word, "")
    return (None, "odd_sex") if found == "" else (found, None)


_SEX: Mapping[str, str | None] = {
    "m": "M", "male": "M", "man": "M", "boy": "M", "1": "M", "mt": "M", "f": "F", "female": "F", "woman": "F",
    "girl": "F",
    "0": "F", "ft": "F", "x": "X", "nonbinary": "X", "non-binary": "X", "nb": "X", "other": "X", "o": "X", "2": "X",
    "3": "X",
    "4": "X", "5": "X", "6": "X", "transgender": "X", "t": "X", "intersex": "X", "u": None, "unknown": None,
    "unk": None,
    "8": None, "9": None, "99": None, "n": None, "d": None, "r": None, "not known": None, "undetermined": None,
}  # fmt: skip


def ssn(value: str) -> Cleaned:
    """Nine digits; the last four where the others are hidden. Numbers never given out (000, 666, 9xx; 00; 0000), and
    the well-known stand-ins, say nothing (Social Security Administration, number ranges since 2011)."""
    hidden = re.fullmatch(r"[Xx*#]{3}-?[Xx*#]{2}-?(\d{4})", value)
    if hidden:
        return last_four(hidden[1])
    if _LETTER_INSIDE.search(value):  # 1E999 is no 1999
        return None, "odd_ssn"
    digits = _DIGITS.sub("", _WHOLE_FLOAT.sub(r"\1", value))
    if len(digits) == 8:
        digits = "0" + digits  # a leading zero lost in a spreadsheet
    if len(digits) == 4:
        return last_four(digits)
    if len(digits) != 9:
        return None, None if digits.strip("09") == "" else "odd_ssn"
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if len(set(digits)) == 1 or digits in _STAND_INS or area in ("000", "666") or area[0] == "9":
        return None, "placeholder_ssn"
    return (None, "placeholder_ssn") if group == "00" or serial == "0000" else (digits, None)


_LETTER_INSIDE = re.compile(r"\d[^\W\d_]+\d")
_STAND_INS = frozenset({"123456789", "987654321", "078051120", "219099999", "012345678"})


def last_four(value: str) -> Cleaned:
    """The last four digits; leading zeros lost in a spreadsheet are put back."""
    digits = _DIGITS.sub("", _WHOLE_FLOAT.sub(r"\1", value))[-4:].zfill(4)
    return (None, None) if digits in ("0000", "9999") else (digits, None)


def phone(value: str) -> Cleaned:
    """Ten digits, or seven without the area code. All-same digits say nothing."""
    digits = _DIGITS.sub("", re.split(r"(?i)\s*(?:x|ext)", _WHOLE_FLOAT.sub(r"\1", value))[0])
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) not in (7, 10):
        return None, None if digits.strip("09") == "" else "odd_phone"
    return (None, None) if len(set(digits)) == 1 or len(set(digits[3:])) == 1 else (digits, None)


def zip_code(value: str) -> Cleaned:
    """Five digits; a lost leading zero is put back; the four after them are left off."""
    digits = _DIGITS.sub("", _WHOLE_FLOAT.sub(r"\1", value).split("-")[0])
    if len(digits) in (8, 9):
        digits = digits.zfill(9)[:5]
    if len(digits) == 4:
        digits = "0" + digits
    return (None, "odd_zip") if len(digits) != 5 else (None if digits.strip("09") == "" else digits, None)


def state(value: str) -> Cleaned:
    """The state as the source writes it, short forms in capitals."""
    return (value.upper() if len(value) <= 3 else value), None


def age(value: str) -> Cleaned:
    """Whole years, 0 to 110 (`38.0` is 38)."""
    found = re.match(r"(\d{1,3})(?:\.\d*)?\s*(?:y|yr|yrs|yo|years?|y/o)?\.?(?:\s*old)?$", value.lower())
    if not found:
        return None, "odd_age"
    years = int(found[1])
    return (None, None) if years > 110 else (years, None)


_YES = frozenset({"y", "yes", "true", "t", "1", "1.0", "x", "positive", "current", "checked", "active"})
_NO = frozenset({"n", "no", "false", "f", "0", "0.0", "negative", "never", "unchecked"})
_NOT_KNOWN = frozenset(
    {"8", "9", "99", "8.0", "9.0", "99.0", "u", "unk", "unknown", "declined", "refused", "r", "d", "not asked", "2",
     "client doesn't know", "client refused", "client prefers not to answer", "data not collected", "not screened",
     "prefer not to answer", "doesn't know", "not assessed"}
)  # fmt: skip
_NOT = re.compile(r"^(?:not|non|no|never|denies|denied|negative)\b|\b(?:denies|not homeless|ruled out)\b")


def flag(value: str) -> Cleaned:
    """yes or no; None for not known (HMIS 8, 9, 99). Words other than a code say yes (`Homeless`) or no (`Not a
    veteran`, `Housed`)."""
    word = value.lower().rstrip(".").replace("’", "'")
    if word in _YES:
        return "yes", None
    if word in _NO:
        return "no", None
    if word in _NOT_KNOWN or word.startswith("unknown"):
        return None, None
    if _NOT.search(word) or word in _HOUSED:
        return "no", None
    return ("yes", None) if _SAYS_YES.search(word) else (None, "odd_flag")


_HOUSED = frozenset({"housed", "permanent", "stable", "stably housed", "own home", "rents", "rent", "owns", "own",
                     "with family", "house", "apartment", "civilian", "residence"})  # fmt: skip
_SAYS_YES = re.compile(
    r"homeless|transient|unhoused|unsheltered|shelter|street|vehicle|couch|veteran|military|yes|mental|"
    r"psych|smi|suicid|bipolar|schizo|depress|anxi|ptsd|alcohol|drug|meth|opi|heroin|fentanyl|substance|intox|detox|sud"
)

# HUD data standards FY24 and after, Living Situation: 101 shelter, 116 not meant for habitation, 118 safe haven; the
# two-digit codes are those of the years before. 8, 9, 17, 99 and 0 say nothing; every other code is not homeless.
_HOMELESS_CODES = frozenset({"101", "116", "118", "1", "16", "18"})
_NO_CODES = frozenset({"0", "8", "9", "17", "30", "37", "99"})
_HOMELESS = re.compile(
    r"homeless|unsheltered|transient|unhoused|place not meant|emergency shelter|safe haven|^shelter|encampment|street|"
    r"in (?:a )?(?:car|vehicle|tent)|camping"
)


def homeless_by_living(value: str) -> Cleaned:
    """yes or no from a living situation, by HUD's codes or by words; None where it does not say."""
    word = _WHOLE_FLOAT.sub(r"\1", value[:LONGEST].lower())
    if word.isdigit():
        return (None, None) if word in _NO_CODES else ("yes" if word in _HOMELESS_CODES else "no", None)
    if (
        word in _NOT_KNOWN
        or "unknown" in word
        or "refused" in word
        or "not collected" in word
        or "doesn't know" in word
    ):
        return None, None
    return ("yes" if _HOMELESS.search(word) and not _NOT.search(word) else "no"), None


_NO_HOME = re.compile(
    r"\b(?:homeless|transient|unsheltered|no (?:fixed|permanent) (?:address|residence))\b", re.IGNORECASE
)


def address_says_homeless(value: str | None) -> bool:
    """True where an address is only a word for having none."""
    return value is not None and _NO_HOME.search(value) is not None
