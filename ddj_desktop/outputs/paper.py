"""Blocks of a packet as things reportlab can lay on a page: paragraphs, tables, drawings."""

from __future__ import annotations

import math
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from ddj_desktop.disclosure.safe import HIDDEN
from ddj_desktop.outputs.charts import bars_of, bars_pieces, calendar_pieces
from ddj_desktop.outputs.content import (
    BarChart,
    Block,
    Comparison,
    CostTable,
    CoverageCalendar,
    FlowBar,
    Headline,
    Headlines,
    LineChart,
    Notes,
    Numbered,
    OutcomeTable,
    Paragraph,
    Points,
    ShareBars,
    SourceTable,
    StageTable,
    TableBlock,
    UseTable,
)
from ddj_desktop.outputs.fonts import BOLD, LEAST, TEXT, clean, lines, para, width
from ddj_desktop.outputs.grid_cells import NO_DATA, Grid
from ddj_desktop.outputs.grids import grid_of, headline_cells
from ddj_desktop.outputs.ink import BLACK, BODY, CAUTION, MUTED, RULE, STEPS, WASH
from ddj_desktop.outputs.line_chart import draw_lines, draw_spark, has_points
from ddj_desktop.outputs.wording import headline_detail

ROOM = 504.0
"""Width between the margins of US Letter with 0.75 inch on each side, in points."""

_GUTTER = 22.0

_BESIDE_LEAST = 180.0
"""A narrower chart of thirteen months can not be read."""


def style(size: float, **more: Any) -> ParagraphStyle:
    """A paragraph style in the packet's face; `size` in points, never under 8.5."""
    given = {"fontName": TEXT, "fontSize": size, "leading": size * 1.32, "textColor": BLACK, **more}
    return ParagraphStyle(f"s{size}", **given)


TITLE = style(22, fontName=BOLD, leading=26, spaceAfter=5)
SUBTITLE = style(10.5, textColor=MUTED, spaceAfter=10)
SECTION = style(13, fontName=BOLD, leading=16, spaceBefore=4, spaceAfter=3)
EXHIBIT = style(10.5, fontName=BOLD, leading=13.5, spaceBefore=2, spaceAfter=5)
RUNNING = style(10.5, leading=14.2, spaceAfter=5)
SMALL_RUNNING = style(9, leading=11.8, spaceAfter=1.5)
STRONG = style(10.5, fontName=BOLD, leading=14.2, spaceAfter=5)
SMALL = style(LEAST, textColor=MUTED, leading=11.2, spaceAfter=2)
_LABEL = style(LEAST, textColor=MUTED, leading=10.4)
_BIG_WORD = style(13, fontName=BOLD, leading=32, textColor=MUTED)
_CELL = style(BODY, leading=11.8)
_CELL_BOLD = style(BODY, leading=11.8, fontName=BOLD)
_NUMBER_HEAD = style(LEAST, leading=10.2, alignment=TA_RIGHT, textColor=MUTED)
_MIDDLE = style(LEAST, leading=10.2, alignment=TA_CENTER, textColor=MUTED)


def title(text: str) -> Any:
    """A page's title; one that needs two lines is broken near its middle, so that no word stands alone."""
    wide = width(clean(text), TITLE.fontSize, BOLD)
    if ROOM < wide <= ROOM * 1.03:
        return para(text, ParagraphStyle("title", parent=TITLE, fontSize=math.floor(220 * ROOM / wide) / 10))
    lines_needed = math.ceil(wide / ROOM)
    spare = ROOM - wide / lines_needed - 70 if lines_needed > 1 else 0.0
    return para(text, ParagraphStyle("title", parent=TITLE, rightIndent=max(0.0, spare)))


def page_flowables(blocks: tuple[Block, ...]) -> list[Any]:
    """All blocks of a page; two small lists that follow each other stand side by side."""
    story: list[Any] = []
    waiting: list[Points] = []
    for block in blocks:
        small = isinstance(block, Points) and block.look == "small" and bool(block.sentences)
        if waiting and (len(waiting) == 2 or not small):
            story += _beside(waiting)
            waiting = []
        if small and isinstance(block, Points):
            waiting.append(block)
        else:
            story += flowables(block)
    return story + (_beside(waiting) if waiting else [])


