"""The form of an organisation, and the input that finds one."""

from typing import Any

from db.fields import Field, Kind
from db.models.organisations import ROLES, Organisation
from db.organisation_types import mapped
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import ChoicesEdit, LinkEdit, TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n import N_

_LOCAL = {
    "met": N_("It counts as a local or national non-state actor."),
    "not_met": N_("It does not count as a local or national non-state actor."),
    "unknown": N_("Whether it counts as a local or national non-state actor is not known yet."),
}
_LOCAL_STATE = N_("It counts as a local or national state actor.")
ROLES_FIELD = Field(N_("What it is to the office"), Kind.DATA)


def organisation_edit(desk: Desk, role: str | None = None) -> LinkEdit:
    """An organisation, found by a part of its name."""
    return LinkEdit(
        lambda typed, then, owner: desk.ask(organisations_like, typed, role, then=then, owner=owner),
        lambda id: desk.open_row("organisation", id),
    )


class OrganisationForm(Form):
    """Who an organisation is, and what counts it as local, which follows as one types."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.name = self.bind(Organisation.name, TextEdit())
        self.bind(Organisation.acronym, TextEdit())
        self.add("roles", ROLES_FIELD, ChoicesEdit([(code, _(title)) for code, title in ROLES]))
        self.section(N_("What kind of organisation it is"))
        self.fields(desk, Organisation.type, Organisation.reach, Organisation.country)
        self.bind(Organisation.parent_id, organisation_edit(desk))
        self.fields(desk, Organisation.affiliated, Organisation.women_rights)
        self._standing = text("", "muted")
        self.beside(self._standing)
        self.section(N_("Registration and mandate"))
        self.fields(desk, Organisation.registration, Organisation.founded_on, Organisation.website)
        self.fields(desk, Organisation.may_be_named, Organisation.mandate, Organisation.notes)
        self.edited.connect(self._show_standing)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._show_standing()

    def restore(self, draft: dict[str, Any]) -> None:
        super().restore(draft)
        self._show_standing()

    def _show_standing(self) -> None:
        typed = self.draft()
        found = mapped(typed["type"], typed["reach"], typed["affiliated"])
        codes = [
            _(scheme).format(code=words().isolate(code))
            for scheme, code in ((N_("UN Partner Portal: {code}"), found.unpp), (N_("IATI: {code}"), found.iati))
            if code
        ]
        local = _(_LOCAL_STATE if found.local_state == "met" else _LOCAL[found.local_non_state])
        self._standing.setText("\n".join([local, words().list(codes)] if codes else [local]))
