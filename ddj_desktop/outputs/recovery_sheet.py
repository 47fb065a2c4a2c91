"""The one sheet of paper that opens a county file when its passphrase or its key file is lost.

It carries the data key itself, so it is printed once, kept in the county's safe, and the file of it removed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter
from reportlab.platypus import SimpleDocTemplate, Spacer, Table, TableStyle

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
_SIDE = MARGIN - 6  # the frame of a simple document keeps 6 points of its own
_STEPS = (
    "Print this sheet on paper now, and put it into the county's safe. Two people should know where it is.",
    "Then remove the file of this sheet from the computer. Do not keep it, mail it or photograph it.",
    "Whoever has this code and the county file can read every record in it.",
    "To use it: type the groups in order into a text file, and run “restore {file} --recovery-code-file” with the name "
    "of that text file. The program asks for a new passphrase and writes a new key file. Remove the text file then.",
    "Each group ends in a check letter, so a slip of the pen is found at once. The code has the letters A to Z and the "
    "digits 2 to 7: there is no zero, no one and no eight in it.",
    "Without the passphrase, the key file and this sheet together, nobody can open the county file again. "
    "There is no other way in.",
)


def write_recovery_sheet(
    path: Path, county: str, state: str, file_name: str, groups: Sequence[str], made_at: datetime
) -> str:
    """Write the sheet in one step; only the writing account may read it. Gives the file's SHA-256.

    `groups` are the recovery code's groups in order. Raises CannotSave, NoRoom, NotAsWritten.
    """
    register()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=MARGIN, bottomMargin=MARGIN,
        title="Recovery sheet", author=clean(county), creator="DDJ Desktop", producer="DDJ Desktop", lang="en-US",
        subject="Data-Driven Justice", invariant=1, initialFontName=TEXT, initialFontSize=LEAST, displayDocTitle=True,
    )  # fmt: skip
    place = wording.place_words(county, state)
    document.build(_story(place, file_name, groups, made_at.date()))
    data = out.getvalue()

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill, lambda written: check_pdf(written.read_bytes(), 1), private=True)


def _story(place: str, file_name: str, groups: Sequence[str], made_on: date) -> list[Any]:
    steps = [
        [para(f"{i}.", RUNNING), para(text.format(file=file_name), RUNNING)] for i, text in enumerate(_STEPS, start=1)
    ]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), _FACE]
    return [
        para("Recovery sheet", TITLE),
        para(f"{place} · county file {file_name} · made {day_in_words(made_on)}", SUBTITLE),
        para("The recovery code", SECTION),
        Spacer(0, 4),
        _code(groups),
        Spacer(0, 16),
        para("What to do with it", SECTION),
        Table(steps, colWidths=[20, ROOM - 20], style=TableStyle(look)),
        Spacer(0, 18),
        para(f"Put into the safe on {_BLANK} by {_BLANK} and {_BLANK}", RUNNING),
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
