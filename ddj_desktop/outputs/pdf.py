"""A packet as a PDF: US Letter, embedded fonts, bookmarks, the same bytes for the same packet, written in one step."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Spacer

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.kernel.progress import Progress
from ddj_desktop.outputs.atomic import Sink, write_whole
from ddj_desktop.outputs.content import Packet, Page
from ddj_desktop.outputs.fonts import BOLD, LEAST, TEXT, clean, fit, lines, para, register, width
from ddj_desktop.outputs.ink import BLACK, MUTED, RULE
from ddj_desktop.outputs.paper import ROOM, SUBTITLE, page_flowables, title
from ddj_desktop.outputs.wording import DEMO_MARK

MARGIN = 54.0
"""0.75 inch."""

_LINE = 11.0
_HEAD = 30.0


def write_pdf(packet: Packet, path: Path, progress: Progress | None = None) -> int:
    """Draw the packet and write it in one step; gives how many pages it has.

    The same packet gives the same bytes. Raises CannotSave, NoRoom, NotAsWritten; OurFault where the file read back
    does not hold the pages that were drawn.
    """
    data, pages = pdf_bytes(packet, progress)

    def fill(out: Sink) -> None:
        out.write(data)

    def check(written: Path) -> None:
        check_pdf(written.read_bytes(), pages)

    write_whole(path, fill, check)
    return pages


def pdf_bytes(packet: Packet, progress: Progress | None = None) -> tuple[bytes, int]:
    """The packet as a PDF in memory, and how many pages it has."""
    register()
    (progress or Progress()).step("Drawing the packet", 2)
    _, pages = _draw(packet, 0)  # how many pages there are is known only once they are laid out
    if progress:
        progress.at(1)
    data, again = _draw(packet, pages)
    if again != pages:
        raise OurFault(what="the packet's pages did not come out the same twice")
    return data, pages


def check_pdf(data: bytes, pages: int) -> None:
    """Raise OurFault unless the bytes are one whole PDF with so many pages."""
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise OurFault(what="a PDF was cut short")
    if data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") != pages:
        raise OurFault(what="a PDF does not hold the pages that were drawn")


def _draw(packet: Packet, pages: int) -> tuple[bytes, int]:
    out = io.BytesIO()
    bottom = MARGIN * 0.62 + _LINE * len(_foot_lines(packet)) + 10
    room = letter[1] - bottom - MARGIN * 0.7 - _HEAD
    document = BaseDocTemplate(
        out,
        pagesize=letter,
        title=clean(packet.title),
        author=clean(packet.county),
        subject="Data-Driven Justice",
        creator="DDJ Desktop",
        producer="DDJ Desktop",
        lang="en-US",
        invariant=1,
        initialFontName=TEXT,
        initialFontSize=LEAST,
        displayDocTitle=True,
    )
    first: set[int] = set()
    for place, page in enumerate(packet.pages):
        frame = Frame(MARGIN, bottom, ROOM, room, 0, 0, 0, 0, id="column")
        begin = _on_page(packet, page, place, pages, first)
        document.addPageTemplates(PageTemplate(id=f"page {place}", frames=[frame], onPage=begin, pagesize=letter))
    document.build(_story(packet))
    return out.getvalue(), int(document.page)


def _story(packet: Packet) -> list[Any]:
    story: list[Any] = []
    for place, page in enumerate(packet.pages):
        if place:
            story += [NextPageTemplate(f"page {place}"), PageBreak()]
        story.append(title(page.title))
        if page.subtitle:
            story.append(para(page.subtitle, SUBTITLE))
        story += page_flowables(page.blocks)
        while story and isinstance(story[-1], Spacer):
            story.pop()  # space at the foot of a page must not open another one
    return story


def _on_page(packet: Packet, page: Page, place: int, pages: int, first: set[int]) -> Callable[[Any, Any], None]:
    def begin(canvas: Any, document: Any) -> None:
        if place not in first:
            first.add(place)
            canvas.bookmarkPage(f"page-{place}")
            canvas.addOutlineEntry(clean(f"{page.name}: {page.title}"), f"page-{place}", level=0)
        canvas.saveState()
        _head(canvas, packet)
        _foot(canvas, packet, int(document.page), pages)
        canvas.restoreState()

    return begin


def _head(canvas: Any, packet: Packet) -> None:
    y = letter[1] - MARGIN * 0.7 - 8
    room = ROOM
    if packet.demo:
        wide = width(DEMO_MARK, LEAST, BOLD) + 12
        canvas.setStrokeColor(BLACK)
        canvas.setLineWidth(0.8)
        canvas.rect(MARGIN + ROOM - wide, y - 4.5, wide, 14.5, stroke=1, fill=0)
        canvas.setFillColor(BLACK)
        canvas.setFont(BOLD, LEAST)
        canvas.drawCentredString(MARGIN + ROOM - wide / 2, y, DEMO_MARK)
        room -= wide + 10
    canvas.setFillColor(MUTED)
    canvas.setFont(TEXT, LEAST)
    canvas.drawString(MARGIN, y, fit(packet.kicker, room, LEAST))
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, y - 9, MARGIN + ROOM, y - 9)


def _foot_lines(packet: Packet) -> list[str]:
    number = 90.0  # room for 'page 10 of 10' beside the last line
    broken: list[str] = []
    for place, text in enumerate(packet.footer):
        room = ROOM - number if place == len(packet.footer) - 1 else ROOM
        broken += lines(text, room, LEAST, most=3)
    return broken


def _foot(canvas: Any, packet: Packet, page: int, pages: int) -> None:
    texts = _foot_lines(packet)
    y = MARGIN * 0.62 + _LINE * (len(texts) - 1)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, y + 11.5, MARGIN + ROOM, y + 11.5)
    canvas.setFillColor(MUTED)
    canvas.setFont(TEXT, LEAST)
    for text in texts:
        canvas.drawString(MARGIN, y, text)
        y -= _LINE
    canvas.drawRightString(MARGIN + ROOM, y + _LINE, f"page {page} of {pages}")
