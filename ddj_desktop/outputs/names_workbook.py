"""Rows with names as one workbook that opens with its password alone: made, locked and read back in memory.

Nothing readable touches the disk: not the workbook, and not the sheets, which the library would else write into the
folder for temporary files one by one. Every page and every row says for whom it is and of which release.
"""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from ddj_desktop.disclosure.gate import Permit
from ddj_desktop.disclosure.named_columns import NAMED_COLUMNS
from ddj_desktop.disclosure.named_rows import NONE, NamedRows
from ddj_desktop.disclosure.part2 import NOTICE
from ddj_desktop.intake.unlock import locked, unlocked
from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.extract_files import text_sheet
from ddj_desktop.outputs.inert import inert_sheet
from ddj_desktop.outputs.risk_page import MISSING_IS_NOT_ZERO, ground
from ddj_desktop.outputs.wording import DEMO_MARK, place_words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Those of the recovery sheet: none is taken for another when it is read out."""
_GROUPS, _IN_GROUP = 5, 5
_LONGEST_PARTNER = 80
"""Letters of a partner's name on each page: a page's head and foot hold 255."""
FOR_WHOM = "for"
"""Heading of the column that marks each row."""


@dataclass(frozen=True)
class NamesFacts:
    """What is told of the file beside its rows."""

    county: str
    state: str
    period: str
    definition: str
    release_id: int
    asked: int
    """How many people are on the list."""
    left_out: int | None
    """How many of them are not in it; None where that may not be told."""
    bases: tuple[str, ...]
    """Legal bases the agreement names, in words."""
    rests_on_releases: bool
    """True where anything in it rests on a signed release of information."""
    ends: date
    """Last day of the agreement."""
    made_at: datetime
    audit_head: str
    part2: bool
    """True where records under 42 CFR Part 2 are in it: the notice of 2.32 goes with it."""
    demo: bool
    gaps: tuple[str, ...]
    """A sentence for each source whose data do not cover the period."""


def new_password() -> str:
    """A password of 125 bits, in five groups of five letters and figures, to be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))


def write_names_workbook(permit: Permit, rows: NamedRows, facts: NamesFacts, password: str, path: Path) -> str:
    """Write the locked workbook; gives its SHA-256. Raises CannotSave, NoRoom, NotAsWritten; OurFault without such a
    permit, or where the file does not hold the rows behind its password."""
    if permit.request.level != "identified" or permit.agreement_id is None:
        raise OurFault(what="rows with names were to be written without the gate's permit for them")
    mark = f"{permit.partner[:_LONGEST_PARTNER]} only, release {facts.release_id}"
    lines = [(*rows.headings, FOR_WHOM), *((*row, mark) for row in rows.rows)]
    people = [tuple(" ".join(inert_sheet(text).split()) for text in line) for line in lines]
    data = locked(_bytes(_book(permit, rows, facts, people)), password)

    def fill(sink: Sink) -> None:
        sink.write(data)

    def check(written: Path) -> None:
        if read_names_workbook(written.read_bytes(), password) != people:
            raise OurFault(what="a file of rows with names did not hold what was written")

    return write_whole(path, fill, check, private=True)


def read_names_workbook(data: bytes, password: str) -> list[tuple[str, ...]]:
    """The lines of the sheet of people behind the password, '' for a blank. Raises WrongPassword; OurFault where a cell
    is anything but text."""
    book = load_workbook(io.BytesIO(unlocked(data, "the workbook", password)))
    lines = [list(line) for line in book["People"].iter_rows()]
    if any(cell.data_type != "s" for line in lines for cell in line if cell.value is not None):
        raise OurFault(what="a cell of a row with a name was not text")
    return [tuple(str(cell.value or "") for cell in line) for line in lines]


