"""The stages of the work as a flat list, each with a word about its state."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ddj_desktop.gui.theme import PAD, colours, em, sized
from ddj_desktop.gui.widgets.parts import GLYPHS, named

BADGE = Qt.ItemDataRole.UserRole + 1
STATE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Stop:
    """One stage: its page's name, the number before it ('' for none), its words."""

    page: str
    number: str
    words: str


class _Painter(QStyledItemDelegate):
    """Number, name, and under it a small word: '8 to review'."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * 2.75))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, box = colours(), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(c.accent_soft if chosen else c.hover))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), QColor(c.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        number, words, badge = index.data(Qt.ItemDataRole.UserRole)[0], index.data(), index.data(BADGE) or ""
        line = option.fontMetrics.height()
        left = box.left() + 2 * PAD
        top = box.top() + (box.height() - (2 * line if badge else line)) // 2
        painter.setPen(QColor(c.muted))
        painter.setFont(option.font)
        painter.drawText(QRect(left, top, line, line), Qt.AlignmentFlag.AlignLeft, number)
        painter.setPen(QColor(c.text))
        painter.setFont(sized(option.font, 1.0, bold=chosen))
        painter.drawText(
            QRect(left + line + 4, top, box.right() - left - line, line), Qt.AlignmentFlag.AlignLeft, words
        )
        if badge:
            painter.setPen(QColor(c.muted))
            painter.setFont(sized(option.font, 0.88))
            where = QRect(left + line + 4, top + line, box.right() - left - line - PAD, line)
            shape = GLYPHS.get(index.data(STATE) or "", "")
            text = painter.fontMetrics().elidedText(
                f"{shape} {badge}".strip(), Qt.TextElideMode.ElideRight, where.width()
            )
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class Sidebar(QListWidget):
    """A flat list: one stage a line. Arrow keys move, the page follows."""

    chosen = Signal(str)

    def __init__(self, stops: tuple[Stop, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        named(self, self.tr("Stages of the work"))
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFixedWidth(em(self, 11.5))
        self._stops = stops
        for stop in stops:
            item = QListWidgetItem(stop.words)
            item.setData(Qt.ItemDataRole.UserRole, (stop.number, stop.page))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, stop.words)
            self.addItem(item)
        self.currentRowChanged.connect(self._moved)

    def _moved(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self._stops[index].page)

    def show_page(self, page: str) -> None:
        """Mark the stage of a page."""
        for index, stop in enumerate(self._stops):
            if stop.page == page and self.currentRow() != index:
                self.setCurrentRow(index)

    def badge(self, page: str, state: str, words: str) -> None:
        """Put a word under a stage; '' takes it away."""
        for index, stop in enumerate(self._stops):
            if stop.page == page:
                item = self.item(index)
                item.setData(BADGE, words)
                item.setData(STATE, state)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{stop.words}, {words}" if words else stop.words)
