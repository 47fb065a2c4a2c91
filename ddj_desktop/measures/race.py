"""Race and ethnicity: each source's own code to the groups a county reports, by a crosswalk shipped with the program.

Limits, to be said wherever a table by race is printed: the code is what the source wrote, often what an officer saw;
sources that know no code for Hispanic, Middle Eastern or Pacific Islander can not report them; codes that systems use
for different things (C, K, L, N, P: domain research 5.3) are 'Unclear' until the county says what they mean. Race is
never inferred from a name.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

NOT_RECORDED = "Not recorded"
UNCLEAR = "Unclear code"
HISPANIC = "Hispanic or Latino"
MORE_THAN_ONE = "More than one"
GROUPS = (
    "American Indian or Alaska Native", "Asian", "Asian or Pacific Islander", "Black or African American", HISPANIC,
    "Middle Eastern or North African", "Native Hawaiian or Pacific Islander", "White", MORE_THAN_ONE, "Other",
    UNCLEAR, NOT_RECORDED,
)  # fmt: skip
"""Groups of SPD-15 (2024), with what older codes leave undivided. In the order they are printed."""


def group(source_kind: str, race: str, ethnicity: str) -> str:
    """The group one source's codes mean. One question is assumed (SPD-15, 2024): Hispanic ethnicity goes first."""
    if _one(source_kind, ethnicity, "ethnicity") == HISPANIC:
        return HISPANIC
    parts = [part for part in re.split(r"[;|/,&+]| AND ", race.upper()) if part.strip()]
    whole = _one(source_kind, race, "race")
    if whole != UNCLEAR or len(parts) < 2:
        return whole
    found = {_one(source_kind, part, "race") for part in parts} - {NOT_RECORDED}
    if HISPANIC in found:
        return HISPANIC
    return found.pop() if len(found) == 1 else MORE_THAN_ONE if found - {UNCLEAR} else UNCLEAR


def _one(source_kind: str, code: str, column: str) -> str:
    plain = re.sub(r"[^A-Z0-9]+", " ", code.upper()).strip()
    if not plain:
        return NOT_RECORDED
    table = _crosswalk()
    return table.get((column, source_kind, plain)) or table.get((column, "", plain)) or UNCLEAR


@cache
def _crosswalk() -> dict[tuple[str, str, str], str]:
    """(column, source kind or '' for any, code) to group."""
    text = files("ddj_desktop.measures").joinpath("data", "race.csv").read_text("utf-8")
    return {(row["column"], row["source_kind"], row["code"]): row["group"] for row in csv.DictReader(text.splitlines())}
