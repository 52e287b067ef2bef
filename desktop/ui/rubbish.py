"""When Python looks for rings of dead objects: in the window's own thread, and only in quiet moments.

Left to itself it may do so in the middle of any thread's work: a window with a large plan at hand would stand still for
half a second, and objects of Qt would die in a thread that does not own them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.ui.tasks import Tasks

_YOUNG, _ALL = 1, 2
_EVERY, _ROUNDS = 10_000, 30


class Rubbish(QObject):
    """Takes the young rubbish away often, all of it seldom, and neither while work is under way."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._round = tasks, 0
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Look no more; nor may Python by itself, since other threads may outlive this for a while."""
        self._timer.stop()

    def _look(self) -> None:
        if self._tasks.idle:
            self._round = (self._round + 1) % _ROUNDS
            gc.collect(_YOUNG if self._round else _ALL)
