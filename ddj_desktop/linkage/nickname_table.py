"""Which given names are forms of one name: the `nicknames` package's table, and our own of Spanish forms."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

import numpy as np
from nicknames import NickNamer

from ddj_desktop.linkage.standardise_names import fold
from ddj_desktop.linkage.types import Coded, NicknamePairs

MOST_FORMAL = 3
"""Formal names kept for blocking; a short form such as AL stands for many, and the commonest pass finds the rest."""


@cache
def formal_names() -> dict[str, frozenset[str]]:
    """Short form to the formal names it may stand for, both folded to capitals without accents."""
    found: dict[str, set[str]] = {}
    for formal, shorts in NickNamer().nickname_lookup.items():
        for short in shorts:
            found.setdefault(fold(short), set()).add(fold(formal))
    text = files("ddj_desktop.linkage").joinpath("data", "spanish_nicknames.csv").read_text("utf-8")
    for row in csv.DictReader(StringIO(text)):
        found.setdefault(fold(row["short"]), set()).add(fold(row["name"]))
    return {short: frozenset(names) for short, names in found.items()}


@cache
def _listed() -> frozenset[str]:
    return frozenset(formal_names()) | frozenset().union(*formal_names().values())


def has_forms(name: str) -> bool:
    """True for a name that the table holds, short or formal."""
    return name in _listed()


def forms_of(name: str) -> frozenset[str]:
    """The formal names a name may stand for, itself among them."""
    return formal_names().get(name, frozenset()) | {name}


def nickname_pairs(words: list[str]) -> NicknamePairs:
    """Every pair of the vocabulary that shares a formal name."""
    holders: dict[str, list[int]] = {}
    for code, word in enumerate(words):
        for formal in forms_of(word) if has_forms(word) else ():
            holders.setdefault(formal, []).append(code)
    size = max(len(words), 1)
    keys = {low * size + high for codes in holders.values() for i, low in enumerate(codes) for high in codes[i + 1 :]}
    return NicknamePairs(np.array(sorted(keys), np.int64), size)


def formal_columns(given: Coded) -> tuple[Coded, ...]:
    """For blocking: the name itself, and up to three formal names it may stand for, one column each."""
    vocabulary: dict[str, int] = {word: code for code, word in enumerate(given.words)}
    table = np.full((len(given.words) + 1, MOST_FORMAL + 1), -1, np.int64)
    for code, word in enumerate(given.words):
        others = sorted(formal_names().get(word, frozenset()) - {word})[:MOST_FORMAL]
        for at, name in enumerate([word, *others]):
            table[code, at] = vocabulary.setdefault(name, len(vocabulary))
    words = list(vocabulary)
    return tuple(Coded(table[given.codes, at], words) for at in range(MOST_FORMAL + 1))
