"""A list on show: ordered by its headers, walked by the keyboard, left by Tab, its columns as people set them."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any
from zlib import crc32

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QPushButton, QTableView

from db.queries.listing import Listing, RowsAsked
from desktop.ui.desk import Desk
from desktop.ui.icons import icon
from desktop.ui.kept import keep, state
from desktop.ui.language import _, words
from desktop.ui.tables.column import Column
from desktop.ui.tables.model import ListModel

_MEASURED, _WIDEST, _TOLD = 30, 60, 26
"""So many rows are looked at for the width of a column, so many letters wide it is at most, and so many are seen."""


def dress(table: QTableView, name: str) -> None:
    """What every table of the window has in common, whatever its model."""
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)  # or Tab never leaves the table
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * 1.9))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def choose_row(table: QTableView, row: int) -> None:
    """Select a row; `selectRow` selects nothing in right-to-left layout."""
    index = table.model().index(row, 0)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(index, flags)
    table.scrollTo(index)


def spread(table: QTableView, widths: Mapping[int, int], needs: Mapping[int, int] | None = None) -> None:
    """Share the width of a table among these columns by their weights, none narrower than its title.

    Where it is known what the cells need, columns get that first. Where not all have room, those that need much are
    cut, but never so far that a name cannot be told: then the table scrolls.
    """
    header = table.horizontalHeader()
    room, wishes = table.viewport().width(), dict(widths)
    least = {section: header.sectionSizeHint(section) for section in wishes}
    if needs is not None:
        enough = {section: max(title, needs[section]) for section, title in least.items()}
        if sum(enough.values()) <= room:
            least = enough
        else:
            told = table.fontMetrics().averageCharWidth() * _TOLD
            _deal(
                table,
                room,
                enough,
                {section: max(title, min(told, needs[section])) for section, title in least.items()},
            )
            return
    while wishes:
        unit = room / sum(wishes.values())
        # Those that need more than their share get just that; the others share what is left.
        tight = {section: least[section] for section in wishes if least[section] > unit * wishes[section]}
        for section in tight or wishes:
            table.setColumnWidth(section, tight.get(section, int(unit * wishes[section])))
        if not tight:
            return
        room = max(0, room - sum(tight.values()))
        wishes = {section: wish for section, wish in wishes.items() if section not in tight}


def _deal(table: QTableView, room: int, enough: Mapping[int, int], least: Mapping[int, int]) -> None:
    """Give columns what they need while that is no more than their share, and the others shares of what is left."""
    left = dict(enough)
    while left:
        share = max(0, room) // len(left)
        modest = {section for section, need in left.items() if need <= share}
        for section in modest or left:
            table.setColumnWidth(section, left[section] if modest else max(share, least[section]))
        room -= sum(left[section] for section in modest)
        left = {section: need for section, need in left.items() if modest and section not in modest}


class ListView(QTableView):
    """A listing with an order. `opened` gives the id of the row somebody wants to see."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        name: str,
        title: str,
        listing: Listing,
        columns: Sequence[Column],
        order: str,
        visible: Collection[str] | None = None,
    ) -> None:
        super().__init__()
        self.list = ListModel(desk, listing, columns, self)
        self._columns, self._asked = columns, RowsAsked(order=order)
        self._kept: int | None = None
        self._answered = False
        self.list.counted.connect(self._count)
        self.list.dataChanged.connect(lambda first, _last: self._fit() if first.row() == 0 else None)
        # A state kept for other columns would hide the wrong ones.
        about = crc32(" ".join(column.key for column in columns).encode())
        self._state_key = f"lists/{name}/{words().direction}/{about}"
        self.setModel(self.list)
        dress(self, title)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        self._spread = True
        for section, column in enumerate(columns):
            self.setColumnHidden(section, visible is not None and column.key not in visible)
        # Kept apart for each direction: a state of one scrambles the other.
        if (kept := state(self._state_key)) is not None:
            header.restoreState(kept)
            self._spread = False
        header.setSortIndicator([column.key for column in columns].index(order), Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._order_by)
        header.sectionResized.connect(self._keep_columns)
        header.sectionMoved.connect(self._keep_columns)
        self.list.modelAboutToBeReset.connect(self._remember)
        self.list.modelReset.connect(self._restore)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(self._id(now.row())))

    def ask(self, search: str | None = None, filters: dict[str, Any] | None = None) -> None:
        """Show what this search and these filters find; what is not given stays as it was."""
        self._asked = RowsAsked(
            self._asked.order,
            self._asked.descending,
            self._asked.search if search is None else search,
            self._asked.filters if filters is None else filters,
        )
        self.list.ask(self._asked)

    def choice_of_columns(self) -> QPushButton:
        """A button with a menu of the columns, the first of which always stays, and of the orders by each."""
        chooser = QPushButton(icon("columns-3", QPalette.ColorRole.ButtonText), _("Columns"))
        menu = QMenu(chooser)
        for section, column in enumerate(self._columns[1:], 1):
            action = menu.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(section))
            action.toggled.connect(partial(self._show_column, section))
        menu.addSeparator()
        orders = menu.addMenu(_("Order by"))
        for section, column in enumerate(self._columns):
            orders.addAction(_(column.title), partial(self._turn_order, section))
        chooser.setMenu(menu)
        return chooser

    def allow_several(self) -> None:
        """Let several rows be chosen at once."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_numbers(self) -> list[int]:
        """The numbers in the record of all chosen rows."""
        ranges = self.selectionModel().selection().toList()
        return [self.list.number_at(row) for part in ranges for row in range(part.top(), part.bottom() + 1)]

    def chosen_count(self) -> int:
        """How many rows are chosen, without looking at each of a million."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def _id(self, row: int) -> Any:
        return self.list.id_at(row) if 0 <= row < self.list.rowCount() else None

    def _open(self, row: int) -> None:
        if (id := self._id(row)) is not None:
            self.opened.emit(id)

    def _order_by(self, section: int, order: Qt.SortOrder) -> None:
        down = order == Qt.SortOrder.DescendingOrder
        self._asked = RowsAsked(self._columns[section].key, down, self._asked.search, self._asked.filters)
        self.list.ask(self._asked)

    def _turn_order(self, section: int) -> None:
        """Order by a column as a click on its title does, for those who use the keyboard: once more turns it around."""
        header = self.horizontalHeader()
        again = header.sortIndicatorSection() == section and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)

    def _show_column(self, section: int, shown: bool) -> None:
        self.setColumnHidden(section, not shown)
        keep(self._state_key, self.horizontalHeader().saveState())
        if self._spread:
            self._share_width()

    def _share_width(self) -> None:
        shown = {
            section: column.width for section, column in enumerate(self._columns) if not self.isColumnHidden(section)
        }
        spread(self, shown, self._needs(shown) if self._answered else None)

    def _needs(self, sections: Collection[int]) -> dict[int, int]:
        """How wide the cells on show are."""
        metrics, rows = self.fontMetrics(), range(min(self.list.rowCount(), _MEASURED))
        beside = round(metrics.averageCharWidth() * 3)
        said = {section: [str(self.list.index(row, section).data() or "") for row in rows] for section in sections}
        widest = round(metrics.averageCharWidth() * _WIDEST)
        return {
            section: min(widest, max((metrics.horizontalAdvance(text) for text in texts), default=0) + beside)
            for section, texts in said.items()
        }

    def _fit(self) -> None:
        """A page of rows has come: the columns take the width that its cells need."""
        if self._spread:
            self._share_width()

    def _keep_columns(self, *_moved: int) -> None:
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            return  # the window grew; nobody moved a column
        self._spread = False
        keep(self._state_key, self.horizontalHeader().saveState())

    def _remember(self) -> None:
        row = self.currentIndex().row()
        self._kept = self.list.number_at(row) if 0 <= row < self.list.rowCount() else None

    def _restore(self) -> None:
        row = self.list.row_of(self._kept) if self._kept is not None else None
        if row is None and self.list.rowCount() and QApplication.focusWidget() is self:
            row = 0  # somebody walking by keyboard keeps a place to stand
        if row is not None:
            choose_row(self, row)
        else:
            self.scrollToTop()  # what is found begins at its beginning

    def _count(self, _count: int) -> None:
        self._answered = True
        self._fit()  # the rows may have come before it
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._answered and not self.list.rowCount():  # an empty surface would look like one still being read
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, _("Nothing here."))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._spread:
            self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        # Qt makes the first cell the current one, but selects nothing.
        if self.list.rowCount() and not self.selectionModel().hasSelection():
            choose_row(self, max(0, self.currentIndex().row()))
