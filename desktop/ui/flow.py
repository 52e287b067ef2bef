"""A line of parts that goes on in the next one where there is no more room: for large text and long languages."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

GAP = 8


class Flow(QLayout):
    """Parts side by side, broken into lines; running text and search fields take the room a line leaves."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}  # Qt asks for the same ones over and over
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        for part in parts:
            self.addWidget(part)

    def insert(self, place: int, part: QWidget) -> None:
        """Put a part before the one that stands at this place."""
        self.addWidget(part)
        self._items.insert(place, self._items.pop())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() + GAP for size in shown)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in shown), default=0), max((size.height() for size in shown), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for line in self._lines(rect.width()):
            widths = _widths(line, rect.width())
            height = max(_height(item, width) for item, width in zip(line, widths, strict=True))
            left = rect.left()
            for item, width in zip(line, widths, strict=True):
                if move:
                    tall = height if _grows(item) else min(height, _height(item, width))
                    place = QRect(QPoint(left, top + (height - tall) // 2), QSize(width, tall))
                    if self.parentWidget().layoutDirection() == Qt.LayoutDirection.RightToLeft:
                        place.moveRight(rect.left() + rect.right() - left)
                    item.setGeometry(place)
                left += width + GAP
            top += height + GAP
        return max(0, top - GAP - rect.top())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = _least(item)
            if not lines or left + GAP + wanted > width:
                lines.append([])
                left = -GAP
            lines[-1].append(item)
            left += GAP + wanted
        return lines


def _grows(item: QLayoutItem) -> bool:
    widget = item.widget()
    if isinstance(widget, QLabel):
        return widget.wordWrap()
    return widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding


def _least(item: QLayoutItem) -> int:
    """What a part needs in a line: running text half of its length, the rest all of it."""
    hint, widget = item.sizeHint().width(), item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():  # Qt would have it narrow and tall
        hint = max(hint, widget.fontMetrics().horizontalAdvance(widget.text()))
    return max(item.minimumSize().width(), hint // 2) if _grows(item) else hint


def _widths(line: list[QLayoutItem], width: int) -> list[int]:
    widths = [min(_least(item), width) for item in line]
    left = width - sum(widths) - GAP * (len(line) - 1)
    growing = [place for place, item in enumerate(line) if _grows(item)]
    for place in growing:
        widths[place] += max(0, left) // len(growing)
    return widths


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
