"""What may be shared with a partner, in plain words: for the choice, the button and what is looked at before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ShareLevel:
    """One level: its name for the gate, its words, what the button says, what is looked at before, and whether it is
    rows about people, which somebody asks for with a reason and another approves."""

    name: str
    words: str
    button: str
    checks: str
    asked_for: bool


SHARE_LEVELS = (
    ShareLevel(
        "table", "a summary table", "Make the summary…",
        "Before it is written, the partner, its agreement and every small count are checked.", False,
    ),
    ShareLevel(
        "extract", "rows about people, without names", "Ask for the rows, or make them…",
        "Rows leave only under an agreement for them, when each agency allows it, on a legal basis, and when a "
        "second person approved the request on the Govern page. Then they are coarsened until at least 11 people look "
        "alike in everything that may be known of them.", True,
    ),
    ShareLevel(
        "identified", "rows with names", "Ask for the names, or make them…",
        "Names leave only under an agreement that names each column, when each agency allows it, on a legal basis or "
        "each person’s signed release, and when a second person approved the request on the Govern page. The workbook "
        "opens with its password alone, which is shown once.", True,
    ),
)  # fmt: skip
"""From the least to the most that may leave."""


def share_level(name: str) -> ShareLevel:
    """The level of that name."""
    return next(level for level in SHARE_LEVELS if level.name == name)


PASSWORD_ONCE = (
    "It alone opens the workbook. It is told this once and kept nowhere, so write it down now. Give it by telephone or "
    "in person, never with the file. If it is lost, the rows must be asked for anew."
)


def in_the_file(columns: Sequence[str], left_out: int | None) -> str:
    """Which columns are in a file of rows with names, and how many of the list are not."""
    said = f"Columns: {', '.join(columns)}."
    if left_out is None:
        return f"{said} Some people of the list are not in it; how many, is too few to tell."
    return f"{said} People left out, for want of a signed release of information or a legal basis: {left_out}."
