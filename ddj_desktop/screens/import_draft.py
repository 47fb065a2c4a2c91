"""Taking files in: the basket of sheets, what each seems to hold, what a person changed, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ddj_desktop.intake.fields import FIELDS, label, unmet
from ddj_desktop.intake.period import period_of
from ddj_desktop.intake.types import ColumnGuess, Draft, ImportResult, RawSheet, Sure
from ddj_desktop.screens.wording import many, number

BY_HAND = "You chose this."
SIGNS = {Sure.SURE: "●●●", Sure.LIKELY: "●●○", Sure.GUESS: "●○○"}
"""How sure, as a shape beside the word."""

ORDERS = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NEVER_WANTED = "never_wanted"
"""The field of columns whose cells are blanked before anything is kept (FBI numbers, mugshots, NCIC text)."""


def reconciliation(result: ImportResult) -> str:
    """`4,991 rows in file = 412 new + 37 changed + 4,380 already here + 12 set aside + 150 not data`."""
    parts = (
        (result.new, "new"), (result.changed, "changed"), (result.already_here, "already here"),
        (result.set_aside, "set aside"), (result.not_data, "not data"),
    )  # fmt: skip
    said = " + ".join(f"{number(count)} {words}" for count, words in parts)
    return f"{many(result.rows, 'row', 'rows')} in file = {said}"


def adds_up(result: ImportResult) -> bool:
    """True when every row of the file is in exactly one of the five heaps."""
    heaps = result.new + result.changed + result.already_here + result.set_aside + result.not_data
    return heaps == result.rows


def field_choices(kind: str) -> list[tuple[str, str]]:
    """Fields a column may go to, as (name, words), by words."""
    names = [(name, label(name, kind)) for name in FIELDS if name != NEVER_WANTED]
    return [(NEVER_WANTED, "Never keep: blank it"), *sorted(names, key=lambda choice: choice[1].casefold())]


def needs_in_words(draft: Draft) -> list[str]:
    """What the sheet still lacks, each as a sentence."""
    if draft.completes:
        return []
    mapped = [column.field for column in draft.columns if column.field]
    sentences = []
    for need in unmet(draft.kind, mapped):
        ways = [" and ".join(label(name, draft.kind) for name in way) for way in need]
        sentences.append(f"Choose the column that holds: {', or '.join(ways)}.")
    return sentences


@dataclass(frozen=True)
class Entry:
    """One sheet of one file in the basket; a file that can not be read is an entry without a draft."""

    path: Path
    draft: Draft | None = None
    refused: str = ""
    tried: ImportResult | None = None
    """What taking it in would do."""
    result: ImportResult | None = None
    """What taking it in did."""
    mends: int | None = None
    """The import whose columns are being mended: its kept words are read anew, no file is."""

    @property
    def waiting(self) -> bool:
        """True while the file is being read."""
        return self.draft is None and not self.refused

    @property
    def missing(self) -> list[str]:
        """What must be chosen before the sheet can be taken in."""
        return needs_in_words(self.draft) if self.draft else []

    @property
    def ready(self) -> bool:
        """True when the sheet can be taken in."""
        return self.draft is not None and self.result is None and not self.missing

    @property
    def asks_date_order(self) -> bool:
        """True when no value of the sheet settles whether the day or the month comes first."""
        return self.draft is not None and self.draft.date_order_sure is not Sure.SURE and bool(self.date_example)

    @property
    def date_example(self) -> str:
        """A date of the sheet that can be read two ways, to ask about; '' where there is none."""
        for column in self.draft.columns if self.draft else ():
            if column.field and column.field in FIELDS and FIELDS[column.field].is_date:
                for example in column.examples:
                    if two_ways(example):
                        return example
        return ""

    @property
    def state(self) -> tuple[str, str]:
        """A state and its word."""
        if self.waiting:
            return "wait", "Reading"
        if self.refused:
            return "stop", "Can't be read"
        if self.result:
            return "done", "Taken in" if self.result.import_id is not None else "Nothing new"
        if self.missing:
            return "look", many(len(self.missing), "column to choose", "columns to choose")
        if self.asks_date_order:
            return "look", "One question"
        guesses = (
            sum(1 for column in self.draft.columns if column.field and column.sure is Sure.GUESS) if self.draft else 0
        )
        return ("look", many(guesses, "guess to look at", "guesses to look at")) if guesses else ("done", "Ready")

    def choose_field(self, index: int, name: str | None) -> Entry:
        """Send a column to a field; a field goes with one column only."""
        if self.draft is None:
            return self
        columns: list[ColumnGuess] = []
        for column in self.draft.columns:
            if column.index == index:
                column = replace(column, field=name, sure=Sure.SURE, why=BY_HAND)
            elif name not in (None, NEVER_WANTED) and column.field == name:
                column = replace(column, field=None, sure=Sure.SURE, why=BY_HAND)
            columns.append(column)
        return replace(self, draft=replace(self.draft, columns=tuple(columns)), tried=None)

    def choose_date_order(self, order: str) -> Entry:
        """Settle whether the day or the month comes first."""
        if self.draft is None or order not in ORDERS:
            return self
        return replace(self, draft=replace(self.draft, date_order=order, date_order_sure=Sure.SURE), tried=None)

    def choose_source(self, name: str) -> Entry:
        """Name the source the sheet belongs to."""
        name = " ".join(name.split())
        return replace(self, draft=replace(self.draft, source=name), tried=None) if self.draft and name else self

    def choose_replace(self, replaces: bool) -> Entry:
        """Let the sheet replace everything its source said of the sheet's own period, or not."""
        if self.draft is None:
            return self
        period = period_of(self.draft) if replaces else None
        return replace(self, draft=replace(self.draft, replaces=period), tried=None)

    @property
    def mapping(self) -> dict[int, str]:
        """Where each column goes: index to field, blank for one not needed."""
        return {column.index: column.field or "" for column in self.draft.columns} if self.draft else {}

    @property
    def sheet(self) -> RawSheet | None:
        """The sheet as read."""
        if self.draft is None:
            return None
        return next((each for each in self.draft.file.sheets if each.name == self.draft.sheet), None)


