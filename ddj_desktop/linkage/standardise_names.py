"""Names made comparable: order, accents, hyphens, particles, suffixes, titles. What was written is kept elsewhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ddj_desktop.intake.words import word_set

SUFFIXES = {
    "JR": "JR", "JNR": "JR", "JUNIOR": "JR", "SR": "SR", "SNR": "SR", "SENIOR": "SR",
    "II": "II", "2ND": "II", "III": "III", "3RD": "III", "IV": "IV", "4TH": "IV",
}  # fmt: skip
TITLES = word_set("MR MRS MS MISS MX DR PROF REV FR SIR DAME LADY LORD SGT OFC DEP LT CPT CAPT HON SRA SRTA DON DONA")
RANKS = word_set(
    "BARON BARONESS BARONET BT EARL VISCOUNT VISCOUNTESS DUKE DUCHESS MARQUESS MARQUIS COUNT COUNTESS KING QUEEN "
    "PRINCE PRINCESS KNIGHT GENERAL COLONEL MAJOR ADMIRAL BISHOP OF THE AND"
)
"""Words of a title that stand within a whole name and name nobody."""
TITLES_AFTER = word_set("ESQ MD PHD DDS RN DVM JD CPA RET")
PARTICLES = word_set(
    "DE DEL LA LAS LOS DA DAS DO DOS DI DU VAN VON DER DEN TER TEN EL AL BIN BEN IBN ABU ZU ZUM MC MAC ST SAN SANTA O "
    "D LE"
)
NO_NAME = word_set("FNU LNU MNU NMN NMI NONE NULL NAN NA UNK UNKN UNKNOWN BLANK NOT GIVEN NFN NLN X XX XXX")

NOT_A_NAME = word_set(
    "JUVENILE DECEASED DEAD VICTIM SUSPECT CALLER RP WITNESS MALE FEMALE ADULT CHILD MINOR OWNER DRIVER PASSENGER "
    "INMATE HOMELESS TRANSIENT SEALED EXPUNGED CONFIDENTIAL SEE NOTE DUPLICATE DUP MERGED OLD NEW DO USE FED FEDERAL "
    "HOLD STATE PRETRIAL COUNTY ICE USMS BIA WIFE HUSBAND MOTHER FATHER SON DAUGHTER SISTER BROTHER FRIEND ALIAS "
    "ALIASES"
)
"""Words in brackets that are remarks and no names."""

_NO_NAME_OF_ITS_OWN = TITLES | TITLES_AFTER | RANKS | PARTICLES | NO_NAME | NOT_A_NAME | set(SUFFIXES)

# Marks of a caller's or subject's part in a call, written before the name by some dispatch systems.
ROLE_MARKS = word_set("RP R/P COMP VIC SUSP SUBJ WIT OTH CALLER")

_ALSO = r"(?:AKA|A/K/A|A\.K\.A\.?|NEE|NÉE|FKA|F/K/A|ALIAS|GOES BY)"
_ASIDE = re.compile(rf"[(\[{{]([^)\]}}]*)[)\]}}]|\b{_ALSO}(?!\w)[:\s]*(.*)$|[\"“”](.*?)[\"“”]", re.IGNORECASE)
"""What stands beside a name: in brackets, behind AKA or NEE, between quotation marks."""
_MARK = re.compile(rf"^\s*(?:{_ALSO}|MAIDEN|FORMERLY)(?!\w)[:\s]*", re.IGNORECASE)
_MAIDEN = re.compile(r"\b(?:NEE|NÉE|MAIDEN|FORMERLY|FKA|F/K/A)\b", re.IGNORECASE)
_LETTERS = str.maketrans({"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ı": "I", "ł": "l",
                          "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})  # fmt: skip
"""Letters of Latin alphabets that do not come apart into a plain one and an accent."""


@dataclass(frozen=True)
class Aside:
    """A further name that stands beside the first: `SMITH, BOB (AKA BOBBY JONES)` gives BOBBY and JONES."""

    given: str = ""
    last: str = ""


@dataclass(frozen=True)
class Name:
    """A name in parts, folded. `last` is a tuple of its parts, particles joined to what follows them."""

    first: str
    middle: str
    last: tuple[str, ...]
    suffix: str
    other: Aside = Aside()


_ALONE_IN_A_CELL = NO_NAME | word_set("AKA NEE FKA ALIAS MAIDEN FORMERLY")
"""Words that are no name even where they stand alone."""


def _plain_word(text: str) -> str:
    """The cell folded, where it is one name of plain letters and nothing else, as most are; else ""."""
    if not (text.isascii() and text.isalpha()):
        return ""
    word = text.upper()
    return "" if word in _ALONE_IN_A_CELL else word


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Capitals without accents, punctuation or digits; letters of every script stay. `O'Brien` gives OBRIEN."""
    if text.isascii():
        plain = text.upper()
    else:
        split = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        plain = "".join(c for c in split if not unicodedata.combining(c)).upper()
    out = "".join(c if c.isalpha() else "" if c in "'’`´.ʻ" else " " for c in plain)
    return " ".join(out.split())


def _words(text: str) -> list[str]:
    """Folded words, where 2ND and 3RD survive the loss of digits as II and III."""
    text = _ASIDE.sub(" ", text)
    text = re.sub(r"\b2nd\b", "II", text, flags=re.IGNORECASE)
    text = re.sub(r"\b3rd\b", "III", text, flags=re.IGNORECASE)
    return fold(text).split()