def _book(permit: Permit, rows: NamedRows, facts: NamesFacts, people: Sequence[tuple[str, ...]]) -> Workbook:
    book = Workbook()
    about = book.active
    about.title = "About"
    text_sheet(about, [(line,) for line in _about(permit, rows, facts)])
    about.column_dimensions["A"].width = 110
    for (cell,) in about.iter_rows():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet = book.create_sheet("People")
    text_sheet(sheet, people)
    sheet.print_title_rows = "1:1"
    for each in book.worksheets:
        _marked(each, permit, facts)
    book.properties = DocumentProperties(
        creator="DDJ Desktop", title="Rows with names", created=facts.made_at, modified=facts.made_at
    )
    return book


def _marked(sheet: Any, permit: Permit, facts: NamesFacts) -> None:
    """For whom it is on the head of every printed page, and what goes with Part 2 records on its foot."""
    partner = inert_sheet(permit.partner)[:_LONGEST_PARTNER].replace("&", "&&")
    demo = f"{DEMO_MARK} · " if facts.demo else ""
    sheet.oddHeader.center.text = f"{demo}For {partner} only · release {facts.release_id}"
    sheet.oddFooter.left.text = NOTICE[0] if facts.part2 else "Do not pass it on."
    sheet.oddFooter.right.text = "page &P of &N"
    sheet.page_setup.orientation = "landscape" if sheet.title == "People" else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _about(permit: Permit, rows: NamedRows, facts: NamesFacts) -> list[str]:
    """Who may have it and what for, what is in it, how to read it, what must not be done with it."""
    lines = [f"Rows with names · {place_words(facts.county, facts.state)} · for {permit.partner} only"]
    lines += [DEMO_MARK] if facts.demo else []
    lines += [f"{what}: {said}" for what, said in ground(permit, facts.definition, facts.bases)]
    if facts.rests_on_releases and not permit.consents:
        lines.append("Columns that those bases do not cover: by a signed release of information of each person")
    lines += [
        f"Release: {facts.release_id}, made {day_in_words(permit.on)}",
        f"Period: {facts.period}",
        f"People in it: {_how_many(rows, facts)}",
        f"Log: {facts.audit_head}",
        "",
    ]
    lines += [f"{name}: {NAMED_COLUMNS[name].words}" for name in rows.headings if name in NAMED_COLUMNS]
    lines += [
        "number: counts the rows of this file and means nothing elsewhere",
        "A blank where contacts are told: nothing may be told of this person from there. It does not say whether there "
        f"were any. “{NONE}” and 0: none is known. “since” a day: only what began on that day or later may be told.",
        *((*facts.gaps, MISSING_IS_NOT_ZERO) if facts.gaps else ()),
        "",
        "Use it for the purpose above and for nothing else. Do not pass it on, whole or in part, do not put it into "
        "another system, and do not copy it without its password.",
        f"Destroy every copy once the purpose is met, at the latest when the agreement ends "
        f"({day_in_words(facts.ends)}), or give it back, and tell the county in writing which was done and when. "
        "Where the county says that a person is to be removed, remove that row at once.",
        *(NOTICE if facts.part2 else ()),
    ]  # fmt: skip
    return lines


def _how_many(rows: NamedRows, facts: NamesFacts) -> str:
    """n of N where it may be told how many were left out."""
    if facts.left_out is None:
        return f"{len(rows.rows):,}; how many of the list that is, is not told"
    return f"{len(rows.rows):,} of {facts.asked:,} on the list"


def _bytes(book: Workbook) -> bytes:
    """The workbook as the library writes it, less its temporary files (openpyxl 3.1: `ExcelWriter.write_worksheet`)."""
    out = io.BytesIO()
    whole = ExcelWriter(book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED))

    def in_memory(sheet: Any) -> None:
        sheet._drawing = SpreadsheetDrawing()
        writer = WorksheetWriter(sheet, io.BytesIO())
        writer.write()
        sheet._rels = writer._rels
        whole._archive.writestr(sheet.path[1:], writer.read())
        whole.manifest.append(sheet)

    whole.write_worksheet = in_memory
    whole.save()
    return out.getvalue()
