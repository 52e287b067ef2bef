"""What went wrong since the last start: shown once, to be saved for whoever can help, or deleted; sent nowhere."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from db.durable import write_durably
from desktop.ui import crashes
from desktop.ui.dialogs.saving import proposed
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text


class FaultsDialog(QDialog):
    """The traces, whole, so that everybody sees what is in them. Closed without an answer, it comes back next time."""

    def __init__(self, kept: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What went wrong last time"))
        self._kept = kept
        details = QPlainTextEdit(kept)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(_("Details of the fault"))
        self._note = Note()
        save = button(_("Save as a file…"), self.save, "primary", "download")
        said = _(
            "These lines say where in the program it happened. They hold no names, no figures and nothing that was "
            "typed, and they are sent to nobody. Save them if somebody can help you, or delete them."
        )
        self.setLayout(
            column(
                text(_("Jalon made a mistake the last time it ran"), "subtitle"),
                text(said),
                details,
                self._note,
                plain(row_at_end(button(_("Delete"), self.delete, "", "trash-2"), save)),
            )
        )
        self.resize(620, 420)
        save.setFocus()

    def save(self) -> None:
        """Write them to a file of the person's choice, and keep them no longer."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save as a file"), proposed(start, _("Details of the fault"), "txt"), _("Text (*.txt)")
        )
        if not chosen:
            return
        try:
            write_durably(Path(chosen), self._kept.encode())
        except OSError as refused:
            reason = words().isolate(str(refused.strerror))
            self._note.say(_("The file could not be read or written: {reason}").format(reason=reason), "error")
        else:
            self.delete()

    def delete(self) -> None:
        """Keep them no longer."""
        crashes.forget()
        self.accept()
