"""The very PDF that is printed: thumbnails on the left, the page on the right, zoom, a black-and-white proof."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from ddj_desktop.gui.pdf_document import PdfDocument
from ddj_desktop.gui.theme import PAD, em
from ddj_desktop.gui.widgets.parts import named

SMALL = 0.18
"""Pixels to the point of a thumbnail."""
LEAST, MOST = 0.4, 4.0


class PdfView(QWidget):
    """Shows a PdfDocument. `zoom` 0 means: as wide as the room allows."""

    moved = Signal(int, int)
    """Page in front and how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self._document: PdfDocument | None = None
        self.zoom, self.grey, self.page = 0.0, False, 0
        self.thumbnails = named(QListWidget(), self.tr("Pages"))
        self.thumbnails.setObjectName("thumbnails")
        self.thumbnails.setViewMode(QListView.ViewMode.IconMode)
        self.thumbnails.setFlow(QListView.Flow.TopToBottom)
        self.thumbnails.setWrapping(False)
        self.thumbnails.setMovement(QListView.Movement.Static)
        self.thumbnails.setIconSize(QSize(em(self, 7), em(self, 8.5)))
        self.thumbnails.setGridSize(QSize(em(self, 8), em(self, 10.3)))
        self.thumbnails.setFixedWidth(em(self, 9.8))
        self.thumbnails.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbnails.setTabKeyNavigation(False)
        self.thumbnails.currentRowChanged.connect(self.show_page)
        self._sheet = QLabel()
        self._sheet.setObjectName("paper")
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = named(QScrollArea(), self.tr("The page"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.viewport().installEventFilter(self)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(PAD)
        inside.addWidget(self.thumbnails)
        inside.addWidget(self._area, 1)
        self._next_thumbnail = QTimer(self)
        self._next_thumbnail.setInterval(0)
        self._next_thumbnail.timeout.connect(self._one_thumbnail)
        self._thumbnails_made = 0
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self._draw)

    def show_document(self, document: PdfDocument) -> None:
        """Show another PDF from its first page."""
        if self._document:
            self._document.close()
        self._document, self.page = document, 0
        self.thumbnails.blockSignals(True)
        self.thumbnails.clear()
        for page in range(len(document)):
            self.thumbnails.addItem(QListWidgetItem(self.tr("Page {n}").format(n=page + 1)))
        self.thumbnails.setCurrentRow(0)
        self.thumbnails.blockSignals(False)
        self._again()

    def _again(self) -> None:
        self._thumbnails_made = 0
        self._next_thumbnail.start()
        self._draw()

    def _one_thumbnail(self) -> None:
        if self._document is None or self._thumbnails_made >= len(self._document):
            self._next_thumbnail.stop()
            return
        picture = self._document.picture(self._thumbnails_made, SMALL, grey=self.grey)
        icon = QIcon(QPixmap.fromImage(picture))
        icon.addPixmap(QPixmap.fromImage(picture), QIcon.Mode.Selected)  # else the chosen page is tinted
        self.thumbnails.item(self._thumbnails_made).setIcon(icon)
        self._thumbnails_made += 1

    def show_page(self, page: int) -> None:
        """Bring a page to the front."""
        if self._document and 0 <= page < len(self._document):
            self.page = page
            self._draw()
            self._area.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float) -> None:
        """Pixels to the point; 0 for as wide as the room allows."""
        self.zoom = 0.0 if zoom == 0 else min(MOST, max(LEAST, zoom))
        self._draw()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self.set_zoom(self._scale() * factor)

    def set_grey(self, grey: bool) -> None:
        """Show how it looks from a black-and-white printer."""
        self.grey = grey
        self._again()

    def _scale(self) -> float:
        if self.zoom or self._document is None:
            return self.zoom or 1.0
        width, _ = self._document.size(self.page)
        return min(MOST, max(LEAST, (self._area.viewport().width() - 2 * PAD) / width))

    def _draw(self) -> None:
        if self._document is None:
            return
        ratio = self.devicePixelRatioF()
        picture = self._document.picture(self.page, self._scale() * ratio, grey=self.grey)
        picture.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(QPixmap.fromImage(picture))
        self._sheet.setAccessibleName(self.tr("Page {n} of {m}").format(n=self.page + 1, m=len(self._document)))
        self.moved.emit(self.page + 1, len(self._document))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.zoom == 0 and self._document:
            self._fit_soon.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.thumbnails.setCurrentRow(min(self.thumbnails.count() - 1, max(0, self.page + step)))
        else:
            super().keyPressEvent(event)

    def close_document(self) -> None:
        """Free the PDF."""
        if self._document:
            self._document.close()
            self._document = None
        self._next_thumbnail.stop()
