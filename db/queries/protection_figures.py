"""The activities behind a figure of protection work, found anew from what the figure says of itself."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from db.models import Activity, ActivityFunding, Organisation, Result
from db.models.activities import PROTECTION
from db.queries import selection
from db.queries.people_counted import counts_in
from db.queries.scope import Scope, activities_in
from db.queries.women_led import status_held

_LINKS = ("partner", "donor", "place", "contribution", "agreement")


def behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The activities whose people a figure counts: those in its scope, of its line and its column."""
    with selection.read(figure) as asked:
        first, last = (date.fromisoformat(asked[key]) if key in asked else None for key in ("from", "to"))
        links = {key: UUID(asked[key]) for key in _LINKS if asked.get(key)}
        if unknown := asked.keys() - {"from", "to", "nature", "area", "type", "funding", "women_led", *_LINKS}:
            raise KeyError(unknown)
    scope = Scope(first, last, **links)
    meant = (*activities_in(scope), Activity.sector.in_(PROTECTION), *_meant(asked, scope))
    return tuple(session.scalars(select(Activity.id).where(*meant).order_by(Activity.row)))


def _meant(asked: dict[str, str], scope: Scope) -> Iterator[ColumnElement[bool]]:
    """What the line and the column of a figure ask of an activity."""
    if "area" in asked:
        yield Activity.sector == asked["area"]
    if "type" in asked:
        typed = Organisation.type == asked["type"] if asked["type"] else Organisation.type.is_(None)
        of_it = Activity.partner_id.in_(select(Organisation.id).where(typed))
        yield of_it if asked["type"] else or_(of_it, Activity.partner_id.is_(None))
    if "women_led" in asked:
        yield Activity.partner_id.in_(select(Organisation.id).where(status_held() == asked["women_led"]))
    if "funding" in asked:
        yield _paid_by(asked["funding"])
    if asked.get("place") == "":
        yield Activity.place_id.is_(None)
    if "nature" in asked:
        counted = select(Result.activity_id).where(Result.nature == asked["nature"], *counts_in(scope))
        yield Activity.id.in_(counted)


def _paid_by(source: str) -> ColumnElement[bool]:
    """By this donor, or by a kind of source that names none; an activity of which nothing is said is not stated."""
    paid = (ActivityFunding.activity_id == Activity.id, ActivityFunding.removed_at.is_(None))
    try:
        named = ActivityFunding.donor_id == UUID(source)
    except ValueError:
        named = (ActivityFunding.donor_id.is_(None)) & (ActivityFunding.kind == source)
    found = exists().where(*paid, named)
    return or_(found, ~exists().where(*paid)) if source == "not_stated" else found
