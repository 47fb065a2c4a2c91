"""Names made comparable: order, accents, hyphens, particles, suffixes, titles. What was written is kept elsewhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ddj_desktop.intake.words import word_set

SUFFIXES = {
    "JR": "JR", "JNR": "JR", "JUNIOR": "JR", "SR": "SR", "SNR": "SR", "SENIOR": "SR",
    "II": "II", "2ND": "II", "III": "III", "3RD": "III", "IV": "IV", "4TH": "IV",
}  # fmt: skip
TITLES = word_set("MR MRS MS MISS DR REV SGT OFC DEP LT CPT HON SRA SRTA")
PARTICLES = word_set("DE DEL LA LAS LOS DA DAS DO DOS DI DU VAN VON DER DEN TER TEN EL AL BIN MC MAC ST SAN O D")
NO_NAME = word_set("FNU LNU MNU NMN NMI NONE NULL NAN NA UNK UNKN UNKNOWN BLANK NOT GIVEN NFN NLN X XX XXX")

# Marks of a caller's or subject's part in a call, written before the name by some dispatch systems.
ROLE_MARKS = word_set("RP R/P COMP VIC SUSP SUBJ WIT OTH CALLER")

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]|\b(?:AKA|A/K/A|NEE)\b.*$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”].*?[\"“”]")


@dataclass(frozen=True)
class Name:
    """A name in parts, folded. `last` is a tuple of its parts, particles joined to what follows them."""

    first: str
    middle: str
    last: tuple[str, ...]
    suffix: str


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Capitals without accents, punctuation or digits; letters of every script stay. `O'Brien` gives OBRIEN."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).upper()
    out = "".join(c if c.isalpha() else "" if c in "'’`´.ʻ" else " " for c in plain)
    return " ".join(out.split())


def _words(text: str) -> list[str]:
    """Folded words, where 2ND and 3RD survive the loss of digits as II and III."""
    text = _QUOTED.sub(" ", _BRACKETS.sub(" ", text))
    text = re.sub(r"\b2nd\b", "II", text, flags=re.IGNORECASE)
    text = re.sub(r"\b3rd\b", "III", text, flags=re.IGNORECASE)
    return fold(text).split()


def _split_full(full: str) -> tuple[str, str, str]:
    """`LAST SFX, FIRST MIDDLE` or `FIRST MIDDLE LAST SFX` into first, middle, last (each as words)."""
    plain = _QUOTED.sub(" ", _BRACKETS.sub(" ", full))
    if "," in plain:
        last, _, rest = plain.partition(",")
        given = [word for word in _words(rest.replace(",", " ")) if word not in TITLES]
        return " ".join(given[:1]), " ".join(given[1:]), last
    words = _words(plain)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    tail: list[str] = []
    while len(words) > 1 and words[-1] in SUFFIXES:
        tail.insert(0, words.pop())
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if len(words) == 1:
        return "", "", " ".join(words + tail)
    return words[0], " ".join(words[1:start]), " ".join(words[start:] + tail)


def _without_suffix(words: list[str], found: list[str]) -> list[str]:
    """The words without suffixes (a lone word stays); what was taken off goes to `found`."""
    out: list[str] = []
    for at, word in enumerate(words):
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


@dataclass(frozen=True)
class GivenPart:
    """What a cell of given names says: the first, the one after it, and a suffix written there."""

    first: str
    second: str
    suffix: str


def given_part(text: str) -> GivenPart:
    """A cell of given names. Placeholders for a name (FNU, NMN, UNKNOWN) and titles fall away."""
    found: list[str] = []
    words = _unmarked([word for word in _words(text) if word not in NO_NAME])
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    words = _without_suffix(words, found)
    return GivenPart("".join(words[:1]), "".join(words[1:2]), "".join(found[:1]))


def middle_part(text: str) -> tuple[str, str]:
    """A cell of middle names: the first of them, and a suffix written after them."""
    words = [word for word in _words(text) if word in SUFFIXES or word not in NO_NAME]
    suffix = SUFFIXES[words.pop()] if words and words[-1] in SUFFIXES else ""
    return "".join(words[:1]), suffix


def last_part(text: str) -> tuple[tuple[str, ...], str]:
    """A cell of last names: its parts, particles joined to what follows them, and a suffix written there."""
    found: list[str] = []
    words = _without_suffix(_unmarked([word for word in _words(text) if word not in NO_NAME]), found)
    return _joined(words), "".join(found[:1])


def suffix_of(text: str) -> str:
    """A cell of suffixes: JR, SR, II, III, IV, or ""."""
    return SUFFIXES.get(re.sub(r"[^0-9A-Z]", "", text.upper()), "")


def whole_name(text: str) -> Name:
    """A whole name in one cell, `LAST SFX, FIRST MIDDLE` or `FIRST MIDDLE LAST SFX`, in parts."""
    first, middle, last = _split_full(text)
    return name_of(first, middle, last, "")


def name_of(first: str, middle: str, last: str, suffix: str) -> Name:
    """A name from the cells of its parts. A suffix of its own goes before one written into another part."""
    given, (after, third), (parts, second) = given_part(first), middle_part(middle), last_part(last)
    return Name(given.first, given.second or after, parts, suffix_of(suffix) or second or given.suffix or third)
