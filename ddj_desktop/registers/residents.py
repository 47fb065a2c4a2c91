"""How many people live in the county, by group: the base of rates of first contact, typed or read from a census file.

Groups are those of SPD-15 (2024) in one question: Hispanic people of any race are Hispanic, everybody else is of their
race alone, or of more than one. The census counts nobody as Middle Eastern or North African yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ddj_desktop.kernel import clock
from ddj_desktop.registers.crosswalks import MEANINGS
from ddj_desktop.registers.errors import BadResidents, NotAPopulationSheet
from ddj_desktop.store.lane import Lane

GROUPS = ("aian", "asian", "api", "black", "hispanic", "mena", "nhpi", "white", "multiracial", "other")
_CODES = {
    "B03002": {"012": "hispanic", "003": "white", "004": "black", "005": "aian", "006": "asian", "007": "nhpi",
               "008": "other", "009": "multiracial"},
    "P2": {"002": "hispanic", "005": "white", "006": "black", "007": "aian", "008": "asian", "009": "nhpi",
           "010": "other", "011": "multiracial"},
    "P9": {"002": "hispanic", "005": "white", "006": "black", "007": "aian", "008": "asian", "009": "nhpi",
           "010": "other", "011": "multiracial"},
}  # fmt: skip
"""Census tables of Hispanic origin by race: American Community Survey B03002, and P2 and P9 of the 2020 census."""
_CODE = re.compile(r"^(B03002|P2|P9)_?(\d{3})(?:E|N)?$")
_WORDS = (
    ("multiracial", r"two or more|more than one|multirac|multiple"), ("nhpi", r"hawaiian|nhpi|^pacific"),
    ("api", r"asian.*pacific"), ("aian", r"american indian|alaska|aian|native american"), ("asian", r"^asian"),
    ("black", r"black|african american"), ("mena", r"middle east|north africa|mena"),
    ("white", r"^white|caucasian"), ("other", r"^other|some other"), ("hispanic", r"^hispanic|latin"),
)  # fmt: skip
_TOTALS = re.compile(r"^(?:total|not hispanic|population of one race)|margin of error|two races (?:in|ex)cluding")


@dataclass(frozen=True)
class Residents:
    """The people of one group."""

    race: str
    people: int
    year: int
    source: str
    stated_by: str
    stated_at: datetime


def set_residents(lane: Lane, people: dict[str, int], year: int, source: str, stated_by: str) -> None:
    """Keep the county's residents by group, instead of what was kept before. Raises BadResidents."""
    unknown = sorted(set(people) - set(GROUPS))
    if unknown:
        raise BadResidents(why=f"there is no group {', '.join(unknown)}")
    if not people or not all(0 <= count < 10**8 for count in people.values()) or not sum(people.values()):
        raise BadResidents(why="each group needs a number of people from 0 up, and one of them more than 0")
    if not 1990 <= year <= 2200:
        raise BadResidents(why=f"{year} is no year it could be of")
    if not source.strip():
        raise BadResidents(why="it does not say where the numbers are from")
    lane.run("DELETE FROM residents")
    for race in GROUPS:
        if race in people:
            lane.run(
                "INSERT INTO residents VALUES ($race, $people, $year, $source, $by, $at)",
                race=race, people=people[race], year=year, source=source.strip(), by=stated_by, at=clock.now(),
            )  # fmt: skip


def all_residents(lane: Lane) -> list[Residents]:
    """What is kept, in the order of GROUPS; empty where nothing was entered."""
    found = {row[0]: Residents(*row) for row in lane.rows(
        "SELECT race, people, year, source, stated_by, stated_at FROM residents")}  # fmt: skip
    return [found[race] for race in GROUPS if race in found]


def read_residents(lines: Sequence[Sequence[str]]) -> dict[str, int]:
    """Residents by group from a sheet: a census export with a column for each group, or one with a row for each.

    `lines` are cells as text. Raises NotAPopulationSheet where neither is found, or a group stands twice.
    """
    found = _by_column(lines) or _by_row(lines)
    if not found or not sum(found.values()):
        raise NotAPopulationSheet
    return found


def _by_column(lines: Sequence[Sequence[str]]) -> dict[str, int]:
    """A census download: one column a group under its code, the county in the last line."""
    for at, line in enumerate(lines):
        codes = {c: match for c, cell in enumerate(line) if (match := _CODE.match(cell.strip().upper()))}
        if len(codes) >= 5:
            for row in reversed(lines[at + 1 :]):
                values = {c: _number(row[c]) for c in codes if c < len(row)}
                if values and all(value is not None for value in values.values()):
                    return {
                        race: int(values[c] or 0) for c, m in codes.items()
                        if c in values and (race := _CODES[m[1]].get(m[2])) is not None
                    }  # fmt: skip
    return {}


def _by_row(lines: Sequence[Sequence[str]]) -> dict[str, int]:
    """A sheet for people: the group's words or name, then its number. Rows under 'Hispanic' are not counted again."""
    found: dict[str, int] = {}
    inside_hispanic, unknown = False, []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line if cell.strip()]
        words = re.sub(r"[^a-z ]+", " ", cells[0].lower()).strip() if cells else ""
        count = next((value for cell in cells[1:] if (value := _number(cell)) is not None), None)
        if count is None or _TOTALS.search(words):
            inside_hispanic = inside_hispanic and not words.startswith("not hispanic")
            continue
        race = cells[0].lower() if cells[0].lower() in GROUPS else _race(words)
        if inside_hispanic and race != "hispanic":
            continue
        if race is None:
            unknown.append(number)
            continue
        if race in found:
            raise NotAPopulationSheet
        found[race] = count
        inside_hispanic = race == "hispanic" and line[0].startswith((" ", "\xa0"))
    if found and unknown:
        raise BadResidents(why=f"line {unknown[0]} of the sheet has a number and no group that is known")
    return found


def _race(words: str) -> str | None:
    return next((race for race, pattern in _WORDS if re.search(pattern, words)), None)


def _number(text: str) -> int | None:
    plain = text.strip().replace(",", "").removesuffix(".0")
    return int(plain) if plain.isdigit() else None


def in_words(race: str) -> str:
    """A group's words: `American Indian or Alaska Native`."""
    return MEANINGS["race"][race]
