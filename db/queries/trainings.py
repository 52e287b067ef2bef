"""Trainings, advocacy, escalations and analyses of a period, with whom and where, as reports print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AdvocacyAction, Analysis, Document, Escalation, Framework, Place, Training
from db.queries.grant import Body, bodies
from db.queries.scope import Scope
from db.queries.served import chosen


@dataclass(frozen=True)
class Given:
    """A training: who was trained by whom and where, and how many people by sex; None is not known, never zero."""

    id: UUID
    title: str
    starts_on: date
    ends_on: date | None
    place: str | None
    trained: UUID | None
    trainer: UUID | None
    women: int | None
    men: int | None
    not_said: int | None


@dataclass(frozen=True)
class Spoken:
    """An advocacy action: to whom, and what came of it."""

    id: UUID
    title: str
    on: date
    addressee: UUID | None
    audience: str | None
    outcome: str | None


@dataclass(frozen=True)
class Taken:
    """A matter taken higher; for the office alone."""

    id: UUID
    title: str
    on: date
    addressee: str
    decision: str | None
    decided_on: date | None


@dataclass(frozen=True)
class Analysed:
    """A protection analysis: a document of a day, a place and a programme."""

    id: UUID
    title: str
    dated: date
    place: str | None
    programme: str | None
    document: str | None


@dataclass(frozen=True)
class Work:
    """All of it, in the order of its days."""

    trainings: tuple[Given, ...]
    advocacy: tuple[Spoken, ...]
    escalations: tuple[Taken, ...]
    analyses: tuple[Analysed, ...]
    bodies: Mapping[UUID, Body]
    """The organisations that are met here."""


def work_done(session: Session, scope: Scope) -> Work:
    """What there is of a scope; of those that serve its framework where one is asked for."""

    def rows(query: Any, entity: Any, kind: str, on: Any) -> Any:
        return session.execute(query.where(entity.id.in_(chosen(kind, scope))).order_by(on, entity.row))

    trainings = select(Training, Place.name).outerjoin(Place, Place.id == Training.place_id)
    analyses: Any = select(Analysis, Place.name, Framework.name, Document.title)
    for entity, id in (
        (Place, Analysis.place_id),
        (Framework, Analysis.framework_id),
        (Document, Analysis.document_id),
    ):
        analyses = analyses.outerjoin(entity, entity.id == id)
    given = tuple(
        Given(
            one.id,
            one.title,
            one.starts_on,
            one.ends_on,
            place,
            one.organisation_id,
            one.trainer_id,
            one.women,
            one.men,
            one.not_said,
        )
        for one, place in rows(trainings, Training, "trainings", Training.starts_on)
    )
    spoken = tuple(
        Spoken(one.id, one.title, one.on, one.organisation_id, one.audience, one.outcome)
        for (one,) in rows(select(AdvocacyAction), AdvocacyAction, "advocacy-actions", AdvocacyAction.on)
    )
    met = {one.trained for one in given} | {one.trainer for one in given} | {one.addressee for one in spoken}
    return Work(
        given,
        spoken,
        tuple(
            Taken(one.id, one.title, one.on, one.addressee, one.decision, one.decided_on)
            for (one,) in rows(select(Escalation), Escalation, "escalations", Escalation.on)
        ),
        tuple(
            Analysed(one.id, one.title, one.dated, *named)
            for one, *named in rows(analyses, Analysis, "analyses", Analysis.dated)
        ),
        bodies(session, tuple(one for one in met if one)),
    )
