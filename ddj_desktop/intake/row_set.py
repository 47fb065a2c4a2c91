"""Rows that stand, as read, each with its keys and the report it comes from: what contacts and records are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ddj_desktop.intake.cleaning import Clean
from ddj_desktop.intake.coded import Coded, end_to_end
from ddj_desktop.store.columns import Array


@dataclass(frozen=True)
class Report:
    """One of a source's reports: which, and whether it has a column for the end."""

    name: str
    has_ends: bool


@dataclass
class RowSet:
    """Rows that stand, as read, each with its keys."""

    row_ids: Array
    row_keys: Array
    groups: Array
    whos: Array
    """-1 where a row names nobody by the source's own id."""
    people_only: Array
    reports: Coded
    clean: Clean

    def __len__(self) -> int:
        return len(self.row_ids)

    @staticmethod
    def of(
        row_ids: Array, row_keys: Array, groups: Array, whos: Array, people_only: bool, report: Report, clean: Clean
    ) -> RowSet:
        """Rows of one sheet."""
        size = len(row_ids)
        return RowSet(row_ids, row_keys, groups, whos, np.full(size, people_only), Coded.same(report, size), clean)

    @staticmethod
    def empty() -> RowSet:
        """No rows."""
        none = np.zeros(0, np.int64)
        return RowSet(none, none, none, none, np.zeros(0, bool), Coded.of(()), Clean(0))

    def only(self, places: Array) -> RowSet:
        """The rows at these places, in their order."""
        if len(places) == len(self) and (places == np.arange(len(self))).all():
            return self
        return RowSet(
            self.row_ids[places], self.row_keys[places], self.groups[places], self.whos[places],
            self.people_only[places], self.reports.at(places), self.clean.at(places),
        )  # fmt: skip


def join(parts: Sequence[RowSet]) -> RowSet:
    """Several sets of rows as one."""
    parts = [part for part in parts if len(part)] or [*parts[:1]]
    if len(parts) == 1:
        return parts[0]
    whole = Clean(sum(part.clean.size for part in parts))
    for name in sorted({name for part in parts for name in part.clean.values}):
        whole.values[name] = end_to_end([part.clean.of(name) for part in parts])
    return RowSet(
        np.concatenate([part.row_ids for part in parts]), np.concatenate([part.row_keys for part in parts]),
        np.concatenate([part.groups for part in parts]), np.concatenate([part.whos for part in parts]),
        np.concatenate([part.people_only for part in parts]), end_to_end([part.reports for part in parts]), whole,
    )  # fmt: skip
