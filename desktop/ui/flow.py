"""A line of parts that goes on in the next one where there is no more room: for large text and long languages."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel, QLayoutItem, QSizePolicy, QWidget

from desktop.ui.laid import Laid, tall

GAP = 8


class Flow(Laid):
    """Parts side by side, broken into lines; running text and search fields take the room a line leaves."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        for part in parts:
            self.addWidget(part)

    def insert(self, place: int, part: QWidget) -> None:
        """Put a part before the one that stands at this place."""
        self.addWidget(part)
        self._items.insert(place, self._items.pop())

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self.shown]
        width = sum(size.width() + GAP for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def place(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for line in self._lines(rect.width()):
            widths = _widths(line, rect.width())
            height = max(tall(item, width) for item, width in zip(line, widths, strict=True))
            left = rect.left()
            for item, width in zip(line, widths, strict=True):
                if move:
                    own = height if _grows(item) else min(height, tall(item, width))
                    self.put(item, QRect(QPoint(left, top + (height - own) // 2), QSize(width, own)), rect)
                left += width + GAP
            top += height + GAP
        return max(0, top - GAP - rect.top())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self.shown:
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
    """What a part needs in a line: running text the width at which it fits into two lines, the rest all of it."""
    hint, widget = item.sizeHint().width(), item.widget()
    longest = 0
    if isinstance(widget, QLabel) and widget.wordWrap():  # Qt would have it narrow and tall
        long = widget.fontMetrics().horizontalAdvance
        hint, longest = max(hint, long(widget.text())), max(map(long, widget.text().split()), default=0)
    return max(item.minimumSize().width(), min(hint, (hint + longest) // 2)) if _grows(item) else hint


def _widths(line: list[QLayoutItem], width: int) -> list[int]:
    widths = [min(_least(item), width) for item in line]
    left = width - sum(widths) - GAP * (len(line) - 1)
    growing = [place for place, item in enumerate(line) if _grows(item)]
    for place in growing:
        widths[place] += max(0, left) // len(growing)
    return widths
