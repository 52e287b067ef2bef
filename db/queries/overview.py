"""What is in the record at a glance, and what to do next, for the first page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.models.activities import Activity
from db.models.organisations import Organisation, OrganisationRole
from db.models.people import Office
from db.models.places import Place
from db.models.sources import Source
from db.queries.women_led import status_held


@dataclass(frozen=True)
class Overview:
    """Counts of what the record holds, and the newest source."""

    office: str | None
    partners: int
    women_led: int
    women_led_unknown: int
    donors: int
    activities: int
    places: int
    first: date | None
    last: date | None
    sources: tuple[tuple[str, date | None], ...]


def overview(session: Session) -> Overview:
    """The record at a glance."""
    partner = Organisation.id.in_(_with_role("partner"))
    status = status_held()
    counted = select(status, func.count()).select_from(Organisation).where(Organisation.removed_at.is_(None), partner)
    by_status: dict[str, int] = dict(session.execute(counted.group_by(status)).all())
    first, last = session.execute(
        select(func.min(Activity.starts_on), func.max(Activity.ends_on)).where(Activity.removed_at.is_(None))
    ).one()
    sources = session.execute(
        select(Source.name, Source.received_on).where(Source.removed_at.is_(None)).order_by(Source.row.desc()).limit(5)
    )
    return Overview(
        office=session.scalar(select(Office.name).where(Office.removed_at.is_(None)).order_by(Office.row)),
        partners=sum(by_status.values()),
        women_led=by_status.get("met", 0),
        women_led_unknown=by_status.get("unknown", 0),
        donors=_count(session, Organisation, Organisation.id.in_(_with_role("donor"))),
        activities=_count(session, Activity),
        places=_count(session, Place),
        first=first,
        last=last,
        sources=tuple((name, on) for name, on in sources),
    )


def _with_role(role: str) -> Select[UUID]:
    return select(OrganisationRole.organisation_id).where(
        OrganisationRole.role == role, OrganisationRole.removed_at.is_(None)
    )


def _count(
    session: Session, entity: type[Organisation] | type[Activity] | type[Place], *where: ColumnElement[bool]
) -> int:
    return session.scalar(select(func.count()).select_from(entity).where(entity.removed_at.is_(None), *where)) or 0
