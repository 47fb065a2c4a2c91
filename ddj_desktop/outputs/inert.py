"""Text that a spreadsheet program shows and never runs.

A cell that begins with one of these is read as a formula by at least one spreadsheet program (OWASP ASVS 5.0, 1.2.10;
CVE-2021-41270 for tab and carriage return); full-width forms are turned into the plain ones by some on opening.
"""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_NOT_IN_XML = {
    code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)
}
LONGEST_CELL = 32_767
"""Characters a spreadsheet cell holds."""


def starts_like_formula(text: str) -> bool:
    """True where a spreadsheet program might run the text; leading spaces do not make it safe."""
    return text.lstrip(" \u00a0").startswith(_STARTS) or text.startswith(_STARTS)


def inert_csv(text: str) -> str:
    """The text for a CSV cell: with `'` before it where it might be run. A text without risk is left as it is."""
    if text[:1].isalnum():  # nearly all: none of the marks is a letter or a figure
        return text
    return "'" + text if starts_like_formula(text) else text


def inert_sheet(text: str) -> str:
    """The text for a workbook cell (stored as text, so that nothing runs): without what the format can not hold."""
    kept = text.translate(_NOT_IN_XML).encode("utf-8", "replace").decode("utf-8")
    return kept[:LONGEST_CELL]
