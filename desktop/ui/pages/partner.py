"""The page of an organisation, whatever it is to the office: its roles are typed in its form, and kept as rows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from db.commands.organisations import add_organisation, edit_organisation
from db.queries.entries import organisation_entry
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.due import OpenWith
from desktop.ui.entries.entry import Entry
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.ratings import RatingsPart
from desktop.ui.pages.women_led import WomenLedPart
from i18n.folding import fold


class PartnerPage(EntryPage):
    """The page of one organisation."""

    query = staticmethod(organisation_entry)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self.form.paused.connect(self._look_for_another)

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        open_matters = (_("Open matters"), lambda: OpenWith(self.desk))
        if self.entry.kind == "donors":
            return (open_matters,)
        return (
            (_("Led by women"), lambda: WomenLedPart(self.desk)),
            (_("Ratings"), lambda: RatingsPart(self.desk)),
            open_matters,
        )

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        if self.about is None:
            self.given = {"roles": [self.entry.listed.filters.get("role", "partner")], **self.given}

    def write(self, values: dict[str, Any]) -> None:
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

    def _look_for_another(self) -> None:
        """Two people, or one in two windows, may be adding the same partner."""
        name = self.form.draft().get("name") or ""
        if self.about is None and name.strip():
            self.desk.ask(organisations_like, name, then=lambda found: self._warn(name, found), owner=self)

    def _warn(self, name: str, found: tuple[tuple[Any, str], ...]) -> None:
        same = next((known for _id, known in found if fold(known) == fold(name)), None)
        known = _("{name} is in the record already. Open it instead of adding it again.")
        self.form.warn("name", known.format(name=words().isolate(same)) if same else "")
