"""The counts of a report that is being written, weighed by the guard once for each state of the record.

Gathering is done where the record is, weighing in the other process; asked again meanwhile, only what was asked last
is shown.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.deliver import Order, gather
from desktop.guard.tables import Tables
from desktop.reports.report import Asked
from desktop.ui.composed import Weighed, in_words, weigh
from desktop.ui.desk import Desk


class Weighing(QObject):
    """What was weighed last is `found`; `weighed` says that it is another, `refused` that there is none."""

    weighed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk, self._owner = desk, owner
        self._wanted: tuple[str, Asked, str] | None = None
        self._busy = self._stale = False
        self.found: Weighed | None = None

    def forget(self) -> None:
        """Another report."""
        self._wanted = self.found = None

    def ask(self, report: str, asked: Asked, language: str) -> None:
        """Gather and weigh; asked again meanwhile, once more afterwards."""
        self._wanted = report, asked, language
        if self._busy:
            self._stale = True
            return
        self._busy, self._stale = True, False
        order = Order(report, asked, language, "pdf")

        def gathered(tables: Tables) -> None:
            self._desk.tasks.elsewhere(
                weigh, tables, report, asked, language, then=self._take, failed=self._fail, owner=self._owner
            )

        self._desk.tasks.with_record(lambda: gather(self._desk.record, order), gathered, self._fail, self._owner)

    def speak(self, language: str) -> None:
        """Put what was weighed in the words of another language."""
        if self._wanted is None:
            return
        report, asked, _before = self._wanted
        self._wanted = report, asked, language
        if self.found is not None:
            self._desk.tasks.elsewhere(
                in_words, self.found, report, asked, language, then=self._take, failed=self._fail, owner=self._owner
            )

    def _take(self, weighed: Weighed) -> None:
        self._busy = False
        if self._wanted is None:
            return
        if self._stale:
            self.ask(*self._wanted)
            return
        self.found = weighed
        if weighed.language != self._wanted[2]:
            self.speak(self._wanted[2])  # another language was chosen meanwhile
        else:
            self.weighed.emit(weighed)

    def _fail(self, error: Exception) -> None:
        self._busy = False
        if self._stale and self._wanted is not None:
            self.ask(*self._wanted)  # what was refused is no longer asked
        else:
            self.refused.emit(error)
