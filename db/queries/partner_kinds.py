"""The kinds of thing kept of an organisation itself: who it is, who leads it, how it was assessed and screened.

A part of the table in `kinds.py`, which everybody reads.
"""

from collections.abc import Mapping
from dataclasses import replace

from db import models as m
from db.fields import Field, Kind, field_of
from db.queries.listed import ListedKind, kind
from db.queries.lists import ORGANISATIONS
from i18n import N_

_ORGANISATION = {
    "women_led": replace(field_of(m.WomenLedAssessment.status), name=N_("Led by women")),
    "activities": Field(N_("Activities"), Kind.COUNT),
}


def _organisations(
    name: str, one: str, role: str | None = None, shown: str = "name acronym type women_led activities"
) -> ListedKind:
    filters = {"role": role} if role else {}
    return ListedKind(name, one, ORGANISATIONS, "name", tuple(shown.split()), filters, _ORGANISATION)


PARTNER_KINDS: Mapping[str, ListedKind] = {
    "partners": _organisations(N_("Partners"), N_("Partner"), "partner"),
    "donors": _organisations(N_("Donors"), N_("Donor"), "donor", "name acronym type country"),
    "organisations": _organisations(N_("Organisations"), N_("Organisation")),
    "organisation-names": kind(
        N_("Other names"), N_("Other name"), m.OrganisationName, "name organisation_id use language"
    ),
    "organisation-roles": kind(
        N_("Roles"), N_("Role"), m.OrganisationRole, "organisation_id role since until", order="role"
    ),
    "organisation-codes": kind(
        N_("Codes of organisations"), N_("Code of an organisation"), m.OrganisationCode, "organisation_id scheme code"
    ),
    "organisation-places": kind(
        N_("Places of work"), N_("Place of work"), m.OrganisationPlace, "organisation_id place_id since until"
    ),
    "departments": kind(N_("Departments"), N_("Department"), m.Department, "name organisation_id"),
    "contacts": kind(
        N_("Contact persons"), N_("Contact person"), m.Contact, "name organisation_id position email phone language"
    ),
    "leadership-counts": kind(
        N_("Counts of the lead"),
        N_("Count of the lead"),
        m.LeadershipCount,
        "counted_on organisation_id woman_head board_women board_total senior_women senior_total",
    ),
    "women-led-assessments": kind(
        N_("Assessments of women-led status"),
        N_("Assessment of women-led status"),
        m.WomenLedAssessment,
        "assessed_on organisation_id about status said definition review valid_until",
    ),
    "criteria": kind(
        N_("Answers to criteria"), N_("Answer to a criterion"), m.Criterion, "code assessment_id answer document_id"
    ),
    "assessments": kind(
        N_("Assessments"),
        N_("Assessment"),
        m.Assessment,
        "assessed_on organisation_id scheme rating score agency_id valid_until",
    ),
    "answers": kind(N_("Answers"), N_("Answer"), m.Answer, "question assessment_id answer document_id"),
    "capacity-actions": kind(
        N_("Capacity plans"),
        N_("Action of a capacity plan"),
        m.CapacityAction,
        "title organisation_id side due_on status",
    ),
    "governing-documents": kind(
        N_("Governing documents"),
        N_("Governing document"),
        m.GoverningDocument,
        "title organisation_id kind authority expires_on",
    ),
    "flags": kind(N_("Flags"), N_("Flag"), m.Flag, "raised_on organisation_id level category resolved_on"),
    "confidential-notes": kind(
        N_("Confidential notes"),
        N_("Confidential note"),
        m.ConfidentialNote,
        "written_on organisation_id written_by_id",
    ),
    "screenings": kind(
        N_("Sanctions screenings"),
        N_("Sanctions screening"),
        m.Screening,
        "screened_on organisation_id list list_date result",
    ),
}
