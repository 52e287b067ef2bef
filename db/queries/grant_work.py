"""What happened with a donor's money: what was amended, what may go wrong, what people said, who has a say.

For reports to that donor: of a capacity plan only how far its actions came, never which weakness they answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.fields import fields_of
from db.models import (
    Activity,
    Agreement,
    Amendment,
    CapacityAction,
    Contribution,
    Feedback,
    Organisation,
    Participation,
    Place,
    Risk,
    Training,
)
from db.models.activities import SENSITIVE
from db.queries.grant import provinces_of
from db.queries.paid import activities_of, agreements_of
from db.queries.scope import Scope
from i18n import N_


@dataclass(frozen=True)
class Amended:
    """A change of an agreement after it was signed."""

    agreement: UUID
    number: int
    type: str
    signed_on: date | None
    reason: str | None
    changes: tuple[tuple[str, str | None, str | None], ...]
    """What was changed, as a message of the catalogues, and from what to what, as text that can be read for itself."""


@dataclass(frozen=True)
class Risked:
    """A risk or an issue, and what is done about it."""

    nature: str
    title: str
    likelihood: str | None
    impact: str | None
    response: str | None
    due_on: date | None
    status: str


@dataclass(frozen=True)
class ServiceFeedback:
    """What people said of a service: how many of those asked, or a share that was only stated."""

    id: UUID
    title: str
    on: date
    partner: UUID | None
    place: str | None
    """Of those in sensitive work only the province."""
    satisfied: int | None
    asked: int | None
    stated: Decimal | None
    sensitive: bool
    """Whether those asked are people of a sensitive activity."""


@dataclass(frozen=True)
class Trained:
    """A training of one of the partners."""

    id: UUID
    title: str
    starts_on: date
    partner: UUID | None
    women: int | None
    men: int | None
    not_said: int | None


@dataclass(frozen=True)
class Seat:
    """A partner's voice in a body."""

    partner: UUID
    seat: str
    where: str | None
    since: date | None


def amendments(session: Session, scope: Scope) -> tuple[Amended, ...]:
    """What changed in these agreements, by the day it was signed; undated changes are in."""
    query = select(Amendment).where(Amendment.agreement_id.in_(agreements_of(scope)), Amendment.removed_at.is_(None))
    rows = session.scalars(query.where(*_in(Amendment.signed_on, scope)).order_by(Amendment.signed_on, Amendment.row))
    return tuple(
        Amended(one.agreement_id, one.number, one.type, one.signed_on, one.reason, _changed(one.changes))
        for one in rows
    )


def risks(session: Session, scope: Scope) -> tuple[Risked, ...]:
    """Risks and issues of this money, the open ones first."""
    concerns: list[ColumnElement[bool]] = [Risk.agreement_id.in_(agreements_of(scope))]
    contributions = select(Contribution.id).where(
        Contribution.id == scope.contribution if scope.contribution else Contribution.donor_id == scope.donor
    )
    concerns.append(Risk.contribution_id.in_(contributions))
    rows = session.scalars(
        select(Risk)
        .where(or_(*concerns), Risk.removed_at.is_(None))
        .order_by(Risk.status == "closed", Risk.due_on, Risk.row)
    )
    return tuple(
        Risked(one.nature, one.title, one.likelihood, one.impact, one.response, one.due_on, one.status) for one in rows
    )


def feedback(session: Session, scope: Scope, partners: Sequence[UUID]) -> tuple[ServiceFeedback, ...]:
    """What people said of the services of these partners or activities in the period."""
    activities = select(Activity.id).where(*activities_of(scope))
    sensitive = func.coalesce(Activity.sensitivity.in_(SENSITIVE), False)
    rows = session.execute(
        select(Feedback, Place.name, sensitive)
        .outerjoin(Place, Place.id == Feedback.place_id)
        .outerjoin(Activity, Activity.id == Feedback.activity_id)
        .where(
            Feedback.removed_at.is_(None),
            or_(
                Feedback.activity_id.in_(activities),
                and_(Feedback.activity_id.is_(None), Feedback.organisation_id.in_(partners)),
            ),
            *_in(Feedback.on, scope),
        )
        .order_by(Feedback.on, Feedback.row)
    ).all()
    provinces = provinces_of(session, (one.place_id for one, _name, delicate in rows if delicate and one.place_id))
    return tuple(
        ServiceFeedback(
            one.id,
            one.title,
            one.on,
            one.organisation_id,
            provinces[one.place_id].name if delicate and one.place_id in provinces else name,
            one.satisfied,
            one.asked,
            one.share,
            bool(delicate),
        )
        for one, name, delicate in rows
    )


def trainings(session: Session, scope: Scope, partners: Sequence[UUID]) -> tuple[Trained, ...]:
    """The trainings of these partners in the period."""
    rows = session.scalars(
        select(Training)
        .where(Training.removed_at.is_(None), Training.organisation_id.in_(partners), *_in(Training.starts_on, scope))
        .order_by(Training.starts_on, Training.row)
    )
    return tuple(
        Trained(one.id, one.title, one.starts_on, one.organisation_id, one.women, one.men, one.not_said) for one in rows
    )


def seats(session: Session, scope: Scope, partners: Sequence[UUID]) -> tuple[Seat, ...]:
    """Where these partners have a say, as far as it reaches into the period."""
    body = select(Organisation.name).where(Organisation.id == Participation.body_id).scalar_subquery()
    query = select(Participation, body).where(
        Participation.organisation_id.in_(partners), Participation.removed_at.is_(None)
    )
    if scope.ends_on:
        query = query.where(or_(Participation.since.is_(None), Participation.since <= scope.ends_on))
    if scope.starts_on:
        query = query.where(or_(Participation.until.is_(None), Participation.until >= scope.starts_on))
    rows = session.execute(query.order_by(Participation.since, Participation.row))
    return tuple(Seat(one.organisation_id, one.seat, one.title or name, one.since) for one, name in rows)


def capacity(session: Session, partners: Sequence[UUID]) -> Mapping[str, int]:
    """How many actions of these partners' capacity plans stand where, by status."""
    rows = session.execute(
        select(CapacityAction.status, func.count())
        .where(CapacityAction.organisation_id.in_(partners), CapacityAction.removed_at.is_(None))
        .group_by(CapacityAction.status)
    )
    return {row[0]: row[1] for row in rows}


def _in(column: Any, scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if scope.starts_on:
        found.append(or_(column.is_(None), column >= scope.starts_on))
    if scope.ends_on:
        found.append(or_(column.is_(None), column <= scope.ends_on))
    return found


def _changed(changes: Mapping[str, Any]) -> tuple[tuple[str, str | None, str | None], ...]:
    """The fields that an amendment changed; of lines, that lines were."""
    described = fields_of(Agreement)
    return tuple(
        (described[key].name, told["before"], told["after"])
        if key in described
        else (N_("Budget lines and tranches"), None, None)
        for key, told in changes.items()
    )
