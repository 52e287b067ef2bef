"""The last step of an import: what was done, and what becomes of the file, which still lies outside the record.

It can be kept inside, as a document of its source, and its copy outside can be removed: each only when asked for, and
only while it is still the very file that was brought in.
"""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

import resources
from db.commands.documents import add_document
from db.models import Source
from db.queries.documents import source_of
from desktop import outside
from desktop.ui.desk import Desk
from desktop.ui.dialogs.outside import offer_to_remove
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, card, column, plain, row, text

Read = tuple[str, UUID] | None
"""The digest of the file as it is now, and the source that it is in the record; None where it is not the one read."""


class DoneStep(QWidget):
    """What was done, and the ways on."""

    def __init__(self, desk: Desk, again: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._read: Read = None
        self._said, self._lies, self._note = text(""), text("", "warning"), Note()
        self._keep = button(_("Keep the file in the record"), self.keep, "", "paperclip")
        self._remove = button(_("Remove the file outside…"), self.remove, "", "trash-2")
        onwards = row(
            button(_("See the activities"), lambda: desk.go("activities"), "", "activity"),
            button(_("Import another file"), again, "", "file-down"),
            button(_("Undo"), lambda: desk.step("undo"), "", "undo-2"),
        )
        done = card(text(_("The file is in the record"), "subtitle"), self._said, plain(onwards))
        self._outside = card(
            text(_("The file outside the record"), "subtitle"),
            self._lies,
            plain(row(self._keep, self._remove)),
            self._note,
        )
        self._outside.hide()
        self.setLayout(column(done, self._outside, None))

    def tell(self, path: Path) -> None:
        """Say that this file was brought in, and where it still lies."""
        self._path, self._read = path, None
        name, place = words().isolate(path.name), words().isolate(str(path.parent))
        said = _("{file} was brought in as one deed. It can be taken back as one.")
        self._said.setText(said.format(file=name))
        lies = _(
            "{file} still lies in {folder}, in the clear: whoever gets hold of this computer or stick can read it."
        )
        self._lies.setText(lies.format(file=name, folder=place))
        self._note.say("")
        self._outside.hide()
        self._keep.setEnabled(True)
        self._desk.tasks.with_record(lambda: self._look(path), self._looked, owner=self)

    def keep(self) -> None:
        """Keep the file as a document of its source."""
        if self._path is None or self._read is None:
            return
        path, (digest, source) = self._path, self._read

        def put() -> None:
            content = path.read_bytes()
            if outside.digest_of_bytes(content) != digest:
                raise outside.ChangedOutside(path=path)
            self._desk.record.write(add_document, Source, source, path.name, content, {})

        def kept(_done: object) -> None:
            self._keep.setEnabled(False)
            self._note.say(_("It is kept in the record, with its source. The file outside can be removed now."), "good")

        self._desk.tasks.with_record(put, kept, self._refused, self)

    def remove(self) -> None:
        """Show what would be removed, and let the person decide."""
        if self._path is not None and self._read is not None:
            offer_to_remove(self._desk, [(self._path, self._read[0])], self, self._outside.hide)

    def _look(self, path: Path) -> Read:
        digest = outside.digest_of(path)
        source = self._desk.record.read(source_of, digest) if digest else None
        return (digest, source) if digest and source else None

    def _looked(self, found: Read) -> None:
        self._read = found
        # A sheet to practise with is Jalon's own, and is there for the next person as well.
        ours = self._path is not None and self._path.is_relative_to(resources.path("sample"))
        self._outside.setVisible(found is not None and not ours)

    def _refused(self, error: Exception) -> None:
        self._desk.refused(error, self._note)
