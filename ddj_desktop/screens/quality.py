"""What an import's problems say on the page: three levels, each line with its share, effect and what to ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ddj_desktop.intake.types import ImportResult
from ddj_desktop.screens.wording import many

LEVELS = ("must fix", "please check", "for information")


@dataclass(frozen=True)
class QualityLine:
    """One problem, or one note of the reader, as a line of the page."""

    level: str
    column: str
    count: int | None
    share: str
    """Of the sheet's data rows, `3 of 412`'s percentage; blank where the problem is none of rows."""
    sentence: str
    ask: str
    detail: tuple[str, ...]
    """What to show beside the chosen line."""


def quality_lines(result: ImportResult) -> list[QualityLine]:
    """Every problem of an import, gravest first, then what was noted while reading."""
    data = result.rows - result.not_data
    lines = []
    for one in result.problems:
        detail = []
        if one.effect:
            detail.append(f"What it does: {one.effect}")
        if one.ask:
            detail.append(f"Ask the sender: {one.ask}")
        if one.examples:
            detail.append(f"They look like: {'   '.join(one.examples)}  (digits shown as 9, letters as A)")
        if one.lines:
            more = "" if one.count <= len(one.lines) else f" and {many(one.count - len(one.lines), 'more', 'more')}"
            word = "line" if one.count == 1 else "lines"
            detail.append(f"On {word} {', '.join(str(line) for line in one.lines)}{more}.")
        share = f"{100 * one.count / data:.1f}%" if one.lines and data else ""
        lines.append(QualityLine(one.level, one.column, one.count or None, share, one.sentence, one.ask, tuple(detail)))
    return lines + [QualityLine(LEVELS[2], "", None, "", note, "", ()) for note in result.notes]


def levels_in_words(result: ImportResult) -> str:
    """`1 must be fixed, 3 to check, 2 for information`."""
    often = Counter(line.level for line in quality_lines(result))
    words = (f"{often[LEVELS[0]]} must be fixed", f"{often[LEVELS[1]]} to check", f"{often[LEVELS[2]]} for information")
    return ", ".join(said for level, said in zip(LEVELS, words, strict=True) if often[level])
