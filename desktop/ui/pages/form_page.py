"""A page around one form: loading, saving, leaving with care, and the draft that outlives a lock or a crash."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from db.base import Entity
from db.commands.removing import remove
from db.errors import NotThere
from desktop.ui.desk import At, Desk
from desktop.ui.dialogs.leave import Leave, ask_leave
from desktop.ui.drafts import Drafts
from desktop.ui.forms.clashes import Clashes
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, column, plain, scrolled


class FormPage(Page):
    """A page on one thing of the record; `about` is its id, None for a new one, which begins with `given`."""

    entity: type[Entity]

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__(desk)
        self.form = form
        self.given: Mapping[str, Any] = {}
        self._begin_at = ""
        self._loaded_id: UUID | None = None
        self._loaded = False
        self.adding = False
        """Whether a new thing was sent and not answered for: a second key or click would add it twice."""
        self._base: dict[str, Any] = {}
        self._area: QScrollArea | None = None
        self.note = Note("good")
        self.drafts = Drafts(desk, form, self.key)
        self.clashes = Clashes(self._settle)
        self._theirs: dict[str, Any] = {}
        self.removing: QPushButton = button(_("Remove"), self.remove, "", "trash-2")
        self.saving: QPushButton = button(_("Save"), self.save, "primary", "check")
        self.buttons.addWidget(self.removing)
        self.buttons.addWidget(self.saving)
        form.paused.connect(self.keep_draft)
        self.body.addWidget(self.note)
        self.body.addWidget(self.drafts)
        self.body.addWidget(self.clashes)

    def form_part(self, *under: QWidget) -> QWidget:
        """The form as a part that scrolls, with what belongs under it."""
        inside = plain(column(self.form, *under, None))
        inside.layout().setContentsMargins(2, 8, 12, 8)
        inside.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 120))
        self._area = scrolled(inside, self.heading.text())
        return self._area

    def show_about(self, about: Any) -> None:
        self.given = about if isinstance(about, Mapping) else {}
        self._begin_at = about.field if isinstance(about, At) else ""
        super().show_about(None if isinstance(about, Mapping) else about.id if isinstance(about, At) else about)
        self._loaded = self.adding = False
        self.clashes.show_clashes({})
        self.note.say("")
        self.drafts.hide()

    def reload(self) -> None:
        if self._loaded:
            self.load(self.about, None)
            return
        id = self.about
        self.drafts.about = id
        self.drafts.read(then=lambda draft: self.load(id, draft), owner=self)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        """Read the thing and show it, then `loaded`."""
        raise NotImplementedError

    def loaded(self, id: UUID | None, values: dict[str, Any], draft: dict[str, Any] | None) -> None:
        """Show these values, with the draft over them; what is being typed stays."""
        if id != self.about:
            return
        if self._loaded and self._loaded_id == id and self.form.dirty:
            self._meet(values)
            return
        self._base = dict(values)
        self.form.load(values)
        self.clashes.show_clashes({})
        self.removing.setVisible(id is not None and self.saving.isVisibleTo(self))
        first = not self._loaded
        self._loaded_id, self._loaded = id, True
        if first:
            self.drafts.bring_back(draft)
            if self._area is not None:
                self._area.verticalScrollBar().setValue(0)  # another thing is read from its beginning
        if self._begin_at:
            self.form.focus_on(self._begin_at)
            self._begin_at = ""
        elif draft is None and self.isVisible() and id is None and first:
            self.form.focus_first()

    def not_there(self, id: UUID, error: Exception) -> None:
        """The thing has gone, by an undo as a rule: back to where one was, unless one went on already."""
        if id != self.about:
            return
        self._loaded = False
        if not isinstance(error, NotThere):
            self.desk.tasks.failed.emit(error)
        elif self.isVisible():
            self.desk.back()

    def write(self, values: dict[str, Any]) -> None:
        """Do the deed with these values; `saved` follows, or `refused`."""
        raise NotImplementedError

    def save(self) -> None:
        if self.clashes.unsettled:
            self.note.say(_("Decide first which values stay."), "warning")
        elif not self.adding and (values := self.form.values()) is not None:
            self.adding = self.about is None
            self.write(values)

    def differing(self, values: dict[str, Any]) -> dict[str, Any]:
        """Those of the values that are not as they were loaded: nobody's work elsewhere is written over."""
        return {key: value for key, value in values.items() if value != _plain(self._base.get(key))}

    def remove(self) -> None:
        """Remove the thing; undo brings it back."""
        self.desk.do(remove, self.entity, self.about, then=self._removed, failed=self.refused, owner=self)

    def saved(self, id: UUID) -> None:
        """The deed is done."""
        self.adding = False
        self.drafts.drop()
        self.form.load_state()
        self.note.say(_("Saved."), "good")
        self.about, self.drafts.about, self._stale = id, id, True
        self._read()

    def refused(self, error: Exception) -> None:
        """The deed was refused; what is typed stays."""
        self.adding = False
        self.note.say("")
        if not self.form.refuse(error):
            self.desk.tasks.failed.emit(error)

    def may_leave(self) -> bool:
        if not (self._loaded and self.form.dirty):
            return True
        match ask_leave(self):
            case Leave.DISCARD:
                self.drafts.drop()
                self._loaded = False
                return True
            case Leave.SAVE:
                self.save()
                return False  # the deed may be refused; leaving is one more key once it is done
            case _:
                return False

    def _meet(self, values: dict[str, Any]) -> None:
        """Somebody changed the thing while it is being edited: take what does not clash, ask about what does."""
        fields = self.form.described()
        self._theirs = {
            key: value
            for key, value in values.items()
            if key in fields and _plain(value) != _plain(self._base.get(key))
        }
        for key in [key for key in self._theirs if not self.form.changed(key)]:
            self.form.take(key, self._theirs[key])
            self._base[key] = self._theirs.pop(key)
        self.clashes.show_clashes({key: (fields[key], value) for key, value in self._theirs.items()})

    def _settle(self, key: str, take: bool) -> None:
        if take:
            self.form.take(key, self._theirs[key])
        self._base[key] = self._theirs[key]

    def _removed(self, _done: object) -> None:
        self.drafts.drop()
        self._loaded = False
        self.desk.say(_("Removed. Undo brings it back."))
        self.desk.back()

    def _changed(self) -> None:
        if self.note.property("is") == "good":
            self.note.say("")  # what was saved here may just have been taken back
        super()._changed()

    def keep_draft(self) -> None:
        if self._loaded:
            self.drafts.keep()


def _plain(value: Any) -> Any:
    """A link by its id alone: another name for it is no change of it."""
    return value[0] if isinstance(value, tuple) else value
