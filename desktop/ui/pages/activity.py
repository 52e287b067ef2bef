"""One activity: its form, its figures, and the file and row it came from."""

from typing import Any
from uuid import UUID

from db.commands.activities import Around, add_activity, edit_activity
from db.fields import field_of
from db.models.activities import Activity
from db.models.results import Breakdown, Result
from db.queries.activities import ActivityPage as Seen
from db.queries.activities import Figure, activity_page
from desktop.ui.desk import Desk
from desktop.ui.forms.activity import ActivityForm
from desktop.ui.language import _, words
from desktop.ui.pages.form_page import FormPage
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line, shown
from i18n import N_


class ActivityPage(FormPage):
    """The page of one activity."""

    key = "activity"
    title = N_("Activity")
    back_to = "activities"
    entity = Activity

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ActivityForm(desk))
        self._figures = text("", "muted")
        self._source = text("", "muted")
        self.body.addWidget(self.form_part(self._figures, self._source), 1)

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        if id is None:
            self.heading.setText(_("New activity"))
            self._figures.setText("")
            self._source.setText("")
            self.loaded(None, {"funding": "not_stated", "sensitivity": "low"}, draft)
            return
        self.desk.ask(
            activity_page, id, then=lambda seen: self._show(id, seen, draft), failed=self.not_there, owner=self
        )

    def write(self, values: dict[str, Any]) -> None:
        around = Around(values.pop("funding"), values.pop("donor_id"), values.pop("declared"))
        if self.about is None:
            self.desk.do(add_activity, values, around, then=self.saved, failed=self.refused, owner=self)
        else:
            id = self.about
            self.desk.do(
                edit_activity, id, values, around, then=lambda _done: self.saved(id), failed=self.refused, owner=self
            )

    def _show(self, id: UUID, seen: Seen, draft: dict[str, Any] | None) -> None:
        self.heading.setText(one_line(seen.values["title"]))
        kind, donor_id, donor = seen.funding[0] if seen.funding else ("not_stated", None, None)
        partner, place = seen.values["partner_id"], seen.values["place_id"]
        values = {
            **seen.values,
            "partner_id": (partner, seen.partner) if partner else None,
            "place_id": (place, seen.place) if place else None,
            "declared": seen.declared,
            "funding": kind,
            "donor_id": (donor_id, donor) if donor_id else None,
        }
        self.loaded(id, values, draft)
        self._figures.setText("\n".join(_figure(figure) for figure in seen.figures))
        self._source.setText(
            _("From the file {file}, row {row}").format(
                file=words().isolate(seen.source[0]), row=words().number(seen.source[1])
            )
            if seen.source
            else ""
        )


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
