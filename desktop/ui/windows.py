"""The windows on one record: as many as people like, each with its own way through the pages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.main_window import MainWindow

_ASIDE = 32
"""So far a new window stands from the one before, that both are seen."""


class Windows(QObject):
    """The windows that are open; `emptied` when a person closed the last one."""

    emptied = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open: list[MainWindow] = []

    @property
    def current(self) -> "MainWindow | None":
        """The window somebody works in, or the one opened last."""
        active = next((window for window in self._open if window.isActiveWindow()), None)
        return active or (self._open[-1] if self._open else None)

    def open(
        self, desk: "Desk", does: Mapping[str, Callable[[], object]], title: str, page: str, about: Any = None
    ) -> None:
        """One more window, on this page."""
        from desktop.ui.main_window import MainWindow

        own = replace(desk)
        window = MainWindow(own, does, title, page, about)
        own.say = window.say
        window.closed.connect(lambda: self._closed(window))
        if self._open:
            window.move(beside(self._open[-1]))
        self._open.append(window)
        window.show()
        window.activateWindow()

    def say(self, sentence: str) -> None:
        """Say something where somebody works."""
        if self.current is not None:
            self.current.say(sentence)

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Name what can be taken back and done again, in every window."""
        for window in self._open:
            window.show_undo(undo, redo)

    def may_leave(self) -> bool:
        """Whether nothing typed in any window would be lost, after asking if need be."""
        return all(window.page.may_leave() for window in self._open)

    def may_turn(self) -> bool:
        """Whether every window can be made anew, as in another language: what no draft keeps is asked about first."""
        return all(window.keeps_all() or window.page.may_leave() for window in self._open)

    def keep_drafts(self) -> None:
        """Put unsaved text of every window into the record."""
        for window in self._open:
            window.keep_drafts()

    def set_visible(self, visible: bool) -> None:
        """Hide them all while the record is locked, and show them again."""
        for window in self._open:
            window.setVisible(visible)

    def holds(self, widget: QWidget) -> bool:
        """Whether this is one of them."""
        return widget in self._open

    def put_away(self) -> None:
        """Close them all, without asking."""
        for window in self._open:
            put_away(window)
        self._open.clear()

    def _closed(self, window: "MainWindow") -> None:
        self._open.remove(window)
        window.deleteLater()  # later: it is still closing
        if not self._open:
            self.emptied.emit()


def beside(window: QWidget) -> QPoint:
    """A little aside of this window; back at the edge of the screen where the next one would stand out of it."""
    room, frame = window.screen().availableGeometry(), window.frameGeometry().translated(_ASIDE, _ASIDE)
    across = frame.left() if frame.right() <= room.right() else room.left()
    down = frame.top() if frame.bottom() <= room.bottom() else room.top()
    return QPoint(across, down)


def fit(_before: QWidget | None, now: QWidget | None) -> None:
    """No window that the keyboard has come to is larger than its screen: its buttons would be out of reach."""
    window = now.window() if now is not None else None
    if window is None or window.isMaximized() or window.isFullScreen():
        return
    frame = window.frameGeometry().size() - window.size()
    room = window.screen().availableGeometry()
    size = window.size().boundedTo(room.size() - frame)
    if size != window.size():
        window.resize(size)
        window.move(room.topLeft())


def put_away(widget: QWidget | None) -> None:
    """Let go of a window."""
    if widget is not None:
        widget.blockSignals(True)  # closing it is not the person's wish to quit
        widget.hide()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
