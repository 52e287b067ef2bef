"""Saving a copy of a document that the record keeps: where to, and what the record then knows of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from db.commands.documents import clean_name
from db.queries.documents import Kept
from desktop.exporting import export_document
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.language import _, words


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
