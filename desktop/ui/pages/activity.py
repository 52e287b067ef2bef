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
from db.queries.results import Said, satisfaction
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.entries.results import satisfaction_said
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line, shown

_MOST_SAID = 5
"""The newest; all of them are in the list beside."""


class ActivityPage(EntryPage):
    """The page of one activity."""

    query = staticmethod(activity_entry)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        self._figures, self._feedback, self._source = (text("", "muted") for _part in range(3))
        super().__init__(desk, entry)

    def details(self) -> QWidget:
        return self.form_part(self._figures, self._feedback, self._source)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        if id is None:
            for part in (self._figures, self._feedback, self._source):
                part.setText("")
            self.given = {"funding": "not_stated", "sensitivity": "low", **self.given}
        else:
            self.desk.ask(activity_page, id, then=self._show_figures, failed=_told_already, owner=self)
            self.desk.ask(satisfaction, id, then=self._show_feedback, owner=self)
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

    def _show_feedback(self, said: tuple[Said, ...]) -> None:
        self._feedback.setText("\n".join(_feedback(each) for each in said[:_MOST_SAID]))

    def _show_figures(self, seen: Seen) -> None:
        self._figures.setText("\n".join(_figure(figure) for figure in seen.figures))
        self._source.setText(
            _("From the file {file}, row {row}").format(
                file=words().isolate(seen.source[0]), row=words().number(seen.source[1])
            )
            if seen.source
            else ""
        )


def _feedback(said: Said) -> str:
    told = satisfaction_said(said.satisfaction) or _("the number of those asked is not known")
    return _("What people said, {day}, {title}: {told}").format(
        day=words().date(said.on), title=words().isolate(one_line(said.title)), told=told
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
    sex, band = field_of(Breakdown.sex), field_of(Breakdown.age_band)
    parts = [
        _("{group}: {figure}").format(
            group=words().list([part for part in (shown(sex, who), shown(band, age)) if part]),
            figure=words().number(value),
        )
        for who, age, value in figure.parts
        if value is not None and (who or age)
    ]
    return _("{whole}, of whom {parts}").format(whole=whole, parts=words().list(parts)) if parts else whole
