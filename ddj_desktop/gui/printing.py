"""Print a PDF through the system's own dialog: the very pages of the preview, drawn at the printer's resolution."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ddj_desktop.gui.pdf_document import POINTS, PdfDocument

MOST_DOTS = 300
"""Dots to the inch that a page is drawn at; more costs memory and shows nothing on paper."""


def ask_and_print(document: PdfDocument, parent: QWidget) -> bool:
    """Ask for the printer and print. False where the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.path.stem)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(document))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    print_to(document, printer)
    return True


def print_to(document: PdfDocument, printer: QPrinter) -> int:
    """Draw the pages asked for onto a printer. Returns how many."""
    first = max(1, printer.fromPage() or 1)
    last = min(len(document), printer.toPage() or len(document))
    pages = range(first - 1, last)
    _turn(document, printer, pages[0])
    painter = QPainter(printer)
    for place, page in enumerate(pages):
        if place:
            _turn(document, printer, page)
            printer.newPage()
        dots = min(MOST_DOTS, printer.resolution())
        picture = document.picture(page, dots / POINTS, grey=printer.colorMode() == QPrinter.ColorMode.GrayScale)
        room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        room.moveTo(0, 0)
        fit = min(room.width() / picture.width(), room.height() / picture.height())
        size = QRectF(0, 0, picture.width() * fit, picture.height() * fit)
        size.moveCenter(room.center())
        painter.drawImage(size, picture)
    painter.end()
    return len(pages)


def _turn(document: PdfDocument, printer: QPrinter, page: int) -> None:
    width, height = document.size(page)
    wide = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(wide)
