"""The first step of an import: somebody chooses a file, and types the password of a workbook that is locked."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.ui.language import _
from desktop.ui.parts import button, card, column, plain, row, row_at_end, text


class FileStep(QWidget):
    """What may come in, the way to choose it, and its lock."""

    chosen = Signal(object)
    unlock_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(_("Password of the workbook"))
        self._password.returnPressed.connect(self.unlock_asked)
        locked = text(_("This workbook is locked. Its password is asked for once and kept nowhere."))
        locked.setBuddy(self._password)
        unlock = button(_("Unlock"), self.unlock_asked.emit, "", "lock-open")
        self._lock = card(locked, self._password, plain(row_at_end(unlock)))
        self._lock.hide()
        self._beside = Path.home()
        self.choice = button(_("Choose a file…"), self.choose, "", "folder-open")
        layout = column(
            card(
                text(_("A workbook or a table: xlsx, xls, ods or csv."), "subtitle"),
                text(
                    _(
                        "A partner's monthly sheet, the cluster's 5W or 3W, DTM figures, a list of places: "
                        "headings in French, English, Spanish or Arabic are recognised. "
                        "Nothing is stored before you have seen what would change."
                    )
                ),
                plain(row(self.choice)),
            ),
            self._lock,
            None,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setProperty("is", "plain")
        self.setLayout(layout)

    @property
    def password(self) -> str | None:
        """What was typed to open the workbook."""
        return self._password.text() or None

    def choose(self) -> None:
        """Let somebody choose a file, beside the one before."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose a file"),
            str(self._beside),
            _("Workbooks and tables (*.xlsx *.xls *.ods *.csv *.tsv *.txt);;All files (*)"),
        )
        if chosen:
            self.chosen.emit(Path(chosen))

    def begin_with(self, path: Path) -> None:
        """Forget the file before: another one was chosen or dropped."""
        self._beside = path.parent
        self._password.clear()
        self.hide_lock()

    def ask_password(self) -> None:
        """Ask for the password of the workbook, or for another one."""
        self._lock.show()
        self._password.setFocus()
        self._password.selectAll()

    def hide_lock(self) -> None:
        """The workbook is open."""
        self._lock.hide()
