"""One question before typed text would be lost: save, discard, or stay."""

from enum import Enum

from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.language import _
from desktop.ui.parts import button, column, plain, row_at_end, text


class Leave(Enum):
    """What the person wants done with what was typed."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


class LeaveDialog(QDialog):
    """Save is the first answer; Escape stays."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.answer = Leave.STAY
        self.setWindowTitle(_("Unsaved changes"))
        save = button(_("Save"), lambda: self._take(Leave.SAVE), "primary")
        discard = button(_("Discard"), lambda: self._take(Leave.DISCARD))
        stay = button(_("Stay here"), self.reject)
        self.setLayout(
            column(
                text(_("What you typed here is not saved yet."), "subtitle"),
                text(_("Do you want to save it before you go on?")),
                plain(row_at_end(stay, discard, save)),
            )
        )
        save.setDefault(True)
        save.setFocus()

    def _take(self, answer: Leave) -> None:
        self.answer = answer
        self.accept()


def ask_leave(parent: QWidget | None) -> Leave:
    """Ask and wait for the answer."""
    dialog = LeaveDialog(parent)
    dialog.exec()
    return dialog.answer
