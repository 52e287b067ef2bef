"""The computer goes to sleep, or its session is locked: said once each time, so that the record is locked as well.

Linux tells it on D-Bus, by logind and the desktops' screen savers; Windows by messages to a window, which nobody has
tried there yet. Where nobody tells, as on macOS, a clock that jumped does: then the record is locked on waking.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

_LOGIND = "org.freedesktop.login1"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
_BEAT, _JUMP = 20, 80
"""Seconds between two looks at the clock, and after which a look comes too late for anything but sleep."""


class Asleep(QObject):
    """Watches for what the system tells."""

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looked = time.time()
        beat = QTimer(self)
        beat.timeout.connect(lambda: self.look(time.time()))
        beat.start(_BEAT * 1000)
        if sys.platform == "win32":
            self._window = QWindow()
            self._window.create()
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(self._window.winId()), 0)
            self._messages = Messages(self.left.emit)
            QCoreApplication.instance().installNativeEventFilter(self._messages)
        elif sys.platform != "darwin":
            self._listen()

    def look(self, at: float) -> None:
        """See whether the clock jumped since the last look."""
        before, self._looked = self._looked, at
        if at - before > _JUMP:
            self.left.emit()

    @Slot(bool)
    def heard(self, begins: bool) -> None:
        """Sleep begins, or the screen is covered; its end says the same with no."""
        if begins:
            self.left.emit()

    @Slot()
    def locked(self) -> None:
        """Somebody locked the session."""
        self.left.emit()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # late: the passphrase window paints without it

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        # Any session's lock is heard: to lock once too often costs a passphrase, not to lock may cost the record.
        for bus, service, interface, name, slot in (
            (system, _LOGIND, f"{_LOGIND}.Manager", "PrepareForSleep", "heard(bool)"),
            (system, _LOGIND, f"{_LOGIND}.Session", "Lock", "locked()"),
            *((session, "", saver, "ActiveChanged", "heard(bool)") for saver in _SAVERS),
        ):
            if bus.isConnected():
                # The stubs ask for bytes, which it refuses: it takes what SLOT gives.
                bus.connect(service, "", interface, name, self, SLOT(slot))  # type: ignore[call-overload]


class Messages(QAbstractNativeEventFilter):
    """What Windows tells every window: that the computer goes to sleep or wakes, that its session was locked."""

    _TELLING = {(0x0218, 0x04), (0x0218, 0x12), (0x02B1, 0x07)}
    """WM_POWERBROADCAST with suspend or resume, WM_WTSSESSION_CHANGE with the lock of the session."""

    def __init__(self, tell: Callable[[], object]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in self._TELLING:
                self._tell()
        return False, 0
