"""Pairs compared: the agreement pattern of every pair, found in stretches."""

from __future__ import annotations

import numpy as np

from ddj_desktop.kernel.progress import Progress
from ddj_desktop.kernel.side_by_side import side_by_side
from ddj_desktop.linkage.compare import Vocabularies, compare
from ddj_desktop.linkage.grouping import distinct, stretches
from ddj_desktop.linkage.model import FIELDS
from ddj_desktop.linkage.types import Compared, Ints, Levels, Pairs


def compare_all(vocabularies: Vocabularies, pairs: Pairs, progress: Progress) -> Compared:
    """Compare every pair. Raises Stopped between two stretches."""

    def patterns(part: slice) -> tuple[slice, Ints, Ints]:
        return part, *distinct(_packed(compare(vocabularies, pairs.left[part], pairs.right[part])))

    pattern = np.zeros(len(pairs), np.int32)
    found: list[Ints] = [np.empty(0, np.int64)]
    before = 0
    for part, values, back in side_by_side(patterns, stretches(len(pairs))):
        pattern[part] = back + before
        found.append(values)
        before += len(values)
        progress.at(part.stop)
    values, name = distinct(np.concatenate(found))
    return Compared(name.astype(np.int32)[pattern], _unpacked(values))


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
