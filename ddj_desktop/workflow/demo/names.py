"""Name tables of the made-up county, shaped like the public name counts of a rural county of the plains.

`surnames.csv` holds weights that follow the published shape of US surname counts (the first takes about 1 % of
people, the hundredth 0.1 %); Hispanic surnames are more concentrated, as they are in life. `given_names.csv` says in
which years of birth a name was in use. `usual_names.csv` holds what people are called, in English and in Spanish.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files

from ddj_desktop.workflow.demo.chance import Chance, Weighted

GENERAL, HISPANIC = "general", "hispanic"


def _rows(name: str) -> list[dict[str, str]]:
    text = files("ddj_desktop.workflow.demo").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def surnames(group: str) -> Weighted[str]:
    """The surnames of one group (general, hispanic) with their weights."""
    return Weighted.of([(row["name"], float(row["weight"])) for row in _rows("surnames.csv") if row["group"] == group])


@cache
def _given_rows() -> tuple[tuple[str, str, str, int, int, float], ...]:
    return tuple(
        (row["name"], row["sex"], row["group"], int(row["born_from"]), int(row["born_to"]), float(row["weight"]))
        for row in _rows("given_names.csv")
    )


@cache
def given_names(sex: str, group: str, born_year: int) -> Weighted[str]:
    """The given names in use for one sex and group in a year of birth; the nearest years where none were listed."""
    year = min(max(born_year, 1925), 2012)
    return Weighted.of(
        [
            (name, weight)
            for name, s, g, low, high, weight in _given_rows()
            if s == sex and g == group and low <= year <= high
        ]
    )


@cache
def usual_names() -> dict[str, tuple[str, ...]]:
    """What bearers of a given name are called in daily life."""
    called: dict[str, list[str]] = defaultdict(list)
    for row in _rows("usual_names.csv"):
        called[row["name"]].append(row["usual"])
    return {name: tuple(usual) for name, usual in called.items()}


def given(chance: Chance, sex: str, group: str, born_year: int) -> str:
    """One given name. A third of Hispanic residents born since 1985 carry an English one."""
    if group == HISPANIC and born_year >= 1985 and chance.yes(0.3):
        group = GENERAL
    return given_names(sex, group, born_year).draw(chance)


def middle(chance: Chance, sex: str, group: str, born_year: int, first: str) -> str:
    """A middle name, or none for one in eight."""
    if chance.yes(0.12):
        return ""
    name = given(chance, sex, group, born_year)
    return name if name != first else ""


def surname(chance: Chance, group: str) -> str:
    """One surname."""
    return surnames(group).draw(chance)
