"""How the reader's child hands lines over: a block of columns at a time, each different text of a block said once.

A block: a mark, how many lines and columns, the lines' numbers and widths, for each column the place of each line's
text among the column's texts, then these texts. The child needs nothing but the standard library for it, so that its
start stays short.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from ddj_desktop.intake.tidy import CELL, LINE

Line = tuple[int, list[str]]

BLOCK = 5_000
"""Lines of a block; the places of texts within one must fit 16 bits."""
MARK = b"#"
HEAD = struct.Struct("<cII")


def blocks(lines: Iterable[Line]) -> Iterator[bytes]:
    """The lines of a sheet, packed block by block."""
    block: list[Line] = []
    for line in lines:
        block.append(line)
        if len(block) == BLOCK:
            yield packed(block)
            block = []
    if block:
        yield packed(block)


def packed(lines: list[Line]) -> bytes:
    """One block of lines. Cells beyond a line's end are told from blank ones by its width."""
    rows = [cells for _, cells in lines]
    widths = array("i", map(len, rows))
    texts, places, nought = [], array("H"), array("H", bytes(2 * len(rows)))
    for column in zip(*rows, strict=True) if min(widths) == max(widths) else zip_longest(*rows, fillvalue=""):
        different = dict.fromkeys(column)
        texts.append(CELL.join(different))
        if len(different) == 1:  # a blank column, or one of a single town: many are
            places.extend(nought)
            continue
        place = dict(zip(different, range(len(different)), strict=True))
        places.extend(array("H", list(map(place.__getitem__, column))))
    numbers = array("i", [number for number, _ in lines])
    head = HEAD.pack(MARK, len(lines), len(texts))
    return b"".join((head, numbers.tobytes(), widths.tobytes(), places.tobytes(), LINE.join(texts).encode()))
