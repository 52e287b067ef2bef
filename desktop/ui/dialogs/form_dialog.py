"""A form in a dialog: it stays open until its deed is done, and says what was refused."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.topics import explaining
from desktop.ui.dialogs.leave import Leave, ask_leave
from desktop.ui.drafts import Drafts
from desktop.ui.errors import sentence
from desktop.ui.forms.form import Form
from desktop.ui.help import headed, module_of
from desktop.ui.language import _
from desktop.ui.parts import answered_by_keys, button, column, plain, row_at_end, scrolled

Do = Callable[[dict[str, Any], Callable[[Any], None], Callable[[Exception], None]], None]


class FormDialog(QDialog):
    """Save, or another `verb`, does the deed with the form's values; Escape leaves things as they were.

    `do` answers by one of its two ways on, or refuses at once by an error; until then it stays open,
    and nothing is done a second time.
    What is typed is kept as a draft where there are `drafts`: a form that asks for a passphrase has none.
    """

    def __init__(
        self, title: str, form: Form, do: Do, parent: QWidget | None, verb: str = "", drafts: Drafts | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._form, self._do, self._drafts, self._saves = form, do, drafts, not verb
        self._waiting = False
        inside = plain(column(form, None))
        inside.layout().setContentsMargins(2, 2, 12, 2)
        save = button(verb or _("Save"), self._save, "primary", "check")
        self._area = scrolled(inside, title)
        self.setLayout(
            column(
                headed(title, explaining(module_of(form))),
                *([drafts] if drafts is not None else []),
                self._area,
                *([form.follows] if form.follows is not None else []),
                plain(row_at_end(button(_("Cancel"), self.reject), save)),
            )
        )
        room = max(520, parent.window().height() - 60) if parent is not None else 520
        self.resize(round(self.fontMetrics().averageCharWidth() * 75), min(room, inside.sizeHint().height() + 120))
        save.setDefault(True)  # only a dialog it stands in heeds it
        answered_by_keys(self, save, saves=self._saves)
        form.begin_here()  # what a form begins with is nothing typed
        form.focus_first()
        if drafts is not None:
            form.paused.connect(drafts.keep)
            # What a form asks of the record by itself was asked before: a draft is laid over what it begins with.
            drafts.read(then=self._bring_back, owner=self)

    def reject(self) -> None:
        if self._waiting:
            return  # the answer comes here: a recovery code, once, and nobody would see it
        if not self._form.dirty:
            self.keep_draft()
            super().reject()
            return
        match ask_leave(self, saves=self._saves):
            case Leave.DISCARD:
                self._drop_draft()
                super().reject()
            case Leave.SAVE:
                self._save()
            case Leave.STAY:
                pass

    def keep_draft(self) -> None:
        """Put unsaved text into the record: the dialog is about to be closed without asking."""
        if self._drafts is not None:
            self._drafts.keep()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (begin := self.focusWidget()) is not None:
            room = self._area.height() // 3
            QTimer.singleShot(0, begin, lambda: self._area.ensureWidgetVisible(begin, 0, room))

    def _save(self) -> None:
        if self._waiting or (values := self._form.values()) is None:
            return
        self._waiting = True
        try:
            self._do(values, lambda _done: self._done(), self._refused)
        except Exception as error:  # noqa: BLE001 # what has no words is raised again there
            self._refused(error)

    def _done(self) -> None:
        self._form.load_state()
        self._drop_draft()
        self.accept()

    def _bring_back(self, draft: dict[str, Any] | None) -> None:
        if self._drafts is not None and not self._form.dirty:  # who was quicker to type goes on typing
            self._drafts.bring_back(draft)
            if draft is not None:  # the line that says so takes nothing of the form's room
                self.resize(self.width(), self.height() + self._drafts.sizeHint().height())

    def _drop_draft(self) -> None:
        if self._drafts is not None:
            self._drafts.drop()

    def _refused(self, error: Exception) -> None:
        self._waiting = False
        if not self._form.refuse(error):
            assert sentence(error) is None
            raise error
