"""What the record tells the window: that it changed, and that something was only noted in it.

Pages on show read again where it changed; the others when they are shown.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from db.record import Record


class Refresh(QObject):
    """Brings the record's notices from whatever thread wrote into the window's own."""

    changed = Signal()
    noted = Signal()

    def __init__(self, record: "Record", parent: QObject | None = None) -> None:
        super().__init__(parent)
        record.changed.listen(lambda _touched: self.changed.emit())
        record.noted.listen(lambda _nothing: self.noted.emit())
