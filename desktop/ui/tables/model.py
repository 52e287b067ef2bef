"""The rows of a list of any length: their numbers in order, and the pages somebody has looked at.

Painting never waits for the record: a row not yet here is asked for and drawn when it comes.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.queries.in_language import page_in
from db.queries.listing import Listing, RowsAsked, rows_in_order
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from desktop.ui.tables.column import Column, side_of

PAGE, KEPT = 128, 64
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_TOP = QModelIndex()


class ListModel(QAbstractTableModel):
    """The rows of one listing, as it was last asked."""

    counted = Signal(int)

    def __init__(self, desk: Desk, listing: Listing, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._listing, self._columns = desk, listing, columns
        self._keys = list(listing.columns)
        self._numbers: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[Any, ...] | None] | None] = OrderedDict()
        self._turn = 0

    def ask(self, asked: RowsAsked) -> None:
        """Ask the record anew; only the newest answer counts."""
        self._turn += 1
        turn = self._turn
        self._desk.ask(rows_in_order, self._listing, asked, then=lambda numbers: self._take(turn, numbers), owner=self)

    def id_at(self, row: int) -> Any:
        """The id of a row on show; None while it is on its way."""
        values = self._row(row)
        return values[0] if values else None

    def number_at(self, row: int) -> int:
        """The row's number in the record, by which a selection outlives a new order."""
        return self._numbers[row]

    def row_of(self, number: int) -> int | None:
        """Where a number stands now."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def _take(self, turn: int, numbers: "array[int]") -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._numbers = numbers
        self._pages.clear()
        self.endResetModel()
        self.counted.emit(len(numbers))

    def _row(self, row: int) -> tuple[Any, ...] | None:
        number, turn = row // PAGE, self._turn
        if number not in self._pages:
            self._pages[number] = None
            numbers = self._numbers[number * PAGE : (number + 1) * PAGE]
            self._desk.ask(
                page_in,
                words(),
                self._listing,
                numbers,
                then=lambda rows: self._fill(turn, number, numbers, rows),
                owner=self,
            )
        rows = self._pages[number]
        return rows[row % PAGE] if rows else None

    def _fill(self, turn: int, number: int, numbers: Sequence[int], rows: dict[int, tuple[Any, ...]]) -> None:
        # A page painted while a new order was on its way belongs to the old one.
        if turn != self._turn or numbers != self._numbers[number * PAGE : (number + 1) * PAGE]:
            return
        self._pages[number] = [rows.get(each) for each in numbers]
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = number * PAGE
        self.dataChanged.emit(
            self.index(first, 0), self.index(min(first + PAGE, len(self._numbers)) - 1, len(self._columns) - 1)
        )

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Role.DisplayRole:
            return _(column.title)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return _(column.in_full or column.title)
        if role == Role.TextAlignmentRole:
            return side_of(column.numeric)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole:
            return side_of(self._columns[index.column()].numeric)
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        values, column = self._row(index.row()), self._columns[index.column()]
        if values is None:
            return "…" if role == Role.DisplayRole else None
        text = column.text(values[1 + self._keys.index(column.key)])
        if not text and column.reason is not None:
            key, why = column.reason
            text = why(values[1 + self._keys.index(key)])
        # An empty cell would be read out as "data item".
        return text or (_(column.missing) if role == Role.AccessibleTextRole else "")
