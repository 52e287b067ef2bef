"""Making a record: who, which office, where, a passphrase; then the recovery code, shown once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QLineEdit, QWidget

from desktop import settings
from desktop.ui import records
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.leave import Leave, ask_leave
from desktop.ui.language import _, words
from desktop.ui.parts import Note, answered_by_keys, button, column, plain, row_at_end, text
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.opening import Opened
    from desktop.reports.recovery_page import CodeOf


class CreateDialog(QDialog):
    """Asks what a new record needs. `asked` brings path, passphrase, person and office."""

    asked = Signal(object, str, str, str)

    def __init__(self, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Create a record"))
        self._path = folder / _("record.jalon")
        self._person, self._office = QLineEdit(), QLineEdit()
        self._first, self._again = QLineEdit(), QLineEdit()
        for secret in (self._first, self._again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._where = button("", self._choose, "", "folder-open")
        self._show_path()
        self._note = Note()
        self._make = button(_("Create the record"), self._ask, "primary", "check")
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, widget in (
            (_("Your name"), self._person),
            (_("Office"), self._office),
            (_("Passphrase"), self._first),
            (_("The same passphrase again"), self._again),
            (_("Where it is kept"), self._where),
        ):
            form.addRow(label, widget)
        lines = column(
            text(_("Create a record"), "subtitle"),
            text(
                _("One encrypted file on this computer. Whoever has neither passphrase nor code cannot read it."),
                "muted",
            ),
        )
        lines.addLayout(form)
        lines.addWidget(text(_("Four or five words that nobody would guess make a good passphrase."), "muted"))
        lines.addWidget(self._note)
        lines.addStretch(1)
        lines.addWidget(plain(row_at_end(button(_("Cancel"), self.reject), self._make)))
        self.setLayout(lines)
        self._make.setDefault(True)  # only a dialog it stands in heeds it
        answered_by_keys(self, self._make)
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 70))

    def reject(self) -> None:
        if not self._make.isEnabled():
            return  # it is being made: its recovery code comes here, and is told once
        typed = any(each.text() for each in (self._person, self._office, self._first, self._again))
        if not typed or ask_leave(self, saves=False) is Leave.DISCARD:
            super().reject()

    def refuse(self, sentence: str) -> None:
        """Say why it could not be made."""
        self._make.setEnabled(True)
        self._note.say(sentence, "error")

    def _ask(self) -> None:
        person, office, phrase = self._person.text().strip(), self._office.text().strip(), self._first.text()
        missing = next((each for each in (self._person, self._office, self._first) if not each.text().strip()), None)
        if missing is not None:
            self._note.say(_("Your name, the office and a passphrase are needed."), "error")
            missing.setFocus()
        elif phrase != self._again.text():
            self._note.say(_("The two passphrases are not the same. Type them again."), "error")
            self._again.setFocus()
        else:
            self._note.say(_("Creating the record…"), "muted")
            self._make.setEnabled(False)
            self.asked.emit(self._path, phrase, person, office)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Where the record is kept"), str(self._path), _("Jalon records (*.jalon);;All files (*)")
        )
        if chosen:
            self._path = Path(chosen) if Path(chosen).suffix else Path(chosen + ".jalon")
            self._show_path()

    def _show_path(self) -> None:
        self._where.setText(words().isolate(self._path.name))
        self._where.setToolTip(words().isolate(str(self._path)))
        self._where.setAccessibleName(_("Where it is kept: {path}").format(path=words().isolate(str(self._path))))


def create_record(
    tasks: Tasks,
    parent: QWidget | None,
    then: Callable[["Opened"], object],
    in_words: Callable[[Exception], str],
) -> None:
    """Let somebody make a record, and go on with it `then`, once its recovery code was written down."""
    dialog = CreateDialog(settings.records_folder(), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def made(answer: tuple["Opened", str, "CodeOf"]) -> None:
        opened, code, of = answer
        dialog.accept()
        CodeDialog(code, parent, of, tasks).exec()
        then(opened)

    def asked(path: Path, secret: str, person: str, office: str) -> None:
        tasks.with_record(
            lambda: records.make(path, secret, person, office), made, lambda error: dialog.refuse(in_words(error))
        )

    dialog.asked.connect(asked)
    dialog.open()
