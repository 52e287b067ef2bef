"""The page of an organisation, whatever it is to the office."""

from desktop.ui.entries.entry import Entry, Related
from desktop.ui.entries.screening import ACTS
from desktop.ui.forms.organisation import OrganisationForm

_EVERY = (
    Related("organisation-names", "organisation_id"),
    Related("contacts", "organisation_id"),
)
_PARTNER = (
    Related("leadership-counts", "organisation_id"),
    Related("governing-documents", "organisation_id"),
    Related("capacity-actions", "organisation_id"),
    Related("flags", "organisation_id"),
    Related("confidential-notes", "organisation_id"),
    Related("organisation-places", "organisation_id"),
    Related("participations", "organisation_id"),
    Related("screenings", "organisation_id"),
    Related("agreements", "partner_id"),
    Related("activities", "partner_id"),
)
_DONOR = (
    Related("departments", "organisation_id"),
    Related("contributions", "donor_id"),
)
ENTRIES: tuple[Entry, ...] = (
    Entry("partners", OrganisationForm, (*_EVERY, *_PARTNER), ACTS),
    Entry("organisations", OrganisationForm, (*_EVERY, *_PARTNER, *_DONOR), ACTS),
)
