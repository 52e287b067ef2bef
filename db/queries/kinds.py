"""The kinds of thing the record keeps, as people list, add, import and export them: one row of data a kind.

Lists, verbs, pages and workbooks all read this table. What a list shows at first stands here; everything else that its
fields hold can be shown too.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from db import models as m
from db.base import Entity
from db.fields import Field, Kind, field_of
from db.models.results import CORRECTED
from db.queries.allocations import ALLOCATIONS
from db.queries.allocations import TITLES as ALLOCATION_TITLES
from db.queries.indicators import behind
from db.queries.listed import ListedKind, listing_of
from db.queries.lists import ACTIVITIES, ORGANISATIONS
from i18n import N_


def _kind(name: str, one: str, entity: type[Entity], shown: str, **more: Any) -> ListedKind:
    keys = tuple(shown.split())
    return ListedKind(name, one, entity, more.pop("order", keys[0]), keys, **more)


_ITEMS = (
    select(func.count())
    .where(m.FrameworkItem.framework_id == m.Framework.id, m.FrameworkItem.removed_at.is_(None))
    .correlate(m.Framework)
    .scalar_subquery()
)
_ORGANISATION = {
    "women_led": replace(field_of(m.WomenLedAssessment.status), name=N_("Led by women")),
    "activities": Field(N_("Activities"), Kind.COUNT),
}


def _organisations(
    name: str, one: str, role: str | None = None, shown: str = "name acronym type women_led activities"
) -> ListedKind:
    filters = {"role": role} if role else {}
    return ListedKind(name, one, ORGANISATIONS, "name", tuple(shown.split()), filters, _ORGANISATION)


KINDS: Mapping[str, ListedKind] = {
    "partners": _organisations(N_("Partners"), N_("Partner"), "partner"),
    "donors": _organisations(N_("Donors"), N_("Donor"), "donor", "name acronym type country"),
    "organisations": _organisations(N_("Organisations"), N_("Organisation")),
    "organisation-names": _kind(
        N_("Other names"), N_("Other name"), m.OrganisationName, "name organisation_id use language"
    ),
    "organisation-roles": _kind(
        N_("Roles"), N_("Role"), m.OrganisationRole, "organisation_id role since until", order="role"
    ),
    "organisation-codes": _kind(
        N_("Codes of organisations"), N_("Code of an organisation"), m.OrganisationCode, "organisation_id scheme code"
    ),
    "organisation-places": _kind(
        N_("Places of work"), N_("Place of work"), m.OrganisationPlace, "organisation_id place_id since until"
    ),
    "departments": _kind(N_("Departments"), N_("Department"), m.Department, "name organisation_id"),
    "contacts": _kind(
        N_("Contact persons"), N_("Contact person"), m.Contact, "name organisation_id position email phone language"
    ),
    "leadership-counts": _kind(
        N_("Counts of the lead"),
        N_("Count of the lead"),
        m.LeadershipCount,
        "counted_on organisation_id woman_head board_women board_total senior_women senior_total",
    ),
    "women-led-assessments": _kind(
        N_("Assessments of women-led status"),
        N_("Assessment of women-led status"),
        m.WomenLedAssessment,
        "assessed_on organisation_id about status said definition review valid_until",
    ),
    "criteria": _kind(
        N_("Answers to criteria"), N_("Answer to a criterion"), m.Criterion, "code assessment_id answer document_id"
    ),
    "assessments": _kind(
        N_("Assessments"),
        N_("Assessment"),
        m.Assessment,
        "assessed_on organisation_id scheme rating score agency_id valid_until",
    ),
    "answers": _kind(N_("Answers"), N_("Answer"), m.Answer, "question assessment_id answer document_id"),
    "capacity-actions": _kind(
        N_("Capacity plans"),
        N_("Action of a capacity plan"),
        m.CapacityAction,
        "title organisation_id side due_on status",
    ),
    "governing-documents": _kind(
        N_("Governing documents"),
        N_("Governing document"),
        m.GoverningDocument,
        "title organisation_id kind authority expires_on",
    ),
    "flags": _kind(N_("Flags"), N_("Flag"), m.Flag, "raised_on organisation_id level category resolved_on"),
    "confidential-notes": _kind(
        N_("Confidential notes"),
        N_("Confidential note"),
        m.ConfidentialNote,
        "written_on organisation_id written_by_id",
    ),
    "screenings": _kind(
        N_("Sanctions screenings"),
        N_("Sanctions screening"),
        m.Screening,
        "screened_on organisation_id list list_date result",
    ),
    "agreements": _kind(
        N_("Agreements"),
        N_("Agreement"),
        m.Agreement,
        "title partner_id reference type status starts_on ends_on amount",
    ),
    "status-changes": _kind(
        N_("Changes of status"), N_("Change of status"), m.StatusChange, "on agreement_id before after person_id"
    ),
    "budget-lines": _kind(
        N_("Budget lines"),
        N_("Budget line"),
        m.BudgetLine,
        "code title agreement_id donor_amount partner_amount in_kind_amount",
        order="position",
    ),
    "tranches": _kind(
        N_("Tranches"),
        N_("Tranche"),
        m.Tranche,
        "number agreement_id planned_on planned_amount paid_on paid_amount liquidated_amount",
    ),
    "amendments": _kind(N_("Amendments"), N_("Amendment"), m.Amendment, "number agreement_id type signed_on"),
    "approvals": _kind(N_("Approvals"), N_("Approval"), m.Approval, "on agreement_id amendment_id decision person_id"),
    "risks": _kind(
        N_("Risks and issues"), N_("Risk or issue"), m.Risk, "title nature agreement_id likelihood impact due_on status"
    ),
    "contributions": _kind(
        N_("Contributions"),
        N_("Contribution"),
        m.Contribution,
        "title donor_id reference stage amount earmarking starts_on ends_on",
    ),
    "receipts": _kind(N_("Receipts"), N_("Receipt"), m.Receipt, "received_on contribution_id amount rate"),
    "allocations": ListedKind(
        N_("Allocations"),
        N_("Allocation"),
        ALLOCATIONS,
        "on",
        ("on", "contribution_id", "agreement_id", "recipient_id", "stage", "amount", "layer"),
        {},
        ALLOCATION_TITLES,
    ),
    "exchange-rates": _kind(
        N_("Exchange rates"), N_("Exchange rate"), m.ExchangeRate, "valid_from currency base rate source"
    ),
    "requirements": _kind(
        N_("Donors' requirements"), N_("Requirements of a donor"), m.Requirements, "name organisation_id languages"
    ),
    "engagements": _kind(
        N_("Engagements"), N_("Engagement"), m.Engagement, "on title type organisation_id person_id next_step"
    ),
    "attendances": _kind(
        N_("Attendances"), N_("Attendance"), m.Attendance, "engagement_id organisation_id contact_id person_id"
    ),
    "positions": _kind(
        N_("Positions heard"), N_("Position heard"), m.Position, "subject engagement_id organisation_id"
    ),
    "commitments": _kind(
        N_("Commitments"), N_("Commitment"), m.Commitment, "title side organisation_id due_on done_on", order="due_on"
    ),
    "questions": _kind(
        N_("Questions"),
        N_("Question"),
        m.Question,
        "title organisation_id asked_on due_on answered_on",
        order="asked_on",
    ),
    "participations": _kind(
        N_("Seats and voice"), N_("Seat or voice"), m.Participation, "organisation_id body_id seat since until"
    ),
    "trainings": _kind(
        N_("Trainings"), N_("Training"), m.Training, "starts_on title organisation_id place_id women men"
    ),
    "advocacy-actions": _kind(
        N_("Advocacy actions"), N_("Advocacy action"), m.AdvocacyAction, "on title organisation_id audience"
    ),
    "escalations": _kind(N_("Escalations"), N_("Escalation"), m.Escalation, "on title addressee decided_on"),
    "analyses": _kind(N_("Protection analyses"), N_("Protection analysis"), m.Analysis, "dated title place_id"),
    "tags": _kind(N_("Tags"), N_("Tag"), m.Tag, "item_id engagement_id training_id agreement_id"),
    "schedules": _kind(
        N_("Reporting schedules"),
        N_("Reporting schedule"),
        m.Schedule,
        "starts_on direction agreement_id contribution_id kind frequency days",
    ),
    "duties": _kind(
        N_("Reporting duties"),
        N_("Reporting duty"),
        m.ReportingDuty,
        "due_on direction kind organisation_id starts_on ends_on status",
    ),
    "received-reports": _kind(
        N_("Reports received"),
        N_("Report received"),
        m.ReceivedReport,
        "received_on organisation_id starts_on ends_on channel received_by_id",
    ),
    "activities": ListedKind(
        N_("Activities"),
        N_("Activity"),
        ACTIVITIES,
        "title",
        ("title", "partner", "place", "sector", "starts_on", "ends_on", "status", "people"),
        {},
        {
            "partner": Field(N_("Partner"), Kind.TEXT),
            "place": Field(N_("Place"), Kind.TEXT),
            "people": Field(N_("People"), Kind.COUNT, help=N_("People reached, or else declared")),
        },
    ),
    "activity-funding": _kind(
        N_("Funding of activities"),
        N_("Funding of an activity"),
        m.ActivityFunding,
        "activity_id kind donor_id contribution_id",
    ),
    "activity-tags": _kind(N_("Tags of activities"), N_("Tag of an activity"), m.ActivityTag, "activity_id item_id"),
    "indicators": _kind(
        N_("Indicators"), N_("Indicator"), m.Indicator, "code name item_id unit counting roll_up_periods", order="name"
    ),
    "aims": _kind(
        N_("Baselines and targets"),
        N_("Baseline or target"),
        m.Aim,
        "indicator_id kind place_id starts_on ends_on value",
    ),
    "indicator-links": _kind(
        N_("Indicators in donors' log frames"),
        N_("Indicator in a donor's log frame"),
        m.IndicatorLink,
        "indicator_id item_id",
    ),
    "results": ListedKind(
        N_("Results"),
        N_("Result"),
        replace(listing_of(m.Result, {"corrected": CORRECTED}), figures={"figure": behind}),
        "starts_on",
        tuple("activity_id indicator_id place_id starts_on ends_on span nature value unit corrected".split()),
        {},
        {"corrected": Field(N_("Corrected"), Kind.YES_NO, help=N_("A newer figure counts in the place of this one"))},
    ),
    "breakdowns": _kind(
        N_("Breakdowns"), N_("Breakdown"), m.Breakdown, "result_id cut sex age_scheme age_band disability value missing"
    ),
    "feedback": _kind(N_("Feedback"), N_("Feedback"), m.Feedback, "on title organisation_id satisfied asked share"),
    "progress": _kind(N_("Progress"), N_("Progress"), m.Progress, "on item_id status person_id"),
    "frameworks": ListedKind(
        N_("Frameworks"),
        N_("Framework"),
        listing_of(m.Framework, {"items": _ITEMS}),
        "code",
        ("code", "name", "version", "items", "source"),
        {},
        {"items": Field(N_("Lines"), Kind.COUNT)},
    ),
    "framework-items": _kind(
        N_("Framework items"), N_("Framework item"), m.FrameworkItem, "code name framework_id kind horizon certainty"
    ),
    "reports": _kind(
        N_("Reports"),
        N_("Report"),
        m.WrittenReport,
        "title report donor_id partner_id starts_on ends_on status",
        order="title",
    ),
    "report-templates": _kind(
        N_("Templates of reports"), N_("Template of a report"), m.ReportTemplate, "name report language"
    ),
    "report-approvals": _kind(
        N_("Approvals of reports"), N_("Approval of a report"), m.ReportApproval, "on report_id name function"
    ),
    "frozen-reports": _kind(
        N_("Frozen reports"), N_("Frozen report"), m.FrozenReport, "frozen_on report_id version person_id program"
    ),
    "dispatches": _kind(
        N_("Dispatches"), N_("Dispatch"), m.Dispatch, "on frozen_id organisation_id contact_id addressee channel"
    ),
    "release-authorisations": _kind(
        N_("Authorisations to release"),
        N_("Authorisation to release"),
        m.ReleaseAuthorisation,
        "title kind reader_id indicator_id starts_on ends_on document_id",
    ),
    "places": _kind(N_("Places"), N_("Place"), m.Place, "pcode name kind level country parent_id"),
    "place-codes": _kind(N_("Codes of places"), N_("Code of a place"), m.PlaceCode, "code place_id vintage valid_from"),
    "documents": _kind(N_("Documents"), N_("Document"), m.Document, "title kind version dated audience consent size"),
    "texts": _kind(N_("Translations"), N_("Translation"), m.Text, "owner field language status"),
    "sources": _kind(
        N_("Sources"),
        N_("Source"),
        m.Source,
        "name kind mapping starts_on ends_on received_on rows doubles problems",
        order="received_on",
    ),
    "offices": _kind(N_("Offices"), N_("Office"), m.Office, "name country language currency"),
    "people": _kind(N_("People of the office"), N_("Person of the office"), m.Person, "name role office_id email"),
}
"""What `jalon list` can list."""


def kind_of_table(table: str) -> str:
    """The kind that things of this table are shown as: the first of those that share it; KeyError for another table."""
    return _BY_TABLE[table]


_BY_TABLE = {kind.entity.__tablename__: key for key, kind in reversed(list(KINDS.items()))}
