"""What is typed in a form, kept in the record while it stands there, and brought back with a line that says so.

A lock, a power cut or a killed program then costs nobody what they typed. A page keeps the draft of the thing it is
on, a dialog that of its act on the thing; what will be sealed is in neither, for `Form.draft` leaves it out.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.drafts import draft_of, drop_draft, keep_draft
from db.errors import RecordLocked
from desktop.ui.desk import Desk
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.parts import Note, button, plain, row

if TYPE_CHECKING:
    from db.record import Record


class Drafts(QWidget):
    """The drafts of one form under one name, and the line that is on show while one of them was brought back."""

    def __init__(self, desk: Desk, form: Form, name: str, about: UUID | None = None) -> None:
        super().__init__()
        self._desk, self._form, self._name = desk, form, name
        self.about = about
        self._kept = False
        self._note = Note("warning")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(plain(row(self._note, button(_("Start anew"), self._start_anew, "", "undo-2"))))
        self.hide()

    def read(self, then: Callable[[dict[str, Any] | None], object], owner: QWidget) -> None:
        """Ask whether there is a draft."""
        record, of = self._desk.record, (self._name, self.about)
        self._desk.tasks.with_record(lambda: record.read(draft_of, record.person, *of), then, owner=owner)

    def bring_back(self, draft: dict[str, Any] | None) -> None:
        """Show a draft as unsaved changes, and say so; nothing where there is none."""
        self._kept = draft is not None
        if draft is not None:
            self._form.restore(draft)
            self._note.say(_("Text you had not saved was kept. Look at it and save it."))
        self.setVisible(draft is not None)

    def keep(self) -> None:
        """Keep what stands in the form, if it differs from what was loaded; then nothing older is kept either."""
        if self._form.dirty:
            of, body = (self._name, self.about), self._form.draft()
            self._note_down(lambda record: record.note(keep_draft, record.person, *of, body))
            self._kept = True
        elif self._kept:
            self.drop()

    def drop(self) -> None:
        """Forget the draft: it was saved or thrown away."""
        of = self._name, self.about
        self._note_down(lambda record: record.note(drop_draft, record.person, *of))
        self._kept = False
        self.hide()

    def _note_down(self, work: Callable[["Record"], object]) -> None:
        record, tasks = self._desk.record, self._desk.tasks

        def refused(error: Exception) -> None:
            if not isinstance(error, RecordLocked):  # what was typed was kept before it was locked
                tasks.failed.emit(error)

        tasks.with_record(lambda: work(record), failed=refused)

    def _start_anew(self) -> None:
        self._form.start_anew()
        self.drop()
        self._form.focus_first()
