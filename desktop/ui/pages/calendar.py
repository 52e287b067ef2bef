"""The calendar: everything due from today on, month after month, and as a file for any calendar program."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.calendar import months_later
from db.queries.due import Due
from db.queries.worklist import due_until
from desktop.exporting import export_calendar
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.dialogs.saving import proposed
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.language import _, counted, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

MONTHS = (3, 6, 12, 24)


def _when(due: Due) -> str:
    return _("Overdue") if due.due_on < date.today() else words().month(due.due_on)


COLUMNS = (
    ShortColumn(N_("When"), _when, 14),
    ShortColumn(N_("Due on"), lambda due: words().date(due.due_on), 13),
    ShortColumn(N_("What it is"), lambda due: _(due.reason), 24),
    ShortColumn(N_("Title"), lambda due: one_line(due.title), 34),
    ShortColumn(N_("With"), lambda due: one_line(due.organisation or ""), 24),
)


class CalendarPage(Page):
    """What is overdue, then what is due, as far ahead as one wants to look."""

    key = "calendar"
    title = N_("Calendar")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._dues: Sequence[Due] = ()
        ahead = [(months, counted("{count} month ahead", "{count} months ahead", months)) for months in MONTHS]
        self._ahead = ChoiceEdit(ahead, None)
        self._ahead.show_value(12)
        self._ahead.setAccessibleName(_("How far to look ahead"))
        self._ahead.edited.connect(self.reload)
        self._writes = button(_("Write a calendar file…"), self.export, "primary", "download")
        for part in (self._ahead, self._writes):
            self.buttons.addWidget(part)
        self._note, self._count = Note("good"), text("", "muted")
        self.list = ShortView(_(self.title), COLUMNS)
        self.list.opened.connect(lambda due: desk.open(due.kind, due.id))
        for line in (self._note, self._count, self.list):
            self.body.addWidget(line)
        holidays = _("Public holidays are not known here: look at them where a day counts.")
        self.body.addWidget(text(holidays, "muted"))

    def reload(self) -> None:
        today = date.today()
        until = months_later(today, self._ahead.value("")) or date.max
        self.desk.ask(due_until, today, until, then=self._show, owner=self)

    def begin(self) -> None:
        self.list.setFocus()

    def export(self) -> None:
        """Write what is on show as a file for a calendar program."""
        with_reason(self.desk, self, self._choose)

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the calendar"), proposed(Path.home(), _(self.title), "ics"), _("Calendars (*.ics)")
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Put the file there; the record keeps that it left."""
        dues, language = tuple(self._dues), words().language
        self.desk.tasks.with_record(
            lambda: export_calendar(self.desk.record, dues, language, path),
            lambda _done: self._note.say(_("Saved: {file}").format(file=one_line(str(path))), "good"),
            self._refused,
            self,
        )

    def _show(self, dues: Sequence[Due]) -> None:
        self._dues = dues
        self.list.show_rows(dues)
        self._writes.setEnabled(bool(dues))
        none = _("Nothing is due in this time.")
        self._count.setText(counted("{count} thing is due.", "{count} things are due.", len(dues)) if dues else none)

    def _refused(self, error: Exception) -> None:
        self.desk.refused(error, self._note)
