"""What a report to a donor needs of its contributions and does not find there: terms, and a duty that it answers."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.base import there
from db.fields import Field, field_of
from db.models import Contribution, ReportingDuty
from db.queries.grant import grants
from db.queries.scope import Scope

_TERMS = (
    Contribution.title,
    Contribution.reference,
    Contribution.amount,
    Contribution.starts_on,
    Contribution.ends_on,
    Contribution.person_id,
)


def terms_lacking(session: Session, scope: Scope) -> tuple[tuple[UUID, str, Field], ...]:
    """The fields of contributions that are empty, each with its key and what it is called."""
    return tuple(_lacking(session, scope))


def duties_answered(session: Session, scope: Scope) -> tuple[UUID, ...]:
    """The reporting duties to the donor that share a day with the period, the first due first."""
    query = select(ReportingDuty.id).where(
        ReportingDuty.direction == "out",
        ReportingDuty.contribution_id.in_([one.id for one in grants(session, scope)]),
        ReportingDuty.removed_at.is_(None),
    )
    if scope.starts_on:
        query = query.where(or_(ReportingDuty.ends_on.is_(None), ReportingDuty.ends_on >= scope.starts_on))
    if scope.ends_on:
        query = query.where(or_(ReportingDuty.starts_on.is_(None), ReportingDuty.starts_on <= scope.ends_on))
    return tuple(session.scalars(query.order_by(ReportingDuty.due_on, ReportingDuty.row)))


def _lacking(session: Session, scope: Scope) -> Iterator[tuple[UUID, str, Field]]:
    for one in grants(session, scope):
        held = there(session, Contribution, one.id)
        yield from ((one.id, term.key, field_of(term)) for term in _TERMS if getattr(held, term.key) is None)
