"""What a report begins with: what the duty it answers says, and what its donor asks of reports."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import there
from db.models import Contribution, ReportingDuty, Requirements, WrittenReport
from db.models.donors import languages_asked
from db.queries.entries import named_links

LOG_FRAME, HARMONISED = "log_frame", "8plus3"


def from_duty(session: Session, duty_id: UUID) -> Mapping[str, Any]:
    """What a report takes from the duty it answers, with links as (id, name)."""
    duty = there(session, ReportingDuty, duty_id)
    donor = duty.organisation_id if duty.direction == "out" else None
    if duty.contribution_id and donor is None:
        donor = there(session, Contribution, duty.contribution_id).donor_id
    found = {
        "duty_id": duty_id,
        "donor_id": donor,
        "contribution_id": duty.contribution_id,
        "agreement_id": duty.agreement_id,
        "starts_on": duty.starts_on,
        "ends_on": duty.ends_on,
        "title": duty.title,
    }
    return named_links(session, WrittenReport, {key: value for key, value in found.items() if value is not None})


def from_donor(session: Session, donor_id: UUID) -> Mapping[str, Any]:
    """What a donor's newest requirements ask of a report; `template` is which way of reporting it wants."""
    asked = session.scalars(
        select(Requirements)
        .where(Requirements.organisation_id == donor_id, Requirements.removed_at.is_(None))
        .order_by(Requirements.row.desc())
        .limit(1)
    ).first()
    if asked is None:
        return {}
    first, *others = (*languages_asked(asked.languages), None)
    found = {
        "template": asked.template,
        "language": first,
        "languages": ", ".join(filter(None, others)) or None,
        "typography": asked.typography,
        "paper": asked.paper.lower() if asked.paper else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def report_of_duty(session: Session, duty_id: UUID) -> tuple[UUID | None, Mapping[str, Any]]:
    """The newest report that answers a duty, where one was begun; and what a new one would take from it."""
    held = select(WrittenReport.id).where(WrittenReport.duty_id == duty_id, WrittenReport.removed_at.is_(None))
    return session.scalar(held.order_by(WrittenReport.row.desc()).limit(1)), from_duty(session, duty_id)
