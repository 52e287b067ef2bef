"""What the record holds, a module a subject. Importing this package makes every table known."""

from db.models.activities import Activity, ActivityFunding, ActivityTag
from db.models.donors import Contribution
from db.models.drafts import Draft
from db.models.frameworks import Framework, FrameworkItem
from db.models.log import ChangeSet, Device, LogRow
from db.models.organisations import NotSame, Organisation, OrganisationCode, OrganisationName, OrganisationRole
from db.models.people import Office, Person
from db.models.places import Place, PlaceCode
from db.models.reports_issued import Issued
from db.models.results import Breakdown, Result
from db.models.sources import SavedMapping, Source, SourceRow
from db.models.texts import Text
from db.models.women_led import WomenLedAssessment

__all__ = [
    "Activity",
    "ActivityFunding",
    "ActivityTag",
    "Breakdown",
    "ChangeSet",
    "Contribution",
    "Device",
    "Draft",
    "Framework",
    "FrameworkItem",
    "Issued",
    "LogRow",
    "NotSame",
    "Office",
    "Organisation",
    "OrganisationCode",
    "OrganisationName",
    "OrganisationRole",
    "Person",
    "Place",
    "PlaceCode",
    "Result",
    "SavedMapping",
    "Source",
    "SourceRow",
    "Text",
    "WomenLedAssessment",
]
