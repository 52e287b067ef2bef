"""Dialogs that only tell something: what is new, what is wrong with the rules of IT, or whatever else there is."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QTextBrowser, QWidget

import resources
from db.durable import write_durably
from desktop import policies
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, plain, row_at_end, text


class Told(QDialog):
    """A title, a text to read, and a way out; with a name for a file, the text can be kept as one."""

    def __init__(
        self, title: str, body: str, parent: QWidget | None, *, markdown: bool = False, save_as: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        read = QTextBrowser()
        read.setAccessibleName(title)
        read.setTabChangesFocus(True)
        # A link would hold Tab back, and following it would lead out of the text to an empty page.
        by = Qt.TextInteractionFlag
        read.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        if markdown:
            read.setMarkdown(body)
        else:
            read.setPlainText(body)
        close = button(_("Close"), self.accept, "primary")
        self._body, self._save_as, self._note = body, save_as, Note()
        save = [button(_("Save as a file…"), self.save)] if save_as else []
        self.setLayout(column(text(title, "subtitle"), read, self._note, plain(row_at_end(*save, close))))
        self.resize(620, 440)
        close.setFocus()

    def save(self) -> None:
        """Write the text to a file of the person's choice, to be sent or printed."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save as a file"), str(Path(start) / self._save_as), _("Text (*.txt)")
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the text there, and say that it lies open."""
        try:
            write_durably(path, self._body.encode("utf-8-sig"))  # with this mark, Windows reads every letter right
        except OSError as refused:
            reason = words().isolate(str(refused.strerror))
            self._note.say(_("The file could not be read or written: {reason}").format(reason=reason), "error")
        else:
            said = _("Written: {path}. It is not encrypted: whoever has the file can read it.")
            self._note.say(said.format(path=words().isolate(str(path))), "warning")


def news_dialog(parent: QWidget | None) -> Told:
    """What changed in the program, in the screen's language where it has been told in it."""
    told = resources.path(f"changelog.{words().language}.md")
    telling = told if told.exists() else resources.path("changelog.md")
    return Told(_("What is new"), telling.read_text(encoding="utf-8"), parent, markdown=True)


def rules_dialog(parent: QWidget | None) -> Told | None:
    """What is wrong with the file of the organisation's IT; nothing where it can be relied on, or there is none."""
    news = policies.load().news(words())
    return Told(_("Rules of your organisation's IT"), "\n\n".join(news), parent) if news else None
