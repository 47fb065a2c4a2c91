"""The rows of loose sheets as columns: each different cell is looked at once, however many rows hold it.

Every line below the headings is a row to be answered, also one with blank cells alone or a total; such a row holds
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.intake.cleaning_text import NOTHING, is_nothing, tidy
from ddj_desktop.intake.columns import columns
from ddj_desktop.intake.structure import structure
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.linkage.errors import NothingToLinkBy
from ddj_desktop.linkage.grouping import combined, distinct
from ddj_desktop.linkage.sheet_columns import columns_of_people
from ddj_desktop.linkage.types import Coded, Ints, coded

_TELLING = frozenset({"full_name", "first_name", "last_name", "ssn", "ssn_last4", "phone", "email", "record_key"})

_UNTIDY = re.compile("  |\x1f | \x1f")
"""Blanks side by side, or at an end of one of the cells put together."""


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet."""

    name: str
    """The file's name, with the sheet's where there are several."""
    lines: Ints
    columns: dict[str, Coded]
    headings: dict[str, str]
    """Field to the heading it was found under."""


@dataclass
class Rows:
    """The rows of all sheets, in the order they were added."""

    sheets: list[SheetRows] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(sheet.lines) for sheet in self.sheets)

    def add(self, file: RawFile, forced: Mapping[str, str] | None) -> None:
        """Add every sheet of a file that holds people.

        A sheet without people beside one with people (codes, a key) is left out. Raises NothingToLinkBy where none
        has, NoSuchColumn, NoSuchField.
        """
        refused: NothingToLinkBy | None = None
        added = False
        many = sum(1 for other in file.sheets if other.lines and not other.hidden) > 1
        for sheet in file.sheets:
            if sheet.lines and not (sheet.hidden and len(file.sheets) > 1):
                name = f"{file.name} [{sheet.name}]" if many else file.name
                try:
                    self.sheets.append(_sheet_rows(sheet, name, forced))
                    added = True
                except NothingToLinkBy as why:
                    refused = refused or why
        if refused and not added:
            raise refused

    def column(self, name: str) -> Coded:
        """One field over all rows; unknown where a sheet has no such column."""
        words: list[str] = []
        codes: list[Ints] = []
        for sheet in self.sheets:
            mine = sheet.columns.get(name)
            if mine is None:
                codes.append(np.full(len(sheet.lines), -1, np.int64))
            else:
                codes.append(np.where(mine.codes >= 0, mine.codes + len(words), -1))
                words += mine.words
        return Coded(np.concatenate(codes) if codes else np.empty(0, np.int64), words)

    def forget_columns(self) -> None:
        """Let the columns go once mentions are made of them; lines and headings stay."""
        for sheet in self.sheets:
            sheet.columns.clear()

    def lines(self) -> Ints:
        """Line numbers."""
        return np.concatenate([sheet.lines for sheet in self.sheets])

    def places(self) -> Ints:
        """Which sheet each row is of."""
        return np.repeat(np.arange(len(self.sheets)), [len(sheet.lines) for sheet in self.sheets])


def _sheet_rows(sheet: RawSheet, name: str, forced: Mapping[str, str] | None) -> SheetRows:
    layout = structure(sheet)
    found = columns(layout.headers, layout.data)
    chosen = columns_of_people(found, name, forced)
    if not _TELLING & set(chosen):
        raise NothingToLinkBy(file=name)
    last = max(layout.header_lines, default=0)
    others = [line.line for line in layout.not_data if line.line > last] + [line for line in sheet.blank if line > last]
    lines = np.concatenate([layout.data.numbers, np.array(others, np.int64)])
    order = np.argsort(lines, kind="stable")
    nothing = np.full(len(others), -1, np.int64)
    taken = {}
    for key, index in chosen.items():
        column = layout.data.column(index)
        said = _said(column.words)
        taken[key] = Coded(np.concatenate([said.codes[column.codes], nothing])[order], said.words)
    headings = {column.index: column.header for column in found}
    return SheetRows(name, lines[order], taken, {key: headings[index] for key, index in sorted(chosen.items())})


def _said(cells: list[str]) -> Coded:
    """What each cell of different ones says, tidied; unknown where it stands for nothing. They are looked at as one
    text first: hardly any column needs more."""
    whole = "\x1f".join(["", *cells, ""])
    plain = whole.count("\x1f") == len(cells) + 1 and whole.isascii() and whole.replace("\x1f", "").isprintable()
    if not plain or _UNTIDY.search(whole):
        cells = list(map(tidy, cells))
    elif NOTHING.intersection(whole.lower().split("\x1f")) <= {""}:
        number = np.arange(len(cells))
        if "" in cells:
            blank = cells.index("")
            number[blank:] -= 1
            number[blank] = -1
        return Coded(number, [cell for cell in cells if cell])
    return coded("" if is_nothing(text) else text for text in cells)


def together(change: Callable[..., str], *columns: Coded) -> Coded:
    """A column made of several, each combination of their words put together once; unknown words are "". `change`
    leaves the first word as it is where the others are unknown."""
    if all(not column.words for column in columns[1:]):
        return columns[0]
    values, back = distinct(combined(*(column.codes + 1 for column in columns)))
    first = np.zeros(len(values), np.int64)
    first[back[::-1]] = np.arange(len(back))[::-1]
    texts = [[*column.words, ""] for column in columns]
    rows = zip(*(column.codes[first].tolist() for column in columns), strict=True)
    forms = coded(change(*(words[code] for words, code in zip(texts, row, strict=True))) for row in rows)
    return Coded(forms.codes[back], forms.words)
