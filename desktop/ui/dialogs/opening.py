"""The first thing that paints: a passphrase for a record, or the way to another one. It knows nothing but Qt and words.

What needs the record's own libraries is loaded behind it while the person types.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QWidget

from desktop.ui.icons import icon
from desktop.ui.language import OWN_NAMES, _, words
from desktop.ui.parts import Note, button, card, column, plain, row, row_at_end, text
from i18n import LANGUAGES


def language_choice(current: str) -> QComboBox:
    """The languages on offer, each in its own name."""
    choice = QComboBox()
    for language in LANGUAGES:
        choice.addItem(OWN_NAMES[language], language)
    choice.setCurrentIndex(max(0, choice.findData(current)))
    choice.setAccessibleName(_("Language"))
    return choice


class OpeningWindow(QWidget):
    """Asks for the passphrase of a record."""

    asked = Signal(object, str)
    """The record's path and what was typed: a passphrase or a recovery code."""
    others_asked = Signal(object)
    """The record's path: what else opens it."""
    language_asked = Signal(str)
    create_asked = Signal()
    practice_asked = Signal()
    closed = Signal()

    def __init__(self, path: Path | None, *, locked: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(_("Open the record"))
        self.setWindowIcon(icon("shield"))
        self._path = path
        self._locked = locked

        language = language_choice(words().language)
        language.activated.connect(lambda index: self.language_asked.emit(language.itemData(index)))
        language_label = text(_("Language"), wrap=False)
        language_label.setBuddy(language)

        self._where = text("", "muted")
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._phrase = QLineEdit()
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._ask)
        self._label = text(_("Passphrase or recovery code"))
        self._label.setBuddy(self._phrase)
        show = QCheckBox(_("Show what I type"))
        show.toggled.connect(self._show_phrase)
        self._note = Note()
        self._open = button(_("Open"), self._ask, "primary")
        self._open.setDefault(True)
        choose = button(_("Another record…"), self._choose, "", "folder-open")
        create = button(_("Create a record…"), self.create_asked.emit, "", "plus")
        practice = button(_("Practise with invented data"), self.practice_asked.emit, "link", "eye")
        self._others = button(_("Other ways to open it…"), self._ask_others, "link", "key-round")
        self._ways = (choose, create, practice)

        said = _("The record is locked. Text you had not saved is kept.")
        self._show = show
        self._known = [self._label, self._phrase, show, self._open, self._others]
        self.setLayout(
            column(
                plain(row(text("Jalon", "title"), language_label, language)),
                text(
                    said
                    if locked
                    else _("Partners, activities and results, in one encrypted record on this computer."),
                    "muted",
                ),
                card(
                    self._where,
                    self._label,
                    self._phrase,
                    show,
                    self._note,
                    plain(row_at_end(self._others, self._open)),
                ),
                plain(row(choose, create)),
                plain(row(practice)),
                None,
            )
        )
        self.layout().setContentsMargins(24, 20, 24, 16)
        self.layout().setSpacing(12)
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 70))
        self._show_path()

    def refuse(self, sentence: str) -> None:
        """Say why the record did not open; what was typed can be put right."""
        self.wait(False)
        self._note.say(sentence, "error")
        QTimer.singleShot(0, self, self._make_room)
        self._phrase.setFocus()
        self._phrase.selectAll()

    def ask_code(self) -> None:
        """Let the recovery code be typed where it can be seen: it is long, and nobody knows it by heart."""
        self._show.setChecked(True)
        self._phrase.clear()
        self._note.say(_("Type the recovery code: capitals, spaces and hyphens do not matter."), "muted")
        self._phrase.setFocus()

    def wait(self, waiting: bool = True) -> None:
        """Opening takes a moment: a passphrase is made slow to guess on purpose."""
        for widget in (*self._known, *self._ways):
            widget.setEnabled(not waiting)
        self._note.say(_("Opening the record…") if waiting else "", "muted")

    def _make_room(self) -> None:
        """A long sentence needs a taller window; by itself it would be cut off."""
        self.layout().activate()
        self.resize(self.width(), max(self.height(), self.layout().totalHeightForWidth(self.width())))

    def _show_path(self) -> None:
        there = self._path is not None
        self._where.setText(
            _("Record: {name}").format(name=words().isolate(str(self._path)))
            if there
            else _("No record yet: create one, choose one, or practise first.")
        )
        for widget in self._known:
            widget.setVisible(there)
        (self._phrase if there else self._ways[0]).setFocus()

    def _ask(self) -> None:
        if self._path is None or not self._phrase.text():
            self._note.say(_("Type the passphrase of this record."), "error")
            return
        self.asked.emit(self._path, self._phrase.text())

    def _ask_others(self) -> None:
        if self._path is not None:
            self.others_asked.emit(self._path)

    def _choose(self) -> None:
        start = str(self._path.parent if self._path else Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Choose a record"), start, _("Jalon records (*.jalon);;All files (*)")
        )
        if chosen:
            self._path = Path(chosen)
            self._note.say("")
            self._show_path()

    def _show_phrase(self, shown: bool) -> None:
        self._phrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
