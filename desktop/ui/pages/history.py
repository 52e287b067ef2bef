"""History: who did what, newest first; the newest deed can be taken back, and done again."""

from typing import TYPE_CHECKING
from uuid import UUID

from db.queries.history import Done, Step, deeds
from desktop.ui.deeds import deed_in_words
from desktop.ui.desk import Desk
from desktop.ui.dialogs.undo_back import UndoBackDialog
from desktop.ui.errors import sentence
from desktop.ui.language import _, words
from desktop.ui.moments import when
from desktop.ui.pages.page import Page
from desktop.ui.parts import button, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

if TYPE_CHECKING:
    from db.record import Record


def _standing(done: Done) -> str:
    if done.act == "way":
        return _("Cannot be taken back")
    return _("Taken back") if done.taken_back else ""


COLUMNS = (
    ShortColumn(N_("Deed"), deed_in_words, 50),
    ShortColumn(N_("By"), lambda done: one_line(done.person) if done.person else "", 20),
    ShortColumn(N_("When"), lambda done: when(done.at), 32),
    ShortColumn(N_("Rows touched"), lambda done: words().number(done.rows), 16, numeric=True),
    ShortColumn(N_("Standing"), _standing, 20),
)


def _changes(step: Step) -> str:
    if step.added:
        return _("Added")
    if step.removed:
        return _("Removed")
    return words().list(
        [
            _("{field}: {before} → {after}").format(
                field=_(change.field.name),
                before=shown(change.field, change.before) or _("empty"),
                after=shown(change.field, change.after) or _("empty"),
            )
            for change in step.fields
        ]
    )


STEPS = (
    ShortColumn(N_("What changed"), _changes, 50),
    ShortColumn(N_("Deed"), lambda step: deed_in_words(step.done), 40),
    ShortColumn(N_("By"), lambda step: one_line(step.done.person) if step.done.person else "", 18),
    ShortColumn(N_("When"), lambda step: when(step.done.at), 24),
)
"""What happened to one thing."""


class HistoryPage(Page):
    """The deeds of the record."""

    key = "history"
    title = N_("History")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.buttons.addWidget(button(_("Undo"), lambda: desk.step("undo"), "", "undo-2"))
        self.buttons.addWidget(button(_("Redo"), lambda: desk.step("redo"), "", "redo-2"))
        self._back_to = button(_("Undo back to here…"), self.undo_back, "", "history")
        self._back_to.setEnabled(False)
        self.buttons.insert(1, self._back_to)
        self.list = ShortView(_("Deeds"), COLUMNS)
        self.list.chosen.connect(lambda _row: self._show_choice())
        self.body.addWidget(
            text(_("Everything done to the record, by whom and when. Nothing here is ever lost."), "muted")
        )
        self.body.addWidget(self.list, 1)

    def begin(self) -> None:
        self.list.setFocus()

    def reload(self) -> None:
        self.desk.ask(deeds, then=self._show, owner=self)

    def undo_back(self) -> None:
        """Take back the chosen deed and all that were done after it, after showing which these are."""
        if steps := self._steps():
            wanted = steps[-1].id
            work = self.desk.tasks.with_record

            def do() -> None:
                work(lambda: _undo_back(self.desk.record, wanted), failed=self._refused, owner=self)

            UndoBackDialog([deed_in_words(step) for step in steps], do, self).open()

    def _show(self, done: tuple[Done, ...]) -> None:
        self.list.show_rows(done)
        self._show_choice()

    def _show_choice(self) -> None:
        self._back_to.setEnabled(bool(self._steps()))

    def _steps(self) -> list[Done]:
        """The deeds that stand, from the newest back to the chosen one; none where that one does not stand."""
        chosen = self.list.current()
        if chosen is None or not _stands(chosen):
            return []
        rows = self.list.list.rows
        return [done for done in rows[: rows.index(chosen) + 1] if _stands(done)]

    def _refused(self, error: Exception) -> None:
        self.desk.say(sentence(error) or "")
        if sentence(error) is None:
            self.desk.tasks.failed.emit(error)


def _stands(done: Done) -> bool:
    return done.act == "deed" and not done.taken_back


def _undo_back(record: "Record", wanted: UUID) -> None:
    """Step by step, each as it stands in the history; what refuses stops it there."""
    while record.undo().id != wanted:
        pass
