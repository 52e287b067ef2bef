"""Taking the newest deed back and doing it again, each by its name."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.deeds import in_words
from db.queries.history import steps_to_take
from desktop.ui.desk import Desk
from desktop.ui.language import _, words
from i18n import N_

DONE = {"undo": N_("Taken back: {deed}"), "redo": N_("Done again: {deed}")}


class Steps(QObject):
    """Knows what comes next in either direction. `next` brings the names of both, None where there is none."""

    next = Signal(object, object)
    failed = Signal(Exception)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.step = self.take
        desk.refresh.changed.connect(self.read)

    def take(self, act: str, only: UUID | None = None) -> None:
        """Take the newest deed back ("undo"), or do it again ("redo"); `only` this one, where another is not meant."""
        record = self._desk.record
        does = record.undo if act == "undo" else record.redo

        def step() -> Any:
            # Asked where it is done: something else may have been done since a button was shown.
            undo, redo = record.read(steps_to_take) if only is not None else (None, None)
            found = undo if act == "undo" else redo
            return does() if only is None or (found is not None and found.id == only) else None

        self._desk.tasks.with_record(step, lambda taken: self._say(act, taken), self.failed.emit, self)

    def read(self) -> None:
        """Ask what comes next."""
        self._desk.ask(steps_to_take, then=self._show, owner=self)

    def _say(self, act: str, step: Any) -> None:
        if step is not None:
            self._desk.say(_(DONE[act]).format(deed=in_words(step.deed, step.details, words())))

    def _show(self, steps: tuple[Any, Any]) -> None:
        undo, redo = (in_words(step.deed, step.details, words()) if step else None for step in steps)
        self.next.emit(undo, redo)
