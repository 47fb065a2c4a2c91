"""The one table of the window: never a trap for Tab, copies as text, opens what is behind a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ddj_desktop.gui.item_model import Column, TableModel
from ddj_desktop.gui.theme import em
from ddj_desktop.gui.widgets.parts import named

WIDEST = 22
"""A column that fits its contents is no wider than so many text heights."""


class Table(QTableView):
    """A table with an accessible name. Enter or a double click on a line sends `opened(row, column)`."""

    opened = Signal(int, int)
    moved = Signal(int)
    counted = Signal(str)

    def __init__(self, name: str, columns: Sequence[Column] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.rows_model = TableModel(columns)
        self.setModel(self.rows_model)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(em(self, 1.75))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionsMovable(True)
        across.setStretchLastSection(True)
        across.setSortIndicatorClearable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sortIndicatorChanged.connect(self._sort)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.moved.emit(now.row()))

    def set_rows(self, rows: Sequence[tuple[Any, ...]], columns: Sequence[Column] | None = None) -> None:
        """Fill the table with rows at hand; the line that was current stays current where it can."""
        current = self.currentIndex().row()
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.rows_model.set_rows(rows, columns)
        shown = self.rows_model.columns
        self.horizontalHeader().setStretchLastSection(bool(shown) and not shown[-1].right)
        self.fit()
        if rows and current >= 0:
            self.choose(min(current, len(rows) - 1))

    def fit(self) -> None:
        """Widen columns to their contents, within reason."""
        for index, column in enumerate(self.rows_model.columns):
            if column.width:
                self.setColumnWidth(index, em(self, column.width))
                continue
            self.resizeColumnToContents(index)
            self.setColumnWidth(index, min(self.columnWidth(index) + em(self, 1.3), em(self, WIDEST)))

    def choose(self, row: int, column: int = 0) -> None:
        """Make a line current and selected."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows_model.index(row, column), flags)

    def chosen_cell(self, column: int) -> Any:
        """What a column holds in the current line; None where no line is current."""
        row = self.currentIndex().row()
        cells = self.rows_model.row(row) if 0 <= row < self.rows_model.rowCount() else None
        return cells[column] if cells else None

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0:
            self.rows_model.sort(column, order)

    def _chosen_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def copy(self, *, headings: bool = False) -> None:
        """Put the selected lines on the clipboard as tab text; hidden names stay hidden."""
        order = [self.horizontalHeader().logicalIndex(spot) for spot in range(len(self.rows_model.columns))]
        lines = ["\t".join(self.rows_model.columns[c].title for c in order)] if headings else []
        lines += ["\t".join(self.rows_model.text(r, c) for c in order) for r in self._chosen_rows()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        for words, act in (
            (self.tr("Copy"), lambda: self.copy()),
            (self.tr("Copy with headings"), lambda: self.copy(headings=True)),
            (self.tr("Select all"), self.selectAll),
        ):
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        menu.exec(self.viewport().mapToGlobal(where))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row(), self.currentIndex().column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and keys == (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            self.copy(headings=True)
        else:
            super().keyPressEvent(event)
