"""`link`: who is who in any spreadsheets of people, without a county file. Every row of every file is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ddj_desktop.intake.cleaning_text import is_nothing, tidy
from ddj_desktop.intake.columns import columns
from ddj_desktop.intake.structure import Structure, structure
from ddj_desktop.intake.types import RawFile, RawSheet
from ddj_desktop.kernel import clock
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.linkage import engine
from ddj_desktop.linkage.errors import NothingToLinkBy
from ddj_desktop.linkage.loose_dates import birth_years, births
from ddj_desktop.linkage.sheet_columns import columns_of_people
from ddj_desktop.linkage.types import Constraints, Floats, Ints, Linked, Mentions, coded, probability

_TELLING = frozenset({"full_name", "first_name", "last_name", "ssn", "ssn_last4", "phone", "email", "record_key"})


@dataclass(frozen=True)
class LinkedRow:
    """One row answered. `match_probability` is that of its strongest link within its person: 0 for a row linked to
    none, None for a row with nothing to go by."""

    file: str
    row: int
    person_id: int
    match_probability: float | None


@dataclass(frozen=True)
class LinkedSheets:
    """Every row in the order of the files, and which column was taken for what."""

    rows: list[LinkedRow]
    columns: dict[str, dict[str, str]]
    """By file: field to heading."""
    notes: tuple[str, ...]


@dataclass
class _Rows:
    """The rows of all sheets as text by field."""

    file: list[str] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    values: list[dict[str, str]] = field(default_factory=list)


def link_rows(files: Sequence[RawFile], progress: Progress, forced: Mapping[str, str] | None = None) -> LinkedSheets:
    """Link the rows of one or several files. `forced` names columns: field to heading.

    Raises NothingToLinkBy, NoSuchColumn, NoSuchField, Stopped.
    """
    rows = _Rows()
    taken: dict[str, dict[str, str]] = {}
    for file in files:
        taken |= _add_file(rows, file, forced)
    mentions = _mentions(rows)
    order = np.argsort(mentions.stable, kind="stable")
    linked = engine.link(mentions.at(order), Constraints(), progress)
    return LinkedSheets(_answers(rows, linked, order), taken, linked.notes)


def _add_file(rows: _Rows, file: RawFile, forced: Mapping[str, str] | None) -> dict[str, dict[str, str]]:
    """Add every sheet of a file that holds people; by name of the sheet which column was taken for what.

    A sheet without people beside one with people (codes, a key) is left out. Raises NothingToLinkBy where none has.
    """
    taken: dict[str, dict[str, str]] = {}
    refused: NothingToLinkBy | None = None
    many = sum(1 for other in file.sheets if other.lines and not other.hidden) > 1
    for sheet in file.sheets:
        if sheet.lines and not (sheet.hidden and len(file.sheets) > 1):
            name = f"{file.name} [{sheet.name}]" if many else file.name
            try:
                taken[name] = _add(rows, sheet, name, forced)
            except NothingToLinkBy as why:
                refused = refused or why
    if refused and not taken:
        raise refused
    return taken


def _add(rows: _Rows, sheet: RawSheet, name: str, forced: Mapping[str, str] | None) -> dict[str, str]:
    """Add a sheet's rows; lines below the headings that are no data are answered too, as rows with nothing in them."""
    layout: Structure = structure(sheet)
    found = columns(layout.headers, layout.data)
    chosen = columns_of_people(found, name, forced)
    if not _TELLING & set(chosen):
        raise NothingToLinkBy(file=name)
    data = {number for number, _ in layout.data}
    last = max(layout.header_lines, default=0)
    for number, cells in sheet.lines:
        if number <= last or number in layout.header_lines:
            continue
        values = {key: _cell(cells, index) for key, index in chosen.items()} if number in data else {}
        rows.file.append(name)
        rows.line.append(number)
        rows.values.append(values)
    headings = {column.index: column.header for column in found}
    return {key: headings[index] for key, index in sorted(chosen.items())}


def _cell(cells: Sequence[str], index: int) -> str:
    text = tidy(cells[index]) if index < len(cells) else ""
    return "" if is_nothing(text) else text


def _mentions(rows: _Rows) -> Mentions:
    size = len(rows.values)

    def column(name: str) -> list[str]:
        return [values.get(name, "") for values in rows.values]

    group = [f"{file}\x1f{source}" for file, source in zip(rows.file, column("source"), strict=True)]
    newest = clock.today().year
    birth = births(column("birth_date"), group, newest)
    low, high = birth_years(column("age"), birth, group, newest)
    text = {name: column(name) for name in ("full_name", "suffix", "sex", "city", "zip", "phone", "email")}
    text |= {"first": column("first_name"), "middle": column("middle_name"), "record_key": column("record_key")}
    text["last"] = [_joined(values, "last_name", "second_last_name") for values in rows.values]
    text["ssn"] = [values.get("ssn", "") or _last4(values.get("ssn_last4", "")) for values in rows.values]
    text["address"] = [_address(values) for values in rows.values]
    _, source = np.unique(np.array(group, dtype=str), return_inverse=True)
    columns = {name: coded(words) for name, words in text.items()}
    return Mentions(size, columns, birth, low, high, np.asarray(source, np.int64), _digests(text, birth, low, group))


def _joined(values: Mapping[str, str], *names: str) -> str:
    return " ".join(values[name] for name in names if values.get(name))


def _address(values: Mapping[str, str]) -> str:
    """House number and street as one, whichever columns hold them."""
    base = values.get("address", "") or values.get("street", "")
    number = values.get("house_number", "")
    return f"{number} {base}".strip() if number and not base.startswith(number + " ") else base


def _digests(text: Mapping[str, list[str]], birth: Ints, low: Ints, group: Sequence[str]) -> Ints:
    """A number for each row from what it says, so that the order of rows and files does not matter."""
    columns_of_row = zip(*text.values(), map(str, birth.tolist()), map(str, low.tolist()), group, strict=True)
    return np.array(
        [
            int.from_bytes(hashlib.blake2b("\x1f".join(row).encode("utf-8", "replace"), digest_size=8).digest(), "big")
            >> 1
            for row in columns_of_row
        ],
        np.int64,
    )


def _answers(rows: _Rows, linked: Linked, order: Ints) -> list[LinkedRow]:
    group, strongest, usable = np.empty_like(order), np.zeros(len(order)), np.zeros(len(order), np.bool_)
    group[order] = linked.group
    strongest[order] = _strongest(linked)
    usable[order] = linked.standard.usable
    numbers: dict[int, int] = {}
    out = []
    for at, name in enumerate(group.tolist()):
        person = numbers.setdefault(name, len(numbers) + 1)
        sure = round(float(strongest[at]), 6) if usable[at] else None
        out.append(LinkedRow(rows.file[at], rows.line[at], person, sure))
    return out


def _strongest(linked: Linked) -> Floats:
    """For each mention the probability of its strongest link within its group; 0 where it stands alone."""
    pairs = linked.pairs
    inside = linked.group[pairs.left] == linked.group[pairs.right]
    sure = probability(linked.total[inside])
    out = np.zeros(len(linked.group))
    np.maximum.at(out, pairs.left[inside], sure)
    np.maximum.at(out, pairs.right[inside], sure)
    return out


def _last4(text: str) -> str:
    """The last four of a number; leading zeros a spreadsheet dropped are put back."""
    digits = "".join(c for c in text.removesuffix(".0") if c.isdigit())
    return digits[-4:].zfill(4) if digits else ""
