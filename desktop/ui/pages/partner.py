"""The page of an organisation, whatever it is to the office: its roles are typed in its form, and kept as rows."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.organisations import add_organisation, edit_organisation
from db.queries import Session
from db.queries.duplicates import Lookalike, lookalikes
from db.queries.entries import organisation_entry
from desktop.ui.desk import Desk
from desktop.ui.due import OpenWith
from desktop.ui.entries.entry import Entry
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.ratings import RatingsPart
from desktop.ui.pages.women_led import WomenLedPart
from desktop.ui.parts import button, card, empty, plain, row, text
from desktop.ui.tables.column import one_line

_MOST = 3


class PartnerPage(EntryPage):
    """The page of one organisation."""

    query = staticmethod(organisation_entry)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self.form.paused.connect(self._look_for_another)
        self._asked_about = ""
        self._alike = card()
        self._alike_lines: Any = self._alike.layout()
        self._alike.hide()
        self.body.insertWidget(1, self._alike)

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return (
            (_("Led by women"), lambda: WomenLedPart(self.desk)),
            (_("Ratings"), lambda: RatingsPart(self.desk)),
            (_("Open matters"), lambda: OpenWith(self.desk)),
        )

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        self._asked_about = ""
        self._show_alike(())
        if self.about is None:
            self.given = {"roles": [self.entry.listed.filters.get("role", "partner")], **self.given}

    def write(self, values: dict[str, Any]) -> None:
        if self.about is None:
            self.desk.ask(_alike, values, then=lambda found: self._add(values, found), owner=self)
            return
        id, roles = self.about, values.pop("roles")
        self.desk.do(
            edit_organisation,
            id,
            self.differing(values),
            roles,
            then=lambda _done: self.saved(id),
            failed=self.refused,
            owner=self,
        )

    def saved(self, id: UUID) -> None:
        self._show_alike(())
        super().saved(id)

    def _add(self, values: dict[str, Any], found: tuple[Lookalike, ...]) -> None:
        """Two people, or one in two windows, may be adding the same partner: that is asked about once."""
        if found and values["name"] != self._asked_about:
            self._asked_about = values["name"]
            self._show_alike(found)
            self.note.say(_("Look at these first. To add it all the same, save once more."), "warning")
            return
        roles = values.pop("roles")
        self.desk.do(add_organisation, values, roles, then=self.saved, failed=self.refused, owner=self)

    def _look_for_another(self) -> None:
        typed = self.form.draft()
        if self.about is None and (typed.get("name") or "").strip():
            self.desk.ask(_alike, typed, then=self._show_alike, owner=self)

    def _show_alike(self, found: tuple[Lookalike, ...]) -> None:
        """What is in the record already and may be the one that is typed in, each one click away."""
        empty(self._alike_lines)
        if found:
            self._alike_lines.addWidget(text(_("This may be in the record already:"), "subtitle"))
        for each in found[:_MOST]:
            why = words().list([_(reason) for reason in each.why])
            opens = button(one_line(each.name), partial(self.desk.open, self.entry.kind, each.id), "link")
            self._alike_lines.addWidget(plain(row(opens, text(why, "muted"))))
        self._alike.setVisible(bool(found))


def _alike(session: Session, typed: dict[str, Any]) -> tuple[Lookalike, ...]:
    return lookalikes(session, typed["name"], typed.get("acronym") or None, typed.get("country") or None)
