"""What every page that agencies sign has: numbered statements, who agreed, lines to sign on; written in one step."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer, Table, TableStyle

from ddj_desktop.kernel.dates import day_in_words
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.fonts import LEAST, TEXT, clean, para, register
from ddj_desktop.outputs.ink import RULE
from ddj_desktop.outputs.paper import ROOM, RUNNING, SECTION, SMALL
from ddj_desktop.outputs.pdf import MARGIN

_SIDE = MARGIN - 6
_LINES = 6
PLAIN = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
    ]
)


def write_to_sign(path: Path, title: str, county: str, story: list[Any]) -> str:
    """Write the story as PDF. Gives the file's SHA-256. Raises CannotSave, NoRoom, NotAsWritten."""
    register()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=MARGIN, bottomMargin=MARGIN,
        title=clean(title), author=clean(county), creator="DDJ Desktop", producer="DDJ Desktop", lang="en-US",
        subject="Data-Driven Justice", invariant=1, initialFontName=TEXT, initialFontSize=LEAST, displayDocTitle=True,
    )  # fmt: skip
    document.build(story)
    data = out.getvalue()

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill, lambda written: None)


def numbered(parts: Sequence[str]) -> Any:
    """Statements, each with its number."""
    rows = [
        [para(f"{place}.", RUNNING), para(f"{text[0].upper()}{text[1:]}", RUNNING)]
        for place, text in enumerate(parts, 1)
    ]
    return Table(rows, colWidths=[20, ROOM - 20], style=PLAIN)


def agreement(by: str | None, agencies: str | None, meeting: str | None, on: date | None) -> list[Any]:
    """Who agreed, and lines to sign on; blanks to fill in where nobody has yet."""
    blank = "_" * 48
    rows = [("Agreed by", by or blank), ("Agencies", agencies or blank), ("Meeting", meeting or blank),
            ("Date", day_in_words(on) if on else blank)]  # fmt: skip
    cells = [[para(words, RUNNING), para(said, RUNNING)] for words, said in rows]
    who = Table(cells, colWidths=[80, ROOM - 80], style=PLAIN)
    return [KeepTogether([para("Agreement", SECTION), who, Spacer(0, 6)]), KeepTogether(_signatures())]


def _signatures() -> list[Any]:
    heads = [para(words, SMALL) for words in ("Agency", "Name and title", "Signature", "Date")]
    look = [("LINEBELOW", (0, 1), (-1, -1), 0.7, RULE), ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("FONTNAME", (0, 0), (-1, -1), TEXT), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")]  # fmt: skip
    rows = [heads, *([""] * 4 for _ in range(_LINES))]
    heights = [14.0, *([26.0] * _LINES)]
    return [para("Signatures", SECTION), Table(rows, colWidths=[ROOM * part for part in (0.28, 0.3, 0.27, 0.15)],
                                               rowHeights=heights, style=TableStyle(look))]  # fmt: skip
