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


@lru_cache(maxsize=400_000)
def standard_name(full: str, first: str, middle: str, last: str, suffix: str) -> Name:
    """One name made comparable, from its parts where the source gives them, else from the full name.

    Placeholders for a part (FNU, LNU, NMN, UNKNOWN) give "".
    """
    if full and not first and not last:
        first, middle, last = _split_full(full)
    elif "," in last and not first:
        first, middle, last = _split_full(last)
    found: list[str] = []
    lasts = _without_suffix(_unmarked([w for w in _words(last) if w not in NO_NAME]), found)
    firsts = _unmarked([w for w in _words(first) if w not in NO_NAME])
    while len(firsts) > 1 and firsts[0] in TITLES:
        firsts = firsts[1:]
    firsts = _without_suffix(firsts, found)
    middles = [w for w in _words(middle) if w in SUFFIXES or w not in NO_NAME]
    if middles and middles[-1] in SUFFIXES:
        found.append(SUFFIXES[middles.pop()])
    given = SUFFIXES.get(re.sub(r"[^0-9A-Z]", "", suffix.upper()), "")
    middle_name = "".join([*firsts[1:], *middles][:1])
    return Name(firsts[0] if firsts else "", middle_name, _joined(lasts), given or (found[0] if found else ""))
