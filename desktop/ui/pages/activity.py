"""The page of an activity: with its form, who funds it, the figures of it, and the file and row it came from."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.activities import Around, add_activity, edit_activity
from db.fields import field_of
from db.models.results import Breakdown, Result
from db.queries.activities import ActivityPage as Seen
from db.queries.activities import Figure, activity_page
from db.queries.entries import activity_entry
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import text
from desktop.ui.tables.column import shown


class ActivityPage(EntryPage):
    """The page of one activity."""

    query = staticmethod(activity_entry)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        self._figures, self._source = text("", "muted"), text("", "muted")
        super().__init__(desk, entry)

    def details(self) -> QWidget:
        return self.form_part(self._figures, self._source)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        if id is None:
            self._figures.setText("")
            self._source.setText("")
            self.given = {"funding": "not_stated", "sensitivity": "low", **self.given}
        else:
            self.desk.ask(activity_page, id, then=self._show_figures, failed=_told_already, owner=self)
        super().load(id, draft)

    def write(self, values: dict[str, Any]) -> None:
        around = Around(values.pop("funding"), values.pop("donor_id"), values.pop("declared"))
        if self.about is None:
            self.desk.do(add_activity, values, around, then=self.saved, failed=self.refused, owner=self)
            return
        id = self.about
        self.desk.do(
            edit_activity,
            id,
            values,
            around,
            then=lambda _done: self.saved(id),
            failed=self.refused,
            owner=self,
        )

    def _show_figures(self, seen: Seen) -> None:
        self._figures.setText("\n".join(_figure(figure) for figure in seen.figures))
        self._source.setText(
            _("From the file {file}, row {row}").format(
                file=words().isolate(seen.source[0]), row=words().number(seen.source[1])
            )
            if seen.source
            else ""
        )


def _told_already(_error: Exception) -> None:
    """Where there is no activity any more, the page says so itself."""


def _figure(figure: Figure) -> str:
    nature, unit = field_of(Result.nature), field_of(Result.unit)
    if figure.value is None:
        reason = shown(field_of(Result.missing), figure.missing or "not_stated")
        return _("{nature}: {reason}").format(nature=shown(nature, figure.nature), reason=reason)
    whole = _("{nature}: {figure} ({unit})").format(
        nature=shown(nature, figure.nature), figure=words().number(figure.value), unit=shown(unit, figure.unit)
    )
    sex = field_of(Breakdown.sex)
    parts = [
        _("{group}: {figure}").format(
            group=words().list([part for part in (shown(sex, who), age or "") if part]), figure=words().number(value)
        )
        for who, age, value in figure.parts
        if value is not None and (who or age)
    ]
    return _("{whole}, of whom {parts}").format(whole=whole, parts=words().list(parts)) if parts else whole
