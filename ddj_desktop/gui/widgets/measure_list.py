"""The list of measures: words on the left, the answer on the right, group titles between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ddj_desktop.gui.theme import PAD, colours, em, sized
from ddj_desktop.gui.widgets.parts import named
from ddj_desktop.screens.results import Listed

ANSWER = Qt.ItemDataRole.UserRole + 1


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * (1.7 if index.data(ANSWER) is not None else 2.2)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, answer = colours(), index.data(ANSWER)
        box = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(c.accent_soft))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(c.accent))
        inside = box.adjusted(PAD + 4, 0, -PAD, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if answer is None:
            painter.setPen(QColor(c.muted))
            painter.setFont(sized(option.font, 0.92, bold=True))
            painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, index.data())
        else:
            room = option.fontMetrics.horizontalAdvance(answer) + PAD
            painter.setPen(QColor(c.text))
            painter.setFont(option.font)
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, answer)
            words = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, inside.width() - room)
            painter.drawText(inside, middle, words)
        painter.restore()


class MeasureList(QListWidget):
    """One measure a line; group titles can not be chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(em(self, 16))

    @property
    def chosen(self) -> str:
        """The name of the chosen measure; '' for none."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def fill(self, lines: Sequence[Listed]) -> None:
        """List these; the measure chosen before stays chosen."""
        before, group = self.chosen, ""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            if line.group != group:
                group = line.group
                title = QListWidgetItem(group)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(title)
            item = QListWidgetItem(line.words)
            item.setData(Qt.ItemDataRole.UserRole, line.name)
            item.setData(ANSWER, line.short)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.words}, {line.short}")
            item.setToolTip(f"{line.words}: {line.short}")
            self.addItem(item)
            if line.name == before:
                self.setCurrentItem(item)
        if self.currentItem() is None and self.count() > 1:
            self.setCurrentRow(1)
        self.blockSignals(False)
        self.currentItemChanged.emit(self.currentItem(), None)

    def choose(self, name: str) -> None:
        """Choose a measure by its name."""
        for spot in range(self.count()):
            if self.item(spot).data(Qt.ItemDataRole.UserRole) == name:
                self.setCurrentRow(spot)
