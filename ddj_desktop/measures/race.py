"""Race and ethnicity: what each source's own codes mean, by the county's decisions, else by a table the program ships.

Limits, to be said wherever a table by race is printed: the code is what the source wrote, often what an officer saw;
sources that know no code for Hispanic, Middle Eastern or Pacific Islander can not report them; codes that systems use
for different things (C, K, L, N, P: domain research 5.3) are 'Unclear' until the county says what they mean. Race is
never inferred from a name.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from ddj_desktop.registers.crosswalks import all_meanings, as_code
from ddj_desktop.store.lane import Lane
from ddj_desktop.store.sql import sql

NOT_RECORDED = "Not recorded"
UNCLEAR = "Unclear code"
AIAN, ASIAN, ASIAN_OR_PACIFIC = "American Indian or Alaska Native", "Asian", "Asian or Pacific Islander"
HISPANIC = "Hispanic or Latino"
MIDDLE_EASTERN, PACIFIC, WHITE = "Middle Eastern or North African", "Native Hawaiian or Pacific Islander", "White"
MORE_THAN_ONE = "More than one"
DISAGREE = "Systems disagree"
GROUPS = (
    AIAN, ASIAN, ASIAN_OR_PACIFIC, "Black or African American", HISPANIC, MIDDLE_EASTERN, PACIFIC, WHITE,
    MORE_THAN_ONE, "Other", DISAGREE, UNCLEAR, NOT_RECORDED,
)  # fmt: skip
"""Groups of SPD-15 (2024), with what older codes leave undivided. In the order they are printed."""
OF_MEANING = {
    "aian": AIAN, "asian": ASIAN, "api": ASIAN_OR_PACIFIC, "black": "Black or African American",
    "hispanic": HISPANIC, "mena": MIDDLE_EASTERN, "nhpi": PACIFIC, "white": WHITE, "multiracial": MORE_THAN_ONE,
    "other": "Other", "unknown": NOT_RECORDED, "refused": NOT_RECORDED, "not_asked": NOT_RECORDED,
}  # fmt: skip
"""A name of the county's crosswalk (registers) to the group it is counted in."""
MEANING_OF = {group: name for name, group in OF_MEANING.items() if group != NOT_RECORDED}
NOT_HISPANIC = "Not Hispanic or Latino"
_DENIES = re.compile(r"^(?:N|NH|NO|0|NON? ?-?HISP.*|NOT (?:OF )?HISP.*)$")


@dataclass(frozen=True)
class Code:
    """One combination of codes as a source writes it, and what it means."""

    source_id: int
    race: str
    """As written, in capitals; '' where it wrote nothing."""
    ethnicity: str
    records: int
    last_seen: date | None
    meanings: frozenset[str]
    """Groups the race code names; empty where it names none."""
    hispanic: bool | None
    """What the ethnicity (or the race code) says; None where neither says."""

    @property
    def group(self) -> str:
        """The group of SPD-15 (2024). One question is assumed: Hispanic goes first."""
        return HISPANIC if self.hispanic else joined(self.meanings)

    @property
    def every_group(self) -> frozenset[str]:
        """Each group it names, alone or in combination."""
        return (self.meanings | ({HISPANIC} if self.hispanic else set())) - {NOT_RECORDED, UNCLEAR}

    @property
    def race_1997(self) -> str:
        """The race of SPD-15 (1997), whatever the ethnicity: asked apart from it, and Middle Eastern people White."""
        return joined(frozenset(WHITE if m == MIDDLE_EASTERN else m for m in self.meanings - {HISPANIC}))

    @property
    def ethnicity_1997(self) -> str:
        """The ethnicity of SPD-15 (1997)."""
        return NOT_RECORDED if self.hispanic is None else HISPANIC if self.hispanic else NOT_HISPANIC


def joined(meanings: frozenset[str]) -> str:
    """One group for everything a code names."""
    known = meanings - {NOT_RECORDED}
    if len(known) < 2:
        return next(iter(known), NOT_RECORDED)
    return MORE_THAN_ONE if known - {UNCLEAR} else UNCLEAR


def codes(lane: Lane) -> list[Code]:
    """Every combination of codes each source writes, with what it means under the crosswalk in force."""
    kinds: dict[int, str] = dict(lane.rows("SELECT source_id, kind FROM source"))
    decided = {(m.source_id, m.field, m.code): m.parts for m in all_meanings(lane)}
    found = []
    for source_id, race, ethnicity, records, last_seen in lane.rows(sql("measures", "race_codes")):
        by_race = decided.get((source_id, "race", as_code(race)))
        by_ethnicity = decided.get((source_id, "ethnicity", as_code(ethnicity)))
        meanings = frozenset(OF_MEANING[part] for part in by_race) if by_race else shipped(kinds[source_id], race)
        if by_ethnicity:
            hispanic = {"hispanic": True, "not_hispanic": False}.get(by_ethnicity[0])
        else:
            hispanic = shipped_ethnicity(kinds[source_id], ethnicity)
        hispanic = True if HISPANIC in meanings else hispanic
        found.append(Code(source_id, race, ethnicity, records, last_seen, meanings - {NOT_RECORDED}, hispanic))
    return found


def shipped(source_kind: str, race: str) -> frozenset[str]:
    """What a race code of a kind of source means by the shipped table; several where it names several."""
    parts = [part for part in re.split(r"[;|/,&+]| AND ", race.upper()) if part.strip()]
    whole = _one(source_kind, race, "race")
    if whole != UNCLEAR or len(parts) < 2:
        return frozenset({whole}) - {NOT_RECORDED}
    return frozenset(_one(source_kind, part, "race") for part in parts) - {NOT_RECORDED}


def shipped_ethnicity(source_kind: str, ethnicity: str) -> bool | None:
    """True for Hispanic, False where the code denies it, None where it says neither."""
    if _one(source_kind, ethnicity, "ethnicity") == HISPANIC:
        return True
    return False if _DENIES.match(_plain(ethnicity)) else None


def _plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]+", " ", code.upper()).strip()


def _one(source_kind: str, code: str, column: str) -> str:
    plain = _plain(code)
    if not plain:
        return NOT_RECORDED
    table = _crosswalk()
    return table.get((column, source_kind, plain)) or table.get((column, "", plain)) or UNCLEAR


@cache
def _crosswalk() -> dict[tuple[str, str, str], str]:
    """(column, source kind or '' for any, code) to group."""
    text = files("ddj_desktop.measures").joinpath("data", "race.csv").read_text("utf-8")
    return {(row["column"], row["source_kind"], row["code"]): row["group"] for row in csv.DictReader(text.splitlines())}
