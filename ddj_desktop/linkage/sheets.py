"""`link`: who is who in any spreadsheets of people, without a county file. Every row of every file is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ddj_desktop.intake.types import RawFile
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import engine
from ddj_desktop.linkage.grouping import mixed, stretches
from ddj_desktop.linkage.grouping import together as together_in
from ddj_desktop.linkage.loose_dates import birth_years, births, date_of_parts
from ddj_desktop.linkage.nickname_table import formal_names
from ddj_desktop.linkage.sheet_columns import read_headings
from ddj_desktop.linkage.sheet_rows import Rows, together
from ddj_desktop.linkage.types import Coded, Constraints, Floats, Ints, Linked, Mentions, probability


class LinkedRow(NamedTuple):
    """One row answered. `match_probability` is that of its strongest link within its person: 0 for a row linked to
    none, None for a row with nothing to go by."""

    file: str
    row: int
    person_id: int
    match_probability: float | None


@dataclass(frozen=True)
class LinkedSheets:
    """Every row in the order of the files, and which column was taken for what."""

    file: Sequence[str]
    row: Ints
    person: Ints
    sure: Floats
    """Probability of the row's strongest link; below 0 for a row with nothing to go by."""
    columns: dict[str, dict[str, str]]
    """By file: field to heading."""
    notes: tuple[str, ...]

    @cached_property
    def rows(self) -> list[LinkedRow]:
        """Every row answered."""
        answers = zip(self.file, self.row.tolist(), self.person.tolist(), self.sure.tolist(), strict=True)
        return [LinkedRow(file, row, person, sure if sure >= 0 else None) for file, row, person, sure in answers]


def make_ready() -> None:
    """Read the tables that come along, of names and of headings: a twentieth of a second, well spent while something
    else is waited for. Nothing needs it."""
    formal_names()
    read_headings()


def link_rows(files: Iterable[RawFile], progress: Progress, forced: Mapping[str, str] | None = None) -> LinkedSheets:
    """Link the rows of one or several files. `forced` names columns: field to heading.

    Files are taken one after the other: given one by one, each is let go when its columns are read. Raises
    NothingToLinkBy, NoSuchColumn, NoSuchField, Stopped.
    """
    rows = Rows()
    for file in files:
        progress.check()
        rows.add(file, forced)
        del file
    progress.step("Reading dates")
    mentions = mentions_of(rows)
    rows.forget_columns()
    order = np.argsort(mentions.stable, kind="stable")
    mentions = mentions.at(order)
    linked = engine.link(mentions, Constraints(), progress)
    return _answers(rows, linked, order)


def mentions_of(rows: Rows) -> Mentions:
    """What the rows say of people, a mention a row, in their order."""
    column = rows.column
    source = column("source")
    group = mixed(rows.places() + 1, source.codes + 1)
    _, systems = np.unique(group, return_inverse=True)
    newest = clock.today().year
    dates = together(date_of_parts, *map(column, ("birth_date", "birth_year", "birth_month", "birth_day")))
    birth, year = births(dates, systems, newest)
    low, high = birth_years(column("age"), year, birth, systems, newest)
    text = {
        name: column(name)
        for name in ("full_name", "suffix", "sex", "city", "zip", "phone", "email", "birth_place", "occupation")
    }
    text |= {"first": column("first_name"), "middle": column("middle_name"), "record_key": column("record_key")}
    text["last"] = together(_joined, *map(column, ("last_name", "second_last_name", "other_last_name")))
    text["ssn"] = together(_number, column("ssn"), column("ssn_last4"))
    text["address"] = together(_address, column("address"), column("street"), column("house_number"))
    stable = _digests([*text.values(), source], birth, low)
    return Mentions(len(rows), text, birth, low, high, systems.astype(np.int64), stable)


def _joined(first: str, second: str, other: str) -> str:
    whole = f"{first} {second}".strip()
    return f"{whole} (NEE {other})" if whole and other else whole or other


def _number(whole: str, last4: str) -> str:
    return whole or _last4(last4)


def _address(whole: str, street: str, number: str) -> str:
    """House number and street as one, whichever columns hold them."""
    base = whole or street
    return f"{number} {base}".strip() if number and not base.startswith(number + " ") else base


def _digests(columns: Sequence[Coded], *numbers: Ints) -> Ints:
    """A number for each row from what it says, so that the order of rows and files does not matter."""
    parts = [np.append(_hashes(column.words), 0)[column.codes] for column in columns]
    return mixed(*parts, *(np.maximum(number, 0) for number in numbers))


def _hashes(words: Sequence[str]) -> Ints:
    digests = b"".join(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest() for word in words)
    return (np.frombuffer(digests, np.uint64) >> np.uint64(1)).astype(np.int64)


def _answers(rows: Rows, linked: Linked, order: Ints) -> LinkedSheets:
    group, sure = np.empty_like(order), np.empty(len(order))
    group[order] = linked.group
    sure[order] = np.where(linked.standard.usable, np.round(_strongest(linked), 6), -1.0)
    _, first, back = np.unique(group, return_index=True, return_inverse=True)
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(1, len(first) + 1)
    files = [sheet.name for sheet in rows.sheets for _ in range(len(sheet.lines))]
    taken = {sheet.name: sheet.headings for sheet in rows.sheets}
    return LinkedSheets(files, rows.lines(), rank[back], sure, taken, linked.notes)


def _strongest(linked: Linked) -> Floats:
    """For each mention the probability of its strongest link within its group; 0 where it stands alone."""
    pairs = linked.pairs
    inside = np.flatnonzero(together_in(linked.group, pairs.left, pairs.right))
    out = np.zeros(len(linked.group))
    for part in stretches(len(inside)):
        at = inside[part]
        sure = probability(linked.total[at])
        np.maximum.at(out, pairs.left[at], sure)
        np.maximum.at(out, pairs.right[at], sure)
    return out


def _last4(text: str) -> str:
    """The last four of a number; leading zeros a spreadsheet dropped are put back."""
    digits = "".join(c for c in text.removesuffix(".0") if c.isdigit())
    return digits[-4:].zfill(4) if digits else ""
