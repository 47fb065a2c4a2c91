"""Plain papers: headings, sentences, tables and lines to fill in. Risk pages, codebooks, forms and registers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer, Table, TableStyle

from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.fonts import BOLD, LEAST, TEXT, clean, fit, para, register, width
from ddj_desktop.outputs.ink import BLACK, MUTED, RULE, WASH
from ddj_desktop.outputs.paper import ROOM, RUNNING, SECTION, SMALL, SUBTITLE, TITLE, style
from ddj_desktop.outputs.pdf import MARGIN, check_pdf
from ddj_desktop.outputs.wording import DEMO_MARK

_SIDE = MARGIN - 6  # the frame of a simple document keeps 6 points of its own
_CELL = style(9, leading=11.6)
_HEAD = style(LEAST, leading=10.6, textColor=MUTED)
_TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")
_FACE = ("FONTNAME", (0, 0), (-1, -1), TEXT)


@dataclass(frozen=True)
class Grid:
    """A table of words: headings, rows, and the share of the width each column has."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Part:
    """One section: its heading, sentences, a table, points, lines to write on."""

    heading: str = ""
    sentences: tuple[str, ...] = ()
    grid: Grid | None = None
    points: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """Each a label with a line beside it to write on."""
    boxes: tuple[str, ...] = ()
    """Each a square to tick with its words."""
    boxed: bool = False
    """Set on a quiet ground: what a reader must not miss."""
    small: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper."""

    title: str
    subtitle: str
    author: str
    parts: tuple[Part, ...]
    foot: str
    demo: bool = False


def write_paper(path: Path, paper: Paper, private: bool = False) -> str:
    """Write it as a PDF in one step; gives its SHA-256. `private`: only the writing account may read it.

    The same paper gives the same bytes. Raises CannotSave, NoRoom, NotAsWritten.
    """
    data, pages = paper_bytes(paper)

    def fill(sink: Sink) -> None:
        sink.write(data)

    return write_whole(path, fill, lambda written: check_pdf(written.read_bytes(), pages), private)


def paper_bytes(paper: Paper) -> tuple[bytes, int]:
    """The paper as a PDF in memory, and how many pages it has."""
    register()
    _, pages = _draw(paper, 0)
    return _draw(paper, pages)


def _draw(paper: Paper, pages: int) -> tuple[bytes, int]:
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=_SIDE, rightMargin=_SIDE, topMargin=MARGIN, bottomMargin=MARGIN,
        title=clean(paper.title), author=clean(paper.author), creator="DDJ Desktop", producer="DDJ Desktop",
        subject="Data-Driven Justice", lang="en-US", invariant=1, initialFontName=TEXT, initialFontSize=LEAST,
        displayDocTitle=True,
    )  # fmt: skip
    story: list[Any] = [para(paper.title, TITLE), para(paper.subtitle, SUBTITLE)]
    for part in paper.parts:
        story += _part(part)
    edge = _edges(paper, pages)
    document.build(story, onFirstPage=edge, onLaterPages=edge)
    return out.getvalue(), int(document.page)


def _edges(paper: Paper, pages: int) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(MUTED)
        canvas.setFont(TEXT, LEAST)
        canvas.drawString(MARGIN, MARGIN * 0.6, fit(paper.foot, ROOM - 80, LEAST))
        canvas.drawRightString(MARGIN + ROOM, MARGIN * 0.6, f"page {int(document.page)} of {pages}")
        if paper.demo:
            canvas.setFillColor(BLACK)
            canvas.setFont(BOLD, LEAST)
            canvas.drawRightString(MARGIN + ROOM, letter[1] - MARGIN * 0.7, DEMO_MARK)
        canvas.restoreState()

    return draw


def _part(part: Part) -> list[Any]:
    look = SMALL if part.small else RUNNING
    room = ROOM - 24 if part.boxed else ROOM
    inside: list[Any] = [para(part.heading, SECTION)] if part.heading else []
    inside += [para(sentence, look) for sentence in part.sentences]
    if part.points:
        inside.append(_marked([("•", text) for text in part.points], room))
    if part.boxes:
        inside.append(_marked([("☐", text) for text in part.boxes], room))
    if part.lines:
        inside.append(_lines(part.lines, room))
    if part.boxed:
        ground = [("BACKGROUND", (0, 0), (-1, -1), WASH), ("LEFTPADDING", (0, 0), (-1, -1), 12), _FACE]
        inside = [Table([[inside]], colWidths=[ROOM], style=TableStyle(ground))]
    laid: list[Any] = [KeepTogether(inside)] if inside else []
    if part.grid:
        laid.append(_grid(part.grid))
    return [*laid, Spacer(0, 9)]


def _marked(points: Sequence[tuple[str, str]], room: float) -> Any:
    rows = [[para(mark, RUNNING), para(text, RUNNING)] for mark, text in points]
    look = [_TOP, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0), _FACE]  # fmt: skip
    return Table(rows, colWidths=[16, room - 16], style=TableStyle(look))


def _lines(labels: Sequence[str], room: float) -> Any:
    widest = min(room * 0.5, max(width(clean(label), 10.5) for label in labels) + 12)
    rows = [[para(label, RUNNING), ""] for label in labels]
    look = [("LINEBELOW", (1, 0), (1, -1), 0.7, MUTED), ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0), _FACE]  # fmt: skip
    return Table(rows, colWidths=[widest, room - widest], style=TableStyle(look))


def _grid(grid: Grid) -> Any:
    whole = sum(grid.shares)
    rows: list[list[Any]] = [[para(heading, _HEAD) for heading in grid.headings]]
    rows += [[para(cell, _CELL) for cell in row] for row in grid.rows]
    look = [_TOP, ("LINEBELOW", (0, 0), (-1, 0), 0.8, MUTED), ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2), _FACE]  # fmt: skip
    return Table(
        rows, colWidths=[ROOM * share / whole for share in grid.shares], style=TableStyle(look), repeatRows=1,
    )  # fmt: skip
