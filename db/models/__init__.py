"""What the record holds, a module a subject. Importing this package makes every table known."""

from db.models.activities import Activity, ActivityFunding, ActivityTag
from db.models.agreements import Agreement, Amendment, Approval, BudgetLine, Risk, StatusChange, Tranche
from db.models.assessments import (
    Answer,
    Assessment,
    CapacityAction,
    ConfidentialNote,
    Flag,
    GoverningDocument,
    Screening,
)
from db.models.authorisations import ReleaseAuthorisation
from db.models.documents import Content, Document
from db.models.donors import Contribution, Requirements
from db.models.drafts import Draft
from db.models.duties import ReceivedReport, ReportingDuty, Schedule
from db.models.engagements import (
    AdvocacyAction,
    Analysis,
    Attendance,
    Commitment,
    Engagement,
    Escalation,
    Participation,
    Position,
    Question,
    Tag,
    Training,
)
from db.models.frameworks import Framework, FrameworkItem
from db.models.indexed import Indexed
from db.models.indicators import Aim, Feedback, Indicator, IndicatorLink, Progress
from db.models.log import ChangeSet, Device, LogRow
from db.models.money import Allocation, ExchangeRate, Receipt
from db.models.organisations import (
    Contact,
    Department,
    NotSame,
    Organisation,
    OrganisationCode,
    OrganisationName,
    OrganisationPlace,
    OrganisationRole,
)
from db.models.people import Office, Person, SavedFilter
from db.models.places import NotSamePlace, Place, PlaceCode
from db.models.readings import Reading
from db.models.reports import (
    Dispatch,
    FrozenReport,
    ReportApproval,
    ReportTemplate,
    Section,
    SectionText,
    WrittenReport,
)
from db.models.reports_issued import Issued, IssuedAtom, IssuedCells
from db.models.results import Breakdown, Result
from db.models.retention import KeptOn, RetentionRule
from db.models.sources import SavedMapping, Source, SourceRow
from db.models.texts import Text
from db.models.women_led import Criterion, LeadershipCount, WomenLedAssessment

__all__ = [
    "Activity",
    "ActivityFunding",
    "ActivityTag",
    "AdvocacyAction",
    "Agreement",
    "Aim",
    "Allocation",
    "Amendment",
    "Analysis",
    "Answer",
    "Approval",
    "Assessment",
    "Attendance",
    "Breakdown",
    "BudgetLine",
    "CapacityAction",
    "ChangeSet",
    "Commitment",
    "ConfidentialNote",
    "Contact",
    "Content",
    "Contribution",
    "Criterion",
    "Department",
    "Device",
    "Dispatch",
    "Document",
    "Draft",
    "Engagement",
    "Escalation",
    "ExchangeRate",
    "Feedback",
    "Flag",
    "Framework",
    "FrameworkItem",
    "FrozenReport",
    "GoverningDocument",
    "Indexed",
    "Indicator",
    "IndicatorLink",
    "Issued",
    "IssuedAtom",
    "IssuedCells",
    "KeptOn",
    "LeadershipCount",
    "LogRow",
    "NotSame",
    "NotSamePlace",
    "Office",
    "Organisation",
    "OrganisationCode",
    "OrganisationName",
    "OrganisationPlace",
    "OrganisationRole",
    "Participation",
    "Person",
    "Place",
    "PlaceCode",
    "Position",
    "Progress",
    "Question",
    "Reading",
    "Receipt",
    "ReceivedReport",
    "ReleaseAuthorisation",
    "ReportApproval",
    "ReportTemplate",
    "ReportingDuty",
    "Requirements",
    "Result",
    "RetentionRule",
    "Risk",
    "SavedFilter",
    "SavedMapping",
    "Schedule",
    "Screening",
    "Section",
    "SectionText",
    "Source",
    "SourceRow",
    "StatusChange",
    "Tag",
    "Text",
    "Training",
    "Tranche",
    "WomenLedAssessment",
    "WrittenReport",
]