def _beside(lists: list[Points]) -> list[Any]:
    if len(lists) == 1:
        return _points(lists[0], ROOM)
    lengths = [sum(len(text) for text in one.sentences) for one in lists]
    share = min(max(lengths[0] / sum(lengths), 0.35), 0.65)
    room = [(ROOM - _GUTTER) * share, (ROOM - _GUTTER) * (1 - share)]
    columns = [_points(one, wide) for one, wide in zip(lists, room, strict=True)]
    both = Table([columns], colWidths=[room[0] + _GUTTER, room[1]], style=TableStyle([*_FLUSH, _TOP_ALIGN]))
    return [both, Spacer(0, 6)]


def flowables(block: Block) -> list[Any]:
    """What to lay down for a block, with the space after it."""
    match block:
        case Paragraph():
            return [para(block.text, STRONG if block.strong else RUNNING, block.lead), Spacer(0, 5)]
        case Points():
            return _points(block, ROOM)
        case Notes():
            return [para(sentence, SMALL) for sentence in block.sentences]
        case _:
            return _exhibit(block)


def _points(block: Points, wide: float) -> list[Any]:
    if not block.sentences:
        return []
    look = SMALL_RUNNING if block.look == "small" else RUNNING
    numbered = block.look == "numbered"
    marks = [f"{i}." if numbered else "•" for i in range(1, len(block.sentences) + 1)]
    rows = [[para(mark, look), para(text, look)] for mark, text in zip(marks, block.sentences, strict=True)]
    room = wide - 24 if block.look == "boxed" else wide
    indent = 12 if block.look == "small" else 18
    points = Table(rows, colWidths=[indent, room - indent], style=TableStyle([*_FLUSH, _TOP_ALIGN]))
    if block.look != "boxed":
        head = EXHIBIT if block.look == "small" else SECTION
        laid = [para(block.title, head), points, Spacer(0, 8)]
        return [KeepTogether(laid)] if wide == ROOM else laid
    inside = [[[para(block.title, style(10.5, fontName=BOLD, textColor=CAUTION, spaceAfter=3)), points]]]
    shade = [("LINEBEFORE", (0, 0), (0, -1), 3, CAUTION), ("BACKGROUND", (0, 0), (-1, -1), WASH), *_padding(12, 7)]
    return [KeepTogether([Table(inside, colWidths=[ROOM], style=TableStyle(shade)), Spacer(0, 10)])]


def _exhibit(block: Numbered) -> list[Any]:
    head = para(block.title, EXHIBIT, f"Figure {block.number}.")
    tail: list[Any] = [Spacer(0, 3), para(block.note, SMALL)] if block.note else []
    body = _body(block)
    if len(body) == 1 and isinstance(block, TableBlock | SourceTable | UseTable) and len(grid_of(block).rows) > 24:
        return [head, *body, *tail, Spacer(0, 12)]  # a table this long breaks over pages, its headings repeated
    first = KeepTogether([head, body[0], *(tail if len(body) == 1 else [])])
    return [first, *body[1:], *(tail if len(body) > 1 else []), Spacer(0, 12)]


def _body(block: Numbered) -> list[Any]:
    match block:
        case Headlines():
            return [_headlines(block)]
        case LineChart():
            return _lines(block)
        case BarChart() | Comparison() | FlowBar() | ShareBars():
            return bars_pieces(bars_of(block), ROOM)
        case UseTable() | OutcomeTable():
            return [grid_table(grid_of(block), ROOM), Spacer(0, 10), *bars_pieces(bars_of(block), ROOM)]
        case CoverageCalendar():
            return calendar_pieces(block, ROOM)
        case TableBlock() | SourceTable() | StageTable() | CostTable():
            return [grid_table(grid_of(block), ROOM)]


def _headlines(block: Headlines) -> Any:
    """Tiles in a row: label, number, what it is of, how it was before, a small line; each part on one height."""
    count = max(1, len(block.items))
    room = ROOM / count
    tiles = [_tile(item, room - 16) for item in block.items]
    rows = [list(parts) for parts in zip(*tiles, strict=True)]
    bottom = len(rows) - 1
    look = [
        *_padding(8, 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, 0), 7),
        ("TOPPADDING", (0, 3), (-1, 3), 4),
        ("TOPPADDING", (0, bottom), (-1, bottom), 5),
        ("BOTTOMPADDING", (0, bottom), (-1, bottom), 6),
        ("LINEABOVE", (0, 0), (-1, 0), 1.4, STEPS[0]),
        ("LINEBELOW", (0, bottom), (-1, bottom), 0.6, RULE),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.6, RULE),
    ]
    return Table(rows, colWidths=[room] * count, style=TableStyle(look))


