"""Layouts of real systems' exports, filled with made-up people: headings, and the field each should go to.

The headings of the named systems are those gathered in the reference on exports; the others are plain sheets as small
offices keep them. Written apart from the program's own lists of names.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SURNAMES = ("SMITH", "GARCIA", "LOPEZ", "MILLER", "O'BRIEN", "NGUYEN", "YODER", "HERNANDEZ-RUIZ", "BROWN", "DELACRUZ")
GIVEN = ("JAMES", "MARIA", "JOSE", "ANNA", "ROBERT", "LINDA", "CARLOS", "DEBRA", "TYLER", "EMILY", "KEVIN", "ROSA")
STREETS = ("MAIN ST", "OAK AVE", "COUNTY RD 12", "N 3RD ST", "HWY 50", "ELM DR")
TOWNS = ("Pine", "Cedar Falls", "Oakley", "St Mary")


@dataclass
class Layout:
    """One export's layout."""

    name: str
    file: str
    kind: str
    columns: list[tuple[str, str | None, str]]
    """Heading, expected field (None: not needed), what the values are."""
    banner: tuple[str, ...] = ()


def cells(what: str, i: int, dice: random.Random) -> str:
    """One made-up value. `what` names the writing, `i` is the row's number."""
    return _MAKERS[what](i, dice)


def _day(dice: random.Random, low: int = 2023, days: int = 1000) -> date:
    return date(low, 1, 1) + timedelta(days=dice.randrange(days))


def _born(dice: random.Random) -> date:
    return date(1950, 1, 1) + timedelta(days=dice.randrange(19000))


def _moment(dice: random.Random) -> datetime:
    return datetime(2024, 1, 1) + timedelta(minutes=dice.randrange(900_000))


