"""What one reader may be told beyond the rules of small numbers on a day: the written authorisations in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.models import Document, ReleaseAuthorisation
from db.models.authorisations import SENSITIVE


@dataclass(frozen=True)
class Permits:
    """The authorisations in force for a reader, by their ids; none are for who reads what is public."""

    sensitive: tuple[UUID, ...] = ()
    """Any of them lets sensitive counts leave."""
    exceptions: Mapping[UUID, UUID] = field(default_factory=dict)
    """For each indicator that is shown below the threshold, the exception that says so."""


def permits(session: Session, reader: UUID, on: date) -> Permits:
    """The authorisations for this reader that are in force on the day: those whose signed letter is in the record."""
    held = exists().where(
        Document.owner == ReleaseAuthorisation.__tablename__,
        Document.owner_id == ReleaseAuthorisation.id,
        Document.removed_at.is_(None),
    )
    found = session.scalars(
        select(ReleaseAuthorisation)
        .where(
            ReleaseAuthorisation.removed_at.is_(None),
            ReleaseAuthorisation.reader_id == reader,
            ReleaseAuthorisation.starts_on <= on,
            or_(ReleaseAuthorisation.ends_on.is_(None), ReleaseAuthorisation.ends_on >= on),
            or_(ReleaseAuthorisation.document_id.is_not(None), held),
        )
        .order_by(ReleaseAuthorisation.row)
    ).all()
    return Permits(
        tuple(one.id for one in found if one.kind == SENSITIVE),
        {one.indicator_id: one.id for one in found if one.indicator_id is not None},
    )
