"""One notice from the record to the window: it changed. Pages on show read again; the others when they are shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from db.record import Record


class Refresh(QObject):
    """Brings the record's notice from whatever thread wrote into the window's own."""

    changed = Signal()

    def __init__(self, record: "Record", parent: QObject | None = None) -> None:
        super().__init__(parent)
        record.listen(self._told)

    def _told(self, *_touched: object) -> None:
        self.changed.emit()
