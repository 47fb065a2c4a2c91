"""The one table model: rows it holds, or ids first with cells fetched by page. Sorting and masking live here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ddj_desktop.screens.masks import mask
from ddj_desktop.screens.wording import cell

PAGE = 200
"""Rows fetched at a time."""

Index = QModelIndex | QPersistentModelIndex
Cells = tuple[Any, ...]
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Column:
    """One column: its heading, how it is set, whether it says who somebody is."""

    title: str
    right: bool = False
    identifies: bool = False
    width: float = 0.0
    """In text heights; 0 fits the contents."""
    explain: str = ""


class TableModel(QAbstractTableModel):
    """Either `set_rows` (everything at hand) or `set_ids` with a function that fetches pages of cells."""

    def __init__(self, columns: Sequence[Column] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.hidden_names = True
        self._rows: list[Cells] = []
        self._ids: list[Any] | None = None
        self._ask: Callable[[int, list[Any]], None] | None = None
        self._pages: dict[int, list[Cells]] = {}
        self._asked: set[int] = set()
        self._sorted_by: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[Cells], columns: Sequence[Column] | None = None) -> None:
        """Show rows that are all at hand."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self._rows, self._ids, self._ask = list(rows), None, None
        self._sorted_by = None
        self.endResetModel()

    def set_ids(
        self, ids: Sequence[Any], ask: Callable[[int, list[Any]], None], columns: Sequence[Column] | None = None
    ) -> None:
        """Show a long list: `ask(page, ids)` must later bring `page_came(page, cells)`."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self._rows, self._ids, self._ask = [], list(ids), ask
        self._pages, self._asked, self._sorted_by = {}, set(), None
        self.endResetModel()

    def page_came(self, page: int, cells: list[Cells]) -> None:
        """Take in one page that was asked for."""
        self._pages[page] = cells
        first = page * PAGE
        last = min(first + len(cells), self.rowCount()) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        if parent.isValid():
            return 0
        return len(self._rows) if self._ids is None else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def row(self, index: int) -> Cells | None:
        """The cells of one row; None while its page is on the way."""
        if self._ids is None:
            return self._rows[index]
        page, place = divmod(index, PAGE)
        if page in self._pages:
            return self._pages[page][place]
        if page not in self._asked and self._ask:
            self._asked.add(page)
            self._ask(page, self._ids[page * PAGE : (page + 1) * PAGE])
        return None

    def text(self, index: int, column: int) -> str:
        """A cell as it is shown: masked where names are hidden."""
        cells = self.row(index)
        if cells is None:
            return "…"
        value = cells[column]
        shown = cell(value)
        return mask(shown) if self.columns[column].identifies and self.hidden_names and value else shown

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Role.TextAlignmentRole and self.columns[index.column()].right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.ToolTipRole:
            cells = self.row(index.row())
            if cells is not None and cells[index.column()] in (None, ""):
                return self.tr("not recorded")
            return self.text(index.row(), index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.explain or None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.AccessibleTextRole and self._sorted_by and self._sorted_by[0] == section:
            return self.tr("{title}, sorted {way}").format(
                title=column.title, way=self.tr("down") if self._sorted_by[1] else self.tr("up")
            )
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort rows that are at hand; blanks last either way. Long lists keep the order they came in."""
        if self._ids is not None or not 0 <= column < len(self.columns):
            return
        down = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        there = [row for row in self._rows if row[column] not in (None, "")]
        blank = [row for row in self._rows if row[column] in (None, "")]
        there.sort(key=lambda row: _sort_key(row[column]), reverse=down)
        self._rows = there + blank
        self._sorted_by = (column, down)
        self.layoutChanged.emit()

    @property
    def was_sorted(self) -> bool:
        """True when the rows no longer stand in the order they came in."""
        return self._sorted_by is not None

    def hide_names(self, hidden: bool) -> None:
        """Mask or show the columns that say who somebody is."""
        self.hidden_names = hidden
        if self.rowCount() and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))


def _sort_key(value: Any) -> tuple[int, Any]:
    """Numbers before words, words without regard to capitals; a day and a moment compare as text."""
    if isinstance(value, bool | int | float):
        return 0, float(value)
    if hasattr(value, "isoformat"):
        return 1, value.isoformat()
    return 2, str(value).casefold()
