"""What changed in a source's layout since its last file: only the differences, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddj_desktop.intake.columns import Column
from ddj_desktop.intake.fields import FIELDS, label
from ddj_desktop.intake.types import ColumnGuess
from ddj_desktop.registers.profiles import Profile

_SHOWN = 6
"""New columns named in a sentence."""
_FITS_STILL = 0.5
"""Share of a column's values that must look like what the column held before."""
_ENOUGH = 5
"""Values from which on a column is asked whether it still holds what it held."""


def gone(profile: Profile, headings: Iterable[str], source: str) -> list[str]:
    """A sentence for each column that was taken in before and is not in this file."""
    here = {heading.casefold() for heading in headings}
    return [
        f'The column "{heading}", which held {label(name, profile.kind)} in earlier files of {source}, is not here.'
        for name, heading in profile.mapping.items()
        if heading.casefold() not in here and name in FIELDS
    ]


def fresh(profile: Profile, columns: Sequence[ColumnGuess], source: str) -> list[str]:
    """One sentence for the columns that no earlier file of this layout had, each with what it is taken for."""
    before = {heading.casefold() for heading in profile.headings}
    new = [column for column in columns if column.header.casefold() not in before] if before else []
    if not new:
        return []
    named = [
        f'"{column.header}" ({label(column.field, profile.kind) if column.field else "not needed"})'
        for column in new[:_SHOWN]
    ]
    more = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
    count, they = ("1 column was", "it is") if len(new) == 1 else (f"{len(new):,} columns were", "they are")
    return [f"{count} not in earlier files of {source}: {', '.join(named)}{more}. Look at what {they} taken for."]


def turned(profile: Profile, found: Sequence[Column], source: str) -> list[str]:
    """A sentence for each column that keeps its name and no longer looks like what it held (two changed over)."""
    by_heading = {heading.casefold(): name for name, heading in profile.mapping.items() if name in FIELDS}
    told = []
    for column in found:
        name = by_heading.get(column.header.casefold())
        if name and column.filled >= _ENOUGH and column.share(FIELDS[name].fits) < _FITS_STILL:
            told.append(
                f'The column "{column.header}" held {label(name, profile.kind)} in earlier files of {source}; most of '
                "its values do not look like that now. Compare it with the sender's report before taking it in."
            )
    return told
