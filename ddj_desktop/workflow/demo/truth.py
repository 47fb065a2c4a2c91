"""The truth kept apart: what every line of every export is about, what happened, who exists, who was planted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ddj_desktop.outputs.plain_sheet import Cell
from ddj_desktop.workflow.demo.contacts import Contact
from ddj_desktop.workflow.demo.hard_pairs import HardPair
from ddj_desktop.workflow.demo.people import Person

ROW_COLUMNS = ("file", "sheet", "row", "what", "true_person", "flags", "contact_id", "kind", "role", "starts", "ends")


@dataclass(frozen=True)
class RowTruth:
    """What one line is about. `what` is data, banner, headings, total or note; only data lines have the rest."""

    what: str
    person_id: str = ""
    flags: tuple[str, ...] = ()
    contact: Contact | None = None


@dataclass
class Lines:
    """The lines of one sheet in their order, each with its truth. A blank line has an empty row and no truth."""

    sheet: str
    rows: list[list[Cell]] = field(default_factory=list)
    truths: list[RowTruth | None] = field(default_factory=list)

    def add(self, cells: Sequence[Cell], truth: RowTruth) -> None:
        """A line that holds something."""
        self.rows.append(list(cells))
        self.truths.append(truth)

    def blank(self) -> None:
        """An empty line."""
        self.rows.append([])
        self.truths.append(None)

    def data(self, cells: Sequence[Cell], contact: Contact, flags: Iterable[str] = (), nobody: bool = False) -> None:
        """A line about a contact. `nobody` where it names no known person."""
        self.add(cells, RowTruth("data", "" if nobody else contact.person_id, tuple(flags), contact))

    @property
    def data_count(self) -> int:
        """How many lines are data."""
        return sum(truth is not None and truth.what == "data" for truth in self.truths)


def row_lines(file_name: str, sheets: Iterable[Lines]) -> Iterable[tuple[object, ...]]:
    """Lines of `rows.csv` for one export file."""
    for lines in sheets:
        for number, truth in enumerate(lines.truths, 1):
            if truth is None:
                continue
            contact = truth.contact
            about = (
                (contact.contact_id, contact.kind, contact.role, moment_text(contact.starts), moment_text(contact.ends))
                if contact
                else ("", "", "", "", "")
            )
            yield (file_name, lines.sheet, number, truth.what, truth.person_id, ";".join(truth.flags), *about)


def moment_text(moment: datetime | None) -> str:
    """`YYYY-MM-DD HH:MM`, blank where there is none."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A CSV of the truth folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def write_people(folder: Path, people: Iterable[Person]) -> Path:
    """Every true person, with what they are."""
    columns = _columns(
        "true_person,first,middle,last,suffix,former_last,renamed_on,usual,birth_date,sex,race,hispanic,ssn,resident,"
        "homeless,mental_health,substance_use,veteran,household,planted,marks"
    )
    return write_table(
        folder / "people.csv",
        columns,
        (
            (
                p.person_id, p.first, p.middle, p.last, p.suffix, p.former_last, p.renamed_on or "", p.usual, p.born,
                p.sex, p.race, _yes(p.hispanic), p.ssn, _yes(p.resident), _yes(p.homeless), _yes(p.mental_health),
                _yes(p.substance_use), _yes(p.veteran), p.household, _yes(p.planted), ";".join(p.marks),
            )
            for p in people
        ),
    )  # fmt: skip


def write_contacts(folder: Path, contacts: Iterable[Contact]) -> Path:
    """Every true contact; `exported` says whether any file holds it."""
    columns = _columns("contact_id,system,kind,number,true_person,role,starts,ends,exported")
    return write_table(
        folder / "contacts.csv",
        columns,
        (
            (
                c.contact_id, c.system, c.kind, c.number, c.person_id, c.role, moment_text(c.starts),
                moment_text(c.ends), _yes(c.exported),
            )
            for c in contacts
        ),
    )  # fmt: skip


def write_pairs(folder: Path, pairs: Iterable[HardPair]) -> Path:
    """The planted hard pairs; left and right are one person where records of one person look unlike."""
    return write_table(
        folder / "hard_pairs.csv",
        ("pair", "kind", "left_person", "right_person", "same_person"),
        (
            (f"H{number:02d}", pair.kind, pair.left, pair.right, _yes(pair.left == pair.right))
            for number, pair in enumerate(pairs, 1)
        ),
    )


def _columns(text: str) -> list[str]:
    return text.split(",")


def _yes(true: bool) -> str:
    return "yes" if true else "no"
