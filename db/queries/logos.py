"""The logos that a report carries: the office's, and its donor's. A partner's would name it, and stays away."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Contribution, Office, Organisation
from db.queries.documents import content_of, documents_of
from db.queries.scope import Scope


@dataclass(frozen=True)
class Logo:
    """A picture as it was put in, and whose it is."""

    name: str
    content: bytes


def logos(session: Session, organisations: Collection[UUID]) -> tuple[Logo, ...]:
    """The newest logo of the office or of the organisation it belongs to, then those of these organisations."""
    office = session.execute(
        select(Office.id, Office.name, Office.organisation_id).where(Office.removed_at.is_(None)).order_by(Office.row)
    ).first()
    found = []
    if office:
        own = _logo(session, office.id, office.name)
        if own is None and office.organisation_id:
            own = _logo(session, office.organisation_id, office.name)
        found.append(own)
    for id in organisations:
        name = session.scalar(select(Organisation.name).where(Organisation.id == id)) or ""
        found.append(_logo(session, id, name))
    return tuple(logo for logo in found if logo)


def donor_of(session: Session, scope: Scope) -> UUID | None:
    """The donor that a report is for, by itself or by its contribution."""
    if scope.donor or not scope.contribution:
        return scope.donor
    return session.scalar(select(Contribution.donor_id).where(Contribution.id == scope.contribution))


def _logo(session: Session, owner: UUID, name: str) -> Logo | None:
    for kept in documents_of(session, owner):
        if kept.kind == "logo" and not kept.replaced:
            return Logo(name, content_of(session, kept.digest))
    return None
