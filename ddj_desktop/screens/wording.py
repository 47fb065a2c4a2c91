"""How numbers, days and names of things are written on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ddj_desktop.intake.fields import KINDS
from ddj_desktop.kernel.dates import day_in_words

MISSING = "-"
"""What a cell shows where nothing was recorded."""


def kind_in_words(kind: str) -> str:
    """A source kind as a person would say it."""
    return KINDS.get(kind) or sentence_case(kind)


def number(value: float | int | None, unit: str = "") -> str:
    """`4,991`; `12.5`; `$1,200`; '-' where there is no answer."""
    if value is None:
        return MISSING
    text = f"{value:,.0f}" if float(value).is_integer() or unit == "dollars" else f"{value:,.1f}"
    return f"${text}" if unit == "dollars" else text


def share(count: float | None, of: float | None) -> str:
    """`29 %`, '' where there is no base; never a percent on a base under 30 (ux 4.1)."""
    if count is None or not of or of < 30:
        return ""
    percent = 100 * count / of
    return f"{percent:.0f} %" if percent >= 1 or percent == 0 else "under 1 %"


def many(count: int, one: str, more: str) -> str:
    """`1 person`, `4,991 people`."""
    return f"{count:,} {one if count == 1 else more}"


def cell(value: object) -> str:
    """A value of a table as text: days as `Jan 4, 2025`, yes and no, '-' for nothing."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return day_in_words(value.date()) if midnight else f"{day_in_words(value.date())}, {clock_time(value)}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, int | float):
        return number(value)
    return str(value)


def local(moment: datetime | None) -> datetime | None:
    """A moment kept in UTC as the wall clock of this place shows it."""
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) if moment else None


def clock_time(moment: datetime) -> str:
    """`9:42`."""
    return f"{moment.hour}:{moment.minute:02d}"


def sentence_case(name: str) -> str:
    """A column's plain name as a heading: `birth_date` becomes `Birth date`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
