"""Back-ups: where the copies are and how old, a second place for them, the last trial, and the way back to one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QPushButton, QWidget

from db import ballast
from db.backup import folder_of
from db.base import now
from db.caring import Care, choose_second, second_at_hand, try_bringing_back
from desktop.ui.desk import Desk
from desktop.ui.help import headed
from desktop.ui.language import _, words
from desktop.ui.moments import age_of, when
from desktop.ui.parts import Note, button, card, column, plain, row_at_end, text


class CopiesDialog(QDialog):
    """How the record is kept, line by line, each with what can be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Back-ups"))
        self._desk, self._note = desk, Note()
        self._last, self._second, self._trial, self._reserve = text(""), text(""), text(""), text("", "muted")
        self._does = [
            button(_("Make a copy now"), self._copy, "", "copy"),
            button(_("Choose a folder…"), self._choose, "", "folder-open"),
            button(_("Try it now"), self._try, "", "refresh-cw"),
        ]
        lines = QGridLayout()
        lines.setColumnStretch(1, 1)
        lines.setVerticalSpacing(10)
        heads = (_("This computer"), _("Second place"), _("Trial"))
        for place, (head, said, does) in enumerate(
            zip(heads, (self._last, self._second, self._trial), self._does, strict=True)
        ):
            lines.addWidget(text(head, "muted", wrap=False), place, 0)
            lines.addWidget(said, place, 1)
            lines.addWidget(does, place, 2)
        lines.addWidget(self._reserve, len(heads), 1, 1, 2)
        close = button(_("Close"), self.accept, "primary")
        self.setLayout(
            column(
                headed(_("Back-ups"), "copies"),
                text(
                    _(
                        "A copy is made every half an hour of work, before anything large, and at the end. Copies are "
                        "encrypted, open with the same passphrases, and are kept for 90 days."
                    ),
                    "muted",
                ),
                card(plain(lines)),
                self._note,
                None,
                plain(row_at_end(button(_("Bring back a copy…"), self._bring_back, "", "undo-2"), close)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 100))
        if desk.backing is not None:
            desk.backing.cared.connect(self._show)
            if desk.backing.care is not None:
                self._show(desk.backing.care)
        close.setFocus()

    def take(self, folder: Path) -> None:
        """Have copies go to this folder too."""

        def chosen(apart: bool) -> None:
            said = _("This folder is on the same disk as the record: a stick or another disk would outlive it.")
            self._done("" if apart else said, "warning")

        self._run(partial(choose_second, self._desk.record, folder), chosen)

    def _show(self, care: Care) -> None:
        newest = age_of(care, now())
        if care.newest:
            newest = _("{age}: {when}").format(age=newest, when=when(care.newest.made_at))
        self._last.setText(newest)
        self._last.setToolTip(words().isolate(str(folder_of(self._desk.record.path))))
        self._second.setText(self._said_of_second(care))
        self._trial.setText(_said_of_trial(care))
        self._reserve.setVisible(not self._desk.practice)  # nobody looks after a record to practise with
        self._reserve.setText(_said_of_reserve(self._desk.record.path))

    def _said_of_second(self, care: Care) -> str:
        kept = care.kept
        if not kept.second:
            return _("None yet. Choose a folder on a stick or another disk: this computer may be lost or break.")
        folder = words().isolate(kept.second)
        if not kept.copied_at:
            return _("{folder}: no copy there yet").format(folder=folder)
        last = when(datetime.fromisoformat(kept.copied_at))
        if second_at_hand(self._desk.record.path, kept) is None:
            return _("{folder}: last copy {when}. It is not plugged in now.").format(folder=folder, when=last)
        return _("{folder}: last copy {when}").format(folder=folder, when=last)

    def _copy(self) -> None:
        record = self._desk.record
        self._run(record.back_up, lambda _copy: self._done(""))

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("A folder on a stick or another disk"), str(Path.home())):
            self.take(Path(chosen))

    def _try(self) -> None:
        self._run(lambda: try_bringing_back(self._desk.record, now()), lambda _failure: self._done(""))

    def _bring_back(self) -> None:
        self.accept()
        if self._desk.backing is not None:
            self._desk.backing.bring_back("")

    def _run(self, work: Callable[[], object], then: Callable[[bool], object]) -> None:
        self._enable(False)
        self._note.say(_("Copying and checking…"), "muted")
        self._desk.tasks.beside(work, then, self._refused, self)

    def _done(self, said: str, kind: str = "muted") -> None:
        self._enable(True)
        self._note.say(said, kind)
        if self._desk.backing is not None:
            self._desk.backing.look()

    def _refused(self, error: Exception) -> None:
        self._enable(True)
        self._desk.refused(error, self._note)

    def _enable(self, able: bool) -> None:
        for each in self._does:
            assert isinstance(each, QPushButton)
            each.setEnabled(able)


def _said_of_reserve(record: Path) -> str:
    size = words().number(ballast.SIZE >> 20)
    if ballast.stands(record):
        return _("{size} MB are kept in reserve for the day when the disk is full.").format(size=size)
    if ballast.fits(record):
        said = _("Nothing is kept in reserve for a full disk yet: {size} MB will be, with the next copy.")
        return said.format(size=size)
    return _("Nothing is kept in reserve for a full disk: there is too little room.")


def _said_of_trial(care: Care) -> str:
    kept = care.kept
    if kept.failure:
        return _(kept.failure)
    if not kept.rehearsed_at:
        return _("No copy was tried yet. Once a month the newest is brought back on trial and checked.")
    said = _("Brought back on trial {when}: it opened, and was sound.")
    return said.format(when=when(datetime.fromisoformat(kept.rehearsed_at)))
