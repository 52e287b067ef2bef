"""The own forms of a donor: files kept with its requirements, for its reports to be filled into."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Requirements
from db.queries.documents import Kept, documents_of

KIND = "form"


def report_forms(session: Session, donor_id: UUID) -> Sequence[Kept]:
    """The forms that stand, newest first."""
    profiles = select(Requirements.id).where(
        Requirements.organisation_id == donor_id, Requirements.removed_at.is_(None)
    )
    found = session.scalars(profiles.order_by(Requirements.row.desc())).all()
    return [kept for id in found for kept in documents_of(session, id) if kept.kind == KIND and not kept.replaced]
