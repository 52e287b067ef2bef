"""The pages of the office itself: offices, the people in it, and what only some of them may read."""

from typing import Any
from uuid import UUID

from db.commands.people import set_role
from db.models.assessments import ConfidentialNote, Flag
from db.models.people import ROLES, Office, Person
from db.queries.names import only_office
from db.roles import NONE_GIVEN, WORKS_AS, role_of
from desktop.ui.desk import Desk
from desktop.ui.dialogs import people
from desktop.ui.dialogs.sealed import opens
from desktop.ui.entries.entry import Act, Entry, Related
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.parts import text
from i18n import N_


class OfficeForm(Form):
    """An office that keeps a record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Office.name, Office.organisation_id)
        self.section(N_("Where it is, and how it writes"))
        self.fields(desk, Office.country, Office.language, Office.currency, Office.usage)
        self.section(N_("When a computer is lost or stolen"))
        self.fields(desk, Office.alarm)


_BY_ACTS = (Person.role, Person.left_on, Person.successor_id)


class PersonForm(Form):
    """Somebody of the office; role and leaving change by actions of their own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Person.name, Person.office_id, Person.email, Person.language)
        self.section(N_("Role and leaving"))
        self._desk, self._may = desk, text("")
        self._by_acts = text(_("These change by the actions above: change the role, hand over."), "muted")
        self.beside(self._by_acts)
        self.beside(self._may)
        self.bind(Person.role, people.role_edit())
        self.fields(desk, Person.left_on, Person.successor_id)
        for attribute in _BY_ACTS:
            self.editor(attribute).setEnabled(False)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._by_acts.setVisible("id" in values)  # whoever is new has no actions yet
        for attribute in _BY_ACTS:
            self.ask_for(attribute.key, "id" in values)
        given = "" if values.get("role") else _(NONE_GIVEN)
        self._may.setText(given)
        if id := values.get("id"):
            self._desk.ask(role_of, id, then=lambda role: self._say(role, given), owner=self)
        elif not values.get("office_id"):
            self._desk.ask(only_office, then=self._propose, owner=self)

    def _propose(self, office: tuple[UUID, str] | None) -> None:
        """Where the record has one office, whoever is new works there, unless somebody says otherwise."""
        if office is not None and not self.changed("office_id"):
            self.take("office_id", office)

    def _say(self, role: str, given: str) -> None:
        said = _("Works as: {role}").format(role=_(dict(ROLES)[role]))
        self._may.setText("\n".join(filter(None, (said, _(WORKS_AS[role]), given))))


class FlagForm(Form):
    """Something to be careful about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Flag.organisation_id, Flag.level, Flag.category)
        self.section(N_("When, and by whom"))
        self.fields(desk, Flag.raised_on, Flag.raised_by_id, Flag.resolved_on)
        self.section(N_("Sealed: only some people can open this"))
        self.fields(desk, Flag.body)


class NoteForm(Form):
    """A note that only some may read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, ConfidentialNote.organisation_id, ConfidentialNote.written_on, ConfidentialNote.written_by_id)
        self.section(N_("Sealed: only some people can open this"))
        self.fields(desk, ConfidentialNote.body)


OPEN = N_("Open the confidential text…")

ENTRIES: tuple[Entry, ...] = (
    Entry("offices", OfficeForm, (Related("people", "office_id"),)),
    Entry(
        "people",
        PersonForm,
        acts=(
            Act(N_("Change the role…"), set_role, people.RoleForm, lambda values: not values.get("left_on")),
            Act(N_("Give a passphrase…"), dialog=people.give, possible=lambda values: not values.get("left_on")),
            Act(N_("Hand over…"), dialog=people.hand, possible=lambda values: not values.get("left_on")),
            Act(N_("Confidential texts…"), dialog=people.confidential),
            Act(N_("Close the way in…"), dialog=people.close),
        ),
        documented=False,
    ),
    Entry(
        "flags",
        FlagForm,
        acts=(Act(OPEN, dialog=opens(Flag.body), possible=lambda values: bool(values.get("body"))),),
        documented=False,
    ),
    Entry("confidential-notes", NoteForm, acts=(Act(OPEN, dialog=opens(ConfidentialNote.body)),), documented=False),
)
