"""The documents of a thing: files dropped on its page or chosen, kept inside the record, and copies of them saved."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db.base import Entity
from db.commands.documents import add_document
from db.fields import field_of
from db.models import Document
from db.queries.documents import Kept, documents_of
from desktop.foreign import read_document
from desktop.ui.desk import Desk
from desktop.ui.dialogs.saving import save_copy
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, plain, row, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_


def _title(kept: Kept) -> str:
    return _("{title} (replaced)").format(title=one_line(kept.title)) if kept.replaced else one_line(kept.title)


COLUMNS = (
    ShortColumn(N_("Title"), _title, 36),
    ShortColumn(N_("Kind of document"), lambda kept: shown(field_of(Document.kind), kept.kind), 18),
    ShortColumn(N_("Version"), lambda kept: one_line(kept.version or ""), 10),
    ShortColumn(N_("Date of the document"), lambda kept: shown(field_of(Document.dated), kept.dated), 18),
    ShortColumn(N_("For whom"), lambda kept: shown(field_of(Document.audience), kept.audience), 18),
    ShortColumn(N_("Size in KB"), lambda kept: words().number(-(-kept.size // 1024)), 10, numeric=True),
)


class DocumentsPart(QWidget):
    """The list of a thing's documents."""

    def __init__(self, desk: Desk, entity: type[Entity]) -> None:
        super().__init__()
        self._desk, self._entity = desk, entity
        self._about: UUID | None = None
        self._note = Note("error")
        self.list = ShortView(_("Documents"), COLUMNS)
        self.list.opened.connect(lambda kept: desk.open("documents", kept.id))
        self.list.chosen.connect(self._allow)
        self._save = button(_("Save a copy…"), self.save_copy, "", "download")
        self._next = button(_("Add the next version…"), self.choose_next, "", "layers")
        self._allow(None)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        add = button(_("Add files…"), self.choose, "", "paperclip")
        said = text(_("Drop files anywhere on this page to keep them here."), "muted")
        lines.addWidget(plain(row(said, add, self._next, self._save)))
        lines.addWidget(self._note)
        lines.addWidget(self.list, 1)

    def show_of(self, id: UUID, _title: str) -> None:
        if id != self._about:
            self._note.say("")
        self._about = id
        self._desk.ask(documents_of, id, then=self.list.show_rows, owner=self)

    def choose(self) -> None:
        """Choose files to keep."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Add files"), start)
        self.add_files([Path(each) for each in chosen])

    def choose_next(self) -> None:
        """Choose the file that takes the place of the chosen document."""
        kept: Kept | None = self.list.current()
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _filter = QFileDialog.getOpenFileName(self, _("Add the next version"), start)
        if kept is not None and path:
            self.add_files([Path(path)], kept.id)

    def add_files(self, files: Sequence[Path], replaces: UUID | None = None) -> None:
        """Keep these files; what cannot be kept is said, the others are kept."""
        assert self._about is not None, "there is a page on show"
        about = self._about
        self._note.say("")

        def keep(file: Path) -> UUID:
            content = read_document(file)
            return self._desk.record.write(
                add_document, self._entity, about, file.name, content, {"replaces_id": replaces}
            )

        for file in files:
            self._desk.tasks.with_record(partial(keep, file), None, self._refused, self)

    def save_copy(self) -> None:
        """Write the chosen document to a file of the person's choice."""
        kept: Kept | None = self.list.current()
        if kept is not None:
            save_copy(self._desk, kept, self, self._refused)

    def _allow(self, kept: Kept | None) -> None:
        self._save.setEnabled(kept is not None)
        self._next.setEnabled(kept is not None and not kept.replaced)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._note.say(
                _("The file could not be read or written: {reason}").format(reason=words().isolate(str(error.strerror)))
            )
        elif said := sentence(error):
            self._note.say(said)
        else:
            self._desk.tasks.failed.emit(error)