def _tile(item: Headline, room: float) -> list[Any]:
    number, of, percent, last_month, last_year = (cell.text for cell in headline_cells(item))
    size = 26.0
    while width(number, size, BOLD) > room and size > 10:
        size -= 1
    big = _BIG_WORD if number == NO_DATA else style(size, fontName=BOLD, leading=32, textColor=STEPS[0])
    before = [f"{when}: {text}" for when, text in (("Last month", last_month), ("A year ago", last_year)) if text]
    series = _trend(item)
    drawn = sum(value is not None for value in series) > 1
    return [
        para(item.label, _LABEL),
        para(number, big),
        para(headline_detail(of, percent) or " ", _LABEL),
        [para(line, _LABEL) for line in before],
        draw_spark(series, room, 22) if drawn else "",
    ]


def _trend(item: Headline) -> list[float | None]:
    table = item.series
    if table is None or item.column not in table.columns:
        return []
    column = table.columns.index(item.column)
    return [row[column] for row in table.cells]


def _lines(block: LineChart) -> list[Any]:
    """The chart with its table beside it, or above it where the table is wide."""
    grid = grid_of(block)
    if not has_points(block):
        return [grid_table(grid, ROOM)]
    wanted = min(sum(_column_widths(grid)), ROOM)
    if wanted <= ROOM - _BESIDE_LEAST - 10 and len(grid.rows) <= 26:
        table = grid_table(grid, wanted, tight=True)
        chart = draw_lines(block, ROOM - wanted - 10, max(150.0, 14.4 * len(grid.rows) + 16))
        side = Table([[chart, table]], colWidths=[ROOM - wanted, wanted], style=TableStyle([*_FLUSH, _TOP_ALIGN]))
        return [side]
    return [draw_lines(block, ROOM), grid_table(grid, ROOM)]


_TOP_ALIGN = ("VALIGN", (0, 0), (-1, -1), "TOP")


def _column_widths(grid: Grid) -> list[float]:
    label = max([width(clean(row.label), BODY, BOLD) for row in grid.rows] + [width(clean(grid.row_title), LEAST)])
    widths = [label + 10]
    for c, heading in enumerate(grid.headings):
        head = max((width(line, LEAST) for line in lines(heading.text, 70, LEAST, most=3)), default=0.0)
        body = max((width(row.cells[c].text, BODY, BOLD) for row in grid.rows), default=0.0)
        widths.append(max(head, body) + 9)
    return widths


def grid_table(grid: Grid, room: float, tight: bool = False) -> Any:
    """A table with its numbers right-aligned under their headings, repeated on each page it runs over."""
    widths = _column_widths(grid) if grid.rows else [room]
    spare = room - sum(widths)
    widths[0] = max(60.0, widths[0] + min(spare, 0.0)) if not tight else widths[0]
    if sum(widths) > room:
        scale = (room - widths[0]) / max(1.0, sum(widths[1:]))
        widths = [widths[0], *(wide * scale for wide in widths[1:])]
    elif not tight:
        share = (room - sum(widths)) / len(widths)
        widths = [wide + share for wide in widths]
    head = [para(grid.row_title, _LABEL), *(para(heading.text, _NUMBER_HEAD) for heading in grid.headings)]
    rows: list[list[Any]] = [head]
    look: list[Any] = [*_padding(0, 1.3), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
    look += [("LINEBELOW", (0, 0), (-1, 0), 0.8, MUTED), ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE)]
    for r, row in enumerate(grid.rows, start=1):
        rows.append(
            [para(row.label, _CELL_BOLD if row.total else _CELL), *(_cell(c.text, row.total) for c in row.cells)]
        )
        if row.total:
            look.append(("LINEABOVE", (0, r), (-1, r), 0.8, MUTED))
    return Table(rows, colWidths=widths, style=TableStyle(look), repeatRows=1)


def _cell(text: str, total: bool) -> Any:
    quiet = text in (NO_DATA, HIDDEN)
    font = BOLD if total else TEXT
    color = MUTED if quiet else BLACK
    return para(text, style(BODY, leading=11.8, alignment=TA_RIGHT, fontName=font, textColor=color))


def _padding(side: float, top: float) -> list[Any]:
    whole = (0, 0), (-1, -1)
    return [
        ("FONTNAME", *whole, TEXT),
        ("LEFTPADDING", *whole, side),
        ("RIGHTPADDING", *whole, side),
        ("TOPPADDING", *whole, top),
        ("BOTTOMPADDING", *whole, top),
    ]


_FLUSH = _padding(0, 0)
