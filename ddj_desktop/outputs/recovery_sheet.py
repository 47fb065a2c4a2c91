"""The sheets of paper with a code: the one that opens a county file when its passphrase or its key file is lost, and
the one that shows whether its log of acts was made anew.

The first carries the data key itself, the second the first key of the log's seals. They are printed once and kept
apart, the first in the county's safe and the second by the privacy officer, and the file of them is removed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter
from reportlab.platypus import PageBreak, SimpleDocTemplate, Spacer, Table, TableStyle

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.outputs import wording
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.fonts import BOLD, LEAST, TEXT, clean, para, register
from ddj_desktop.outputs.ink import BLACK, MUTED, RULE
from ddj_desktop.outputs.paper import ROOM, RUNNING, SECTION, SUBTITLE, TITLE, style
from ddj_desktop.outputs.pdf import MARGIN, check_pdf

_ACROSS = 4
_FACE = ("FONTNAME", (0, 0), (-1, -1), TEXT)
_BLANK = "_" * 22
_SAFE = f"Put into the safe on {_BLANK} by {_BLANK} and {_BLANK}"
_OFFICER = f"Given to the privacy officer on {_BLANK} by {_BLANK}"
_SIDE = MARGIN - 6  # the frame of a simple document keeps 6 points of its own
_OPENS = (
    "Print this sheet on paper now, and put it into the county's safe. Two people should know where it is.",
    "Then remove the file of this sheet from the computer. Do not keep it, mail it or photograph it.",
    "Whoever has this code and the county file can read every record in it.",
    "To use it, where the passphrase or the key file is lost, or five wrong passphrases locked the county file: press "
    "“Use the recovery code” where the window asks for the passphrase, type the groups in order, and choose a new one.",
    "Or type the groups into a text file, and run “restore {file} --recovery-code-file” with the name of that text "
    "file. Remove the text file then.",
    "Each group ends in a check letter, so a slip of the pen is found at once. The code has the letters A to Z and the "
    "digits 2 to 7: there is no zero, no one and no eight in it.",
    "Without the passphrase, the key file and this sheet together, nobody can open the county file again. "
    "There is no other way in.",
)
_SEALS = (
    "Print this sheet on paper now. It is the privacy officer's: keep it apart from the recovery sheet, and away from "
    "those who work with the county file.",
    "Then remove the file of this sheet from the computer. The code is kept nowhere else.",
    "It opens nothing. Every line of the log of acts bears a seal whose key changes with the line, and the first key "
    "is here alone. So a log that was made anew, even by somebody with the passphrase, does not bear the right seals.",
    "To check: write the code as it stands above, with its first number, into a text file, and run “check {file} "
    "--seal-file” with the name of that text file. Remove the text file then.",
    "Anywhere else: export the log with “audit {file} --export”, and run “verify_log.py” with “--seal” and the code.",
    "A new seal is begun with “audit {file} --begin-seal”; the log says so. Keep this sheet: it checks the lines "
    "before.",
)


@dataclass(frozen=True)
class SealCode:
    """The first key of a seal as it is printed: the line of the log it begins with, and the code's groups."""

    first_line: int
    groups: tuple[str, ...]


def write_recovery_sheet(
    path: Path, county: str, state: str, file_name: str, groups: Sequence[str], made_at: datetime,
    seal: SealCode | None = None,
) -> str:  # fmt: skip
    """Write the sheet in one step, and on a second page the privacy officer's where a seal is given; only the writing
    account may read it. Gives the file's SHA-256.

    `groups` are the recovery code's groups in order. Raises CannotSave, NoRoom, NotAsWritten.
    """
    place = wording.place_words(county, state)
    about = f"{place} · county file {file_name} · made {day_in_words(made_at.date())}"
    pages = [_page("Recovery sheet", about, "The recovery code", groups, _OPENS, file_name, _SAFE)]
    if seal:
        pages.append(_seal_page(about, seal, file_name))
    return _write(path, "Recovery sheet", county, pages)


def write_seal_sheet(path: Path, county: str, state: str, file_name: str, seal: SealCode, made_at: datetime) -> str:
    """Write the privacy officer's sheet alone, as `write_recovery_sheet` does."""
    about = f"{wording.place_words(county, state)} · county file {file_name} · made {day_in_words(made_at.date())}"
    return _write(path, "Seal of the log", county, [_seal_page(about, seal, file_name)])


def _write(path: Path, title: str, county: str, pages: Sequence[list[Any]]) -> str:
    register()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=MARGIN, bottomMargin=MARGIN,
        title=title, author=clean(county), creator="DDJ Desktop", producer="DDJ Desktop", lang="en-US",
        subject="Data-Driven Justice", invariant=1, initialFontName=TEXT, initialFontSize=LEAST, displayDocTitle=True,
    )  # fmt: skip
    story = [part for page in pages for part in (*page, PageBreak())]
    document.build(story[:-1])
    data = out.getvalue()

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill, lambda written: check_pdf(written.read_bytes(), len(pages)), private=True)


def _seal_page(about: str, seal: SealCode, file_name: str) -> list[Any]:
    heading = f"The code of the seal that begins with line {seal.first_line} of the log"
    page = _page("Seal of the log", about, heading, seal.groups, _SEALS, file_name, _OFFICER)
    whole = f"{seal.first_line}-{'-'.join(seal.groups)}"
    page.insert(4, para(f"In one line: {whole}", RUNNING))
    return page


def _page(
    title: str, about: str, heading: str, groups: Sequence[str], said: Sequence[str], file_name: str, foot: str
) -> list[Any]:
    steps = [
        [para(f"{i}.", RUNNING), para(text.format(file=file_name), RUNNING)] for i, text in enumerate(said, start=1)
    ]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), _FACE]
    return [
        para(title, TITLE),
        para(about, SUBTITLE),
        para(heading, SECTION),
        Spacer(0, 4),
        _code(groups),
        Spacer(0, 16),
        para("What to do with it", SECTION),
        Table(steps, colWidths=[20, ROOM - 20], style=TableStyle(look)),
        Spacer(0, 18),
        para(foot, RUNNING),
    ]


def _code(groups: Sequence[str]) -> Any:
    """The groups in rows of four, each with its place, in large letters that a hand can copy."""
    code = style(17, fontName=BOLD, alignment=TA_CENTER, leading=21, textColor=BLACK)
    place = style(LEAST, alignment=TA_CENTER, textColor=MUTED)
    cells = [[para(str(i), place), para(group, code)] for i, group in enumerate(groups, start=1)]
    cells += [[]] * (-len(cells) % _ACROSS)
    rows = [cells[i : i + _ACROSS] for i in range(0, len(cells), _ACROSS)]
    look = [("GRID", (0, 0), (-1, -1), 0.7, RULE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), _FACE]
    return Table(rows, colWidths=[ROOM / _ACROSS] * _ACROSS, rowHeights=[46] * len(rows), style=TableStyle(look))
