"""What went wrong, in words: the world's refusals beside what caused them, our own faults in one calm dialog.

A bug never takes the window down. The dialog shows where it happened and nothing of what people typed or read: the
details may be sent to somebody.
"""

import sys
import traceback
from pathlib import PureWindowsPath
from types import TracebackType
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from desktop.ui import crashes
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, plain, row_at_end, text
from i18n import Words


@runtime_checkable
class Told(Protocol):
    """An error of ours that carries its sentence and the values for its gaps."""

    message: str

    def values(self, words: Words) -> dict[str, str]: ...


def sentence(error: Exception) -> str | None:
    """What to tell the person; None for a bug."""
    if isinstance(error, Told):
        return words().gettext(error.message).format(**error.values(words()))
    if isinstance(error, MemoryError):
        return _("There is not enough memory for this. Close other programs and try again. Nothing was changed.")
    if isinstance(error, FileNotFoundError):
        return _("The file is not there any more. Choose it again.")
    if isinstance(error, PermissionError):
        return _("The system does not allow this file to be read or written. Choose another place.")
    if isinstance(error, OSError):
        return _("The disk could not read or write the file; it may be full. Nothing was changed.")
    return None


class Faults(QObject):
    """Catches what nobody caught, in any thread, and shows the first of it."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: BugDialog | None = None
        self._before = crashes.kept()
        self._caught.connect(self._show)

    def watch(self) -> None:
        """From here on, errors that reach the top of a slot or a thread come here."""
        sys.excepthook = self._hook

    def before(self) -> str:
        """What went wrong the last time, to be shown once for each start."""
        kept, self._before = self._before, ""
        return kept

    def report(self, error: Exception) -> None:
        """Show an error that has no words."""
        self._caught.emit(where(error))

    def _hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        # What a program prints is kept by many a desktop, in a file of its own: no message there either.
        if sys.stderr is not None:
            print(where(error), file=sys.stderr)
        self._caught.emit(where(error))

    def _show(self, details: str) -> None:
        crashes.keep(details)
        # One dialog at a time: a fault in painting comes back a hundred times a second.
        if self._shown is None:
            self._shown = BugDialog(details, QApplication.activeWindow())
            self._shown.finished.connect(self._gone)
            self._shown.open()

    def _gone(self) -> None:
        self._shown = None


class BugDialog(QDialog):
    """An apology, what is safe, and details without data."""

    def __init__(self, details: str, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(_("Details of the fault"))
        close = button(_("Close"), self.accept, "primary")
        copy = button(_("Copy the details"), lambda: QGuiApplication.clipboard().setText(details), "", "copy")
        self.setLayout(
            column(
                text(_("Jalon made a mistake"), "subtitle"),
                text(_("The record is unharmed and what you typed is still there. You can go on working.")),
                text(_("The details say where it happened. They hold no names and no figures."), "muted"),
                self._details,
                plain(row_at_end(copy, close)),
            )
        )
        self.resize(560, 360)
        close.setFocus()


def where(error: BaseException) -> str:
    """The kinds of error and the lines of code; never a message, which may quote a person's words."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        for frame in traceback.extract_tb(seen.__traceback__):
            # The folder may name somebody.
            lines.append(f"  {frame.name} ({PureWindowsPath(frame.filename).name}:{frame.lineno})")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)
