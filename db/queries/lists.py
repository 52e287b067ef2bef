"""The lists people look at: organisations and activities."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.models.activities import PROTECTION, Activity, ActivityFunding
from db.models.organisations import Organisation, OrganisationName, OrganisationRole
from db.models.places import Place
from db.models.results import COUNTS, Result
from db.models.women_led import WomenLedAssessment
from db.queries.columns import columns_of, filters_of, orders_of
from db.queries.listing import Listing
from i18n.folding import fold, sort_key

_Newer = aliased(WomenLedAssessment)
_holds = ~exists().where(
    _Newer.organisation_id == WomenLedAssessment.organisation_id,
    _Newer.removed_at.is_(None),
    or_(
        _Newer.assessed_on > WomenLedAssessment.assessed_on,
        and_(_Newer.assessed_on == WomenLedAssessment.assessed_on, _Newer.row > WomenLedAssessment.row),
    ),
)

women_led_status = (
    select(WomenLedAssessment.status)
    .where(
        WomenLedAssessment.organisation_id == Organisation.id,
        WomenLedAssessment.about == "women_led",
        WomenLedAssessment.removed_at.is_(None),
        _holds,
    )
    .correlate(Organisation)
    .scalar_subquery()
)
"""The status of the assessment that holds: the newest that is not removed."""

_activities = (
    select(func.count())
    .where(Activity.partner_id == Organisation.id, Activity.removed_at.is_(None))
    .correlate(Organisation)
    .scalar_subquery()
)


def _persons(nature: str) -> ColumnElement[int]:
    """The people of an activity in figures of one nature, as reports count them: by periods, never since the start."""
    counted = (Result.nature == nature, Result.unit == "persons", Result.span == "period", Result.decimals == 0)
    total = select(func.sum(Result.value)).where(Result.activity_id == Activity.id, COUNTS, *counted)
    return total.correlate(Activity).scalar_subquery()


_people = func.coalesce(_persons("reached"), _persons("declared"))


def _like(column: Any, text: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.contains(text, autoescape=True)
    return found


def _named(text: str) -> ColumnElement[bool]:
    folded = fold(text)
    other = exists().where(
        OrganisationName.organisation_id == Organisation.id,
        OrganisationName.removed_at.is_(None),
        _like(OrganisationName.folded, folded),
    )
    return or_(
        _like(Organisation.sort_key, sort_key(text)),
        _like(func.lower(Organisation.acronym), text.strip().lower()),
        other,
    )


def _has_role(role: str) -> ColumnElement[bool]:
    return exists().where(
        OrganisationRole.organisation_id == Organisation.id,
        OrganisationRole.role == role,
        OrganisationRole.removed_at.is_(None),
    )


def _women_led(status: str) -> ColumnElement[bool]:
    return func.coalesce(women_led_status, "unknown") == status


def _of_partner_and_place(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(Organisation, Organisation.id == Activity.partner_id).outerjoin(
        Place, Place.id == Activity.place_id
    )


def _sector(sector: str) -> ColumnElement[bool]:
    return Activity.sector.in_(PROTECTION) if sector == "protection" else Activity.sector == sector


def _funded_by(donor_id: Any) -> ColumnElement[bool]:
    return exists().where(
        ActivityFunding.activity_id == Activity.id,
        ActivityFunding.donor_id == donor_id,
        ActivityFunding.removed_at.is_(None),
    )


ORGANISATIONS = Listing(
    Organisation,
    columns={**columns_of(Organisation), "women_led": women_led_status, "activities": _activities},
    orders={**orders_of(Organisation), "women_led": women_led_status, "activities": _activities},
    search=_named,
    filters={**filters_of(Organisation), "role": _has_role, "women_led": _women_led},
)

ACTIVITIES = Listing(
    Activity,
    columns={**columns_of(Activity), "partner": Organisation.name, "place": Place.name, "people": _people},
    orders={
        **orders_of(Activity),
        "partner": Organisation.sort_key,
        "place": Place.sort_key,
        "people": _people,
    },
    search=lambda text: or_(
        _like(Activity.sort_key, sort_key(text)),
        _like(Organisation.folded, fold(text)),
        _like(func.lower(Activity.project), text.strip().lower()),
    ),
    filters={
        **filters_of(Activity),
        "sector": _sector,
        "status": lambda status: Activity.status == status,
        "partner": lambda partner_id: Activity.partner_id == partner_id,
        "donor": _funded_by,
    },
    join=_of_partner_and_place,
)
