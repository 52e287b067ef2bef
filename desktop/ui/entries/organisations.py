"""The page of an organisation, whatever it is to the office."""

from desktop.ui.entries.entry import Entry, Related
from desktop.ui.forms.organisation import OrganisationForm

RELATED = (
    Related("women-led-assessments", "organisation_id"),
    Related("organisation-names", "organisation_id"),
    Related("contacts", "organisation_id"),
    Related("agreements", "partner_id"),
    Related("activities", "partner_id"),
)
ENTRIES: tuple[Entry, ...] = tuple(
    Entry(kind, OrganisationForm, RELATED) for kind in ("partners", "donors", "organisations")
)
