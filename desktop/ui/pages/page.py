"""What every page has in common: a title, its buttons, reading again when the record changed, and leaving with care."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.flow import Flow
from desktop.ui.language import _
from desktop.ui.parts import text


class Page(QWidget):
    """A page of the window. `buttons` stand beside the title, `body` under it."""

    key: str
    title: str

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("is", "page")
        self.desk = desk
        self.about: Any = None
        self.heading = text(_(self.title), "title")
        self.buttons = Flow(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 12)
        lines.setSpacing(12)
        lines.addLayout(self.buttons)
        lines.addLayout(self.body, 1)
        self._stale = True
        desk.refresh.changed.connect(self._changed)

    def show_about(self, about: Any) -> None:
        """Show this thing: an id, a filter, whatever the page is about."""
        self.about = about
        self._stale = True

    def reload(self) -> None:
        """Read the record again."""

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost, after asking if need be."""
        return True

    def keep_draft(self) -> None:
        """Put unsaved text into the record before the window is locked."""

    def begin(self) -> None:
        """Take the keyboard, where the person begins on this page; Tab goes on to its first button."""
        self.setFocus()

    def new(self) -> None:
        """Add what this page is about (Ctrl+N)."""

    def save(self) -> None:
        """Save what stands here (Ctrl+S)."""

    def look_for(self) -> None:
        """Go to the search field (Ctrl+F)."""

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()
