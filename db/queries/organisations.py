"""One organisation as its page shows it, and finding one by a part of its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.base import there
from db.fields import fields_of
from db.models.activities import Activity
from db.models.organisations import Organisation, OrganisationName, OrganisationRole
from db.queries.women_led import Assessed, assessments_of
from i18n.folding import fold


@dataclass(frozen=True)
class OtherName:
    """Another name of an organisation."""

    name: str
    language: str | None
    use: str


@dataclass(frozen=True)
class OrganisationPage:
    """All that its page shows. Assessments come newest first: the first of each question holds."""

    values: Mapping[str, Any]
    parent: str | None
    roles: tuple[str, ...]
    names: tuple[OtherName, ...]
    assessments: tuple[Assessed, ...]
    activities: int


def organisation_page(session: Session, id: UUID) -> OrganisationPage:
    """One organisation with everything that hangs on it."""
    organisation = there(session, Organisation, id)
    names = session.scalars(
        select(OrganisationName)
        .where(OrganisationName.organisation_id == id, OrganisationName.removed_at.is_(None))
        .order_by(OrganisationName.row)
    )
    return OrganisationPage(
        values={key: getattr(organisation, key) for key in fields_of(Organisation)},
        parent=session.scalar(select(Organisation.name).where(Organisation.id == organisation.parent_id)),
        roles=tuple(
            session.scalars(
                select(OrganisationRole.role)
                .where(OrganisationRole.organisation_id == id, OrganisationRole.removed_at.is_(None))
                .order_by(OrganisationRole.role)
            )
        ),
        names=tuple(OtherName(name.name, name.language, name.use) for name in names),
        assessments=assessments_of(session, id),
        activities=session.scalar(select(func.count()).where(Activity.partner_id == id, Activity.removed_at.is_(None)))
        or 0,
    )


def organisations_like(session: Session, text: str, role: str | None = None) -> tuple[tuple[UUID, str], ...]:
    """The first organisations whose name or acronym holds this text."""
    folded = fold(text)
    query = select(Organisation.id, Organisation.name).where(
        Organisation.removed_at.is_(None),
        or_(
            Organisation.folded.contains(folded, autoescape=True),
            func.lower(Organisation.acronym).contains(text.strip().lower(), autoescape=True),
        ),
    )
    if role is not None:
        query = query.where(
            Organisation.id.in_(
                select(OrganisationRole.organisation_id).where(
                    OrganisationRole.role == role, OrganisationRole.removed_at.is_(None)
                )
            )
        )
    found = session.execute(query.order_by(Organisation.sort_key, Organisation.row).limit(30))
    return tuple((id, name) for id, name in found)
