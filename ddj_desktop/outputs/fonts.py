"""The one typeface on paper, and the only way from a text to something reportlab may draw.

reportlab reads its own mark-up in a paragraph: `<unknown>` vanishes, `<img src=…>` is fetched, and a letter the font
lacks becomes a black square, all without an error (reference: tests of reportlab 5.1.0 kept in tests/outputs). So
every text goes through `clean`, and every paragraph through `para`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from ddj_desktop.kernel.resources import resource

TEXT = "DejaVu Sans Condensed"
"""Named as the font names itself, so that the window finds the same face for an SVG chart."""

BOLD = "DejaVu Sans Condensed Bold"

LEAST = 8.5
"""No letter on paper is smaller, in points (ux.md 4.1)."""

_REPLACEMENT = "\ufffd"

rl_config.trustedSchemes = ["data"]
rl_config.trustedHosts = []
rl_config.invariant = 1


@cache
def register() -> None:
    """Make the two faces known to reportlab; once for the life of the program."""
    pdfmetrics.registerFont(TTFont(TEXT, str(resource("fonts/DejaVuSansCondensed.ttf"))))
    pdfmetrics.registerFont(TTFont(BOLD, str(resource("fonts/DejaVuSansCondensed-Bold.ttf"))))
    shapes.STATE_DEFAULTS["fontName"] = TEXT  # else every drawing names Helvetica, which is not embedded
    pdfmetrics.registerFontFamily(TEXT, normal=TEXT, bold=BOLD, italic=TEXT, boldItalic=BOLD)


def clean(text: str) -> str:
    """The text with line breaks as spaces, without control or direction marks, unknown letters as `�`.

    C0 and C1 controls, bidirectional controls, zero-width marks and lone surrogates (Unicode categories Cc, Cf, Cs)
    are taken out: none prints, and some hide or reorder what does.
    """
    register()
    known = pdfmetrics.getFont(TEXT).face.charToGlyph
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(c if ord(c) in known else _REPLACEMENT for c in kept).split())


def para(text: str, style: ParagraphStyle, lead: str = "") -> Any:
    """A paragraph of plain text, with `lead` before it in bold. Nothing in either is read as mark-up."""
    words = escape(clean(text))
    return Paragraph(f"<b>{escape(clean(lead))}</b> {words}" if lead else words, style)


def width(text: str, size: float, font: str = TEXT) -> float:
    """How wide a line of text is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def fit(text: str, room: float, size: float, font: str = TEXT) -> str:
    """The text cleaned, and cut with an ellipsis where it is wider than `room` points."""
    words = clean(text)
    if width(words, size, font) <= room:
        return words
    while words and width(words + "…", size, font) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def lines(text: str, room: float, size: float, font: str = TEXT, most: int = 2) -> list[str]:
    """The text cleaned and broken at spaces into at most `most` lines of `room` points; the last one is cut to fit."""
    out: list[str] = []
    words = clean(text).split(" ")
    while words and len(out) < most - 1:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size, font) <= room:
            taken += 1
        out.append(fit(" ".join(words[:taken]), room, size, font))
        words = words[taken:]
    if words:
        out.append(fit(" ".join(words), room, size, font))
    return out
