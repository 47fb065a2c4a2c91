"""Marks no spreadsheet means to hold are taken out of its texts; how many is counted and told."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|007[Ff])_")
LONGEST = 32_767
"""The longest text a spreadsheet's cell can hold."""

CELL, LINE = "\x1f", "\x1e"
"""Marks put between cells and between lines on the way from the reader: no tidy text holds them."""


def shown_name(name: str) -> str:
    """A file's name as it may be shown and kept: marks that cannot be seen, or turn the rest round, made visible."""
    return name if name.isprintable() else "".join(mark if mark.isprintable() else "\ufffd" for mark in name)


def _is_tidy(text: str) -> bool:
    return text.isprintable() and "_x00" not in text and len(text) <= LONGEST


class Tidy:
    """Takes control characters out of texts and cuts texts no cell can hold; counts both."""

    def __init__(self) -> None:
        self.removed = 0
        self.cut = 0

    def text(self, value: str) -> str:
        """A cell's text without control characters (line breaks and tabs stay)."""
        return value if _is_tidy(value) else self._clean(value)

    def row(self, cells: list[str]) -> list[str]:
        """The texts of a row, each tidied; an empty list where the row holds nothing that can be seen.

        The row is looked at as one text first: almost none needs more, and a look at each cell takes ten times as long.
        """
        whole = "".join(cells)
        if not _is_tidy(whole):
            cells = list(map(self.text, cells))
            whole = "".join(cells)
        return cells if whole and not whole.isspace() else []

    def _clean(self, text: str) -> str:
        if not text.isprintable():
            kept = _CONTROL.sub("", text)
            self.removed += len(text) - len(kept)
            text = kept.replace("\r\n", "\n").replace("\r", "\n")
        if "_x00" in text:
            text, count = _ESCAPED.subn(lambda mark: chr(int(mark[1], 16)) if mark[1] in "090A0D" else "", text)
            self.removed += count
        if len(text) > LONGEST:
            self.cut += 1
            text = text[:LONGEST]
        return text

    def notes(self) -> list[str]:
        """What was done, in sentences; empty where nothing was."""
        told = []
        if self.removed:
            what = "1 control character" if self.removed == 1 else f"{self.removed:,} control characters"
            told.append(f"{what} that no one can see {'was' if self.removed == 1 else 'were'} left out.")
        if self.cut:
            what = "1 cell was" if self.cut == 1 else f"{self.cut:,} cells were"
            told.append(f"{what} longer than {LONGEST:,} characters and cut there.")
        return told
