"""The layout of a form's fields: two columns where there is room for two, one where there is not.

Pairs stand side by side in the order they were given, so that the eye and the Tab key go the same way; what is `wide`
takes a line of its own.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

BESIDE, BELOW, LEAST = 24, 12, 32
"""Between two columns, between two lines, and the average letters that a column has at least."""


class Columns(QLayout):
    """Parts in one or two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}  # Qt asks for the same ones over and over
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []

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
        width = max(self.minimumSize().width(), self._least() * 2 + BESIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in shown), default=0), max((size.height() for size in shown), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _least(self) -> int:
        parent: QWidget | None = self.parentWidget()
        letters = parent.fontMetrics().averageCharWidth() * LEAST if parent is not None else 0
        narrow = [item.minimumSize().width() for item in self._items if not item.isEmpty() and not _wide(item)]
        return max([letters, *narrow])

    def _place(self, rect: QRect, *, move: bool) -> int:
        half = (rect.width() - BESIDE) // 2
        two = half >= self._least()
        to_left = self.parentWidget().layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = rect.top()
        for line in self._lines(two=two):
            width = half if two and not _wide(line[0]) else rect.width()
            high = max(_height(item, width) for item in line)
            for number, item in enumerate(line):
                if move:
                    place = QRect(QPoint(rect.left() + number * (width + BESIDE), top), QSize(width, high))
                    if to_left:
                        place.moveRight(rect.left() + rect.right() - place.left())
                    item.setGeometry(place)
            top += high + BELOW
        return max(0, top - BELOW - rect.top())

    def _lines(self, *, two: bool) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            if two and lines and len(lines[-1]) == 1 and not _wide(item) and not _wide(lines[-1][0]):
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines


def _wide(item: QLayoutItem) -> bool:
    return bool(item.widget().property("wide"))


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
