"""How a cited figure stands in a text: a word with a frame around it, never broken, always as it is counted now."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QPyTextObject, QTextDocument, QTextFormat

from desktop.ui.forms.prose_tree import figure_of

_BESIDE = 10


class Chips(QPyTextObject):
    """Draws the figures of one editor, in its font and colours; `shown_as` says what a figure shows."""

    def __init__(self, font: Callable[[], QFont], palette: Callable[[], QPalette], shown_as: Callable[[str], str]):
        super().__init__()
        self._font, self._palette, self._shown_as = font, palette, shown_as

    def intrinsicSize(self, doc: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(self._font())
        widest = max(80.0, doc.textWidth() - 4 * doc.documentMargin())
        # As high as the letters of its line, or the lines of a text would stand at two distances.
        wanted = metrics.horizontalAdvance(self._shown_as(figure_of(form))) + _BESIDE
        return QSizeF(min(wanted, widest), metrics.ascent() + metrics.descent())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, _doc: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        palette, metrics = self._palette(), QFontMetricsF(self._font())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        painter.setPen(palette.color(QPalette.ColorRole.Accent))
        around = QRectF(rect).adjusted(1, 0, -1, 0)
        painter.drawRoundedRect(around, 4, 4)
        said = metrics.elidedText(self._shown_as(figure_of(form)), Qt.TextElideMode.ElideRight, rect.width() - 4)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        left = rect.left() + (rect.width() - metrics.horizontalAdvance(said)) / 2
        # On the line that the letters beside it stand on.
        painter.drawText(QPointF(left, around.bottom() - metrics.descent()), said)
        painter.restore()
