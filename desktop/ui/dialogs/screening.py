"""Screening against a sanctions list from a file: choose it, look at each likeness, and keep what came of it.

The list is read in the other process and stays in no place afterwards; a likeness is judged at once, by a person.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QWidget

from db.commands.screening import keep_clear, keep_screening
from db.models.assessments import Screening
from db.queries.screening import Subject, to_screen
from desktop.intake.sanctions import UN, Candidate, Screened, screen
from desktop.ui.desk import Desk
from desktop.ui.drafts import Drafts
from desktop.ui.errors import sentence
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, button, card, column, empty, plain, row, row_at_end, scrolled, text
from desktop.ui.tables.column import one_line
from desktop.ui.work import Work


def screen_one(desk: Desk, id: UUID, parent: QWidget) -> None:
    """Screen one organisation and its contacts."""
    ScreeningDialog(desk, id, parent).open()


class ScreeningDialog(QDialog):
    """One organisation with its contacts, or everybody, against one list."""

    def __init__(self, desk: Desk, organisation_id: UUID | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Screening against a sanctions list")
        self.setWindowTitle(title)
        self._desk, self._about = desk, organisation_id
        self._list = UN
        self._dated: date | None = None
        self._left: Counter[Subject] = Counter()
        self._matched: set[Subject] = set()
        self._form = Form()
        self._form.bind(Screening.list, TextEdit())
        self._form.load({"list": UN})
        self._drafts = Drafts(desk, self._form, "screen", organisation_id)
        self._form.paused.connect(self._drafts.keep)
        self._drafts.read(then=self._drafts.bring_back, owner=self)
        self._work = Work()
        self._clear, self._note = Note("good"), Note("muted")
        self._lines = column(None)
        explained = _(
            "Download the list yourself and choose its XML file here. Names are compared across scripts and spellings; "
            "you decide about each likeness. Only the date, the list and the result are kept, never the list itself."
        )
        self.setLayout(
            column(
                text(title, "subtitle"),
                text(explained, "muted"),
                self._drafts,
                self._form,
                plain(row(button(_("Choose the list…"), self.choose, "primary", "folder-open"))),
                self._work,
                self._clear,
                self._note,
                scrolled(plain(self._lines), title),
                plain(row_at_end(button(_("Close"), self.accept))),
            )
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 95), 600)

    def choose(self) -> None:
        """Ask for the file."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Choose the list…"), str(Path.home()), _("Lists (*.xml);;All files (*)")
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Screen against the list in this file."""
        if (values := self._form.values()) is None:
            return
        self._work.cancel()
        self._list = values["list"]
        for note in (self._clear, self._note):
            note.say("")
        empty(self._lines)
        self._work.begin(_("Comparing names…"))
        self._desk.ask(to_screen, self._about, then=lambda whom: self._compare(path, whom), owner=self)

    def _compare(self, path: Path, whom: tuple[Subject, ...]) -> None:
        self._work.runs(
            self._desk.tasks.elsewhere(
                screen,
                path,
                whom,
                then=self._show,
                failed=self._refused,
                progress=self._work.progress,
                owner=self,
            )
        )

    def _show(self, found: Screened) -> None:
        self._work.end()
        self._dated = found.dated
        self._left = Counter(one.subject for one in found.candidates)
        for candidate in found.candidates:
            self._lines.addWidget(self._card(candidate))
        self._lines.addStretch(1)
        self._say_left()
        whom = [(one.organisation_id, one.contact_id) for one in found.clear]
        if not whom:
            return
        said = counted(
            "{count} name is like nobody on the list. That was kept.",
            "{count} names are like nobody on the list. That was kept.",
            len(whom),
        )
        self._desk.do(
            keep_clear,
            whom,
            self._list,
            self._dated,
            then=lambda _done: self._clear.say(said),
            failed=self._refused,
            owner=self,
        )

    def _card(self, candidate: Candidate) -> QFrame:
        ours, theirs = one_line(candidate.name), one_line(candidate.entry_name)
        called = one_line(candidate.subject.names[0])
        lines = [text(_("Ours: {name}").format(name=ours))]
        if ours != called:
            lines.append(text(_("Another name of {name}").format(name=called), "muted"))
        lines.append(text(_("On the list: {name}").format(name=theirs)))
        lines.append(
            text(
                _("Entry {reference}, {likeness} alike").format(
                    reference=one_line(candidate.reference), likeness=words().percent(candidate.score)
                ),
                "muted",
            )
        )
        answers = [
            button(_("Not the same"), lambda: self._judge(candidate, shown, match=False), "", "x"),
            button(_("It is a match"), lambda: self._judge(candidate, shown, match=True), "", "triangle-alert"),
        ]
        for each in answers:
            each.setAccessibleDescription(words().list([ours, theirs]))
        shown = card(*lines, plain(row(*answers)))
        return shown

    def _judge(self, candidate: Candidate, shown: QFrame, *, match: bool) -> None:
        """A match is kept at once; that nothing matched, when the last likeness of somebody was looked at."""
        subject = candidate.subject
        shown.setEnabled(False)
        last = self._left[subject] == 1
        if not match and (not last or subject in self._matched):
            self._judged(subject, shown, matched=False)
            return
        self._desk.do(
            keep_screening,
            subject.organisation_id,
            subject.contact_id,
            self._list,
            self._dated,
            "match" if match else "dismissed",
            candidate.reference if match else None,
            then=lambda _done: self._judged(subject, shown, matched=match),
            failed=lambda error: self._not_kept(error, shown),
            owner=self,
        )

    def _judged(self, subject: Subject, shown: QFrame, *, matched: bool) -> None:
        self._left[subject] -= 1
        if matched:
            self._matched.add(subject)
        shown.hide()
        self._say_left()

    def _say_left(self) -> None:
        left = self._left.total()
        if left:
            self._note.say(counted("{count} likeness to look at.", "{count} likenesses to look at.", left), "muted")
        elif self._left:
            self._note.say(_("Every likeness was looked at. What came of it was kept."), "good")

    def _not_kept(self, error: Exception, shown: QFrame) -> None:
        shown.setEnabled(True)
        self._refused(error)

    def _refused(self, error: Exception) -> None:
        self._work.end()
        if (told := sentence(error)) is None:
            raise error
        self._note.say(told, "error")

    def keep_draft(self) -> None:
        """Put the name of the list that was typed into the record."""
        self._drafts.keep()

    def done(self, result: int) -> None:
        self._drafts.drop()
        self._work.cancel()
        super().done(result)
