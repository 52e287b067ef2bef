"""The way into a record: the window that asks for a passphrase, and what is left where that fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import records
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.dialogs.other_ways import OtherWays
from desktop.ui.tasks import Tasks
from desktop.ui.windows import put_away


class Entrance(QObject):
    """Asks until a record is open; the work itself is done in the thread that owns it."""

    opened = Signal(object)
    unlocked = Signal(object)
    language_asked = Signal(str)
    closed = Signal()

    def __init__(self, tasks: Tasks, in_words: Callable[[Exception], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: OpeningWindow | None = None
        self._tasks, self._in_words = tasks, in_words
        self._locked: Any = None

    def ask(self, path: Path | None, locked: Any = None) -> None:
        """Ask for the passphrase of the record at this path, or of the open one that is locked."""
        before = self.window
        self._locked = locked
        self.window = window = OpeningWindow(path, locked=locked is not None)
        window.asked.connect(self._try)
        window.others_asked.connect(self._others)
        window.language_asked.connect(self.language_asked)
        window.create_asked.connect(self._create)
        window.practice_asked.connect(self._practise)
        window.copy_asked.connect(self._bring_in)
        window.closed.connect(self.closed)
        if before is not None:
            window.move(before.pos())
        window.show()
        put_away(before)

    def ask_again(self) -> None:
        """Ask the same in another language; what was typed stays."""
        if (before := self.window) is not None:
            typed = before.typed
            self.ask(before.path, self._locked)
            self.window.type(typed)

    def at_hand(self, path: Path) -> None:
        """Open the record at once if its key is in the keyring, or it is one to practise with."""

        def take(opened: Any) -> None:
            if self.window is not None and self._locked is None:
                self.opened.emit(opened)

        # No key at hand is no news: the passphrase window is already there.
        self._tasks.with_record(lambda: records.open_one(path, None), take, lambda _refused: None)

    def leave(self) -> None:
        """Somebody is in."""
        put_away(self.window)
        self.window = None

    def _try(self, path: Path, secret: str, office_key: Path | None = None) -> None:
        assert self.window is not None
        self.window.wait()
        locked = self._locked
        if locked is not None and path == locked.path:
            self._tasks.with_record(
                lambda: records.unlock(locked, secret, office_key),
                lambda _done: self.unlocked.emit(locked),
                self._refuse,
            )
        else:
            self._tasks.with_record(lambda: records.open_one(path, secret, office_key), self.opened.emit, self._refuse)

    def _practise(self) -> None:
        assert self.window is not None
        self.window.wait()
        self._tasks.with_record(records.open_practice, self.opened.emit, self._refuse)

    def _create(self) -> None:
        from desktop.ui.dialogs.create import create_record

        create_record(self._tasks, self.window, self.opened.emit, self._in_words)

    def _others(self, path: Path) -> None:
        window = self.window
        assert window is not None
        dialog = OtherWays(path, window, locked=self._locked is not None and path == self._locked.path)
        dialog.code_asked.connect(window.ask_code)
        dialog.office_asked.connect(lambda file, secret: self._try(path, secret, file))
        dialog.copies_asked.connect(lambda: self._bring_back(path, window))
        dialog.salvage_asked.connect(lambda: self._salvage(path, window))
        dialog.open()

    def _bring_in(self, copy: Path | None, folder: Path | None) -> None:
        """Bring a record back from its copies: that of the path on show, or one that is not on this computer."""
        from db.backup import called
        from desktop.ui.dialogs.restoring import restore_dialog

        window = self.window
        assert window is not None
        if copy is None or folder is None:
            assert window.path is not None
            self._bring_back(window.path, window)
        elif (name := called(copy)) is None:
            window.take(copy)  # no copy by its name: whatever it is, its passphrase opens it
        else:
            dialog = restore_dialog(folder / name, self._tasks, window, self.opened.emit)
            dialog.take(copy.parent)
            dialog.open()

    def _bring_back(self, path: Path, over: QWidget) -> None:
        from desktop.ui.dialogs.restoring import restore_dialog

        restore_dialog(path, self._tasks, over, self.opened.emit).open()

    def _salvage(self, path: Path, over: QWidget) -> None:
        from desktop.ui.dialogs.salvaging import salvage_dialog

        salvage_dialog(path, self._tasks, over, self.opened.emit).open()

    def _refuse(self, error: Exception) -> None:
        if self.window is not None:
            self.window.refuse(self._in_words(error))
