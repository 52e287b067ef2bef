"""A page around one form: loading, saving, leaving with care, and the draft that outlives a lock or a crash."""

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.base import Entity
from db.commands.drafts import draft_of, drop_draft, keep_draft
from db.commands.removing import remove
from db.errors import NotThere
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leave import Leave, ask_leave
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, column, plain, scrolled


class FormPage(Page):
    """A page on one thing of the record; `about` is its id, None for a new one."""

    back_to: ClassVar[str]
    entity: ClassVar[type[Entity]]

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__(desk)
        self.form = form
        self._loaded_id: UUID | None = None
        self._loaded = False
        self.note = Note("good")
        self.buttons.addWidget(button(_("Back to the list"), lambda: desk.go(self.back_to), "", "arrow-left"))
        self._remove = button(_("Remove"), self.remove, "", "trash-2")
        self.buttons.addWidget(self._remove)
        self.buttons.addWidget(button(_("Save"), self.save, "primary", "check"))
        form.paused.connect(self.keep_draft)
        self.body.addWidget(self.note)

    def form_part(self, *under: QWidget) -> QWidget:
        """The form as a part that scrolls, with what belongs under it."""
        inside = plain(column(self.form, *under, None))
        inside.layout().setContentsMargins(2, 8, 12, 8)
        inside.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 110))
        return scrolled(inside, self.heading.text())

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        self._loaded = False
        self.note.say("")

    def reload(self) -> None:
        if self._loaded and self.form.dirty:
            return  # never write over what somebody is typing
        id = self.about
        person, name = self.desk.record.person, self.key
        self.desk.ask(draft_of, person, name, id, then=lambda draft: self.load(id, draft), owner=self)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        """Read the thing and show it, then `loaded`."""
        raise NotImplementedError

    def loaded(self, id: UUID | None, values: dict[str, Any], draft: dict[str, Any] | None) -> None:
        """Show these values, with the draft over them."""
        if id != self.about:
            return
        self.form.load(values)
        self._remove.setEnabled(id is not None)
        self._loaded_id, self._loaded = id, True
        if draft is not None:
            self.form.restore(draft)
            self.note.say(_("Text you had not saved was kept. Look at it and save it."), "warning")
        elif self.isVisible() and id is None:
            self.form.focus_first()

    def not_there(self, error: Exception) -> None:
        """The thing has gone, by an undo as a rule: back to the list."""
        self._loaded = False
        if not isinstance(error, NotThere):
            self.desk.tasks.failed.emit(error)
        elif self.isVisible():
            self.desk.go(self.back_to)

    def write(self, values: dict[str, Any]) -> None:
        """Do the deed with these values; `saved` follows, or `refused`."""
        raise NotImplementedError

    def save(self) -> None:
        if (values := self.form.values()) is not None:
            self.write(values)

    def remove(self) -> None:
        """Remove the thing; undo brings it back."""
        self.desk.do(remove, self.entity, self.about, then=self._removed, failed=self.refused, owner=self)

    def saved(self, id: UUID) -> None:
        """The deed is done."""
        self._drop_draft()
        self.form.load_state()
        self.note.say(_("Saved."), "good")
        self.about, self._stale = id, True
        self._read()

    def refused(self, error: Exception) -> None:
        """The deed was refused; what is typed stays."""
        self.note.say("")
        if not self.form.refuse(error):
            self.desk.tasks.failed.emit(error)

    def may_leave(self) -> bool:
        if not (self._loaded and self.form.dirty):
            return True
        match ask_leave(self):
            case Leave.DISCARD:
                self._drop_draft()
                self._loaded = False
                return True
            case Leave.SAVE:
                self.save()
                return False  # the deed may be refused; leaving is one more key once it is done
            case _:
                return False

    def _removed(self, _done: object) -> None:
        self._drop_draft()
        self._loaded = False
        self.desk.say(_("Removed. Undo brings it back."))
        self.desk.go(self.back_to)

    def keep_draft(self) -> None:
        if self._loaded and self.form.dirty:
            person, body, id = self.desk.record.person, self.form.draft(), self._loaded_id
            self.desk.tasks.with_record(lambda: self.desk.record.note(keep_draft, person, self.key, id, body))

    def _drop_draft(self) -> None:
        person, id = self.desk.record.person, self._loaded_id
        self.desk.tasks.with_record(lambda: self.desk.record.note(drop_draft, person, self.key, id))