def _split_full(full: str) -> tuple[str, str, str]:
    """`LAST SFX, FIRST MIDDLE` or `FIRST MIDDLE LAST SFX` into first, middle, last (each as words)."""
    plain = _ASIDE.sub(" ", full)
    last, comma, rest = plain.partition(",")
    after = [word for word in _words(rest.replace(",", " ")) if word not in TITLES]
    given = [word for word in after if word not in SUFFIXES and word not in TITLES_AFTER]
    if comma and given:
        ends = [word for word in after if word in SUFFIXES]
        return given[0], " ".join(given[1:]), " ".join([last, *ends])
    words = [word for word in _words(plain.replace(",", " ")) if word not in TITLES_AFTER]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    tail: list[str] = []
    while len(words) > 1 and words[-1] in SUFFIXES:
        tail.insert(0, words.pop())
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if len(words) <= 1:
        return "", "", " ".join(words + tail)
    return words[0], " ".join(words[1:start]), " ".join(words[start:] + tail)


def aside_of(text: str, part: str) -> Aside:
    """The further name a cell tells: a whole one, or of one word what the cell holds (`part`: given or last)."""
    found = _ASIDE.search(text)
    if not found:
        return Aside()
    inside = _MARK.sub("", next((group for group in found.groups() if group), ""))
    words = [word for word in fold(inside).split() if word not in NO_NAME and word not in TITLES]
    if not 1 <= len(words) <= 4 or any(word in NOT_A_NAME for word in words):
        return Aside()
    if len(words) == 1:
        before_comma = found.start() < text.find(",")
        return Aside(last=words[0]) if _MAIDEN.search(text) or before_comma or part == "last" else Aside(given=words[0])
    first, _, last = _split_full(inside)
    return Aside("".join(fold(first).split()[:1]), "".join(_joined(fold(last).split())[-1:]))


def _without_suffix(words: list[str], found: list[str]) -> list[str]:
    """The words without suffixes (a lone word stays); what was taken off goes to `found`."""
    out: list[str] = []
    for at, word in enumerate(words):
        if word in TITLES_AFTER and at > 0:
            continue
        if word in SUFFIXES and (at > 0 or len(words) > 1):
            found.append(SUFFIXES[word])
        else:
            out.append(word)
    return out


def _unmarked(words: list[str]) -> list[str]:
    """The words without a mark of the person's part in a call in front."""
    return words[1:] if len(words) > 1 and words[0] in ROLE_MARKS else words


def _joined(words: list[str]) -> tuple[str, ...]:
    """Surname parts, each particle joined to what follows: DE LA CRUZ GARCIA gives DELACRUZ, GARCIA."""
    parts: list[str] = []
    ahead = ""
    for word in words:
        if word in PARTICLES:
            ahead += word
        else:
            parts.append(ahead + word)
            ahead = ""
    if ahead:
        parts.append(ahead)
    return tuple(parts)


def words_between(full: str, first: str, last: str) -> list[str]:
    """The names a whole name holds beside a first and a last name, either of which it must hold; no titles, ranks,
    numbers, suffixes or single particles."""
    plain = fold(re.sub(r"\w*\d\w*", " ", full)).split()
    own = {*fold(first).split(), *fold(last).split()}
    if not own & set(plain):
        return []
    return [word for word in plain if word not in own and word not in _NO_NAME_OF_ITS_OWN]


class GivenPart(NamedTuple):
    """What a cell of given names says: the first, the one after it, and a suffix written there."""

    first: str
    second: str
    suffix: str
    other: Aside = Aside()


def given_part(text: str) -> GivenPart:
    """A cell of given names. Placeholders for a name (FNU, NMN, UNKNOWN) and titles fall away."""
    plain = _plain_word(text)
    if plain:
        return GivenPart(plain, "", "")
    found: list[str] = []
    words = _unmarked([word for word in _words(text) if word not in NO_NAME])
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    words = _without_suffix(words, found)
    return GivenPart("".join(words[:1]), "".join(words[1:2]), "".join(found[:1]), aside_of(text, "given"))


def middle_part(text: str) -> tuple[str, str]:
    """A cell of middle names: the first of them, and a suffix written after them."""
    words = [word for word in _words(text) if word in SUFFIXES or word not in NO_NAME]
    suffix = SUFFIXES[words.pop()] if words and words[-1] in SUFFIXES else ""
    return "".join(words[:1]), suffix


class LastPart(NamedTuple):
    """What a cell of last names says: its parts, particles joined to what follows them, a suffix written there, and a
    further name."""

    parts: tuple[str, ...]
    suffix: str
    other: Aside = Aside()


def last_part(text: str) -> LastPart:
    """A cell of last names."""
    plain = _plain_word(text)
    if plain:
        return LastPart((plain,), "")
    found: list[str] = []
    words = _without_suffix(_unmarked([word for word in _words(text) if word not in NO_NAME]), found)
    return LastPart(_joined(words), "".join(found[:1]), aside_of(text, "last"))


def suffix_of(text: str) -> str:
    """A cell of suffixes: JR, SR, II, III, IV, V, or ""."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    return SUFFIXES.get(plain, "V" if plain in ("V", "5TH") else "")


def whole_name(text: str) -> Name:
    """A whole name in one cell, `LAST SFX, FIRST MIDDLE` or `FIRST MIDDLE LAST SFX`, in parts."""
    first, middle, last = _split_full(text)
    name = name_of(first, middle, last, "")
    return Name(name.first, name.middle, name.last, name.suffix, aside_of(text, "given"))


def name_of(first: str, middle: str, last: str, suffix: str) -> Name:
    """A name from the cells of its parts. A suffix of its own goes before one written into another part."""
    given, (after, third), family = given_part(first), middle_part(middle), last_part(last)
    other = Aside(given.other.given or family.other.given, family.other.last or given.other.last)
    ending = suffix_of(suffix) or family.suffix or given.suffix or third
    return Name(given.first, given.second or after, family.parts, ending, other)
