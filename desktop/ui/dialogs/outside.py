"""Offering to remove copies outside the record: which files they are is shown, and nothing goes unless it is asked."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop import outside, settings
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted
from desktop.ui.parts import Note, button, column, plain, row_at_end, text


def told_once() -> tuple[str, ...]:
    """What it means that a file lies outside the record, the first time that one does."""
    if settings.load().told_outside:
        return ()
    settings.change(told_outside=True)
    return (
        _(
            "A file outside the record lies in the clear. Keep it in the record and send copies from there; the page "
            "“What left the record” finds such copies again and removes them."
        ),
    )


class OutsideDialog(QDialog):
    """The files, what it means that they lie there, and the way to remove them; to leave them is the first answer."""

    def __init__(self, desk: Desk, files: Sequence[tuple[Path, str]], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Copies outside the record")
        self.setWindowTitle(title)
        self._desk, self._files = desk, tuple(files)
        said = _(
            "These files lie on this computer in the clear: whoever gets hold of it, or of the stick, can read them. "
            "They are still just as Jalon wrote or read them. What the record keeps of them stays."
        )
        list = QPlainTextEdit("\n".join(str(path) for path, _digest in files))
        list.setReadOnly(True)
        list.setTabChangesFocus(True)
        list.setAccessibleName(title)
        self._note = Note()
        self._remove = button(counted("Remove {count} file", "Remove {count} files", len(files)), self.remove)
        leave = button(_("Leave them"), self.reject, "primary")
        self.setLayout(
            column(text(title, "subtitle"), text(said), list, self._note, plain(row_at_end(self._remove, leave)))
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 84), round(self.fontMetrics().height() * 20))
        leave.setFocus()

    def remove(self) -> None:
        """Remove them, off the window's thread."""
        self._remove.setEnabled(False)
        self._desk.tasks.with_record(lambda: outside.remove(self._files), self._removed, self._refused, self)

    def _removed(self, count: int) -> None:
        self._desk.say(
            counted(
                "{count} file outside the record was removed.", "{count} files outside the record were removed.", count
            )
        )
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._desk.refused(error, self._note)


def offer_to_remove(
    desk: Desk, files: Sequence[tuple[Path, str]], over: QWidget, then: Callable[[], object] = lambda: None
) -> OutsideDialog:
    """Show these files, each with its digest, and let the person decide."""
    dialog = OutsideDialog(desk, files, over)
    dialog.accepted.connect(lambda: then())
    dialog.open()
    return dialog
