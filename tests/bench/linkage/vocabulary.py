"""Names, streets and towns for the made-up sets, drawn whole columns at a time with the skew of public name counts.

The heads of the lists are those of the made-up county (they ship with the project); behind them stands a long tail of
surnames put together from parts, so that a million records do not share two thousand surnames.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import product

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.object_]
Numbers = NDArray[np.int64]
Draw = np.random.Generator
TAIL_SHARE = 0.3
"""Share of people outside the listed surnames (in US counts the first 1,300 cover about six in ten)."""


def listed(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


_FRONT = listed(
    "Ab Al An Ar Bal Bar Ben Ber Bis Bo Bran Bren Bur Cal Car Chal Clar Col Cor Cran Dal Dan Dar Del Dor Dru Ed El Em "
    "Er Fal Fen Fer Fin Fos Gal Gar Ger Gil Gran Gru Hal Han Har Hel Her Hol Hum In Jas Jen Ka Kel Ker Kin Kra Lan "
    "Lar Len Lin Lo Lun Mal Mar Mel Mer Mil Mo Nel Nor Ol Or Os Pal Par Pen Per Pol Pru Quil Ral Ran Ren Ril Ro Sal "
    "San Sel Ser Sin Sto Stu Tal Tan Ter Tor Tru Ul Val Ver Vin Wal War Wel Wes Win Wy Yar Zel"
)
_MIDDLE = listed("a e i o u ba be da der di ga gen ka ke la li lo ma me na ne pa ra ri sa se ta te va we")
_END = listed(
    "berg born bridge brook burn by combe croft dale den dorf feld field ford gate ger ham hart holt horst hurst kamp "
    "ker land ler ley lin low man mann mar mer mond more ner ney nick sen shaw ski son stad stein stock stone strom "
    "ton vick wall ward way well wick wood worth zak"
)
STREETS = listed(
    "Main Oak Elm Cedar Walnut Maple Pine Birch Locust Chestnut Poplar Willow Hickory Spruce Aspen Cherry Mulberry "
    "Sycamore Juniper Laurel Washington Adams Jefferson Madison Monroe Jackson Lincoln Grant Garfield Cleveland "
    "Harrison McKinley Roosevelt Wilson Kennedy Park Lake River Hill Church School College Court Market Mill "
    "Spring Prairie Meadow Ridge Valley Sunset Highland Railroad Depot Cottonwood Buffalo SantaFe Chisholm Cheyenne "
    "Pawnee Kiowa Osage Delaware Kansas Nebraska Broadway Central Grand Union Liberty Franklin Webster Douglas "
    "Sherman Sheridan Custer Fremont Carson Boone Crockett Houston Austin"
)
KINDS = ("St", "Ave", "Rd", "Dr", "Ln", "Ct", "Blvd", "Pl")
LONG_KINDS = ("Street", "Avenue", "Road", "Drive", "Lane", "Court", "Boulevard", "Place")
TOWNS = listed("Pinehurst Marlow Eastbend Cutler Rosedale Hadley Norwood Fairmont Sedgefield Alton Brewster Colby")


def words(values: list[str]) -> Words:
    """A column of text."""
    return np.array(values, dtype=object)


def drawn(values: list[str], weights: list[float], size: int, draw: Draw) -> Words:
    """So many of the values, each as often as its weight says."""
    sums = np.cumsum(weights)
    at = np.searchsorted(sums, draw.random(size) * sums[-1])
    return words(values)[np.minimum(at, len(values) - 1)]


@cache
def _table(name: str) -> list[dict[str, str]]:
    text = files("ddj_desktop.workflow.demo").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _tail() -> list[str]:
    """About forty thousand surnames of parts, in an order that mixes them, always the same."""
    made = ["".join(parts) for parts in product(_FRONT, _END)]
    made += ["".join(parts) for parts in product(_FRONT, _MIDDLE, _END[::3])]
    order = np.random.default_rng(1990).permutation(len(made))
    return [made[at] for at in order.tolist()]


def surnames(hispanic: NDArray[np.bool_], draw: Draw) -> Words:
    """One surname for each person."""
    out = np.empty(len(hispanic), dtype=object)
    for group in ("general", "hispanic"):
        at = np.flatnonzero(hispanic == (group == "hispanic"))
        rows = [(row["name"], float(row["weight"])) for row in _table("surnames.csv") if row["group"] == group]
        out[at] = drawn([name for name, _ in rows], [weight for _, weight in rows], len(at), draw)
    rare = np.flatnonzero((draw.random(len(hispanic)) < TAIL_SHARE) & ~hispanic)
    tail = _tail()
    out[rare] = drawn(tail, (1.0 / (np.arange(len(tail)) + 60.0)).tolist(), len(rare), draw)
    return out


def given_names(male: NDArray[np.bool_], hispanic: NDArray[np.bool_], born: Numbers, draw: Draw) -> Words:
    """One given name for each person, in use for the sex and group in the year of birth."""
    year = np.clip(born, 1925, 2012) // 6 * 6 + 2
    out = np.empty(len(male), dtype=object)
    for sex, group in product("MF", ("general", "hispanic")):
        table = [row for row in _table("given_names.csv") if row["sex"] == sex and row["group"] == group]
        mine = (male == (sex == "M")) & (hispanic == (group == "hispanic"))
        for about in np.unique(year[mine]).tolist():
            at = np.flatnonzero(mine & (year == about))
            near = [row for row in table if int(row["born_from"]) <= about <= int(row["born_to"])] or table
            names, weights = [row["name"] for row in near], [float(row["weight"]) for row in near]
            out[at] = drawn(names, weights, len(at), draw)
    return out


@cache
def usual_names() -> dict[str, list[str]]:
    """What bearers of a given name are called in daily life."""
    called: dict[str, list[str]] = defaultdict(list)
    for row in _table("usual_names.csv"):
        called[row["name"]].append(row["usual"])
    return dict(called)


def streets(size: int, draw: Draw) -> Words:
    """So many home addresses: a number, now and then a direction, a street and its kind, now and then a unit."""
    number = draw.integers(100, 9900, size)
    side = draw.choice(np.array(["", "", "", "N ", "S ", "E ", "W "], dtype=object), size)
    name = drawn(STREETS, (1.0 / (np.arange(len(STREETS)) + 12.0)).tolist(), size, draw)
    numbered = draw.random(size) < 0.2
    name[numbered] = words([f"{n}th" for n in range(20, 100)])[draw.integers(0, 80, int(numbered.sum()))]
    kind = words(list(KINDS))[draw.integers(0, len(KINDS), size)]
    unit = np.where(draw.random(size) < 0.12, draw.integers(1, 40, size), 0)
    rows = zip(number.tolist(), side.tolist(), name.tolist(), kind.tolist(), unit.tolist(), strict=True)
    return words([f"{n} {s}{w} {k}" + (f" Apt {u}" if u else "") for n, s, w, k, u in rows])
