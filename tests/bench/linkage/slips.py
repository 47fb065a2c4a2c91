"""Slips of pen, key and scanner, one text at a time, drawn from a seeded generator."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.bench.linkage.vocabulary import Draw, Words

_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SCANNED = {"0": "8", "1": "7", "2": "7", "3": "8", "4": "9", "5": "6", "6": "8", "7": "1", "8": "3", "9": "4"}
_HEARD = (("ph", "f"), ("ck", "k"), ("ey", "y"), ("ie", "y"), ("ei", "ie"), ("ll", "l"), ("tt", "t"), ("nn", "n"),
          ("c", "k"), ("s", "z"), ("th", "t"), ("y", "i"), ("ou", "u"), ("er", "ar"))  # fmt: skip


def typed(word: str, draw: Draw) -> str:
    """One slip of the keys: a letter left out, doubled, beside, or two changed over; never the first letter."""
    if len(word) < 3:
        return word
    at, kind = int(draw.integers(1, len(word))), int(draw.integers(0, 4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = _NEIGHBOURS.get(word[at].lower(), "e")
    return word[:at] + near[int(draw.integers(0, len(near)))] + word[at + 1 :]


def heard(word: str, draw: Draw) -> str:
    """Written by ear: one group of letters for another that sounds alike; a slip of the keys where none fits."""
    low = word.lower()
    fits = [(old, new) for old, new in _HEARD if old in low[1:]]
    if not fits:
        return typed(word, draw)
    old, new = fits[int(draw.integers(0, len(fits)))]
    at = low.index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def scanned(digits: str, draw: Draw) -> str:
    """One digit read as another that looks alike."""
    places = [at for at, mark in enumerate(digits) if mark in _SCANNED]
    if not places:
        return digits
    at = places[int(draw.integers(0, len(places)))]
    return digits[:at] + _SCANNED[digits[at]] + digits[at + 1 :]


def changed(column: Words, at: np.ndarray[tuple[int], np.dtype[np.int64]], change: Callable[[str, Draw], str],
            draw: Draw) -> None:  # fmt: skip
    """Change a column's texts at some places."""
    column[at] = np.array([change(str(text), draw) for text in column[at]], dtype=object)
