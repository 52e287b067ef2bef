"""The last step of an import: what was done and whether it stands, and what becomes of the file outside the record.

It is taken back from here, that deed and no other. The file can be kept inside, as a document of its source, and its
copy outside can be removed: each only when asked for, and only while it is still the very file that was brought in and
what it brought stands.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

import resources
from db.commands.documents import add_document
from db.models import Source
from db.queries.documents import source_of
from db.queries.history import Standing, standing
from desktop import outside
from desktop.ui.desk import Desk
from desktop.ui.dialogs.outside import offer_to_remove
from desktop.ui.language import _, counted, words
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
        self._deed: UUID | None = None
        self._left_out = 0
        self._standing = Standing(taken_back=False, next=False)
        self._title, self._said = text("", "subtitle"), text("")
        self._lies, self._note = text("", "warning"), Note()
        self._keep = button(_("Keep the file in the record"), self.keep, "", "paperclip")
        self._remove = button(_("Remove the file outside…"), self.remove, "", "trash-2")
        onwards = row(
            button(_("See the activities"), lambda: desk.go("activities"), "", "activity"),
            button(_("Import another file"), again, "", "file-down"),
        )
        self._undo = button(_("Undo"), lambda: desk.step("undo", self._deed), "", "undo-2")
        self._redo = button(_("Redo"), lambda: desk.step("redo", self._deed), "", "redo-2")
        self._history = button(_("History"), lambda: desk.go("history"), "", "history")
        for way in (self._undo, self._redo, self._history):
            onwards.addWidget(way)
        done = card(self._title, self._said, plain(onwards))
        self._outside = card(
            text(_("The file outside the record"), "subtitle"),
            self._lies,
            plain(row(self._keep, self._remove)),
            self._note,
        )
        self._outside.hide()
        self.setLayout(column(done, self._outside, None))

    def tell(self, path: Path, deed: UUID, left_out: int) -> None:
        """Say that this file was brought in by this deed but for so many rows, and where it still lies."""
        self._path, self._deed, self._left_out = path, deed, left_out
        name, place = words().isolate(path.name), words().isolate(str(path.parent))
        lies = _(
            "{file} still lies in {folder}, in the clear: whoever gets hold of this computer or stick can read it."
        )
        self._lies.setText(lies.format(file=name, folder=place))
        self._show(Standing(taken_back=False, next=True))
        self._look_outside()

    def look(self) -> None:
        """See whether what was done still stands."""
        if self._deed is not None:
            self._desk.ask(standing, self._deed, then=partial(self._told, self._deed), owner=self)

    def keep(self) -> None:
        """Keep the file as a document of its source."""
        if self._path is None or self._read is None:
            return
        path, (digest, source) = self._path, self._read
        self._keep.setEnabled(False)  # or two clicks would keep it twice

        def put() -> None:
            content = path.read_bytes()
            if outside.digest_of_bytes(content) != digest:
                raise outside.ChangedOutside(path=path)
            self._desk.record.write(add_document, Source, source, path.name, content, {})

        def kept(_done: object) -> None:
            self._note.say(_("It is kept in the record, with its source. The file outside can be removed now."), "good")

        self._desk.tasks.with_record(put, kept, self._refused, self)

    def remove(self) -> None:
        """Show what would be removed, and let the person decide."""
        if self._path is not None and self._read is not None:
            offer_to_remove(self._desk, [(self._path, self._read[0])], self, self._outside.hide)

    def _told(self, deed: UUID, now: Standing) -> None:
        if deed != self._deed:
            return  # another file was brought in since it was asked
        turned = now.taken_back != self._standing.taken_back
        self._show(now)
        if turned:  # then the file outside may be the only one there is
            self._look_outside()

    def _show(self, now: Standing) -> None:
        """Say how it stands, and show the step that turns this deed round, or where that is looked for."""
        self._standing = now
        self._say(now)
        ways = (self._undo, self._redo, self._history)
        at = next((way for way in ways if way.hasFocus()), None)
        shown = self._history if not now.next else self._redo if now.taken_back else self._undo
        for way in ways:
            way.setVisible(way is shown)
        if at is not None:
            shown.setFocus()
        if now.next:  # nothing was done since, nor kept
            self._keep.setEnabled(True)
            self._note.say("")

    def _say(self, now: Standing) -> None:
        assert self._path is not None
        title, left_out = _("The file is in the record"), ""
        if self._left_out:
            left_out = counted(
                "{count} row stays out until it is put right.",
                "{count} rows stay out until they are put right.",
                self._left_out,
            )
        if now.taken_back:
            title, left_out = _("The import was taken back"), ""
            said = _("What {file} had brought is no longer in the record.")
        elif now.next:
            said = _("{file} was brought in as one deed. It can be taken back as one.")
        else:
            said = _(
                "{file} was brought in as one deed. Other deeds came after it: in the history, they are taken back "
                "first."
            )
        self._title.setText(title)
        self._said.setText("\n".join(filter(None, (said.format(file=words().isolate(self._path.name)), left_out))))

    def _look_outside(self) -> None:
        path, self._read = self._path, None
        assert path is not None
        self._note.say("")
        self._outside.hide()
        self._desk.tasks.with_record(lambda: self._look(path), self._looked, owner=self)

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
        self._keep.setEnabled(True)
        self._desk.refused(error, self._note)