def two_ways(text: str) -> bool:
    """True for a date such as 03/04/1991, whose first two numbers could both be a month and differ."""
    parts = text.split()[0].replace("-", "/").replace(".", "/").split("/") if text.strip() else []
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or len(parts[0]) > 2:
        return False
    return 1 <= int(parts[0]) <= 12 and 1 <= int(parts[1]) <= 12 and parts[0] != parts[1]


def read_as(text: str, order: str) -> str:
    """How a date that can be read two ways would be taken: `March 4, 1991`."""
    first, second, year = text.split()[0].replace("-", "/").replace(".", "/").split("/")
    month, day = (int(first), int(second)) if order == "mdy" else (int(second), int(first))
    return f"{MONTHS[month - 1]} {day}, {year}"


@dataclass(frozen=True)
class Basket:
    """Every sheet put in, in the order of coming."""

    entries: tuple[Entry, ...] = ()

    def add(self, paths: Iterable[Path]) -> Basket:
        """Put files in; one that is there already and not yet taken in is not put in twice."""
        there = {entry.path for entry in self.entries if entry.result is None}
        return Basket(self.entries + tuple(Entry(path) for path in dict.fromkeys(paths) if path not in there))

    def came(self, path: Path, drafts: list[Draft]) -> Basket:
        """A file was read: its sheets take the place of the waiting entry."""
        return self._instead(path, tuple(Entry(path, draft) for draft in drafts))

    def refused(self, path: Path, sentence: str) -> Basket:
        """A file could not be read, and why."""
        return self._instead(path, (Entry(path, refused=sentence),))

    def _instead(self, path: Path, new: tuple[Entry, ...]) -> Basket:
        old = [spot for spot, entry in enumerate(self.entries) if entry.path == path and entry.result is None]
        if not old:
            return self
        kept = [entry for spot, entry in enumerate(self.entries) if spot not in old]
        return Basket((*kept[: old[0]], *new, *kept[old[0] :]))

    def mend(self, import_id: int, draft: Draft) -> Basket:
        """Put an import in whose columns are to be mended; one that is there already is not put in twice."""
        if any(entry.mends == import_id and entry.result is None for entry in self.entries):
            return self
        return Basket((*self.entries, Entry(Path(draft.file.name), draft, mends=import_id)))

    def reading_again(self, path: Path) -> Basket:
        """A file is read anew, because its kind or its source was changed."""
        return self._instead(path, (Entry(path),))

    def put(self, spot: int, entry: Entry) -> Basket:
        """Put a changed entry in its place."""
        return Basket((*self.entries[:spot], entry, *self.entries[spot + 1 :]))

    def drop(self, spot: int) -> Basket:
        """Take an entry out of the basket; the file itself is never touched."""
        return Basket((*self.entries[:spot], *self.entries[spot + 1 :]))

    @property
    def ready(self) -> list[int]:
        """Places of the entries that can be taken in now."""
        return [spot for spot, entry in enumerate(self.entries) if entry.ready]

    @property
    def waiting(self) -> bool:
        """True while any file is being read."""
        return any(entry.waiting for entry in self.entries)

    def tried(self, spots: list[int], results: list[ImportResult]) -> Basket:
        """What taking these in would do."""
        return self._with(dict(zip(spots, results, strict=True)), "tried")

    def taken_in(self, spots: list[int], results: list[ImportResult]) -> Basket:
        """What taking these in did."""
        return self._with(dict(zip(spots, results, strict=True)), "result")

    def _with(self, told: dict[int, ImportResult], what: str) -> Basket:
        return Basket(
            tuple(
                entry if spot not in told
                else replace(entry, tried=told[spot]) if what == "tried"
                else replace(entry, result=told[spot])
                for spot, entry in enumerate(self.entries)
            )
        )  # fmt: skip

    def without_import(self, import_id: int) -> Basket:
        """An import was removed: its entry leaves the basket."""
        return Basket(tuple(e for e in self.entries if not (e.result is not None and e.result.import_id == import_id)))


def line_tags(draft: Draft) -> dict[int, str]:
    """What each line that is no data is, by line number."""
    tags = {each.line: f"{each.reason}, not data" for each in draft.not_data}
    return tags | dict.fromkeys(draft.header_lines, "Column names")
