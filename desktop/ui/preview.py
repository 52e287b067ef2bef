"""The real pages of a PDF, one at a time, as wide as there is room; read aloud as their text."""

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row, text

_LONGEST_READ = 4000


class Preview(QWidget):
    """Shows a page of a document held in memory; nothing is written to the disk for it."""

    def __init__(self) -> None:
        super().__init__()
        self._document: pypdfium2.PdfDocument | None = None
        self._page = 0
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheet.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(_("Pages of the report"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setWidget(self._sheet)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._before = button(_("Page before"), lambda: self._turn(-1), "", "chevron-left")
        self._after = button(_("Next page"), lambda: self._turn(1), "", "chevron-right")
        self._where = text("", "muted")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = column(self._area, plain(row(self._before, self._where, self._after)))
        lines.setContentsMargins(0, 0, 0, 0)
        self.setLayout(lines)
        self.clear()

    def clear(self) -> None:
        """Show no pages."""
        self._document = None
        self._sheet.setPixmap(QPixmap())
        self._sheet.setText(_("The pages appear here when you ask for a preview."))
        self._turn(0)

    def show_pdf(self, content: bytes, page: int | None = 0) -> None:
        """Show this page of this document; None keeps the page, and the place on it, that is on show."""
        at = self._area.verticalScrollBar().value()
        self._document = pypdfium2.PdfDocument(content)
        self._page = self._page if page is None else page
        self._turn(0)
        if page is None:
            self._area.verticalScrollBar().setValue(at)

    def go(self, page: int) -> None:
        """Show this page, where it is not on show."""
        if page != self._page:
            self._turn(page - self._page)

    def _turn(self, by: int) -> None:
        pages = len(self._document) if self._document else 0
        self._page = min(max(self._page + by, 0), max(pages - 1, 0))
        self._before.setEnabled(self._page > 0)
        self._after.setEnabled(self._page < pages - 1)
        where = _("Page {page} of {pages}").format(page=words().number(self._page + 1), pages=words().number(pages))
        self._where.setText(where if pages else "")
        if self._document is not None:
            self._draw()
            self._area.setAccessibleName(where)
            read = self._document[self._page].get_textpage().get_text_range()
            self._area.setAccessibleDescription(read[:_LONGEST_READ])
            self._area.verticalScrollBar().setValue(0)

    def _draw(self) -> None:
        assert self._document is not None
        page, ratio = self._document[self._page], self.devicePixelRatioF()
        width = max(self._area.viewport().width() - 8, 200)
        bitmap = page.render(scale=width * ratio / page.get_width(), prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        self._sheet.setText("")
        self._sheet.setPixmap(QPixmap.fromImage(image))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._document is not None:
            self._draw()
