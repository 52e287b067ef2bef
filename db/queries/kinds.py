"""The kinds of thing the record keeps, as people list, add, import and export them: one row of data a kind.

Lists, verbs, pages and workbooks all read this table. What a list shows at first stands here; everything else that its
fields hold can be shown too.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db import models as m
from db.fields import Field, Kind, field_of
from db.models.results import CORRECTED
from db.queries.allocations import ALLOCATIONS
from db.queries.allocations import TITLES as ALLOCATION_TITLES
from db.queries.figure_rows import FIGURES
from db.queries.listed import ListedKind, kind, listing_of
from db.queries.lists import ACTIVITIES
from db.queries.partner_kinds import PARTNER_KINDS
from i18n import N_

_DUE = (
    select(m.ReportingDuty.due_on)
    .where(m.ReportingDuty.id == m.WrittenReport.duty_id, m.ReportingDuty.removed_at.is_(None))
    .correlate(m.WrittenReport)
    .scalar_subquery()
)
_NEWER = aliased(m.WrittenReport)
_VERSION = (
    select(func.coalesce(func.max(m.FrozenReport.version), 0) + 1)
    .where(m.FrozenReport.report_id == m.WrittenReport.replaces_id)
    .correlate(m.WrittenReport)
    .scalar_subquery()
)
_REPLACED_BY = (
    select(_VERSION + 1)
    .where(_NEWER.replaces_id == m.WrittenReport.id, _NEWER.removed_at.is_(None))
    .correlate(m.WrittenReport)
    .scalar_subquery()
)
"""A corrected report is called as the one it replaces: their versions tell them apart."""
_ITEMS = (
    select(func.count())
    .where(m.FrameworkItem.framework_id == m.Framework.id, m.FrameworkItem.removed_at.is_(None))
    .correlate(m.Framework)
    .scalar_subquery()
)

_KINDS: Mapping[str, ListedKind] = {
    **PARTNER_KINDS,
    "agreements": kind(
        N_("Agreements"),
        N_("Agreement"),
        m.Agreement,
        "title partner_id reference type status starts_on ends_on amount",
    ),
    "status-changes": kind(
        N_("Changes of status"), N_("Change of status"), m.StatusChange, "on agreement_id before after person_id"
    ),
    "budget-lines": kind(
        N_("Budget lines"),
        N_("Budget line"),
        m.BudgetLine,
        "code title agreement_id donor_amount partner_amount in_kind_amount",
        order="position",
    ),
    "tranches": kind(
        N_("Tranches"),
        N_("Tranche"),
        m.Tranche,
        "number agreement_id planned_on planned_amount paid_on paid_amount liquidated_amount",
    ),
    "amendments": kind(N_("Amendments"), N_("Amendment"), m.Amendment, "number agreement_id type signed_on"),
    "approvals": kind(N_("Approvals"), N_("Approval"), m.Approval, "on agreement_id amendment_id decision person_id"),
    "risks": kind(
        N_("Risks and issues"), N_("Risk or issue"), m.Risk, "title nature agreement_id likelihood impact due_on status"
    ),
    "contributions": kind(
        N_("Contributions"),
        N_("Contribution"),
        m.Contribution,
        "title donor_id reference stage amount earmarking starts_on ends_on",
    ),
    "receipts": kind(
        N_("Receipts"),
        N_("Receipt"),
        m.Receipt,
        "received_on contribution_id amount rate",
    ),
    "allocations": ListedKind(
        N_("Allocations"),
        N_("Allocation"),
        ALLOCATIONS,
        "on",
        ("on", "contribution_id", "agreement_id", "recipient_id", "stage", "amount", "layer"),
        {},
        ALLOCATION_TITLES,
    ),
    "exchange-rates": kind(
        N_("Exchange rates"), N_("Exchange rate"), m.ExchangeRate, "valid_from currency base rate source"
    ),
    "requirements": kind(
        N_("Donors' requirements"), N_("Requirements of a donor"), m.Requirements, "name organisation_id languages"
    ),
    "engagements": kind(
        N_("Engagements"),
        N_("Engagement"),
        m.Engagement,
        "on title type organisation_id person_id next_step",
    ),
    "attendances": kind(
        N_("Attendances"), N_("Attendance"), m.Attendance, "engagement_id organisation_id contact_id person_id"
    ),
    "positions": kind(N_("Positions heard"), N_("Position heard"), m.Position, "subject engagement_id organisation_id"),
    "commitments": kind(
        N_("Commitments"), N_("Commitment"), m.Commitment, "title side organisation_id due_on done_on", order="due_on"
    ),
    "questions": kind(
        N_("Questions"),
        N_("Question"),
        m.Question,
        "title organisation_id asked_on due_on answered_on",
        order="asked_on",
    ),
    "participations": kind(
        N_("Seats and voice"),
        N_("Seat or voice"),
        m.Participation,
        "organisation_id body_id seat since until",
    ),
    "trainings": kind(
        N_("Trainings"),
        N_("Training"),
        m.Training,
        "starts_on title organisation_id place_id women men",
    ),
    "advocacy-actions": kind(
        N_("Advocacy actions"),
        N_("Advocacy action"),
        m.AdvocacyAction,
        "on title organisation_id audience",
    ),
    "escalations": kind(
        N_("Escalations"),
        N_("Escalation"),
        m.Escalation,
        "on title addressee decided_on",
    ),
    "analyses": kind(
        N_("Protection analyses"),
        N_("Protection analysis"),
        m.Analysis,
        "dated title place_id",
    ),
    "tags": kind(N_("Tags"), N_("Tag"), m.Tag, "item_id engagement_id training_id agreement_id"),
    "schedules": kind(
        N_("Reporting schedules"),
        N_("Reporting schedule"),
        m.Schedule,
        "starts_on direction agreement_id contribution_id kind frequency days",
    ),
    "duties": kind(
        N_("Reporting duties"),
        N_("Reporting duty"),
        m.ReportingDuty,
        "due_on direction kind organisation_id starts_on ends_on status",
    ),
    "received-reports": kind(
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
    "activity-funding": kind(
        N_("Funding of activities"),
        N_("Funding of an activity"),
        m.ActivityFunding,
        "activity_id kind donor_id contribution_id",
    ),
    "activity-tags": kind(N_("Tags of activities"), N_("Tag of an activity"), m.ActivityTag, "activity_id item_id"),
    "indicators": kind(
        N_("Indicators"), N_("Indicator"), m.Indicator, "code name item_id unit counting roll_up_periods", order="name"
    ),
    "aims": kind(
        N_("Baselines and targets"),
        N_("Baseline or target"),
        m.Aim,
        "indicator_id kind place_id starts_on ends_on value",
    ),
    "indicator-links": kind(
        N_("Indicators in donors' log frames"),
        N_("Indicator in a donor's log frame"),
        m.IndicatorLink,
        "indicator_id item_id",
    ),
    "results": ListedKind(
        N_("Results"),
        N_("Result"),
        listing_of(m.Result, {"corrected": CORRECTED}),
        "starts_on",
        tuple("activity_id indicator_id place_id starts_on ends_on span nature value unit corrected".split()),
        {},
        {"corrected": Field(N_("Corrected"), Kind.YES_NO, help=N_("A newer figure counts in the place of this one"))},
    ),
    "breakdowns": kind(
        N_("Breakdowns"), N_("Breakdown"), m.Breakdown, "result_id cut sex age_scheme age_band disability value missing"
    ),
    "feedback": kind(N_("Feedback"), N_("Feedback"), m.Feedback, "on title organisation_id satisfied asked share"),
    "progress": kind(N_("Progress"), N_("Progress"), m.Progress, "on item_id status person_id"),
    "frameworks": ListedKind(
        N_("Frameworks"),
        N_("Framework"),
        listing_of(m.Framework, {"items": _ITEMS}),
        "code",
        ("code", "name", "version", "items", "source"),
        {},
        {"items": Field(N_("Lines"), Kind.COUNT)},
    ),
    "framework-items": kind(
        N_("Framework items"),
        N_("Framework item"),
        m.FrameworkItem,
        "code name framework_id kind horizon certainty",
    ),
    "reports": ListedKind(
        N_("Reports"),
        N_("Report"),
        listing_of(m.WrittenReport, {"due_on": _DUE, "version": _VERSION, "replaced_by": _REPLACED_BY}),
        "title",
        ("title", "version", "replaced_by", "donor_id", "starts_on", "ends_on", "due_on", "status"),
        {},
        {
            "due_on": field_of(m.ReportingDuty.due_on),
            "version": Field(N_("Version"), Kind.COUNT),
            "replaced_by": Field(N_("Replaced by"), Kind.COUNT),
        },
    ),
    "report-templates": kind(
        N_("Templates of reports"), N_("Template of a report"), m.ReportTemplate, "name report language"
    ),
    "report-approvals": kind(
        N_("Approvals of reports"), N_("Approval of a report"), m.ReportApproval, "on report_id name function"
    ),
    "frozen-reports": kind(
        N_("Frozen reports"), N_("Frozen report"), m.FrozenReport, "frozen_on report_id version person_id program"
    ),
    "dispatches": kind(
        N_("Dispatches"), N_("Dispatch"), m.Dispatch, "on frozen_id organisation_id contact_id addressee channel"
    ),
    "release-authorisations": kind(
        N_("Authorisations to release"),
        N_("Authorisation to release"),
        m.ReleaseAuthorisation,
        "title kind reader_id indicator_id starts_on ends_on document_id",
    ),
    "retention-rules": kind(
        N_("Retention rules of the office"), N_("Retention rule"), m.RetentionRule, "kind months way"
    ),
    "places": kind(N_("Places"), N_("Place"), m.Place, "pcode name kind level country parent_id"),
    "place-codes": kind(N_("Codes of places"), N_("Code of a place"), m.PlaceCode, "code place_id vintage valid_from"),
    "documents": kind(N_("Documents"), N_("Document"), m.Document, "title kind version dated audience consent size"),
    "texts": kind(N_("Translations"), N_("Translation"), m.Text, "owner field language status"),
    "sources": kind(
        N_("Sources"),
        N_("Source"),
        m.Source,
        "name kind mapping starts_on ends_on received_on rows doubles problems",
        order="received_on",
    ),
    "offices": kind(N_("Offices"), N_("Office"), m.Office, "name country language currency"),
    "people": kind(N_("People of the office"), N_("Person of the office"), m.Person, "name role office_id email"),
}
KINDS: Mapping[str, ListedKind] = {key: replace(listed, figures=FIGURES.get(key, {})) for key, listed in _KINDS.items()}
"""What `jalon list` can list."""
