"""Looking after the copies while people work: on a clock, beside the window, told quietly in its status line.

Half an hour at most lies between work and its copy, the time that copying a large record takes included. What needs a
person is said at once: a record that is damaged, a rehearsal that failed, a disk that is full.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel

from db import ballast
from db.base import now
from db.caring import Care, look_after, state
from db.errors import CopyLeftOut, Damaged, DiskFull, RecordLocked
from desktop.opening import take_second_place
from desktop.ui.dialogs.told import Told
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.moments import age_of, when
from i18n import N_

if TYPE_CHECKING:
    from db.record import Record
    from desktop.ui.desk import Desk

_MINUTE = 60_000
_FIRST = 10_000
_EVERY = 25 * _MINUTE
_DAMAGED = N_(
    "Pages of the record are damaged: its disk, or a program that was broken off, left them so. What was done since "
    "the last copy may be lost. Bring back a copy, or salvage what can be read."
)


class Backing(QObject):
    """Looks after one open record. `cared` tells how it is kept now."""

    cared = Signal(object)

    def __init__(self, desk: "Desk", bring_back: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.bring_back = desk, bring_back
        self.care: Care | None = None
        self._offered = self._looking = False
        self._due = QTimer(self, singleShot=True, interval=_EVERY)
        self._due.timeout.connect(self.look)
        age = QTimer(self, interval=_MINUTE)
        age.timeout.connect(self._tell)
        age.start()
        desk.refresh.changed.connect(self._changed)
        desk.tasks.refused.connect(self._refused)
        self._ask()
        QTimer.singleShot(_FIRST, self, self.look)

    def line(self) -> QLabel:
        """A line of the status that says how old the last copy is."""
        label = _Line()
        self.cared.connect(label.tell)
        if self.care is not None:
            label.tell(self.care)
        return label

    def look(self) -> None:
        """Do what is due, beside everything else; for a record to practise with, only say how it is kept."""
        if self._desk.practice:
            self._ask()
        elif not self._looking:
            self._looking = True
            self._desk.tasks.beside(partial(_look_after, self._desk.record), self._looked, self._failed, self)

    def _ask(self) -> None:
        record = self._desk.record
        self._desk.tasks.with_record(lambda: state(record), self._take, self._failed, self)

    def _changed(self) -> None:
        if not self._due.isActive():
            self._due.start()
        self._ask()

    def _looked(self, care: Care) -> None:
        self._looking = False
        if care.damaged:
            self.bring_back(_(_DAMAGED))
            return
        known = self.care.kept.rehearsed_at if self.care else ""
        if care.kept.failure and care.kept.rehearsed_at != known:
            Told(_("Back-ups"), _(care.kept.failure), QApplication.activeWindow()).open()
        self._take(care)

    def _take(self, care: Care) -> None:
        self.care = care
        if not care.behind:
            self._due.stop()
        self._tell()

    def _tell(self) -> None:
        if self.care is not None:
            self.cared.emit(self.care)

    def _failed(self, error: Exception) -> None:
        self._looking = False
        if isinstance(error, RecordLocked):
            self._due.start(_MINUTE)
        elif said := sentence(error):
            self._desk.say(said)
            self._due.start(_EVERY)
        else:
            self._desk.tasks.failed.emit(error)

    def _refused(self, error: Exception) -> None:
        """A page was damaged, or the disk is full: the room in reserve is given up where a person says so."""
        if isinstance(error, Damaged) and self._desk.record.can_write and not _is_offered():
            self.bring_back(_(_DAMAGED))
        record = self._desk.record
        if self._offered or not isinstance(error, DiskFull | CopyLeftOut) or not ballast.stands(record.path):
            return
        from desktop.ui.dialogs.full import FullDialog

        self._offered = True
        offer = FullDialog(QApplication.activeWindow())
        offer.accepted.connect(self._give_up)
        offer.finished.connect(lambda _answer: setattr(self, "_offered", False))
        offer.open()

    def _give_up(self) -> None:
        record = self._desk.record

        def free() -> None:
            ballast.give_up(record.path)
            with record.driver() as driver:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        said = _("Room was freed. Do again what was refused, then free some space on the disk.")
        self._desk.tasks.with_record(free, lambda _done: self._desk.say(said), owner=self)


def _look_after(record: "Record") -> Care:
    take_second_place(record)
    return look_after(record)


def _is_offered() -> bool:
    """Whether the screen that brings a copy back stands there."""
    from desktop.ui.dialogs.restoring import RestoreDialog

    return any(isinstance(each, RestoreDialog) and each.isVisible() for each in QApplication.topLevelWidgets())


class _Line(QLabel):
    """How old the last copy is, in the status line."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("is", "muted")

    def tell(self, care: Care) -> None:
        self.setText(age_of(care, now()))
        if care.newest:
            where = words().isolate(str(care.newest.path.parent))
            self.setToolTip(_("{when}, in {folder}").format(when=when(care.newest.made_at), folder=where))
