"""The first thing that paints: a passphrase for a record, or the ways to one. It knows nothing but Qt and words.

What needs the record's own libraries is loaded behind it while the person types. Whoever reads none of its words still
finds their own language in it, by its own name, one click away.
"""

import re
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import policies, settings
from desktop.ui.help import help_button
from desktop.ui.language import OWN_NAMES, _, words
from desktop.ui.parts import Note, bring_into_view, button, card, column, plain, row, row_at_end, scrolled, text


def language_choice(current: str) -> QComboBox:
    """The languages on offer, each in its own name."""
    choice = QComboBox()
    for language in policies.load().languages:
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
    copy_asked = Signal(object, object)
    """A copy of a record, and the folder where the record goes."""
    closed = Signal()

    def __init__(self, path: Path | None, *, locked: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(_("Open the record"))
        self.path, self._locked = path, locked
        self._where = text("", "muted")
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._phrase = QLineEdit()
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.returnPressed.connect(self._ask)
        label = text(_("Passphrase or recovery code"))
        label.setBuddy(self._phrase)
        self._show = QCheckBox(_("Show what I type"))
        self._show.toggled.connect(self._show_phrase)
        self._note, self._besides = Note(), Note()
        self._open = button(_("Open"), self._ask, "primary")
        self._open.setDefault(True)
        others = button(_("Other ways to open it…"), self._ask_others, "link", "key-round")
        self._known = card(
            self._where, label, self._phrase, self._show, self._note, plain(row_at_end(others, self._open))
        )
        self._short, self._long = plain(row(*self._ways())), self._explained()
        said = _("The record is locked. Text you had not saved is kept.")
        about = _("Partners, activities and results, in one encrypted record on this computer.")
        self._inside = plain(
            column(text(said if locked else about, "muted"), self._known, self._long, self._short, self._besides, None)
        )
        self._inside.layout().setSpacing(12)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(12)
        lines.addWidget(plain(row(text("Jalon", "title"), self._languages(), help_button("opening"))))
        self._area = scrolled(self._inside, self.windowTitle())
        lines.addWidget(self._area, 1)
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 84))
        self._show_path()

    def refuse(self, sentence: str) -> None:
        """Say why the record did not open; what was typed can be put right."""
        self.wait(False)
        self._say(sentence, "error")
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
        for widget in (self._known, self._short, self._long):
            widget.setEnabled(not waiting)
        self._say(_("Opening the record…") if waiting else "", "muted")

    def _say(self, sentence: str, kind: str) -> None:
        """Beside the field where there is one; else below the ways to a record."""
        (self._besides if self.path is None else self._note).say(sentence, kind)
        QTimer.singleShot(0, self, self._make_room)

    @property
    def typed(self) -> str:
        """What stands in the field of the passphrase."""
        return self._phrase.text()

    def type(self, typed: str) -> None:
        """Go on with what was typed in another language's window."""
        self._phrase.setText(typed)

    def take(self, path: Path) -> None:
        """Ask for the passphrase of another record."""
        self.path = path
        self._note.say("")
        self._show_path()
        self._make_room()

    def _languages(self) -> QWidget:
        """Each language by its own name; a click, and the window speaks it."""
        offered = []
        for language in policies.load().languages:
            choose = QPushButton(words().isolate(OWN_NAMES[language]))
            choose.setProperty("is", "tab")
            choose.setCheckable(True)
            choose.setAutoExclusive(True)
            choose.setChecked(language == words().language)
            choose.clicked.connect(lambda _checked=False, language=language: self._speak(language))
            offered.append(choose)
        return plain(row(*offered))

    def _speak(self, language: str) -> None:
        if language != words().language:
            self.language_asked.emit(language)

    def _ways(self) -> tuple[QPushButton, ...]:
        """Besides a passphrase: what leads to a record."""
        ways = (
            button(_("Practise with invented data"), self.practice_asked.emit, "", "eye"),
            button(_("Create a record…"), self.create_asked.emit, "", "plus"),
            button(_("Another record…") if self.path else _("Open a record…"), self._choose, "", "folder-open"),
            button(_("Bring back a copy…"), self._choose_copy, "", "history"),
        )
        return ways[:-1] if self._locked else ways  # what is only locked is not brought back

    def _explained(self) -> QWidget:
        """The same where there is no record yet: each way with what it is for."""
        said = (
            _("An invented office with a guide through the main steps: nothing can go wrong there."),
            _("For an office that begins: one encrypted file, a passphrase and a recovery code."),
            _("There is a file already, on this computer or on a stick."),
            _("The computer is new, or the record was lost, and there are back-up copies."),
        )
        lines = QGridLayout()
        lines.setColumnStretch(1, 1)
        lines.setHorizontalSpacing(12)
        lines.setVerticalSpacing(8)
        for place, (way, sentence) in enumerate(zip(self._ways(), said, strict=False)):
            lines.addWidget(way, place, 0)
            lines.addWidget(text(sentence, "muted"), place, 1)
        return card(text(_("How do you want to begin?"), "subtitle"), plain(lines))

    def _make_room(self) -> None:
        """As tall as what there is to read, and no taller than the screen: the rest is scrolled to."""
        margins, wide = self.layout().contentsMargins(), max(self.width(), self.minimumWidth())
        inside = wide - margins.left() - margins.right()
        head = self.layout().itemAt(0).widget()
        # Measured as beside a scroll bar: one that is there before there is room takes width, and so would stay.
        beside = inside - self._area.verticalScrollBar().sizeHint().width()
        tall = head.heightForWidth(inside) + self._inside.heightForWidth(beside)
        tall += margins.top() + margins.bottom() + self.layout().spacing()
        most = self.screen().availableGeometry().height() - self.fontMetrics().height() * 2  # the title and its frame
        self.resize(wide, min(most, max(self.height() if self.isVisible() else 0, tall)))
        if said := [each for each in (self._note, self._besides) if each.isVisible()]:
            QTimer.singleShot(0, self, lambda: bring_into_view(self._open, *said))

    def _show_path(self) -> None:
        there = self.path is not None
        # A path has few places at which a line may break.
        shown = re.sub(r"([/\\_.-])", "\\1\u200b", str(self.path))
        self._where.setText(_("Record: {name}").format(name=words().isolate(shown)))
        self._known.setVisible(there)
        self._short.setVisible(there)
        self._long.setVisible(not there)
        (self._phrase if there else self._long.findChild(QPushButton)).setFocus()

    def _ask(self) -> None:
        if self.path is None or not self._phrase.text():
            self._note.say(_("Type the passphrase of this record."), "error")
            return
        self.asked.emit(self.path, self._phrase.text())

    def _ask_others(self) -> None:
        if self.path is not None:
            self.others_asked.emit(self.path)

    def _choose(self) -> None:
        start = str(self.path.parent if self.path else settings.records_folder())
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Choose a record"), start, _("Jalon records (*.jalon);;All files (*)")
        )
        if chosen:
            self.take(Path(chosen))

    def _choose_copy(self) -> None:
        if self.path is not None:
            self.copy_asked.emit(None, None)
            return
        copy, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose a copy of the record"),
            str(settings.records_folder()),
            _("Jalon records (*.jalon);;All files (*)"),
        )
        folder = copy and QFileDialog.getExistingDirectory(
            self, _("The folder where the record goes"), str(settings.records_folder())
        )
        if folder:
            self.copy_asked.emit(Path(copy), Path(folder))

    def _show_phrase(self, shown: bool) -> None:
        self._phrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
