"""The layout of a form's fields: two columns where there is room for two, one where there is not.

Pairs stand side by side in the order they were given, so that the eye and the Tab key go the same way; what is `wide`
takes a line of its own.
"""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from desktop.ui.laid import Laid, tall

BESIDE, BELOW, LEAST = 24, 12, 32
"""Between two columns, between two lines, and the average letters that a column has at least."""


class Columns(Laid):
    """Parts in one or two columns."""

    def sizeHint(self) -> QSize:
        width = max(self.minimumSize().width(), self._least() * 2 + BESIDE)
        return QSize(width, self.heightForWidth(width))

    def _least(self) -> int:
        parent: QWidget | None = self.parentWidget()
        letters = parent.fontMetrics().averageCharWidth() * LEAST if parent is not None else 0
        narrow = [item.minimumSize().width() for item in self.shown if not _wide(item)]
        return max([letters, *narrow])

    def place(self, rect: QRect, *, move: bool) -> int:
        half = (rect.width() - BESIDE) // 2
        two = half >= self._least()
        top = rect.top()
        for line in self._lines(two=two):
            width = half if two and not _wide(line[0]) else rect.width()
            high = max(tall(item, width) for item in line)
            for number, item in enumerate(line):
                if move:
                    left = rect.left() + number * (width + BESIDE)
                    self.put(item, QRect(QPoint(left, top), QSize(width, high)), rect)
            top += high + BELOW
        return max(0, top - BELOW - rect.top())

    def _lines(self, *, two: bool) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self.shown:
            if two and lines and len(lines[-1]) == 1 and not _wide(item) and not _wide(lines[-1][0]):
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines


def _wide(item: QLayoutItem) -> bool:
    return bool(item.widget().property("wide"))
