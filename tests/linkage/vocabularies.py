"""Headings of sheets of people as makers of all kinds write them, with what each column holds.

`vocabularies.txt` has one vocabulary a line: its name, then `Heading=kind` for each column. A kind says what the values
are and with it which field the column is; kinds that are no field of a person must be left out (row numbers, event
dates, officers' names).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

FIELDS: Mapping[str, str] = {
    "key": "record_key", "full": "full_name", "words": "full_name", "first": "first_name", "middle": "middle_name",
    "mi": "middle_name", "last": "last_name", "last2": "second_last_name",
    "maiden": "other_last_name", "suffix": "suffix", "iso": "birth_date",
    "mdy": "birth_date", "dmy": "birth_date", "ymd8": "birth_date", "mdy8": "birth_date", "ddmmyyyy": "birth_date",
    "mon": "birth_date", "stamp": "birth_date", "y": "birth_year", "m": "birth_month", "d": "birth_day", "age": "age",
    "sex": "sex", "sexword": "sex", "ssn": "ssn", "ssn9": "ssn", "last4": "ssn_last4", "addr": "address",
    "house": "house_number", "street": "street", "city": "city",
    "birthtown": "birth_place", "occupation": "occupation", "zip": "zip", "uk": "zip", "phone": "phone",
    "email": "email", "source": "source",
}  # fmt: skip

TABLE = Path(__file__).with_name("vocabularies.txt")

EITHER = frozenset({"parentmail", "city2", "city3", "phone2", "lastinitial", "initials", "nok2"})
"""Kinds that may be taken or left out."""


def _listed(text: str) -> list[str]:
    return text.split()


_FIRST = _listed(
    "Amos Bella Clyde Dora Edwin Fern Galen Hope Ivan June Karl Lena Miles Nora Otis Pearl Quinn Rhea Saul Tess"
)
_LAST = _listed("Abernathy Birdwell Calloway Dunmore Eastman Fairbanks Gallegos Hightower Iverson Jankowski Kettering")
_TOWNS = _listed("Marlow Eastbend Cutler Rosedale Hadley")


class Person:
    """One made-up person, from whom every kind of cell can be written."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.first, self.middle = chance.choice(_FIRST), chance.choice(_FIRST)
        self.last, self.last2 = chance.choice(_LAST), chance.choice(_LAST)
        self.born = date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))
        self.ssn = f"{chance.randrange(100, 665)}-{chance.randrange(10, 99)}-{chance.randrange(1001, 9998)}"
        self.number = chance.randrange(10_000, 99_999)
        self.house, self.street = str(chance.randrange(100, 9999)), f"{chance.choice(_LAST)} St"
        self.sex, self.town = chance.choice("MF"), chance.choice(_TOWNS)

    def cell(self, kind: str, row: int) -> str:
        """What a column of a kind says of the person; event kinds differ by row."""
        chance, born = self.chance, self.born
        event = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        makers: dict[str, Callable[[], str]] = {
            "row": lambda: f"{2024_0000 + row}", "key": lambda: f"{self.number}", "first": lambda: self.first,
            "full": lambda: f"{self.last.upper()}, {self.first.upper()} {self.middle[0]}",
            "words": lambda: f"{self.first} {self.last}", "middle": lambda: self.middle, "mi": lambda: self.middle[0],
            "last": lambda: self.last, "last2": lambda: self.last2, "blank": lambda: "",
            "suffix": lambda: chance.choice(["", "", "", "", "Jr", "Sr", "III"]), "iso": born.isoformat,
            "mdy": lambda: f"{born:%m/%d/%Y}", "dmy": lambda: f"{born:%d/%m/%Y}", "ymd8": lambda: f"{born:%Y%m%d}",
            "mdy8": lambda: f"{born:%m%d%Y}", "mon": lambda: f"{born:%d-%b-%Y}",
            "stamp": lambda: f"{born.isoformat()} 00:00:00", "y": lambda: str(born.year), "m": lambda: str(born.month),
            "d": lambda: str(born.day), "age": lambda: str(2025 - born.year), "sex": lambda: self.sex,
            "sexword": lambda: {"M": "Male", "F": "Female"}[self.sex], "ssn": lambda: self.ssn,
            "ssn9": lambda: self.ssn.replace("-", ""), "last4": lambda: self.ssn[-4:],
            "addr": lambda: f"{self.house} {self.street}", "house": lambda: self.house, "street": lambda: self.street,
            "unit": lambda: chance.choice(["", "", "Apt 4", "12"]), "city": lambda: self.town, "state": lambda: "KS",
            "zip": lambda: f"67{_TOWNS.index(self.town)}14", "uk": lambda: f"TQ{row % 9} {row % 7}AB",
            "phone": lambda: f"620-555-{self.number % 10000:04d}", "email": lambda: f"{self.first.lower()}@pine.net",
            "source": lambda: chance.choice(["census", "survey", "w2"]), "event": lambda: f"{event:%m/%d/%Y}",
            "event address": lambda: f"{chance.randrange(100, 900)} Main St",
            "amount": lambda: f"{chance.random() * 900:.2f}", "count": lambda: str(chance.randrange(1, 6)),
            "job": lambda: chance.choice(["welder", "clerk", "cook", "driver"]),
            "race": lambda: chance.choice(["W", "B", "H"]), "charge": lambda: chance.choice(["DUI", "THEFT", "FTA"]),
            "agency": lambda: chance.choice(["PCSO", "Pine PD", "Mercy EMS"]),
            "code": lambda: chance.choice(["1", "2", "9"]), "title": lambda: chance.choice(["Mr", "Ms", "Dr"]),
            "nok": lambda: f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        }  # fmt: skip
        makers |= {"city2": makers["city"], "birthtown": makers["city"],
                   "occupation": makers["job"], "city3": lambda: f"{self.town}, KS", "phone2": makers["phone"],
                   "initials": lambda: self.first[0] + self.last[0], "lastinitial": lambda: self.last[0],
                   "alias": lambda: chance.choice(_FIRST),
                   "maiden": lambda: chance.choice(_LAST),
                   "parentmail": makers["email"], "nok2": lambda: chance.choice(_LAST)}  # fmt: skip
        return makers[kind]()


def vocabularies() -> dict[str, list[tuple[str, str]]]:
    """By name, each column's heading and kind."""
    out = {}
    for line in TABLE.read_text("utf-8").splitlines():
        name, mark, columns = line.partition(" | ")
        if mark:
            out[name] = [(heading, kind) for heading, _, kind in (pair.rpartition("=") for pair in columns.split("; "))]
    return out


def sheet_lines(columns: list[tuple[str, str]], seed: int, people: int = 60) -> list[list[str]]:
    """Rows of such a sheet below its headings: most people once, some twice."""
    chance = random.Random(seed)
    crowd = [Person(chance) for _ in range(people)]
    rows = crowd + crowd[: people // 3]
    return [[person.cell(kind, at) for _, kind in columns] for at, person in enumerate(rows)]
