"""Headings as words: `BKG_NO`, `Booking #` and `bookingNumber` all read (booking, number)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache


def word_set(text: str) -> frozenset[str]:
    """A set of words written as one text."""
    return frozenset(text.split())


_OWNERS = re.compile(r"['’´`]s?\b", re.IGNORECASE)
_ID = re.compile(r"(?<![A-Z])(ID|DOB|SSN)(?=[a-z])")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LITTLE = frozenset({"of", "the", "a", "an", "for", "on", "at", "and", "or", "s", "de", "del", "la", "el", "y"})

# What makers put behind or before a heading that says nothing of what the column holds: Avatar's `_value`, Epic's
# `_C_NAME`, Cerner's `_DISP` (display, not disposition), ServicePoint's name of the table in front.
_TAIL = re.compile(r"(?i)(?<=[a-z])_(?:value|c_name)$|(?<=type|_grp|lity|tion|race)_disp$|(?<=^sex)_disp$")
_TABLE = re.compile(r"(?i)^entry[\s_/]*exit[\s_/]+(?=(?:entry|exit)\b)")

# What makers of such systems shorten words to, and the words said in full.
_SHORT = {
    "no": "number", "nbr": "number", "num": "number", "nmbr": "number", "numb": "number", "nr": "number",
    "dt": "date", "dte": "date", "dat": "date", "dttm": "date time", "dtm": "date time",
    "datetime": "date time", "timestamp": "date time", "ts": "date time", "tm": "time", "tme": "time",
    "dtime": "date time", "bk": "booking", "bkg": "booking", "bkng": "booking", "book": "booking",
    "booked": "booking", "bkd": "booking", "rel": "release", "rls": "release", "rlse": "release",
    "released": "release", "releasing": "release", "arrested": "arrest", "arst": "arrest",
    "arrst": "arrest", "inc": "incident", "incid": "incident", "incdt": "incident", "incidents": "incident",
    "addr": "address", "adr": "address", "addrs": "address", "addy": "address", "nm": "name", "nam": "name",
    "nme": "name", "fst": "first", "frst": "first", "lst": "last", "mid": "middle", "mdl": "middle",
    "fname": "first name", "lname": "last name", "mname": "middle name", "surname": "last name",
    "forename": "first name", "fn": "first name", "ln": "last name", "mn": "middle name", "suff": "suffix",
    "sfx": "suffix", "affix": "suffix", "dob": "birth date", "bdate": "birth date",
    "birthdate": "birth date", "birthday": "birth date", "birthdt": "birth date", "brth": "birth",
    "born": "birth date", "bday": "birth date", "ssnum": "ssn", "ssno": "ssn", "socsec": "ssn",
    "soc": "social", "sec": "security", "apartment": "apt", "apmt": "apt", "zipcode": "zip", "zipcd": "zip",
    "postal": "zip", "desc": "description", "descr": "description", "dscr": "description",
    "descrip": "description", "dsc": "description", "chg": "charge", "chrg": "charge", "chgs": "charge",
    "charges": "charge", "chr": "charge", "charged": "charge", "off": "offense", "offenses": "offense",
    "offence": "offense", "ofns": "offense", "offs": "offense", "cd": "code", "cde": "code",
    "codes": "code", "disp": "disposition", "dispo": "disposition", "dispos": "disposition",
    "agcy": "agency", "agncy": "agency", "agn": "agency", "loc": "location", "locn": "location",
    "fac": "facility", "facil": "facility", "ph": "phone", "phn": "phone", "tel": "phone",
    "telephone": "phone", "telno": "phone number", "eth": "ethnicity", "ethn": "ethnicity",
    "ethnic": "ethnicity", "hisp": "hispanic", "rac": "race", "pt": "patient", "pat": "patient",
    "def": "defendant", "deft": "defendant", "subj": "subject", "inm": "inmate", "vet": "veteran",
    "stat": "status", "sts": "status", "typ": "type", "tp": "type", "rsn": "reason", "com": "commit",
    "commitment": "commit", "committed": "commit", "admission": "admit", "admitted": "admit",
    "adm": "admit", "ad": "admit", "adtype": "admit type", "disch": "discharge", "discharged": "discharge",
    "dschg": "discharge", "enc": "encounter", "acct": "account", "med": "medical", "rec": "record",
    "svc": "service", "srvc": "service", "seq": "sequence", "rpt": "report", "reported": "report",
    "rcvd": "received", "recd": "received", "recv": "received", "dispatched": "dispatch", "dsp": "dispatch",
    "dis": "dispatch", "cleared": "clear", "clr": "clear", "closed": "close", "created": "create",
    "creation": "create", "started": "start", "starting": "start", "ended": "end", "ending": "end",
    "exited": "exit", "entered": "entry", "enter": "entry", "enrolment": "enrollment", "enrl": "enrollment",
    "ident": "id", "identifier": "id", "ids": "id", "identification": "id", "uniq": "unique",
    "pers": "person", "sev": "severity", "svrty": "severity", "est": "estimated", "exp": "expected",
    "proj": "projected", "sched": "scheduled", "schd": "scheduled", "ind": "indicator", "flg": "flag",
    "yn": "indicator", "hml": "homeless", "homelessness": "homeless", "cnt": "count", "counts": "count",
    "hosp": "hospital", "atty": "attorney", "attny": "attorney", "juris": "jurisdiction", "str": "street",
    "hse": "house", "compl": "complaint", "mo": "method", "prob": "problem", "aliases": "alias", "aka": "alias",
    "akas": "alias",
    "nickname": "alias", "nicknames": "alias", "bonds": "bond", "rce": "race", "offn": "offense", "cls": "class",
    "confine": "commit", "confined": "commit", "confinement": "commit", "incarceration": "commit",
    "incarcerated": "commit", "encntr": "encounter", "supv": "supervision", "admsn": "admit", "numero": "number",
    "fecha": "date", "hora": "time", "rlsd": "release", "agy": "agency", "suf": "suffix",
    "enroll": "enrollment", "enrolled": "enrollment", "sup": "supervision", "closure": "close", "auth": "authority",
    "dest": "destination", "viol": "violation", "impr": "impression", "prim": "primary", "ref": "reference",
    "prog": "program", "diag": "diagnosis", "cc": "chief complaint", "ofcr": "officer", "ofc": "officer",
    "resp": "response", "orig": "original",
}  # fmt: skip

WHOSE = word_set(
    """inmate client patient person personal defendant offender subject party individual member participant consumer
    resident detainee arrestee suspect prisoner probationer guest primary current legal"""
)
"""Words for whose record it is: a heading says the same with or without them."""

# Words that may be glued to a neighbour in capitals (RELDATE, LASTNAME); short forms above count too.
_WHOLE = word_set(
    """account address admit age agency alias apt arrest arresting arrival birth booking call case
    charge city class client close code commit complaint court custody date description discharge
    dispatch disposition docket encounter end fbi enrollment entry episode ethnicity event exit facility
    first flag full gender hispanic hold home house id incident inmate intake jacket jail key last level
    location medical mental health middle name nature number offense out patient person phone priority
    problem race reason received record release report role run security service sex severity sid
    social    source ssn start state status statute street subject suffix time type unit veteran visit zip"""
)
_GLUABLE = _WHOLE | {word for word in _SHORT if len(word) > 2} | {"no", "dt", "id", "tm", "cd", "nm", "bk", "of"}
_LONGEST_GLUED = max(map(len, _GLUABLE))
_VOWELS = re.compile(r"(?<!^)[aeiou]")
_SHORTEST_WITHOUT_VOWELS = 4
LONGEST = 200
"""Letters of a heading that are looked at. Any cell may be asked whether it is one, and a cell may hold a book."""


@lru_cache(maxsize=4096)
def words(heading: str) -> tuple[str, ...]:
    """The words of a heading, in its order, short forms said in full, little words left out.

    A heading of nothing but little words or marks gives an empty tuple.
    """
    parts = _parts(heading.strip()[:LONGEST])
    said: list[str] = []
    for part, after in zip(parts, [*parts[1:], ""], strict=True):
        if not part or part in _LITTLE or (part, after) == ("y", "n"):
            continue
        said.extend(_said(part))
    return tuple(_without_echo(said))


def _parts(heading: str) -> list[str]:
    text = _TABLE.sub("", heading)
    if _PLAIN.fullmatch(text):  # as the known names are written
        return text.split(" ")
    text = unicodedata.normalize("NFKD", _TAIL.sub("", _OWNERS.sub("", text)))
    text = text.replace("#", " number ").replace("&", " and ")
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return _NOT_WORD.split(_CAMEL.sub(" ", _ID.sub(r"\1 ", text)).lower())


def key(heading: str) -> tuple[str, ...]:
    """The words of a heading without their order: `Date of Birth`, `BIRTH_DATE` and `DOB` give the same."""
    return tuple(sorted(words(heading)))


@cache
def _without_vowels() -> Mapping[str, str]:
    """Known words by what is left of them without the vowels behind the first letter; none that two words share."""
    known = sorted(_WHOLE | WHOSE | {word for word in _SHORT if len(word) > 4})
    often = Counter(_VOWELS.sub("", word) for word in known)
    short = ((_VOWELS.sub("", word), word) for word in known)
    return {left: word for left, word in short if often[left] == 1 and len(left) >= _SHORTEST_WITHOUT_VOWELS}


def _said(part: str) -> list[str]:
    if part not in _SHORT and part not in _WHOLE:
        part = _without_vowels().get(part, part)  # makers of short headings drop vowels: INMT, OFFNDR, GNDR, RLSD
    if part in _SHORT:
        return _SHORT[part].split()
    if part in _WHOLE or len(part) < 5:
        return [part]
    one = _singular(part)
    if one in _WHOLE or one in WHOSE:
        return [one]
    pieces = _pieces(part)
    if pieces is None:
        return [part]
    return [word for piece in pieces for word in _SHORT.get(piece, piece).split() if word not in _LITTLE]


def _singular(part: str) -> str:
    """`programs` and `agencies` without their plural; `times` stays, for it counts."""
    if part == "times":
        return part
    return part[:-3] + "y" if part.endswith("ies") else part[:-1] if part.endswith("s") else part


@lru_cache(maxsize=4096)
def _pieces(part: str) -> tuple[str, ...] | None:
    """Cut glued words into known ones, fewest first; None where that leaves anything over."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(part)
    for end in range(1, len(part) + 1):
        for start in range(max(0, end - _LONGEST_GLUED), end):
            before, piece = best[start], part[start:end]
            if before is None or piece not in _GLUABLE:
                continue
            if len(piece) < 3 and end != len(part) and piece not in ("id", "of"):
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, piece)
    return best[len(part)]


def _without_echo(said: list[str]) -> list[str]:
    """`DOB Date` says date twice; once is enough."""
    seen: list[str] = []
    for word in said:
        if word not in seen:
            seen.append(word)
    return seen
