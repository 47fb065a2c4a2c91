"""A drawing as SVG text for the screen, mended so that Qt draws what the paper shows.

Without these four replacements Qt paints reportlab's clip rectangle black and fills every line (it takes
`fill: None` as black); found by comparing pictures of bars, pies and lines.
"""

from __future__ import annotations

import re
from typing import Any

from reportlab.graphics import renderSVG


def to_svg(drawing: Any) -> str:
    """The drawing as one SVG document."""
    svg = str(renderSVG.drawToString(drawing))
    svg = re.sub(r"<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = svg.replace(' style="clip-path: url(#clip)"', "")
    svg = svg.replace("fill: None", "fill: none")
    return re.sub(r"<(path|polyline|polygon) ", r'<\1 fill="none" ', svg)
