"""Nobody there: after some minutes without a key or the mouse, says so once.

Who presses the key that locks while a dialog stands open is heard here as well: its window hears no shortcut then, and
what is typed next would be the passphrase, into a field of the dialog.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_SIGNS = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
_LOCKS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


class Idle(QObject):
    """Watches the whole program."""

    left = Signal()

    def __init__(self, app: QApplication, minutes: int) -> None:
        super().__init__(app)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.left)
        app.installEventFilter(self)
        self.wait(minutes)

    def wait(self, minutes: int) -> None:
        """Wait this long from now on."""
        self._timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._timer.start()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._locks(event):
            QTimer.singleShot(0, self.left.emit)  # not in the middle of an event of what is about to be closed
            return True
        return False

    def _locks(self, event: QKeyEvent) -> bool:
        return event.keyCombination() == _LOCKS and QApplication.activeModalWidget() is not None
