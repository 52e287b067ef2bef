"""Icons: lucide's drawings in the colour of the palette, turned round where they point along the line of reading."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap

import resources

DIRECTIONAL = frozenset({"undo-2", "redo-2", "arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out"})
Role = QPalette.ColorRole


def icon(name: str, role: Role = Role.WindowText) -> QIcon:
    """The icon of this name, drawn in this role of the palette whenever it is painted."""
    return QIcon(_Engine(name, role))


@lru_cache
def drawing(name: str) -> str:
    """The SVG of an icon."""
    return resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")


class _Engine(QIconEngine):
    """Asks for the colour when it paints: themes, disabled and selected states need no second file."""

    def __init__(self, name: str, role: Role) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        from PySide6.QtSvg import QSvgRenderer

        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = Role.HighlightedText if mode == QIcon.Mode.Selected else self._role
        colour = QGuiApplication.palette().color(group, role).name()
        svg = QSvgRenderer(QByteArray(drawing(self._name).replace("currentColor", colour).encode()))
        painter.save()
        if self._name in DIRECTIONAL and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(rect.left() * 2 + rect.width(), 0)
            painter.scale(-1, 1)
        svg.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return QPixmap.fromImage(image)
