"""Long work on show: what is being done, how far it is, and a way to stop it."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.ui.language import _
from desktop.ui.parts import button, row, text


class Stoppable(Protocol):
    """Work that can be asked to stop."""

    def cancel(self) -> object: ...


class Work(QWidget):
    """Appears while a job runs in the other process. `stopped` comes when a person stopped it."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._job: Stoppable | None = None
        self._said = text("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = button(_("Stop"), self.cancel, "", "x")
        self._stop.setShortcut("Esc")  # heard only while the button is there
        line = row(self._said, self._bar, self._stop)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    def begin(self, sentence: str) -> None:
        """Say what is being done; how far is not known yet."""
        self._said.setText(sentence)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(False)
        self.show()

    def runs(self, job: Stoppable) -> None:
        """This job can be stopped from here."""
        self._job = job
        self._stop.setEnabled(True)

    def progress(self, part: float) -> None:
        """So much of it is done, from 0 to 1."""
        self._bar.setRange(0, 100)
        self._bar.setValue(round(part * 100))

    def end(self) -> None:
        """It is done, or refused."""
        self._job = None
        self.hide()

    def cancel(self) -> None:
        """Stop it; nothing was changed."""
        if self._job is not None:
            self._job.cancel()
            self.stopped.emit()
        self.end()
