"""Bringing this copy up to date: a file or a folder is chosen, looked at, and put in place for the next start.

The open record is copied first. Nothing of the version that runs is touched, so the work can go on meanwhile, be
stopped, or be broken off.
"""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QWidget

from desktop import VERSION
from desktop.ui.desk import Desk
from desktop.ui.dialogs.told import Told
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.work import Work
from desktop.updates.container import SUFFIX
from desktop.updates.fitting import Update, find
from desktop.updates.layout import root_of
from desktop.updates.place import NotUpdatable, Place, here
from desktop.updates.sent_back import last_sent_back
from desktop.updates.staging import MEGABYTE, Stopped, stage
from desktop.updates.switching import settle, start_again

_EVERY = 100


class UpdateDialog(QDialog):
    """From the file to the version that waits; where this copy is updated in another way, how."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Install an update"))
        self._desk, self._stop = desk, _Stop()
        self._place: Place | None = None
        self._found: Update | None = None
        self._note, self._work = Note(), Work()
        self._work.stopped.connect(self._stopped)
        self._looks = QTimer(self, interval=_EVERY)
        self._looks.timeout.connect(lambda: self._work.progress(self._stop.part) if self._stop.part else None)
        self._choose = [
            button(_("Choose a file…"), self._choose_file, "", "file-down"),
            button(_("Choose a folder…"), self._choose_folder, "", "folder-open"),
        ]
        self._install = button(_("Install"), self.install, "primary")
        self._restart = button(_("Restart now"), self.restart, "primary", "refresh-cw")
        self._close = button(_("Close"), self.reject)
        self._install.hide()
        self._restart.hide()
        now = _("This is Jalon {version}.").format(version=words().isolate(VERSION))
        first = _(
            "A newer one comes as a signed file, on a stick or in a folder. Your record is copied first, and you can "
            "go on working meanwhile."
        )
        self._how = [*self._choose, text(first, "muted")]
        self.setLayout(
            column(
                text(_("Install an update"), "subtitle"),
                text(now),
                self._how[-1],
                plain(row(*self._choose)),
                self._note,
                self._work,
                None,
                plain(row_at_end(self._close, self._install, self._restart)),
            )
        )
        letter = self.fontMetrics()
        self.setMinimumSize(round(letter.averageCharWidth() * 90), letter.height() * 16)
        try:
            self._place = here()
        except NotUpdatable as otherwise:
            self._note.say(sentence(otherwise) or "", "")
            self._leave_out_how()
            self._close.setFocus()
        else:
            if self._place.pending:
                self._wait_for(self._place.pending)

    def take(self, path: Path) -> None:
        """Look at a file, or for the newest in a folder; in the other process, for nobody vouches for it yet."""
        if self._place is None:
            return
        self._found = None
        for each in (self._install, self._restart):
            each.hide()
        self._note.say("")
        self._work.begin(_("Checking the update…"))
        self._wait(True)
        self._work.runs(
            self._desk.tasks.elsewhere(find, path, self._place, then=self._looked, failed=self._refused, owner=self)
        )

    def install(self) -> None:
        """Copy the record, and put the new version in place."""
        assert self._found is not None and self._place is not None
        path, place, record, stop = self._found.path, self._place, self._desk.record, self._stop

        def work() -> str:
            record.back_up()
            return stage(path, place, stop.so_far, stop.is_set)

        self._note.say("")
        self._work.begin(_("Copying the record, then putting the new version in place…"))
        self._work.runs(stop)
        self._looks.start()
        self._wait(True)
        self._desk.tasks.beside(work, self._installed, self._refused, self)

    def restart(self) -> None:
        """Try the new version at once; then close every window, as a person would, and come back as that version."""
        assert self._place is not None
        root, program = self._place.root, self._place.program
        self._note.say("")
        self._work.begin(_("Trying the new version…"))
        self._restart.setEnabled(False)
        self._desk.tasks.beside(lambda: settle(root, program), self._tried, self._refused, self)

    def done(self, result: int) -> None:
        """Leaving means stopping it; what was put there so far is taken away."""
        self._stop.set()
        super().done(result)

    def _choose_file(self) -> None:
        kinds = _("Updates of Jalon (*{ending})").format(ending=SUFFIX)
        path, _filter = QFileDialog.getOpenFileName(self, _("The update file"), _start(), kinds)
        if path:
            self.take(Path(path))

    def _choose_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, _("The folder with the update"), _start()):
            self.take(Path(path))

    def _looked(self, found: Update) -> None:
        self._wait(False)
        self._found = found
        self._install.show()
        self._install.setFocus()
        said = _("{file} brings version {version}. It is signed, and fits this computer ({size} MB to read).")
        names = {"file": words().isolate(found.path.name), "version": words().isolate(found.version)}
        self._note.say(said.format(size=words().number(-(-found.size // MEGABYTE)), **names), "muted")

    def _installed(self, version: str) -> None:
        self._wait(False)
        self._leave_out_how()
        self._install.hide()
        self._wait_for(version)

    def _wait_for(self, version: str) -> None:
        """A version is in place; whoever chose another file may still put that in its stead."""
        self._restart.show()
        self._restart.setFocus()
        said = _(
            "Version {version} is in place. The next start tries it first, which can take a minute, and then goes on "
            "with it. Where it fails, this version stays, and says so."
        )
        self._note.say(said.format(version=words().isolate(version)), "muted")

    def _tried(self, starts: str) -> None:
        assert self._place is not None
        self._wait(False)
        if starts == self._place.running:
            self._restart.hide()
            back = last_sent_back(self._place.root)
            self._note.say(back.told(words()) if back else _("Nothing was changed."), "error")
        else:
            self.accept()
            restart(self._place.root, self._desk.record.path)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if not isinstance(error, Stopped):
            self._desk.refused(error, self._note)

    def _stopped(self) -> None:
        self._wait(False)
        self._note.say(_("Stopped. Nothing was changed."), "muted")

    def _wait(self, waiting: bool) -> None:
        if not waiting:
            self._work.end()
            self._looks.stop()
            self._stop = _Stop()
        for each in (*self._choose, self._install):
            each.setEnabled(not waiting)

    def _leave_out_how(self) -> None:
        for each in self._how:
            each.hide()


class _Stop(threading.Event):
    """What stops the work, as a job of the other process is stopped, and how far that is.

    The window looks at it now and then: it may be gone while the work still comes to its end in another thread.
    """

    cancel = threading.Event.set
    part = 0.0

    def so_far(self, part: float) -> None:
        self.part = part


def restart(root: Path, record: Path) -> None:
    """Start the program anew on this record once it has ended; nothing happens where somebody stays to save a text."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    def again() -> None:
        start_again(root, ["--record", str(record)])

    app.aboutToQuit.connect(again)
    app.closeAllWindows()
    if any(isinstance(window, QMainWindow) and window.isVisible() for window in app.topLevelWidgets()):
        app.aboutToQuit.disconnect(again)


def sent_back_dialog(parent: QWidget | None) -> Told | None:
    """What to tell where a new version failed its trial at this start; None on every other day."""
    root = root_of(Path(sys.executable)) if getattr(sys, "frozen", False) else None
    back = last_sent_back(root) if root else None
    return Told(_("The update was sent back"), back.told(words()), parent) if back else None


def _start() -> str:
    places = (QStandardPaths.StandardLocation.DownloadLocation, QStandardPaths.StandardLocation.HomeLocation)
    downloads, home = map(QStandardPaths.writableLocation, places)
    return downloads if Path(downloads).is_dir() else home
