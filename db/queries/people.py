"""The people of the office: what somebody still has to do, and who opened which confidential text."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, literal, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.links import name_column
from db.models import (
    Agreement,
    CapacityAction,
    Commitment,
    Contribution,
    Engagement,
    Office,
    Organisation,
    Person,
    Question,
    Reading,
    ReportingDuty,
    Risk,
)
from db.models.duties import SETTLED


@dataclass(frozen=True)
class OpenDuty:
    """One thing that somebody follows and that is not settled; `kind` is a key of KINDS, `whom` concerns whom."""

    kind: str
    id: UUID
    title: str
    whom: str | None
    due_on: date | None


@dataclass(frozen=True)
class Held:
    """Where open duties are kept: whose `person_id` says who follows them."""

    kind: str
    entity: type[Entity]
    open: ColumnElement[bool]
    due: str | None = None
    whom: str | None = None
    title: str | None = None


HELD = (
    Held("duties", ReportingDuty, ReportingDuty.status.not_in(SETTLED), "due_on", "organisation_id"),
    Held("commitments", Commitment, Commitment.done_on.is_(None), "due_on", "organisation_id"),
    Held("questions", Question, Question.answered_on.is_(None), "due_on", "organisation_id"),
    Held(
        "capacity-actions", CapacityAction, CapacityAction.status.in_(("open", "ongoing")), "due_on", "organisation_id"
    ),
    Held("agreements", Agreement, Agreement.status.not_in(("closed", "cancelled")), "ends_on", "partner_id"),
    Held("contributions", Contribution, Contribution.stage.not_in(("closed", "declined")), "ends_on", "donor_id"),
    Held("engagements", Engagement, Engagement.next_step.is_not(None), None, "organisation_id", "next_step"),
    Held("risks", Risk, Risk.status != "closed", "due_on"),
)
"""Whatever a person can be asked to follow, and when it still asks for something."""


@dataclass(frozen=True)
class Read:
    """One opening of a sealed text."""

    person: str | None
    field: str
    reason: str
    at: datetime


def name_and_office(session: Session, person: UUID) -> tuple[str, str]:
    """What somebody is called, and their office or else the first one of the record."""
    name, office = session.execute(select(Person.name, Person.office_id).where(Person.id == person)).one()
    first = select(Office.name).where(Office.removed_at.is_(None)).order_by(Office.row)
    theirs = session.scalar(select(Office.name).where(Office.id == office)) if office else None
    return name, theirs or session.scalar(first) or ""


def open_duties(session: Session, person: UUID) -> tuple[OpenDuty, ...]:
    """What this person follows and is not settled, the soonest due first, what has no day last."""
    found = [duty for held in HELD for duty in _open(session, held, person)]
    return tuple(sorted(found, key=lambda duty: (duty.due_on or date.max, duty.kind, duty.title)))


def held_by(held: Held, person: UUID) -> ColumnElement[bool]:
    """Whether a row of this kind is open and followed by this person."""
    entity: Any = held.entity
    mine: ColumnElement[bool] = (entity.person_id == person) & entity.removed_at.is_(None) & held.open
    return mine


def readings_of(session: Session, id: UUID) -> tuple[Read, ...]:
    """Who opened the sealed texts of one thing, newest first."""
    query = (
        select(Person.name, Reading.field, Reading.reason, Reading.at)
        .select_from(Reading)
        .outerjoin(Person, Person.id == Reading.person_id)
        .where(Reading.entity_id == id)
        .order_by(Reading.row.desc())
    )
    return tuple(Read(*row) for row in session.execute(query))


def _open(session: Session, held: Held, person: UUID) -> list[OpenDuty]:
    entity: Any = held.entity
    table = entity.__table__
    assert isinstance(table, Table)
    title = getattr(entity, held.title) if held.title else name_column(table)
    due = getattr(entity, held.due) if held.due else literal(None)
    query = select(entity.id, title, literal(None), due)
    if held.whom:
        query = select(entity.id, title, Organisation.name, due).select_from(entity)
        query = query.outerjoin(Organisation, Organisation.id == getattr(entity, held.whom))
    return [OpenDuty(held.kind, *row) for row in session.execute(query.where(held_by(held, person)))]
