"""The input of a file of this computer: chosen, typed, or dropped on it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _
from desktop.ui.parts import button


class FileEdit(QWidget):
    """A file of this computer: chosen, typed, or dropped here."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._path = TextEdit(left_to_right=True)
        self._path.setAcceptDrops(False)
        self._path.edited.connect(self.edited)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._path, 1)
        line.addWidget(button(_("Choose…"), self.choose, "", "folder-open"))
        self.setFocusProxy(self._path)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._path.setAccessibleName(name)

    def choose(self) -> None:
        """Ask for the file."""
        path, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"))
        if path:
            self._path.setText(path)
            self.edited.emit()

    def value(self, field: str) -> Any:
        typed = self._path.value(field)
        return Path(typed) if typed else None

    def show_value(self, value: Any) -> None:
        self._path.show_value(value)

    def state(self) -> Any:
        return self._path.state()

    def show_state(self, state: Any) -> None:
        self._path.show_state(state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _file_of(event.mimeData()):
            self._path.setText(path)
            self.edited.emit()


def _file_of(carried: QMimeData) -> str:
    """The one file that is being carried here."""
    files = [url.toLocalFile() for url in carried.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else ""
