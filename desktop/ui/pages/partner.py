"""The page of one organisation, whatever it is to the office: its roles are typed in its form, and kept as rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from db.commands.organisations import add_organisation, edit_organisation
from db.queries import Session
from db.queries.duplicates import Lookalike, lookalikes
from db.queries.entries import organisation_entry
from desktop.ui.due import OpenWith
from desktop.ui.language import _
from desktop.ui.pages.alike import AlikePage
from desktop.ui.pages.ratings import RatingsPart
from desktop.ui.pages.women_led import WomenLedPart


def _organisations_like(session: Session, typed: Mapping[str, Any]) -> tuple[Lookalike, ...]:
    return lookalikes(session, typed["name"], typed["acronym"] or None, typed["country"] or None)


class PartnerPage(AlikePage):
    """The page of one organisation."""

    query = staticmethod(organisation_entry)
    alike = staticmethod(_organisations_like)

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return (
            (_("Led by women"), lambda: WomenLedPart(self.desk)),
            (_("Ratings"), lambda: RatingsPart(self.desk)),
            (_("Open matters"), lambda: OpenWith(self.desk)),
        )

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        if self.about is None:
            self.given = {"roles": [self.entry.listed.filters.get("role", "partner")], **self.given}

    def keep(self, values: dict[str, Any]) -> None:
        roles = values.pop("roles")
        if self.about is None:
            self.desk.do(add_organisation, values, roles, then=self.saved, failed=self.refused, owner=self)
            return
        id = self.about
        self.desk.do(
            edit_organisation,
            id,
            self.differing(values),
            roles,
            then=lambda _done: self.saved(id),
            failed=self.refused,
            owner=self,
        )
