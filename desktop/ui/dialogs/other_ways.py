"""What is left where a record does not open, in the order in which to try it. It knows nothing but Qt and words.

A record that stands there and does not open is never taken for none: no way in this list makes a new, empty one.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLineEdit, QWidget

from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, card, column, plain, row_at_end, text


class OtherWays(QDialog):
    """Passphrase, recovery code, office key, back-ups, salvage; a record that is only locked needs the first three."""

    code_asked = Signal()
    office_asked = Signal(object, str)
    """The file of the office key, and its passphrase or code."""
    copies_asked = Signal()
    salvage_asked = Signal()

    def __init__(self, path: Path, parent: QWidget | None, *, locked: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Other ways to open the record"))
        self._folder = path.parent
        self._file: Path | None = None
        self._chosen, self._phrase, self._note = text("", "muted"), QLineEdit(), Note()
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._by_office)
        label = text(_("Passphrase or code of the office key"))
        label.setBuddy(self._phrase)
        self._office = plain(
            column(self._chosen, label, self._phrase, self._note, plain(row_at_end(button(_("Open"), self._by_office))))
        )
        self._office.hide()
        ways = [
            (
                _("The passphrase once more: look at the language of the keyboard, and at the key for capitals."),
                button(_("Type the passphrase again"), self.accept),
            ),
            (
                _("The recovery code: 36 letters and digits on the page that was printed or written down."),
                button(_("Type the recovery code"), self._by_code),
            ),
            (
                _("The office key: a file that the office keeps away from the computers."),
                button(_("Choose the office key…"), self._choose),
            ),
        ]
        if not locked:
            ways += [
                (
                    _("A back-up copy: you see when each was made. The present file is kept."),
                    button(_("Bring back a copy…"), self._by_copy),
                ),
                (
                    _("Salvage: whatever can still be read in a damaged file is put into a new record."),
                    button(_("Salvage…"), self._salvage),
                ),
            ]
        lines = QGridLayout()
        lines.setColumnStretch(1, 1)
        lines.setVerticalSpacing(10)
        for number, (said, does) in enumerate(ways, 1):
            lines.addWidget(text(words().number(number), "muted", wrap=False), 2 * number, 0)
            lines.addWidget(text(said), 2 * number, 1)
            lines.addWidget(does, 2 * number, 2)
        lines.addWidget(self._office, 7, 1, 1, 2)
        self.setLayout(
            column(
                text(_("Other ways to open the record"), "subtitle"),
                text(_("Try them in this order. None of them changes or removes the file that is there."), "muted"),
                card(plain(lines)),
                None,
                plain(row_at_end(button(_("Close"), self.reject))),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 95))

    def take(self, file: Path) -> None:
        """Go on with this file as the office key."""
        self._file = file
        self._chosen.setText(words().isolate(file.name))
        self._office.show()
        self._phrase.setFocus()
        QTimer.singleShot(0, self, self.adjustSize)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Choose the office key"), str(self._folder), _("Office keys (*.jalonkey);;All files (*)")
        )
        if chosen:
            self.take(Path(chosen))

    def _by_office(self) -> None:
        if not self._phrase.text():
            self._note.say(_("Type the passphrase or the code of the office key."), "error")
            return
        assert self._file is not None
        self.office_asked.emit(self._file, self._phrase.text())
        self.accept()

    def _by_code(self) -> None:
        self.accept()
        self.code_asked.emit()

    def _by_copy(self) -> None:
        self.accept()
        self.copies_asked.emit()

    def _salvage(self) -> None:
        self.accept()
        self.salvage_asked.emit()