Maker = Callable[[int, random.Random], str]
_MAKERS: dict[str, Maker] = {
    "last": lambda i, d: d.choice(SURNAMES),
    "first": lambda i, d: d.choice(GIVEN),
    "middle": lambda i, d: d.choice([*GIVEN, "A", "J", "", ""]),
    "suffix": lambda i, d: d.choice(["JR", "SR", "III", "", "", "", "", ""]),
    "last, first": lambda i, d: f"{d.choice(SURNAMES)}, {d.choice(GIVEN)} {d.choice(['A', 'LEE', ''])}".strip(),
    "first last": lambda i, d: f"{d.choice(GIVEN).title()} {d.choice(SURNAMES).title()}",
    "dob mdy": lambda i, d: _born(d).strftime("%m/%d/%Y"),
    "dob mdy2": lambda i, d: _born(d).strftime("%m/%d/%y"),
    "dob iso": lambda i, d: _born(d).isoformat(),
    "dob 8": lambda i, d: _born(d).strftime("%Y%m%d"),
    "date mdy": lambda i, d: _day(d).strftime("%m/%d/%Y"),
    "date iso": lambda i, d: _day(d).isoformat(),
    "date 8": lambda i, d: _day(d).strftime("%Y%m%d"),
    "date m8": lambda i, d: _day(d).strftime("%m%d%Y"),
    "moment mdy": lambda i, d: _moment(d).strftime("%m/%d/%Y %H:%M"),
    "moment mdy2": lambda i, d: _moment(d).strftime("%m/%d/%y %H:%M"),
    "moment ampm": lambda i, d: _moment(d).strftime("%m/%d/%Y %I:%M:%S %p"),
    "moment iso": lambda i, d: _moment(d).isoformat(" ", "seconds"),
    "later": lambda i, d: _day(d, 2025).strftime("%m/%d/%Y") if d.random() > 0.2 else "",
    "later iso": lambda i, d: _day(d, 2025).isoformat() if d.random() > 0.2 else "",
    "later moment": lambda i, d: _moment(d).strftime("%m/%d/%Y %H:%M") if d.random() > 0.2 else "",
    "clock": lambda i, d: f"{d.randrange(24):02d}:{d.randrange(60):02d}",
    "clock 4": lambda i, d: f"{d.randrange(24):02d}{d.randrange(60):02d}",
    "clock 6": lambda i, d: f"{d.randrange(24):02d}{d.randrange(60):02d}{d.randrange(60):02d}",
    "clock dummy": lambda i, d: f"1899-12-30T{d.randrange(24):02d}:{d.randrange(60):02d}:10",
    "clock ap": lambda i, d: f"{d.randrange(1, 13)}:{d.randrange(60):02d}{d.choice('ap')}",
    "sex": lambda i, d: d.choice("MF"),
    "sex word": lambda i, d: d.choice(["Male", "Female", "Unknown"]),
    "sex code": lambda i, d: d.choice("01"),
    "race": lambda i, d: d.choice("WBIAHU"),
    "race word": lambda i, d: d.choice(["White", "Black", "White,Black", "American Indian/Alaskan Native"]),
    "hispanic": lambda i, d: d.choice(["Hispanic", "Not Hispanic", "Not Specified", "Unknown"]),
    "h/n": lambda i, d: d.choice("HNU"),
    "age": lambda i, d: str(d.randrange(18, 80)),
    "age float": lambda i, d: f"{d.randrange(18, 80)}.0",
    "ssn": lambda i, d: f"{d.randrange(100, 700)}-{d.randrange(10, 99)}-{d.randrange(1000, 9999)}",
    "last4": lambda i, d: f"{d.randrange(10000):04d}",
    "address": lambda i, d: f"{d.randrange(1, 9999)} {d.choice(STREETS)}" if d.random() > 0.1 else "HOMELESS",
    "block": lambda i, d: f"{d.randrange(1, 40)}XX {d.choice(STREETS)}",
    "house": lambda i, d: str(d.randrange(1, 9999)),
    "street": lambda i, d: d.choice(STREETS),
    "apt": lambda i, d: d.choice(["", "", "A", "2B", "APT 4"]),
    "city": lambda i, d: d.choice(TOWNS),
    "state": lambda i, d: d.choice(["MO", "MO", "KS"]),
    "zip": lambda i, d: f"65{d.randrange(1000):03d}",
    "phone": lambda i, d: f"(573) 555-{d.randrange(10000):04d}",
    "key": lambda i, d: f"{2024}-{i:06d}",
    "number": lambda i, d: str(100_000 + i),
    "person": lambda i, d: str(50_000 + d.randrange(400)),
    "person code": lambda i, d: f"P{d.randrange(400):05d}",
    "hash": lambda i, d: f"{d.getrandbits(64):016X}",
    "statute": lambda i, d: f"{d.randrange(100, 900)}.{d.randrange(10, 99)}",
    "charge": lambda i, d: d.choice(["TRESPASS 1ST DEGREE", "DWI", "FTA", "ASSAULT 3RD", "POSS CONT SUBST"]),
    "level": lambda i, d: d.choice(["F", "M", "I"]),
    "level word": lambda i, d: d.choice(["Felony", "Misdemeanor A", "Infraction"]),
    "one two": lambda i, d: str(d.randrange(1, 4)),
    "money": lambda i, d: f"{d.randrange(0, 9000)}.0",
    "agency": lambda i, d: d.choice(["PCSO", "PINE PD", "MSHP"]),
    "bond out": lambda i, d: d.choice(["BOND", "TIME SERVED", "ROR", "TRANSFER"]),
    "booking type": lambda i, d: d.choice(["NEW", "WARRANT", "HOLD", "WEEKENDER"]),
    "call type": lambda i, d: d.choice(["WELFARE CHECK", "DISTURBANCE", "MENTAL SUBJECT", "SICK PERSON"]),
    "call code": lambda i, d: d.choice(["ACCP", "WC", "DIST", "911H"]),
    "cleared": lambda i, d: d.choice(["RPT", "ARR", "GOA", "NRP"]),
    "role": lambda i, d: d.choice(["SUBJECT", "RP", "VICTIM", "WITNESS"]),
    "facility": lambda i, d: d.choice(["MAIN JAIL", "ANNEX"]),
    "hospital": lambda i, d: d.choice(["MERCY", "REGIONAL MED CTR"]),
    "project": lambda i, d: d.choice(["Hope House ES", "Pine RRH", "Open Door"]),
    "y/n": lambda i, d: d.choice("YN"),
    "0/1": lambda i, d: d.choice(["0", "1", "99"]),
    "living": lambda i, d: d.choice(["101", "116", "302", "435"]),
    "dx": lambda i, d: d.choice(["F10.129", "R45.851", "S09.90XA"]),
    "complaint": lambda i, d: d.choice(["Chest pain", "Alcohol intoxication", "Suicidal ideation"]),
    "text": lambda i, d: d.choice(["seen by deputy at lobby", "no further action taken", ""]),
    "small": lambda i, d: str(d.randrange(0, 5)),
    "lat": lambda i, d: f"{38 + d.random():.6f}",
    "long": lambda i, d: f"-{92 + d.random():.6f}",
    "fbi": lambda i, d: f"{d.randrange(10**6, 10**7)}FB{d.randrange(9)}",
    "blank": lambda i, d: "",
    "height": lambda i, d: str(d.randrange(500, 610)),
    "eyes": lambda i, d: d.choice(["BRO", "BLU", "GRN"]),
    "officer": lambda i, d: f"DEP {d.choice(SURNAMES)}",
    "year": lambda i, d: str(d.randrange(1950, 2005)),
}


def _columns(text: str) -> list[tuple[str, str | None, str]]:
    """`Heading = field : writing` one a line; a dash for a field that is not needed."""
    found: list[tuple[str, str | None, str]] = []
    for line in text.strip().splitlines():
        heading, _, rest = line.strip().partition(" = ")
        field, _, what = rest.partition(" : ")
        found.append((heading, None if field == "-" else field, what))
    return found


def layout(name: str, file: str, kind: str, text: str, *banner: str) -> Layout:
    """A layout from its lines."""
    return Layout(name, file, kind, _columns(text), banner)


def table(one: Layout, rows: int, seed: int = 1) -> list[list[str]]:
    """The layout's headings and rows of made-up values."""
    dice = random.Random(f"{one.name} {seed}")
    return [
        [heading for heading, _, _ in one.columns],
        *([cells(what, i, dice) for _, _, what in one.columns] for i in range(rows)),
    ]
