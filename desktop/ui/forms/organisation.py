"""The form of an organisation, and the one for another name."""

from db.fields import Field, Kind
from db.models.organisations import ROLES, Organisation, OrganisationName
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import (
    ChoiceEdit,
    ChoicesEdit,
    LinkEdit,
    LongTextEdit,
    TextEdit,
    YesNoEdit,
    choice_of,
)
from desktop.ui.forms.form import Form
from desktop.ui.forms.names import countries, languages
from desktop.ui.language import _, words
from i18n import N_

ROLES_FIELD = Field(N_("What it is to the office"), Kind.DATA)


def organisation_edit(desk: Desk, role: str | None = None) -> LinkEdit:
    """An organisation, found by a part of its name."""
    return LinkEdit(lambda typed, then, owner: desk.ask(organisations_like, typed, role, then=then, owner=owner))


class OrganisationForm(Form):
    """Who an organisation is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.name = self.bind(Organisation.name, TextEdit())
        self.bind(Organisation.acronym, TextEdit())
        self.add("roles", ROLES_FIELD, ChoicesEdit([(code, _(title)) for code, title in ROLES]))
        self.bind(Organisation.type, choice_of(Organisation.type))
        self.bind(Organisation.reach, choice_of(Organisation.reach))
        self.bind(Organisation.country, ChoiceEdit(countries(words())))
        self.bind(Organisation.parent_id, organisation_edit(desk))
        self.bind(Organisation.may_be_named, YesNoEdit())
        self.bind(Organisation.women_rights, YesNoEdit())
        self.bind(Organisation.notes, LongTextEdit())


class NameForm(Form):
    """Another name of an organisation."""

    def __init__(self) -> None:
        super().__init__()
        self.bind(OrganisationName.name, TextEdit())
        self.bind(OrganisationName.language, ChoiceEdit(languages(words())))
        self.bind(OrganisationName.use, choice_of(OrganisationName.use, nothing=None))
        self.load({"use": "official"})
