"""Bringing a copy back, on one screen: which copies there are, what each would lose, and the step itself.

The present file is kept aside. Until the last short step nothing has changed, and the work can be stopped.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLineEdit, QWidget

from db import upkeep
from db.errors import KeyDoesNotFit, RecordError
from db.record import Record
from db.restoring import Difference, Held, difference, held
from desktop.bringing_back import bring_back, key_of_copy
from desktop.opening import Opened, key_by
from desktop.ui.dialogs.copies_listed import COPIES, LOST
from desktop.ui.dialogs.salvaging import salvage_dialog
from desktop.ui.errors import sentence
from desktop.ui.language import _, counted, words
from desktop.ui.moments import when
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.tables.short import ShortView
from desktop.ui.tables.view import choose_row
from desktop.ui.tasks import Tasks
from desktop.ui.work import Work


class Stopped(Exception):
    """Somebody stopped it before anything was changed."""


class RestoreDialog(QDialog):
    """Copies, their difference to the present record, and the way back. `lost` when the record is left closed."""

    lost = Signal()
    _copied = Signal(float)
    _unlocked = Signal()

    def __init__(
        self,
        path: Path,
        tasks: Tasks,
        parent: QWidget | None,
        then: Callable[[Opened], object],
        opened: Opened | None,
        said: str,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Bring back a copy"))
        record = opened.record if opened is not None else None
        self._path, self._tasks, self._then, self._record = path, tasks, then, record
        self._practice = opened is not None and opened.practice
        self._folder = upkeep.load(path).second_folder
        self._key = record.key.raw if record is not None else None
        self._stop: _Stop | None = None
        self._asked = 0
        self.copies = ShortView(_("Copies of the record"), COPIES)
        self.copies.chosen.connect(self._chosen)
        self._phrase = QLineEdit()
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(lambda: self._chosen(self.copies.current()))
        label = text(_("Passphrase or recovery code"), wrap=False)
        label.setBuddy(self._phrase)
        show = QCheckBox(_("Show what I type"))  # a code is long, and nobody knows it by heart
        show.toggled.connect(
            lambda shown: self._phrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        )
        look = button(_("See what would be lost"), lambda: self._chosen(self.copies.current()), "", "eye")
        self._secret = plain(row(label, self._phrase, show, look))
        self._secret.setVisible(record is None)
        self._difference = text("", "muted")
        self.lost_deeds = ShortView(_("What would be lost"), LOST)
        self._note, self._work = Note(), Work()
        self._work.stopped.connect(lambda: self._note.say(_("Stopped. Nothing was changed."), "muted"))
        self._copied.connect(self._work.progress)
        self._unlocked.connect(self._list)
        self._go = button(_("Bring back this copy"), self._begin, "primary", "undo-2")
        self._others = button(_("Copies in another folder…"), self._choose, "", "folder-open")
        self._salvage = button(_("Salvage what can be read…"), self._salvage_instead, "", "file-down")
        self._salvage.setVisible(path.exists() and (record is None or bool(said)))
        self.setLayout(
            column(
                text(_("Bring back a copy"), "subtitle"),
                text(said or _("The record goes back to how it was when the copy was made."), "error" if said else ""),
                text(self._what_stays(), "muted"),
                self.copies,
                self._secret,
                self._difference,
                self.lost_deeds,
                self._note,
                self._work,
                plain(row(self._others, self._salvage)),
                plain(row_at_end(button(_("Cancel"), self.reject), self._go)),
            )
        )
        self.resize(self.fontMetrics().averageCharWidth() * 110, 620)
        self._list()

    def take(self, folder: Path) -> None:
        """List the copies of this folder too, or of those in it."""
        inside = [folder, *sorted(folder.glob("*.backups"))] if folder.is_dir() else [folder]
        self._folder = next((one for one in inside if any(one.glob(f"*{self._path.suffix}"))), folder)
        self._list()

    def _what_stays(self) -> str:
        if self._path.exists():
            return _(
                "The present file is kept beside it for 90 days. Who opens the record stays as it is: passphrases and "
                "codes of today open it, and what was closed stays closed."
            )
        said = _("The record will be {file}. What opened it when the copy was made opens it.")
        return said.format(file=words().isolate(str(self._path)))

    def done(self, result: int) -> None:
        """While it is at work, leaving means stopping it; it leaves by itself once it is done."""
        if self._stop is not None:
            self._work.cancel()
        else:
            super().done(result)

    def _list(self) -> None:
        path, folder, key = self._path, self._folder, self._key
        self._tasks.with_record(lambda: held(path, folder, key), self._listed, self._refused, self)

    def _listed(self, found: tuple[Held, ...]) -> None:
        self.copies.show_rows(found)
        self._go.setEnabled(bool(found))
        if not found:
            self._note.say(_("There is no copy here. Plug in the stick or disk that has some, and choose its folder."))
        else:
            self._note.say("")
            if self.copies.current() is None:
                choose_row(self.copies, 0)

    def _chosen(self, one: Held | None) -> None:
        """Say what would be lost, as far as a key is at hand."""
        self._asked += 1
        asked = self._asked
        self.lost_deeds.show_rows(())
        self._difference.setText("")
        secret, path, record = self._phrase.text(), self._path, self._record
        if one is None or (record is None and not secret):
            return

        def ask() -> Difference | None:
            if record is not None:
                key = key_of_copy(one.copy.path, path, secret) if secret else None
                return difference(record, one.copy.path, key)
            # What does not open the copy is said, whatever the present file does.
            found = key_of_copy(one.copy.path, path, secret).raw
            if found != self._key:
                self._key = found
                self._unlocked.emit()
            try:
                with Record.open(path, key_by(path, secret), write=False) as present:
                    return difference(present, one.copy.path)
            except RecordError:
                return None

        self._tasks.with_record(
            ask, lambda found: self._tell(one, found) if asked == self._asked else None, self._refused, self
        )

    def _tell(self, one: Held, found: Difference | None) -> None:
        self._note.say("")
        if found is None and not self._path.exists():
            self._difference.setText(_("What you typed opens this copy."))
            return
        if found is None:
            said = _("The present file does not open, so what was done since {when} cannot be told.")
            self._difference.setText(said.format(when=when(one.copy.made_at)))
            return
        if found.lost:
            said = counted(
                "{count} entry of the history is not in this copy, and would be lost:",
                "{count} entries of the history are not in this copy, and would be lost:",
                len(found.lost),
            )
        else:
            said = _("Nothing would be lost: all that the present record holds is in this copy.")
        if found.regained:
            more = counted(
                "{count} entry that the present record lacks would come back.",
                "{count} entries that the present record lacks would come back.",
                found.regained,
            )
            said = f"{said}\n{more}"
        self._difference.setText(said)
        self.lost_deeds.show_rows(found.lost)

    def _choose(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        if chosen := QFileDialog.getExistingDirectory(self, _("A folder with copies"), start):
            self.take(Path(chosen))

    def _begin(self) -> None:
        one, record, path = self.copies.current(), self._record, self._path
        if one is None:
            self._note.say(_("Choose a copy first."), "error")
            return
        secret: Any = record.key if record is not None and not self._phrase.text() else self._phrase.text()
        if not secret:
            self._note.say(_("Type a passphrase or code that opens the record."), "error")
            self._phrase.setFocus()
            return
        present, practice = record.key if record is not None else None, self._practice
        stop, done = _Stop(), [0]
        self._stop = stop

        def copied(amount: int) -> None:
            if stop.is_set():
                raise Stopped
            done[0] += amount
            self._copied.emit(done[0] / max(1, one.size))

        def work() -> tuple[Opened, Path | None]:
            copy, close = one.copy.path, self._close_present
            return bring_back(path, copy, secret, present=present, practice=practice, copied=copied, before=close)

        self._enable(False)
        self._note.say("")
        self._work.begin(_("Checking and copying…"))
        self._work.runs(stop)
        self._tasks.with_record(work, self._brought_back, self._failed)

    def _close_present(self) -> None:
        # One that is damaged cannot be copied once more at its end. It is kept aside as it is.
        with suppress(RecordError):
            if self._record is not None:
                self._record.close()

    def _brought_back(self, answer: tuple[Opened, Path | None]) -> None:
        self._end()
        super().done(QDialog.DialogCode.Accepted)
        self._then(replace(answer[0], aside=answer[1]))

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Stopped):
            return
        self._refused(error)
        if self._record is not None and not self._record.can_write:
            super().done(QDialog.DialogCode.Rejected)
            self.lost.emit()

    def _end(self) -> None:
        self._stop = None
        self._work.end()
        self._enable(True)

    def _refused(self, error: Exception) -> None:
        if self._record is not None and isinstance(error, KeyDoesNotFit) and not self._phrase.text():
            self._secret.show()
            self._note.say(_("This copy may be older than the record's key. Type your passphrase or recovery code."))
        elif said := sentence(error):
            self._note.say(said, "error")
        else:
            self._tasks.failed.emit(error)

    def _enable(self, able: bool) -> None:
        for each in (self._go, self._others, self._salvage, self.copies, self._secret):
            each.setEnabled(able)

    def _salvage_instead(self) -> None:
        self.reject()
        over = self.parentWidget() if self._record is None else None
        if self._record is not None:
            self.lost.emit()  # nobody may have it open while it is read
        salvage_dialog(self._path, self._tasks, over, self._then).open()


class _Stop(threading.Event):
    """What stops the work, as a job of the other process is stopped."""

    cancel = threading.Event.set


def restore_dialog(
    path: Path,
    tasks: Tasks,
    parent: QWidget | None,
    then: Callable[[Opened], object],
    *,
    opened: Opened | None = None,
    said: str = "",
) -> RestoreDialog:
    """The screen on the copies of a record, which may be open or not open at all; `said` is why it is shown."""
    return RestoreDialog(path, tasks, parent, then, opened, said)
