"""What was found about an organisation: ratings with their history, weak answers, and what is due because of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.assessments import Answer, Assessment, CapacityAction, GoverningDocument
from db.models.documents import Document
from db.models.organisations import Organisation
from db.models.people import Person
from db.models.women_led import ABOUT, WomenLedAssessment
from db.queries.due import Due
from db.queries.women_led import held
from db.schemes import scheme
from i18n import N_


@dataclass(frozen=True)
class Answered:
    """The answer to one question, with what it rests on; weak ones ask for something to be done."""

    question: str
    answer: str | None
    evidence: str | None
    document: str | None
    weak: bool
    planned: bool


@dataclass(frozen=True)
class Rated:
    """One assessment by a scheme, whoever made it."""

    id: UUID
    scheme: str
    version: str | None
    assessed_on: date
    assessed_by: str | None
    agency: str | None
    score: int | None
    rating: str | None
    valid_until: date | None
    reference: str | None
    answers: tuple[Answered, ...]

    def expired(self, day: date) -> bool:
        """Whether it was no longer valid on that day."""
        return self.valid_until is not None and self.valid_until < day


def rating_history(session: Session, organisation_id: UUID, scheme: str | None = None) -> tuple[Rated, ...]:
    """Every assessment of an organisation by a scheme, or by any, newest first."""
    agency = aliased(Organisation)
    query = (
        select(Assessment, Person.name, agency.name)
        .outerjoin(Person, Person.id == Assessment.assessed_by_id)
        .outerjoin(agency, agency.id == Assessment.agency_id)
        .where(Assessment.organisation_id == organisation_id, Assessment.removed_at.is_(None))
        .order_by(Assessment.assessed_on.desc(), Assessment.row.desc())
    )
    if scheme is not None:
        query = query.where(Assessment.scheme == scheme)
    return tuple(
        Rated(
            id=each.id,
            scheme=each.scheme,
            version=each.version,
            assessed_on=each.assessed_on,
            assessed_by=by,
            agency=of,
            score=each.score,
            rating=each.rating,
            valid_until=each.valid_until,
            reference=each.reference,
            answers=tuple(_answers(session, each)),
        )
        for each, by, of in session.execute(query).all()
    )


def weak_answers(session: Session, assessment_id: UUID) -> tuple[Answered, ...]:
    """What of an assessment asks for something to be done, and whether that is planned."""
    assessment = session.scalars(select(Assessment).where(Assessment.id == assessment_id)).one()
    return tuple(each for each in _answers(session, assessment) if each.weak)


def expiring(session: Session, until: date) -> tuple[Due, ...]:
    """What was found about partners and ends by a day, and what was planned about it, the earliest first."""
    found = (
        *_documents(session, until),
        *_actions(session, until),
        *_women_led(session, until),
        *_rated(session, until),
    )
    return tuple(sorted(found, key=lambda due: (due.due_on, due.kind, due.title)))


def _answers(session: Session, assessment: Assessment) -> Iterator[Answered]:
    asked = scheme(assessment.scheme, assessment.version)
    order = [each.code for each in asked.questions] if asked else []
    plans = select(CapacityAction.question).where(
        CapacityAction.assessment_id == assessment.id,
        CapacityAction.removed_at.is_(None),
        CapacityAction.status != "dropped",
    )
    planned = set(session.scalars(plans))
    rows = session.execute(
        select(Answer, Document.title)
        .outerjoin(Document, Document.id == Answer.document_id)
        .where(Answer.assessment_id == assessment.id, Answer.removed_at.is_(None))
        .order_by(Answer.row)
    ).all()
    for each, document in sorted(rows, key=lambda row: order.index(row[0].question) if row[0].question in order else 0):
        weak = bool(asked and each.answer and asked.is_weak(each.question, each.answer))
        yield Answered(each.question, each.answer, each.evidence, document, weak, each.question in planned)


def _documents(session: Session, until: date) -> Iterator[Due]:
    rows = _of_organisations(
        session,
        GoverningDocument,
        GoverningDocument.title,
        GoverningDocument.expires_on,
        GoverningDocument.expires_on <= until,
    )
    for id, title, organisation, day in rows:
        yield Due("governing-documents", id, title, organisation, day, N_("A document of the partner expires"))


def _actions(session: Session, until: date) -> Iterator[Due]:
    unfinished = CapacityAction.status.in_(("open", "ongoing"))
    rows = _of_organisations(
        session, CapacityAction, CapacityAction.title, CapacityAction.due_on, CapacityAction.due_on <= until, unfinished
    )
    for id, title, organisation, day in rows:
        yield Due("capacity-actions", id, title, organisation, day, N_("An action of a capacity plan is due"))


def _women_led(session: Session, until: date) -> Iterator[Due]:
    entity, day = WomenLedAssessment, WomenLedAssessment.valid_until
    for about, _title in ABOUT:
        holds = entity.id == held(entity.id, about)
        for id, title, _organisation, on in _of_organisations(
            session, entity, Organisation.name, day, day <= until, holds
        ):
            reason = N_("Who leads the partner has to be assessed anew")
            yield Due("women-led-assessments", id, title, None, on, reason)


def _rated(session: Session, until: date) -> Iterator[Due]:
    newer = aliased(Assessment)
    replaced = exists().where(
        newer.organisation_id == Assessment.organisation_id,
        newer.scheme == Assessment.scheme,
        newer.removed_at.is_(None),
        or_(
            newer.assessed_on > Assessment.assessed_on,
            and_(newer.assessed_on == Assessment.assessed_on, newer.row > Assessment.row),
        ),
    )
    rows = _of_organisations(
        session, Assessment, Organisation.name, Assessment.valid_until, Assessment.valid_until <= until, ~replaced
    )
    for id, title, _organisation, day in rows:
        yield Due("assessments", id, title, None, day, N_("An assessment of the partner ends"))


def _of_organisations(session: Session, entity: Any, title: Any, day: Any, *conditions: Any) -> list[Any]:
    query = (
        select(entity.id, title, Organisation.name, day)
        .join(Organisation, Organisation.id == entity.organisation_id)
        .where(entity.removed_at.is_(None), Organisation.removed_at.is_(None), *conditions)
    )
    return list(session.execute(query))
