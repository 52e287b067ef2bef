"""Go to a partner from anywhere: a part of a name, an arrow, Enter."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.language import _
from desktop.ui.parts import column, text
from desktop.ui.tables.column import one_line


class SearchDialog(QDialog):
    """Finds organisations while somebody types."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Go to a partner"))
        self._desk = desk
        self._typed = QLineEdit()
        self._typed.setAccessibleName(_("Type a part of the name"))
        self._typed.setPlaceholderText(_("Type a part of the name"))
        self._found = QListWidget()
        self._found.setAccessibleName(_("Organisations found"))
        self._found.itemActivated.connect(self._go)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self._typed.textEdited.connect(lambda _text: self._pause.start())
        self._typed.returnPressed.connect(lambda: self._go(self._found.currentItem()))
        self.setLayout(column(text(_("Go to a partner"), "subtitle"), self._typed, self._found))
        self.resize(520, 380)
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(organisations_like, self._typed.text(), then=self._show, owner=self)

    def _show(self, found: tuple[tuple[Any, str], ...]) -> None:
        self._found.clear()
        for id, name in found:
            item = QListWidgetItem(one_line(name))
            item.setData(Qt.ItemDataRole.UserRole, id)
            self._found.addItem(item)
        self._found.setCurrentRow(0)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.accept()
            self._desk.go("partner", item.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The arrows move in the list while the cursor stays in the field.
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._found.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._found.setCurrentRow((self._found.currentRow() + step) % self._found.count())
        else:
            super().keyPressEvent(event)
