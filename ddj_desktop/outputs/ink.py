"""The few colours and strokes of every chart and page, and the only way to put a word into a drawing.

One hue in four steps, so that a black-and-white print keeps them apart; the two light ones carry a dark outline
because on white they have less than 3:1 (contrasts measured: 12.8, 5.1, 2.4 and 1.4).
"""

from __future__ import annotations

from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from ddj_desktop.outputs.fonts import BOLD, LEAST, TEXT, clean, register

STEPS = (HexColor("#08306B"), HexColor("#2171B5"), HexColor("#6BAED6"), HexColor("#C6DBEF"))
BLACK = HexColor("#1F2328")
MUTED = HexColor("#57606A")
RULE = HexColor("#D0D7DE")
WASH = HexColor("#F3F6FA")
CAUTION = HexColor("#8A5A00")
DASHES: tuple[list[float] | None, ...] = (None, [5, 3], [1.5, 2.5], None)
"""Solid, dashed, dotted, and (by its thinner stroke) thin: lines stay apart without colour."""

STROKES = (2.0, 1.6, 1.6, 0.9)
SMALL = LEAST
BODY = 9.5


def sheet(width: float, height: float) -> Any:
    """An empty drawing, its sizes in points."""
    register()
    return Drawing(width, height)


def word(
    drawing: Any,
    x: float,
    y: float,
    text: str,
    size: float = BODY,
    bold: bool = False,
    anchor: str = "start",
    color: Any = BLACK,
) -> None:
    """Put a line of text at a point; `anchor` is start, middle or end."""
    drawing.add(
        String(
            x,
            y,
            clean(text),
            fontName=BOLD if bold else TEXT,
            fontSize=size,
            textAnchor=anchor,
            fillColor=color,
        )
    )


def box(drawing: Any, x: float, y: float, width: float, height: float, step: int, outline: bool = False) -> None:
    """A filled rectangle in one of the four steps; the two light ones always get a dark outline."""
    light = step >= 2 or outline
    drawing.add(
        Rect(
            x,
            y,
            width,
            height,
            fillColor=STEPS[step],
            strokeColor=STEPS[0] if light else None,
            strokeWidth=0.7 if light else 0,
        )
    )


def frame(drawing: Any, x: float, y: float, width: float, height: float, color: Any = RULE) -> None:
    """An empty rectangle."""
    drawing.add(Rect(x, y, width, height, fillColor=None, strokeColor=color, strokeWidth=0.6))


def rule(drawing: Any, x1: float, y1: float, x2: float, y2: float, color: Any = RULE, stroke: float = 0.6) -> None:
    """A thin line."""
    drawing.add(Line(x1, y1, x2, y2, strokeColor=color, strokeWidth=stroke))
