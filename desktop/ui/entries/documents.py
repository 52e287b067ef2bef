"""The page of a document: what is said about a file. The file comes in with what it belongs to, and never changes."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.models import Document
from db.queries.documents import kept_as
from desktop.ui.desk import Desk
from desktop.ui.dialogs.saving import save_copy
from desktop.ui.entries.entry import Act, Entry
from desktop.ui.forms.form import Form
from i18n import N_


class DocumentForm(Form):
    """What a file is called, what it is, and who may have it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Document.title, Document.kind, Document.version, Document.dated, Document.language)
        self.fields(desk, Document.audience, Document.consent)


def _save(desk: Desk, id: UUID, over: QWidget) -> None:
    desk.ask(kept_as, id, then=lambda kept: save_copy(desk, kept, over, desk.tasks.failed.emit), owner=over)


ENTRIES: tuple[Entry, ...] = (
    Entry("documents", DocumentForm, acts=(Act(N_("Save a copy…"), dialog=_save),), addable=False),
)
