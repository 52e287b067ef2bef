"""Checking this installation: the self-test beside the window, a line a check, and a result that can be copied."""

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QWidget

from desktop import VERSION
from desktop.self_test import CHECKS, OUTCOMES, Check, Found, Stopped, Trial, prove, system
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text
from desktop.ui.tasks import Tasks
from desktop.ui.work import Work

_EVERY = 100


class SelfTestDialog(QDialog):
    """Closing it, or Stop, ends the checks, and what they made for themselves is taken away."""

    def __init__(self, tasks: Tasks, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Check this installation"))
        self._tasks, self._stop, self._failed, self._at = tasks, threading.Event(), 0, 0
        self._told: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        """What the checks say as they go: their thread knows nothing of a dialog, which may be gone by then."""
        head = _("Jalon {version} on {system}").format(version=VERSION, system=words().isolate(system()))
        self._lines = [head]
        self._read = QTextBrowser()
        self._read.setAccessibleName(_("What was found"))
        self._read.setTabChangesFocus(True)
        by = Qt.TextInteractionFlag
        self._read.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self._read.setPlainText(head)
        self._work, self._note = Work(), Note()
        self._copy = button(_("Copy the result"), self._copy_all, "", "copy")
        self._copy.setEnabled(False)
        close = button(_("Close"), self.reject, "primary")
        said = _("Everything is tried on a record made for this. Yours are not touched. It takes a minute or two.")
        self.setLayout(
            column(
                text(_("Check this installation"), "subtitle"),
                text(said, "muted"),
                self._read,
                self._work,
                self._note,
                plain(row_at_end(self._copy, close)),
            )
        )
        self.resize(720, 520)
        stop = self._stop.set
        self.finished.connect(lambda _answer: stop())
        self._clock = QTimer(self, interval=_EVERY)
        self._clock.timeout.connect(self._hear)

    def begin(self, *, quick: bool = False) -> None:
        """Carry out the checks, beside the window."""
        self._clock.start()
        self._work.begin(_("Checking…"))
        self._work.runs(self)
        told, stop = self._told.put, self._stop.is_set
        self._tasks.beside(lambda: _prove(told, stop, quick), self._done, owner=self)

    @property
    def found(self) -> str:
        """What was found so far, a line a check."""
        return "\n".join(self._lines)

    def cancel(self) -> None:
        """Stop after the check that runs, or in the middle of a long one."""
        self._stop.set()

    def _hear(self) -> None:
        while not self._told.empty():
            match self._told.get():
                case Check() as check, int() as number:
                    self._begin(check, number)
                case Check() as check, Found() as found:
                    self._end(check, found)
                case other:
                    self._work.progress((self._at + other[0]) / len(CHECKS))

    def _begin(self, check: Check, number: int) -> None:
        self._at = number
        self._work.begin(_("{check}…").format(check=_(check.title)))
        self._work.runs(self)
        self._work.progress(number / len(CHECKS))

    def _end(self, check: Check, found: Found) -> None:
        self._failed += found.outcome == "not"
        said = _("{outcome} · {check}: {reason}")
        line = said.format(outcome=_(OUTCOMES[found.outcome]), check=_(check.title), reason=found.said(words()))
        self._lines.append(line)
        self._read.append(line)

    def _done(self, whole: bool) -> None:
        self._hear()
        self._clock.stop()
        self._work.end()
        self._copy.setEnabled(True)
        if not whole:
            self._note.say(_("Stopped."), "muted")
        elif self._failed:
            self._note.say(_("This copy does not work as it should: show the result to whoever can help."), "error")
        else:
            self._note.say(_("This copy works."), "good")

    def _copy_all(self) -> None:
        QApplication.clipboard().setText(self.found)
        self._note.say(_("Copied."), "muted")


def _prove(told: Callable[[tuple[Any, ...]], object], stop: Callable[[], bool], quick: bool) -> bool:
    """In a thread of its own: whether it came to its end."""
    try:
        with Trial(quick=quick, progress=lambda part: told((part,)), cancelled=stop) as trial:
            prove(trial, lambda check, number: told((check, number)), lambda check, found: told((check, found)))
    except Stopped:
        return False
    return True
