"""What every layout of ours is to Qt: parts in order, as tall as their width makes them, mirrored in Arabic."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Laid(QLayout):
    """Parts that stand one after another; a layout of this kind says how it would `place` them."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}  # Qt asks for the same ones over and over
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def place(self, rect: QRect, *, move: bool) -> int:
        """How tall the parts are together in this room; with `move` they are put there."""
        raise NotImplementedError

    @property
    def shown(self) -> list[QLayoutItem]:
        """The parts that are not hidden, in order."""
        return [item for item in self._items if not item.isEmpty()]

    def put(self, item: QLayoutItem, place: QRect, rect: QRect) -> None:
        """Set a part at its place in the whole, or at the mirrored one where people read from the right."""
        if self.parentWidget().layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(rect.left() + rect.right() - place.left())
        item.setGeometry(place)

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
            self._heights[width] = self.place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self.shown:
            least = least.expandedTo(item.minimumSize())
        return least

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self.place(rect, move=True)


def tall(item: QLayoutItem, width: int) -> int:
    """How tall a part is when it is this wide."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
