"""What a donor's requirements say of when reports on a contribution are due, as a schedule begins with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import there
from db.models import Contribution, Requirements


@dataclass(frozen=True)
class Required:
    """The time of a contribution, and the days that the donor's newest requirements give; `name` is what these are."""

    starts_on: date | None
    ends_on: date | None
    name: str | None = None
    interim_days: int | None = None
    final_days: int | None = None
    working_days: bool = False


def required(session: Session, contribution_id: UUID) -> Required:
    """When reports on a contribution are due, as far as it is noted."""
    contribution = there(session, Contribution, contribution_id)
    period = contribution.starts_on, contribution.ends_on
    asked = session.scalars(
        select(Requirements)
        .where(Requirements.organisation_id == contribution.donor_id, Requirements.removed_at.is_(None))
        .order_by(Requirements.row.desc())
        .limit(1)
    ).first()
    if asked is None:
        return Required(*period)
    return Required(*period, asked.name, asked.interim_days, asked.final_days, bool(asked.working_days))
