"""The lines of a sheet held as columns: each different text once, whatever the number of lines it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np

from ddj_desktop.intake.coded import Coded
from ddj_desktop.intake.handover import BLOCK, HEAD
from ddj_desktop.intake.tidy import CELL, LINE
from ddj_desktop.store.columns import Array

Line = tuple[int, tuple[str, ...]]
"""A line's number, as a spreadsheet program shows it, and its cells."""


class Table(Sequence[Line]):
    """A sheet's lines in their order. As a sequence it gives each line word for word; `column` gives a whole column."""

    def __init__(self, numbers: Array, widths: Array, columns: list[Coded]) -> None:
        self.numbers, self.widths, self.columns = numbers, widths, columns

    @staticmethod
    def of(lines: Sequence[Line]) -> Table:
        """The table of lines given one by one."""
        if isinstance(lines, Table):
            return lines
        widths = np.fromiter((len(cells) for _, cells in lines), np.int32, len(lines))
        columns = [
            Coded.of([cells[index] if index < len(cells) else "" for _, cells in lines])
            for index in range(int(widths.max(initial=0)))
        ]
        return Table(np.fromiter((number for number, _ in lines), np.int32, len(lines)), widths, columns)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(place, slice):
            return tuple(self.at(place))
        cells = tuple([column.words[column.codes[place]] for column in self.columns[: self.widths[place]]])
        return int(self.numbers[place]), cells

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self), BLOCK):
            here = slice(start, start + BLOCK)
            numbers, widths = self.numbers[here].tolist(), self.widths[here].tolist()
            columns = [map(column.words.__getitem__, column.codes[here].tolist()) for column in self.columns]
            rows = zip(*columns, strict=True) if columns else iter([()] * len(numbers))
            for number, width, cells in zip(numbers, widths, rows, strict=True):
                yield number, cells if width == len(columns) else cells[:width]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(lambda a, b: a == b, self, other))

    __hash__ = None  # type: ignore[assignment]

    def column(self, index: int) -> Coded:
        """The texts of one column (from 0); blank where lines are shorter."""
        return self.columns[index] if index < len(self.columns) else Coded.same("", len(self))

    def at(self, places: Array | slice) -> Table:
        """The lines at these places, as a table."""
        return Table(self.numbers[places], self.widths[places], [column.at(places) for column in self.columns])

    def filled(self) -> Array:
        """How many cells of each line hold something that can be seen."""
        counts = np.zeros(len(self), np.int32)
        for column in self.columns:
            counts += column.where(str.strip)
        return counts


class TableMaker:
    """Puts the blocks of a sheet together."""

    def __init__(self) -> None:
        self._numbers: list[Array] = []
        self._widths: list[Array] = []
        self._codes: list[list[Array]] = []
        self._words: list[dict[str, int]] = []
        self._size = 0

    def add(self, block: bytes) -> None:
        """Take the next block, as `handover.packed` made it."""
        _, lines, columns = HEAD.unpack_from(block)
        both = np.frombuffer(block, np.int32, 2 * lines, HEAD.size)
        begin = HEAD.size + both.nbytes
        places = np.frombuffer(block, np.uint16, lines * columns, begin).reshape(columns, lines)
        texts = block[begin + places.nbytes :].decode().split(LINE)
        self._numbers.append(both[:lines].copy())
        self._widths.append(both[lines:].copy())
        blank = np.zeros(self._size, np.int32)
        while len(self._words) < columns:
            self._words.append({"": 0})
            self._codes.append([blank])
        for index, words in enumerate(self._words):
            if index >= columns:
                self._codes[index].append(np.zeros(lines, np.int32))
                continue
            self._codes[index].append(_places_of(texts[index].split(CELL), words)[places[index]])
        self._size += lines

    def table(self) -> Table:
        """The table of all blocks. What it was put together from is let go."""
        columns = []
        for codes, words in zip(self._codes, self._words, strict=True):
            columns.append(Coded(np.concatenate(codes), list(words)))
            codes.clear()
            words.clear()
        nothing = [np.zeros(0, np.int32)]
        return Table(np.concatenate(self._numbers or nothing), np.concatenate(self._widths or nothing), columns)


def _places_of(texts: Iterable[str], words: dict[str, int]) -> Array:
    """The code of each text of a block's column; new ones join the words."""
    return np.array([words.setdefault(text, len(words)) for text in texts], np.int32)
