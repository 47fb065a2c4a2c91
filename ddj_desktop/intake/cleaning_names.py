"""Cleaning of names: `LAST, FIRST MIDDLE SFX`, `FIRST LAST`, parts in columns; suffixes anywhere, names in brackets,
titles, numbers. Accents, hyphens and apostrophes stay as written; so do UNKNOWN and DOE, which linkage knows."""

from __future__ import annotations

import re
from typing import NamedTuple

from ddj_desktop.intake.cleaning_text import tidy
from ddj_desktop.intake.words import word_set


class Name(NamedTuple):
    """The parts of a name; None where the source does not say. Of aliases, the texts as given."""

    first: str | None = None
    middle: str | None = None
    last: str | None = None
    suffix: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True where there is no name at all."""
        return not (self.first or self.last)

    @property
    def full(self) -> str | None:
        """The name in the order LAST, FIRST MIDDLE SFX."""
        given = " ".join(part for part in (self.first, self.middle, self.suffix) if part)
        return ", ".join(part for part in (self.last, given) if part) or None


_SUFFIXES = {
    "jr": "JR", "junior": "JR", "sr": "SR", "senior": "SR", "i": "I", "ii": "II", "iii": "III", "iv": "IV", "2nd": "II",
    "3rd": "III", "4th": "IV", "1st": "I", "2": "II", "3": "III", "v": "V",
}  # fmt: skip
_SURE_SUFFIXES = frozenset({"jr", "junior", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "sgt", "hon", "prof", "mister"})
_DEGREES = frozenset({"md", "esq", "phd", "dds", "rn"})
# Words that belong to the surname that follows them.
_PARTICLES = frozenset({"de", "la", "del", "las", "los", "van", "von", "der", "den", "st", "san", "da", "dos", "di",
"du",
                        "le", "mc", "mac", "bin", "al", "el", "ter", "saint", "santa"})  # fmt: skip
_NO_NAME = frozenset({"", "-", "--", "n/a", "nan", "null", "none", "(null)", "<null>", ".", "?", "nmn", "nfn", "nln",
"x",
                      "not recorded", "not specified", "#n/a", "(none)", "no middle name", "nmi"})  # fmt: skip
_BRACKETED = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?|[\"“”]([^\"“”]+)[\"“”]")
_AKA = re.compile(r"\b(?:a\.?k\.?a\.?|also known as|alias|n[ée]e|goes by|fka)\b[:\s]*(.*)$", re.IGNORECASE)
_NOT_ALIAS = re.compile(r"(?i)^\s*(?:aka|a\.k\.a\.|alias|n[ée]e|maiden|goes by|fka)?\b[:.\s]*")
_NUMBERED = re.compile(r"#\s*\d+|\d+")
_EDGES = " ,.;:*_/\\-'`"


def parse_full(text: str) -> Name:
    """The parts of a whole name in one cell. With a comma the surname comes first; without one it comes last."""
    text, aliases = _without_aliases(tidy(text))
    if text.lower() in _NO_NAME:
        return Name(aliases=aliases)
    pieces = [_words(piece) for piece in text.split(",")]
    pieces = [piece for piece in pieces if piece]
    suffix = None
    for index, piece in enumerate(pieces):
        # Only a word that can be no name is a suffix where it would leave the piece empty or open it.
        kept, found = _take_suffix(piece, alone=index > 0 and len(pieces) > 1)
        pieces[index], suffix = kept, suffix or found
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return Name(aliases=aliases)
    if len(pieces) == 1:
        name = _first_to_last(pieces[0]) if "," not in text else Name(last=" ".join(pieces[0]))
    else:
        given = [word for piece in pieces[1:] for word in piece]
        name = Name(first=given[0], middle=" ".join(given[1:]) or None, last=" ".join(pieces[0]))
    return name._replace(suffix=suffix, aliases=aliases)


def from_parts(first: str, middle: str, last: str, second_last: str = "", suffix: str = "") -> Name:
    """The name from columns of its parts. A whole name in the surname's column is taken apart; a first-name cell of
    several words gives its middle name where there is no other."""
    if not first and "," in last:
        whole = parse_full(" ".join([last, middle]).strip())
        return whole._replace(suffix=_suffix(suffix) or whole.suffix)
    first, first_aliases = _without_aliases(tidy(first))
    last, last_aliases = _without_aliases(tidy(last))
    first_words, in_first = _take_suffix(_part(first), alone=False)
    last_words, in_last = _take_suffix(_part(" ".join([last, second_last])), alone=False)
    middle_words, in_middle = _take_suffix(_part(middle), alone=middle.lower().rstrip(".") in _SURE_SUFFIXES)
    if not middle_words and len(first_words) > 1:
        first_words, middle_words = first_words[:1], first_words[1:]
    return Name(
        first=" ".join(first_words) or None,
        middle=" ".join(middle_words) or None,
        last=" ".join(last_words) or None,
        suffix=_suffix(suffix) or in_last or in_first or in_middle,
        aliases=first_aliases + last_aliases,
    )


def aliases(text: str) -> tuple[str, ...]:
    """Other names in a cell of their own, parted by `;`, `/`, `|` or new lines."""
    found = (tidy(_NOT_ALIAS.sub("", part)) for part in re.split(r"[;|/\n]", text))
    return tuple(part for part in found if part and part.lower() not in _NO_NAME)


_ROLES = (
    r"subj(?:ect)?|susp(?:ect)?|arrestee|vic(?:tim)?|wit(?:ness)?|rp|r/p|caller|comp(?:lainant)?|reporting (?:party|"
    r"person)|"
    r"patient|pt|owner|inv(?:olved)?|other|mentioned|parent|officer"
)
_ROLE_BEFORE = re.compile(rf"^\s*\(?({_ROLES})\s*(?:[:)/>]|-\s)\s*(?=\S)", re.IGNORECASE)
_ROLE_AFTER = re.compile(rf"\s*(?:[(\[]|\s-\s*)({_ROLES})\s*[)\]]?\s*$", re.IGNORECASE)


def role_in(text: str) -> tuple[str, str | None]:
    """A name without the role written beside it (`RP: DOE, JANE`, `DOE, JANE (VICTIM)`), and that role."""
    before = _ROLE_BEFORE.match(text)
    if before:
        return text[before.end() :], before[1]
    after = _ROLE_AFTER.search(text)
    return (text[: after.start()], after[1]) if after and after.start() else (text, None)


def _without_aliases(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    for match in _BRACKETED.finditer(text):
        found.append(match[1] if match[1] is not None else match[2])
    text = _BRACKETED.sub(" ", text)
    aka = _AKA.search(text)
    if aka:
        found.append(aka[1])
        text = text[: aka.start()]
    cleaned = (tidy(_NOT_ALIAS.sub("", name)).strip(_EDGES) for name in found)
    return tidy(text), tuple(name for name in cleaned if name and not name.isdigit())


def _words(piece: str) -> list[str]:
    """The words of a piece of a name, without titles, degrees, numbers and stray marks; suffixes like 2ND stay."""
    words = []
    for word in piece.split():
        bare = word.strip(_EDGES)
        low = bare.lower().replace(".", "")
        if low in _SUFFIXES and not low.isdigit():
            words.append(bare)
            continue
        bare = _NUMBERED.sub("", bare).strip(_EDGES + "#")
        if bare and not (low in _TITLES and not words and len(piece.split()) > 1) and low not in _DEGREES:
            words.append(bare)
    return words


def _part(text: str) -> list[str]:
    return [] if tidy(text).lower() in _NO_NAME else _words(tidy(text).replace(",", " "))


def _take_suffix(words: list[str], alone: bool) -> tuple[list[str], str | None]:
    """The words without a suffix at their end (or at their start, after a comma), and the suffix.

    A lone V or I is an initial, not a suffix; a suffix that is the only word is one only where it may stand `alone`.
    """
    for index in (len(words) - 1, 0):
        if not words or (len(words) == 1 and not alone) or (index == 0 and not alone):
            continue
        low = words[index].lower().replace(".", "")
        if low in _SURE_SUFFIXES:
            return words[:index] + words[index + 1 :], _SUFFIXES[low]
    return words, None


def _suffix(text: str) -> str | None:
    low = tidy(text).lower().replace(".", "")
    return _SUFFIXES.get(low)


def _first_to_last(words: list[str]) -> Name:
    if len(words) == 1:
        return Name(last=words[0])
    start = len(words) - 1
    while start > 1 and words[start - 1].lower().rstrip(".") in _PARTICLES:
        start -= 1
    return Name(first=words[0], middle=" ".join(words[1:start]) or None, last=" ".join(words[start:]))


# Units, businesses, agencies and phone carriers that stand in person fields of dispatch records (quirk 19): words that
# are nobody's surname, and such as are a surname too, which tell only beside another of either list.
_NEVER_A_NAME = word_set(
    """university ems ambulance amb units dps rehabilitation inc llc verizon sprint tmobile t-mobile at&t
    cellular wireless bldg building department dept sheriff's sheriffs adt alarm alarms walmart wal-mart
    hospital clinic jcso police pd fd dispatch apartments motel hotel restaurant company corp
    corporation services service security courthouse district casino conoco kwik anonymous refused
    society usa nursing pharmacy elementary college academy association ministries library telephone
    communications insurance electric airport cafe grocery salvation"""
)
_ALSO_A_NAME = word_set(
    """engine rescue center centre jail school church county city state fire truck ladder medic unit store
    bank court shell dollar business general care home inn lodge manor market foods farm farms auto
    motors baptist methodist lutheran catholic community united memorial mart station village"""
)
_UNIT = re.compile(
    r"^(?:[a-z]{1,4}[- ]?\d{1,4}|\d+[a-z]{0,3}\d*|"
    r"(?:engine|medic|ambulance|truck|ladder|rescue|unit) ?\d+.*)$",
    re.IGNORECASE,
)


_NOBODY = word_set(
    """unknown unk unkn unknwn anonymous anon unidentified unnamed noname refused declined withheld notgiven notprovided
    notavailable"""
)
_NO_GIVEN_NAME = _NOBODY | word_set("male female adult juvenile subject person party man woman")


def names_nobody(name: Name) -> bool:
    """True where the name only says that none is known. Ten calls of `UNKNOWN` are not one person's ten calls."""
    last, first = ((part or "").casefold() for part in (name.last, name.first))
    return (last in _NOBODY and (not first or first in _NO_GIVEN_NAME)) or (not last and first in _NOBODY)


_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u052f]")


def mixes_alphabets(name: Name) -> bool:
    """True where a name mixes Latin letters with Greek or Cyrillic ones, which look alike and are not the same."""
    text = name.full or ""
    return not text.isascii() and bool(_LATIN.search(text)) and bool(_OTHER_ALPHABET.search(text))


def stands_for_anybody(name: Name) -> bool:
    """True for DOE, who is somebody else each time unless more is known."""
    return (name.last or "").casefold() == "doe"


def is_no_person(text: str) -> bool:
    """True where a name cell holds a unit, business, agency or phone carrier and no person.

    `CENTER, JOHN` and `Robert Lee Church` are people: what is a surname too tells only beside another such.
    """
    text = tidy(text)
    if not text or _UNIT.match(text):
        return bool(text)
    words = [word.strip(".,").lower() for word in text.split()]
    never = sum(word in _NEVER_A_NAME for word in words)
    also = sum(word in _ALSO_A_NAME for word in words)
    if "," in text or len(words) == 1:
        return never + also == len(words)
    return never > 0 or also > 1
