"""Pairs compared: the agreement pattern of every pair, found in stretches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.compare import Vocabularies, compare
from ddj_desktop.linkage.grouping import distinct, stretches
from ddj_desktop.linkage.model import FIELDS
from ddj_desktop.linkage.types import Compared, Ints, Levels, Pairs


def compare_all(lots: Sequence[tuple[Pairs, Vocabularies]], progress: Progress) -> list[Compared]:
    """Compare every pair of some lots; the lots' patterns are numbered alike. Raises Stopped between two stretches."""

    def patterns(part: tuple[int, slice]) -> tuple[int, slice, Ints, Ints]:
        lot, at = part
        pairs, vocabularies = lots[lot]
        return lot, at, *distinct(_packed(compare(vocabularies, pairs.left[at], pairs.right[at])))

    pattern = [np.zeros(len(pairs), np.int32) for pairs, _ in lots]
    found: list[Ints] = [np.empty(0, np.int64)]
    before = done = 0
    parts = ((lot, part) for lot, (pairs, _) in enumerate(lots) for part in stretches(len(pairs)))
    for lot, part, values, back in side_by_side(patterns, parts):
        pattern[lot][part] = back + before
        found.append(values)
        before += len(values)
        done += len(back)
        progress.at(done)
    values, name = distinct(np.concatenate(found))
    levels, name = _unpacked(values), name.astype(np.int32)
    return [Compared(name[of_lot], levels) for of_lot in pattern]


def _packed(levels: dict[str, Levels]) -> Ints:
    """The levels of all fields as one number a pair."""
    out = np.zeros(len(levels[FIELDS[0].name]), np.int64)
    for field in FIELDS:
        out *= len(field.levels) + 1
        out += levels[field.name]
    return out


def _unpacked(values: Ints) -> dict[str, Levels]:
    """The levels of each field that the numbers stand for."""
    out: dict[str, Levels] = {}
    for field in reversed(FIELDS):
        values, level = np.divmod(values, len(field.levels) + 1)
        out[field.name] = level.astype(np.int8)
    return out
