"""Salvage: what can be read of a damaged record is put into a new one, and what is missing is told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from db.salvage import Report
from desktop.bringing_back import report_in_words, salvage
from desktop.opening import Opened, open_record
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text
from desktop.ui.tasks import Tasks
from desktop.ui.work import Work


class SalvageDialog(QDialog):
    """Asks for the passphrase, saves what there is beside the damaged file, and opens that."""

    _seen = Signal(float)

    def __init__(self, path: Path, tasks: Tasks, parent: QWidget | None, then: Callable[[Opened], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Salvage"))
        self._path, self._tasks, self._then = path, tasks, then
        self._target = _free(path)
        self._busy = False
        self._phrase = QLineEdit()
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._begin)
        self._label = text(_("Passphrase or recovery code"))
        self._label.setBuddy(self._phrase)
        self._note, self._work = Note(), Work()
        self._seen.connect(self._work.progress)
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(_("What was saved, and what is missing"))
        option = QTextOption(self._report.document().defaultTextOption())
        option.setTextDirection(self.layoutDirection())
        self._report.document().setDefaultTextOption(option)
        self._report.hide()
        self._go = button(_("Salvage"), self._begin, "primary", "file-down")
        self._open = button(_("Open the new record"), self._open_saved, "primary", "folder-open")
        self._open.hide()
        said = _("A copy brought back is whole; what is salvaged may not be. The result is a new record: {name}.")
        self.setLayout(
            column(
                text(_("Salvage what can be read"), "subtitle"),
                text(said.format(name=words().isolate(self._target.name))),
                text(_("The damaged file is not touched. Large records take some minutes."), "muted"),
                self._label,
                self._phrase,
                self._note,
                self._work,
                self._report,
                None,
                plain(row_at_end(button(_("Close"), self.reject), self._go, self._open)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 90))

    def done(self, result: int) -> None:
        """It stays until what is under way is done."""
        if not self._busy:
            super().done(result)

    def _begin(self) -> None:
        secret, path, target = self._phrase.text(), self._path, self._target
        if not secret:
            self._note.say(_("Type the passphrase of this record."), "error")
            return
        self._wait(True)
        self._note.say("")
        self._work.begin(_("Reading what can be read…"))
        self._tasks.with_record(
            lambda: salvage(path, secret, target, self._seen.emit), self._saved, self._refused, self
        )

    def _saved(self, report: Report) -> None:
        self._wait(False)
        self._report.setPlainText("\n".join(report_in_words(report, words())))
        self._report.show()
        self._open.show()
        for each in (self._go, self._phrase, self._label):
            each.hide()
        self._open.setFocus()

    def _open_saved(self) -> None:
        secret, target = self._phrase.text(), self._target

        def opened(found: Opened) -> None:
            self._wait(False)
            self.accept()
            self._then(found)

        self._wait(True)
        self._tasks.with_record(lambda: open_record(target, secret), opened, self._refused, self)

    def _wait(self, waiting: bool) -> None:
        self._busy = waiting
        if not waiting:
            self._work.end()
        for each in (self._phrase, self._go, self._open):
            each.setEnabled(not waiting)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if said := sentence(error):
            self._note.say(said, "error")
        else:
            self._tasks.failed.emit(error)


def _free(path: Path) -> Path:
    """A name beside the damaged file that nothing has yet."""
    called = _("{record}-salvaged").format(record=path.stem)
    names = (called, *(f"{called}-{number}" for number in range(2, 1000)))
    return next(one for one in (path.with_name(name + path.suffix) for name in names) if not one.exists())


def salvage_dialog(path: Path, tasks: Tasks, parent: QWidget | None, then: Callable[[Opened], object]) -> SalvageDialog:
    """The screen on which what can be read of a damaged record is put into a new one."""
    return SalvageDialog(path, tasks, parent, then)
