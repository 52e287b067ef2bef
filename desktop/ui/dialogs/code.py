"""The recovery code: shown once, said whose it is, and put on a page to be printed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.ui.clipboard import copy_secret
from desktop.ui.errors import sentence
from desktop.ui.help import headed
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, column, make_room, plain, row, row_at_end, text
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.reports.recovery_page import CodeOf


class CodeDialog(QDialog):
    """The recovery code, to write down or print; it is not shown again."""

    def __init__(
        self, code: str, parent: QWidget | None, of: "CodeOf | None" = None, tasks: Tasks | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Recovery code"))
        self._code, self._of, self._tasks = code, of, tasks
        shown = text(code, "code")
        shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        shown.setAccessibleName(_("Recovery code"))
        copy = button(_("Copy"), lambda: copy_secret(QGuiApplication.clipboard(), code), "", "copy")
        done = button(_("I have written it down"), self.accept, "primary", "check")
        whose, page = [], []
        if of is not None:
            whose.append(text(_("Recovery code of {person}").format(person=words().isolate(of.person))))
            page.append(button(_("Save a page to print…"), self.save, "", "file-down"))
        self._note = Note()
        self.setLayout(
            column(
                headed(_("Write this code down and keep it apart from this computer"), "recovery-code"),
                *whose,
                text(_("It opens the record when the passphrase is lost. It is shown only now.")),
                shown,
                plain(row(copy, *page)),
                self._note,
                plain(row_at_end(done)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 70))

    def save(self) -> None:
        """Write the page to a file of the person's choice, a stick above all; not where the record lies."""
        # Records are mostly in the documents: the desk is where the page is seen, printed and removed.
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
        if not Path(start).is_dir():
            start = str(Path.home())
        name = _("recovery-code.pdf")
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save a page to print"), str(Path(start) / name), _("PDF (*.pdf)")
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the page there, and say that it lies open."""
        assert self._tasks is not None and self._of is not None
        code, of, spoken = self._code, self._of, words()

        def make() -> None:
            from desktop.deliver import write
            from desktop.render import render
            from desktop.reports.recovery_page import recovery_page, refuse_beside_a_record

            refuse_beside_a_record(path)
            write(render(recovery_page(code, of, date.today(), spoken), "pdf"), path)

        def made(_done: object) -> None:
            said = _("Print {path} now, then remove the file: whoever has it and the record can read everything.")
            self._say(said.format(path=words().isolate(str(path))), "warning")

        def refused(error: Exception) -> None:
            if (said := sentence(error)) is None:
                raise error
            self._say(said, "error")

        self._tasks.with_record(make, made, refused, self)

    def _say(self, said: str, kind: str) -> None:
        self._note.say(said, kind)
        make_room(self)  # the code itself would be cut off, were the sentence to take its room

    def reject(self) -> None:
        """Escape leaves it open: a code closed by accident is gone for good."""
