"""The lists people look at: organisations and activities."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from db.models.activities import PROTECTION, Activity, ActivityFunding
from db.models.organisations import Organisation, OrganisationRole
from db.models.places import Place
from db.models.results import COUNTS, Result
from db.queries.columns import columns_of, filters_of, orders_of
from db.queries.listing import Listing
from db.queries.looked_for import looked_for
from db.queries.women_led import status_held

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


def _has_role(role: str) -> ColumnElement[bool]:
    return exists().where(
        OrganisationRole.organisation_id == Organisation.id,
        OrganisationRole.role == role,
        OrganisationRole.removed_at.is_(None),
    )


def _women_led(status: str) -> ColumnElement[bool]:
    return status_held() == status


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
    columns={**columns_of(Organisation), "women_led": status_held(), "activities": _activities},
    orders={**orders_of(Organisation), "women_led": status_held(), "activities": _activities},
    search=partial(looked_for, Organisation),
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
    search=partial(looked_for, Activity),
    filters={
        **filters_of(Activity),
        "sector": _sector,
        "status": lambda status: Activity.status == status,
        "partner": lambda partner_id: Activity.partner_id == partner_id,
        "donor": _funded_by,
    },
    join=_of_partner_and_place,
)
