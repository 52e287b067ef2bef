"""A short table whose rows are all at hand: deeds, the rows of a plan, problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView

from desktop.ui.language import _
from desktop.ui.tables.column import side_of
from desktop.ui.tables.view import choose_row, dress, spread

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_TOP = QModelIndex()


@dataclass(frozen=True)
class ShortColumn:
    """A column of ready values: its title (a msgid, or a file's own heading, isolated) and how a row fills it."""

    title: str
    text: Callable[[Any], str]
    width: int = 16
    numeric: bool = False


class ShortModel(QAbstractTableModel):
    """Rows that are all at hand."""

    def __init__(self, columns: Sequence[ShortColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns, self.rows = tuple(columns), list[Any]()

    def show_rows(self, rows: Sequence[Any], columns: Sequence[ShortColumn] | None = None) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        if columns is not None:
            self.columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in (Role.DisplayRole, Role.ToolTipRole):
            return _(self.columns[section].title)
        if orientation == Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            return side_of(self.columns[section].numeric)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Role.TextAlignmentRole:
            return side_of(column.numeric)
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        text = column.text(self.rows[index.row()])
        return text or (_("empty") if role == Role.AccessibleTextRole else "")


class ShortView(QTableView):
    """Such a table on show."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, title: str, columns: Sequence[ShortColumn]) -> None:
        super().__init__()
        self.list = ShortModel(columns, self)
        self.setModel(self.list)
        dress(self, title)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.list.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.chosen.emit(self.current()))

    def show_rows(self, rows: Sequence[Any], columns: Sequence[ShortColumn] | None = None) -> None:
        """Show these rows, the same row chosen as before where it still is."""
        before = self.currentIndex().row()
        self.list.show_rows(rows, columns)
        if columns is not None:
            self._share_width()
        if 0 <= before < len(rows):
            choose_row(self, before)

    def current(self) -> Any:
        """The chosen row, or None."""
        row = self.currentIndex().row()
        return self.list.rows[row] if 0 <= row < len(self.list.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        spread(self, {section: column.width for section, column in enumerate(self.list.columns)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.list.rows and not self.selectionModel().hasSelection():
            choose_row(self, max(0, self.currentIndex().row()))
