"""Saving files outside the record: the name that is proposed, a copy of a document, and what can follow."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.base import Entity
from db.commands.documents import add_document, clean_name
from db.queries.documents import Kept
from desktop.exporting import export_document
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.dialogs.outside import told_once
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, make_room, plain, row, row_at_end, text


def proposed(folder: Path | str, title: str, suffix: str) -> str:
    """Where a file is proposed to go, under a title in the language of the screen that any system can keep."""
    return str(Path(folder) / clean_name(f"{title}.{suffix}"))


def save_copy(desk: Desk, kept: Kept, over: QWidget, failed: Callable[[Exception], object]) -> None:
    """Write a document to a file of the person's choice, once it is said why."""
    with_reason(desk, over, lambda: _save_copy(desk, kept, over, failed))


def _save_copy(desk: Desk, kept: Kept, over: QWidget, failed: Callable[[Exception], object]) -> None:
    start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    path, _filter = QFileDialog.getSaveFileName(over, _("Save a copy"), str(Path(start) / clean_name(kept.file)))
    if path:
        write_copy(desk, kept, Path(path), over, failed)


def write_copy(desk: Desk, kept: Kept, path: Path, over: QWidget, failed: Callable[[Exception], object]) -> None:
    """Write a document's bytes, as they are kept; the register keeps that a copy left."""
    said = _("A copy of {title} was saved. It is not encrypted.").format(title=words().isolate(kept.title))
    desk.tasks.with_record(lambda: export_document(desk.record, kept, path), lambda _done: desk.say(said), failed, over)


def open_outside(path: Path, note: Note) -> None:
    """Show a file, or a folder, in whatever program of the computer opens it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        said = _("No program on this computer opens it. It is here: {file}")
        note.say(said.format(file=words().isolate(str(path))), "warning")


class WrittenDialog(QDialog):
    """That a file was written, and what can follow: look at it, or keep it in the record with what it is about."""

    def __init__(self, desk: Desk, path: Path, said: str, about: tuple[type[Entity], UUID], over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = path.name
        self.setWindowTitle(title)
        self._desk, self._path, self._about, self._note = desk, path, about, Note("good")
        self._keep = button(_("Keep it in the record"), self.keep, "", "paperclip")
        ways = row(
            button(_("Open"), lambda: self._open(path), "", "external-link"),
            button(_("Show in its folder"), lambda: self._open(path.parent), "", "folder-open"),
            self._keep,
        )
        close = button(_("Close"), self.accept, "primary")
        self.setLayout(
            column(
                text(words().isolate(title), "subtitle"),
                text(said),
                *(text(once, "muted") for once in told_once()),
                plain(ways),
                self._note,
                None,
                plain(row_at_end(close)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 75))
        make_room(self)
        close.setFocus()

    def keep(self) -> None:
        """Keep the file as it was written among the documents of what it is about."""
        desk, path = self._desk, self._path
        self._keep.setEnabled(False)

        def put() -> None:
            desk.record.write(add_document, *self._about, path.name, path.read_bytes(), {"kind": "report"})

        kept = _("It is kept in the record, among the documents of what it is about.")

        def done(_id: object) -> None:
            self._note.say(kept, "good")
            make_room(self)

        desk.tasks.with_record(put, done, self._refused, self)

    def _refused(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        self._desk.refused(error, self._note)
        make_room(self)

    def _open(self, path: Path) -> None:
        open_outside(path, self._note)
        make_room(self)
