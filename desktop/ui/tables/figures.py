"""A table of figures in which each cell is opened by itself: what stands behind a figure is one key away."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop.ui.language import _
from desktop.ui.tables.short import ShortColumn, ShortModel
from desktop.ui.tables.view import dress

_ROOM = 8
"""Pixels beside the figures of a column."""


_TITLES = (14, 9)
"""Letters of a title on one line: a table of many figures has room for no more, a narrow window for fewer."""


def broken(words: str, letters: int) -> str:
    """Words on as many lines as they need, where each has room for so many letters."""
    return "\n".join(wrap(words, letters, break_long_words=False, break_on_hyphens=False))


class FigureModel(ShortModel):
    """Rows whose first column says what they are."""

    letters = _TITLES[0]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        said = super().headerData(section, orientation, role)
        return broken(said, self.letters) if said and role == Qt.ItemDataRole.DisplayRole else said

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = super().data(index, role)
        if role != Qt.ItemDataRole.AccessibleTextRole or not index.column():
            return shown
        title = self.columns[0].text(self.rows[index.row()])
        said = _("{row}, {column}: {figure}")
        return said.format(row=title, column=_(self.columns[index.column()].title), figure=shown)


class FigureView(QTableView):
    """Such a table, as high as its rows. `opened` gives a row and the number of a column."""

    opened = Signal(object, int)

    def __init__(self, title: str, columns: Sequence[ShortColumn]) -> None:
        self._top = 0
        super().__init__()
        self.list = FigureModel(columns, self)
        self.setModel(self.list)
        dress(self, title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, the same cell chosen as before."""
        before = self.currentIndex()
        place = before.row(), before.column()
        self.list.show_rows(rows)
        # As the highest asks for: some scripts have taller lines than the font says.
        high = max((self.sizeHintForRow(each) for each in range(len(rows))), default=0) + _ROOM
        self.verticalHeader().setDefaultSectionSize(high)
        self._share_width()
        self.setCurrentIndex(self.list.index(*place))

    def keep_heading(self, top: int) -> None:
        """Show the titles of the columns so far down: what this table stands in was scrolled past its beginning."""
        self._top = top
        self._place_heading()

    def _place_heading(self) -> None:
        header, frame = self.horizontalHeader(), self.frameWidth()
        last = self.verticalHeader().defaultSectionSize() * max(0, len(self.list.rows) - 1)
        header.move(header.x(), frame + min(max(0, self._top - frame), last))
        header.raise_()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_heading()

    def _share_width(self) -> None:
        """As wide as their words and numbers, titles on more lines where that does not fit; room left is shared."""
        header, count = self.horizontalHeader(), len(self.list.columns)
        for self.list.letters in _TITLES:
            wishes = [max(self.sizeHintForColumn(each) + _ROOM, header.sectionSizeHint(each)) for each in range(count)]
            if (more := self.viewport().width() / sum(wishes)) >= 1:
                break
        for each, wish in enumerate(wishes):
            self.setColumnWidth(each, int(wish * max(1.0, more)))
        bars = header.sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        rows = self.verticalHeader().defaultSectionSize() * len(self.list.rows)
        self.setFixedHeight(rows + bars + 2 * self.frameWidth())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.list.rows[index.row()], index.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason  # a press chooses the cell under it by itself
        if self.list.rows and not by_mouse and not self.selectionModel().hasSelection():
            self.setCurrentIndex(
                self.list.index(max(0, self.currentIndex().row()), max(1, self.currentIndex().column()))
            )
