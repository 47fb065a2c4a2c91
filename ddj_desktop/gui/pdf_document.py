"""Pages of a PDF as pictures, for the preview and the printer. The only home of the PDF reader."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtGui import QImage

POINTS = 72
"""PDF units to the inch."""


class PdfDocument:
    """An open PDF, read into memory so that the file itself stays free."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pdf = pypdfium2.PdfDocument(path.read_bytes())

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._pdf[page].get_size()
        return float(width), float(height)

    def picture(self, page: int, scale: float, *, grey: bool = False) -> QImage:
        """A page as a picture, `scale` pixels to the point; in greys for the black-and-white proof."""
        bitmap = self._pdf[page].render(scale=scale, rev_byteorder=True)
        picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, _form(bitmap.n_channels)).copy()
        return picture.convertToFormat(QImage.Format.Format_Grayscale8) if grey else picture

    def close(self) -> None:
        """Free it."""
        self._pdf.close()


def _form(channels: int) -> QImage.Format:
    return {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}.get(
        channels, QImage.Format.Format_RGBX8888
    )
