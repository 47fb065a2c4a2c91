"""Rows that stand, as read, each with its keys and the report it comes from: what contacts and records are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ddj_desktop.intake.cleaning import Clean


@dataclass(frozen=True)
class Report:
    """One of a source's reports: which, and whether it has a column for the end."""

    name: str
    has_ends: bool


@dataclass
class RowSet:
    """Rows that stand, as read, each with its keys."""

    row_ids: list[int]
    row_keys: list[int]
    groups: list[int]
    whos: list[int | None]
    people_only: list[bool]
    reports: list[Report]
    clean: Clean

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Row id to the row's place in the set."""
        return {row_id: place for place, row_id in enumerate(self.row_ids)}

    def only(self, places: Sequence[int]) -> RowSet:
        """The rows at these places."""
        if len(places) == len(self.row_ids):
            return self
        kept = {name: [values[place] for place in places] for name, values in self.clean.values.items()}
        return RowSet(
            [self.row_ids[place] for place in places], [self.row_keys[place] for place in places],
            [self.groups[place] for place in places], [self.whos[place] for place in places],
            [self.people_only[place] for place in places], [self.reports[place] for place in places],
            Clean(len(places), kept),
        )  # fmt: skip
