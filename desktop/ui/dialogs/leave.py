"""One question before typed text would be lost: save, discard, or stay.

Where what is typed is no text to save but what a deed needs, an erasure or a handing over, leaving never does the deed.
"""

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
    """Save is the first answer where there is something to save, staying where there is not; Escape stays."""

    def __init__(self, parent: QWidget | None, *, saves: bool = True) -> None:
        super().__init__(parent)
        self.answer = Leave.STAY
        self.setWindowTitle(_("Unsaved changes"))
        stay = button(_("Stay here"), self.reject, "" if saves else "primary")
        discard = button(_("Discard"), lambda: self._take(Leave.DISCARD))
        first = button(_("Save"), lambda: self._take(Leave.SAVE), "primary") if saves else stay
        asked = [text(_("Do you want to save it before you go on?"))] if saves else []
        self.setLayout(
            column(
                text(_("What you typed here is not saved yet."), "subtitle"),
                *asked,
                plain(row_at_end(*((stay, discard, first) if saves else (discard, stay)))),
            )
        )
        first.setDefault(True)
        first.setFocus()

    def _take(self, answer: Leave) -> None:
        self.answer = answer
        self.accept()


def ask_leave(parent: QWidget | None, *, saves: bool = True) -> Leave:
    """Ask and wait for the answer."""
    dialog = LeaveDialog(parent, saves=saves)
    dialog.exec()
    return dialog.answer
