"""The page of a written report: what is chosen, the writing itself, what is missing before it leaves, its versions."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.commands.frozen_stays import FINISHED
from db.queries.entries import EntryPage as Seen
from db.queries.reports import Written, written
from desktop.beginning import begin
from desktop.reports.standing import approval_said
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Act, Entry
from desktop.ui.errors import sentence
from desktop.ui.forms.written import WrittenForm
from desktop.ui.language import _, words
from desktop.ui.pages.checks import ChecksPart
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.versions import VersionsPart
from desktop.ui.pages.writing import WritingPart
from desktop.ui.parts import Note

WRITING, CHECKS = 1, 2
_STEPS = 2
"""So many of a report's next steps stand beside its title."""


class WrittenPage(EntryPage):
    """The page of one report; a new one begins with what is chosen, any other with its text."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self.form: WrittenForm
        self.writing: WritingPart | None = None
        self.heading.setProperty("is", "subtitle")
        self._more = QPushButton(_("More steps"))
        self._more.setMenu(QMenu(self._more))
        self._more.hide()
        self.buttons.insert(1 + len(entry.acts), self._more)
        self.approved = Note("good")
        self.body.insertWidget(self.body.indexOf(self.note), self.approved)

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return (
            (_("Writing"), self._make_writing),
            (_("Before it leaves"), lambda: ChecksPart(self.desk, self.go_to_part)),
            (_("Versions"), lambda: VersionsPart(self.desk)),
        )

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        if isinstance(about, UUID):
            self.tabs.go(WRITING)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        self.form.begin_new(id is None)
        if id is None:
            self.approved.say("")
            self._allow_saving(True)
        super().load(id, draft)

    def _show(self, id: UUID, seen: Seen, draft: dict[str, Any] | None) -> None:
        if id == self.about:
            self._allow_saving(seen.values["status"] not in FINISHED)
            self.desk.ask(written, id, then=self._show_approval, failed=lambda _gone: None, owner=self)
        super()._show(id, seen, draft)

    def _show_approval(self, found: Written) -> None:
        """Who approved it stands beside the steps; what holds no more is said as a warning."""
        if found.id == self.about:
            newest = found.approvals[0] if found.approvals else None
            kind = "warning" if newest is not None and newest.stale else "good"
            self.approved.say(approval_said(newest, words()) if newest is not None else "", kind)

    def _allow_saving(self, allowed: bool) -> None:
        """Nothing is saved where nothing may be changed any more."""
        self.saving.setVisible(allowed)
        self.form.hold(() if allowed else self.form.described())

    def go_to_part(self, part: str, language: str) -> None:
        """Open the text of a part."""
        self.tabs.go(WRITING)
        if self.writing is not None:
            self.writing.go_to(part, language)

    def write(self, values: dict[str, Any]) -> None:
        if self.about is not None:
            super().write(values)
            return
        record = self.desk.record
        self.desk.tasks.with_record(lambda: begin(record, values), self.saved, self.refused, self)

    def saved(self, id: UUID) -> None:
        new = self.about is None
        super().saved(id)
        if new:
            self.note.say("")  # the text has all the room
            self.tabs.go(WRITING)

    def refused(self, error: Exception) -> None:
        """Said over the part on show: nobody who writes sees what stands beside a field of another part."""
        if self.tabs.place == 0 or (said := sentence(error)) is None:
            super().refused(error)
        else:
            self.note.say(said, "error")

    def save(self) -> None:
        if self.writing is not None and self.writing.isVisible():
            self.writing.leave(then=lambda: self.desk.say(_("Saved.")))
        else:
            super().save()

    def do(self, act: Act) -> None:
        self._leave_text()
        super().do(act)

    def may_leave(self) -> bool:
        self._leave_text()
        return super().may_leave()

    def keep_draft(self) -> None:
        super().keep_draft()
        if self.writing is not None:
            self.writing.keep_draft()

    def _show_acts(self) -> None:
        """The next steps as buttons, the others in a menu: the text needs the room."""
        super()._show_acts()
        possible = [(act, each) for act, each in zip(self.entry.acts, self._acts, strict=True) if not each.isHidden()]
        menu = self._more.menu()
        menu.clear()
        for act, each in possible[_STEPS:]:
            each.hide()
            menu.addAction(_(act.name).replace("&", "&&"), partial(self.do, act))
        self.removing.hide()
        if self.about is not None:
            menu.addAction(self.removing.text(), self.remove)
        self._more.setVisible(not menu.isEmpty())

    def _leave_text(self) -> None:
        if self.writing is not None:
            self.writing.leave()

    def _make_writing(self) -> WritingPart:
        self.writing = WritingPart(self.desk)
        return self.writing
