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
    "later iso moment": lambda i, d: _moment(d).isoformat(" ", "seconds") if d.random() > 0.15 else "",
    "later ampm": lambda i, d: _moment(d).strftime("%m/%d/%Y %I:%M:%S %p") if d.random() > 0.15 else "",
    "later 8": lambda i, d: _day(d, 2025).strftime("%Y%m%d") if d.random() > 0.15 else "",
    "initial": lambda i, d: d.choice(["A", "J", "R", "L", "", ""]),
    "custody": lambda i, d: d.choice(["MIN", "MED", "MAX", "UNCL"]),
    "cell": lambda i, d: f"{d.choice('ABC')}-{d.randrange(101, 120)}",
    "court name": lambda i, d: d.choice(["DISTRICT COURT", "CIRCUIT CT DIV II", "MUNI COURT", "US MARSHAL"]),
    "out code": lambda i, d: d.choice(["SB", "ROR", "TS", "CO", "DOC", ""]),
    "commit no": lambda i, d: f"C24-{i:06d}",
    "sex/race": lambda i, d: f"{d.choice('MF')}/{d.choice('WBHA')}",
    "race/sex/age": lambda i, d: f"{d.choice('WBHA')}/{d.choice('MF')}/{d.randrange(18, 80)}",
    "age/sex": lambda i, d: f"{d.randrange(18, 90)}/{d.choice('MF')}",
    "out pa": lambda i, d: d.choice(["BAIL POSTED", "TIME SERVED", "COURT ORDER", "TRANSFER OTHER COUNTY", ""]),
    "grade": lambda i, d: d.choice(["M1", "M2", "F3", "S", "F1"]),
    "otn": lambda i, d: f"T {d.randrange(100000, 999999)}-{d.randrange(10)}",
    "sid": lambda i, d: f"{d.randrange(100, 499)}-{d.randrange(10, 99)}-{d.randrange(10, 99)}-{d.randrange(10)}",
    "fl booking": lambda i, d: f"PCSO24JBN{i:06d}",
    "mni": lambda i, d: f"PCSO{d.randrange(90, 99)}MNI{d.randrange(400):06d}",
    "rims no": lambda i, d: f"24{d.randrange(1, 13):02d}{d.randrange(1, 29):02d}-{i:04d}",
    "place name": lambda i, d: d.choice(["WALMART", "COUNTY JAIL", "SHELL STATION", "", ""]),
    "unit": lambda i, d: d.choice(["P12", "S4", "M1", "E21", "3P7"]),
    "beat": lambda i, d: d.choice(["N1", "S2", "COUNTY", "E"]),
    "case no or blank": lambda i, d: f"24-{i:05d}" if d.random() > 0.7 else "",
    "mark43": lambda i, d: f"2024-{i:08d}",
    "priority": lambda i, d: d.choice(["P1", "P2", "P3"]),
    "agency code": lambda i, d: d.choice(["PCSO", "PNPD", "PCFD", "EMS"]),
    "full location": lambda i, d: (
        f"{d.randrange(1, 9999)} {d.choice(STREETS)}, {d.choice(TOWNS)}, MO 65{d.randrange(1000):03d}"
    ),
    "dispos": lambda i, d: d.choice(["Report Taken", "No Report", "Arrest", "Unfounded", "Report Taken; Arrest"]),
    "true false": lambda i, d: d.choice(["TRUE", "FALSE"]),
    "ems outcome": lambda i, d: d.choice(["Transported", "Patient Refusal", "Treated, No Transport", "Cancelled"]),
    "scene or facility": lambda i, d: d.choice(["Scene", "Pine Manor Nursing Home", "County Jail", "412 MAIN ST"]),
    "dispatched as": lambda i, d: d.choice(["Sick Person", "Fall", "Chest Pain", "Psych/Abnormal Behavior"]),
    "impression": lambda i, d: d.choice(["Alcohol use", "Pain, Acute", "Behavioral", "No apparent illness"]),
    "hospital word": lambda i, d: d.choice(["Mercy Hospital", "Regional Med Ctr", "Pine County Hosp - ED"]),
    "patient class": lambda i, d: d.choice(["Emergency", "Inpatient", "Observation"]),
    "diagnoses": lambda i, d: d.choice(["F10.129 - Alcohol abuse w intox; R45.851", "R07.9 - Chest pain", "S09.90XA"]),
    "discharged to": lambda i, d: d.choice(
        ["Home or Self Care", "Left Against Medical Advice", "Psychiatric Hospital", ""]
    ),
    "provider": lambda i, d: f"{d.choice(SURNAMES).title()}, {d.choice(GIVEN).title()} MD",
    "gender word": lambda i, d: d.choice(["Male", "Female", "Man", "Woman", "Client doesn't know"]),
    "program": lambda i, d: d.choice(["Hope House - ES", "Salvation Army Warming Center", "Pine RRH 2024"]),
    "destination": lambda i, d: d.choice(
        ["Place not meant for habitation", "Staying with family, temporary", "Rental by client", ""]
    ),
    "yes no word": lambda i, d: d.choice(["Yes", "No", "Client refused"]),
    "bed type": lambda i, d: d.choice(["Facility-based", "Overflow", "Voucher"]),
    "form stamp": lambda i, d: "{0.month}/{0.day}/{0.year} {0.hour}:{0:%M:%S}".format(_moment(d)),
    "email": lambda i, d: f"{d.choice(GIVEN).lower()}@pinecounty.example",
    "short date": lambda i, d: "{0.month}/{0.day}/{0.year}".format(_day(d, 2024, 600)),
    "clock AM": lambda i, d: f"{d.randrange(1, 13)}:{d.randrange(60):02d}:00 {d.choice(['AM', 'PM'])}",
    "housing": lambda i, d: d.choice(["Housed", "Unsheltered", "In shelter", "Staying with friends", "Unknown"]),
    "encounter outcome": lambda i, d: d.choice(
        ["Resolved on scene", "Transported to ED", "Arrest", "Referred to CMHC"]
    ),
    "form call": lambda i, d: d.choice(["Welfare check", "Suicidal subject", "Disturbance", "Follow-up visit"]),
    "ucn": lambda i, d: f"{d.choice('MF')}{d.randrange(10):01d}{d.choice(GIVEN)[:2]}{d.randrange(400):06d}",
    "discharge reason": lambda i, d: d.choice(["Completed Treatment", "Left Against Advice", "Incarcerated", ""]),
    "substance": lambda i, d: d.choice(["Alcohol", "Methamphetamine", "Heroin", "Marijuana"]),
    "arrangement": lambda i, d: d.choice(
        ["Independent Living", "Homeless", "Dependent Living", "Controlled Environment"]
    ),
    "agency word": lambda i, d: d.choice(["Pine Valley Recovery", "Southeast CMHC"]),
    "clinic": lambda i, d: d.choice(["Main Street Outpatient", "Residential Unit", "Pine Detox"]),
    "court no": lambda i, d: f"CR-2024-{i:05d}",
    "style": lambda i, d: f"STATE OF KANSAS vs {d.choice(SURNAMES)}, {d.choice(GIVEN)}",
    "party type": lambda i, d: d.choice(["Defendant", "Defendant", "Defendant", "Plaintiff", "Attorney"]),
    "case type": lambda i, d: d.choice(["Criminal Felony", "Criminal Misdemeanor", "Traffic"]),
    "offense level": lambda i, d: d.choice(["Class A Misdemeanor", "Severity Level 9 Felony", "Infraction"]),
    "case status": lambda i, d: d.choice(["Open", "Closed", "Warrant", "Diversion"]),
    "judge": lambda i, d: f"Hon. {d.choice(GIVEN).title()} {d.choice(SURNAMES).title()}",
    "court dispo": lambda i, d: d.choice(["Guilty Plea", "Dismissed by Prosecutor", "Diversion", ""]),
    "offender id": lambda i, d: f"{d.randrange(400):07d}",
    "cause": lambda i, d: f"{d.randrange(20000, 26000)}-{d.choice('AB')}",
    "closure": lambda i, d: d.choice(["EXPIRED", "REVOKED", "EARLY TERM", "DEATH", ""]),
    "sup level": lambda i, d: d.choice(["LOW", "MODERATE", "HIGH", "ADMIN"]),
    "officer code": lambda i, d: d.choice(["JSMITH", "RLOPEZ", "KBROWN"]),
    "arrest no": lambda i, d: f"A24{i:05d}",
    "oca": lambda i, d: f"2024{i:06d}",
    "how arrested": lambda i, d: d.choice(["On-View", "Summoned/Cited", "Taken Into Custody"]),
    "ucr": lambda i, d: d.choice(["90Z", "13B", "23H", "90D"]),
    "employer": lambda i, d: d.choice(["UNEMPLOYED", "TYSON", "SELF", ""]),
    "mt account": lambda i, d: f"V000{100000 + i}",
    "mt unit": lambda i, d: f"M000{d.randrange(400):06d}",
    "mt status": lambda i, d: d.choice(["DEP ER", "ADM IN", "DIS IN", "REG ER"]),
    "reason": lambda i, d: d.choice(["CHEST PAIN", "ETOH", "SI", "FALL", "MED CLEARANCE"]),
    "fin class": lambda i, d: d.choice(["SP", "MCD", "MCR", "BC"]),
    "angel id": lambda i, d: str(48000 + i),
    "origin": lambda i, d: d.choice(["Scene: 412 Main St", "Pine Manor", "County Jail", "Residence"]),
    "ems level": lambda i, d: d.choice(["BLS", "ALS1", "ALS2", "BLS-E"]),
    "angel outcome": lambda i, d: d.choice(["Transported", "Refused care", "No patient found", "Cancelled en route"]),
    "cross": lambda i, d: f"{d.choice(STREETS)} / {d.choice(STREETS)}",
    "px dispo": lambda i, d: d.choice(["RPT - Report", "NR - No Report", "UTL - Unable to Locate"]),
    "iti no": lambda i, d: f"{d.randrange(24, 26)}-{i:04d}",
    "city state zip": lambda i, d: f"{d.choice(TOWNS)}, MO 65{d.randrange(1000):03d}",
    "mo class": lambda i, d: d.choice(["A MISD", "B MISD", "D FELONY", "E FELONY", "INFRACTION"]),
    "warrant": lambda i, d: f"24CR{d.randrange(99999):05d}" if d.random() > 0.6 else "",
    "hold for": lambda i, d: d.choice(["", "", "", "USMS", "BOONE CO"]),
    "reason out": lambda i, d: d.choice(["POSTED BOND", "24 HR HOLD EXPIRED", "TO DOC", "SUMMONS", ""]),
    "clarity uid": lambda i, d: f"{d.randrange(400):04X}{d.choice('ABCDEF')}9E2{d.choice('ABC')}",
    "service item": lambda i, d: d.choice(["Emergency Shelter - Overnight", "Overnight Bed (Overflow)"]),
    "bed label": lambda i, d: f"Bed {d.randrange(1, 30)}",
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
